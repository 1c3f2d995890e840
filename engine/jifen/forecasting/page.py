"""A forecast as the parts of a page in one language, before they are text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from jifen.forecasting.phrases import (
    assumption_label,
    changes_text,
    event_date,
    event_text,
    points,
    together,
)
from jifen.forecasting.result import Forecast, PartChange, Standing
from jifen.forecasting.wording import word
from jifen.scorecard.numbers import shown
from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import joined, pick, title


@dataclass
class Row:
    """One opening: its name, its days, the points on its first day, and what is to be told of it.

    `meets` is None where it was not scored. `told` are lines about the opening itself, `events` pairs of date and
    sentence.
    """

    name: str
    days: str
    begins: str
    note: str
    total: Fraction | None
    line: Fraction | None
    meets: bool | None
    is_first: bool
    told: list[str] = field(default_factory=list)
    events: list[tuple[str, str]] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """The points to two decimals."""
        return "" if self.total is None else shown(self.total)


@dataclass
class Page:
    """A whole forecast."""

    title: str
    policy: str
    about: list[tuple[str, str]]
    verdict: str
    meets: bool
    by_months: bool
    rows: list[Row]
    notes: list[str]
    digests: list[str]


def page_of(forecast: Forecast, lang: Lang) -> Page:
    """The parts of a forecast in one language."""
    return _Writer(forecast, lang).page()


class _Writer:
    def __init__(self, forecast: Forecast, lang: Lang) -> None:
        self.forecast, self.lang = forecast, lang
        self.by_months = all(not one.round for one in forecast.standings)

    def word(self, key: str, **values: object) -> str:
        return word(key, self.lang, **values)

    def page(self) -> Page:
        forecast = self.forecast
        notes = [self.word("presumed")]
        if any(one.moved for one in forecast.standings):
            notes.append(self.word("moved_note"))
        rows = list(self._rows())
        if self.by_months and len(rows) < len(forecast.standings):
            notes.append(self.word("months_left_out"))
        return Page(
            title=self.word("title"),
            policy=pick(forecast.rules[0].title, self.lang),
            about=list(self._about()),
            verdict=self._verdict(),
            meets=forecast.first is not None,
            by_months=self.by_months,
            rows=rows,
            notes=notes,
            digests=[f"{one.id} {one.digest}" for one in forecast.rules],
        )

    def _about(self) -> Iterator[tuple[str, str]]:
        forecast = self.forecast
        yield self.word("applicant"), forecast.applicant
        first, last = forecast.since.isoformat(), forecast.until.isoformat()
        yield self.word("span"), self.word("days", first=first, last=last)
        used = []
        for one in forecast.rules:
            key = "rules_beyond" if one.beyond else "rules_used"
            texts = {"first": one.first.isoformat(), "last": one.last.isoformat(), "end": one.end}
            used.append(self.word(key, id=one.id, **texts))
        yield self.word("rules"), joined(used, "semicolon", self.lang)
        if forecast.uncovered:
            gaps = []
            for stretch in forecast.uncovered:
                why = pick(stretch.why, self.lang)
                key = "uncovered_why" if why else "uncovered_bare"
                gaps.append(self.word(key, first=stretch.first, last=stretch.last, why=why))
            yield self.word("uncovered"), joined(gaps, "semicolon", self.lang)
        if forecast.assumptions:
            told = []
            for position, assumption in enumerate(forecast.assumptions):
                label = assumption_label(forecast, position, self.lang)
                bare = not pick(assumption.label, self.lang)
                date = assumption.date.isoformat()
                told.append(label if bare else self.word("assumed_one", date=date, label=label))
            yield self.word("assumed"), joined(told, "semicolon", self.lang)

    def _verdict(self) -> str:
        forecast, first = self.forecast, self.forecast.first
        if first is None or forecast.first_day is None:
            return self.word("meets_none", until=forecast.until.isoformat())
        total = next(step.total for step in first.steps if step.qualifies)
        name = self._name(first)
        told = self.word("meets_in", title=name, date=forecast.first_day.isoformat(), total=points(total))
        if first.beyond:
            told += self.word("comma") + self.word("under_present")
        return self.word("meets") + self.word("colon") + told

    def _name(self, one: Standing) -> str:
        if not one.round:
            return one.first.isoformat()[:7]
        label = pick(one.label, self.lang) or one.round
        return title(self.word("moved", label=label) if one.moved else label, "", self.lang)

    def _rows(self) -> Iterator[Row]:
        forecast = self.forecast
        pending: tuple[PartChange, ...] = ()
        last = len(forecast.standings) - 1
        for position, one in enumerate(forecast.standings):
            pending = together(pending, one.changes)
            events = forecast.events_of(position)
            is_first = position == forecast.first_position
            ends = position in (0, last) or is_first or one.first.month == 1
            if self.by_months and not (events or ends or one.problems):
                continue
            yield self._row(one, position, pending, is_first)
            pending = ()

    def _row(self, one: Standing, position: int, changes: tuple[PartChange, ...], is_first: bool) -> Row:
        forecast, lang = self.forecast, self.lang
        row = Row(
            name=self._name(one),
            days=self.word("days", first=one.first.isoformat(), last=one.last.isoformat()),
            begins=one.first.isoformat(),
            note=self.word("under_present") if one.beyond else "",
            total=one.total if one.steps else None,
            line=one.line,
            meets=(one.meets is not None) if one.steps else None,
            is_first=is_first,
        )
        if changes:
            row.told.append(self.word("since_before", changes=changes_text(changes, lang)))
        elif position and one.steps:
            row.told.append(self.word("no_change"))
        if one.unmet:
            labels = joined((pick(label, lang) or name for name, label in one.unmet), "list", lang)
            row.told.append(self.word("unmet", labels=labels))
        for step in one.steps[1:]:
            verdict = self.word("yes" if step.qualifies else "no")
            texts = {"date": step.on.isoformat(), "total": points(step.total), "verdict": verdict}
            row.told.append(self.word("step", **texts))
        if one.problems:
            problems = joined((problem.text(lang) for problem in one.problems), "semicolon", lang)
            row.told.append(self.word("problems", problems=problems))
        row.events = [
            (event_date(event, lang), event_text(event, forecast, lang))
            for event in forecast.events_of(position)
            if event.kind != "check" or event.after == "true"  # a warning that is gone needs no line
        ]
        return row
