"""The shape of the scorecard's JSON, as the renderings read it.

Points are strings: exact (`"117"`, `"1315/12"`) under `points`, for people under `shown`.
"""

from collections.abc import Mapping
from typing import Literal, NotRequired, TypeAlias, TypedDict

Lang: TypeAlias = Literal["zh", "en"]
Text: TypeAlias = str | Mapping[str, str]


class Cite(TypedDict):
    source: str
    clause: NotRequired[str]
    title: NotRequired[Text]


class Reading(TypedDict):
    """What an expression read, and the value it found.

    `label` is that of the input, where the expression is no more than its name; `shown` that of the option.
    """

    text: str
    label: NotRequired[Text]
    in_words: NotRequired[Text]
    value: str
    shown: NotRequired[Text]


class PolicyPart(TypedDict):
    id: str
    digest: str
    title: Text
    in_force: Mapping[str, str | None]
    readings: NotRequired[Mapping[str, str]]


class Round(TypedDict):
    id: str
    label: Text


class Anchor(TypedDict):
    id: str
    label: Text
    date: str


class Missing(TypedDict):
    """Months that are missing: those with a reason were stated and do not count, the others were never covered."""

    count: int
    months: list[str]
    reason: NotRequired[Text]
    cite: NotRequired[list[Cite]]


class MonthsRead(TypedDict):
    """A month set that a test looks at, with what it lacks where the test fails for that."""

    function: str
    text: str
    in_words: Text
    count: int
    counted: list[str]
    left_out: list["LeftOut"]
    to: NotRequired[str]
    missing: NotRequired[list[Missing]]
    first_missing: NotRequired[str]


class RecordRead(TypedDict):
    index: int
    date: str
    list: str


class Test(TypedDict):
    """One comparison of a condition, or (with `combine`) several. Only explanations have it."""

    holds: bool
    combine: NotRequired[Literal["all", "any"]]
    tests: NotRequired[list["Test"]]
    label: NotRequired[Text]
    text: NotRequired[str]
    in_words: NotRequired[Text]
    wanted: NotRequired[str]
    stated: NotRequired[bool]
    found: NotRequired[str]
    found_shown: NotRequired[Text]
    against: NotRequired[str]
    unit: NotRequired[str]
    short: NotRequired[str]
    months: NotRequired[list[MonthsRead]]
    records: NotRequired[list[RecordRead]]


class Requirement(TypedDict):
    id: str
    label: Text
    kind: Literal["require", "veto"]
    met: bool
    rule: str
    in_words: NotRequired[Text]
    test: NotRequired[Test]
    values: list[Reading]
    cite: list[Cite]


class LeftOut(TypedDict):
    reason: Text
    cite: NotRequired[list[Cite]]
    count: int
    months: list[str]


class Piece(TypedDict):
    months: int
    rate: str
    per: Literal["month", "year"]
    points: str


class Ledger(TypedDict):
    id: str
    label: Text
    points: str
    count: int
    counted: list[str]
    left_out: list[LeftOut]
    pieces: list[Piece]
    arithmetic: NotRequired[str]


class RecordLine(TypedDict):
    index: int
    date: str
    points: str
    counted: bool
    reason: NotRequired[Text | None]
    cite: NotRequired[list[Cite]]


class Cap(TypedDict):
    limit: str
    before: str


class Sentence(TypedDict):
    """One line of a rule in words."""

    text: NotRequired[Text]
    points: NotRequired[Text]
    depth: NotRequired[int]


class Lost(TypedDict):
    id: str
    points: str


class Choice(TypedDict):
    """Where only one of several counts: its id, and what the others would have given."""

    combine: Literal["highest", "lowest", "first", "chosen"]
    counts: str | None
    lost: list[Lost]


class Indicator(TypedDict):
    id: str
    path: str
    label: Text
    kind: str
    points: str
    shown: str
    cite: list[Cite]
    applies: bool
    declined: NotRequired[bool]
    values: list[Reading]
    in_words: NotRequired[list[Sentence]]
    test: NotRequired[Test]
    arithmetic: NotRequired[str]
    adjusted: NotRequired[Mapping[str, str]]
    choice: NotRequired[Choice]
    band: NotRequired[int]
    window: NotRequired[Mapping[str, str]]
    timelines: NotRequired[list[str]]
    combine: NotRequired[str]
    indicators: NotRequired[list["Indicator"]]
    ledgers: NotRequired[list[Ledger]]
    records: NotRequired[list[RecordLine]]
    cap: NotRequired[Cap | None]
    max: NotRequired[str | None]


class Score(TypedDict):
    id: str
    label: Text
    points: str
    shown: str


class Outcome(TypedDict):
    score: NotRequired[str]
    line: NotRequired[str | None]
    reached: NotRequired[Literal["at", "above"]]
    eligible: bool
    qualifies: bool
    margin: NotRequired[str | None]
    gates: NotRequired[list[Requirement]]


class OtherOption(TypedDict):
    option: str
    label: Text
    total: str
    qualifies: bool


class OpenReading(TypedDict):
    """A reading under which the verdict would be another."""

    id: str
    question: Text
    chosen: str
    label: Text
    default: bool
    others: list[OtherOption]


class Notice(TypedDict):
    """A warning; one that a check of the policy gives has its rule and what it read."""

    id: str
    label: Text
    cite: NotRequired[list[Cite]]
    rule: NotRequired[str]
    values: NotRequired[list[Reading]]


class TimelineGiven(TypedDict):
    """The months of a timeline as the applicant stated them. Only explanations have it."""

    id: str
    label: Text
    spells: int
    count: int
    covered: list[str]


class Card(TypedDict):
    format: str
    engine: str
    policy: PolicyPart
    applicant: str
    date: str
    round: Round | None
    anchors: list[Anchor]
    eligibility: list[Requirement]
    indicators: list[Indicator]
    scores: list[Score]
    outcome: Outcome | None
    readings: list[OpenReading]
    warnings: list[Notice]
    timelines: NotRequired[list[TimelineGiven]]
