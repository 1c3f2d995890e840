"""docs/language.md: every example is loaded and scored, every function and every key is described."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import jifen
from jifen.document.diagnostics import Diagnostic
from jifen.document.limits import MAX_BYTES, MAX_DEPTH, MAX_NODES
from jifen.language.expression import DEEPEST, LONGEST, MOST_PARTS
from jifen.language.functions import FUNCTIONS, signature
from jifen.language.operators import LARGEST_SHARE
from jifen.policy.inputs import MOST, MOST_MONEY
from jifen.policy.lines import RULES
from jifen.resources import schema_text

from . import harbour
from .blocks import Block, code, of, prose, rewrite, tables, text_of
from .harbour import HARBOUR, LANGUAGE

REFUSED = re.compile(r"# refused: (JF\d{3}) (.+)$", re.MULTILINE)
EXAMPLES = [block for block in of(LANGUAGE, "yaml") if block.name in ("", HARBOUR)]


def diagnostics(block: Block, folder: Path) -> tuple[Diagnostic, ...]:
    """What is wrong with the harbour's policy once the block is laid over it."""
    try:
        return jifen.check(harbour.write(block.text, folder))
    except jifen.PolicyError as error:
        return error.diagnostics


@pytest.mark.parametrize("block", EXAMPLES, ids=lambda block: block.place)
def test_example(block: Block, tmp_path: Path) -> None:
    found = diagnostics(block, tmp_path)
    errors = [(one.code, one.text("en")) for one in found if one.severity == "error"]
    refused = REFUSED.findall(block.text)
    if os.environ.get("JIFEN_WRITE_GOLDEN") and [code for code, _ in errors] == [code for code, _ in refused]:
        texts = iter([f"# refused: {code} {text}" for code, text in errors])
        rewrite(LANGUAGE, [(block, REFUSED.sub(lambda _: next(texts), block.text))])
        return
    assert errors == refused
    if errors:
        return
    # An example replaces rules of the whole policy, so some inputs may be left that nothing reads.
    assert {one.code for one in found} <= ({"JF510"} if not block.name else set())
    said = harbour.expected(block.text)
    assert said
    for readings, what, value, months in said:
        card = harbour.score(tmp_path / "harbour.yaml", readings, block.text)
        card.to_json()
        assert (what, harbour.value(card, what, months)) == (what, value)


def table(*heads: str) -> list[dict[str, str]]:
    """The rows of the table with these columns."""
    [found] = [rows for rows in tables(LANGUAGE) if set(heads) <= set(rows[0])]
    return found


def as_number(text: str) -> Fraction:
    return Fraction({"yes": "1", "no": "0"}.get(text, text))


def test_every_function_has_its_row() -> None:
    rows = [code(row["function"]) for row in table("function", "here")]
    assert rows == [signature(name) for name in FUNCTIONS]


@pytest.mark.parametrize("row", table("function", "here"), ids=lambda row: row["function"])
def test_the_value_of_a_function(row: dict[str, str], tmp_path: Path) -> None:
    series = next(block.text for block in EXAMPLES if "monthly:" in block.text)
    example = code(row["example"])
    assert code(row["function"]).partition("(")[0] + "(" in example
    assert harbour.number(example, tmp_path, series) == as_number(row["here"])


@pytest.mark.parametrize(
    "row", table("born or begun", "on"), ids=lambda row: f"{row['born or begun']}..{row['on']}"
)
def test_how_time_is_counted(row: dict[str, str], tmp_path: Path) -> None:
    dates = f"anchors: {{a: {{date: {row['born or begun']}}}, b: {{date: {row['on']}}}}}\n"
    for column, expression, counting in (
        ("`age`", "age(a, b)", "birthday"),
        ("with `day_after`", "age(a, b)", "day_after"),
        ("`started_years`", "started_years(a, b)", "birthday"),
        ("`months_between`", "months_between(a, b)", "birthday"),
    ):
        found = harbour.number(expression, tmp_path, f"{dates}counting: {{age: {counting}}}\n")
        assert (column, found) == (column, as_number(row[column]))


@pytest.mark.parametrize("row", table("`ties`", "2.5"), ids=lambda row: row["`ties`"])
def test_ties(row: dict[str, str], tmp_path: Path) -> None:
    ties = row["`ties`"].split("`")[1]
    for number in ("2.4", "2.5", "-2.5"):
        fragment = f"indicators: {{x: {{cite: notice, points: {number}, round: {{to: 1, ties: {ties}}}}}}}"
        card = harbour.score(harbour.write(fragment, tmp_path), {})
        assert str(card["x"].points) == row[number]


def test_every_kind_has_its_section() -> None:
    headings = re.findall(r"^### (\w+)$", text_of(LANGUAGE), re.MULTILINE)
    assert set(RULES) <= set(headings)


def keys(schema: Any) -> Iterator[str]:
    """Every key that a schema knows."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}) if isinstance(schema.get("properties"), dict) else ()
        for name, part in schema.items():
            if name != "defaultSnippets":
                yield from keys(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from keys(part)


def options(schema: Any) -> Iterator[str]:
    """Every word that a schema lists as one of several."""
    if isinstance(schema, dict):
        yield from schema.get("enum", ())
        for part in schema.values():
            yield from options(part)


def in_code() -> set[str]:
    """The words of code spans and of examples."""
    spans = re.findall(r"`([^`\n]+)`", prose(LANGUAGE))
    text = " ".join([*spans, *(block.text for block in of(LANGUAGE, "yaml"))])
    return set(re.findall(r"[a-z_]+", text))


def test_every_key_and_option_is_described() -> None:
    schema = json.loads(schema_text("policy"))
    assert {*keys(schema), *options(schema)} - in_code() <= {"admit_all", "joint"}


NOT_READ = {
    "`at_the_line` of `rank`": (
        "outcome: {line: 90, cite: notice, rank: {by: [total], quota: 3, at_the_line: joint}}",
        "outcome: {line: 90, cite: notice, rank: {by: [total], quota: 3, at_the_line: admit_all}}",
    ),
}


def test_the_keys_that_are_not_read_are_listed() -> None:
    rows = table("key", "of")
    assert [f"{row['key']} of {row['of']}" for row in rows] == list(NOT_READ)


@pytest.mark.parametrize("name", NOT_READ)
def test_a_key_that_is_not_read(name: str, tmp_path: Path) -> None:
    """Once the engine reads the key, the document has to describe it."""
    with_key, without = NOT_READ[name]
    plans = []
    for fragment in (with_key, without or "note: nothing"):
        plans.append(jifen.load(harbour.write(fragment, tmp_path)).plan)
    assert plans[0] == plans[1], f"the engine reads {name} now; say in {LANGUAGE} what it does"


def test_limits() -> None:
    text = " ".join(text_of(LANGUAGE).split())
    for words in (
        f"at most {MAX_BYTES} bytes, {MAX_DEPTH} levels and {MAX_NODES} keys",
        f"at most {LONGEST} characters, all of them ASCII, {MOST_PARTS} names, numbers and signs",
        f"and {DEEPEST} brackets",
        f"declared from 1 to at most {LARGEST_SHARE}.",
        f"from 0 to {MOST} |",
        f"from 0 to {MOST_MONEY} |",
    ):
        assert words in text
