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


class Requirement(TypedDict):
    id: str
    label: Text
    kind: Literal["require", "veto"]
    met: bool
    rule: str
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


class Indicator(TypedDict):
    id: str
    path: str
    label: Text
    kind: str
    points: str
    shown: str
    cite: list[Cite]
    applies: bool
    values: list[Reading]
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
