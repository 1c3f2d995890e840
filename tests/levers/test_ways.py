"""What is asked for and how it is answered: days, rounds, versions, targets, and the command."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import jifen
from jifen.cli import main

from .people import HARBOUR, POLICY, jo


def test_a_way_is_proven_by_its_scorecard() -> None:
    ways = POLICY.ways(jo())
    assert ways.ways
    for way in ways.ways:
        assert way.card.qualifies and way.card.total == way.total >= 60
        for step in way.steps:
            assert not step.without.reached
    assert [way.date for way in ways.ways] == sorted(way.date for way in ways.ways)


def test_nothing_changes() -> None:
    person = jo()
    before = json.dumps(person)
    ways = POLICY.ways(person)
    assert json.dumps(person) == before
    with pytest.raises(AttributeError):
        ways.date = "2024-01-01"  # type: ignore[misc]


@pytest.mark.parametrize("target", [45, "45", Fraction(45), "45.0"])
def test_a_target(target: Any) -> None:
    [way] = POLICY.ways(jo(), target=target, levers=[]).ways
    assert (way.date, way.total, way.line) == ("2026-03-01", 45, 45)


@pytest.mark.parametrize(
    "asked, code",
    [
        ({"levers": ["degre"]}, "JF631"),
        ({"by": "2025-03-14"}, "JF633"),
        ({"by": "2035-03-16"}, "JF634"),
        ({"target": "much"}, "JF636"),
        ({"target": 1.5}, "JF636"),
        ({"target": Decimal("nan")}, "JF636"),
        ({"by": "2025-02-30"}, "JF"),
    ],
)
def test_what_is_asked_for_wrongly(asked: dict[str, Any], code: str) -> None:
    with pytest.raises(jifen.JifenError) as caught:
        POLICY.ways(jo(), **asked)
    assert isinstance(caught.value.said, tuple)
    assert caught.value.said.message.code.startswith(code)
    assert caught.value.text("zh") != caught.value.text("en")


def test_wrong_data() -> None:
    with pytest.raises(jifen.ApplicantError):
        POLICY.ways(jo(facts__education="doctor"))


def levers(count: int) -> str:
    """Levers of which none excludes another."""
    return "".join(
        f"  x{n}: {{label: x, takes: {{months: 1}}, set: {{post: true}}, cite: notice}}\n"
        for n in range(count)
    )


def test_too_many(tmp_path: Path) -> None:
    path = tmp_path / "harbour.yaml"
    path.write_text(HARBOUR.read_text(encoding="utf-8") + levers(12), encoding="utf-8")
    policy = jifen.load(path)
    with pytest.raises(jifen.JifenError, match="Name the levers"):
        policy.ways(jo())
    assert policy.ways(jo(), levers=["degree", "lease"]).ways


def test_a_policy_without_a_line(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(
        "policy: harbour/2024\ntitle: t\nin_force: {from: 2024-01-01}\nsources: {n: {title: n, kind: official}}\n"
        "facts: {x: {label: x, type: integer, from: 0, to: 9}}\nindicators: {x: {cite: n, formula: x}}\n",
        encoding="utf-8",
    )
    policy = jifen.load(path)
    person = {"date": "2024-05-01", "facts": {"x": 5}}
    with pytest.raises(jifen.JifenError, match="no line"):
        policy.ways(person)
    [way] = policy.ways(person, target=5).ways
    assert (way.levers, way.date) == ((), "2024-05-01")
    assert policy.ways(person, target=6).best is not None


ROUNDS = (
    "rounds:\n  spring: {label: spring, apply: {from: 04-10, to: 05-20}, cutoff: {months: -1, day: last}}\n"
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes two versions of the harbour known, the second with another line and what else is given."""
    text = HARBOUR.read_text(encoding="utf-8").replace("to: 2027-12-31", "to: 2025-12-31")
    text = re.sub(r"anchors:\n.*\n", "", text) + ROUNDS
    (tmp_path / "harbour").mkdir()
    (tmp_path / "harbour" / "2024.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("JIFEN_POLICIES", str(tmp_path))

    def made(more: str) -> None:
        (tmp_path / "harbour" / "2026.yaml").write_text(
            "policy: harbour/2026\ntitle: later\nextends: harbour/2024\nin_force: {from: 2026-01-01, to: 2026-12-31}\n"
            + more,
            encoding="utf-8",
        )

    return made


def test_the_version_in_force_on_each_day(place: Callable[[str], None]) -> None:
    place("outcome: {line: 44}\n")
    ways = jifen.ways("harbour", jo(), levers=[])
    assert list(ways.days[:5]) == ["2025-04-10", "2025-05-01", "2026-04-10"]
    [way] = ways.ways
    assert (way.date, way.policy.id, way.total, way.line, way.in_force) == (
        "2026-04-10",
        "harbour/2026",
        Fraction(91, 2),
        44,
        True,
    )
    assert (ways.policy.id, ways.line, ways.beyond) == ("harbour/2024", 60, "")


def test_after_the_last_version_its_rules_go_on(place: Callable[[str], None]) -> None:
    place("outcome: {line: 50}\n")
    ways = jifen.ways("harbour", jo(), levers=["degree"])
    assert [(way.date, way.policy.id, way.levers, way.in_force) for way in ways.ways] == [
        ("2027-04-10", "harbour/2026", ("degree",), False),
        ("2029-04-10", "harbour/2026", (), False),
    ]
    assert ways.beyond == "2026-12-31"


def test_a_version_that_asks_for_more(place: Callable[[str], None]) -> None:
    place(
        "facts: {boat: {label: boat, type: boolean}}\nindicators: {boat: {cite: notice, points: 5, when: boat}}\n"
    )
    ways = jifen.ways("harbour", jo())
    assert list(ways.unreadable) == ["harbour/2026"]
    assert list(ways.days) == ["2025-04-10", "2025-04-15", "2025-05-01", "2025-05-15"]
    assert ways.to_dict()["search"]["unreadable"] == {"harbour/2026": "facts.boat: boat (boat) is missing."}


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "jo.json"
    path.write_text(json.dumps(jo()), encoding="utf-8")
    shared = [
        "plan",
        str(path),
        "--policy",
        str(HARBOUR),
        "--target",
        "45",
        "--by",
        "2026-12-31",
        "--lang",
        "en",
    ]
    assert main([*shared, "--lever", "pilot"]) == 0
    assert "Waiting is enough: apply on 2026-03-01" in capsys.readouterr().out
    assert main([*shared, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["format"] == "jifen-ways/1"
    assert main([*shared, "--lever", "boat"]) == 1
    assert "There is no lever boat" in capsys.readouterr().err


def test_the_command_for_a_place(
    place: Callable[[str], None], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place("outcome: {line: 44}\n")
    path = tmp_path / "jo.json"
    path.write_text(json.dumps(jo()), encoding="utf-8")
    assert (
        main(
            [
                "plan",
                str(path),
                "--place",
                "harbour",
                "--lever",
                "degree",
                "--lang",
                "zh",
                "--format",
                "markdown",
            ]
        )
        == 0
    )
    assert "2026-04-10申请" in capsys.readouterr().out
