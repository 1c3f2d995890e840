"""What each kind of indicator says, as the rules read it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from jifen.document.places import Place
from jifen.language.expression import Expression
from jifen.policy.terms import Duration, Keep, Points, Rounding, Within, Word


@dataclass(frozen=True, slots=True)
class Flat:
    """Points that are given once."""

    points: Expression


@dataclass(frozen=True, slots=True)
class Lookup:
    """Points by the option of a choice; `default` is for the options that the table leaves out."""

    of: Expression
    points: Points
    default: Expression | None


@dataclass(frozen=True, slots=True)
class BandStep:
    """One band: up to `end`, which belongs to it when `inside`; None is the rest."""

    end: Fraction | None
    inside: bool
    points: Expression
    place: Place


@dataclass(frozen=True, slots=True)
class Bands:
    """Points by where a number lies."""

    of: Expression
    steps: tuple[BandStep, ...]


@dataclass(frozen=True, slots=True)
class Tier:
    """A rate for the first months of a ledger, or (`first` None) for the rest."""

    first: Duration | None
    points: Points
    place: Place


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate for calendar months from `first` to `last`, both inside, as `year * 12 + month - 1`."""

    first: int
    last: int
    points: Points
    place: Place


@dataclass(frozen=True, slots=True)
class Vest:
    """Nothing until so many months; then everything, or only what comes after."""

    after: int
    retroactive: bool


@dataclass(frozen=True, slots=True)
class Accrue:
    """Points for months: see docs/language.md, `accrue`."""

    months: Expression
    each: Word | None
    combine: str
    by: Word | None
    priority: tuple[str, ...] | None
    yearly: bool
    credit: str
    points: Points | None
    tiers: tuple[Tier, ...]
    whole: bool
    rates: tuple[Rate, ...]
    vest: Vest | None
    progress: Expression | None
    limit: Expression | None
    yearly_cap: Fraction | None
    place: Place


@dataclass(frozen=True, slots=True)
class RecordTier:
    """Points for the first so many records, or (`first` None) for the rest."""

    first: int | None
    points: Points


@dataclass(frozen=True, slots=True)
class PerRecord:
    """Points for each record: see docs/language.md, `per_record`."""

    of: Expression
    keep: tuple[Keep, ...]
    within: Within | None
    by: Expression | None
    points: Points | None
    option_within: tuple[tuple[str, Within], ...]
    tiers: tuple[RecordTier, ...]
    each: Expression | None
    distinct: Expression | None
    counts_highest: bool
    combine: str
    rounding: Rounding | None
    yearly_cap: Fraction | None
    place: Place


@dataclass(frozen=True, slots=True)
class PerUnit:
    """Points for each full unit of a number above a free part."""

    of: Expression
    above: Fraction
    unit: Fraction
    points: Expression


@dataclass(frozen=True, slots=True)
class Formula:
    """Points as an expression."""

    expression: Expression


Rule = Flat | Lookup | Bands | Accrue | PerRecord | PerUnit | Formula
