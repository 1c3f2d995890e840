"""Hostile expressions: refused when a policy is loaded, with a diagnostic, at once, and nothing is run."""

from __future__ import annotations

import ast
import re
import sys
from itertools import product
from pathlib import Path
from typing import ClassVar

import pytest
from tests.effort import calls
from tests.language.harbour import CONDITION, FORMULA, ROW_CONDITION, mistakes, names

from jifen.document.places import Place
from jifen.language import messages
from jifen.language.evaluate import evaluate
from jifen.language.expression import LONGEST, check_tree, parse
from jifen.language.mistakes import LanguageError

PLACE = Place("town.yaml", 1, 1, 1, 1)


def _written(line: str) -> str:
    text = line.replace("⏎", "\n").replace("␀", "\0").replace("⇥", "\t")
    return re.sub("⟨([0-9A-F]{4})⟩", lambda found: chr(int(found[1], 16)), text)


LISTED = [
    _written(line)
    for line in Path(__file__).with_name("attacks.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("##")
]

BOMBS = {
    "long name": "a" * (LONGEST + 1),
    "longest name": "a" * LONGEST,
    "very long": "count(served) + " * 100_000 + "1",
    "many parts": "1+" * 400 + "1",
    "long chain of parts": "served" + ".pension" * 120,
    "many comparisons": "1" + "<1" * 400,
    "many values": "max(" + ",".join(["1"] * 400) + ")",
    "huge number": "9" * 900,
    "many decimals": "0." + "9" * 900,
    "many texts": '"a"' * 300,
    "brackets": "(" * 500 + "1" + ")" * 500,
    "open brackets": "(" * LONGEST,
    "closing brackets": ")" * LONGEST,
    "square brackets": "[" * 900,
    "braces": "{" * 900,
    "mixed brackets": "([{" * 300,
    "calls": "floor(" * 90 + "1" + ")" * 90,
    "calls of two": "max(1," * 90 + "1" + ")" * 90,
    "not": "not " * 190 + "sails",
    "minus": "-" * 190 + "1",
    "not in brackets": "not(" * 60 + "sails" + ")" * 60,
    "minus in brackets": "-(" * 60 + "1" + ")" * 60,
    "if in brackets": "(1 if sails else " * 50 + "1" + ")" * 50,
    "else chain": "1 if sails else " * 60 + "1",
    "else chain over the limit": "1 if sails else " * 45 + "nobody",
    "sum": "1+" * 95 + "1",
    "quotes": '"' * 999,
    "commas": "," * 999,
    "dots": "." * 999,
    "line breaks": "\n" * 999,
    "blanks": " " * 999,
    "product of large numbers": "*".join(["999999999999999999"] * 50),
    "product of small numbers": "*".join(["0.000000000001"] * 50),
    "range too large": "*".join(["savings"] * 60),
}


@pytest.mark.parametrize("text", [*LISTED, *BOMBS.values()], ids=[*map(ascii, LISTED), *BOMBS])
def test_an_attack_is_a_diagnostic(text: str) -> None:
    paths = (CONDITION, ROW_CONDITION, FORMULA)
    found = mistakes(text, *paths)
    taken = calls(lambda: mistakes(text, *paths))
    assert all(re.fullmatch("JF[34][0-9]{2}", one.code) for one in found), found
    assert len({one.place.line for one in found}) == len(paths), found
    for one in found:
        assert (
            one.text("en") and one.text("zh") and one.text("en").isprintable() and "\n" not in one.text("zh")
        )
        assert one.place.line >= 1 and one.place.column >= 1
    assert taken < 25_000 * len(paths)


class _Watch:
    """Notes what Python is asked to do while it is on."""

    on = False
    seen: ClassVar[list[str]] = []


def _hook(event: str, _: tuple[object, ...]) -> None:
    if _Watch.on:
        _Watch.seen.append(event)


sys.addaudithook(_hook)


def test_an_attack_runs_nothing() -> None:
    scope = names()
    with pytest.raises(LanguageError):
        evaluate(
            parse("served.pension", PLACE), scope
        )  # what is imported on the first mistake is imported now
    for text in [*LISTED, *BOMBS.values()]:
        _Watch.on = True
        try:
            evaluate(parse(text, PLACE), scope)
        except LanguageError:
            continue
        finally:
            _Watch.on = False
        raise AssertionError(text)
    assert set(_Watch.seen) <= {"compile"}


HOSTILE_TREES = [
    "().__class__",
    "served.__class__",
    "__import__",
    "served.count()",
    "count(months=served)",
    "count(*served)",
    "9 ** 9",
    "[1]",
    "{1}",
    "{}",
    "[x for x in served]",
    "lambda: 1",
    "f'{served}'",
    "b'a'",
    "5j",
    "...",
    "None",
    "True",
    "(x := 1)",
    "served[0]",
    "1e5",
    "0x10",
    "~1",
    "+1",
    "served is served",
    "await served",
    "1 % 2",
]


@pytest.mark.parametrize("text", HOSTILE_TREES)
def test_the_list_of_allowed_nodes_alone_refuses_it(text: str) -> None:
    with pytest.raises(LanguageError) as caught:
        check_tree(ast.parse(text, mode="eval").body, text)
    assert caught.value.message == messages.NOT_ALLOWED


SMALL = [
    "a",
    "b.c",
    "f",
    "12",
    "0.5",
    '"x"',
    "(",
    ")",
    ",",
    "-",
    "*",
    "and",
    "not",
    "in",
    "if",
    "else",
    "==",
    "not in",
]


def test_the_order_of_tokens_is_that_of_python() -> None:
    """What is checked before Python reads an expression agrees with Python on every short one."""
    for length in range(1, 5):
        for parts in product(SMALL, repeat=length):
            text = " ".join(parts)
            try:
                parse(text, PLACE)
                passed = True
            except LanguageError as error:
                assert error.message != messages.TOO_LARGE, text
                passed = False
            assert passed is python_passes(text), text


def python_passes(text: str) -> bool:
    try:
        tree = ast.parse(text, mode="eval").body
        check_tree(tree, text)
    except (SyntaxError, LanguageError):
        return False
    bare_list = isinstance(tree, ast.Tuple) and tree.col_offset == 0 and tree.elts[0].col_offset == 0
    return '"x" "x"' not in text and not bare_list and not text.endswith(",")
