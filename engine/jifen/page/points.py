"""Tables of points in words: a number, an expression, or a number for each option."""

from collections.abc import Mapping
from dataclasses import dataclass

from jifen.document.tree import Plain
from jifen.page.expressions import Speaker
from jifen.page.names import entries, label_of, listed
from jifen.page.wording import joined, word
from jifen.scorecard.shape import Lang


@dataclass(frozen=True)
class Line:
    """One line of a rule: what it is about, and the points for that ("" where it gives none)."""

    text: str
    points: str = ""
    depth: int = 0


def points_lines(points: Plain, options: Mapping[str, str], speaker: Speaker, per: str = "") -> list[Line]:
    """A line for each number of points; options with the same number share one.

    `per` is `year`, `month` or nothing. A single number for everything has an empty text.
    """
    lang = speaker.lang
    if isinstance(points, dict):
        rows = [(options.get(option, option), entry) for option, entry in points.items()]
    elif isinstance(points, list):
        rows = [_row(entries(row), options, lang) for row in points]
    else:
        rows = [("", points)]
    lines: dict[str, list[str]] = {}
    for label, entry in rows:
        number = entries(entry).get("points") if isinstance(entry, dict) else entry
        lines.setdefault(_amount(speaker.say(number), per, lang), []).append(label)
    return [Line(joined(labels, "list", lang), number) for number, labels in lines.items()]


def _row(row: dict[str, Plain], options: Mapping[str, str], lang: Lang) -> tuple[str, Plain]:
    label = label_of(row.get("label"), lang)
    names = [options.get(str(option), str(option)) for option in listed(row.get("for"))]
    return label or joined(names, "list", lang), row.get("points")


def _amount(number: str, per: str, lang: Lang) -> str:
    return word(f"per_{per}", lang, points=number) if per else number


def time(amount: Plain, lang: Lang) -> str:
    """`{months: 36}` in words; anything else as it is."""
    for unit in ("months", "years", "days"):
        count = entries(amount).get(unit)
        if count is not None:
            return word(f"one_{unit[:-1]}", lang) if count == 1 else word(unit, lang, count=count)
    return str(amount)


def band_lines(steps: Plain, speaker: Speaker) -> list[Line]:
    """A line for each band, with both its ends."""
    lang = speaker.lang
    lines: list[Line] = []
    low: tuple[str, str] | None = None
    for step in map(entries, listed(steps)):
        end = next(((kind, speaker.say(step[kind])) for kind in ("to", "below") if kind in step), None)
        label = label_of(step.get("label"), lang) or _band(low, end, lang)
        lines.append(Line(label, speaker.say(step.get("points"))))
        low = end
    return lines


def _band(low: tuple[str, str] | None, high: tuple[str, str] | None, lang: Lang) -> str:
    """Between two upper ends: the low one belongs to the band before if it is a `to`."""
    if low is None and high is None:
        return word("band_any", lang)
    if low is None:
        kind, end = high or ("", "")
        return word(f"band_{kind}", lang, high=end)
    start = "over" if low[0] == "to" else "from"
    if high is None:
        return word(f"band_{start}", lang, low=low[1])
    return word(f"band_{start}_{high[0]}", lang, low=low[1], high=high[1])
