"""What a rule read, as a scorecard shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from jifen.language.values import Day, Many, Month, Num, One, Quotient, Truth, Value
from jifen.policy.recorded import Read
from jifen.scorecard.numbers import date_text, exact, month_text
from jifen.scorecard.template import Code, Hole, canonical

if TYPE_CHECKING:
    from jifen.scorecard.content import Content, View

Write = Callable[["View"], str]


def reads_holes(content: Content, reads: Sequence[Read]) -> Any:
    """A list of what was read, with a hole for each value; one hole for all where some may not be given."""
    shown = [(read, writer) for read in reads if (writer := _writer(content, read.value)) is not None]
    if all(read.given is None for read, _ in shown):
        return [
            {"text": read.text, **_labelled(content, read), **_holes(content, read.value, writer)}
            for read, writer in shown
        ]
    parts = []
    for read, writer in shown:
        given = None if read.given is None else content.value(read.given)
        head = canonical({**_labelled(content, read), "text": read.text})
        parts.append((given, head, writer))

    def write(view: View) -> str:
        found = []
        for given, head, (value, extra) in parts:
            if given is None or given(view):
                tail = f',"value":{value(view)}}}'
                text = head[:-1] + tail
                found.append(text if extra is None else _with_shown(head, extra(view), value(view)))
        return f"[{','.join(found)}]"

    return [] if not parts else Hole(write)


def _with_shown(head: str, shown: str, value: str) -> str:
    label, mark, rest = head.rpartition('"text":')
    return f'{label}"shown":{shown},{mark}{rest[:-1]},"value":{value}}}'


def _holes(
    content: Content, read: Value, writer: tuple[Write, Write | None]
) -> dict[str, Hole[View] | Code | str]:
    if isinstance(read, Num):
        return {"value": content.number(read.ref)}
    if isinstance(read, Truth):
        return {"value": Code(f"""('"true"' if {content.slot(read.ref)} else '"false"')""")}
    value, extra = writer
    return {"value": Hole(value)} if extra is None else {"value": Hole(value), "shown": Hole(extra)}


def _labelled(content: Content, read: Read) -> dict[str, Any]:
    rules = content.rules
    for part in (rules.facts, rules.anchors, rules.values):
        named = part.get(read.text)
        if named is not None:
            return {"label": named.label}
    return {"in_words": content.in_words.said(read.text)}


def _writer(content: Content, value: Value) -> tuple[Write, Write | None] | None:
    """How a value is written, and how it is written for people where that differs; None for a set."""
    if isinstance(value, Quotient):
        above, below = content.value(value.above.ref), content.value(value.below.ref)
        dens = Fraction(value.below.ref.type.den, value.above.ref.type.den)
        return lambda view: f'"{Fraction(above(view), below(view)) * dens}"', None
    if not isinstance(value, (Num, Truth, Day, Month, One, Many)):
        return None
    find, den = content.value(value.ref), value.ref.type.den
    if isinstance(value, Truth):
        return lambda view: '"true"' if find(view) else '"false"', None
    if isinstance(value, Day):
        return lambda view: f'"{date_text(find(view))}"', None
    if isinstance(value, Month):
        return lambda view: f'"{month_text(find(view))}"', None
    if isinstance(value, Num):
        return lambda view: f'"{exact(find(view), den)}"', None
    options = value.options
    if isinstance(value, Many):
        return lambda view: canonical(
            ", ".join(o for p, o in enumerate(options) if find(view) >> p & 1)
        ), None
    fact = content.rules.facts.get(value.name)
    if fact is None:
        return lambda view: f'"{options[find(view)]}"', None
    labels = [canonical(fact.options[option]) for option in options]
    return lambda view: f'"{options[find(view)]}"', lambda view: labels[find(view)]
