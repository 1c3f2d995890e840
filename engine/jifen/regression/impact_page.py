"""The report on an impact as parts of a page, before they are text, Markdown or HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple

from jifen.page.wording import joined
from jifen.policy.model import Rules
from jifen.regression.diff_report import Comparison
from jifen.regression.impact import SHOWN, Impact, Share
from jifen.regression.impact_bins import bars
from jifen.regression.impact_phrases import word
from jifen.regression.impact_profiles import Card, ProfileTeller, percent, signed
from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import pick

_RULES_SHOWN = 40


class People(NamedTuple):
    """Where the people come from. `seed` is None for those of a file; `even` names what no distribution declares."""

    source: str
    seed: int | None
    declared: Sequence[tuple[str, object]]
    even: Sequence[str]


@dataclass
class Table:
    """Heads and rows; columns from `numbers` on are numbers."""

    heads: list[str]
    rows: list[list[str]]
    numbers: int = 1


@dataclass
class Chart:
    """Horizontal bars: a label, a length, what is written behind it, and its colour."""

    name: str
    rows: list[tuple[str, Fraction, str, Literal["up", "down", "none"]]]


@dataclass
class Section:
    title: str
    paragraphs: list[str] = field(default_factory=list)
    chart: Chart | None = None
    tables: list[Table] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    bullets: list[str] = field(default_factory=list)


@dataclass
class Page:
    title: str
    subtitle: str
    intro: list[str]
    sections: list[Section]


def page_of(impact: Impact, people: People, comparison: Comparison, lang: Lang) -> Page:
    """The whole report."""
    return _Writer(impact, people, comparison, lang).page()


class _Writer:
    def __init__(self, impact: Impact, people: People, comparison: Comparison, lang: Lang) -> None:
        self.impact, self.people, self.comparison, self.lang = impact, people, comparison, lang

    def word(self, key: str, **values: object) -> str:
        return word(key, self.lang, **values)

    def page(self) -> Page:
        impact = self.impact
        subtitle = self.word(
            "versions", before=self._name(impact.before.rules), after=self._name(impact.after.rules)
        )
        sections = [self._summary()]
        if impact.size > impact.compared:
            sections.append(self._refused())
        if impact.compared:
            sections += [self._differences(), self._parts()]
            if any(one.now_met or one.now_unmet for one in impact.requirements):
                sections.append(self._requirements())
            if impact.profiles:
                sections.append(self._profiles())
        sections += [self._changes(), self._method()]
        return Page(self.word("title"), subtitle, self._population(), sections)

    def _name(self, rules: Rules) -> str:
        title = pick(rules.title, self.lang)
        return f"{title} ({rules.id})" if title and self.lang == "en" else f"{title}（{rules.id}）"

    def _population(self) -> list[str]:
        people = self.people
        if people.seed is None:
            return [self.word("of_file", count=self.impact.size, path=people.source)]
        found = [self.word("synthetic", count=self.impact.size, seed=people.seed)]
        if not people.declared:
            return [*found, self.word("all_even")]
        for path, note in people.declared:
            said = pick(note, self.lang) if isinstance(note, str | dict) else ""
            found.append(self.word("declared", paths=path, note=said or self.word("no_note")))
        if people.even:
            found.append(self.word("some_even", names=joined(list(people.even), "list", self.lang)))
        return found

    def _summary(self) -> Section:
        impact = self.impact
        section = Section(self.word("summary"))
        if not impact.compared:
            section.paragraphs.append(self.word("nobody"))
            return section
        names = ("gain", "lose", "same", "qualified_before", "qualified_after", "came_over", "fell_below")
        rows = [self._row(name, impact.share(getattr(impact, name))) for name in names]
        rows.insert(0, [self.word("compared"), str(impact.compared), "", *([""] if impact.sample else [])])
        heads = [self.word(name) for name in ("group", "number", "share")]
        section.tables.append(Table([*heads, *([self.word("interval")] if impact.sample else [])], rows))
        return section

    def _row(self, name: str, share: Share) -> list[str]:
        part = Fraction(share.number, share.of) if share.of else Fraction(0)
        cells = [self.word(name), str(share.number), percent(part)]
        if self.impact.sample:
            ends = (share.low or Fraction(0), share.high or Fraction(0))
            cells.append(f"{percent(ends[0]).removesuffix(' %')}–{percent(ends[1])}")
        return cells

    def _refused(self) -> Section:
        impact = self.impact
        names = ("refused_before", "refused_after", "refused_both")
        rows = [self._row(name, impact.share(getattr(impact, name), impact.size)) for name in names]
        heads = [self.word(name) for name in ("group", "number", "share")]
        section = Section(self.word("refused"))
        section.tables.append(Table([*heads, *([self.word("interval")] if impact.sample else [])], rows))
        for side, key in (("before", "old"), ("after", "new")):
            for path, count in impact.refusals[side].most_common(5):
                section.bullets.append(self.word("reason", side=self.word(key), path=path, count=count))
        return section

    def _differences(self) -> Section:
        impact = self.impact
        section = Section(self.word("differences"))
        figures = (
            ("mean", impact.mean),
            ("median", impact.quantile(1, 2)),
            ("five", impact.quantile(5, 100)),
            ("ninety_five", impact.quantile(95, 100)),
            ("least", min(impact.differences)),
            ("most", max(impact.differences)),
        )
        told = [f"{self.word(name)} {signed(number)}" for name, number in figures]
        section.paragraphs.append(joined(told, "comma", self.lang))
        rows: list[tuple[str, Fraction, str, Literal["up", "down", "none"]]] = []
        for bar in bars(impact.differences):
            label = self.word("bin", low=signed(bar.low), high=signed(bar.high))
            colour: Literal["up", "down", "none"] = (
                "up" if bar.high > 0 else "down" if bar.low < 0 else "none"
            )
            if colour == "none":
                label = self.word("no_change")
            rows.append((label, Fraction(bar.number), str(bar.number), colour))
        section.chart = Chart(self.word("differences"), rows)
        return section

    def _parts(self) -> Section:
        impact = self.impact
        section = Section(self.word("parts"))
        parts = [part for part in (*impact.parts, impact.rest) if part.up or part.down]
        if not parts:
            section.paragraphs.append(self.word("no_parts"))
            return section
        parts.sort(key=lambda part: -abs(part.total))
        heads = [self.word(name) for name in ("indicator", "up", "down", "mean_change", "helped", "hurt")]
        rows, drawn = [], []
        for part in parts:
            mean, label = part.total / impact.compared, pick(part.label, self.lang)
            rows.append([label, str(part.up), str(part.down), signed(mean), str(part.helped), str(part.hurt)])
            colour: Literal["up", "down"] = "up" if mean > 0 else "down"
            drawn.append((label, abs(mean), signed(mean), colour))
        section.tables.append(Table(heads, rows))
        section.chart = Chart(self.word("mean_change"), list(drawn))
        return section

    def _requirements(self) -> Section:
        heads = [self.word(name) for name in ("requirement", "now_unmet", "now_met")]
        rows = [
            [pick(one.label, self.lang) or one.name, str(one.now_unmet), str(one.now_met)]
            for one in self.impact.requirements
            if one.now_met or one.now_unmet
        ]
        return Section(self.word("requirements"), tables=[Table(heads, rows)])

    def _profiles(self) -> Section:
        section = Section(self.word("profiles", count=min(SHOWN, len(self.impact.profiles))))
        teller = ProfileTeller(self.impact, self.lang)
        section.cards = [teller.card(at, one) for at, one in enumerate(self.impact.profiles, 1)]
        return section

    def _changes(self) -> Section:
        section = Section(self.word("changes"))
        told = [
            one.text
            for one in self.comparison.sentences(self.lang)
            if one.group not in ("labels", "citations")
        ]
        if not told:
            section.paragraphs.append(self.word("equal"))
        section.bullets = told[:_RULES_SHOWN]
        if told:
            ids = {"before": self.impact.before.id, "after": self.impact.after.id}
            section.paragraphs.append(self.word("see_diff", count=len(told), **ids))
        return section

    def _method(self) -> Section:
        impact = self.impact
        before, after = impact.moved_dates
        section = Section(self.word("method"))
        section.bullets = [
            self.word("method_dates", before=before, after=after),
            self.word(f"method_{impact.moved}"),
            self.word("method_inputs"),
            self.word("method_parts"),
            self.word("method_readings"),
        ]
        if impact.sample:
            section.bullets.append(self.word("method_sample"))
        return section
