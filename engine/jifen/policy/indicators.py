"""The indicator tree of the official table, from the document to the model."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import replace
from fractions import Fraction

from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import Mapping, Node, Sequence
from jifen.language.expression import Expression
from jifen.plan.types import FIRST_MONTH, LAST_MONTH
from jifen.policy import messages, model, terms
from jifen.policy.parts import MOST_TIME, Parts
from jifen.policy.successive import check_rates, check_steps, check_tiers
from jifen.rules import model as rules

KINDS = ("points", "lookup", "bands", "accrue", "per_record", "per_unit", "formula")


class Indicators(Parts):
    """Builds indicators, record sets and the conditions under which rows are kept."""

    def __init__(
        self,
        diagnostics: Diagnostics,
        sources: tuple[str, ...],
        people: Map[str, terms.Text] | None = None,
        files: Map[str, tuple[str, ...]] | None = None,
    ) -> None:
        super().__init__(diagnostics, sources, files)
        self.people = people or {}

    def tree(self, node: Node | None, above: str, person: str = "") -> tuple[model.Indicator, ...]:
        """The indicators of a mapping; `above` is the path of the group they stand in, `person` whose they are."""
        if not isinstance(node, Mapping):
            return ()
        return tuple(
            replace(self.indicator(name, f"{above}{name}", body, person), name_place=place)
            for name, place, body in node.entries
            if isinstance(body, Mapping)
        )

    def for_each(self, body: Mapping, path: str) -> tuple[model.Indicator, ...]:
        """The members of a group once for each of several people."""
        found = []
        listed = body.get("for_each")
        for item in listed.items if isinstance(listed, Sequence) else (listed,):
            name, place = self.word(item), item.place if item is not None else body.place
            words = {"what": "person", "what_zh": "其他人"}
            if not self.known(name, self.people, messages.UNKNOWN_DEFINITION, place, **words):
                continue
            children = self.tree(body.get("indicators"), f"{path}/{name}/", name)
            inner = f"{path}/{name}"
            found.append(
                model.Indicator(
                    name, inner, self.people[name], (), "group", None, None, children, "sum", None, None, None,
                    body.place, name,
                )
            )  # fmt: skip
        return tuple(found)

    def indicator(self, name: str, path: str, body: Mapping, person: str = "") -> model.Indicator:
        """One line of the table."""
        if body.get("for_each") is not None:
            children = self.for_each(body, path)
        else:
            children = self.tree(body.get("indicators"), f"{path}/", person)
        kind = (
            "group"
            if body.get("indicators") is not None
            else next(k for k in KINDS if body.get(k) is not None)
        )
        return model.Indicator(
            name,
            path,
            self.text(body.get("label"), name),
            self.cites(body.get("cite")),
            kind,
            None if kind == "group" else self.rule(kind, body),
            self.expression(body.get("when")),
            children,
            self._combine(body.get("combine")),
            self.rounding(body.get("round")),
            *self.bounds(body),
            body.place,
            person,
            self.expression(body.get("declinable")),
            self._chosen(body.get("combine")),
        )

    def _combine(self, node: Node | None) -> str:
        if isinstance(node, Mapping):
            return f"chosen:{self.word(node.get('chosen'))}"
        return self.word(node, "sum")

    def _chosen(self, node: Node | None) -> Expression | None:
        return self.expression(node.get("chosen")) if isinstance(node, Mapping) else None

    def rule(self, kind: str, body: Mapping) -> rules.Rule:
        """What the indicator's own key says."""
        node = body.get(kind)
        if kind == "points":
            return rules.Flat(self.required(node))
        if kind == "formula":
            return rules.Formula(self.required(node))
        assert isinstance(node, Mapping)
        if kind == "lookup":
            points = self.points(node.get("points"))
            assert points is not None
            return rules.Lookup(self.required(node.get("of")), points, self.expression(node.get("default")))
        if kind == "bands":
            return self.bands(node)
        if kind == "accrue":
            return self.accrue(node)
        if kind == "per_record":
            return self.per_record(node)
        above, unit = self.number(node.get("above")), self.above_zero("unit", node)
        of, for_each = self.required(node.get("of")), self.required(node.get("points"))
        return rules.PerUnit(of, above or Fraction(0), unit or Fraction(1), for_each)

    def bands(self, node: Mapping) -> rules.Bands:
        """`bands`: steps in rising order, the last without an end."""
        steps: list[rules.BandStep] = []
        listed = node.get("steps")
        assert isinstance(listed, Sequence)
        for step in listed.items:
            assert isinstance(step, Mapping)
            to, below = self.number(step.get("to")), self.number(step.get("below"))
            self.cites(step.get("cite"))
            end = to if to is not None else below
            steps.append(rules.BandStep(end, to is not None, self.required(step.get("points")), step.place))
        check_steps(steps, self.diagnostics)
        return rules.Bands(self.required(node.get("of")), tuple(steps))

    def accrue(self, node: Mapping) -> rules.Accrue:
        """`accrue`: points for months."""
        rates = tuple(self._rate(rate) for rate in self._rows(node.get("rates")))
        check_rates(rates, self.diagnostics)
        vest = node.get("vest")
        after = self.duration(vest.get("after")) if isinstance(vest, Mapping) else None
        priority = node.get("priority")
        cap = node.get("cap")
        return rules.Accrue(
            months=self.required(node.get("months")),
            each=self.mention(node.get("each")),
            combine=self.word(node.get("combine"), "sum"),
            by=self.mention(node.get("by")),
            priority=self.words(priority) if isinstance(priority, Sequence) else None,
            yearly=self.word(node.get("per"), "month") == "year",
            credit=self.word(node.get("credit"), "monthly"),
            points=self.points(node.get("points")),
            tiers=self._tiers(node.get("tiers")),
            whole=self.word(node.get("mode")) == "whole",
            rates=rates,
            vest=rules.Vest(after.in_months, self.word(vest.get("credit")) == "retroactive")
            if after and isinstance(vest, Mapping)
            else None,
            progress=self.expression(node.get("progress")),
            limit=self.expression(node.get("limit")),
            yearly_cap=self.number(cap.get("points")) if isinstance(cap, Mapping) else None,
            place=node.place,
        )

    def _rate(self, rate: Mapping) -> rules.Rate:
        first, last, points = rate.get("from"), rate.get("to"), self.points(rate.get("points"))
        assert points is not None
        start, end = self.month(first), self.month(last)
        return rules.Rate(start or FIRST_MONTH, LAST_MONTH if end is None else end, points, rate.place)

    def _rows(self, node: Node | None) -> list[Mapping]:
        return [row for row in node.items if isinstance(row, Mapping)] if isinstance(node, Sequence) else []

    def _tiers(self, node: Node | None) -> tuple[rules.Tier, ...]:
        rows = self._rows(node)
        check_tiers(rows, self.diagnostics)
        tiers = []
        for row in rows:
            points = self.points(row.get("points"))
            assert points is not None
            first = None if row is rows[-1] else self.duration(row.get("first")) or terms.Duration()
            tiers.append(rules.Tier(first, points, row.place))
        return tuple(tiers)

    def per_record(self, node: Mapping) -> rules.PerRecord:
        """`per_record`: points for records."""
        points = node.get("points")
        rows = self._rows(node.get("tiers"))
        check_tiers(rows, self.diagnostics)
        tiers = tuple(
            rules.RecordTier(self.whole(row.get("first")) or None, found)
            for row in rows
            if (found := self.points(row.get("points"))) is not None
        )
        own = []
        if isinstance(points, Mapping):
            for key, _, value in points.entries:
                within = self.within(value.get("within")) if isinstance(value, Mapping) else None
                if within:
                    own.append((key, within))
        cap = node.get("cap")
        return rules.PerRecord(
            of=self.required(node.get("of")),
            keep=self.keeps(node.get("keep")),
            within=self.within(node.get("within")),
            by=self.expression(node.get("by")),
            points=self.points(points),
            option_within=tuple(own),
            tiers=tiers,
            each=self.expression(node.get("each")),
            distinct=self.expression(node.get("distinct")),
            counts_highest=self.word(node.get("counts"), "highest") == "highest",
            combine=self.word(node.get("combine"), "sum"),
            rounding=self.rounding(node.get("round")),
            yearly_cap=self.number(cap.get("points")) if isinstance(cap, Mapping) else None,
            place=node.place,
        )

    def record_set(self, name: str, body: Mapping) -> model.RecordSet:
        """A named part of a record list."""
        return model.RecordSet(
            name,
            self.text(body.get("label"), name),
            self.required(body.get("of")),
            self.keeps(body.get("keep")),
            self.within(body.get("within")),
            self.cites(body.get("cite")),
            body.place,
        )

    def within(self, node: Node | None) -> terms.Within | None:
        """A window of time before an anchor."""
        if not isinstance(node, Mapping):
            return None
        return terms.Within(
            self.duration(node) or terms.Duration(),
            self.within_reach("calendar_years", node, 1, MOST_TIME["years"]),
            self.reference(node.get("before"), "application", node.place),
            self.word(node.get("edge"), "inside") == "inside",
            node.place,
        )

    def keeps(self, node: Node | None) -> tuple[terms.Keep, ...]:
        """The steps of `keep`, in order."""
        steps = []
        for row in self._rows(node):
            steps.append(
                terms.Keep(
                    self.expression(row.get("when")),
                    self.expression(row.get("in")),
                    self.expression(row.get("not_in")),
                    self.month_expression(row.get("from")),
                    self.month_expression(row.get("to")),
                    self.text(row.get("else")),
                    self.cites(row.get("cite")),
                    row.place,
                )
            )
        return tuple(steps)
