"""Days moved by whole years, as text."""

from __future__ import annotations

from calendar import monthrange


def in_years(day: str, years: int) -> str:
    """The same day (YYYY-MM-DD) some years later; 29 February becomes the last, and the last of February stays one."""
    year, month, number = int(day[:4]), int(day[5:7]), int(day[8:])
    most = monthrange(year + years, month)[1]
    is_last = month == 2 and number == monthrange(year, month)[1]
    return f"{year + years:04}-{month:02}-{most if is_last else min(number, most):02}"
