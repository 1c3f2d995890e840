"""Which version a day, or an applicant, chooses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import jifen
from jifen.cli import main
from jifen.document.diagnostics import Diagnostics
from jifen.errors import ApplicantError, JifenError
from jifen.policy.registry import registry
from jifen.policy.versions import check_versions

from .town import BASE, LAST, NEXT, write

UNCOVERED = "uncovered: [{from: 2023-01-01, to: 2023-12-31, why: {zh: 印章遗失。, en: The seal was lost.}}]\n"
LANDED = "chosen_by: landed\n"


@pytest.fixture
def policies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("JIFEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("JIFEN_POLICIES", str(tmp_path / "policies"))
    return tmp_path / "policies"


def last() -> str:
    return LAST.replace("extends: harbour/2023", "extends: harbour/2022").replace(
        "  pilots: {points: 4, cite: notice-7}\n", ""
    )


def test_a_day_that_is_not_covered(policies: Path) -> None:
    write(policies, BASE, last() + UNCOVERED)
    assert jifen.resolve("harbour", "2022-12-31").id == "harbour/2022"
    assert jifen.resolve("harbour", "2024-01-01").id == "harbour/2024"
    with pytest.raises(JifenError) as caught:
        jifen.resolve("harbour", "2023-06-01")
    nearest = "harbour/2022 (2022-01-01 – 2022-12-31), harbour/2024 (2024-01-01 – …)"
    assert caught.value.text("en") == (
        "2023-06-01 lies in days of harbour that are not covered (2023-01-01 – 2023-12-31): "
        f"The seal was lost; the nearest: {nearest}."
    )
    assert caught.value.text("zh") == (
        f"2023-06-01 在 harbour 未收录版本的期间内（2023-01-01 – 2023-12-31）：印章遗失；最近的是 {nearest}。"
    )


def test_a_day_in_no_stretch(policies: Path) -> None:
    write(policies, BASE, last() + UNCOVERED)
    with pytest.raises(
        JifenError, match="No policy of harbour is in force on 2021-12-31; the nearest: harbour/2022"
    ):
        jifen.resolve("harbour", "2021-12-31")


def test_the_command_line_says_so_too(
    policies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(policies, BASE, last() + UNCOVERED)
    monkeypatch.setenv("JIFEN_LANG", "zh")
    applicant = tmp_path / "applicant.yaml"
    applicant.write_text("date: 2023-06-01\n", encoding="utf-8")
    assert main(["score", str(applicant), "--place", "harbour"]) == 1
    assert capsys.readouterr().err.startswith("jifen：2023-06-01 在 harbour 未收录版本的期间内")
    assert main(["score", str(applicant), "--place", "harbour", "--format", "json"]) == 1
    (error,) = json.loads(capsys.readouterr().out)["errors"]
    assert "The seal was lost" in error["message"] and "印章遗失" in error["messageZh"]


def test_the_list_shows_what_is_not_covered(policies: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(policies, BASE, last() + UNCOVERED)
    assert main(["list"]) == 0
    rows = [line.split("  ") for line in capsys.readouterr().out.splitlines() if "harbour" in line]
    assert [[cell.strip() for cell in row if cell] for row in rows] == [
        ["harbour/2022", "2022-01-01 to 2022-12-31", "Harbour points, 2022"],
        ["harbour", "2023-01-01 to 2023-12-31", "not covered: The seal was lost."],
        ["harbour/2024", "from 2024-01-01", "Harbour points, 2024"],
    ]
    assert main(["list", "--format", "json"]) == 0
    found = {entry["id"]: entry["uncovered"] for entry in json.loads(capsys.readouterr().out)}
    assert found["harbour/2022"] == []
    assert [(one["from"], one["to"]) for one in found["harbour/2024"]] == [("2023-01-01", "2023-12-31")]


def test_a_fact_chooses_the_version(policies: Path) -> None:
    write(policies, BASE + LANDED, NEXT)
    applicant = {"date": "2023-05-01", "facts": {"berths": 2, "landed": "2022-12-31"}}
    policy = jifen.resolve_for("harbour", applicant)
    assert policy.id == "harbour/2022"
    assert policy.score(applicant).to_dict()["warnings"] == []
    late = {**applicant, "facts": {"berths": 2, "landed": "2023-01-01"}}
    assert jifen.resolve_for("harbour", late).id == "harbour/2023"
    assert [one["id"] for one in policy.score(late).to_dict()["warnings"]] == ["not_in_force"]


def test_by_default_the_date_of_application_chooses(policies: Path, tmp_path: Path) -> None:
    write(policies, BASE, NEXT)
    path = tmp_path / "applicant.yaml"
    path.write_text("date: 2023-05-01\nfacts: {berths: 2, landed: 2022-12-31}\n", encoding="utf-8")
    assert jifen.resolve_for("harbour", path).id == "harbour/2023"
    with pytest.raises(ApplicantError, match="date: date is missing"):
        jifen.resolve_for("harbour", {})
    with pytest.raises(JifenError, match="There is no place harbor"):
        jifen.resolve_for("harbor", {})


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, "facts.landed：缺少登岸日期。"),
        ({"landed": None}, "facts.landed：缺少登岸日期。"),
        ({"landed": "soon"}, "facts.landed：soon 不是日期；请写 YYYY-MM-DD。"),
        ([], "facts：此处须为名称到取值的映射。"),
    ],
)
def test_the_fact_must_be_stated(policies: Path, facts: object, said: str) -> None:
    write(policies, BASE + LANDED, NEXT)
    with pytest.raises(ApplicantError) as caught:
        jifen.resolve_for("harbour", {"date": "2023-05-01", "facts": facts})
    assert caught.value.text("zh") == said


def test_the_command_line_points_to_the_fact(
    policies: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(policies, BASE + LANDED, NEXT)
    path = tmp_path / "applicant.yaml"
    path.write_text("date: 2023-05-01\nfacts:\n  berths: 2\n  landed: soon\n", encoding="utf-8")
    assert main(["score", str(path), "--place", "harbour"]) == 1
    assert f"{path}:4:3: error JF708" in capsys.readouterr().err
    path.write_text("date: 2023-05-01\nfacts:\n  berths: 2\n  landed: 2022-04-01\n", encoding="utf-8")
    assert main(["score", str(path), "--place", "harbour"]) == 0
    assert "harbour/2022" in capsys.readouterr().out


def test_versions_that_disagree_choose_nothing(policies: Path) -> None:
    write(policies, BASE + LANDED, NEXT + "chosen_by: application\n")
    with pytest.raises(JifenError, match="harbour/2023 is chosen by application, and harbour/2022"):
        jifen.resolve_for("harbour", {"date": "2023-05-01"})


def test_a_fact_that_only_chooses_is_used(policies: Path) -> None:
    text = WITHOUT_YEARS + LANDED
    (path,) = write(policies, text)
    assert jifen.check(path) == ()
    assert [one.code for one in jifen.check(write(policies, WITHOUT_YEARS)[0])] == ["JF510"]


WITHOUT_YEARS = BASE[: BASE.index("  years:")] + BASE[BASE.index("outcome:") :]


def test_the_versions_in_the_tree_fit_together() -> None:
    diagnostics = Diagnostics()
    check_versions([entry.path for entry in registry()], diagnostics)
    assert diagnostics.sorted() == ()


def test_a_version_that_extends_another_is_edited_as_such() -> None:
    for entry in registry():
        text = entry.path.read_text(encoding="utf-8")
        extends = "\nextends:" in text
        assert ("policy-extension.schema.json" in text.partition("\n")[0]) == extends, entry.id
