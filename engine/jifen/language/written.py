"""Numbers and months as a policy writes them, for the texts of mistakes."""

from __future__ import annotations

from fractions import Fraction


def written(number: Fraction) -> str:
    """`12.5` where the digits end, else `1/3`."""
    places, rest = 0, number.denominator
    while rest % 10 == 0 or rest % 5 == 0 or rest % 2 == 0:
        rest = rest // 10 if rest % 10 == 0 else rest // 5 if rest % 5 == 0 else rest // 2
        places += 1
    if rest != 1:
        return str(number)
    digits = str(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    whole, part = digits[: len(digits) - places], digits[len(digits) - places :].rstrip("0")
    return ("-" if number < 0 else "") + whole + (f".{part}" if part else "")


def month_written(month: int) -> str:
    """A month index as YYYY-MM."""
    return f"{month // 12:04}-{month % 12 + 1:02}"
