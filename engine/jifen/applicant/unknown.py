"""What an unknown input can be: its form in the data, the values it can have, and the answers to try."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jifen.applicant import messages, unknown_messages
from jifen.applicant.fields import Field
from jifen.applicant.missing import Answer, Apply, NewRoot
from jifen.applicant.values import Wrong
from jifen.backends.bounds import Table
from jifen.backends.bounds_values import Pair, Root, Value, between, by_case, exactly, in_case
from jifen.plan.types import FIRST_DATE, LAST_DATE
from jifen.policy.inputs import input_type
from jifen.policy.model import Input

MOST_MASKS = 6
"""Of so many options at once every combination is a case; of more, each may be there or not."""
RANGES = ("date", "integer", "number", "money")
YEARS_TRIED = (0, 1, 2, 3, 5, 10, 15, 18, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 80)


class Ends(NamedTuple):
    """The lowest and the highest that an unknown value can be, as texts of the data; None: whatever there is."""

    low: object
    high: object


def is_form(raw: object) -> bool:
    """Whether a value says that it is unknown."""
    return isinstance(raw, Mapping) and not {"unknown", "from", "to"}.isdisjoint(raw)


def ends_of(raw: object, ranges: bool) -> Ends:
    """What the form of an unknown value says. Raises Wrong."""
    assert isinstance(raw, Mapping)
    if set(raw) == {"unknown"} and raw["unknown"] is True:
        return Ends(None, None)
    if ranges and raw and set(raw) <= {"from", "to"}:
        return Ends(raw.get("from"), raw.get("to"))
    raise Wrong(unknown_messages.NO_FORM)


class Possible(NamedTuple):
    """What an unknown input can be: its value and, where it is optional, whether it is given."""

    value: Value
    given: Value | None
    answers: tuple[Answer, ...]
    complete: bool


def placeholder(item: Input) -> object:
    """Something that the reader accepts in the place of an unknown value."""
    if item.type == "boolean":
        return False
    if item.type == "choice":
        return next(iter(item.options))
    low = _lowest(item)
    if item.type == "date":
        return f"{low // 10000}-{low // 100 % 100:02}-{low % 100:02}"
    return low // input_type(item).den if input_type(item).den == 1 else _decimal(low, input_type(item).den)


def _decimal(value: int, den: int) -> str:
    sign = "-" if value < 0 else ""
    whole, part = divmod(abs(value), den)
    return f"{sign}{whole}.{part:0{len(str(den)) - 1}d}"


def _lowest(item: Input) -> int:
    return int(item.low or FIRST_DATE) if item.type == "date" else input_type(item).low


def possible(field: Field, ends: Ends, number: int, new_root: NewRoot, local: bool, today: int) -> Possible:
    """What an unknown input can be. Raises Wrong where its range cannot be read."""
    item = field.item
    can_be_absent = item.optional and ends == (None, None)
    cases = _cases(item)
    if cases is None:
        low, high = _interval(field, ends)
        return _of_interval(item, low, high, can_be_absent, number, new_root, local, today, field.default)
    values, pairs = cases
    flags: list[Pair] = [(1, 1)] * len(pairs)
    if can_be_absent:
        values, pairs, flags = [None, *values], [(field.default,) * 2, *pairs], [(0, 0), *flags]
    root = new_root(len(pairs), local)
    answers = tuple([Answer(value, _case(root, at)) for at, value in enumerate(values)])
    given = by_case(root, flags) if item.optional else None
    return Possible(by_case(root, pairs), given, answers, True)


def _cases(item: Input) -> tuple[list[object], list[Pair]] | None:
    """Every value of an input that has few, and the pairs for them."""
    options = list(item.options)
    if item.type == "boolean":
        return [True, False], [(1, 1), (0, 0)]
    if item.type == "choice" and not item.many:
        return list(options), [(at, at) for at in range(len(options))]
    if item.type == "choice" and len(options) <= MOST_MASKS:
        masks = range(1, 1 << len(options))
        named: list[object] = [[name for at, name in enumerate(options) if mask >> at & 1] for mask in masks]
        return named, [(mask, mask) for mask in masks]
    return None


def _interval(field: Field, ends: Ends) -> Pair:
    item, type_ = field.item, input_type(field.item)
    if item.type == "choice":
        return 0, type_.high
    if item.type == "date":
        low, high = int(item.low or FIRST_DATE), int(item.high or LAST_DATE)
    else:
        low, high = type_.low, type_.high
    low = low if ends.low is None else field.convert(ends.low)
    high = high if ends.high is None else field.convert(ends.high)
    if high < low:
        raise Wrong(messages.BACKWARDS, first=str(ends.low), last=str(ends.high))
    return low, high


def _of_interval(
    item: Input,
    low: int,
    high: int,
    can_be_absent: bool,
    number: int,
    new_root: NewRoot,
    local: bool,
    today: int,
    default: int,
) -> Possible:
    tried = [] if item.type == "choice" else _tried(item, low, high, today)
    bit = 1 << number
    if not can_be_absent:
        value = between(low, high, bit)
        answers = [Answer(None, _instead({id(value): exactly(one)})) for one in tried]
        return Possible(value, exactly(1) if item.optional else None, tuple(answers), False)
    root = new_root(2, local)
    value = by_case(root, [(default, default), (low, high)], bit)
    given = by_case(root, [(0, 0), (1, 1)])
    answers = [Answer(None, _case(root, 0))]
    answers += [Answer(None, _instead({id(value): exactly(one), id(given): exactly(1)})) for one in tried]
    return Possible(value, given, tuple(answers), False)


def _tried(item: Input, low: int, high: int, today: int) -> list[int]:
    """Values of a range that are tried: its ends, and round ones between them."""
    if item.type == "date":
        between_ends = [today - years * 10000 - (today % 10000 == 229) for years in YEARS_TRIED]
    else:
        den = input_type(item).den
        between_ends = [digit * 10**power * den for power in range(7) for digit in (1, 2, 5)]
        between_ends += [low + (high - low) * part // 8 for part in range(1, 8)]
    return sorted({low, high, *(one for one in between_ends if low < one < high)})


def _case(root: Root, case: int) -> Apply:
    return lambda data: data.changed(lambda value: in_case(value, root, case))


def _instead(values: Mapping[int, Value]) -> Apply:
    """Puts known values into the places of unknown ones, which are told by their identity."""
    return lambda data: data.changed(lambda value: values.get(id(value), value))


def other_rows(tables: Sequence[tuple[int, Table]]) -> Apply:
    """Puts other tables into the places of some."""

    found = dict(tables)
    return lambda data: data._replace(
        tables=tuple([found.get(position, table) for position, table in enumerate(data.tables)])
    )
