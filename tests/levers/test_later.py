"""Levers that begin later: after another, after some time, or by choice; and rounds of later years."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jifen

from .brute import found, minimal

POLICY = """\
policy: cove/2024
title: {zh: 小湾, en: The cove}
in_force: {from: 2024-01-01}
sources: {notice: {title: n, kind: official}}
facts:
  school: {label: s, type: choice, options: {none: n, degree: d}}
  title: {label: t, type: boolean, default: false}
timelines:
  work: {label: w, default: []}
records:
  tests: {label: t, default: []}
anchors: {cutoff: {label: c, of: application, months: -1, day: last}}
record_sets: {fresh: {of: tests, within: {months: 6, before: application}}}
months: {worked: {of: work, to: cutoff}}
indicators:
  degree: {cite: notice, points: 20, when: school == "degree"}
  title: {cite: notice, points: 15, when: title}
  test: {cite: notice, points: 10, when: number(fresh) > 0}
  work: {cite: notice, accrue: {months: worked, per: month, points: 1}}
outcome: {line: 45, cite: notice}
levers:
  degree: {label: d, takes: {months: 12}, when: school == "none", set: {school: degree}, cite: notice}
  title: {label: t, takes: {months: 3}, when: school == "degree" and not title, set: {title: true}, cite: notice}
  test: {label: e, takes: {months: 1}, waits: {months: 18}, add: {tests: {}}, cite: notice}
"""
PERSON: dict[str, Any] = {"date": "2025-03-10", "facts": {"school": "none"}, "timelines": {"work": []}}


def policy(tmp_path: Path, text: str = POLICY) -> jifen.Policy:
    path = tmp_path / "cove.yaml"
    path.write_text(text, encoding="utf-8")
    return jifen.load(path)


def test_a_lever_that_another_opens_and_one_that_waits(tmp_path: Path) -> None:
    """The degree is done on 2026-03-10, the title three months later; the test counts for six months."""
    ways = policy(tmp_path).ways(PERSON)
    assert [option.state for option in ways.options] == ["open", "opens_later", "open"]
    (way,) = ways.ways
    # 20 + 15 + 10 on 2026-06-10; of the tests begun each month, the first that still counts then is begun in November
    assert (way.date, way.levers, way.total) == ("2026-06-10", ("degree", "title", "test"), 45)
    degree, title, test = way.steps
    assert (degree.begun, degree.done) == ("2025-03-10", "2026-03-10")
    assert (title.begun, title.done) == ("2026-03-10", "2026-06-10")
    assert (test.begun, test.done) == ("2025-11-10", "2025-12-10")
    # Without the degree the title does not come either; alone it brings nothing.
    assert (title.alone, title.together, degree.together, degree.without.total) == (0, 15, 35, 10)
    assert (test.alone, test.without.total) == (10, 35)


def test_it_is_what_brute_force_finds(tmp_path: Path) -> None:
    cove, by = policy(tmp_path), "2026-07-10"
    names = list(cove.rules.levers)
    assert found(cove, PERSON, by=by) == minimal(cove, PERSON, by, names) != []


def test_without_waiting_the_test_is_over_when_the_title_comes(tmp_path: Path) -> None:
    assert policy(tmp_path, POLICY.replace("waits: {months: 18}, ", "")).ways(PERSON).ways == ()


def test_a_lever_that_time_opens(tmp_path: Path) -> None:
    """From the day on which it is allowed, in the middle of a month."""
    dated = POLICY.replace('when: school == "none"', "when: 'application >= \"2025-05-21\"'").replace(
        "line: 45", "line: 20"
    )
    ways = policy(tmp_path, dated).ways(PERSON, levers=["degree"])
    (way,) = ways.ways
    assert (way.date, way.steps[0].begun, ways.options[0].begun) == ("2026-05-21", "2025-05-21", "2025-05-21")


ROUNDS = """\
rounds:
  spring_2025:
    label: {zh: 2025年春, en: spring of 2025}
    apply: {from: 2025-03-01, to: 2025-03-31}
    cutoff: {date: 2025-02-28}
  autumn_2025:
    label: {zh: 2025年秋, en: autumn of 2025}
    apply: {from: 2025-09-01, to: 2025-09-30}
    cutoff: {years: -1, month: 12, day: 31}
facts:
"""


def test_rounds_go_on_after_the_last_that_is_stated(tmp_path: Path) -> None:
    """Worked from 2025-01 on: 2 months by 2025-02-28, 14 by 2026-02-28, 26 by 2027-02-28; none by 2024-12-31."""
    text = POLICY.replace("anchors: {cutoff: {label: c, of: application, months: -1, day: last}}\n", "")
    text = text.replace("facts:\n", ROUNDS, 1).replace("line: 45", "line: 26")
    person = {**PERSON, "timelines": {"work": [{"from": "2025-01"}]}}
    ways = policy(tmp_path, text).ways(person, levers=[])
    (way,) = ways.ways
    assert (way.date, way.total) == ("2027-03-01", 26)
    assert way.round is not None and way.round.label == {
        "zh": "2025年春（2年后）",
        "en": "spring of 2025, 2 years on",
    }
    # The rules are those of the policy as it is written.
    assert ways.to_dict()["ways"][0]["policy"]["digest"] == ways.policy.digest


def test_a_day_in_the_middle_of_a_month(tmp_path: Path) -> None:
    """Points for one day of a month alone are found on that day."""
    text = POLICY.replace('when: school == "degree"}', "when: 'application == \"2025-08-19\"'}").replace(
        "line: 45", "line: 20"
    )
    ways = policy(tmp_path, text).ways(PERSON, levers=[])
    assert [(way.date, way.levers) for way in ways.ways] == [("2025-08-19", ())]
