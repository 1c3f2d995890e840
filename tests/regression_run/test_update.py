"""`jifen test --update`: the values that do not hold are replaced, and nothing else."""

from fractions import Fraction
from pathlib import Path

import pytest

from jifen.regression.rewrite import number

from .conftest import HEAD, Harbour

ONE = "  - {{name: one, source: counted by hand, applicant: sailor, expect: {}}}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{total: 41}", "{total: 40}"),
        ("{total:   41  , qualifies: false}", "{total:   40  , qualifies: false}"),
        ("{total: 41 }", "{total: 40 }"),
        ("{total: '41'}", "{total: '40'}"),
        ('{total: "81/2"}', '{total: "40"}'),
        ('{total: 41.00, shown: "41.00"}', '{total: 40, shown: "40.00"}'),
        ("{shown: '41.00'}", "{shown: '40.00'}"),
        ("{shown: 41.00}", "{shown: 40.00}"),
        ("{parts: {service: 31, rank: 10}}", "{parts: {service: 30, rank: 10}}"),
        ("{scores: {total: -1}}", "{scores: {total: 40}}"),
        ("{months: {service: 28}}", "{months: {service: 27}}"),
        ("{eligible: false, qualifies: true}", "{eligible: true, qualifies: false}"),
        ("{requirements: {resident: False}}", "{requirements: {resident: true}}"),
        ("{warnings: [not_in_force]}", "{warnings: []}"),
        ("{warnings: [ not_in_force, x ]}", "{warnings: []}"),
    ],
)
def test_one_value(harbour: Harbour, before: str, after: str) -> None:
    harbour.write(ONE.format(before))
    assert harbour.updated() == ONE.format(after)


LATE = """\
  - name: late
    source: s
    applicant: nobody
    with: {{date: 2025-03-15}}
    expect:
      warnings: {}
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[]", "[not_in_force]"),
        ("[a, not_in_force]", "[not_in_force]"),
        ("[ 'a' ]", "[ not_in_force ]"),
        ("['not_in_force', a]", "['not_in_force']"),
        ("[\n      a, # remark\n    ]", None),
        ("[\n      a,\n      b,\n    ]", "[not_in_force]"),
        ("\n        - a\n        - b", "\n        - not_in_force"),
        ("\n        - a # remark\n        - b", None),
    ],
)
def test_a_list(harbour: Harbour, before: str, after: str | None) -> None:
    text = LATE
    harbour.write(text.format(before))
    if after is not None:
        assert harbour.updated() == text.format(after)
        return
    found = harbour.test("--update")
    assert found.status == 1
    assert "nothing rewritten; 1 cannot be rewritten in place\n0 passed, 1 failed\n" in found.out
    assert harbour.cases.read_text(encoding="utf-8").endswith(text.format(before))


def test_problems_go_in_quotes_where_yaml_needs_them(harbour: Harbour) -> None:
    case = (
        "  - {{name: x, source: s, applicant: nobody, expect: {{problems: {}}},\n"
        "     with: {{timelines: {{service: [{{place: moon, from: 2020-01}}]}}}}}}\n"
    )
    harbour.write(case.format("[facts.rank]"))
    assert harbour.updated() == case.format('["timelines.service[0].place"]')


COMMENTED = """\
  # 海上：一行注释
  - name: 海上两年   # 名字后的注释
    source: "手算：24 × 1 + 3 × 2 = 30；大副 10"
    applicant: sailor
    expect: {shown: '39.00', total: 39,   # 总分
             parts: {rank: 9, service: "29"}}  # 各项 𠮷

  - name: ages
    source: counted by hand
    applicant: nobody
    table:   # 表
      - [facts.birth_date, total, parts.age]
      - [1994-03-16,       11,    11]   # 不满30岁
      - [1993-03-16,       5,     4]
      - [ 1972-03-16, "1", 0 ]
"""
CORRECTED = (
    COMMENTED.replace("'39.00', total: 39,", "'40.00', total: 40,")
    .replace('rank: 9, service: "29"', 'rank: 10, service: "30"')
    .replace("11,    11]", "10,    10]")
    .replace("5,     4]", "5,     5]")
    .replace('"1", 0 ]', '"0", 0 ]')
)


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_every_other_byte_stays(harbour: Harbour, line_break: str, mark: str) -> None:
    whole = (mark + HEAD + COMMENTED).replace("\n", line_break)
    harbour.cases.write_bytes(whole.encode())
    found = harbour.test("--update")
    assert found.status == 0
    assert harbour.cases.read_bytes().decode() == (mark + HEAD + CORRECTED).replace("\n", line_break)
    assert harbour.test().out == "4 passed, 0 failed\n"
    assert harbour.test("--update").out == "nothing rewritten\n4 passed, 0 failed\n"


def test_what_it_prints(harbour: Harbour) -> None:
    harbour.write(COMMENTED)
    found = harbour.test("--update", "--lang", "zh")
    lines = found.out.splitlines()
    assert lines[0] == "harbour/2024.cases.yaml:16:21: shown：'39.00' → '40.00'"
    assert lines[-2:] == ["已改写 1 个文件中的 8 处预期", "4 个通过，0 个失败"]
    assert len(lines) == 10


def test_without_the_option_nothing_is_written(harbour: Harbour) -> None:
    harbour.write(COMMENTED)
    before, text = harbour.cases.stat(), harbour.cases.read_bytes()
    assert harbour.test().status == 1
    after = harbour.cases.stat()
    assert (after.st_ino, after.st_mtime_ns, harbour.cases.read_bytes()) == (
        before.st_ino,
        before.st_mtime_ns,
        text,
    )


def test_a_run_of_some_cases_corrects_only_those(harbour: Harbour) -> None:
    harbour.write(COMMENTED)
    found = harbour.test("--update", "-k", "ages and 1994")
    assert found.status == 0
    assert found.out.endswith("2 expectations rewritten in 1 file\n1 passed, 0 failed\n")
    assert harbour.test().out.endswith("1 passed, 3 failed\n")


def test_what_cannot_be_rewritten_is_told(harbour: Harbour) -> None:
    unknown = ONE.format("{total: 41, parts: {rnk: 10}}")
    refused = (
        "  - {name: two, source: s, applicant: nobody, with: {facts: {rank: admiral}}, expect: {total: 1}}\n"
    )
    harbour.write(unknown + refused)
    found = harbour.test("--update")
    assert found.status == 1
    assert "rnk: expected a line of the table, got nothing of that name; did you mean rank?" in found.out
    assert "two" in found.out and "admiral is not an option" in found.out
    assert "1 expectation rewritten in 1 file; 2 cannot be rewritten in place" in found.out
    assert harbour.cases.read_text(encoding="utf-8") == HEAD + unknown.replace("41", "40") + refused


def test_rows_that_share_an_expectation(harbour: Harbour) -> None:
    """What one row needs would be wrong for the other, whether both are run or not."""
    rows = (
        "  - name: rows\n    source: s\n    applicant: nobody\n    expect: {total: 10}\n"
        "    table:\n      - [facts.birth_date, eligible]\n      - [1994-03-16, true]\n      - [1993-03-16, true]\n"
    )
    harbour.write(rows)
    for selected in (["--update"], ["--update", "-k", "1993"]):
        assert harbour.test(*selected).status == 1
        assert harbour.cases.read_text(encoding="utf-8") == HEAD + rows
    # Where all rows need the same, they are given it.
    harbour.write(rows.replace("1994", "1992"))
    assert harbour.updated() == rows.replace("1994", "1992").replace("total: 10", "total: 5")
    # And where they need different things, nothing is right for all.
    harbour.write(rows.replace("total: 10", "total: 3"))
    assert harbour.test("--update").status == 1
    assert "total: 3" in harbour.cases.read_text(encoding="utf-8")


def test_an_alias_into_an_applicant_is_left_alone(harbour: Harbour) -> None:
    """Its characters are data of an applicant as well."""
    for facts, expect in (
        ("{licensed: &truth false}", "{eligible: *truth}"),
        ("{rank: mate}", "{total: &n 3}"),
    ):
        case = (
            f"  - {{name: one, source: s, applicant: nobody, with: {{facts: {facts}}}, expect: {expect}}}\n"
        )
        harbour.write(case)
        found = harbour.test("--update")
        after = harbour.cases.read_text(encoding="utf-8")
        if "truth" in case:
            assert (found.status, after) == (1, HEAD + case)
        else:
            assert (found.status, after) == (0, HEAD + case.replace("&n 3", "&n 10"))


def test_an_alias_between_expectations(harbour: Harbour) -> None:
    """It is corrected where every case that it stands for needs the same."""
    one, two = ONE.format("{total: &points 41}"), ONE.replace("one", "two").format("{total: *points}")
    harbour.write(one + two)
    assert harbour.updated() == one.replace("41", "40") + two
    other = "  - {name: other, source: s, applicant: nobody, expect: {total: *points}}\n"
    harbour.write(one + other)
    assert harbour.test("--update").status == 1
    assert harbour.cases.read_text(encoding="utf-8") == HEAD + one + other


def test_a_table_that_two_cases_share(harbour: Harbour) -> None:
    table = "[[facts.rank, total], [none, 30], [captain, 49]]"
    first = f"  - {{name: one, source: s, applicant: sailor, table: &ranks {table}}}\n"
    second = (
        "  - {name: two, source: s, applicant: sailor, with: {facts: {resident: false}}, table: *ranks}\n"
    )
    harbour.write(first + second)
    assert harbour.updated() == first.replace("49", "50") + second
    # The first column is data: what it says is never corrected.
    assert harbour.test().out == "4 passed, 0 failed\n"


def test_two_cases_on_one_applicant(harbour: Harbour) -> None:
    cases = ONE.format("{total: 1}") + ONE.replace("one", "two").format("{total: 2, parts: {rank: 3}}")
    harbour.write(cases)
    assert harbour.updated() == cases.replace("total: 1", "total: 40").replace(
        "total: 2", "total: 40"
    ).replace("rank: 3", "rank: 10")


def test_a_file_that_cannot_be_replaced_stays(harbour: Harbour, monkeypatch: pytest.MonkeyPatch) -> None:
    harbour.write(COMMENTED)

    def refuse(*paths: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.replace", refuse)
    found = harbour.test("--update")
    assert found.status == 2 and "cannot write" in found.err
    assert harbour.cases.read_text(encoding="utf-8") == HEAD + COMMENTED
    assert sorted(path.name for path in harbour.folder.iterdir()) == ["2024.cases.yaml", "2024.yaml"]


def test_a_link_stays_a_link(harbour: Harbour, tmp_path: Path) -> None:
    target = tmp_path / "kept.yaml"
    target.write_text(HEAD + ONE.format("{total: 41}"), encoding="utf-8")
    harbour.cases.symlink_to(target)
    assert harbour.test("--update").status == 0
    assert harbour.cases.is_symlink()
    assert target.read_text(encoding="utf-8").endswith(ONE.format("{total: 40}"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("60", "60"),
        ("-5", "-5"),
        ("0", "0"),
        ("100", "100"),
        ("23/2", "11.5"),
        ("1497/125", "11.976"),
        ("-1/1000000", "-0.000001"),
        ("1/10000000", "1/10000000"),
        ("365/6", "365/6"),
        ("-1/3", "-1/3"),
        ("10000000000000000000000000000000000001/10", "1000000000000000000000000000000000000.1"),
    ],
)
def test_how_numbers_are_written(value: str, text: str) -> None:
    assert number(Fraction(value)) == text
    assert Fraction(text) == Fraction(value)
