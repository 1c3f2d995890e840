"""`accrue`: points for months, in ledgers, tiers and rates."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from jifen.language.mistakes import Broken, each
from jifen.language.months import Months, Only, View
from jifen.language.operators import same_unit
from jifen.language.values import Many, One
from jifen.plan.sets import MOST_ROWS
from jifen.plan.slots import Ref
from jifen.policy import messages
from jifen.policy.terms import Points, Word
from jifen.rules.model import Accrue
from jifen.rules.scoring import Around, Ledger, Piece, Scored, SpellLedgers


def accrue(rule: Accrue, around: Around) -> Scored:
    """Points for the months of a set: one ledger, one for each option of an attribute, or one for each spell."""
    months = around.months(rule.months)
    accrual = _Accrual(rule, around, months)
    if rule.each and rule.each.text == "spell":
        return accrual.each_spell()
    if rule.each:
        return accrual.combined(accrual.each_option(rule.each))
    if rule.by:
        return accrual.combined(accrual.one_class_a_month(rule.by))
    view = months.view(around.ops)
    return accrual.combined([accrual.ledger("", "", view, accrual.rates_of(None, 0), view.ref)])


class _Accrual:
    def __init__(self, rule: Accrue, around: Around, months: Months) -> None:
        self.rule = rule
        self.around = around
        self.ops = around.ops
        self.set = months
        self.progress = around.months(rule.progress).view(around.ops).ref if rule.progress else None

    # ledgers

    def each_option(self, name: Word) -> list[Ledger]:
        attribute = self._attribute(name)
        labels = self._labels(attribute.name)
        found = []
        for position, option in enumerate(attribute.options):
            view = self.set.view(self.ops, Only(attribute.name, position))
            rates = self.rates_of(attribute, position)
            found.append(self.ledger(option, labels[option], view, rates, view.ref))
        return found

    def one_class_a_month(self, name: Word) -> list[Ledger]:
        attribute = self._attribute(name)
        labels = self._labels(attribute.name)
        taken: Ref | None = None
        left = self._limit()
        found: list[Ledger] = []
        for position in self._priority(attribute):
            option = attribute.options[position]
            view = self.set.view(self.ops, Only(attribute.name, position))
            months = view.ref if taken is None else self.ops.without(view.ref, taken)
            taken = view.ref if taken is None else self.ops.join(taken, view.ref)
            if left is not None:
                months = self.ops.earliest(months, left)
                left = self.ops.subtract(left, self.ops.count(months))
            found.append(
                self.ledger(
                    option,
                    labels[option],
                    View(months, view.left_out),
                    self.rates_of(attribute, position),
                    months,
                )
            )
        return found

    def each_spell(self) -> Scored:
        spells = self.set.spells(self.ops)
        ops, rule = self.ops, self.rule
        if spells is None:
            assert rule.each is not None
            name = rule.months.text
            self.around.mistake(messages.NOT_OF_ONE_TIMELINE, rule.months.place, name=name)
        if rule.points is None:
            raise Broken("each: spell")
        if rule.by:
            attribute = self._attribute(rule.by)
            rates = self.around.table(rule.points, attribute.name, attribute.options)
            rate = self.around.by_option(ops.column(spells.rows, attribute.name), rates)
        else:
            rate = self._single(rule.points)
        if rule.by and (self.set.attributes[rule.by.text].many or self.set.attributes[rule.by.text].optional):
            self.around.mistake(messages.ONE_OPTION, rule.by.place, name=rule.by.text)
        whole = View(spells.ref, ())
        points = self.ledger("", "", whole, [[rate]], spells.ref).points
        if rule.combine == "highest":
            total = ops.best(spells.rows, spells.condition, points)
        else:
            total = ops.total(spells.rows, spells.condition, points, MOST_ROWS)
        view = self.set.view(ops)
        return Scored(
            total, spells=SpellLedgers(spells.rows, spells.condition, spells.ref, points, rate, view)
        )

    def combined(self, ledgers: Sequence[Ledger]) -> Scored:
        ops = self.ops
        total = ledgers[0].points
        for ledger in ledgers[1:]:
            total = (ops.maximum if self.rule.combine == "highest" else ops.add)(total, ledger.points)
        return Scored(total, tuple(ledgers))

    def ledger(self, name: str, label: object, view: View, rates: list[list[Ref]], months: Ref) -> Ledger:
        """One ledger; `rates` has the rate of each tier, calendar rate, or the only one."""
        ops, rule = self.ops, self.rule
        limit = self._limit()
        if limit is not None and (not rule.by or rule.each):
            months = ops.earliest(months, limit)
            view = View(months, view.left_out)
        count = ops.count(months)
        paid = self._behind_waiting(months)
        if rule.yearly_cap is not None:
            if rule.points is None:
                raise Broken("cap")
            rate = ops.constant(rates[0][0])
            if rate is None:
                self.around.mistake(messages.CAPPED_RATE, rule.points.place)
            monthly = rate / 12 if rule.yearly else rate
            total = ops.yearly(paid, monthly, rule.yearly_cap)
            pieces: tuple[Piece, ...] = (Piece(ops.count(paid), rates[0][0], total),)
        else:
            pieces = self._pieces(paid, rates[0])
            total = ops.number(0)
            for piece in pieces:
                total = ops.add(total, piece.points)
        total = self._vested(months, total)
        assert isinstance(label, (str, dict))
        return Ledger(name, label, view, count, total, pieces)

    def _limit(self) -> Ref | None:
        """The most months that count, a whole number from 0 up."""
        expression, ops = self.rule.limit, self.ops
        if expression is None:
            return None
        limit = self.around.number(expression, "`limit`")
        with self.around.policy.reporting(expression, expression.place):
            same_unit(limit.unit, "months")
        return ops.maximum(ops.floor(limit.ref), ops.number(0))

    # months to points

    def _behind_waiting(self, months: Ref) -> Ref:
        """The months of a ledger without those that never count: the first ones, or those up to the progress set's."""
        ops, waiting = self.ops, self._waiting()
        if not waiting:
            return months
        if self.progress is None:
            return ops.without(months, ops.earliest(months, ops.number(waiting)))
        return ops.without(months, ops.during(months, ops.month(0), ops.nth(self.progress, waiting)))

    def _pieces(self, months: Ref, rates: list[Ref]) -> tuple[Piece, ...]:
        rule, ops = self.rule, self.ops
        if rule.whole:
            return (self._whole(months, rates),)
        counts = [self._credited(months)]
        if rule.rates:
            ends = [(ops.month(rate.first), ops.month(rate.last)) for rate in rule.rates]
            counts = [self._credited(ops.during(months, first, last)) for first, last in ends]
        elif rule.tiers:
            counts = self._dealt(months, counts[0])
        return tuple(Piece(n, rate, self._worth(n, rate)) for n, rate in zip(counts, rates, strict=True))

    def _dealt(self, months: Ref, count: Ref) -> list[Ref]:
        """The months of each tier, filled in order."""
        ops = self.ops
        counts: list[Ref] = []
        before, done = self._waiting() if self.progress is not None else 0, ops.number(0)
        for tier in self.rule.tiers[:-1]:
            assert tier.first is not None
            before += tier.first.in_months
            upto = ops.minimum(count, self._up_to(months, before))
            counts.append(ops.subtract(upto, done))
            done = upto
        return [*counts, ops.subtract(count, done)]

    def _up_to(self, months: Ref, n: int) -> Ref:
        """How many months of a ledger lie among its first n, or among the first n of the progress set."""
        ops = self.ops
        if self.progress is None:
            return ops.number(n)
        last = ops.nth(self.progress, n)
        return ops.count(ops.during(months, ops.month(0), last))

    def _whole(self, months: Ref, rates: list[Ref]) -> Piece:
        """All credited months at the rate of the tier that they (or the months of the progress set) reach."""
        ops = self.ops
        credited = self._credited(months)
        reached, rate, end = credited, rates[-1], sum(t.first.in_months for t in self.rule.tiers if t.first)
        if self.progress is not None:
            reached, end = ops.count(self.progress), end + self._waiting()
        for tier, earlier in zip(reversed(self.rule.tiers[:-1]), reversed(rates[:-1]), strict=True):
            rate = ops.choose(ops.at_most(reached, ops.number(end)), earlier, rate)
            assert tier.first is not None
            end -= tier.first.in_months
        return Piece(credited, rate, self._worth(credited, rate))

    def _credited(self, months: Ref) -> Ref:
        """Months that are credited: all, those of full years, or those of the full years of each run."""
        ops, credit = self.ops, self.rule.credit
        if credit == "full_years_of_each_run":
            return ops.multiply(ops.run_years(months), ops.number(12))
        count = ops.count(months)
        return ops.floor(count, Fraction(12)) if credit == "full_years" else count

    def _worth(self, count: Ref, rate: Ref) -> Ref:
        share = Fraction(1, 12) if self.rule.yearly else Fraction(1)
        return self.ops.multiply(self.ops.multiply(count, rate), self.ops.number(share))

    def _waiting(self) -> int:
        vest = self.rule.vest
        return vest.after if vest and not vest.retroactive else 0

    def _vested(self, months: Ref, points: Ref) -> Ref:
        vest, ops = self.rule.vest, self.ops
        if vest is None or not vest.retroactive:
            return points
        count = ops.count(months if self.progress is None else self.progress)
        return ops.choose(ops.less(count, ops.number(vest.after)), ops.number(0), points)

    # rates and attributes

    def rates_of(self, attribute: One | Many | None, position: int) -> list[list[Ref]]:
        """The rates of one ledger: of each tier, of each calendar rate, or the only one."""
        if attribute is None:
            return [each(self._single, self._tables())]
        return [self.rates_by_option(attribute)[position]]

    def rates_by_option(self, attribute: One | Many) -> list[list[Ref]]:
        """The same for each option of an attribute."""
        tables = each(
            lambda table: self.around.table(table, attribute.name, attribute.options), self._tables()
        )
        return [list(rates) for rates in zip(*tables, strict=True)]

    def _tables(self) -> list[Points]:
        rule = self.rule
        tables = [tier.points for tier in rule.tiers] or [rate.points for rate in rule.rates]
        if rule.points is not None:
            tables = [rule.points]
        if not tables:
            raise Broken("points")
        return tables

    def _single(self, points: Points) -> Ref:
        if points.single is None:
            self.around.mistake(messages.TABLE_WITHOUT_OPTIONS, points.place, wanted="`each` or `by`")
        return self.around.points(points.single)

    def _attribute(self, word: Word) -> One | Many:
        choices, name = self.set.attributes, word.text
        if name not in choices:
            what, what_zh = "attribute with options in these months:", "选项属性"
            self.around.policy.unknown(name, choices, messages.UNKNOWN_DEFINITION, word.place, what, what_zh)
        kind = Many if choices[name].many else One
        return kind(self.ops.truth(True), name, choices[name].options)

    def _labels(self, name: str) -> dict[str, object]:
        timeline = self.set.timeline.partition("#")[0]
        return dict(self.around.policy.rules.timelines[timeline].attributes[name].options)

    def _priority(self, attribute: One | Many) -> list[int]:
        options = attribute.options
        listed = {"name": attribute.name, "options": ", ".join(options)}
        if self.rule.priority is None:
            rates = self.rates_by_option(attribute)
            known = [self.ops.constant(rate[0]) for rate in rates if len(rate) == 1]
            fixed = [rate for rate in known if rate is not None]
            if len(fixed) < len(options):
                self.around.mistake(messages.PRIORITY_HIGHEST, self.rule.place, **listed)
            return sorted(range(len(options)), key=lambda position: (-fixed[position], position))
        if sorted(self.rule.priority) != sorted(options):
            self.around.mistake(messages.PRIORITY, self.rule.place, **listed)
        return [options.index(option) for option in self.rule.priority]
