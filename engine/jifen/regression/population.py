"""Invented applicants: the same seed gives the same people, and any slice of them can be made by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random
from typing import Any

from jifen.policy.model import Input, RecordList, Rules, Timeline
from jifen.regression import draws
from jifen.regression.draws import Draw, Value, month_number, month_text
from jifen.regression.population_file import Declared, block, blocks, count, draw, integer

Applicant = dict[str, Any]
"""A document of an applicant, with the inputs of other people as `person.input` beside the applicant's own."""

_YEARS_BACK = 60
_MOST = 20_000


class Population:
    """Draws applicants for one or more policies, from what is declared and else from their inputs."""

    def __init__(self, rules: Sequence[Rules], declared: Sequence[Declared | None], seed: int) -> None:
        self.seed = seed
        self.declared = [one for one in declared if one is not None]
        self.by_default: list[str] = []
        """The inputs whose distribution nobody declares, and which are drawn evenly."""
        first = rules[0]
        start, end = first.in_force
        window = next((one.date for one in self.declared if one.date), None)
        self._start = (window or {"from": start})["from"]
        self._date = draws.day(
            self._start, (window or {"to": end or f"{int(start[:4]) + 1}{start[4:]}"})["to"]
        )
        self._facts = [
            (name, *self._of_input("facts", name, alike)) for name, alike in _together(rules, "facts").items()
        ]
        self._timelines = [
            (name, self._spells(name, alike)) for name, alike in _together(rules, "timelines").items()
        ]
        self._records = [
            (name, self._listed(name, alike)) for name, alike in _together(rules, "records").items()
        ]

    def applicants(self, first: int, number: int) -> Iterator[Applicant]:
        """The applicants from number `first` on."""
        for index in range(first, first + number):
            yield self.applicant(index)

    def applicant(self, index: int) -> Applicant:
        """One applicant, who depends on the seed and the index alone."""
        rng = Random((self.seed << 32) + index)
        date = str(self._date(rng))
        facts: dict[str, Value] = {}
        for name, only_if, absent, value in self._facts:
            here = rng.randrange(100) >= absent
            drawn = value(rng) if value is not None else None
            if here and drawn is not None and _holds(only_if, facts):
                facts[name] = drawn
        now = month_number(date)
        return {
            "applicant": f"synthetic-{index}",
            "date": date,
            "facts": facts,
            "timelines": {name: make(rng, now, facts) for name, make in self._timelines},
            "records": {name: make(rng, now, facts) for name, make in self._records},
        }

    def _said(self, section: str, name: str) -> Mapping[str, Any] | None:
        """What the files say of an input: of what several of them say, the first; facts are not mixed."""
        found: dict[str, Any] | None = None
        for one in self.declared:
            named: Mapping[str, Mapping[str, Any]] = getattr(one, section)
            if name in named and found is None:
                found = dict(named[name])
            elif name in named and found is not None and section != "facts":
                attributes = {**block(named[name].get("attributes")), **block(found.get("attributes"))}
                found = {**named[name], **found, "attributes": attributes}
        return found

    def _of_input(
        self, section: str, name: str, alike: Sequence[Input]
    ) -> tuple[Mapping[str, Any], int, Draw | None]:
        """The condition, the percentage that has none, and the draw; no draw where it is left to its default."""
        said = self._said(section, name)
        return self._drawn(name, said, alike)

    def _drawn(
        self, name: str, said: Mapping[str, Any] | None, alike: Sequence[Input]
    ) -> tuple[Mapping[str, Any], int, Draw | None]:
        if said is not None:
            return block(said.get("only_if")), integer(said.get("absent"), 0), draw(said, alike[0])
        optional = all(item.default is not None or not item.required for item in alike)
        if optional and self.declared:
            return {}, 0, None
        self.by_default.append(name)
        return {}, 0, _even(alike, self._start)

    def _spells(
        self, name: str, alike: Sequence[Timeline]
    ) -> Callable[[Random, int, Mapping[str, Value]], list[Applicant]]:
        said = self._said("timelines", name)
        if said is None and self.declared and all(one.optional for one in alike):
            return lambda rng, now, facts: []
        if said is None:
            self.by_default.append(name)
        told = block(dict(said or {}))
        only_if = block(told.get("only_if"))
        number = count(told.get("spells"), (0, 3))
        year = int(self._start[:4])
        start = block(told.get("start")) or {"from": f"{year - 15}-01", "to": f"{year - 1}-12"}
        begins = draws.whole(month_number(str(start["from"])), month_number(str(start["to"])))
        length = count(told.get("length"), (1, 60))
        gap, overlap = block(told.get("gap")), block(told.get("overlap"))
        gaps = draws.chance(integer(gap.get("percent"), 30)), count(gap.get("months"), (1, 12))
        overlaps = draws.chance(integer(overlap.get("percent"), 0)), count(overlap.get("months"), (1, 3))
        runs = draws.chance(integer(told.get("open"), 50))
        attributes = self._attributes(name, blocks(told.get("attributes")), [one.attributes for one in alike])
        most = min(one.at_most for one in alike)

        def make(rng: Random, now: int, facts: Mapping[str, Value]) -> list[Applicant]:
            found: list[Applicant] = []
            wanted, at, values = min(number(rng), most), begins(rng), dict[str, Value]()
            for left in range(wanted - 1, -1, -1):
                last = at + length(rng) - 1
                values = attributes(rng, values)
                spell: Applicant = {"from": month_text(at), **values}
                still = runs(rng)
                if at > now:
                    break
                if not (left == 0 and still):
                    spell["to"] = month_text(max(at, min(last, now)))
                found.append(spell)
                pause, cut = (drawn(rng) if happens(rng) else 0 for happens, drawn in (gaps, overlaps))
                at = max(last + 1 + (pause or -cut), at + 1)
            return found if _holds(only_if, facts) else []

        return make

    def _listed(
        self, name: str, alike: Sequence[RecordList]
    ) -> Callable[[Random, int, Mapping[str, Value]], list[Applicant]]:
        said = self._said("records", name)
        if said is None and self.declared and all(one.optional for one in alike):
            return lambda rng, now, facts: []
        if said is None:
            self.by_default.append(name)
        told = block(dict(said or {}))
        only_if = block(told.get("only_if"))
        number = count(told.get("number"), (0, 2))
        year = int(self._start[:4])
        window = block(told.get("date")) or {"from": f"{year - 10}-01-01", "to": f"{year - 1}-12-31"}
        dates = draws.day(str(window["from"]), str(window["to"]))
        attributes = self._attributes(name, blocks(told.get("attributes")), [one.attributes for one in alike])
        most = min(one.at_most for one in alike)

        def make(rng: Random, now: int, facts: Mapping[str, Value]) -> list[Applicant]:
            found = [{"date": dates(rng), **attributes(rng, {})} for _ in range(min(number(rng), most))]
            return found if _holds(only_if, facts) else []

        return make

    def _attributes(
        self, outer: str, said: Mapping[str, Mapping[str, Any]], alike: Sequence[Mapping[str, Input]]
    ) -> Callable[[Random, Mapping[str, Value]], dict[str, Value]]:
        """The attributes of a row; those of the row before stay unless the person moves."""
        names = dict.fromkeys(name for one in alike for name in one)
        drawn = []
        for name in names:
            told = said.get(name)
            declared = [one[name] for one in alike if name in one]
            only_if, absent, value = self._drawn(f"{outer}.{name}", told, declared)
            if value is not None:
                moves = integer((told or {}).get("moves"), 100)
                drawn.append((name, only_if, absent, moves, value))

        def make(rng: Random, before: Mapping[str, Value]) -> dict[str, Value]:
            row: dict[str, Value] = {}
            for name, only_if, absent, moves, value in drawn:
                here, new, moved = rng.randrange(100) >= absent, value(rng), rng.randrange(100) < moves
                if name in before and not moved:
                    row[name] = before[name]
                elif here and _holds(only_if, row):
                    row[name] = new
            return row

        return make


def _together(rules: Sequence[Rules], section: str) -> dict[str, list[Any]]:
    """Each input of a section with its declarations in the policies that have it."""
    found: dict[str, list[Any]] = {}
    for one in rules:
        for name, item in getattr(one, section).items():
            found.setdefault(name, []).append(item)
    return found


def _holds(only_if: Mapping[str, Any], facts: Mapping[str, Value]) -> bool:
    return all(
        facts.get(name) in wanted if isinstance(wanted, list) else facts.get(name) == wanted
        for name, wanted in only_if.items()
    )


def _even(alike: Sequence[Input], start: str) -> Draw:
    """Every value as often as any other, among those that all declarations know."""
    item = alike[0]
    if item.type == "choice":
        options = [name for name in item.options if all(name in other.options for other in alike)]
        options = options or list(item.options)
        if item.many:
            return draws.several(dict.fromkeys(options, 50))
        return draws.weighted(options, [1] * len(options))
    if item.type == "boolean":
        return draws.weighted([True, False], [1, 1])
    lows = [other.low for other in alike if other.low is not None]
    highs = [other.high for other in alike if other.high is not None]
    if item.type == "date":
        earliest = f"{int(start[:4]) - _YEARS_BACK}{start[4:]}".replace("-02-29", "-02-28")
        low, high = _day(int(max(lows)), earliest) if lows else earliest, start
        return draws.day(low, max(low, min(high, _day(int(min(highs)), high)) if highs else high))
    low_end = -int(-max(lows) // 1) if lows else 0
    high_end = int(min(highs) // 1) if highs else low_end + (_MOST if item.type == "money" else 100)
    return draws.number_text(low_end, max(low_end, min(high_end, low_end + _MOST)), 1)


def _day(number: int, otherwise: str) -> str:
    return f"{number // 10000}-{number // 100 % 100:02}-{number % 100:02}" if number else otherwise
