"""Replay: proof that a stored scorecard follows from a policy and an applicant, or the first thing that differs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from jifen.errors import JifenError
from jifen.scorecard.content import FORMAT
from jifen.scorecard.template import canonical
from jifen.version import __version__

if TYPE_CHECKING:
    from jifen.api import Policy

Kind = Literal["same", "layout", "differs", "digest"]
ABSENT = object()
"""Stands for a value where one of two documents has none."""


class NotACard(JifenError):
    """A stored text is no scorecard. `reason` names the sentence that says why, `detail` fills it in."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class Stored(NamedTuple):
    """A stored scorecard: its text, its data, and what says how to score it again."""

    text: str
    data: Mapping[str, Any]
    policy: str
    digest: str
    readings: Mapping[str, str]
    engine: str


class Difference(NamedTuple):
    """Where two scorecards differ first, in the order of the canonical text; ABSENT where one has nothing there."""

    path: str
    stored: object
    recomputed: object


class Replay(NamedTuple):
    """What came of a replay.

    `same`: byte for byte, but for the newline at the end. `layout`: the same data, written otherwise. `differs`: the
    digest is that of the policy, yet something else is not. `digest`: the rules are not those of the card; `first` is
    then what differs besides. The version of the engine is not compared: `engine` is that of the card.
    """

    kind: Kind
    first: Difference | None
    stored_digest: str
    digest: str
    engine: str

    @property
    def proved(self) -> bool:
        """Whether the card follows from the policy and the applicant."""
        return self.kind in ("same", "layout")

    @property
    def other_engine(self) -> bool:
        """Whether another version of the engine wrote the card."""
        return self.engine != __version__


def stored(text: str) -> Stored:
    """A stored scorecard. Raises NotACard where the text is none."""
    try:
        data = json.loads(text, object_pairs_hook=_pairs, parse_float=_no_float, parse_constant=_no_float)
        canonical(data)
    except (ValueError, RecursionError, OverflowError) as error:
        raise NotACard("not_json", str(error)) from error
    if not isinstance(data, dict) or not isinstance(data.get("policy"), dict):
        raise NotACard("not_a_card")
    if data.get("format") != FORMAT:
        raise NotACard("other_format", str(data.get("format")))
    policy = data["policy"]
    readings = policy.get("readings")
    name, digest, engine = policy.get("id"), policy.get("digest"), data.get("engine")
    if not (isinstance(name, str) and isinstance(digest, str) and isinstance(engine, str)):
        raise NotACard("not_a_card")
    if not isinstance(readings, dict) or not all(isinstance(one, str) for one in readings.values()):
        raise NotACard("no_readings")
    return Stored(text, data, name, digest, readings, engine)


def readings_of(card: Stored, policy: Policy) -> dict[str, str]:
    """The readings that the card takes otherwise than the policy as loaded, as far as the policy knows them."""
    known = policy.rules.readings
    return {
        name: option
        for name, option in card.readings.items()
        if name in known and option in known[name].options and option != known[name].chosen
    }


def replay(card: Stored, applicant: Mapping[str, object], policy: Policy) -> Replay:
    """Score an applicant again by the policy of a stored card, with its readings, and compare.

    Raises ApplicantError where the policy does not take the applicant.
    """
    readings = readings_of(card, policy)
    if readings:
        policy = policy.with_readings(readings)
    text = policy.score(applicant).to_json()
    kind: Kind
    if card.text.rstrip("\r\n") == text:
        kind, first = "same", None
    else:
        mine, its = dict(card.data), json.loads(text)
        apart = (("engine",), ("policy", "digest")) if card.digest != policy.digest else (("engine",),)
        first = next((one for one in differences(mine, its) if _steps(one.path) not in apart), None)
        kind = "digest" if card.digest != policy.digest else "layout" if first is None else "differs"
        if kind == "layout" and card.engine != __version__:
            same = canonical({**its, "engine": card.engine})
            kind = "same" if card.text.rstrip("\r\n") == same else kind
    return Replay(kind, first, card.digest, policy.digest, card.engine)


def differences(one: object, other: object, path: str = "$") -> Iterator[Difference]:
    """Everything that differs between two documents of JSON, in the order of their canonical text."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys(), key=lambda key: key.encode("utf-16-be")):
            below = (
                f"{path}.{key}"
                if key.isascii() and key.isidentifier()
                else f"{path}[{json.dumps(key, ensure_ascii=False)}]"
            )
            yield from differences(one.get(key, ABSENT), other.get(key, ABSENT), below)
    elif isinstance(one, list) and isinstance(other, list):
        for at in range(max(len(one), len(other))):
            ours, theirs = (side[at] if at < len(side) else ABSENT for side in (one, other))
            yield from differences(ours, theirs, f"{path}[{at}]")
    elif type(one) is not type(other) or one != other:
        yield Difference(path, one, other)


def _steps(path: str) -> tuple[str, ...]:
    return tuple(path.split(".")[1:])


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for at, (key, _) in enumerate(pairs) if key in dict(pairs[:at]))
        raise ValueError(f"the key {twice} stands twice")
    return found


def _no_float(text: str) -> object:
    raise ValueError(f"{text} is no whole number")
