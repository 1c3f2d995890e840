"""A wrong shape does not hide what else is wrong with a policy, and says nothing wrong itself."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import jifen
from jifen.document.diagnostics import Diagnostics
from jifen.document.repair import repaired
from jifen.document.schema import breaches
from jifen.document.yaml_reader import read

TOWN = """\
policy: port-elm/2024
title: Points of Port Elm, 2024
in_force: {from: 2024-01-01}
sources: {notice: {title: Notice 3 of 2024, kind: official}}
facts:
  local: {type: boolean, label: Lives here, required: true}
timelines:
  work: {label: work in the town}
months:
  worked: {of: work, to: application}
eligibility:
  resident: {label: Lives here, cite: notice#4, require: local}
indicators:
  work: {label: Work, cite: notice#1, accrue: {months: worked, per: year, points: 10}}
  loyalty: {label: Three years without a gap, cite: notice#2, points: 15, when: streak(worked) >= 36}
outcome: {line: 60, cite: notice#3}
"""


def checked(text: str, folder: Path) -> list[str]:
    """Line and code of every mistake."""
    path = folder / "policy.yaml"
    path.write_text(text, encoding="utf-8")
    return [f"{one.place.line}:{one.code}" for one in jifen.check(path)]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # A misspelt key is read as the one that is meant, and what stands behind it is looked at.
        ([("months: worked,", "mnths: workd,")], ["14:JF201", "14:JF310"]),
        ([("per: year", "per: yeer"), ("streak(", "streek(")], ["14:JF204", "15:JF311"]),
        ([("required: true", "required: yes"), ("require: local", "require: locl")], ["6:JF203", "12:JF310"]),
        # What cannot be read is left out, and nobody else is blamed for naming it.
        ([("{label: work in the town}", "5"), ("streak(", "streek(")], ["8:JF203", "15:JF311"]),
        ([("points: 10", "points: [10]"), ("notice#3", "notise#3")], ["14:JF203", "16:JF504"]),
    ],
)
def test_what_stands_behind_a_wrong_shape_is_told(
    changes: list[tuple[str, str]], expected: list[str], tmp_path: Path
) -> None:
    text = TOWN
    assert checked(text, tmp_path) == []
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    assert checked(text, tmp_path) == expected


def nodes(value: object) -> int:
    if isinstance(value, dict):
        return 1 + sum(nodes(part) for part in value.values())
    return 1 + sum(nodes(part) for part in value) if isinstance(value, list) else 1


def spoilt(value: object, at: int, how: str, new: object) -> object:
    """The data with the node of this number (in the order of reading) renamed, left out, or replaced."""
    counter = iter(range(10**6))

    def walk(part: object) -> object:
        if next(counter) == at and how == "replace":
            return new
        if isinstance(part, dict):
            found: dict[object, object] = {}
            for key, inner in part.items():
                here = next(counter) == at
                kept = walk(inner)
                if here and how == "drop":
                    continue
                found[f"{key}x" if here and how == "rename" else key] = kept
            return found
        return [walk(inner) for inner in part] if isinstance(part, list) else part

    return walk(value)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(0, 120),
            st.sampled_from(["rename", "drop", "replace"]),
            st.sampled_from([5, -1, "", "worked", "yes", None, True, [], {}, ["x"], {"x": 1}]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_no_wrong_policy_ends_in_a_traceback(tmp_path: Path, changes: list[tuple[int, str, object]]) -> None:
    data = yaml.safe_load(TOWN.replace("2024-01-01", "'2024-01-01'"))
    for at, how, new in changes:
        data = spoilt(data, at % (2 * nodes(data)), how, new)
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    path = tmp_path / "policy.yaml"
    path.write_text(text, encoding="utf-8")
    node = read(text.encode(), "policy.yaml", Diagnostics())
    assert node is not None
    found = [one for one in jifen.check(path) if one.severity == "error"]
    wrong = breaches(node, "policy")
    assert bool(wrong) <= bool(found)
    again = repaired(node, "policy")
    if again is not None:
        assert not breaches(again.document, "policy")
        assert wrong or again.document == node
