"""What is assumed to happen: changes of an applicant's data, each from a date on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from jifen.applicant.values import Wrong, day
from jifen.document.keywords import Schema
from jifen.errors import ApplicantError, Problem
from jifen.forecasting import messages
from jifen.forecasting.days import of_integer
from jifen.policy.terms import Text
from jifen.resources import schema_text

SECTIONS = ("facts", "timelines", "records")
_MONTH = re.compile(r"\d{4}-\d{2}")


class Assumption(NamedTuple):
    """One change: the day from which it holds, its label (or ""), what it says, and its position in the file."""

    date: date
    label: Text
    says: Mapping[str, Any]
    position: int


def read_assumptions(given: Mapping[str, Any]) -> tuple[Assumption, ...]:
    """Assumptions by date. Raises ApplicantError where their shape is wrong, or with every date that is none."""
    _check_shape(given)
    problems, found = [], []
    for position, one in enumerate(given["assume"]):
        try:
            found.append(Assumption(of_integer(day(one["date"])), one.get("label", ""), one, position))
        except Wrong as wrong:
            problems.append(Problem(f"assume[{position}].date", wrong.message, wrong.args_))
    if problems:
        raise ApplicantError(problems)
    return tuple(sorted(found, key=lambda one: one.date))


def _check_shape(given: Mapping[str, Any]) -> None:
    for breach in Schema(schema_text("assumptions")).breaches(dict(given)):
        path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in breach.path)
        form = breach.schema.get("x-form")
        said = form if isinstance(form, dict) else {"en": breach.keyword, "zh": breach.keyword}
        args = {"reason": str(said["en"]), "reason_zh": str(said["zh"])}
        raise ApplicantError([Problem(path.removeprefix("."), messages.MISSHAPEN, args)])


@dataclass(frozen=True)
class Future:
    """An applicant's data as it will be: what is stated goes on, and assumptions hold from their dates on.

    `choosing` is the fact that chooses among the versions, "" for the day of application; it goes with that day.
    """

    data: Mapping[str, Any]
    assumptions: tuple[Assumption, ...]
    choosing: str = ""

    def on(self, when: date, but: int | None = None) -> dict[str, Any]:
        """The data of an application on a day; without the assumption `but`, by date, and those after it."""
        found: dict[str, Any] = {**self.data, "date": when.isoformat()}
        for number, one in enumerate(self.assumptions):
            if one.date > when or number == but:
                break
            found = _changed(found, one, one.position)
        facts = found.get("facts")
        if self.choosing and isinstance(facts, Mapping) and facts.get(self.choosing) is not None:
            found["facts"] = {**facts, self.choosing: when.isoformat()}
        return found

    def problems(self, error: ApplicantError, when: date) -> ApplicantError:
        """An error about the data of a day, told at the assumption that first brings it about."""
        from_file = {problem.path for problem in error.problems}
        for one in self.assumptions:
            if one.date <= when:
                touched = tuple(_touched(one.says))
                own = {path for path in from_file if path.startswith(touched)} if touched else set()
                if own:
                    at = f"assume[{one.position}]."
                    return ApplicantError(
                        problem._replace(path=at + problem.path) if problem.path in own else problem
                        for problem in error.problems
                    )
        return error


def _touched(says: Mapping[str, Any], before: str = "") -> list[str]:
    paths = [f"{before}{section}.{name}" for section in SECTIONS for name in says.get(section, ())]
    for person, parts in says.get("people", {}).items():
        paths += _touched(parts, f"{before}people.{person}.")
    return paths


def _changed(data: Mapping[str, Any], one: Assumption, position: int) -> dict[str, Any]:
    found = _with_sections(data, one.says, f"assume[{position}]")
    people = one.says.get("people")
    if people:
        every = deepcopy(dict(found.get("people") or {}))
        for person, parts in people.items():
            path = f"assume[{position}].people.{person}"
            every[person] = _with_sections(every.get(person) or {}, parts, path)
        found["people"] = every
    return found


def _with_sections(data: Mapping[str, Any], says: Mapping[str, Any], path: str) -> dict[str, Any]:
    found = dict(data)
    if "facts" in says:
        facts = dict(found.get("facts") or {})
        for name, value in says["facts"].items():
            if value is None:
                facts.pop(name, None)
            else:
                facts[name] = value
        found["facts"] = facts
    for section, change in (("timelines", _spells), ("records", _records)):
        if section in says:
            lists = dict(found.get(section) or {})
            for name, said in says[section].items():
                lists[name] = change(lists.get(name) or [], said, f"{path}.{section}.{name}", name)
            found[section] = lists
    return found


def _records(rows: Sequence[Any], said: Sequence[Any], _path: str, _name: str) -> list[Any]:
    return [*rows, *said]


def _spells(rows: Sequence[Any], said: Mapping[str, Any], path: str, name: str) -> list[Any]:
    """Spells that run on end with a month or a day, those chosen by `only`; then others begin."""
    found = list(rows)
    if "end" in said:
        end, only = str(said["end"]), said.get("only", {})
        ended = False
        for position, row in enumerate(found):
            if isinstance(row, Mapping) and _runs_beyond(row, end) and _is(row, only):
                found[position] = {**row, "to": end}
                ended = True
        if not ended:
            raise ApplicantError(
                [Problem(f"{path}.end", messages.NO_OPEN_SPELL, {"label": name, "day": end})]
            )
    return [*found, *said.get("begin", ())]


def _runs_beyond(row: Mapping[str, Any], end: str) -> bool:
    """Whether a spell has begun by a month or day, and goes on after it."""
    first, last = str(row.get("from")), row.get("to")
    month = end[:7]
    return first[:7] <= month and (
        last is None or str(last)[:7] > month or (len(end) > 7 and str(last) > end)
    )


def _is(row: Mapping[str, Any], only: Mapping[str, Any]) -> bool:
    for name, wanted in only.items():
        value = row.get(name)
        if value != wanted and not (isinstance(value, list) and wanted in value):
            return False
    return True


def last_day(text: object) -> date:
    """A day, or the last day of a month such as 2030-12. Raises Wrong."""
    if isinstance(text, date):
        return text
    written = str(text)
    if _MONTH.fullmatch(written):
        from jifen.forecasting.days import month_end

        return month_end(of_integer(day(f"{written}-01")))
    return of_integer(day(written))
