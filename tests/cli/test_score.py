"""`jifen score`: which policy, which form, which exit status, and what a mistake looks like."""

import json
from pathlib import Path

import pytest

from .conftest import CARDS, Engine, Run

DEMO = ("--policy", "demo/2022")


def test_a_table_in_english_by_default(run: Run, engine: Engine, applicant: Path) -> None:
    status, out, err = run("score", applicant, *DEMO)
    assert (status, err) == (0, "")
    assert "QUALIFIES: every requirement is met and the line is reached" in out
    assert "\x1b[" not in out


@pytest.mark.parametrize(
    ("variable", "value"), [("LANG", "zh_CN.UTF-8"), ("LC_ALL", "zh"), ("JIFEN_LANG", "zh-Hans")]
)
def test_the_language_of_the_environment(
    run: Run, engine: Engine, applicant: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    assert "合格：" in run("score", applicant, *DEMO).out
    assert "QUALIFIES" in run("score", applicant, *DEMO, "--lang", "en").out


def test_jifen_lang_goes_before_the_locale(
    run: Run, engine: Engine, applicant: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.setenv("JIFEN_LANG", "en")
    assert "QUALIFIES" in run("score", applicant, *DEMO).out


def test_json_is_the_scorecard(run: Run, engine: Engine, applicant: Path) -> None:
    out = run("score", applicant, *DEMO, "--format", "json").out
    assert json.loads(out) == json.loads((CARDS / "qualifying.json").read_text(encoding="utf-8"))
    assert out.endswith("}\n")


def test_markdown(run: Run, engine: Engine, applicant: Path) -> None:
    assert run("score", applicant, *DEMO, "--format", "markdown").out.startswith("# Points-based household")


def test_columns_narrow_the_table(
    run: Run, engine: Engine, applicant: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    golden = CARDS.parent / "golden" / "qualifying.en.72.txt"
    assert run("score", applicant, *DEMO).out == golden.read_text(encoding="utf-8")


def test_standard_input_may_be_json_with_tabs(run: Run, engine: Engine) -> None:
    data = b'{\n\t"applicant": "failing",\n\t"date":"2022-08-09"\n}\n'
    status, out, _ = run("score", "-", *DEMO, stdin=data)
    assert status == 0
    assert "DOES NOT QUALIFY" in out


def test_status_3_only_when_asked_for(run: Run, engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("applicant: failing\ndate: 2022-08-09\n", encoding="utf-8")
    assert run("score", path, *DEMO).status == 0
    status, out, _ = run("score", path, *DEMO, "--check-qualifies")
    assert status == 3
    assert "DOES NOT QUALIFY" in out


def test_the_place_and_the_date_choose_the_policy(run: Run, engine: Engine, applicant: Path) -> None:
    assert run("score", applicant, "--place", "demo").status == 0
    assert engine.resolved == [("demo", "2022-03-15")]


def test_a_place_needs_a_date(run: Run, engine: Engine) -> None:
    status, _, err = run("score", "-", "--place", "demo", stdin=b"applicant: qualifying\n")
    assert status == 1
    assert err.startswith("jifen: <stdin> has no date of application (date: YYYY-MM-DD)")


@pytest.mark.parametrize("day", ["2021-12-31", "2022-3-1", "tomorrow"])
def test_a_date_on_which_nothing_is_in_force(run: Run, engine: Engine, day: str) -> None:
    data = f"applicant: qualifying\ndate: {day}\n".encode()
    status, out, err = run("score", "-", "--place", "demo", stdin=data)
    assert (status, out) == (1, "")
    assert err.count("\n") == 1
    status, out, err = run("score", "-", "--place", "demo", "--format", "json", stdin=data)
    assert (status, err) == (1, "")
    assert json.loads(out)["errors"][0]["messageZh"]


def test_a_failure_speaks_the_language_asked_for(run: Run, engine: Engine, applicant: Path) -> None:
    assert (
        run("score", applicant, "--policy", "no.yaml", "--lang", "zh").err == "jifen：没有这个文件：no.yaml\n"
    )
    assert run("score", "--lang", "zh", "no.yaml", "--place", "dema").err.startswith("jifen：")
    assert run("score", "--lang", "zh").err.startswith("jifen：缺少")


def test_a_file_may_be_the_policy(run: Run, engine: Engine, applicant: Path, tmp_path: Path) -> None:
    path = tmp_path / "policies" / "demo" / "2022.yaml"
    assert run("score", applicant, "--policy", path).status == 0
    assert engine.loaded == [str(path)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "say which policy with one of --policy and --place; policies known: demo/2022"),
        ((*DEMO, "--place", "demo"), "say which policy with one of --policy and --place"),
        (
            ("--policy", "demo/2002"),
            "no policy demo/2002 (did you mean demo/2022?); policies known: demo/2022",
        ),
        (("--policy", "no.yaml"), "no such file: no.yaml"),
        (("--place", "dema"), "no place dema (did you mean demo?); places known: demo"),
        ((*DEMO, "--reading", "rounding"), "write it as NAME=OPTION: rounding"),
        (
            (*DEMO, "--reading", "roundin=whole"),
            "no reading roundin (did you mean rounding?); it has: rounding",
        ),
        (
            (*DEMO, "--reading", "rounding=half"),
            "the reading rounding has no option half; it has: exact, whole",
        ),
        (
            (*DEMO, "--format", "xml"),
            "--format must be one of: table, json, markdown; see jifen score --help",
        ),
        ((*DEMO, "--langu", "zh"), "no such option: --langu (did you mean --lang?); see jifen score --help"),
    ],
)
def test_wrong_usage_is_one_line(
    run: Run, engine: Engine, applicant: Path, arguments: tuple[str, ...], said: str
) -> None:
    status, out, err = run("score", applicant, *arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert err.startswith("jifen: ")
    assert err.count("\n") == 1


def test_a_reading_is_handed_on(run: Run, engine: Engine, applicant: Path) -> None:
    assert run("score", applicant, *DEMO, "--reading", "rounding=whole").status == 0
    assert engine.policy.taken == [{"rounding": "whole"}]


BROKEN = b"""\
applicant: x
problems:
  - facts.oops
  - timelines.work[1].to
  - facts.born
timelines:
  work:
    - {from: 2019-01}
    - {from: 2019-01, to: 2018-12}
facts:
  oops: 1
"""


def test_problems_stand_where_they_are(run: Run, engine: Engine) -> None:
    status, out, err = run("score", "-", *DEMO, stdin=BROKEN)
    assert (status, out) == (1, "")
    assert err.splitlines()[:5] == [
        "<stdin>:9:23: error JF901: `timelines.work[1].to`: to is missing",
        " 9 |     - {from: 2019-01, to: 2018-12}",
        "   |                       ^^",
        "  hint: State it.",
        "<stdin>:10:1: error JF901: `facts.born`: born is missing",
    ]
    assert "<stdin>:11:3: error JF902: `facts.oops`: oops is not known" in err
    assert "缺少to" in run("score", "-", *DEMO, "--lang", "zh", stdin=BROKEN).err


def test_problems_as_json(run: Run, engine: Engine) -> None:
    status, out, err = run("score", "-", *DEMO, "--format", "json", stdin=BROKEN)
    assert (status, err) == (1, "")
    found = json.loads(out)
    assert found["format"] == "jifen-errors/1"
    first = found["errors"][0]
    assert (first["path"], first["code"], first["line"]) == ("timelines.work[1].to", "JF901", 9)
    assert (first["message"], first["messageZh"]) == ("to is missing", "缺少to")


def test_a_text_that_is_no_yaml(run: Run, engine: Engine) -> None:
    status, out, err = run("score", "-", *DEMO, stdin=b"applicant: [1\n")
    assert (status, out) == (1, "")
    assert err.startswith("<stdin>:1:")
    assert json.loads(run("score", "-", *DEMO, "--format", "json", stdin=b"a: [1\n").out)["errors"]


@pytest.mark.parametrize("data", [b"- 1\n", b"7\n"])
def test_a_document_that_is_no_mapping(run: Run, engine: Engine, data: bytes) -> None:
    status, _, err = run("score", "-", *DEMO, stdin=data)
    assert (status, err) == (1, "jifen: <stdin> does not hold the data of an applicant\n")


def test_a_broken_policy(run: Run, engine: Engine, applicant: Path, tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(POLICY_TEXT, encoding="utf-8")
    status, out, err = run("score", applicant, "--policy", path)
    assert (status, out) == (1, "")
    assert f"{path}:1:1: error JF902: oops is not known" in err


POLICY_TEXT = "policy: demo/broken\n"
