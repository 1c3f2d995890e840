"""What `jifen test` says of cases: on a terminal, as data, for build servers; and its exit status."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from jifen.cli import main
from jifen.regression.junit import as_junit
from jifen.regression.run import Runner, collect

from .conftest import Harbour

CASES = """\
  - {name: holds, source: s, applicant: sailor, expect: {total: 40}}
  - name: everything is wrong
    source: s
    applicant: sailor
    with: {facts: {resident: false}}
    expect:
      total: 41
      qualifies: true
      eligible: true
      warnings: [windy]
      parts: {rank: 11, service: 31}
      months: {service: 28}
      requirements: {resident: true}
  - name: "rows <&> \\"quoted\\" ]]>"
    source: s
    applicant: nobody
    table: [[facts.rank, total], [none, 0], [mate, 1]]
"""

SAID = """\
✗ harbour/2024: everything is wrong
    harbour/2024.cases.yaml:24:32: resident: expected true, got false
      harbour/2024.yaml:46:13: resident = false
    harbour/2024.cases.yaml:23:25: months of service: expected 28, got 27
      harbour/2024.yaml:57:41: 24 months × 1 a month (line 57) + 3 months × 2 a month (line 58) \
= 30 (2021-03..2023-05); left out 2023-06..2024-02 (months ashore do not count)
    harbour/2024.cases.yaml:22:34: service: expected 31, got 30
      harbour/2024.yaml:57:41: 24 months × 1 a month (line 57) + 3 months × 2 a month (line 58) = 30 (2021-03..2023-05)
    harbour/2024.cases.yaml:22:21: rank: expected 11, got 10
      harbour/2024.yaml:72:46: licensed = true; rank = mate
    harbour/2024.cases.yaml:18:14: total: expected 41, got 40
      harbour/2024.yaml:74:10: service = 30 (2024.yaml:57), rank = 10 (2024.yaml:72)
    harbour/2024.cases.yaml:20:17: eligible: expected true, got false
      harbour/2024.yaml:46:13: not met: resident: resident = false
    harbour/2024.cases.yaml:19:18: qualifies: expected true, got false
      harbour/2024.yaml:46:13: not met: resident: resident = false
    harbour/2024.cases.yaml:21:17: warnings: expected windy, got none
✗ harbour/2024: rows <&> "quoted" ]]> [mate, 1]
    harbour/2024.cases.yaml:28:52: total: expected 1, got 10
      harbour/2024.yaml:72:46: rank: licensed = true; rank = mate
2 passed, 2 failed
"""


def test_the_first_step_that_differs_comes_first(harbour: Harbour) -> None:
    harbour.write(CASES)
    found = harbour.test()
    assert (found.status, found.err) == (1, "")
    assert found.out == SAID


def test_in_chinese(harbour: Harbour) -> None:
    harbour.write(CASES)
    found = harbour.test("--lang", "zh").out
    assert "2024.cases.yaml:23:25: months of service：应为 28，实为 27\n" in found
    assert "24个月 × 每月1分（第57行） + 3个月 × 每月2分（第58行） = 30（2021-03..2023-05）；" in found
    assert "；未计 2023-06..2024-02（岸上不计）\n" in found
    assert found.endswith("2 个通过，2 个失败\n")


def test_as_data(harbour: Harbour) -> None:
    harbour.write(CASES)
    found = harbour.test("--format", "json")
    report = json.loads(found.out)
    assert found.status == 1
    assert (report["format"], report["passed"], report["failed"]) == ("jifen-test/1", 2, 2)
    assert [case["passed"] for case in report["cases"]] == [True, False, True, False]
    assert "updated" not in report
    place = {"file": "harbour/2024.cases.yaml", "line": 12, "column": 12}
    assert report["cases"][0] == {
        "id": "harbour/2024: holds",
        "place": place,
        "passed": True,
        "differences": [],
    }
    rank = next(one for one in report["cases"][1]["differences"] if one["what"] == "rank")
    assert rank == {
        "what": "rank",
        "expected": "11",
        "actual": "10",
        "place": {"file": "harbour/2024.cases.yaml", "line": 22, "column": 21},
        "rule": {"file": "harbour/2024.yaml", "line": 72, "column": 46},
        "because": {"en": "licensed = true; rank = mate", "zh": "licensed = true；rank = mate"},
    }
    warned = report["cases"][1]["differences"][-1]
    assert (warned["actual"], warned["rule"], warned["because"]) == ({"en": "none", "zh": "无"}, None, None)


def test_an_update_as_data(harbour: Harbour) -> None:
    harbour.write(CASES)
    found = harbour.test("--format", "json", "--update", "-k", "rows")
    report = json.loads(found.out)
    assert (found.status, report["failed"]) == (0, 0)
    assert report["updated"] == [
        {
            "what": "total",
            "place": {"file": "harbour/2024.cases.yaml", "line": 28, "column": 52},
            "old": "1",
            "new": "10",
        }
    ]


def test_for_build_servers(harbour: Harbour, tmp_path: Path) -> None:
    """The file follows the schema that Jenkins publishes: the counts agree, a failure has a message and a text."""
    harbour.write(CASES)
    second = harbour.folder.parent / "pier"
    second.mkdir()
    (second / "2024.yaml").write_bytes(harbour.policy.read_bytes())
    (second / "2024.cases.yaml").write_text(
        harbour.cases.read_text(encoding="utf-8").partition("  - name")[0], encoding="utf-8"
    )
    found = harbour.test("pier", "--junit", "results.xml", "--format", "json")
    assert found.status == 1
    text = (tmp_path / "results.xml").read_text(encoding="utf-8")
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites ')
    root = ElementTree.fromstring(text)
    assert root.attrib == {"name": "jifen", "tests": "5", "failures": "2", "errors": "0", "skipped": "0"}
    suites = root.findall("testsuite")
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in suites] == [
        ("harbour/2024.cases.yaml", "4", "2"),
        ("pier/2024.cases.yaml", "1", "0"),
    ]
    report = json.loads(found.out)
    cases = root.findall("testsuite/testcase")
    assert [f"{case.get('classname')}: {case.get('name')}" for case in cases] == [
        case["id"] for case in report["cases"]
    ]
    for case, data in zip(cases, report["cases"], strict=True):
        assert set(case.attrib) == {"classname", "name", "file", "line"}
        assert (case.get("file"), case.get("line")) == (data["place"]["file"], str(data["place"]["line"]))
        assert [child.tag for child in case] == ([] if data["passed"] else ["failure"])
    failure = cases[1].find("failure")
    assert failure is not None and failure.text is not None
    assert failure.get("message") == "harbour/2024.cases.yaml:24:32: resident: expected true, got false"
    for line in failure.text.splitlines():
        assert f"    {line}\n" in SAID


def test_the_same_run_gives_the_same_file(harbour: Harbour) -> None:
    harbour.write(CASES)
    runs = [as_junit(Runner().all(collect(["harbour"])), "en") for _ in range(2)]
    assert runs[0] == runs[1]


def test_the_file_for_build_servers_is_written_whole_or_not_at_all(harbour: Harbour) -> None:
    harbour.write(CASES)
    found = harbour.test("--junit", "nowhere/results.xml")
    assert found.status == 2 and "cannot write nowhere/results.xml" in found.err
    assert found.out == ""


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["-k", "holds"], 0, "1 passed, 0 failed\n"),
        (["-k", "holds or 'rows <'"], 1, "2 passed, 1 failed\n"),
        (["-k", " "], 1, "2 passed, 2 failed\n"),
        (["-k", "nobody"], 1, "no case matches\n"),
        (["-k", "nobody", "--lang", "zh"], 1, "没有符合的例子\n"),
        (["-k", "holds rows"], 2, "jifen: -k is parts of names joined by and, or, not and brackets"),
        (["-k", "holds and"], 2, "jifen: -k is parts of names"),
        (["--format", "xml"], 2, "--format must be one of: text, json"),
        (["--junit"], 2, "--junit"),
        (["nowhere"], 1, "nowhere:1:1: error JF806: No cases file is found at nowhere."),
        (["harbour/2024.yaml"], 1, "2 passed, 2 failed\n"),
    ],
)
def test_the_exit_status(harbour: Harbour, arguments: list[str], status: int, said: str) -> None:
    harbour.write(CASES)
    found = harbour.test(*arguments)
    assert found.status == status
    assert said in found.out + found.err


def test_an_id_names_a_policy(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "hangzhou/2018"]) == 0
    assert capsys.readouterr().out.endswith(" 0 failed\n")


def test_a_file_with_mistakes_as_data(harbour: Harbour) -> None:
    harbour.write("  - {name: nothing, source: s, applicant: nobody}\n")
    found = harbour.test("--format", "json", "--junit", "results.xml")
    assert found.status == 1
    report = json.loads(found.out)
    assert report["format"] == "jifen-errors/1"
    assert [error["code"] for error in report["errors"]] == ["JF802"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("[[facts.rank, total], [mate, many]]", "JF205: `total` must be a number"),
        ("[[facts.rank, total], [mate, [10]]]", "JF203: `total` must be a number"),
        ("[[facts.rank, qualifies], [mate, 1]]", "JF203: `qualifies` must be `true` or `false`"),
        ("[[facts.rank, parts], [mate, 1]]", "JF203: `parts` must be a block of keys"),
        ("[[facts.rank, parts.Rank], [mate, 1]]", "JF2"),
        ("[[facts.rank, months.service], [mate, 1.5]]", "JF203: `service` must be a whole number"),
        ("[[facts.rank, total.x], [mate, 1]]", "JF203: `total` must be a number"),
        ("[[facts.rank, warnings], [mate, windy]]", "JF203: `warnings` must be a list of warnings"),
        ("[[facts.rank, [total], total], [mate, 1, 1]]", "JF805: The column `[total]` leads to nothing"),
        ("[[facts.rank.x, total], [mate, 1]]", "JF805: The column `facts.rank.x` leads to nothing"),
    ],
)
def test_what_a_row_expects_has_the_shape_that_a_case_has(harbour: Harbour, table: str, said: str) -> None:
    harbour.write(f"  - {{name: rows, source: s, applicant: nobody, table: {table}}}\n")
    found = harbour.test()
    assert found.status == 1
    assert said in found.err


def test_rows_expect_warnings_and_problems(harbour: Harbour) -> None:
    harbour.write(
        "  - name: rows\n    source: s\n    applicant: nobody\n    table:\n"
        "      - [date, warnings]\n      - [2024-03-15, []]\n      - [2025-03-15, [not_in_force]]\n"
        "  - name: refused\n    source: s\n    applicant: nobody\n    table:\n"
        "      - [facts.rank, problems]\n      - [admiral, [facts.rank]]\n"
    )
    assert harbour.test().out == "3 passed, 0 failed\n"
    assert "rows [2025-03-15, [not_in_force]]" in harbour.test("--format", "json").out


def test_a_reading_and_a_policy_that_are_not_there(harbour: Harbour) -> None:
    harbour.write(
        "  - {name: one, source: s, applicant: nobody, readings: {old_agee: scores}, expect: {total: 0}}\n"
    )
    found = harbour.test("--lang", "zh")
    assert found.status == 1 and "old_agee" in found.out and "应为 政策的读法" in found.out
    harbour.cases.write_text(
        harbour.cases.read_text(encoding="utf-8").replace("/2024", "/2023").replace("old_agee", "old_age"),
        encoding="utf-8",
    )
    assert "policy: expected harbour/2023, got harbour/2024" in harbour.test("-k", "one").out


def test_nothing_tells_of_progress_where_there_is_no_terminal(harbour: Harbour) -> None:
    harbour.write(CASES)
    assert harbour.test().err == ""


def test_progress_on_a_terminal(harbour: Harbour, monkeypatch: pytest.MonkeyPatch) -> None:
    harbour.write(CASES)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert "cases" in harbour.test().err
