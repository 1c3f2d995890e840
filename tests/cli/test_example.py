"""The example applicants on the real engine, end to end."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from jifen.resources import schema_text
from jifen.scorecard.lines import columns

from .conftest import Run

EXAMPLES = Path(__file__).parents[2] / "examples" / "tianjin"
APPLICANT = EXAMPLES / "applicant.yaml"
JUST_BELOW = EXAMPLES / "just-below.yaml"
TIANJIN = ("--policy", "tianjin/2022")


def test_the_table_ends_in_the_verdict(run: Run) -> None:
    status, out, err = run("score", APPLICANT, *TIANJIN)
    assert (status, err) == (0, "")
    [total] = [line for line in out.splitlines() if line.startswith("Total ")]
    assert total.endswith(" 116.58 (exactly 1399/12)")
    assert "✔ QUALIFIES" in out


def test_the_verdict_in_chinese_and_as_a_status(run: Run) -> None:
    status, out, _ = run("score", JUST_BELOW, *TIANJIN, "--lang", "zh", "--check-qualifies")
    assert status == 3
    assert "✘ 不合格：总分低于分值线0.42分" in out
    assert run("score", APPLICANT, *TIANJIN, "--check-qualifies").status == 0


def test_a_reading_changes_the_verdict(run: Run) -> None:
    arguments = ("--place", "tianjin", "--reading", "month_credit=full_years", "--check-qualifies")
    assert run("score", APPLICANT, *arguments).status == 3


@pytest.mark.parametrize("path", [APPLICANT, JUST_BELOW])
def test_json_is_a_scorecard(run: Run, path: Path) -> None:
    card = json.loads(run("score", path, *TIANJIN, "--format", "json").out)
    Draft202012Validator(json.loads(schema_text("scorecard"))).validate(card)


@pytest.mark.parametrize("form", ["table", "markdown"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", [APPLICANT, JUST_BELOW])
def test_every_rendering(run: Run, path: Path, form: str, lang: str) -> None:
    status, out, err = run("score", path, *TIANJIN, "--format", form, "--lang", lang)
    assert (status, err) == (0, "")
    if form == "table":
        assert all(columns(line) <= 100 for line in out.splitlines())


def test_mistakes_in_the_applicant_are_placed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    text = (
        APPLICANT.read_text(encoding="utf-8").replace("education:", "educaton:").replace("2017-09", "2017-13")
    )
    path.write_text(text, encoding="utf-8")
    status, out, err = run("score", path, *TIANJIN)
    assert (status, out) == (1, "")
    for key in ("  educaton:", "from: 2017-13"):
        [line] = [number for number, line in enumerate(text.splitlines(), start=1) if key in line]
        assert f"{path}:{line}:" in err
    assert "3 errors" in err


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["table", "markdown", "yaml"])
def test_show(run: Run, form: str, lang: str) -> None:
    status, out, err = run("show", "tianjin/2022", "--format", form, "--lang", lang)
    assert (status, err) == (0, "")
    assert "110" in out


def test_the_policies_that_come_with_the_engine_are_right(run: Run) -> None:
    assert run("check").out.endswith(" checked: no errors\n")
