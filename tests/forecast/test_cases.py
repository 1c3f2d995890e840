"""What a cases file expects of the rounds to come."""

from __future__ import annotations

from pathlib import Path

import pytest

from jifen.regression.cases import read_cases
from jifen.regression.run import Runner

from .people import FOLDER

RUTH = """\
# yaml-language-server: $schema=../../schemas/cases.schema.json
policy: bay/2024
cases:
  - name: ruth
    source: 62 points for 49 months and 5 for age make 67 in the spring of 2026
    applicant:
      date: 2024-03-05
      facts: {birth_date: 1988-05-20, school: none}
      timelines: {work: [{from: 2021-12}]}
      records: {fines: [{date: 2019-07-10}]}
    expect: EXPECTED
"""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """Runs the case with an expectation, in a copy of the folder: what differs, in English."""
    for name in ("2024.yaml", "2026.yaml"):
        (tmp_path / "bay").mkdir(exist_ok=True)
        (tmp_path / "bay" / name).write_bytes((FOLDER / "bay" / name).read_bytes())
    monkeypatch.setenv("JIFEN_POLICIES", str(tmp_path))

    def run(expected: str) -> list[str]:
        path = tmp_path / "bay" / "2024.cases.yaml"
        path.write_text(RUTH.replace("EXPECTED", expected), encoding="utf-8")
        (case,) = read_cases(path)
        return [found.text("en").partition(": ")[2] for found in Runner().run(case).differences]

    return run


@pytest.mark.parametrize(
    ("expected", "differs"),
    [
        ("{first_round: {date: 2026-03-01, round: spring, policy: bay/2026}}", []),
        ("{first_round: {date: 2026-03-01}, total: 15}", []),
        ("{first_round: none}", ["first_round: expected no round that meets the line, got 2026-03-01"]),
        ("{first_round: {date: 2025-09-01}}", ["first_round.date: expected 2025-09-01, got 2026-03-01"]),
        (
            "{first_round: {date: 2026-03-01, policy: bay/2024}}",
            ["first_round.policy: expected bay/2024, got bay/2026"],
        ),
        (
            "{first_round: {date: 2026-03-01, until: 2025-12}}",
            ["first_round.date: expected 2026-03-01, got no round that meets the line"],
        ),
    ],
)
def test_the_first_round(told: object, expected: str, differs: list[str]) -> None:
    assert callable(told)
    assert told(expected) == differs


def test_a_policy_that_moves_the_date(told: object, tmp_path: Path) -> None:
    assert callable(told)
    policy = tmp_path / "bay" / "2026.yaml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text + "outcome: {line: 80, cite: notice#6}\n", encoding="utf-8")
    assert told("{first_round: {date: 2026-03-01}}") == [
        "first_round.date: expected 2026-03-01, got 2027-03-01"
    ]
