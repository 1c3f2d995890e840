"""The scheme as a tax and benefit system of OpenFisca.

Timelines are monthly variables, as OpenFisca has them: whether a month counts for each ledger is an input of that
month, and formulas sum the months up to the day of settlement, find those at the end, and score. What OpenFisca has no
form for arrives ready: the longest home of each rate, and what the records come to. Whoever applies in one round is one
simulation, for all of a simulation shares its periods; more and smaller ones take longer, as each has to be set up.

`System` is given these arrays, and making them from spells is not part of its time; `FromArrow` makes them.

`numbers` says how points are written: as whole twelfths, or as the floats (of 32 bits) that OpenFisca's amounts are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import version
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.answers import KINDS, LINE, NAMES, POINTS, TRUTHS, Answers
from benchmarks.peers.numpy_by_hand import numbers, ymd
from benchmarks.peers.openfisca_inputs import CHOICES, FACTS, HOME_RATES, MONTHLY, Group, inputs_of, period_of
from benchmarks.peers.peer import Absent

Array = NDArray[Any]
Numbers = Literal["twelfths", "floats"]


class System:
    """Many people in a few simulations."""

    def __init__(self, numbers: Numbers = "twelfths") -> None:
        self.numbers = numbers

    def load(self) -> None:
        try:
            import_module("openfisca_core.simulations")  # what the first simulation would import
        except ImportError as error:
            raise Absent("openfisca-core is not installed") from error
        self._system = _system(self.numbers)

    def prepare(self, table: pa.Table) -> Any:
        return list(groups(table))

    def score(self, prepared: Any) -> list[tuple[Array, dict[str, Array]]]:
        from openfisca_core.simulations import SimulationBuilder

        found = []
        for group in prepared:
            simulation = SimulationBuilder().build_default_simulation(self._system, count=len(group.rows))
            for name, values in group.inputs.items():
                for period, array in values.items():
                    simulation.set_input(name, period, array)
            answers = {name: simulation.calculate(_named(name), group.settled) for name in NAMES}
            found.append((group.rows, answers))
            del group, simulation
        return found

    def answers(self, scored: list[tuple[Array, dict[str, Array]]]) -> Answers:
        order = np.argsort(np.concatenate([rows for rows, _ in scored]))
        found = {name: np.concatenate([part[name] for _, part in scored])[order] for name in NAMES}
        if self.numbers == "floats":
            found |= {name: np.rint(found[name] * 12) for name in POINTS}
        return found

    def versions(self) -> dict[str, str]:
        return {"OpenFisca-Core": version("openfisca-core")}


class FromArrow(System):
    """The same from a table: one round after the other, so that the months of one are in memory at a time."""

    def prepare(self, table: pa.Table) -> pa.Table:
        return table

    def score(self, prepared: pa.Table) -> list[tuple[Array, dict[str, Array]]]:
        return super().score(groups(prepared))


def groups(table: pa.Table) -> Iterator[Group]:
    """Those of each round, where there are any."""
    batch = table.combine_chunks().to_batches()[0]
    _, month, _ = ymd(numbers(batch.column("date")))
    for second in (False, True):
        rows = np.flatnonzero((month > 6) == second)
        if len(rows):
            yield inputs_of(batch.take(pa.array(rows)), rows, second)


class OneByOne(System):
    """Each applicant as the document that OpenFisca's builder takes."""

    def prepare(self, table: pa.Table) -> list[Any]:
        found = []
        for group in super().prepare(table):
            for at, row in enumerate(group.rows.tolist()):
                person = {
                    name: {
                        period: _plain(name, array[at])
                        for period, array in values.items()
                        if name not in MONTHLY or array[at]
                    }
                    for name, values in group.inputs.items()
                }
                found.append((row, group.settled, {"persons": {"applicant": person}}))
        return found

    def score(self, prepared: list[Any]) -> list[tuple[Array, dict[str, Array]]]:
        from openfisca_core.simulations import SimulationBuilder

        found = []
        for row, settled, situation in prepared:
            simulation = SimulationBuilder().build_from_dict(self._system, situation)
            answers = {name: simulation.calculate(_named(name), settled) for name in NAMES}
            found.append((np.array([row]), answers))
        return found


def _plain(name: str, value: Any) -> Any:
    if name in CHOICES:
        return [*CHOICES[name], "none"][int(value)]
    return str(value) if isinstance(value, np.datetime64) else value.item()


def _named(name: str) -> str:
    """The variable of a column: a name as Python wants it."""
    return name.replace(".", "_").replace("/", "_").replace(":", "_")


def _system(written: Numbers) -> Any:
    """The system: its inputs, and a variable for each answer."""
    from openfisca_core.entities import build_entity
    from openfisca_core.indexed_enums import Enum
    from openfisca_core.periods import DateUnit, period
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person_entity = build_entity(key="person", plural="persons", label="applicant", is_person=True)
    system = TaxBenefitSystem([person_entity])
    exact = written == "twelfths"
    amount = int if exact else float

    def add(name: str, type_: Any, unit: Any, formula: Any = None, **more: Any) -> None:
        own = {"value_type": type_, "entity": person_entity, "definition_period": unit, "label": name, **more}
        if formula is not None:
            own["formula"] = formula
        system.add_variable(type(name, (Variable,), own))

    for name in MONTHLY:
        add(name, bool, DateUnit.MONTH)
    for name in (*FACTS, "unit_barred"):
        add(name, bool, DateUnit.ETERNITY)
    longest = (f"longest_home_{rate}" for rate in HOME_RATES)
    for name in (
        "begun",
        "endorsed_years",
        "best_prize",
        "recent_false_information",
        "recent_crime",
        *longest,
    ):
        add(name, int, DateUnit.ETERNITY)
    from datetime import date

    for name in ("application", "birth"):
        add(name, date, DateUnit.ETERNITY)
    options = {}
    for name, values in CHOICES.items():
        # The functional form of an enumeration: its members are those of the scheme's table.
        options[name] = Enum(name, [(option, option) for option in (*values, "none")])
        add(
            name,
            Enum,
            DateUnit.ETERNITY,
            possible_values=options[name],
            default_value=options[name]["none"],
        )

    def months(person: Any, name: str, first: int, last: int) -> Any:
        """How many of the months count."""
        return sum(
            person(name, period(period_of(month))).astype(np.int32) for month in range(first, last + 1)
        )

    def begun(person: Any) -> int:
        return int(person("begun", "eternity").min())

    def settled(at: Any) -> int:
        return int(at.start.year * 12 + at.start.month - 1)

    def share(rate: int, counted: Any) -> Any:
        return counted * rate if exact else counted / 12 * rate

    def whole(points: Any) -> Any:
        return points * 12 if exact else points

    def answer(name: str) -> Callable[[Any], None]:
        """Registers a formula as the variable of a column."""
        counted = name.startswith("months.")
        type_ = bool if name in TRUTHS else int if counted else amount

        def register(formula: Any) -> None:
            add(_named(name), type_, DateUnit.MONTH, formula)

        return register

    def total_of(name: str, *parts: str) -> None:
        answer(name)(lambda person, at: sum(person(_named(part), at) for part in parts))

    insurance, living = "basic/social_insurance", "basic/living"
    for kind in KINDS:
        low, high = (10, 12) if kind == "pension" else (3, 4)

        def counted(person: Any, at: Any, *, kind: str = kind) -> Any:
            return months(person, f"insured_{kind}", begun(person), settled(at))

        def worth(person: Any, at: Any, *, kind: str = kind, low: int = low, high: int = high) -> Any:
            own = person(_named(f"months.{insurance}:{kind}"), at)
            points = share(low, np.minimum(own, 36)) + share(high, np.maximum(own - 36, 0))
            return np.where(own < 12, 0, points)

        answer(f"months.{insurance}:{kind}")(counted)
        answer(f"points.{insurance}:{kind}")(worth)
    total_of(f"points.{insurance}", *(f"points.{insurance}:{kind}" for kind in KINDS))

    @answer(f"months.{living}/home/rented_home")
    def _(person: Any, at: Any) -> Any:
        found = np.zeros(person.count, np.int32)
        for month in range(begun(person), settled(at) + 1):
            one = period(period_of(month))
            found += person("lease", one) & ~person("home", one)
        return found

    @answer(f"points.{living}/home/rented_home")
    def _(person: Any, at: Any) -> Any:
        return share(6, person(_named(f"months.{living}/home/rented_home"), at))

    @answer(f"points.{living}/home/own_home")
    def _(person: Any, at: Any) -> Any:
        homes = [share(rate, person(f"longest_home_{rate}", "eternity")) for rate in HOME_RATES]
        return np.max(homes, axis=0)

    @answer(f"points.{living}/permit_endorsements")
    def _(person: Any, at: Any) -> Any:
        return whole(6 * person("endorsed_years", "eternity"))

    total_of(f"points.{living}/home", f"points.{living}/home/rented_home", f"points.{living}/home/own_home")
    total_of(f"points.{living}", f"points.{living}/home", f"points.{living}/permit_endorsements")

    @answer("months.basic/housing_fund")
    def _(person: Any, at: Any) -> Any:
        return months(person, "fund", begun(person), settled(at))

    @answer("points.basic/housing_fund")
    def _(person: Any, at: Any) -> Any:
        own = person(_named("months.basic/housing_fund"), at)
        return share(3, np.minimum(own, 60)) + share(4, np.maximum(own - 60, 0))

    @answer("points.basic/age")
    def _(person: Any, at: Any) -> Any:
        on, born = (
            ymd(person(name, "eternity").astype("M8[D]").astype(np.int64))
            for name in ("application", "birth")
        )
        late = on[1] * 100 + on[2] <= born[1] * 100 + born[2]
        age = on[0] - born[0] - late
        return whole(np.select([age <= 35, age <= 45], [10, 5], 0))

    def looked_up(person: Any, name: str) -> Any:
        own = person(name, "eternity")
        return whole(
            np.select(
                [own == options[name][option] for option in CHOICES[name]], list(CHOICES[name].values()), 0
            )
        )

    @answer("points.basic/education")
    def _(person: Any, at: Any) -> Any:
        return looked_up(person, "education")

    add(
        "well_paid",
        bool,
        DateUnit.MONTH,
        lambda person, at: months(person, "above_wage", settled(at) - 11, settled(at)) == 12,
    )
    for name in ("title", "skill"):

        def qualified(person: Any, at: Any, *, name: str = name) -> Any:
            points = looked_up(person, name)
            counts = (points < whole(np.int32(20))) | person("well_paid", at)
            return np.where(person("certificate_matches_post", "eternity") & counts, points, 0)

        answer(f"points.basic/qualification/{name}")(qualified)

    @answer("points.basic/qualification")
    def _(person: Any, at: Any) -> Any:
        return np.maximum(
            *(person(_named(f"points.basic/qualification/{name}"), at) for name in ("title", "skill"))
        )

    basic = ("social_insurance", "living", "housing_fund", "age", "education", "qualification")
    total_of("points.basic", *(f"points.basic/{name}" for name in basic))

    @answer("points.guide/occupation")
    def _(person: Any, at: Any) -> Any:
        return np.where(person("occupation_matches_unit", "eternity"), looked_up(person, "occupation"), 0)

    total_of("points.guide", "points.guide/occupation")

    @answer("points.additional/marriage")
    def _(person: Any, at: Any) -> Any:
        both = person("married", "eternity") & person("spouse_employed_in_city", "eternity")
        return whole(20 * (both & (months(person, "spouse", begun(person), settled(at)) >= 24)))

    @answer("points.additional/awards")
    def _(person: Any, at: Any) -> Any:
        return whole(person("best_prize", "eternity"))

    total_of("points.additional", "points.additional/marriage", "points.additional/awards")

    @answer("points.negative/offences")
    def _(person: Any, at: Any) -> Any:
        lies, crimes = (person(f"recent_{name}", "eternity") for name in ("false_information", "crime"))
        return whole(-30 * lies - 100 * crimes)

    total_of("points.negative", "points.negative/offences")
    total_of("total", *(f"points.{name}" for name in ("basic", "guide", "additional", "negative")))

    @answer("met.permit")
    def _(person: Any, at: Any) -> Any:
        return person("holds_permit", "eternity")

    @answer("met.below_retirement_age")
    def _(person: Any, at: Any) -> Any:
        return person("below_retirement_age", "eternity")

    @answer("met.insured_long_enough")
    def _(person: Any, at: Any) -> Any:
        last = settled(at)
        applied = ymd(person("application", "eternity").astype("M8[D]").astype(np.int64))
        month = applied[0] * 12 + applied[1] - 1
        paying = np.zeros(person.count, np.bool_)
        for one in range(last + 1, last + 5):
            paying |= (month == one) & person("insured_pension", period(period_of(one)))
        year = months(person, "insured_pension", last - 11, last) == 12
        return (year & paying) | (months(person, "insured_pension", 2014 * 12, last) >= 36)

    @answer("met.not_insured_elsewhere")
    def _(person: Any, at: Any) -> Any:
        twice = np.zeros(person.count, np.bool_)
        for month in range(begun(person), settled(at) + 5):
            one = period(period_of(month))
            twice |= person("paid", one) & person("elsewhere", one)
        return ~twice

    @answer("met.unit_not_barred")
    def _(person: Any, at: Any) -> Any:
        return ~person("unit_barred", "eternity")

    @answer("eligible")
    def _(person: Any, at: Any) -> Any:
        met = [person(_named(name), at) for name in NAMES if name.startswith("met.")]
        return np.all(met, axis=0)

    @answer("qualifies")
    def _(person: Any, at: Any) -> Any:
        return person("eligible", at) & (person("total", at) >= (LINE if exact else LINE // 12))

    return system
