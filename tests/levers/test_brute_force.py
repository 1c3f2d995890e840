"""The search against brute force: on the harbour, and on small policies drawn at random."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import jifen

from .brute import found, minimal

HARBOUR = Path(__file__).with_name("harbour.yaml")
POLICY = jifen.load(HARBOUR)
MONTHS = st.integers(2021 * 12, 2025 * 12 + 8).map(lambda month: f"{month // 12}-{month % 12 + 1:02}")


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    """Somebody at the harbour in 2025."""
    spells = []
    for _ in range(draw(st.integers(1, 2))):
        ends = sorted([draw(MONTHS), draw(MONTHS)])
        spell = {"from": ends[0], "trade": draw(st.sampled_from(["crane", "pilot"]))}
        spells.append(spell | ({"to": ends[1]} if draw(st.booleans()) else {}))
    lodging = [{"from": draw(MONTHS), "kind": "rented"}] if draw(st.booleans()) else []
    return {
        "applicant": "drawn",
        "date": draw(st.sampled_from(["2025-03-01", "2025-03-15", "2025-08-31"])),
        "facts": {
            "birth_date": draw(st.sampled_from(["1988-01-31", "1989-11-30", "1990-06-02"])),
            "education": draw(st.sampled_from(["degree", "school", "none"])),
            "certificate": draw(st.booleans()),
        },
        "timelines": {"work": spells, "lodging": lodging},
        "records": {"rescues": [{"date": "2024-02-29"}] if draw(st.booleans()) else []},
    }


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(people())
def test_at_the_harbour(applicant: dict[str, Any]) -> None:
    by = f"2025-10-{applicant['date'][8:]}"
    names = [name for name in POLICY.rules.levers if name != "degree"]
    assert found(POLICY, applicant, by=by, levers=names) == minimal(POLICY, applicant, by, names)


PIECES = [
    "a and b",
    "a or b",
    "not a",
    "b",
    "c >= 2",
    "count(served) >= 14",
    "streak(served) >= 9",
    "number(prizes) > 0",
    'application >= "2025-04-17"',
    'application < "2025-07-09"',
    "'has(served, application)'",
]
PRESUMED = ["not a", "b", "c >= 2", "number(prizes) > 0", 'application >= "2025-03-05"']
CHANGES = [
    "set: {a: true}",
    "set: {b: true, c: 2}",
    "set: {b: false}",
    "set: {c: 3}",
    "begin: {service: {}}",
    "resume: {service: {}}",
    "replace: {service: {}}\n    gap: {months: 2}",
    "end: [service]",
    "add: {prizes: {}}",
    "add: {prizes: {}}\n    every: {months: 4}",
]


@st.composite
def policies(draw: st.DrawFn) -> str:
    """A policy of a few conditions, with levers that may help, hurt, or exclude each other."""
    lines = [
        "policy: harbour/2024",
        "title: drawn",
        "in_force: {from: 2024-01-01}",
        "sources: {notice: {title: n, kind: official}}",
        "anchors: {cutoff: {label: c, of: application, months: -1, day: last}}",
        "facts:",
        "  a: {label: a, type: boolean, default: false}",
        "  b: {label: b, type: boolean, default: false}",
        "  c: {label: c, type: integer, from: 0, to: 3, default: 0}",
        "timelines: {service: {label: s, default: []}}",
        "records: {prizes: {label: p, at_most: 100, default: []}}",
        "months: {served: {of: service, to: cutoff}}",
        "eligibility:",
        f"  first: {{label: f, require: {draw(st.sampled_from([*PIECES, 'true']))}, cite: notice}}",
        "indicators:",
    ]
    if draw(st.booleans()):
        lines.append("  months: {cite: notice, accrue: {months: served, per: month, points: 1}, cap: 30}")
    for position in range(draw(st.integers(1, 4))):
        points = draw(st.integers(-8, 12))
        lines.append(
            f"  i{position}: {{cite: notice, points: {points}, when: {draw(st.sampled_from(PIECES))}}}"
        )
    if draw(st.booleans()):
        lines.append(
            "  best: {cite: notice, combine: highest, indicators: {x: {points: 4, when: a}, y: {formula: c * 3}}}"
        )
    lines += [f"outcome: {{line: {draw(st.integers(1, 25))}, cite: notice}}", "levers:"]
    count = draw(st.integers(1, 4))
    for position in range(count):
        lines += [f"  l{position}:", "    label: l", "    cite: notice"]
        lines.append(f"    takes: {{months: {draw(st.integers(0, 4))}}}")
        lines.append(f"    {draw(st.sampled_from(CHANGES))}")
        if position and draw(st.integers(0, 3)) == 0:
            lines.append(f"    excludes: [l{draw(st.integers(0, position - 1))}]")
        if draw(st.integers(0, 2)) == 0:
            lines.append(f"    when: {draw(st.sampled_from(PRESUMED))}")
        if draw(st.integers(0, 4)) == 0:
            lines.append("    waits: {months: 2}")
    return "\n".join(lines) + "\n"


@st.composite
def data(draw: st.DrawFn) -> dict[str, Any]:
    """Somebody for such a policy."""
    service = []
    for _ in range(draw(st.integers(0, 2))):
        ends = sorted([draw(MONTHS), draw(MONTHS)])
        if draw(st.booleans()):
            ends = [ends[0], f"{max(ends[1], '2025-01')}-14"]
        service.append({"from": ends[0]} | ({"to": ends[1]} if draw(st.booleans()) else {}))
    facts = {"a": draw(st.booleans()), "b": draw(st.booleans()), "c": draw(st.integers(0, 3))}
    day = draw(st.sampled_from(["2025-01-01", "2025-01-31", "2025-06-10"]))
    return {"date": day, "facts": facts, "timelines": {"service": service}}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(policies(), data())
def test_on_small_policies(
    tmp_path_factory: pytest.TempPathFactory, text: str, applicant: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("drawn") / "policy.yaml"
    path.write_text(text, encoding="utf-8")
    policy = jifen.load(path)
    by = "2025-09-15"
    assert found(policy, applicant, by=by) == minimal(policy, applicant, by, list(policy.rules.levers)), text
