"""The probes of a line that gives points for records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from jifen.backends.interpret import Cell
from jifen.document.places import Place
from jifen.plan.slots import Ref
from jifen.regression.elements import Element
from jifen.rules.model import PerRecord
from jifen.rules.scoring import RecordPoints

if TYPE_CHECKING:
    from jifen.regression.probes import LineProbes


class RecordProbes:
    """Reasons, options, tiers and the yearly cap of `per_record`."""

    def __init__(self, line: LineProbes, rule: PerRecord) -> None:
        records = line.scored.records
        assert records is not None
        self.line = line
        self.rule = rule
        self.records: RecordPoints = records
        self.declared = line.probes.variant.rules.records[records.rows]
        self.ops = line.ops
        self.by = rule.by.text if rule.by else ""
        self.each = rule.each.text if rule.each else ""

    def all(self) -> None:
        """Every element of the rule."""
        last = self._reasons()
        for name in {self.by, self.each} - {""}:
            assert self.declared.attributes[name].options
        if self.rule.tiers:
            self._tiers(last)
        elif self.by and self.rule.points is not None:
            for position, option in enumerate(self.declared.attributes[self.by].options):
                element = self.line.option(self.rule.points, option)
                if element is not None:
                    self._counted(element, position)
        if self.rule.yearly_cap is not None:
            self._yearly()

    def _reasons(self) -> int:
        """The steps that left a record out; the number of the reason of `distinct`, -1 where there is none."""
        from jifen.regression.probes import reason

        rule, path = self.rule, self.line.path
        elements: list[Element] = [Element(keep.place, "keep", path, *reason(keep)) for keep in rule.keep]
        if rule.within:
            elements.append(Element(rule.within.place, "window", path))
        options = self.declared.attributes[self.by].options if self.by else ()
        for option, within in rule.option_within:
            if option in options:
                elements.append(Element(within.place, "window", path, option))
        last = -1
        if rule.distinct:
            last = len(elements) + 1
            place = self.line.place("per_record", "distinct")
            elements.append(Element(place, "distinct", path))
        for number, element in enumerate(elements, 1):
            self.line.probes.ask(element, (self.records.reason,), _holds(number))
        return last

    def _counted(self, element: Element, position: int) -> None:
        assert self.by
        column = self.ops.column(self.records.rows, self.by)
        refs = (self.line.line.applies, self.records.reason, column)

        def test(cells: Sequence[Cell]) -> bool:
            applies, why, taken = cells
            assert isinstance(taken, list)
            rows = rows_of(why, len(taken))
            return bool(applies) and any(
                reason < 0 and option == position for reason, option in zip(rows, taken, strict=True)
            )

        self.line.probes.ask(element, refs, test)

    def _tiers(self, last: int) -> None:
        """A tier is entered by a counted record whose place, by date, lies in it."""
        rule, rows = self.rule, self.records.rows
        nothing = self.ops.number(0)
        each = self.ops.column(rows, self.each) if self.each else nothing
        by = self.ops.column(rows, self.by) if self.by else nothing
        refs = (self.line.line.applies, self.records.reason, self.ops.column(rows, "date"), each, by)
        options = list(self.declared.attributes[self.by].options) if self.by else []
        end = 0
        for number, tier in enumerate(rule.tiers):
            start, end = end, end + (tier.first or 10**9)
            inside = _between(start, end, last)
            place: Place = tier.points.place
            self.line.probes.ask(Element(place, "tier", self.line.path, str(number + 1)), refs, inside)
            for position, option in enumerate(options):
                element = self.line.option(tier.points, option)
                if element is not None:
                    self.line.probes.ask(element, refs, _between(start, end, last, position))

    def _yearly(self) -> None:
        ops, points = self.ops, self.line.scored.points
        kept = ops.less(self.records.reason, ops.number(0))
        free = ops.total(self.records.rows, kept, self.records.points, self.declared.at_most)
        cut: Ref = ops.less(points, free)
        place = self.line.place("per_record", "cap")
        some = ops.both(ops.invert(cut), self.line.probes.nonzero(points))
        self.line.probes.add(Element(place, "cap", self.line.path, "reached"), cut)
        self.line.probes.add(Element(place, "cap", self.line.path, "not reached"), some)


Test = Callable[[Sequence[Cell]], bool]


def rows_of(cell: Cell, count: int) -> list[int]:
    """A cell row by row."""
    return cell if isinstance(cell, list) else [cell] * count


def _holds(number: int) -> Test:
    return lambda cells: number in (cells[0] if isinstance(cells[0], list) else [cells[0]])


def _between(start: int, end: int, last: int, option: int | None = None) -> Test:
    """Whether a counted record is, among those of its kind, in the places after `start` up to `end`."""

    def test(cells: Sequence[Cell]) -> bool:
        applies, why, dates, each, by = cells
        assert isinstance(dates, list)
        count = len(dates)
        reasons, kinds, options = rows_of(why, count), rows_of(each, count), rows_of(by, count)
        places: dict[int, int] = {}
        for row in sorted(range(count), key=lambda row: dates[row]):
            if reasons[row] >= 0 and reasons[row] != last:
                continue
            place = places[kinds[row]] = places.get(kinds[row], 0) + 1
            if reasons[row] < 0 and start < place <= end and option in (None, options[row]):
                return bool(applies)
        return False

    return test
