"""Events and changes in words, one sentence each, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from jifen.forecasting.result import Event, Forecast, PartChange, RateChange
from jifen.forecasting.wording import word
from jifen.policy.terms import Text
from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import decimal, joined, pick, value

_TRUTHS = {
    "requirement": ("met", "met_no_more"),
    "gate": ("met", "met_no_more"),
    "check": ("check_on", "check_on"),
    "condition": ("condition_on", "condition_off"),
    "cap": ("cap_on", "cap_off"),
}


def points(number: Fraction | str) -> str:
    """Points as people write them, the minus as a sign of its own."""
    return decimal(str(number)).replace("-", "−")


def event_date(event: Event, lang: Lang) -> str:
    """The day or the month of an event."""
    written = event.on.isoformat()
    if event.monthly:
        return written[:7]
    if event.settled:
        return word("settled", lang, date=written)
    return written if event.exact else word("by", lang, date=written)


def event_text(event: Event, forecast: Forecast, lang: Lang) -> str:
    """An event as a sentence without its date."""
    text = _said(event, lang)
    if event.assumption is not None:
        text += word("because", lang, label=assumption_label(forecast, event.assumption, lang))
    return text


def assumption_label(forecast: Forecast, position: int, lang: Lang) -> str:
    """What an assumption is called: by its label, or by its date."""
    one = forecast.assumptions[position]
    return pick(one.label, lang) or word("assumed_bare", lang, date=one.date.isoformat())


def _said(event: Event, lang: Lang) -> str:
    label = pick(event.label, lang)
    if event.kind in _TRUTHS:
        on, off = _TRUTHS[event.kind]
        return word(on if event.after == "true" else off, lang, label=label) + _reads(event, lang)
    if event.kind == "band":
        before, after = points(event.before), points(event.after)
        return word("band", lang, label=label, before=before, after=after) + _reads(event, lang)
    if event.kind == "rate":
        return word("rate", lang, label=label, month=event.month, rates=_rates(event.rates, lang))
    if event.kind == "start":
        if event.after != "true":
            return word("stop", lang, label=label)
        rates = _rates([rate for rate in event.rates if rate.after], lang)
        said = word("rates", lang, rates=rates) if rates else ""
        return word(
            "start_one" if event.month == 1 else "start", lang, label=label, month=event.month, rates=said
        )
    if event.kind == "record":
        return _record(event, label, lang)
    if event.kind == "choice":
        key = "choice" if event.before and event.after else "choice_new" if event.after else "choice_none"
        before, after = (pick(name, lang) for name in event.names)
        return word(key, lang, label=label, before=before, after=after)
    if event.kind == "line":
        return word("line", lang, before=points(event.before), after=points(event.after))
    if event.kind == "rules_end":
        return word("rules_end", lang, before=event.before)
    return _rules(event, lang)


def _rules(event: Event, lang: Lang) -> str:
    key = "rules_begin" if event.before else "rules_first"
    text = word(key, lang, before=event.before, after=event.after)
    parts = [
        word("part", lang, label=pick(one.label, lang), before=points(one.before), after=points(one.after))
        for one in event.changes
    ]
    if parts:
        return text + word("rules_changes", lang, changes=joined(parts, "semicolon", lang))
    return text + word("rules_same", lang)


def _record(event: Event, label: str, lang: Lang) -> str:
    if event.before and event.after:
        before, after = points(event.before), points(event.after)
        return word("record_changed", lang, label=label, record=event.record, before=before, points=after)
    if event.after:
        return word("record_on", lang, label=label, record=event.record, points=points(event.after))
    reason = pick(event.reason, lang)
    said = word("parenthesis", lang, text=reason) if reason else ""
    return word(
        "record_off", lang, label=label, record=event.record, reason=said, points=points(event.before)
    )


def _reads(event: Event, lang: Lang) -> str:
    told = []
    for read in event.reads:
        name = pick(_name(read.reading), lang)
        before = pick(read.reading.get("shown"), lang) or value(read.before, lang)
        after = pick(read.after.get("shown"), lang) or value(read.after["value"], lang)
        told.append(word("read_one", lang, name=name, before=before, after=after))
    return word("read", lang, reads=joined(dict.fromkeys(told), "semicolon", lang)) if told else ""


def _name(reading: object) -> Text:
    assert isinstance(reading, dict)
    found: Text = reading.get("label") or reading.get("in_words") or reading["text"]
    return found


def _rates(rates: Sequence[RateChange], lang: Lang) -> str:
    """The rates of ledgers, those that are alike together."""
    alike: dict[tuple[str, str, str], list[str]] = {}
    for rate in rates:
        alike.setdefault((rate.before, rate.after, rate.per), []).append(pick(rate.label, lang))
    told = []
    for (before, after, per), labels in alike.items():
        key = f"rate_{per}" if before else f"rate_new_{per}"
        said = word(key, lang, before=points(before or "0"), after=points(after))
        names = joined(labels, "list", lang)
        told.append(word("ledgers", lang, ledgers=names, rate=said) if names else said)
    return joined(told, "semicolon", lang)


def changes_text(changes: Sequence[PartChange], lang: Lang) -> str:
    """The lines of the table whose points changed, with the months counted more or fewer."""
    told = []
    for one in changes:
        difference = one.after - one.before
        key = "change_plus" if difference > 0 else "change_minus"
        text = word(key, lang, label=pick(one.label, lang), points=points(abs(difference)))
        if one.months:
            count = abs(one.months)
            more = "more_one_month" if one.months == 1 else "more_months"
            text += word(more if one.months > 0 else "fewer_months", lang, count=count)
        told.append(text)
    return joined(told, "semicolon", lang)


def together(earlier: Sequence[PartChange], later: Sequence[PartChange]) -> tuple[PartChange, ...]:
    """Changes one after the other as one; what comes back to where it was is left out."""
    found = {one.path: one for one in earlier}
    for one in later:
        old = found.get(one.path)
        found[one.path] = (
            one if old is None else one._replace(before=old.before, months=old.months + one.months)
        )
    return tuple(one for one in found.values() if one.before != one.after)
