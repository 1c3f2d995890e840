from __future__ import annotations

import copy
import json
import pickle

import pytest

from jifen.document.diagnostics import Diagnostic, Diagnostics, Message, suggest
from jifen.document.places import Place
from jifen.document.render import render, summary
from jifen.errors import ApplicantError, JifenError, PolicyError, Problem, raise_errors

UNKNOWN = Message("JF301", "No `{name}`.", "没有 `{name}`。", "Did you mean `{near}`?", "是否指 `{near}`？")
UNUSED = Message("JF502", "`{name}` is not used.", "`{name}` 未被使用。", severity="warning")


def place(line: int, column: int, width: int = 1, file: str = "f.yaml") -> Place:
    return Place(file, line, column, line, column + width)


def collected() -> Diagnostics:
    diagnostics = Diagnostics()
    diagnostics.add(UNUSED, place(2, 1), name="b")
    diagnostics.add(UNKNOWN, place(1, 8, 2), name="年龄", near="age")
    diagnostics.add(UNKNOWN, place(1, 8, 2), name="年龄", near="age")
    diagnostics.add(UNKNOWN, place(1, 5), hint=False, name="x", near="")
    diagnostics.add(UNUSED, place(9, 9, file="e.yaml"), name="c")
    return diagnostics


def test_sorted_and_each_once() -> None:
    found = collected().sorted()
    assert [(one.place.file, one.place.line, one.place.column, one.code) for one in found] == [
        ("e.yaml", 9, 9, "JF502"),
        ("f.yaml", 1, 5, "JF301"),
        ("f.yaml", 1, 8, "JF301"),
        ("f.yaml", 2, 1, "JF502"),
    ]
    assert len(collected()) == 5
    assert [one.code for one in collected().errors] == ["JF301", "JF301"]
    assert [one.code for one in collected().warnings] == ["JF502", "JF502"]


def test_different_words_at_one_place_both_stay() -> None:
    diagnostics = Diagnostics()
    diagnostics.add(UNUSED, place(1, 1), name="b")
    diagnostics.add(UNUSED, place(1, 1), name="a")
    assert [one.args["name"] for one in diagnostics.sorted()] == ["a", "b"]


def test_the_hint_is_left_out_where_it_does_not_apply() -> None:
    without, with_hint = collected().errors
    assert without.hint_text("en") == "" and with_hint.hint_text("zh") == "是否指 `age`？"


def test_words_cannot_break_a_line() -> None:
    diagnostics = Diagnostics()
    diagnostics.add(UNUSED, place(1, 1), name="a\nb\x1b[31m")
    assert diagnostics.sorted()[0].text("en") == "`a b\ufffd[31m` is not used."


def test_raise_errors() -> None:
    only_warnings = Diagnostics()
    only_warnings.add(UNUSED, place(1, 1), name="a")
    raise_errors(only_warnings)
    with pytest.raises(PolicyError) as raised:
        raise_errors(collected())
    assert raised.value.diagnostics == collected().sorted()
    assert str(raised.value) == (
        "e.yaml:9:9: warning JF502: `c` is not used.\n"
        "f.yaml:1:5: error JF301: No `x`.\n"
        "f.yaml:1:8: error JF301: No `年龄`.\n"
        "  hint: Did you mean `age`?\n"
        "f.yaml:2:1: warning JF502: `b` is not used.\n"
        "2 errors, 2 warnings"
    )


def test_exceptions_survive_pickling() -> None:
    problems = (
        Problem("facts.age", UNKNOWN, {"name": "age", "near": "ages"}),
        Problem("", UNUSED, {"name": "x"}),
    )
    for error in (PolicyError(collected().sorted()), ApplicantError(problems)):
        assert isinstance(error, JifenError)
        assert str(pickle.loads(pickle.dumps(error))) == str(error) == str(copy.copy(error))


def test_problems_name_the_path() -> None:
    error = ApplicantError([Problem("timelines.insurance[2].from", UNKNOWN, {"name": "x", "near": "y"})])
    assert str(error) == "timelines.insurance[2].from: No `x`."
    assert error.text("zh") == "timelines.insurance[2].from：没有 `x`。"
    assert error.problems[0].hint_text("en") == "Did you mean `y`?"


def test_text_with_frames() -> None:
    source = {"f.yaml": "\ufeffwhen: 年龄 > 3\r\n\tb: 1\r\n"}
    assert render(collected().errors, "text", "zh", source) == (
        "f.yaml:1:5: 错误 JF301：没有 `x`。\n"
        " 1 | when: 年龄 > 3\n"
        "   |     ^\n"
        "f.yaml:1:8: 错误 JF301：没有 `年龄`。\n"
        " 1 | when: 年龄 > 3\n"
        "   |         ^^^\n"
        "  提示：是否指 `age`？\n"
        "2个错误"
    )


def test_frames_of_wide_and_combining_characters() -> None:
    line = "甲\t乙é😀x"
    text = render([Diagnostic(UNUSED, place(1, len(line)), {"name": "x"})], sources={"f.yaml": line})
    # 2 + 1 for the tab + 2 + 1 for e with its accent + 2.
    assert text.splitlines()[1:3] == [" 1 | 甲 乙é😀x", "   | " + " " * 8 + "^"]


def test_long_lines_are_shown_in_part() -> None:
    line = "a: " + "积" * 300 + "X" + "分" * 300
    text = render([Diagnostic(UNUSED, place(1, 304), {"name": "x"})], sources={"f.yaml": line})
    frame, carets = text.splitlines()[1:3]
    assert frame == " 1 | …" + "积" * 60 + "X" + "分" * 39 + "…"
    assert carets == "   | " + " " * 121 + "^"


def test_frames_of_places_outside_the_text() -> None:
    for line, column in ((0, 0), (2, 5), (1, 50)):
        text = render([Diagnostic(UNUSED, place(line, column), {"name": "x"})], sources={"f.yaml": "a: 1"})
        assert text.endswith("1 warning")


def test_a_place_over_several_lines_is_marked_in_its_first() -> None:
    found = Diagnostic(UNUSED, Place("f.yaml", 1, 4, 3, 2), {"name": "x"})
    assert render([found], sources={"f.yaml": "a: bc\n d\n e"}).splitlines()[2] == "   |    ^^"


def test_json() -> None:
    rows = json.loads(render(collected().sorted(), "json"))
    assert rows[2] == {
        "code": "JF301",
        "severity": "error",
        "file": "f.yaml",
        "line": 1,
        "column": 8,
        "endLine": 1,
        "endColumn": 10,
        "message": "No `年龄`.",
        "messageZh": "没有 `年龄`。",
        "hint": "Did you mean `age`?",
        "hintZh": "是否指 `age`？",
    }
    assert json.loads(render([], "json")) == []


def test_github_annotations_are_escaped() -> None:
    message = Message("JF101", "100% {what}\nand more, see: x", "百分之百 {what}")
    found = Diagnostic(message, place(3, 7, file="a,b:c%.yaml"), {"what": "y"})
    assert render([found], "github") == (
        "::error file=a%2Cb%3Ac%25.yaml,line=3,col=7,title=JF101::100%25 y%0Aand more, see: x"
    )
    assert render([found], "github", "zh").endswith("::百分之百 y")
    assert render(collected().warnings, "github").startswith(
        "::warning file=e.yaml,line=9,col=9,title=JF502::"
    )


@pytest.mark.parametrize(
    ("errors", "warnings", "en", "zh"),
    [
        (0, 0, "no errors", "没有错误"),
        (1, 0, "1 error", "1个错误"),
        (2, 1, "2 errors, 1 warning", "2个错误，1个警告"),
        (0, 3, "3 warnings", "3个警告"),
    ],
)
def test_summary(errors: int, warnings: int, en: str, zh: str) -> None:
    found = [Diagnostic(UNKNOWN, place(1, 1), {})] * errors + [Diagnostic(UNUSED, place(1, 1), {})] * warnings
    assert (summary(found, "en"), summary(found, "zh")) == (en, zh)


def test_suggest() -> None:
    assert suggest("insurence", {"insurance", "income"}) == "insurance"
    assert suggest("zzz", ["insurance"]) is None
    assert suggest("abd", ["abe", "abc"]) == suggest("abd", ["abc", "abe"])
