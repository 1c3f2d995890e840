"""What a test found, what it should have found, by how much it was missed, and which months were missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from jifen.explain.conditions import MonthsRead, Several, Test, Tested
from jifen.explain.month_runs import Calendar, Missing, by_reason, missing, union
from jifen.language.months import Months, View
from jifen.language.values import (
    Day,
    Many,
    Month,
    Num,
    One,
    Quotient,
    Records,
    Text,
    Texts,
    Truth,
    Value,
)
from jifen.plan.slots import Ref
from jifen.policy.model import Rules
from jifen.policy.outputs import of_value
from jifen.scorecard.cites import cited
from jifen.scorecard.in_words import InWords
from jifen.scorecard.numbers import date_text, month_text
from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import pick

Found = Callable[[Ref], Any]
_TOO_LITTLE = ("at_least", "above")
_TOO_MUCH = ("at_most", "below")


class Telling(NamedTuple):
    """What every test of one policy is told with: its model, and its expressions in words."""

    rules: Rules
    words: InWords


class Person(NamedTuple):
    """One applicant: the value in a slot, the month of bit 0 of every set, and the records by their list."""

    found: Found
    base: int
    records: Callable[[str], list[int]]
    """The dates of a record list, YYYYMMDD, in the order in which they were given."""

    def months(self, ref: Ref) -> Calendar:
        """A month set."""
        return Calendar(self.base, self.found(ref))

    def left_out(self, view: View) -> list[tuple[int, Calendar]]:
        """What each step left out of a set, with the number of its reason."""
        return [(at, self.months(ref)) for at, (_, ref) in enumerate(view.left_out)]


def told(tested: Tested, person: Person, telling: Telling) -> dict[str, Any]:
    """A test, or several, as data: the `test` of `schemas/scorecard.schema.json`."""
    holds = bool(person.found(tested.truth))
    if isinstance(tested, Several):
        parts = [told(part, person, telling) for part in tested.parts]
        label = {} if tested.label is None else {"label": tested.label}
        return {"combine": "all" if tested.every else "any", "holds": holds, "tests": parts, **label}
    return _Teller(tested, person, telling).told(holds)


class _Teller:
    def __init__(self, test: Test, person: Person, telling: Telling) -> None:
        self.test, self.person, self.telling = test, person, telling

    def told(self, holds: bool) -> dict[str, Any]:
        test = self.test
        found: dict[str, Any] = {
            "text": test.text,
            "in_words": self.telling.words.said(test.text),
            "holds": holds,
            "wanted": test.wanted,
        }
        if test.given is not None and not self.person.found(test.given):
            return found | {"stated": False}
        found |= self._value(test.left, "found")
        if test.right is not None:
            found |= self._value(test.right, "against")
        if isinstance(test.left, (Num, Quotient)) and test.left.unit:
            found["unit"] = test.left.unit
        short = None if holds else self._short()
        if short is not None:
            found["short"] = str(short)
        if test.months:
            found["months"] = [self._months(read, holds) for read in test.months]
        if test.records:
            found["records"] = [part for one in test.records for part in self._records(one)]
        return found

    def _value(self, value: Value, key: str) -> dict[str, Any]:
        """The value as a text under `key`; under `key`_shown what people call it where that differs."""
        find = self.person.found
        if isinstance(value, (Num, Quotient)):
            return {key: str(number_of(value, find))}
        if isinstance(value, Truth):
            return {key: "true" if find(value.ref) else "false"}
        if isinstance(value, Day):
            return {key: date_text(find(value.ref))}
        if isinstance(value, Month):
            return {key: month_text(find(value.ref))}
        if isinstance(value, One):
            return self._options([value.options[find(value.ref)]], value, key)
        if isinstance(value, Many):
            held = find(value.ref)
            return self._options([one for at, one in enumerate(value.options) if held >> at & 1], value, key)
        if isinstance(value, (Text, Texts)):
            texts = [value.text] if isinstance(value, Text) else list(value.texts)
            return self._options(texts, self.test.left, key)
        return {}

    def _options(self, options: list[str], choice: Value, key: str) -> dict[str, Any]:
        plain = {key: ", ".join(options)}
        fact = self.telling.rules.facts.get(choice.name) if isinstance(choice, (One, Many)) else None
        if fact is None or not options:
            return plain
        labels = [fact.options.get(option, option) for option in options]
        joints: dict[Lang, str] = {"en": ", ", "zh": "、"}
        shown = {lang: joint.join(pick(label, lang) for label in labels) for lang, joint in joints.items()}
        return plain | {f"{key}_shown": shown}

    def _number(self, value: Value | None) -> Fraction | None:
        return number_of(value, self.person.found) if isinstance(value, (Num, Quotient)) else None

    def _short(self) -> Fraction | None:
        """By how much a number is missed, above zero whichever way; None for what is no number."""
        found, against = self._number(self.test.left), self._number(self.test.right)
        if found is None or against is None:
            return None
        # Of whole months "more than 12" is missed by as many as are lacking to 13.
        step = int(
            found.denominator == 1 and against.denominator == 1 and self.test.wanted in ("above", "below")
        )
        if self.test.wanted in _TOO_LITTLE:
            return against + step - found
        if self.test.wanted in _TOO_MUCH:
            return found - against + step
        return abs(found - against) if self.test.wanted == "equal" else None

    def _months(self, read: MonthsRead, holds: bool) -> dict[str, Any]:
        """A month set that was looked at: what it holds, its window, what it left out, and what it lacks."""
        person, months = self.person, read.months
        counted = person.months(read.view.ref)
        left_out = person.left_out(read.view)
        window = (
            None if months.first is None else person.found(months.first),
            None if months.end is None else person.found(months.end),
        )
        left = union(part for _, part in left_out).without(counted)
        found: dict[str, Any] = {
            "function": read.function,
            "text": read.text,
            "in_words": self.telling.words.months(read.text),
            "count": counted.size,
            "counted": counted.texts(),
            "left_out": reasons(left, read.view, left_out, self.telling),
        }
        found |= {
            key: month_text(at) for key, at in zip(("from", "to"), window, strict=True) if at is not None
        }
        lacking = None if holds or not read.alone else self._lacking(read, counted, left_out, window)
        if lacking is not None and lacking.months.bits:
            found["missing"] = reasons(lacking.months, read.view, left_out, self.telling)
            if lacking.first is not None:
                found["first_missing"] = month_text(lacking.first)
        return found

    def _lacking(
        self,
        read: MonthsRead,
        counted: Calendar,
        left_out: Sequence[tuple[int, Calendar]],
        window: tuple[int | None, int | None],
    ) -> Missing | None:
        """The months that would have been needed, where there are too few."""
        test = self.test
        month = None if read.month is None else self.person.found(read.month)
        if test.wanted == "holds":
            needed = Fraction(1)
        elif test.wanted in (*_TOO_LITTLE, "equal"):
            found, against = self._number(test.left), self._number(test.right)
            if found is None or against is None:
                return None
            needed = against + (test.wanted == "above")
            if found >= needed:
                return None
        else:
            return None
        known = union([counted, *(part for _, part in left_out)])
        return missing(read.function, counted, known, window, needed, month)

    def _records(self, records: Records) -> list[dict[str, Any]]:
        """The records that were looked at."""
        counts = self.person.found(records.condition)
        days = self.person.records(records.rows)
        held = [counts[at] if isinstance(counts, list) else counts for at in range(len(days))]
        return [
            {"index": at, "date": date_text(day), "list": records.name}
            for at, (day, counted) in enumerate(zip(days, held, strict=True))
            if counted
        ]


def reasons(
    months: Calendar, view: View, left_out: Sequence[tuple[int, Calendar]], telling: Telling
) -> list[dict[str, Any]]:
    """Months by the reason for which they were left out of a set; those that were never there have none."""
    found = []
    for at, part in by_reason(months, left_out):
        one: dict[str, Any] = {"count": part.size, "months": part.texts()}
        if at >= 0:
            reason = view.left_out[at][0]
            one |= {"reason": reason.text, "cite": cited(telling.rules, reason.cite)}
        found.append(one)
    return found


def number_of(value: Num | Quotient, find: Found) -> Fraction:
    """An exact number."""
    if isinstance(value, Quotient):
        return number_of(value.above, find) / number_of(value.below, find)
    return Fraction(int(find(value.ref)), value.ref.type.den)


def slots(tested: Tested) -> list[Ref]:
    """The slots that are needed to tell a test."""
    if isinstance(tested, Several):
        return [tested.truth, *(ref for part in tested.parts for ref in slots(part))]
    refs = [tested.truth, *of_value(tested.left)]
    refs += [] if tested.right is None else of_value(tested.right)
    refs += [] if tested.given is None else [tested.given]
    for read in tested.months:
        refs += of_view(read.months, read.view)
        refs += [] if read.month is None else [read.month]
    return refs + [records.condition for records in tested.records]


def of_view(months: Months, view: View) -> list[Ref]:
    """The slots of a month set, of what was left out of it, and of its window."""
    window = [ref for ref in (months.first, months.end) if ref is not None]
    return [view.ref, *(ref for _, ref in view.left_out), *window]
