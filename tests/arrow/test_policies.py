"""Every policy of the tree: invented applicants in a table are scored as they are one by one."""

from pathlib import Path

import pytest

from jifen import load
from jifen.arrow.score import TableScorer
from jifen.regression.population import Population

from .tables import read, said, table_of

ROOT = Path(__file__).resolve().parents[2]
POLICIES = sorted(path for path in (ROOT / "policies").glob("*/*.yaml") if path.name.count(".") == 1)
MANY = 60


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_population(path: Path) -> None:
    policy = load(path)
    people = list(Population([policy.rules], [None], 5).applicants(0, MANY))
    for person in people[::7]:
        person["date"] = "2031-07-01"
    table = table_of(policy, people)
    scores = policy.score_table(table, threads=1)
    assert scores.schema == TableScorer(policy).schema(table.schema)
    scores.validate(full=True)
    assert scores.column("applicant").equals(table.column("applicant"))
    assert read(scores) == [said(policy, person) for person in people]


NOTHING_ASKED = """
policy: spit/2024
title: Spit
in_force: {from: 2024-01-01}
sources: {notice: {title: Notice, kind: official}}
facts: {visits: {type: integer, label: visits}}
indicators: {visits: {label: visits, cite: notice, formula: visits}}
outcome: {rank: {by: [total], quota: 1, cite: notice}, cite: notice}
"""


def test_a_policy_without_requirements_and_line(tmp_path: Path) -> None:
    """There is no reason that anybody could be told."""
    (tmp_path / "spit.yaml").write_text(NOTHING_ASKED, encoding="utf-8")
    policy = load(tmp_path / "spit.yaml")
    facts: list[dict[str, int]] = [{"visits": 2}, {}, {"visits": 5}]
    people = [{"applicant": str(n), "date": "2024-02-01", "facts": known} for n, known in enumerate(facts)]
    table = table_of(policy, people)
    assert read(policy.score_table(table)) == [said(policy, person) for person in people]
