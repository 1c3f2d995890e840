"""Mutation of the harbour's policy: its cases notice everything but what they leave out on purpose."""

import json
import re
from pathlib import Path

import pytest

from jifen.cli import main
from jifen.compile import read
from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import Mapping
from jifen.document.yaml_reader import read as read_yaml
from jifen.errors import PolicyError, raise_errors
from jifen.regression.equivalent import explained
from jifen.regression.mutants import mutants
from jifen.regression.mutation import Failing, mutations

CASES = Path(__file__).parent / "policies" / "harbour" / "2024.cases.yaml"
ROW_OF_49 = """
  - name: one below the line
    source: 34 + 5 + 10
    applicant: nobody
    with: {facts: {rank: mate, birth_date: 1980-01-01}, timelines: {service: [{place: sea, from: 2021-10}]}}
    expect: {total: 49, qualifies: false}
"""


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A copy of the harbour's policy that a test may change."""
    folder = tmp_path / "harbour"
    folder.mkdir()
    for path in CASES.parent.glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    return folder / CASES.name


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def survivors(cases: Path) -> list[str]:
    (found,) = mutations([str(cases)], jobs=1)
    return [f"{mutant.at}: {mutant.en}" for mutant in found.survivors]


def test_the_gap_and_nothing_else() -> None:
    (found,) = mutations([str(CASES)], jobs=1)
    (gap,) = found.survivors
    assert (gap.at, gap.en, gap.place.line) == ("outcome/line", "50 → 49", 74)
    assert gap.told.en == "a case where the score is exactly 49"
    assert len(found.reasons) == 3
    assert found.count("does not load") == 0
    assert (found.count("killed"), found.counted) == (40, 41)


def test_a_case_closes_the_gap(changed: Path) -> None:
    edit(changed, "\ncases:\n", "\ncases:" + ROW_OF_49)
    assert survivors(changed) == []


@pytest.mark.parametrize(
    ("old", "new", "survivor"),
    [
        (
            "      - [1974-03-16, 5]\n      - [1973-03-16, 5]\n",
            "",
            "indicators/age/bands/steps/1/to/scores: 50 → 49",
        ),
        ("      - [1993-03-16, 5]\n", "", "indicators/age/bands/steps/0/below: 30 → 31"),
        (", {place: shore, from: 2020-01, to: 2020-12}", "", "months/at_sea/keep/0: keep step 1 removed"),
        ("      - [captain, false, 0]\n", "", "indicators/rank/when: `when` removed"),
        ("      - [2024-04-30, 0]\n", "", "rounds/spring/apply/to: 04-30 → 04-29"),
        ("      - [captain, true, 20]\n", "", "indicators/rank/lookup/points/captain: 20 → 21"),
    ],
)
def test_what_a_case_alone_notices(changed: Path, old: str, new: str, survivor: str) -> None:
    edit(changed, old, new)
    assert survivor in survivors(changed)


def test_processes_agree(changed: Path) -> None:
    alone, together = (mutations([str(changed)], jobs=jobs)[0] for jobs in (1, 2))
    assert alone.fates == together.fates
    assert alone.mutants == together.mutants


def test_progress() -> None:
    told: list[tuple[int, int]] = []
    (found,) = mutations([str(CASES)], jobs=1, progress=lambda done, whole: told.append((done, whole)))
    assert told[-1] == (len(found.mutants), len(found.mutants))
    assert told == sorted(told)


def test_cases_that_fail_already(changed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(changed, "expect: {total: 28}", "expect: {total: 29}")
    with pytest.raises(Failing, match="more than two years"):
        mutations([str(changed)], jobs=1)
    assert main(["mutate", str(changed), "--jobs", "1", "--lang", "en"]) == 1
    assert "fail on the policy as it is" in capsys.readouterr().err


def test_command(changed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = tmp_path / "survivors.yaml"
    command = ["mutate", str(changed), "--jobs", "1", "--lang", "en", "--survivors", str(listed)]
    assert main([*command, "--fail-under", "97"]) == 0
    policy = changed.with_name("2024.yaml")
    assert capsys.readouterr().out == (
        "harbour/2024  97.5 %  40 of 41 changes noticed; "
        "not counted: 0 do not load, 0 change no result, 3 explained\n"
        f"  {policy}:74:17  50 → 49\n"
        "      a case where the score is exactly 49\n"
    )
    assert main([*command, "--fail-under", "98"]) == 1
    assert capsys.readouterr().err == "jifen: 97.5 % is below the 98 % asked for\n"
    assert main([*command, "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["policies"]
    assert row["survivors"] == [
        {
            "line": 74,
            "column": 17,
            "at": "outcome/line",
            "change": {"zh": "50 → 49", "en": "50 → 49"},
            "case": {"zh": "分数恰为 49 的用例", "en": "a case where the score is exactly 49"},
        }
    ]
    text = listed.read_text(encoding="utf-8").replace('""', '"nobody can have 49"')
    beside = changed.with_name("2024.equivalent.yaml")
    beside.write_text(beside.read_text(encoding="utf-8") + text, encoding="utf-8")
    assert survivors(changed) == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("at: x\n", ["JF203"]),
        ("- {at: outcome/line, change: 50 → 49}\n", ["JF202"]),
        ("- {at: outcome/line, change: 50 → 49, because: ''}\n", ["JF206"]),
        ("- {at: outcome/line, change: 50 → 48, because: odd}\n", ["JF808"]),
    ],
)
def test_equivalent_changes_are_checked(changed: Path, text: str, codes: list[str]) -> None:
    policy = changed.with_name("2024.yaml")
    policy.with_name("2024.equivalent.yaml").write_text(text, encoding="utf-8")
    known = mutants(read(policy).document, str(policy))
    with pytest.raises(PolicyError) as raised:
        explained(policy, known)
    assert [one.code for one in raised.value.diagnostics] == codes


def test_an_equivalent_change_that_is_noticed(changed: Path) -> None:
    beside = changed.with_name("2024.equivalent.yaml")
    more = "- {at: outcome/line, change: 50 → 51, because: wrongly}\n"
    beside.write_text(beside.read_text(encoding="utf-8") + more, encoding="utf-8")
    (found,) = mutations([str(changed)], jobs=1)
    assert [mutant.en for mutant in found.noticed_though_explained] == ["50 → 51"]


def changes(text: str) -> list[str]:
    """The mutants of a document, by their words."""
    diagnostics = Diagnostics()
    node = read_yaml(text, "file.yaml", diagnostics)
    raise_errors(diagnostics)
    assert isinstance(node, Mapping)
    return [re.sub(".*/", "", mutant.at) + ": " + mutant.en for mutant in mutants(node, "file.yaml")]


def test_words_and_lists() -> None:
    assert changes(
        """
indicators:
  all:
    combine: first
    indicators:
      homes:
        cap: 30
        accrue:
          months: owned
          by: kind
          priority: [large, small]
          per: year
          points: [{for: [large, wide], points: 2}, {for: small, points: 1}]
"""
    ) == [
        "combine: first → sum",
        "cap: `cap` removed",
        "cap: 30 → 29",
        "cap: 30 → 31",
        "accrue: `credit: full_years` added",
        "priority: large, small → small, large",
        "per: year → month",
        "points: large moved to row 2",
        "points: wide moved to row 2",
        "points: 2 → 3",
        "points: 1 → 2",
    ]


def test_a_change_that_is_no_policy_is_not_counted(changed: Path) -> None:
    tonnage = "  tonnage: {label: {zh: 吨位, en: tonnage}, type: integer, from: 0, to: 5, default: 5}\n"
    edit(changed.with_name("2024.yaml"), "\ntimelines:\n", f"{tonnage}\ntimelines:\n")
    (found,) = mutations([str(changed)], jobs=1)
    assert found.count("does not load") == 1
    assert (found.count("killed"), found.counted) == (40, 41)
