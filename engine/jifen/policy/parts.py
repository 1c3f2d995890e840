"""Takes typed parts out of a checked tree: texts, numbers, dates, expressions, citations."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from collections.abc import Mapping as Map
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from jifen.document.diagnostics import Diagnostics, Message, suggest
from jifen.document.places import Place
from jifen.document.tree import Mapping, Node, Scalar, Sequence
from jifen.language import messages as wording
from jifen.language.expression import Expression, parse
from jifen.language.mistakes import LanguageError
from jifen.language.written import written
from jifen.policy import messages
from jifen.policy.terms import Cite, Duration, Points, Rounding, Text, Word

MOST_TIME: Final = {"months": 3600, "years": 300, "days": 100_000}
"""How far a length of time can reach, so that no date leaves the calendar."""


def report(
    diagnostics: Diagnostics, error: LanguageError, expression: Expression | None, place: Place
) -> None:
    """Turn what is wrong with an expression into diagnostics at its nodes."""
    for one in error.all:
        where = expression.place_of(one.node) if expression else place
        args = {"name": "", "near": "", "advice": "", "advice_zh": "", **one.args_}
        hint = all(args[name] for name in ("near", "advice") if f"{{{name}}}" in one.message.hint_en)
        diagnostics.add(one.message, where, hint, **args)


class Parts:
    """Reads parts of a policy document whose shape has been checked."""

    def __init__(
        self, diagnostics: Diagnostics, sources: Iterable[str], files: Map[str, tuple[str, ...]] | None = None
    ) -> None:
        self.diagnostics = diagnostics
        self.sources = tuple(sources)
        self.files = files or {}

    def text(self, node: Node | None, otherwise: str = "") -> Text:
        """A label or note."""
        if isinstance(node, Mapping):
            return {entry.key: entry.value.raw for entry in node.entries if isinstance(entry.value, Scalar)}
        return node.raw if isinstance(node, Scalar) else otherwise

    def word(self, node: Node | None, otherwise: str = "") -> str:
        """A name or one of a few words."""
        return node.raw if isinstance(node, Scalar) else otherwise

    def mention(self, node: Node | None) -> Word | None:
        """A name that the file mentions."""
        return Word(node.raw, node.place) if isinstance(node, Scalar) else None

    def reference(self, node: Node | None, otherwise: str, place: Place) -> Expression:
        """A name as an expression, so that what it stands for is checked; `otherwise` where there is none."""
        return self.required(node) if isinstance(node, Scalar) else parse(otherwise, place)

    def words(self, node: Node | None) -> tuple[str, ...]:
        """One word or a list of them."""
        if isinstance(node, Sequence):
            return tuple(self.word(item) for item in node.items)
        return (node.raw,) if isinstance(node, Scalar) else ()

    def whole(self, node: Node | None, otherwise: int = 0) -> int:
        """A whole number."""
        return node.value if isinstance(node, Scalar) and type(node.value) is int else otherwise

    def within_reach(self, key: str, body: Mapping, low: int, high: int) -> int:
        """A whole number between two ends, 0 where there is none; otherwise a diagnostic and 0."""
        node = body.get(key)
        number = self.whole(node)
        if node is not None and not low <= number <= high:
            self.diagnostics.add(messages.OUT_OF_REACH, node.place, key=key, low=str(low), high=str(high))
            return 0
        return number

    def number(self, node: Node | None) -> Fraction | None:
        """An exact number: whole, decimal, or a fraction in quotes; None for anything else."""
        if not isinstance(node, Scalar) or isinstance(node.value, bool):
            return None
        if isinstance(node.value, str):
            if not is_number(node.value):
                self.diagnostics.add(wording.BAD_NUMBER, node.place, text=node.value[:40])
                return None
            return Fraction(node.value)
        return None if node.value is None else Fraction(node.value)

    def above_zero(self, key: str, body: Mapping) -> Fraction | None:
        """A number that must be above 0; otherwise a diagnostic and None."""
        node = body.get(key)
        number = self.number(node)
        if node is not None and number is not None and number <= 0:
            self.diagnostics.add(messages.NOT_ABOVE_ZERO, node.place, key=key)
            return None
        return number

    def expression(self, node: Node | None) -> Expression | None:
        """An expression, None where there is none; one with a mistake is reported and becomes BROKEN."""
        if isinstance(node, Mapping):
            return self._dated(node)
        if not isinstance(node, Scalar):
            return None
        value = node.value
        text = node.raw
        if isinstance(value, bool):
            text = str(value).lower()
        elif isinstance(value, Decimal):
            text = format(value, "f")
        elif isinstance(value, str) and is_number(value):
            text = value.replace("/", " / ")
        try:
            return parse(text, node.place, self.files.get(node.place.file, ()))
        except LanguageError as error:
            blank = Expression(text, BROKEN.tree, node.place, self.files.get(node.place.file, ()))
            report(self.diagnostics, error, blank, node.place)
            return BROKEN

    def _dated(self, node: Mapping) -> Expression | None:
        """`{on: anchor, since: {date: number}}` as the conditional expression it stands for."""
        since = node.get("since")
        if not isinstance(since, Mapping):
            return None
        rows = sorted((entry.key, self.word(entry.value), entry.key_place) for entry in since.entries)
        text = f"({rows[0][1]})"
        for date_text, value, place in rows[1:]:
            self.day(Scalar(date_text, place, date_text, False))
            text = f'(({value}) if {self.word(node.get("on"))} >= "{date_text}" else {text})'
        try:
            return parse(text, node.place)
        except LanguageError as error:
            report(self.diagnostics, error, None, node.place)
            return BROKEN

    def month_expression(self, node: Node | None) -> Expression | None:
        """A month written out, or an expression that gives one."""
        if isinstance(node, Scalar) and node.raw[:1].isdigit():
            return parse(f'"{node.raw}"', node.place, self.files.get(node.place.file, ()))
        return self.expression(node)

    def required(self, node: Node | None) -> Expression:
        """An expression that the schema demands."""
        return self.expression(node) or BROKEN

    def cites(self, node: Node | None) -> tuple[Cite, ...]:
        """One citation or several, each of a declared source."""
        found: list[Cite] = []
        for item in node.items if isinstance(node, Sequence) else (node,):
            if isinstance(item, Scalar):
                source, _, clause = item.raw.partition("#")
                found.append(Cite(source, clause))
        return tuple(found)

    def known(self, name: str, names: Iterable[str], message: Message, place: Place, **args: str) -> bool:
        """Whether a name is one of several; else a diagnostic with the nearest."""
        names = tuple(names)
        if name in names:
            return True
        near = suggest(name, names)
        self.diagnostics.add(message, place, near is not None, name=name, near=near or "", **args)
        return False

    def duration(self, node: Node | None) -> Duration | None:
        """`{months: n}`, `{years: n}` or `{days: n}`."""
        if not isinstance(node, Mapping):
            return None
        months, years, days = (self.within_reach(unit, node, 1, most) for unit, most in MOST_TIME.items())
        return Duration(months, years, days)

    def bounds(self, body: Mapping) -> tuple[Fraction | None, Fraction | None]:
        """The floor and the cap of a number of points."""
        floor, cap = self.number(body.get("floor")), self.number(body.get("cap"))
        node = body.get("floor")
        if floor is not None and cap is not None and floor > cap and node is not None:
            texts = {"floor": written(floor), "cap": written(cap)}
            self.diagnostics.add(messages.FLOOR_ABOVE_CAP, node.place, True, **texts)
        return floor, cap

    def rounding(self, node: Node | None) -> Rounding | None:
        """`0.01`, or `{to: 0.01, ties: ...}`."""
        if isinstance(node, Mapping):
            to = self.above_zero("to", node)
            return Rounding(to, self.word(node.get("ties"), "away_from_zero")) if to else None
        to = self.number(node)
        if node is not None and to is not None and to <= 0:
            self.diagnostics.add(messages.NOT_ABOVE_ZERO, node.place, key="round")
            return None
        return Rounding(to, "away_from_zero") if to else None

    def day(self, node: Node | None) -> int | None:
        """A date as YYYYMMDD."""
        if not isinstance(node, Scalar):
            return None
        try:
            found = date.fromisoformat(node.raw)
        except ValueError:
            self.diagnostics.add(messages.BAD_DATE, node.place, text=node.raw)
            return None
        return found.year * 10000 + found.month * 100 + found.day

    def day_of_year(self, node: Node | None) -> int:
        """A date as YYYYMMDD, or MM-DD as MMDD."""
        if isinstance(node, Scalar) and len(node.raw) == 5:
            try:
                found = date.fromisoformat(f"2000-{node.raw}")
            except ValueError:
                self.diagnostics.add(messages.BAD_DATE, node.place, text=node.raw)
                return 0
            return found.month * 100 + found.day
        return self.day(node) or 0

    def month(self, node: Node | None) -> int | None:
        """A month YYYY-MM as `year * 12 + month - 1`."""
        if not isinstance(node, Scalar):
            return None
        return int(node.raw[:4]) * 12 + int(node.raw[5:7]) - 1

    def points(self, node: Node | None) -> Points | None:
        """A points table: one expression, one for each option, or rows of `{for, points}`."""
        table: dict[str, Expression] = {}
        places: dict[str, Place] = {}
        if isinstance(node, Scalar):
            return Points(self.required(node), {}, {}, node.place)
        if isinstance(node, Mapping):
            for key, place, value in node.entries:
                table[key], places[key] = self.required(_points_of(value)), place
            return Points(None, table, places, node.place)
        if not isinstance(node, Sequence):
            return None
        for row in node.items:
            assert isinstance(row, Mapping)
            options = row.get("for")
            for item in options.items if isinstance(options, Sequence) else (options,):
                assert isinstance(item, Scalar)
                if item.raw in table:
                    self.diagnostics.add(messages.LOOKUP_TWICE, item.place, option=item.raw)
                table[item.raw], places[item.raw] = self.required(row.get("points")), item.place
        return Points(None, table, places, node.place)


def _points_of(node: Node) -> Node | None:
    return node.get("points") if isinstance(node, Mapping) else node


def is_number(text: str) -> bool:
    """Whether a text is a whole number or a fraction such as `7/24`."""
    above, slash, below = text.removeprefix("-").partition("/")
    short = len(above) <= 18 and len(below) <= 18 and text.isascii() and above.isdigit()
    return short and (not slash or (below.isdigit() and int(below) > 0))


BROKEN: Final = Expression("", ast.Name(id="_", ctx=ast.Load()), Place("", 1, 1, 1, 1))
"""Stands for an expression whose mistake has been reported: a name that no policy can write."""
