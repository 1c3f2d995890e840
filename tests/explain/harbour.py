"""A harbour town whose one requirement, or whose one indicator's condition, is put in by each test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jifen

HEAD = """\
policy: harbour/2024
title: {zh: 港镇积分, en: Harbour points}
in_force: {from: 2024-01-01, to: 2024-12-31}
sources: {notice: {title: {zh: 通知, en: Notice}, kind: official}}
anchors: {cutoff: {years: -1, month: 12, day: last, cite: notice}}
facts:
  born: {label: date of birth, type: date, default: 1990-01-01}
  sails: {label: can sail, type: boolean, default: true}
  height: {label: height, type: number, decimals: 2, from: 0, to: 2.5, required: false}
  savings: {label: savings, type: money, default: 0}
  rank:
    {label: rank, type: choice, options: {master: {zh: 船长, en: master}, mate: {zh: 大副, en: mate}}, default: mate}
  tools: {label: tools, type: choice, many: true, options: {rope: rope, knife: knife}, default: [rope]}
timelines:
  service:
    label: service
    attributes:
      paid: {label: paid, type: boolean, default: true}
      ship: {label: ship, type: choice, options: {cutter: cutter, barge: barge}, default: cutter}
  shore: {label: ashore, default: []}
records:
  fines: {label: fines, at_most: 400, attributes: {grave: {label: grave, type: boolean, default: false}}, default: []}
months:
  served:
    label: months at sea
    of: service
    keep: [{when: paid, else: {zh: 未付, en: not paid}, cite: notice#2}]
    to: cutoff
  ashore: {label: months ashore, of: shore, to: cutoff}
record_sets:
  grave_fines: {of: fines, keep: [{when: grave, else: light}]}
values:
  seasoned: {label: {zh: 老水手, en: seasoned}, is: count(served) >= 36}
  fine_years: {label: years of service, is: full_years(served)}
"""


def load(folder: Path, require: str = "true", indicator: str = "points: 1", more: str = "") -> jifen.Policy:
    """The policy with a requirement and the body of its one indicator, `x`."""
    rule = require.removeprefix("veto: ")
    kind = "veto" if rule != require else "require"
    path = folder / "harbour.yaml"
    path.write_text(
        f"{HEAD}{more}eligibility:\n  fit: {{label: fit, {kind}: '{rule}', cite: notice#1}}\n"
        f"indicators:\n  x: {{label: x, cite: notice#3, {indicator}}}\noutcome: {{line: 10, cite: notice}}\n",
        encoding="utf-8",
    )
    return jifen.load(path)


def person(*service: str, **more: Any) -> dict[str, Any]:
    """Jo with spells of service `2020-01..2020-06`; `unpaid`, `shore` and `fines` likewise, all else are facts."""
    timelines = {"service": [spell(one) for one in service]}
    timelines["service"] += [{**spell(one), "paid": False} for one in more.pop("unpaid", ())]
    timelines["shore"] = [spell(one) for one in more.pop("shore", ())]
    fines = [{"date": day, "grave": True} for day in more.pop("fines", ())]
    return {
        "applicant": "jo",
        "date": "2024-05-06",
        "facts": more,
        "timelines": timelines,
        "records": {"fines": fines},
    }


def spell(text: str) -> dict[str, Any]:
    """`2020-01..2020-06`, or `2020-01..` for a spell that still runs."""
    first, _, last = text.partition("..")
    return {"from": first, **({"to": last} if last else {})}


def condition(folder: Path, require: str, jo: dict[str, Any], more: str = "") -> dict[str, Any]:
    """The requirement taken apart."""
    found: dict[str, Any] = load(folder, require, more=more).score(jo).explain()["eligibility"][0]["test"]
    return found
