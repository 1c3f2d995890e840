"""What a cases file expects of the ways to the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from jifen.regression.cases import read_cases
from jifen.regression.run import Runner

from .people import HARBOUR

JO = """\
# yaml-language-server: $schema=../../schemas/cases.schema.json
policy: harbour/2024
cases:
  - name: jo
    source: 10 for school, 10 for age, 19 for 38 months of crane; in 2026-03 25 for 50 months
    applicant:
      date: 2025-03-15
      facts: {birth_date: 1990-05-02, education: school}
      timelines: {work: [{from: 2022-01, trade: crane}]}
    expect: {plans: EXPECTED}
"""


@pytest.mark.parametrize(
    ("expected", "differs"),
    [
        ("{target: 45, among: [], ways: [{date: 2026-03-01, levers: [], total: 45}]}", []),
        ("{target: 45, among: [], ways: []}", ["plans: expected not expected, got 2026-03-01 –"]),
        ("{target: 45, among: [], ways: [{date: 2026-03-01, levers: [], total: 46}]}", [
            "plans.total: expected 46, got 45"
        ]),
        ("{target: 100, by: 2025-06-30, ways: [{date: 2025-06-01, levers: [lease, post]}]}", [
            "plans: expected 2025-06-01 lease + post, got no such way"
        ]),
        ("{among: [boat], ways: []}", [
            "plans: expected ways that can be searched, got There is no lever boat; there are degree, certificate, "
            "post, lease, own_home, pilot, back, watch."
        ]),
    ],
)  # fmt: skip
def test_plans(expected: str, differs: list[str], tmp_path: Path) -> None:
    (tmp_path / "2024.yaml").write_bytes(HARBOUR.read_bytes())
    path = tmp_path / "2024.cases.yaml"
    path.write_text(JO.replace("EXPECTED", expected), encoding="utf-8")
    (case,) = read_cases(path)
    found = Runner().run(case).differences
    assert [one.text("en").partition(": ")[2] for one in found] == differs


def test_mutation_passes_over_what_it_cannot_see() -> None:
    from jifen.regression.cases import OF_APPLICANTS
    from jifen.regression.watch import _LOOKS

    assert set(OF_APPLICANTS) - set(_LOOKS) == {"shown"}
