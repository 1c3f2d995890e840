"""A scorecard as data: the shape that `schemas/scorecard.schema.json` describes."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from jifen import __version__
from jifen.backends.semantics import round_to, runs
from jifen.language.values import Day, Many, Month, One, Quotient, Truth, Value
from jifen.plan.slots import Ref
from jifen.policy.model import Cite, Requirement, Text
from jifen.policy.record import Condition, Line, Read
from jifen.rules.scoring import Ledger, RecordPoints, SpellLedgers

if TYPE_CHECKING:
    from jifen.scorecard.scorecard import Scorecard

FORMAT = "jifen-scorecard/1"


def content(card: Scorecard) -> dict[str, Any]:
    """The whole scorecard."""
    return _Content(card).whole()


class _Content:
    def __init__(self, card: Scorecard) -> None:
        self.card = card
        self.policy = card.policy
        self.rules = card.policy.rules
        self.values = card.detail
        self.position = card.policy.explained.position
        self.base = card.person.data.base

    def detail(self, ref: Ref) -> Any:
        return self.values[self.position[ref.slot]]

    def whole(self) -> dict[str, Any]:
        card, rules, recorded = self.card, self.rules, self.policy.recorded
        taken = self.policy.round_on(card.person.date)
        first, last = rules.in_force
        labels = {**{n: a.label for n, a in rules.anchors.items()}}
        if taken is not None:
            labels |= {name: anchor.label for name, anchor in taken.anchors.items()}
        return {
            "format": FORMAT,
            "engine": __version__,
            "policy": {
                "id": rules.id,
                "digest": self.policy.digest,
                "title": rules.title,
                "in_force": {"from": first, "to": last} if last else {"from": first},
            },
            "applicant": card.person.id,
            "date": _date(card.person.date),
            "round": None if taken is None else {"id": taken.name, "label": taken.label},
            "anchors": [
                {"id": name, "label": labels.get(name, name), "date": _date(self.detail(ref))}
                for name, ref in recorded.anchors.items()
            ],
            "eligibility": [self._condition(condition) for condition in recorded.eligibility],
            "indicators": [self._line(line) for line in recorded.lines],
            "scores": [
                {"id": name, "label": rules.scores[name].label, **_points(card.number(ref))}
                for name, ref in recorded.scores.items()
            ],
            "outcome": self._outcome(),
            "readings": self._readings(),
            "warnings": [*self._warnings()],
        }

    def _outcome(self) -> dict[str, Any]:
        outcome, card = self.rules.outcome, self.card
        found: dict[str, Any] = {"score": outcome.score, "eligible": card.eligible, "qualifies": card.qualifies}
        if outcome.line is not None:
            found["line"] = str(outcome.line)
            found["reached"] = "above" if outcome.above else "at"
            found["margin"] = str(card.total - outcome.line)
        return found

    def _readings(self) -> list[dict[str, Any]]:
        """The readings under which the verdict would differ."""
        differing: dict[str, list[dict[str, Any]]] = {}
        for other in self.policy.alternatives(self.card.person):
            if other.qualifies != self.card.qualifies:
                label = self.rules.readings[other.reading].options[other.option]
                total = str(Fraction(other.total, other.den))
                row = {"option": other.option, "label": label, "total": total, "qualifies": other.qualifies}
                differing.setdefault(other.reading, []).append(row)
        found = []
        for name, others in differing.items():
            reading = self.rules.readings[name]
            found.append(
                {
                    "id": name,
                    "question": reading.question,
                    "chosen": reading.chosen,
                    "label": reading.options[reading.chosen],
                    "default": reading.chosen == reading.default,
                    "others": others,
                }
            )
        return found

    def _warnings(self) -> Iterable[dict[str, Any]]:
        first, last = self.rules.in_force
        day = _date(self.card.person.date)
        if (first and day < first) or (last and day > last):
            span = f"{first} – {last or '…'}"
            label = {"zh": f"申请日不在本政策的有效期内（{span}）", "en": f"the date lies outside the policy's time in force ({span})"}
            yield {"id": "not_in_force", "label": label, "cite": []}
        for condition in self.policy.recorded.checks:
            if self.card.integer(condition.met):
                check = condition.requirement
                yield {"id": check.name, "label": check.label, "cite": self._cites(check.cite)}

    def _condition(self, condition: Condition) -> dict[str, Any]:
        requirement = condition.requirement
        veto = isinstance(requirement, Requirement) and requirement.veto
        return {
            "id": requirement.name,
            "label": requirement.label,
            "kind": "veto" if veto else "require",
            "met": bool(self.card.integer(condition.met)),
            "rule": requirement.expression.text,
            "values": self._reads(condition.reads),
            "cite": self._cites(requirement.cite),
        }

    # indicators

    def _line(self, line: Line) -> dict[str, Any]:
        indicator = line.indicator
        found: dict[str, Any] = {
            "id": indicator.name,
            "path": indicator.path,
            "label": indicator.label,
            "kind": indicator.kind,
            **_points(self.card.number(line.points)),
            "cite": self._cites(indicator.cite),
            "applies": bool(self.detail(line.applies)),
            "values": self._reads(line.reads),
        }
        if line.children:
            found["combine"] = indicator.combine
            found["indicators"] = [self._line(child) for child in line.children]
        scored = line.scored
        if scored.ledgers:
            found["ledgers"] = [self._ledger(ledger, line) for ledger in scored.ledgers]
        elif scored.spells is not None:
            found["ledgers"] = self._spells(scored.spells, line)
        if scored.records is not None:
            found["records"] = self._records(scored.records)
        if indicator.cap is not None and self.detail(line.uncapped) != line.uncapped.type.den * indicator.cap:
            before = Fraction(int(self.detail(line.uncapped)), line.uncapped.type.den)
            if before > indicator.cap:
                found["cap"] = {"limit": str(indicator.cap), "before": str(before)}
        return found

    def _ledger(self, ledger: Ledger, line: Line) -> dict[str, Any]:
        per = _per(line)
        pieces = []
        for piece in ledger.pieces:
            months = int(Fraction(int(self.detail(piece.months)), piece.months.type.den))
            if months:
                rate = Fraction(int(self.detail(piece.rate)), piece.rate.type.den)
                points = Fraction(int(self.detail(piece.points)), piece.points.type.den)
                pieces.append({"months": months, "rate": str(rate), "per": per, "points": str(points)})
        return {
            "id": ledger.name,
            "label": ledger.label,
            "points": str(self.card.number(ledger.points)),
            "count": self.card.integer(ledger.months),
            "counted": self._intervals(self.detail(ledger.view.ref)),
            "left_out": self._left_out(ledger.view.left_out),
            "pieces": pieces,
        }

    def _spells(self, spells: SpellLedgers, line: Line) -> list[dict[str, Any]]:
        found = []
        columns = [self.detail(ref) for ref in (spells.condition, spells.months, spells.points, spells.rate)]
        count = max((len(column) for column in columns if isinstance(column, list)), default=0)
        rows = zip(*(column if isinstance(column, list) else [column] * count for column in columns), strict=True)
        for number, (counts, months, points, rate) in enumerate(rows, 1):
            if not counts:
                continue
            worth = str(Fraction(int(points), spells.points.type.den))
            piece = {
                "months": months.bit_count(),
                "rate": str(Fraction(int(rate), spells.rate.type.den)),
                "per": _per(line),
                "points": worth,
            }
            found.append(
                {
                    "id": str(number),
                    "label": {"zh": f"第{number}条", "en": f"spell {number}"},
                    "points": worth,
                    "count": months.bit_count(),
                    "counted": self._intervals(months),
                    "left_out": [],
                    "pieces": [piece] if months else [],
                }
            )
        left_out = self._left_out(spells.view.left_out)
        if left_out:
            found.append(
                {"id": "", "label": {"zh": "不计", "en": "left out"}, "points": "0", "count": 0}
                | {"counted": [], "left_out": left_out, "pieces": []}
            )
        return found

    def _records(self, records: RecordPoints) -> list[dict[str, Any]]:
        reasons, points = self.detail(records.reason), self.detail(records.points)
        at = list(self.policy.layout.columns).index(records.rows)
        rows = self.card.person.data.rows[at]
        date = self.policy.layout.columns[records.rows].index("date")
        found = []
        for index, row in enumerate(rows):
            reason = reasons[index] if isinstance(reasons, list) else reasons
            worth = points[index] if isinstance(points, list) else points
            record: dict[str, Any] = {"index": index, "date": _date(row[date]), "counted": reason < 0}
            record["points"] = str(Fraction(int(worth), records.points.type.den)) if reason < 0 else "0"
            if reason >= 0:
                text, cite = records.reasons[reason]
                record |= {"reason": text, "cite": self._cited(cite)}
            found.append(record)
        return found

    def _left_out(self, left_out: Iterable[tuple[Any, Ref]]) -> list[dict[str, Any]]:
        """Months left out by reason; a month stands under its first reason."""
        found = []
        seen = 0
        for reason, ref in left_out:
            months = self.detail(ref) & ~seen
            seen |= months
            if months:
                found.append(
                    {
                        "reason": reason.text,
                        "cite": self._cited(reason.cite),
                        "count": months.bit_count(),
                        "months": self._intervals(months),
                    }
                )
        return found

    def _intervals(self, months: int) -> list[str]:
        base = self.base
        return [
            _month(base + first) if length == 1 else f"{_month(base + first)}..{_month(base + first + length - 1)}"
            for first, length in runs(months)
        ]

    # what was read, and citations

    def _reads(self, reads: Iterable[Read]) -> list[dict[str, Any]]:
        found = []
        for read in reads:
            if read.given is not None and not self.detail(read.given):
                continue
            shown = self._shown(read.value)
            if shown is not None:
                found.append({"text": read.text, **shown})
        return found

    def _shown(self, value: Value) -> dict[str, Any] | None:
        if isinstance(value, Quotient):
            above = Fraction(self.detail(value.above.ref), value.above.ref.type.den)
            below = Fraction(self.detail(value.below.ref), value.below.ref.type.den)
            return {"value": str(above / below)}
        if isinstance(value, Truth):
            return {"value": "true" if self.detail(value.ref) else "false"}
        if isinstance(value, Day):
            return {"value": _date(self.detail(value.ref))}
        if isinstance(value, Month):
            return {"value": _month(self.detail(value.ref))}
        if isinstance(value, (One, Many)):
            return self._options(value)
        if hasattr(value, "ref"):
            return {"value": str(Fraction(int(self.detail(value.ref)), value.ref.type.den))}
        return None

    def _options(self, value: One | Many) -> dict[str, Any]:
        code = self.detail(value.ref)
        fact = self.rules.facts.get(value.name)
        if isinstance(value, Many):
            chosen = [option for position, option in enumerate(value.options) if code >> position & 1]
            return {"value": ", ".join(chosen)}
        option = value.options[code]
        return {"value": option} if fact is None else {"value": option, "shown": fact.options[option]}

    def _cites(self, cites: Iterable[Cite]) -> list[dict[str, Any]]:
        return self._cited(str(cite) for cite in cites)

    def _cited(self, cites: Iterable[str]) -> list[dict[str, Any]]:
        found = []
        for cite in cites:
            source, _, clause = cite.partition("#")
            title: Text = self.rules.sources[source].title
            found.append({"source": source, "clause": clause, "title": title} if clause else {"source": source, "title": title})
        return found


def _per(line: Line) -> str:
    return "year" if getattr(line.indicator.rule, "yearly", False) else "month"


def _points(points: Fraction) -> dict[str, str]:
    return {"points": str(points), "shown": shown(points)}


def shown(points: Fraction) -> str:
    """A number to two decimals, halves away from zero, for people to read."""
    hundredths = round_to(points.numerator * 100, points.denominator, "away_from_zero")
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02}"


def _date(day: int) -> str:
    return f"{day // 10000}-{day // 100 % 100:02}-{day % 100:02}"


def _month(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02}"
