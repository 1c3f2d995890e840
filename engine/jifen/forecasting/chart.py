"""The total over time as a picture: steps against the line, in SVG without a text of its own.

Its texts stand beside it in HTML, so that they keep their size on a telephone; the table below says all that it shows.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from jifen.forecasting.result import Forecast

WIDE, HIGH = 1000, 240
"""The size of the picture in its own units."""


def chart(forecast: Forecast) -> str:
    """The SVG of a forecast; "" where nothing was scored. Shaded are the days on which one can apply."""
    points = [(step.on, step.total) for one in forecast.standings for step in one.steps]
    if not points:
        return ""
    lines = [(one.first, one.line) for one in forecast.standings if one.line is not None]
    totals = [total for _, total in points] + [line for _, line in lines]
    scale = _Scale(forecast.since, forecast.until, min(Fraction(0), *totals), max(Fraction(1), *totals))
    parts = [
        f'<rect class="open" x="{scale.x(one.first)}" y="0" '
        f'width="{max(scale.x(one.last) - scale.x(one.first), 1)}" height="{HIGH}"/>'
        for one in forecast.standings
        if one.round
    ]
    parts.append(f'<path class="total" d="{_steps(points, scale)}"/>')
    if lines:
        parts.append(f'<path class="line" d="{_steps(lines, scale)}"/>')
    if forecast.first_day is not None:
        at = scale.x(forecast.first_day)
        parts.append(f'<path class="first" d="M{at} 0V{HIGH}"/>')
    return f'<svg viewBox="0 0 {WIDE} {HIGH}" preserveAspectRatio="none" aria-hidden="true">{"".join(parts)}</svg>'


class _Scale:
    def __init__(self, first: date, last: date, low: Fraction, high: Fraction) -> None:
        self.first, self.days = first, max((last - first).days, 1)
        self.low, self.span = low, (high - low) * Fraction(21, 20)

    def x(self, day: date) -> int:
        return (day - self.first).days * WIDE // self.days

    def y(self, points: Fraction) -> int:
        return HIGH - int((points - self.low) * HIGH / self.span)


def _steps(points: list[tuple[date, Fraction]], scale: _Scale) -> str:
    """A path that keeps its height until the next point; numbers are whole, so nothing depends on rounding."""
    (day, value), *others = points
    path = [f"M{scale.x(day)} {scale.y(value)}"]
    path += [f"H{scale.x(day)}V{scale.y(value)}" for day, value in others]
    return "".join([*path, f"H{WIDE}"])
