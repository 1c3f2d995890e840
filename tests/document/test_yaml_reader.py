from __future__ import annotations

import threading
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jifen.document import events
from jifen.document.diagnostics import Diagnostics
from jifen.document.limits import MAX_BYTES, MAX_DEPTH, MAX_NODES
from jifen.document.places import Place
from jifen.document.render import render
from jifen.document.source import LINE_BREAK
from jifen.document.tree import Mapping, Node, Scalar, Sequence, at, plain
from jifen.document.yaml_reader import read, read_path

POLICIES = sorted((Path(__file__).parents[2] / "policies").glob("*/*.yaml"))


def good(data: bytes | str) -> Node:
    diagnostics = Diagnostics()
    node = read(data, "f.yaml", diagnostics)
    assert not diagnostics.sorted(), render(diagnostics.sorted())
    assert node is not None
    return node


def codes(data: bytes | str) -> list[str]:
    diagnostics = Diagnostics()
    read(data, "f.yaml", diagnostics)
    return [found.code for found in diagnostics.sorted()]


def spot(place: Place) -> tuple[int, int, int, int]:
    return place[1:]


def under(lines: list[str], place: Place) -> str:
    """The text at a place within one line."""
    return lines[place.line - 1][place.column - 1 : place.end_column - 1]


def nodes(node: Node) -> list[Node]:
    if isinstance(node, Mapping):
        return [node, *(found for entry in node.entries for found in nodes(entry.value))]
    if isinstance(node, Sequence):
        return [node, *(found for item in node.items for found in nodes(item))]
    return [node]


def test_values_and_keys() -> None:
    text = """
    points: {pension: 10, rate: 0.25, none: null, nothing: , yes: no}
    2014: [true, "true", 'it''s', 2018-02]
    null: |
      two
      lines
    "a b": >-
      one
      line
    """
    assert plain(good(text)) == {
        "points": {"pension": 10, "rate": Decimal("0.25"), "none": None, "nothing": None, "yes": "no"},
        "2014": [True, "true", "it's", "2018-02"],
        "null": "two\nlines\n",
        "a b": "one line",
    }


def test_order_and_raw_text_are_kept() -> None:
    node = good("b: 0.50\na: '0.50'\n")
    assert isinstance(node, Mapping)
    assert node.keys() == ("b", "a")
    first, second = node.get("b"), node.get("a")
    assert isinstance(first, Scalar) and isinstance(second, Scalar)
    assert (first.raw, first.quoted, first.value) == ("0.50", False, Decimal("0.50"))
    assert (second.raw, second.quoted, second.value) == ("0.50", True, "0.50")


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "byte order mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("as_bytes", [True, False], ids=["bytes", "str"])
def test_places_count_characters(mark: str, end: str, as_bytes: bool) -> None:
    text = mark + end.join(
        [
            "标题: 积分 落户",
            "😀: {zh: 社保, b: 'x'}",
            "c:",
            "  - 1",
            "  - |",
            "    甲",
            "    乙",
            "",
            "# end",
            "",
        ]
    )
    node = good(text.encode() if as_bytes else text)
    assert isinstance(node, Mapping)
    title, face, last = node.entries
    assert spot(title.key_place) == (1, 1, 1, 3)
    assert spot(title.value.place) == (1, 5, 1, 10)
    assert spot(face.key_place) == (2, 1, 2, 2)
    assert spot(face.value.place) == (2, 4, 2, 20)
    assert spot(at(face.value, ["zh"]).place) == (2, 9, 2, 11)
    assert spot(at(face.value, ["b"]).place) == (2, 16, 2, 19)
    assert spot(last.value.place) == (4, 3, 7, 6)
    assert spot(at(last.value, [1]).place) == (5, 5, 7, 6)
    assert spot(node.place) == (1, 1, 7, 6)


def test_empty_values_have_an_empty_place() -> None:
    assert spot(at(good("a:\nb: 1\n"), ["a"]).place) == (1, 3, 1, 3)


def test_places_begin_behind_anchors() -> None:
    node = good("a: &x foo\nb: *x\nc: &y\n  'bar'\nd: &z # remark\n  e: 1\n")
    assert spot(at(node, ["a"]).place) == (1, 7, 1, 10)
    assert at(node, ["b"]) is at(node, ["a"])
    assert spot(at(node, ["c"]).place) == (4, 3, 4, 8)


def test_within_points_into_texts() -> None:
    node = good("a: count(x) > 3\nb: 'count(x)'\nc: \"a\\tb\"\nd: one\n  two\n")
    plain_text, quoted, escaped, folded = (at(node, [key]) for key in "abcd")
    assert isinstance(plain_text, Scalar) and isinstance(quoted, Scalar)
    assert isinstance(escaped, Scalar) and isinstance(folded, Scalar)
    assert spot(plain_text.within(6, 7)) == (1, 10, 1, 11)
    assert spot(quoted.within(6, 7)) == (2, 11, 2, 12)
    assert escaped.within(0, 1) == escaped.place
    assert folded.within(0, 1) == folded.place


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_places_hold_what_stands_in_the_policies(path: Path) -> None:
    lines = LINE_BREAK.split(path.read_text(encoding="utf-8"))
    diagnostics = Diagnostics()
    node = read_path(path, diagnostics)
    assert node is not None and not len(diagnostics)
    for found in nodes(node):
        if isinstance(found, Scalar) and found.place.line == found.place.end_line and not found.quoted:
            assert under(lines, found.place) == found.raw
        if isinstance(found, Mapping):
            for entry in found.entries:
                assert under(lines, entry.key_place).strip("'\"") == entry.key


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_python_parser_reads_the_same(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = good(path.read_bytes())
    monkeypatch.setattr(events, "_parser", events.PythonParser)
    assert good(path.read_bytes()) == fast


def test_duplicate_keys_keep_the_first() -> None:
    diagnostics = Diagnostics()
    node = read("a: 1\nb: 2\na: 3\n'a': 4\n", "f.yaml", diagnostics)
    assert node is not None and plain(node) == {"a": 1, "b": 2}
    assert [found.place.line for found in diagnostics.sorted()] == [3, 4]
    assert all("line 1, column 1" in found.text("en") for found in diagnostics)


def test_several_mistakes_are_found_at_once() -> None:
    assert codes("a: 0o7\na: 1_0\n<<: 1\nb: !t 1\n") == ["JF152", "JF131", "JF153", "JF134", "JF135"]


def test_refused_keys_are_left_out_of_the_tree() -> None:
    diagnostics = Diagnostics()
    node = read("<<: 1\n'': 2\na: 3\n'<<': 4\n", "f.yaml", diagnostics)
    assert node is not None and plain(node) == {"a": 3, "<<": 4}


@pytest.mark.parametrize(
    "text",
    [
        "when: count(x) >= 3 # comment",
        "when: x in (1, 2)",
        "when: don't # comment",
        "when: {en: the applicant's home, zh: '(甲'}",
        "note: 1) first # comment",
        "note: (open",
        "cite: [a(1), b]",
        "{a: (x), b: [c], d: {e: f}}",
        "{a: , b: , 'c': }",
        "{? a : b}",
        "note: two\n  lines - one",
        "note: |\n  - no item\n  a: b",
    ],
)
def test_nothing_is_cut(text: str) -> None:
    good(text)


def test_limit_of_bytes() -> None:
    comment = "a: 1 #"
    assert codes(comment + "x" * (MAX_BYTES - len(comment))) == []
    assert codes(comment + "x" * (MAX_BYTES - len(comment) + 1)) == ["JF102"]
    assert codes(comment + "积" * (MAX_BYTES // 3)) == ["JF102"]


def test_limit_of_depth() -> None:
    assert codes("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []
    assert codes("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)) == ["JF109"]


def test_depth_counts_through_aliases() -> None:
    chain = "".join(f"- &a{n} [*a{n - 1}]\n" for n in range(1, MAX_DEPTH - 1))
    assert codes("- &a0 [x]\n" + chain) == []
    assert codes("- &a0 [x]\n" + chain + f"- [*a{MAX_DEPTH - 2}]\n") == ["JF109"]


def test_limit_of_nodes_counts_through_aliases() -> None:
    def document(times: int) -> str:
        # The outer list, the anchored list of 100, and as many copies of it.
        return "- &a [" + "x," * 99 + "]\n" + "- *a\n" * times

    assert codes(document(MAX_NODES // 100 - 2)) == []
    assert codes(document(MAX_NODES // 100)) == ["JF110"]


@pytest.mark.parametrize("parser", ["C", "Python"])
@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{" * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "{a: " * 100_000,
        "a: &a [" + "*a," * 1000,
        "\n".join(["a: &a [x]", *(f"a{n}: &a{n} [{'*a,' * 10}]" for n in range(9))]),
        "a: " + "(#" * 100_000,
        "{" + "a," * 100_000 + "}",
        "'" * 100_001,
        "%" * 100_000,
        "!a " * 100_000,
        "&a " * 100_000,
    ],
    ids=lambda text: text[:6],
)
def test_hostile_texts(text: str, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if parser == "Python":
        monkeypatch.setattr(events, "_parser", events.PythonParser)
    done: list[list[str]] = []
    # A small stack: a reader that recurses would not survive it.
    before = threading.stack_size(256 * 1024)
    try:
        thread = threading.Thread(target=lambda: done.append(codes(text)))
        thread.start()
        thread.join(20)
    finally:
        threading.stack_size(before)
    assert done and len(done[0]) < 110


FRAGMENTS = st.sampled_from(
    [
        *"abz019[]{},:#\"'|>&*!%@`~?-+._\\() \t\n\r\x00\x85\u2028\ufeff积：，\u3000\U0001f600\ud800",
        *("key: ", "- ", "? ", "\n  ", "&a ", "*a", "!!str ", "---\n", "...\n", "%YAML 1.2\n", "<<: ", "\\x"),
        *("\\ud83d", "\\U00110000", "null", "0o7", "1_0", ".inf", "1e9", "|2-\n", ">+\n"),
    ]
)
TEXTS = st.lists(FRAGMENTS, max_size=20).map("".join) | st.text(max_size=40)


def check_anything(data: bytes | str) -> None:
    diagnostics = Diagnostics()
    node = read(data, "f.yaml", diagnostics)
    assert node is not None or diagnostics.errors
    source = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
    for lang in ("en", "zh"):
        render(diagnostics.sorted(), "text", lang, {"f.yaml": source}).encode()
        render(diagnostics.sorted(), "github", lang).encode()
    render(diagnostics.sorted(), "json").encode()
    lines = LINE_BREAK.split(source.removeprefix("\ufeff"))
    for found in diagnostics:
        place = found.place
        assert (place.line, place.column) <= (place.end_line, place.end_column)
        assert 1 <= place.line <= len(lines)
        if isinstance(data, str):
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1
    if node is not None:
        plain(node)


@settings(max_examples=400, deadline=None)
@given(text=TEXTS)
@example(text="[! , a]")
@example(text="{")
@example(text="!t\na\n- b")
@example(text="- [a\n- b")
def test_any_text_is_read_or_explained(text: str) -> None:
    check_anything(text)


@settings(deadline=None)
@given(data=st.binary(max_size=60) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_read_or_explained(data: bytes) -> None:
    check_anything(data)


@settings(deadline=None)
@given(text=TEXTS)
def test_any_text_with_the_python_parser(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(events, "_parser", events.PythonParser)
        check_anything(text)


SAFE_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Cn", "Co")), max_size=8)
KEYS = SAFE_TEXT.filter(bool)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | SAFE_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)


def as_yaml(value: object) -> str:
    """Flow YAML with every text in single quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{as_yaml(key)}: {as_yaml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_yaml, value)) + "]"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, bool) or value is None:
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


@settings(deadline=None)
@given(value=st.dictionaries(KEYS, VALUES, min_size=1, max_size=3))
def test_what_is_written_is_read(value: dict[str, object]) -> None:
    assert plain(good(as_yaml(value))) == value
