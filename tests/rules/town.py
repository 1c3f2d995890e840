"""A harbour town, its one applicant, and rules put into its policy one at a time."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jifen
from jifen.api import Scorecard

HEAD = """\
policy: harbour/2024
title: {zh: 港镇积分, en: Harbour points}
in_force: {from: 2024-01-01, to: 2024-12-31}
sources: {notice: {title: {zh: 通知, en: Notice}, kind: official}}
anchors:
  cutoff: {years: -1, month: 12, day: last, cite: notice}
  leap_day: {date: 2024-02-29}
facts:
  born: {label: date of birth, type: date}
  children: {label: children, type: integer, from: 0, to: 12}
  crew: {label: crew, type: integer, from: 1, to: 60}
  height: {label: height, type: number, decimals: 2, from: 0, to: 2.5, required: false}
  savings: {label: savings, type: money}
  sails: {label: can sail, type: boolean, default: false}
  rank: {label: rank, type: choice, options: {master: master, mate: mate, hand: hand}}
  tools: {label: tools, type: choice, many: true, options: {rope: rope, knife: knife, lamp: lamp}}
timelines:
  service:
    label: service
    attributes:
      ship: {label: ship, type: choice, options: {cutter: cutter, barge: barge}}
      duty: {label: duty, type: choice, many: true, options: {deck: deck, engine: engine}}
      paid: {label: paid, type: boolean, default: true}
  shore: {label: ashore, default: []}
records:
  fines:
    label: fines
    at_most: 20
    attributes:
      kind: {label: kind, type: choice, options: {light: light, grave: grave}}
      act: {label: act, type: integer, from: 1, to: 99}
      amount: {label: amount, type: money, default: 0}
    default: []
months:
  served: {of: service, to: cutoff}
  ashore: {of: shore, to: cutoff}
  paid_months:
    of: service
    keep: [{when: paid, else: not paid}]
    to: cutoff
record_sets:
  grave_fines: {of: fines, keep: [{when: kind == "grave", else: light ones do not count}]}
"""

# Months served: cutter 2020-01 to 2021-12 and 2023-01 to 2023-12 (36), barge 2021-07 to 2022-06 (12, of which 6
# beside a cutter): in all 2020-01 to 2022-06 (30) and 2023-01 to 2023-12 (12), 42. On deck 30, in the engine 24.
JO: dict[str, Any] = {
    "applicant": "jo",
    "date": "2024-05-06",
    "facts": {
        "born": "1988-05-06",
        "children": 3,
        "crew": 7,
        "height": "1.75",
        "savings": "2499.99",
        "sails": True,
        "rank": "mate",
        "tools": ["rope", "lamp"],
    },
    "timelines": {
        "service": [
            {"ship": "cutter", "duty": "deck", "from": "2020-01", "to": "2021-12"},
            {"ship": "barge", "duty": ["deck", "engine"], "from": "2021-07", "to": "2022-06", "paid": False},
            {"ship": "cutter", "duty": "engine", "from": "2023-01"},
        ],
        "shore": [{"from": "2022-07", "to": "2022-11"}],
    },
    # Given out of order; by date: light 2019-05-06, grave 2020-02-29, grave 2020-03-01, light 2023-12-31,
    # grave 2024-05-06. The two of act 2 are one act.
    "records": {
        "fines": [
            {"kind": "grave", "act": 4, "amount": 100, "date": "2024-05-06"},
            {"kind": "light", "act": 1, "amount": 10, "date": "2019-05-06"},
            {"kind": "grave", "act": 2, "amount": "20.5", "date": "2020-02-29"},
            {"kind": "grave", "act": 2, "amount": 5, "date": "2020-03-01"},
            {"kind": "light", "act": 3, "date": "2023-12-31"},
        ]
    },
}


def policy_text(rule: str, more: str = "") -> str:
    """The policy with `rule` as the body of its one line, `x`; `more` adds sections."""
    return f"{HEAD}{more}indicators:\n  x: {{label: x, cite: notice, {rule}}}\n"


def load(text: str, folder: Path) -> jifen.Policy:
    """The policy of a text."""
    path = folder / "harbour.yaml"
    path.write_text(text, encoding="utf-8")
    return jifen.load(path)


def card(text: str, folder: Path, **facts: object) -> Scorecard:
    """What the policy of a text says of Jo, with some facts, timelines or records replaced."""
    return load(text, folder).score(jo(**facts))


def jo(**changes: object) -> Mapping[str, Any]:
    """Jo, with some facts, timelines or records replaced by name."""
    person = copy.deepcopy(JO)
    for name, value in changes.items():
        section = next((part for part in ("timelines", "records") if name in person[part]), "facts")
        person[section][name] = value
    return person


def spells(*months: str, **attributes: object) -> list[dict[str, object]]:
    """Spells written `2020-01..2020-06`, or `2020-01..` for one that still runs."""
    found = []
    for text in months:
        first, _, last = text.partition("..")
        found.append({"from": first, **({"to": last} if last else {}), **attributes})
    return found
