"""A policy document as the parts of a page, before it is a table or Markdown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jifen.document.tree import Plain
from jifen.page.expressions import Speaker
from jifen.page.names import Names, entries, label_of, listed
from jifen.page.outcome import Outcome
from jifen.page.points import Line
from jifen.page.rules import Teller
from jifen.page.wording import joined, word
from jifen.policy.model import Reading
from jifen.scorecard.phrases import Citations
from jifen.scorecard.shape import Cite, Lang
from jifen.scorecard.wording import pick


@dataclass(frozen=True)
class Requirement:
    label: str
    rule: str
    marks: str


@dataclass(frozen=True)
class Row:
    """An indicator or a group: how deep it is, what it is called, its rule, cap and citations."""

    depth: int
    label: str
    is_group: bool
    lines: list[Line]
    cap: str
    marks: str


@dataclass(frozen=True)
class OpenQuestion:
    question: str
    taken: str
    instead: str
    marks: str


@dataclass
class Page:
    """What is said of one policy, in one language."""

    id: str
    title: str
    in_force: str
    requirements: list[Requirement] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    outcome: list[str] = field(default_factory=list)
    questions: list[OpenQuestion] = field(default_factory=list)
    sources: list[tuple[int, str]] = field(default_factory=list)


def page_of(document: Mapping[str, Plain], readings: Iterable[Reading], lang: Lang) -> Page:
    """The page of a resolved policy document and of the readings under which it was resolved."""
    return _Writer(document, lang).page(readings)


class _Writer:
    def __init__(self, document: Mapping[str, Plain], lang: Lang) -> None:
        self.document, self.lang = document, lang
        self.speaker = Speaker(Names(document, lang))
        self.teller = Teller(self.speaker)
        self.citations = Citations(lang)

    def page(self, readings: Iterable[Reading]) -> Page:
        document, lang = self.document, self.lang
        in_force = entries(document.get("in_force"))
        key = "in_force" if in_force.get("to") else "in_force_open"
        page = Page(
            id=str(document.get("policy", "")),
            title=label_of(document.get("title"), lang),
            in_force=word(key, lang, start=in_force.get("from"), end=in_force.get("to")),
        )
        for name, requirement in entries(document.get("eligibility")).items():
            page.requirements.append(self._requirement(name, entries(requirement)))
        for name, node in entries(document.get("indicators")).items():
            page.rows += self._rows(name, entries(node), 0)
        page.outcome = Outcome(self.speaker, self._marks).tell(entries(document.get("outcome")))
        page.questions = [self._question(reading) for reading in readings]
        page.sources = self.citations.listed()
        return page

    def _requirement(self, name: str, requirement: dict[str, Plain]) -> Requirement:
        rule = self.speaker.say(requirement.get("require", requirement.get("veto")))
        if "veto" in requirement:
            rule = word("veto", self.lang, rule=rule)
        label = label_of(requirement.get("label"), self.lang) or name
        return Requirement(label, "" if rule == label else rule, self._marks(requirement.get("cite")))

    def _rows(self, name: str, node: dict[str, Plain], depth: int) -> list[Row]:
        children = entries(node.get("indicators"))
        label = label_of(node.get("label"), self.lang) or name
        label += self.teller.combination(node, label)
        marks = self._marks(node.get("cite"))
        rows = [Row(depth, label, bool(children), self.teller.tell(node), self.teller.cap(node), marks)]
        for child_name, child in children.items():
            rows += self._rows(child_name, entries(child), depth + 1)
        return rows

    def _question(self, reading: Reading) -> OpenQuestion:
        labels = {option: pick(label, self.lang) or option for option, label in reading.options.items()}
        others = [label for option, label in labels.items() if option != reading.chosen]
        return OpenQuestion(
            pick(reading.question, self.lang) or reading.name,
            word("taken", self.lang, label=labels[reading.chosen]),
            word("instead", self.lang, labels=joined(others, "semicolon", self.lang)),
            self._marks([str(cite) for cite in reading.cite]),
        )

    def _marks(self, cite: Plain) -> str:
        sources = entries(self.document.get("sources"))
        cites: list[Cite] = []
        for text in listed(cite):
            source, _, clause = str(text).partition("#")
            title = label_of(entries(sources.get(source)).get("title"), self.lang)
            cites.append({"source": source, "clause": clause, "title": title or source})
        return self.citations.marks(cites)
