"""The parts of a points notice in one language, before they are text, Markdown or HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple


class Line(NamedTuple):
    """One line of an explanation: what it is about ("" where that is clear), and how deep it stands.

    `holds` marks what is a test, or (with `kind` rule) the line of a table that applies.
    """

    kind: Literal["rule", "test", "read", "sum", "counted", "out", "note"]
    head: str
    text: str
    depth: int = 0
    holds: bool | None = None


@dataclass
class Item:
    """A requirement or an indicator: its head line, and what is told below it."""

    id: str
    label: str
    marks: str
    lines: list[Line]
    depth: int = 0
    holds: bool | None = None
    is_group: bool = False
    points: str = ""
    most: str = ""


class Bar(NamedTuple):
    """An indicator in the chart of points: where its bar begins and ends, and the points as shown."""

    label: str
    start: Fraction
    end: Fraction
    shown: str


@dataclass
class Bars:
    """The chart of points: one bar for each indicator, then the total, against the line where there is one."""

    rows: list[Bar]
    total: Bar
    line: Fraction | None
    stacked: bool


class Cell(NamedTuple):
    """One month in a chart: a sign, and what kind of month it is."""

    sign: str
    kind: Literal["counted", "out", "none", "outside"]
    edge: Literal["", "begin", "end", "both"] = ""
    now: bool = False


class YearRow(NamedTuple):
    """One year of a chart, or several alike."""

    years: str
    cells: list[Cell]


class Key(NamedTuple):
    """What a sign of a chart means, with the months that bear it."""

    sign: str
    kind: Literal["counted", "out", "none", "outside", "edge", "now"]
    text: str


@dataclass
class Calendar:
    """The chart of one month set: its title, its years, its key, and the whole of it as a sentence."""

    title: str
    rows: list[YearRow]
    keys: list[Key]
    shared: list[Key]
    """What the signs mean that are the same in every chart."""
    spoken: str


@dataclass
class OpenQuestion:
    question: str
    lines: list[str]


@dataclass
class Notice:
    """A whole notice."""

    title: str
    policy: str
    about: list[tuple[str, str]]
    verdict: str
    qualifies: bool | None
    scores: list[tuple[str, str]]
    requirements: list[Item] = field(default_factory=list)
    summary: str = ""
    gates: list[Item] = field(default_factory=list)
    indicators: list[Item] = field(default_factory=list)
    bars: Bars | None = None
    calendars: list[Calendar] = field(default_factory=list)
    questions: list[OpenQuestion] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    sources: list[tuple[int, str]] = field(default_factory=list)
    evidence: list[tuple[str, str]] = field(default_factory=list)
