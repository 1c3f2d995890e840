"""Operations on dates and months."""

from __future__ import annotations

from jifen.plan import types
from jifen.plan.emitter import Emitter
from jifen.plan.slots import Ref
from jifen.plan.types import FIRST_DATE, LAST_DATE, Kind, Type


class DateOperations(Emitter):
    """The calendar part of the recorder."""

    def age(self, born: Ref, on: Ref, day_after: bool) -> Ref:
        """Completed years from one date to another; a year is complete on its anniversary, or the day after."""
        high = max(on.type.high // 10000 - born.type.low // 10000, 0)
        low = min(on.type.low // 10000 - born.type.high // 10000 - 1, 0)
        return self.emit("age", (born, on), (day_after,), types.number(1, low, high))

    def started_years(self, since: Ref, on: Ref) -> Ref:
        """Years begun from one date to another: an anniversary still belongs to the year before it."""
        high = max(on.type.high // 10000 - since.type.low // 10000 + 1, 0)
        low = min(on.type.low // 10000 - since.type.high // 10000, 0)
        return self.emit("started_years", (since, on), (), types.number(1, low, high))

    def months_between(self, a: Ref, b: Ref) -> Ref:
        """Whole months from date a to date b, by the day of the month; negative when b is earlier."""
        span = (LAST_DATE // 10000 - FIRST_DATE // 10000 + 1) * 12
        return self.emit("months_between", (a, b), (), types.number(1, -span, span))

    def days_between(self, a: Ref, b: Ref) -> Ref:
        """Days from date a to date b."""
        return self.emit("days_between", (a, b), (), types.number(1, -110_000, 110_000))

    def shift(self, date: Ref, years: int, months: int, days: int) -> Ref:
        """A date moved by years and months (the day is kept or is the month's last), then by days."""
        by = years * 12 + months
        low, high = _month(date.type.low) + by, _month(date.type.high) + by
        first = low // 12 + min(days // 365, days // 366)
        last = high // 12 + max(-(-days // 365), -(-days // 366))
        return self.emit("shift", (date,), (years, months, days), _within(first, last))

    def place(self, date: Ref, year: int | None, month: int | None, day: int | None) -> Ref:
        """A date with its year, month or day replaced; a day past the month's end is its last day."""
        first, last = year or date.type.low // 10000, year or date.type.high // 10000
        return self.emit("place", (date,), (year, month, day), _within(first, last))

    def month_of(self, date: Ref) -> Ref:
        """The month a date lies in."""
        low, high = date.type.low, date.type.high
        type_ = Type(
            Kind.MONTH,
            1,
            low // 10000 * 12 + low // 100 % 100 - 1,
            high // 10000 * 12 + high // 100 % 100 - 1,
        )
        return self.emit("month_of", (date,), (), type_)

    def month_end(self, month: Ref) -> Ref:
        """The last day of a month."""
        return self.emit("month_end", (month,), (), _within(month.type.low // 12, month.type.high // 12))

    def year(self, date: Ref) -> Ref:
        """The year of a date."""
        return self.emit(
            "year", (date,), (), types.number(1, date.type.low // 10000, date.type.high // 10000)
        )

    def month_number(self, date: Ref) -> Ref:
        """The month of a date, 1 to 12."""
        return self.emit("month_number", (date,), (), types.number(1, 1, 12))

    def day_of_year(self, date: Ref) -> Ref:
        """Month and day of a date as month * 100 + day."""
        return self.emit("day_of_year", (date,), (), types.number(1, 101, 1231))

    def move_month(self, month: Ref, by: int) -> Ref:
        """A month moved by a number of months."""
        type_ = Type(Kind.MONTH, 1, month.type.low + by, month.type.high + by)
        return month if by == 0 else self.emit("move_month", (month,), (by,), type_)

    def months_apart(self, a: Ref, b: Ref) -> Ref:
        """b - a, in months."""
        return self.emit(
            "sub", (b, a), (), types.number(1, b.type.low - a.type.high, b.type.high - a.type.low)
        )


def _month(date: int) -> int:
    """The month of a date YYYYMMDD as `year * 12 + month - 1`."""
    return date // 10000 * 12 + date // 100 % 100 - 1


def _within(first: int, last: int) -> Type:
    """Dates from the first day of one year to the last of another."""
    return Type(Kind.DATE, 1, first * 10000 + 101, last * 10000 + 1231)
