"""The indicator tree of the official table, from the document to the model."""

from __future__ import annotations

from collections.abc import Mapping as Map

from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import Mapping, Node, Scalar, Sequence
from jifen.policy import messages, model
from jifen.policy.parts import Parts
from jifen.rules import model as rules

KINDS = ("points", "lookup", "bands", "accrue", "per_record", "per_unit", "formula")


class Indicators(Parts):
    """Builds indicators, record sets and the conditions under which rows are kept."""

    def __init__(
        self, diagnostics: Diagnostics, sources: tuple[str, ...], people: Map[str, model.Text] | None = None
    ) -> None:
        super().__init__(diagnostics, sources)
        self.people = people or {}

    def tree(self, node: Node | None, above: str, person: str = "") -> tuple[model.Indicator, ...]:
        """The indicators of a mapping; `above` is the path of the group they stand in, `person` whose they are."""
        if not isinstance(node, Mapping):
            return ()
        return tuple(
            self.indicator(name, f"{above}{name}", body, person)
            for name, _, body in node.entries
            if isinstance(body, Mapping)
        )

    def for_each(self, body: Mapping, path: str) -> tuple[model.Indicator, ...]:
        """The members of a group once for each of several people."""
        found = []
        for name in self.words(body.get("for_each")):
            if not self.known(
                name, self.people, messages.UNKNOWN_DEFINITION, body.place, what="person", what_zh="其他人"
            ):
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
            self.number(body.get("floor")),
            self.number(body.get("cap")),
            body.place,
            person,
            self.word(body.get("declinable")),
        )

    def _combine(self, node: Node | None) -> str:
        if isinstance(node, Mapping):
            return f"chosen:{self.word(node.get('chosen'))}"
        return self.word(node, "sum")

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
        above, unit = self.number(node.get("above")), self.number(node.get("unit"))
        assert unit is not None
        return rules.PerUnit(
            self.required(node.get("of")), above or unit * 0, unit, self.required(node.get("points"))
        )

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
        for position, later in enumerate(steps[1:], 1):
            earlier = steps[position - 1]
            if earlier.end is None:
                why, why_zh = "the step before it takes everything", "上一档已包括全部数值"
            elif later.end is not None and (later.end, later.inside) <= (earlier.end, earlier.inside):
                why, why_zh = f"the step before it reaches up to {earlier.end}", f"上一档已到 {earlier.end}"
            else:
                continue
            self.diagnostics.add(messages.BAND_UNREACHABLE, later.place, why=why, why_zh=why_zh)
        if steps and steps[-1].end is not None:
            self.diagnostics.add(messages.BAND_GAP, steps[-1].place, end=str(steps[-1].end))
        return rules.Bands(self.required(node.get("of")), tuple(steps))

    def accrue(self, node: Mapping) -> rules.Accrue:
        """`accrue`: points for months."""
        given = [key for key in ("points", "tiers", "rates") if node.get(key) is not None]
        if len(given) != 1:
            self.diagnostics.add(messages.NEEDS_POINTS, node.place, wanted="points, tiers, rates")
        tiers = self._tiers(node.get("tiers"))
        rates = []
        for rate in self._rows(node.get("rates")):
            first, last = self.month(rate.get("from")), self.month(rate.get("to"))
            points = self.points(rate.get("points"))
            assert points is not None
            rates.append(rules.Rate(first or 0, last or 9999 * 12, points, rate.place))
        vest = node.get("vest")
        after = self.duration(vest.get("after")) if isinstance(vest, Mapping) else None
        priority = node.get("priority")
        cap = node.get("cap")
        return rules.Accrue(
            months=self.required(node.get("months")),
            each=self.word(node.get("each")),
            combine=self.word(node.get("combine"), "sum"),
            by=self.word(node.get("by")),
            priority=self.words(priority) if isinstance(priority, Sequence) else None,
            yearly=self.word(node.get("per"), "month") == "year",
            credit=self.word(node.get("credit"), "monthly"),
            points=self.points(node.get("points")),
            tiers=tiers,
            whole=self.word(node.get("mode")) == "whole",
            rates=tuple(rates),
            vest=rules.Vest(after.in_months, self.word(vest.get("credit")) == "retroactive")
            if after and isinstance(vest, Mapping)
            else None,
            progress=self.expression(node.get("progress")),
            limit=self.expression(node.get("limit")),
            yearly_cap=self.number(cap.get("points")) if isinstance(cap, Mapping) else None,
            place=node.place,
        )

    def _rows(self, node: Node | None) -> list[Mapping]:
        return [row for row in node.items if isinstance(row, Mapping)] if isinstance(node, Sequence) else []

    def _tiers(self, node: Node | None) -> tuple[rules.Tier, ...]:
        tiers = []
        rows = self._rows(node)
        for position, row in enumerate(rows):
            first = self.duration(row.get("first"))
            if (first is None) != (position == len(rows) - 1):
                self.diagnostics.add(messages.TIERS_LAST, row.place)
                first = first or model.Duration(months=1)
            points = self.points(row.get("points"))
            assert points is not None
            self.cites(row.get("cite"))
            tiers.append(rules.Tier(first, points, row.place))
        return tuple(tiers)

    def per_record(self, node: Mapping) -> rules.PerRecord:
        """`per_record`: points for records."""
        points = node.get("points")
        tiers = tuple(
            rules.RecordTier(self.whole(row.get("first")) or None, found)
            for row in self._rows(node.get("tiers"))
            if (found := self.points(row.get("points"))) is not None
        )
        if (points is None) == (not tiers):
            self.diagnostics.add(messages.NEEDS_POINTS, node.place, wanted="points, tiers")
        own = []
        if isinstance(points, Mapping):
            for key, _, value in points.entries:
                within = self.within(value.get("within")) if isinstance(value, Mapping) else None
                if within:
                    own.append((key, within))
        cap = node.get("cap")
        return rules.PerRecord(
            of=self.word(node.get("of")),
            keep=self.keeps(node.get("keep")),
            within=self.within(node.get("within")),
            by=self.word(node.get("by")),
            points=self.points(points),
            option_within=tuple(own),
            tiers=tiers,
            each=self.word(node.get("each")),
            distinct=self.word(node.get("distinct")),
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
            self.word(body.get("of")),
            self.keeps(body.get("keep")),
            self.within(body.get("within")),
            self.cites(body.get("cite")),
            body.place,
        )

    def within(self, node: Node | None) -> model.Within | None:
        """A window of time before an anchor."""
        if not isinstance(node, Mapping):
            return None
        return model.Within(
            self.duration(node) or model.Duration(),
            self.whole(node.get("calendar_years")),
            self.word(node.get("before"), "application"),
            self.word(node.get("edge"), "inside") == "inside",
            node.place,
        )

    def keeps(self, node: Node | None) -> tuple[model.Keep, ...]:
        """The steps of `keep`, in order."""
        steps = []
        for row in self._rows(node):
            reason = row.get("else")
            if isinstance(reason, Scalar) and not reason.raw:
                self.diagnostics.add(messages.LABEL_MISSING, reason.place)
            steps.append(
                model.Keep(
                    self.expression(row.get("when")),
                    self.expression(row.get("in")),
                    self.expression(row.get("not_in")),
                    self.month_expression(row.get("from")),
                    self.month_expression(row.get("to")),
                    self.text(reason),
                    self.cites(row.get("cite")),
                    row.place,
                )
            )
        return tuple(steps)
