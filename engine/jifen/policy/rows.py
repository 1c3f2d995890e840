"""Month sets and record sets: conditions over the rows of a timeline or record list."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from jifen.document.diagnostics import Message
from jifen.language import messages as wording
from jifen.language.evaluate import asked, evaluate
from jifen.language.expression import Expression
from jifen.language.functions import series_value
from jifen.language.mistakes import LanguageError, each
from jifen.language.months import Choosing, Months, Narrowed, OfTimeline, Reason, Step
from jifen.language.operators import as_month
from jifen.language.values import Day, Monthly, Num, Records, Series, Set, Truth, Value
from jifen.language.written import month_written
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref
from jifen.plan.types import FIRST_MONTH, LAST_MONTH
from jifen.policy import messages
from jifen.policy.model import Input, MonthlyValue, MonthSet, RecordSet, Rules, Timeline
from jifen.policy.parts import BROKEN
from jifen.policy.terms import Keep, Within

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

    def needs(self, name: str) -> frozenset[str]:
        if name in self.attributes or (name == "date" and self.dated):
            return frozenset() if self.given(name) is None else frozenset((name,))
        return self.around.needs(name)

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
        return self.asking_steps(scope, keep)[0]

    def asking_steps(
        self, scope: RowNames, keep: Sequence[Keep], present: frozenset[str] = frozenset()
    ) -> tuple[tuple[Step, ...], frozenset[str]]:
        """The same, and the inputs known to be given where a row is kept."""

        def record(step: Keep) -> Step:
            nonlocal present
            reason = Reason(step.reason, tuple(str(cite) for cite in step.cite), step.place)
            if step.when is None:
                return Step(None, self._narrowing(step), reason)
            known = present
            if step.first is None and step.last is None:
                present |= asked(step.when)
                return Step(self.condition(scope, step.when, known), None, reason)
            return Step(None, self._sometimes(step, self.condition(scope, step.when, known)), reason)

        return tuple(each(record, keep)), present

    def condition(
        self, scope: RowNames, expression: Expression, present: frozenset[str] = frozenset()
    ) -> Ref:
        """A condition over the rows."""
        with self.names.reporting(expression, expression.place):
            value = evaluate(expression, scope, present)
        truth = self.names.typed(value, Truth, expression, "a condition")
        self.names.note_condition(expression, truth.ref)
        return truth.ref

    def _sometimes(self, step: Keep, ref: Ref) -> Callable[[Recorder, Ref], Ref]:
        within = self._within(step)
        return lambda ops, months: ops.without(months, ops.only_if(ops.invert(ref), within(ops, months)))

    def _narrowing(self, step: Keep) -> Callable[[Recorder, Ref], Ref]:
        expression = step.inside or step.outside
        assert expression is not None
        where = "`in`" if step.inside else "`not_in`"
        value = self.names.typed(self.names.value(expression), Set, expression, where)
        with self.names.reporting(expression, expression.place):
            other = value.months.view(self.names.ops).ref
        within = self._within(step)
        if step.inside is None:
            return lambda ops, months: ops.without(months, ops.meet(within(ops, months), other))
        if step.first is None and step.last is None:
            return lambda ops, months: ops.meet(months, other)
        return lambda ops, months: ops.without(months, ops.without(within(ops, months), other))

    def _within(self, step: Keep) -> Callable[[Recorder, Ref], Ref]:
        """The months of a set to which a step is limited."""
        if step.first is None and step.last is None:
            return lambda _, months: months
        ops = self.names.ops
        first = self.names.month(step.first, "`from`") if step.first else ops.month(FIRST_MONTH)
        last = self.names.month(step.last, "`to`") if step.last else ops.month(LAST_MONTH)
        self.check_window(step.last, first, last)
        return lambda ops, months: ops.during(months, first, last)

    def check_window(self, end: Expression | None, first: Ref | None, last: Ref) -> None:
        """A window that can never hold a month is a mistake."""
        if end is not None and first is not None and last.type.high < first.type.low:
            texts = {"first": month_written(first.type.low), "end": month_written(last.type.high)}
            self.names.diagnostics.add(messages.EMPTY_WINDOW, end.place, True, **texts)


class MonthSets(Rows):
    """Named month sets."""

    def __init__(self, names: Names) -> None:
        super().__init__(names)
        self.split = _split_by_values(names.rules)

    def of(self, defined: MonthSet) -> Months:
        """A month set of a timeline, of another set with more conditions, or of an expression over sets."""
        if defined.expression is not None:
            found = self._of_expression(defined, defined.expression)
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

    def _of_expression(self, defined: MonthSet, expression: Expression) -> Months:
        ops = self.names.ops
        value = self.names.typed(self.names.value(expression), Set, expression, "a month set")
        found = value.months
        if defined.first is None and defined.end is None:
            return found
        first = self.names.month(defined.first, "`from`") if defined.first else found.first
        end = self.names.month(defined.end, "`to`") if defined.end else found.end
        low, high = first or ops.month(FIRST_MONTH), end or ops.month(LAST_MONTH)
        self.check_window(defined.end or defined.first, low, high)
        reason = Reason(
            {"zh": "不在所计期间内", "en": "outside the months that are counted"}, (), defined.place
        )
        return Narrowed(first, end, found, lambda o, months: o.during(months, low, high), reason)

    def _whole(self, defined: MonthSet) -> MonthSet:
        """A set with the conditions and the window of the sets that it is made of."""
        rules, seen = self.names.rules, [defined.name]
        while defined.of and defined.of.text in rules.months and defined.of.text not in rules.timelines:
            base, place = rules.months[defined.of.text], defined.of.place
            if base.name in seen:
                with self.names.reporting(None, place):
                    raise LanguageError(None, messages.CYCLE, path=" → ".join([*seen, base.name]))
            if base.expression is not None:
                with self.names.reporting(None, place):
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
        timeline = self._timeline(defined)
        rows = self._rows(timeline, defined)
        scope = RowNames(self.names, rows, timeline.attributes, dated=False)
        ops = self.names.ops
        steps, present = self.asking_steps(scope, defined.keep)
        first = self.names.month(defined.first, "`from`") if defined.first else None
        end = self.names.month(defined.end or BROKEN, "`to`")
        self.check_window(defined.end, first, end)
        choices = {
            name: Choosing(item.many, tuple(item.options), item.optional and name not in present)
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

    def _timeline(self, defined: MonthSet) -> Timeline:
        known = self.names.rules.timelines
        assert defined.of is not None
        name, place = defined.of
        if self.names.input_name(name) not in known:
            self.names.unknown(
                name,
                [*known, *self.names.rules.months],
                messages.UNKNOWN_DEFINITION,
                place,
                "timeline",
                "时间线",
            )
        return known[self.names.input_name(name)]

    def _rows(self, timeline: Timeline, defined: MonthSet) -> str:
        rows = timeline.name + (STARTED if timeline.started else "")
        series = self.names.rules.series
        if any(step.when and names_in(step.when) & set(series) for step in defined.keep):
            return rows + SPLIT
        return rows + SPLIT if defined.name in self.split else rows

    def monthly(self, defined: MonthlyValue) -> Monthly:
        """A number for each month of a set, from the attributes of its spells."""
        names, ops = self.names, self.names.ops
        over = names.typed(names.value(defined.over), Set, defined.over, "`over`")
        spells = over.months.spells(ops)
        if spells is None:
            with names.reporting(defined.over, defined.over.place):
                raise LanguageError(None, messages.NOT_OF_ONE_TIMELINE, name=over.name)
        timeline = names.rules.timelines[timeline_of(spells.rows)]
        scope = RowNames(names, spells.rows, timeline.attributes, dated=False)
        with names.reporting(defined.value, defined.value.place):
            value = evaluate(defined.value, scope)
        value = names.typed(value, Num, defined.value, "`value`")
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
            todo |= (
                names_in(defined.expression)
                if defined.expression
                else {defined.of.text if defined.of else ""}
            )
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
        whole = self.base(defined.records)
        ops, condition = self.names.ops, whole.condition
        scope = self.scope(whole.rows)
        for step in self.steps(scope, defined.keep):
            assert step.ref is not None
            condition = ops.both(condition, step.ref)
        if defined.within:
            condition = ops.both(condition, self.within(whole.rows, defined.within))
        return replace(whole, condition=condition, name=defined.name)

    def base(self, expression: Expression) -> Records:
        """The records that a name stands for."""
        value = self.names.typed(self.names.value(expression), Records, expression, "`of`")
        return value

    def scope(self, rows: str) -> RowNames:
        """The names at each record."""
        return RowNames(self.names, rows, self.names.rules.records[rows].attributes, dated=True)

    def within(self, rows: str, within: Within) -> Ref:
        """Whether the date of each record lies in a window before an anchor."""
        ops = self.names.ops
        date, last = ops.column(rows, "date"), self.names.date(within.before, "`before`")
        if within.calendar_years:
            first = ops.subtract(ops.year(last), ops.number(within.calendar_years - 1))
            return ops.both(ops.at_most(first, ops.year(date)), ops.at_most(ops.year(date), ops.year(last)))
        length = within.length
        edge = ops.shift(last, -length.years, -length.months, -length.days)
        after = ops.at_most(edge, date) if within.inside else ops.less(edge, date)
        return ops.both(after, ops.at_most(date, last))
