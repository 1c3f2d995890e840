"""What levers make of data: each kind of change, and that the data given stays as it is."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

import jifen
from jifen.levers.changes import Done, changed, moved

POLICY = """\
policy: harbour/2024
title: changes
in_force: {from: 2024-01-01}
sources: {notice: {title: n, kind: official}}
anchors: {cutoff: {label: c, of: application}}
people: {mate: {label: m, shares: [rank, work]}}
facts: {rank: {label: r, type: integer, from: 0, to: 9, default: 0}}
timelines:
  work:
    label: w
    attributes: {trade: {label: t, type: choice, options: {crane: c, pilot: p}, default: crane}}
    default: []
records: {rescues: {label: r, attributes: {on: {label: o, type: date, required: false}}, default: []}}
months: {worked: {of: work, keep: [{when: trade == "crane", else: no}], to: cutoff}}
indicators: {x: {cite: notice, points: 1, when: rank > 1 and count(worked) > 1}}
"""


def after(
    lever: str, data: dict[str, Any], folder: Path, day: int = 20250415, on: int = 20260401
) -> dict[str, Any]:
    path = folder / "p.yaml"
    path.write_text(
        f"{POLICY}levers: {{it: {{label: i, cite: notice, takes: {{months: 1}}, {lever}}}}}\n",
        encoding="utf-8",
    )
    policy = jifen.load(path)
    before = copy.deepcopy(data)
    found = changed(data, [Done(day, policy.rules.levers["it"])], on)
    assert data == before
    assert found.pop("date") == f"{on // 10000}-{on // 100 % 100:02}-{on % 100:02}"
    return found


AGAIN = {"from": "2025-04-15", "trade": "pilot"}
RUNNING = {"from": "2024-01", "trade": "crane"}
ENDED = {"from": "2023-01", "to": "2023-12", "trade": "pilot"}
CASES = [
    ("set: {rank: 3}", {}, {"facts": {"rank": 3}}),
    ("set: {mate.rank: 3}", {}, {"people": {"mate": {"facts": {"rank": 3}}}}),
    ("begin: {work: {}}", {}, {"timelines": {"work": [{"from": "2025-04-15"}]}}),
    (
        "begin: {mate.work: {trade: pilot}}",
        {"people": {"mate": {"timelines": {"work": [ENDED]}}}},
        {"people": {"mate": {"timelines": {"work": [ENDED, {"from": "2025-04-15", "trade": "pilot"}]}}}},
    ),
    (
        "resume: {work: {}}",
        {"timelines": {"work": [ENDED, {"from": "2022-01", "to": "2022-02"}]}},
        {"timelines": {"work": [ENDED, {"from": "2022-01", "to": "2022-02"}, AGAIN]}},
    ),
    ("resume: {work: {}}", {"timelines": {"work": [ENDED, RUNNING]}}, {"timelines": {"work": [ENDED, RUNNING]}}),
    ("resume: {work: {}}", {}, {"timelines": {"work": []}}),
    (
        "replace: {work: {trade: pilot}}",
        {"timelines": {"work": [ENDED, RUNNING]}},
        {"timelines": {"work": [ENDED, {**RUNNING, "to": "2025-04"}, {"from": "2025-05", "trade": "pilot"}]}},
    ),
    (
        "replace: {work: {}}, gap: {months: 2}",
        {"timelines": {"work": [{**RUNNING, "to": "2026-01-20"}]}},
        {"timelines": {"work": [{**RUNNING, "to": "2025-02"}, {**RUNNING, "from": "2025-05", "to": "2026-01-20"}]}},
    ),
    (
        "replace: {work: {trade: pilot}}, gap: {months: 2}",
        {"timelines": {"work": [{"from": "2025-03"}, {"from": "2025-06"}]}},
        {"timelines": {"work": [{"from": "2025-05", "trade": "pilot"}, {"from": "2025-06"}]}},
    ),
    (
        "end: [work]",
        {"timelines": {"work": [ENDED, RUNNING, {"from": "2025-04-15"}]}},
        {"timelines": {"work": [ENDED, {**RUNNING, "to": "2025-04-14"}]}},
    ),
    (
        "add: {rescues: {on: done}}, every: {months: 5}",
        {"records": {"rescues": [{"date": "2020-01-01"}]}},
        {"records": {"rescues": [
            {"date": "2020-01-01"},
            {"date": "2025-04-15", "on": "2025-04-15"},
            {"date": "2025-09-15", "on": "2025-09-15"},
            {"date": "2026-02-15", "on": "2026-02-15"},
        ]}},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    "lever, data, expected", CASES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_change(lever: str, data: dict[str, Any], expected: dict[str, Any], tmp_path: Path) -> None:
    assert after(lever, data, tmp_path) == expected


def test_what_is_done_later_is_left_out(tmp_path: Path) -> None:
    assert after("set: {rank: 3}", {}, tmp_path, 20260402) == {}


@pytest.mark.parametrize(
    "on, months, then",
    [(20240131, 1, 20240229), (20241231, 2, 20250228), (20240115, 12, 20250115), (20240331, 0, 20240331)],
)
def test_a_day_some_months_on(on: int, months: int, then: int) -> None:
    assert moved(on, months) == then
