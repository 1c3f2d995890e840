"""Month sets and record sets: conditions over the rows of a timeline or record list."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from jifen.document.diagnostics import Message
from jifen.document.places import Place
from jifen.language import messages as wording
from jifen.language.evaluate import asked, evaluate
from jifen.language.expression import Expression
from jifen.language.functions import series_value
from jifen.language.mistakes import LanguageError
from jifen.language.months import Choosing, Months, Narrowed, OfTimeline, Reason, Step
from jifen.language.operators import as_month
from jifen.language.values import Day, Monthly, Num, Records, Series, Set, Truth, Value
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref
from jifen.plan.types import FIRST_MONTH, LAST_MONTH
from jifen.policy import messages
from jifen.policy.model import Input, Keep, MonthlyValue, MonthSet, RecordSet, Rules, Timeline, Within

if TYPE_CHECKING:
    from jifen.policy.names import Names

STARTED = "#started"
SPLIT = "#split"


def timeline_of(rows: str) -> str:
    """The timeline (or record list) whose rows these are."""
    return rows.partition("#")[0]


class RowNames:
    """The names an expression can read at each row: its attributes first, then those of the applicant."""

    def __init__(self, names: Names, rows: str, attributes: Mapping[str, Input], dated: bool) -> None:
        self.around = names
        self.rows = rows
        self.attributes = attributes
        self.dated = dated
        self.ops = names.ops
        self.age_from_day_after = names.age_from_day_after

    def names(self) -> Iterable[str]:
        return [*self.attributes, *(["date"] if self.dated else []), *self.around.names()]

    def elsewhere(self, name: str) -> tuple[Message, dict[str, str]] | None:
        return self.around.elsewhere(name)

    def given(self, name: str) -> Ref | None:
        declared = self.attributes.get(name)
        if declared is None:
            return None if name == "date" and self.dated else self.around.given(name)
        return (
            None
            if declared.required or declared.default is not None
            else self.ops.column_given(self.rows, name)
        )

    def find(self, name: str) -> Value | None:
        declared = self.attributes.get(name)
        if declared is not None:
            return self.around.input(declared, self.ops.column(self.rows, name))
        if self.dated and name == "date":
            return Day(self.ops.column(self.rows, "date"))
        value = self.around.find(name)
        if isinstance(value, Series) and not self.dated:
            return series_value(self.ops, value, self.ops.column(self.rows, "from"))
        return value


class Rows:
    """Records the steps of `keep`."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def steps(self, scope: RowNames, keep: Sequence[Keep]) -> tuple[Step, ...]:
        """The conditions of `keep` over the rows; a step knows what the steps before it have asked."""
        present: frozenset[str] = frozenset()
        found: list[Step] = []
        for step in keep:
            reason = Reason(step.reason, tuple(str(cite) for cite in step.cite), step.place)
            if step.when is not None:
                ref = self.condition(scope, step.when, present)
                if step.first is not None or step.last is not None:
                    found.append(Step(None, self._sometimes(step, ref), reason))
                    continue
                present |= asked(step.when)
                found.append(Step(ref, None, reason))
            else:
                found.append(Step(None, self._narrowing(step), reason))
        return tuple(found)

    def condition(
        self, scope: RowNames, expression: Expression, present: frozenset[str] = frozenset()
    ) -> Ref:
        """A condition over the rows."""
        with self.names.reporting(expression, expression.place):
            value = evaluate(expression, scope, present)
        return self.names.typed(value, Truth, expression, "a condition").ref  # type: ignore[union-attr]

    def _sometimes(self, step: Keep, ref: Ref) -> Callable[[Recorder, Ref], Ref]:
        ops = self.names.ops
        first = self.names.month(step.first, "from") if step.first else ops.month(FIRST_MONTH)
        last = self.names.month(step.last, "to") if step.last else ops.month(LAST_MONTH)
        return lambda o, months: o.without(months, o.only_if(o.invert(ref), o.during(months, first, last)))

    def _narrowing(self, step: Keep) -> Callable[[Recorder, Ref], Ref]:
        expression, ops = step.inside or step.outside, self.names.ops
        assert expression is not None
        value = self.names.typed(self.names.value(expression), Set, expression, "in")
        assert isinstance(value, Set)
        other = value.months.view(ops).ref
        if step.first is None and step.last is None:
            if step.inside is not None:
                return lambda o, months: o.meet(months, other)
            return lambda o, months: o.without(months, other)
        first = self.names.month(step.first, "from") if step.first else ops.month(FIRST_MONTH)
        last = self.names.month(step.last, "to") if step.last else ops.month(LAST_MONTH)
        if step.inside is not None:
            return lambda o, months: o.without(months, o.without(o.during(months, first, last), other))
        return lambda o, months: o.without(months, o.meet(o.during(months, first, last), other))


class MonthSets(Rows):
    """Named month sets."""

    def __init__(self, names: Names) -> None:
        super().__init__(names)
        self.split = _split_by_values(names.rules)

    def of(self, defined: MonthSet) -> Months:
        """A month set of a timeline, of another set with more conditions, or of an expression over sets."""
        if defined.expression is not None:
            found = self._of_expression(defined)
        else:
            found = self._of_timeline(self._whole(defined))
        if not defined.last:
            return found
        end, back = found.end, defined.last
        if end is None:
            with self.names.reporting(None, defined.place):
                raise LanguageError(None, wording.UNCLEAR_END, name="last")
        assert end is not None
        reason = Reason(
            {"zh": f"早于最近{back}个月", "en": f"before the last {back} months"}, (), defined.place
        )
        start = self.names.ops.move_month(end, 1 - back)
        return Narrowed(start, end, found, lambda ops, months: ops.during(months, start, end), reason)

    def _of_expression(self, defined: MonthSet) -> Months:
        expression, ops = defined.expression, self.names.ops
        assert expression is not None
        value = self.names.typed(self.names.value(expression), Set, expression, "a month set")
        assert isinstance(value, Set)
        found = value.months
        if defined.first is None and defined.end is None:
            return found
        first = self.names.month(defined.first, "from") if defined.first else found.first
        end = self.names.month(defined.end, "to") if defined.end else found.end
        low, high = first or ops.month(FIRST_MONTH), end or ops.month(LAST_MONTH)
        reason = Reason(
            {"zh": "不在所计期间内", "en": "outside the months that are counted"}, (), defined.place
        )
        return Narrowed(first, end, found, lambda o, months: o.during(months, low, high), reason)

    def _whole(self, defined: MonthSet) -> MonthSet:
        """A set with the conditions and the window of the sets that it is made of."""
        seen = [defined.name]
        while defined.of in self.names.rules.months and defined.of not in self.names.rules.timelines:
            base = self.names.rules.months[defined.of]
            if base.name in seen:
                with self.names.reporting(None, defined.place):
                    raise LanguageError(None, messages.CYCLE, path=" -> ".join([*seen, base.name]))
            if base.expression is not None:
                with self.names.reporting(None, defined.place):
                    raise LanguageError(None, messages.NOT_OF_ONE_TIMELINE, name=base.name)
            self.names.note(base.name)
            seen.append(base.name)
            defined = replace(
                defined,
                of=base.of,
                keep=base.keep + defined.keep,
                first=defined.first or base.first,
                end=defined.end or base.end,
            )
        return defined

    def _of_timeline(self, defined: MonthSet) -> Months:
        timeline = self.names.rules.timelines.get(self.names.input_name(defined.of))
        if timeline is None:
            self.names.unknown(
                defined.of,
                [*self.names.rules.timelines, *self.names.rules.months],
                messages.UNKNOWN_DEFINITION,
                defined.place,
                "timeline",
                "时间线",
            )
        assert timeline is not None
        rows = self._rows(timeline, defined)
        scope = RowNames(self.names, rows, timeline.attributes, dated=False)
        steps = self.steps(scope, defined.keep)
        ops = self.names.ops
        first = self.names.month(defined.first, "from") if defined.first else None
        if defined.end is None:  # said where the set is built
            self.names.stop(defined.name)
        assert defined.end is not None
        end = self.names.month(defined.end, "to")
        self._window(defined, first, end)
        choices = {
            name: Choosing(item.many, tuple(item.options))
            for name, item in timeline.attributes.items()
            if item.type == "choice"
        }
        return OfTimeline(
            first,
            end,
            rows,
            ops.column(rows, "from"),
            ops.column(rows, "to"),
            steps,
            Reason({"zh": "早于起算月", "en": "before the first month that counts"}, (), defined.place),
            Reason({"zh": "晚于结算月", "en": "after the last month that counts"}, (), defined.place),
            as_month(ops, self.names.application, "application"),
            choices,
        )

    def _rows(self, timeline: Timeline, defined: MonthSet) -> str:
        rows = timeline.name + (STARTED if timeline.started else "")
        series = self.names.rules.series
        if any(step.when and names_in(step.when) & set(series) for step in defined.keep):
            return rows + SPLIT
        return rows + SPLIT if defined.name in self.split else rows

    def _window(self, defined: MonthSet, first: Ref | None, end: Ref) -> None:
        if first is not None and end.type.high < first.type.low:
            place = defined.end.place if defined.end else defined.place
            first_text, end_text = (f"{m // 12}-{m % 12 + 1:02}" for m in (first.type.low, end.type.high))
            self.names.diagnostics.add(messages.EMPTY_WINDOW, place, first=first_text, end=end_text)

    def monthly(self, defined: MonthlyValue) -> Monthly:
        """A number for each month of a set, from the attributes of its spells."""
        names, ops = self.names, self.names.ops
        over = names.typed(names.value(defined.over), Set, defined.over, "`over`")
        assert isinstance(over, Set)
        spells = over.months.spells(ops)
        if spells is None:
            with names.reporting(defined.over, defined.over.place):
                raise LanguageError(None, messages.NOT_OF_ONE_TIMELINE, name=over.name)
        timeline = names.rules.timelines[timeline_of(spells.rows)]
        scope = RowNames(names, spells.rows, timeline.attributes, dated=False)
        with names.reporting(defined.value, defined.value.place):
            value = evaluate(defined.value, scope)
        value = names.typed(value, Num, defined.value, "`value`")
        assert isinstance(value, Num)
        return Monthly(over.months, value, defined.overlap)


def names_in(expression: Expression) -> set[str]:
    """The names that an expression reads; of `a.b` only `a`."""
    return {node.id for node in ast.walk(expression.tree) if isinstance(node, ast.Name)}


def _split_by_values(rules: Rules) -> set[str]:
    """The month sets whose spells are cut where a series changes, because a monthly value reads it."""
    found: set[str] = set()
    todo: set[str] = set()
    for monthly in rules.monthly.values():
        if names_in(monthly.value) & set(rules.series):
            todo |= names_in(monthly.over)
    while todo:
        name = todo.pop()
        defined = rules.months.get(name)
        if defined is not None and name not in found:
            found.add(name)
            todo |= names_in(defined.expression) if defined.expression else {defined.of}
    return found


class RecordSets(Rows):
    """Named record sets, and the conditions of `per_record`."""

    def whole(self, name: str) -> Records:
        """All records of a list."""
        full = self.names.input_name(name)
        declared = self.names.rules.records[full]
        fields = {}
        for attribute, item in declared.attributes.items():
            value = self.names.input(item, self.names.ops.column(full, attribute))
            if isinstance(value, Num):
                fields[attribute] = value
        return Records(full, self.names.ops.truth(True), declared.at_most, name, fields)

    def of(self, defined: RecordSet) -> Records:
        """The records of a list that are kept and lie within the window."""
        base = self.base(defined.records, defined.place)
        rows, condition = base.rows, base.condition
        scope = self.scope(rows)
        for step in self.steps(scope, defined.keep):
            assert step.ref is not None
            condition = self.names.ops.both(condition, step.ref)
        if defined.within:
            condition = self.names.ops.both(condition, self.within(rows, defined.within))
        return Records(rows, condition, base.at_most, defined.name, base.fields)

    def base(self, name: str, place: Place) -> Records:
        """A record list or a named record set."""
        value = self.names.find(name)
        if not isinstance(value, Records):
            known = [*self.names.rules.records, *self.names.rules.record_sets]
            self.names.unknown(name, known, messages.UNKNOWN_DEFINITION, place, "record list", "记录")
        assert isinstance(value, Records)
        return value

    def scope(self, rows: str) -> RowNames:
        """The names at each record."""
        return RowNames(self.names, rows, self.names.rules.records[rows].attributes, dated=True)

    def within(self, rows: str, within: Within) -> Ref:
        """Whether the date of each record lies in a window before an anchor."""
        ops = self.names.ops
        with self.names.reporting(None, within.place):
            anchor = self.names.find(within.before)
        if not isinstance(anchor, Day):
            dates = [*self.names.rules.anchors, "application", "cutoff"]
            self.names.unknown(
                within.before, dates, messages.UNKNOWN_DEFINITION, within.place, "date", "日期"
            )
        assert isinstance(anchor, Day)
        date, last = ops.column(rows, "date"), anchor.ref
        if within.calendar_years:
            first = ops.subtract(ops.year(last), ops.number(within.calendar_years - 1))
            return ops.both(ops.at_most(first, ops.year(date)), ops.at_most(ops.year(date), ops.year(last)))
        length = within.length
        edge = ops.shift(last, -length.years, -length.months, -length.days)
        after = ops.at_most(edge, date) if within.inside else ops.less(edge, date)
        return ops.both(after, ops.at_most(date, last))
