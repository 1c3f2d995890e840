"""Checks on rows that must follow one another: steps of bands, tiers, rates by calendar month."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import Mapping
from jifen.language.written import month_written, written
from jifen.policy import messages
from jifen.rules.model import BandStep, Rate


def check_steps(steps: Sequence[BandStep], diagnostics: Diagnostics) -> None:
    """Each step of bands ends above the step before it."""
    for earlier, later in pairwise(steps):
        if earlier.end is None:
            why, why_zh = "the step before it takes everything", "上一档已包括全部数值"
        elif later.end is not None and (later.end, later.inside) <= (earlier.end, earlier.inside):
            end = written(earlier.end)
            why, why_zh = f"the step before it reaches up to {end}", f"上一档已到 {end}"
        else:
            continue
        diagnostics.add(messages.BAND_UNREACHABLE, later.place, why=why, why_zh=why_zh)


def check_tiers(rows: Sequence[Mapping], diagnostics: Diagnostics) -> None:
    """Every tier but the last says how far it reaches."""
    for row in rows[:-1]:
        if row.get("first") is None:
            diagnostics.add(messages.TIER_WITHOUT_FIRST, row.place)
    last = rows[-1].entry("first") if rows else None
    if last is not None:
        diagnostics.add(messages.LAST_TIER, last.key_place)


def check_rates(rates: Sequence[Rate], diagnostics: Diagnostics) -> None:
    """Rates by calendar month neither overlap nor leave months between them without one."""
    for rate in rates:
        if rate.last < rate.first:
            texts = {"first": month_written(rate.first), "last": month_written(rate.last)}
            diagnostics.add(messages.RATE_BACKWARDS, rate.place, True, **texts)
    forward = [rate for rate in rates if rate.first <= rate.last]
    for position, rate in enumerate(forward):
        shared = [
            max(rate.first, other.first)
            for other in forward[:position]
            if other.first <= rate.last and rate.first <= other.last
        ]
        if shared:
            diagnostics.add(messages.RATES_OVERLAP, rate.place, month=month_written(min(shared)))
    covered: int | None = None
    for rate in sorted(forward, key=lambda rate: rate.first):
        if covered is not None and rate.first > covered + 1:
            texts = {"first": month_written(covered + 1), "last": month_written(rate.first - 1)}
            diagnostics.add(messages.RATES_GAP, rate.place, True, **texts)
        covered = rate.last if covered is None else max(covered, rate.last)
