"""A scorecard as data: the shape that `schemas/scorecard.schema.json` describes, as a template of one policy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from jifen.document.tree import plain
from jifen.plan.slots import Ref
from jifen.policy.model import Requirement
from jifen.policy.recorded import Condition, Line
from jifen.scorecard.card import NOT_IN_FORCE, Card
from jifen.scorecard.cites import cited
from jifen.scorecard.in_words import InWords
from jifen.scorecard.ledgers import LedgerTexts
from jifen.scorecard.numbers import date_text, exact, intervals_json, two_decimals
from jifen.scorecard.reads import reads_holes
from jifen.scorecard.template import Code, Hole, Template, canonical
from jifen.version import __version__

if TYPE_CHECKING:
    from jifen.scheme import Scheme

FORMAT = "jifen-scorecard/1"


class View(NamedTuple):
    """What is known of one applicant: the breakdown, the detail, the first month of a set, and the card itself."""

    core: tuple[Any, ...]
    detail: tuple[Any, ...]
    base: int
    card: Card
    months: dict[int, str]

    def intervals(self, months: int) -> str:
        """The runs of a month set as a JSON list; ledgers side by side often hold the same months."""
        found = self.months.get(months)
        if found is None:
            found = self.months[months] = intervals_json(self.base, months)
        return found


class Content:
    """Writes the scorecards of one policy. Made once; safe to share between threads."""

    def __init__(self, policy: Scheme, with_readings: bool = True) -> None:
        self.policy = policy
        self.with_readings = with_readings
        """Whether the readings under which the verdict would differ are told; to find them takes compiling."""
        self.rules = policy.rules
        self.core = policy.core.position
        self.detail = policy.explained.position
        self.ledgers = LedgerTexts(self)
        document = plain(policy.document)
        assert isinstance(document, dict)
        self.in_words = InWords(document, self.rules.indicators)
        self._template = _template(self._document())

    def json(self, card: Card) -> str:
        """The scorecard as canonical JSON."""
        return self._template.fill(View(card.values, card.detail, card.person.data.base, card, {}))

    def _document(self) -> dict[str, Any]:
        rules, recorded = self.rules, self.policy.recorded
        first, last = rules.in_force
        rounds = {
            item.name: canonical({"id": item.name, "label": item.label}) for item in rules.rounds.values()
        }
        return {
            "format": FORMAT,
            "engine": __version__,
            "policy": {
                "id": rules.id,
                "digest": self.policy.digest,
                "title": rules.title,
                "in_force": {"from": first, "to": last} if last else {"from": first},
                "readings": {name: reading.chosen for name, reading in rules.readings.items()},
            },
            "applicant": Hole(lambda view: canonical(view.card.person.id)),
            "date": Hole(lambda view: f'"{date_text(view.card.person.date)}"'),
            "round": Hole(lambda view: rounds.get(view.card.round, "null")),
            "anchors": [self._anchor(name, ref) for name, ref in recorded.anchors.items()],
            "eligibility": [self._condition(condition) for condition in recorded.eligibility],
            "indicators": [self._line(line) for line in recorded.lines],
            "scores": [
                {"id": name, "label": rules.scores[name].label, **self.points(ref)}
                for name, ref in recorded.scores.items()
            ],
            "outcome": self._outcome(),
            "provisional": [
                {"id": item.name, "label": item.label} for item in rules.facts.values() if item.declared
            ],
            "readings": self._readings(),
            "warnings": self._warnings(),
        }

    # values of the plan

    def value(self, ref: Ref) -> Callable[[View], Any]:
        """How the integer in a slot is found."""
        at = self.core.get(ref.slot)
        if at is not None:
            return lambda view: view.core[at]
        place = self.detail[ref.slot]
        return lambda view: view.detail[place]

    def slot(self, ref: Ref) -> str:
        """The integer in a slot, as an expression of the template."""
        at = self.core.get(ref.slot)
        return f"detail[{self.detail[ref.slot]}]" if at is None else f"core[{at}]"

    def constant(self, ref: Ref) -> int | None:
        """The integer in a slot that is the same for everybody; None for any other slot."""
        operation = self.policy.plan.operations[ref.slot]
        return operation.whole(0) if operation.kind == "const" else None

    def number(self, ref: Ref) -> Code | str:
        """An exact number as a text."""
        constant = self.constant(ref)
        if constant is not None:
            return exact(constant, ref.type.den)
        if ref.type.den == 1:
            return Code(f"f'\"{{{self.slot(ref)}}}\"'")
        return Code(f"f'\"{{exact({self.slot(ref)}, {ref.type.den})}}\"'")

    def points(self, ref: Ref) -> dict[str, Code | str]:
        """Points, exactly and as shown to people."""
        shown = Code(f"f'\"{{two_decimals({self.slot(ref)}, {ref.type.den})}}\"'")
        return {"points": self.number(ref), "shown": shown}

    def truth(self, ref: Ref) -> Code | bool:
        """True or false."""
        constant = self.constant(ref)
        return bool(constant) if constant is not None else Code(f"('true' if {self.slot(ref)} else 'false')")

    # parts

    def _anchor(self, name: str, ref: Ref) -> dict[str, Any]:
        value = self.value(ref)
        anchor = self.rules.anchors.get(name)
        by_round = {
            item.name: item.anchors[name].label for item in self.rules.rounds.values() if name in item.anchors
        }
        labels = {taken: canonical(label) for taken, label in by_round.items()}
        unnamed = canonical(name)
        label: Hole[View] = Hole(lambda view: labels.get(view.card.round, unnamed))
        return {
            "id": name,
            "label": label if anchor is None else anchor.label,
            "date": Hole(lambda view: f'"{date_text(value(view))}"'),
        }

    def _outcome(self) -> dict[str, Any]:
        outcome, recorded = self.rules.outcome, self.policy.recorded
        found: dict[str, Any] = {
            "score": self._score_name(),
            "eligible": self.truth(recorded.eligible),
            "qualifies": self.truth(recorded.qualifies),
        }
        if outcome.gates:
            found["gates"] = [self._condition(gate) for gate in recorded.gates]
        if outcome.recognised:
            found["recognised"] = list(outcome.recognised)
        if recorded.line is not None:
            line = recorded.line
            found["line"] = self.number(line)
            found["reached"] = "above" if outcome.above else "at"
            found["margin"] = self._margin(line)
        return found

    def _margin(self, line: Ref) -> Hole[View]:
        score = self.policy.recorded.deciding
        value, reached = self.value(score), self.value(line)
        times, by, den = line.type.den, score.type.den, line.type.den * score.type.den
        return Hole(lambda view: f'"{exact(value(view) * times - reached(view) * by, den)}"')

    def _score_name(self) -> str | Hole[View]:
        """The score that decides; where a fact chooses it, the one chosen."""
        name = self.rules.outcome.score
        if not name.startswith("chosen:"):
            return name
        fact = name.removeprefix("chosen:")
        at = self.policy.layout.facts.index(fact)
        options = list(self.rules.facts[fact].options)
        return Hole(lambda view: f'"{options[view.card.person.data.facts[at]]}"')

    def _readings(self) -> Hole[View]:
        """The readings under which the verdict would differ, each with the options that would change it."""
        if not self.with_readings:
            return Hole(lambda view: "[]")
        rules, verdict = self.rules, self.value(self.policy.recorded.qualifies)
        heads: dict[str, tuple[str, str]] = {}
        rows = []
        for other in self.policy.alternatives:
            reading = rules.readings[other.reading]
            if other.reading not in heads:
                head: dict[str, Any] = {
                    "id": other.reading,
                    "question": reading.question,
                    "chosen": reading.chosen,
                    "label": reading.options[reading.chosen],
                    "default": reading.chosen == reading.default,
                    "others": [],
                }
                before, _, after = canonical(head).partition('"others":[]')
                heads[other.reading] = (f'{before}"others":[', f"]{after}")
            option = canonical({"option": other.option, "label": reading.options[other.option]})[:-1]
            rows.append((other.at, other.den, other.reading, option))

        def write(view: View) -> str:
            detail, qualifies = view.detail, bool(verdict(view))
            otherwise = "false" if qualifies else "true"
            differing: dict[str, list[str]] = {}
            for at, den, reading, option in rows:
                if bool(detail[at + 1]) is not qualifies:
                    total = exact(detail[at], den)
                    said = f'{option},"qualifies":{otherwise},"total":"{total}"}}'
                    differing.setdefault(reading, []).append(said)
            found = []
            for reading, others in differing.items():
                before, after = heads[reading]
                found.append(f"{before}{','.join(others)}{after}")
            return f"[{','.join(found)}]"

        return Hole(write)

    def _warnings(self) -> Hole[View]:
        """The policy's time in force, then the checks that strike, each with what it read."""
        checks = []
        for condition in self.policy.recorded.checks:
            check = condition.requirement
            written = {
                "id": check.name,
                "label": check.label,
                "cite": cited(self.rules, check.cite),
                "rule": check.expression.text,
                "values": reads_holes(self, condition.reads),
            }
            checks.append((self.value(condition.met), _template(written)))

        def write(view: View) -> str:
            found = [canonical(one) for one in self._not_in_force(view)]
            found += [written.fill(view) for strikes, written in checks if strikes(view)]
            return f"[{','.join(found)}]"

        return Hole(write)

    def _not_in_force(self, view: View) -> Iterable[dict[str, Any]]:
        if not self.policy.is_in_force(view.card.person):
            first, last = self.rules.in_force
            day = date_text(self.policy.choosing_day(view.card.person))
            span = f"{first} – {last or '…'}"
            own = day == date_text(view.card.person.date)
            zh, en = (
                f"{'申请日' if own else day}不在本政策的有效期内（{span}）",
                f"{'the date' if own else day} lies outside the policy's time in force ({span})",
            )
            yield {"id": NOT_IN_FORCE, "label": {"zh": zh, "en": en}, "cite": []}

    def _condition(self, condition: Condition) -> dict[str, Any]:
        requirement = condition.requirement
        veto = isinstance(requirement, Requirement) and requirement.veto
        return {
            "id": requirement.name,
            "label": requirement.label,
            "kind": "veto" if veto else "require",
            "met": self.truth(condition.met),
            "rule": requirement.expression.text,
            "in_words": self.in_words.said(requirement.expression.text),
            "values": reads_holes(self, condition.reads),
            "cite": cited(self.rules, requirement.cite),
        }

    def _line(self, line: Line) -> dict[str, Any]:
        indicator, scored = line.indicator, line.scored
        found: dict[str, Any] = {
            "id": indicator.name,
            "path": indicator.path,
            "label": indicator.label,
            "kind": indicator.kind,
            **self.points(line.points),
            "cite": cited(self.rules, indicator.cite),
            "applies": self.truth(line.applies),
            "in_words": self.in_words.rule(indicator),
            "values": reads_holes(self, line.reads),
        }
        if line.declined is not None:
            found["declined"] = self.truth(line.declined)
        if line.children:
            found["combine"] = indicator.combine
            found["indicators"] = [self._line(child) for child in line.children]
        if scored.ledgers:
            found["ledgers"] = [self.ledgers.ledger(ledger, line) for ledger in scored.ledgers]
        elif scored.spells is not None:
            found["ledgers"] = self.ledgers.spells(scored.spells, line)
        if scored.records is not None:
            found["records"] = self.ledgers.records(scored.records)
        if _bounded(line):
            found["max"] = exact(line.points.type.high, line.points.type.den)
        if indicator.cap is not None:
            found["cap"] = self._cap(line, indicator.cap)
        return found

    def _cap(self, line: Line, cap: Fraction) -> Hole[View]:
        value, den = self.value(line.uncapped), line.uncapped.type.den

        def write(view: View) -> str:
            before = Fraction(int(value(view)), den)
            return canonical({"limit": str(cap), "before": str(before)}) if before > cap else "null"

        return Hole(write)


def _template(document: object) -> Template[View]:
    names = {"exact": exact, "two_decimals": two_decimals}
    return Template(document, ("core", "detail"), names)


def _bounded(line: Line) -> bool:
    """Whether a line has a most that the table itself states, not only the longest life."""
    if line.indicator.cap is not None or line.indicator.kind in ("points", "lookup", "bands"):
        return True
    return bool(line.children) and all(_bounded(child) for child in line.children)
