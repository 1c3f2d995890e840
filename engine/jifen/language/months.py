"""Month sets as rules see them: the whole set, one ledger of it, its single spells, and what each step left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from jifen.document.places import Place
from jifen.language import messages
from jifen.language.mistakes import LanguageError
from jifen.plan.recorder import Recorder
from jifen.plan.slots import Ref

MOST_REASONS: Final = 1000
"""So many reasons why months were left out that nobody could read them."""


class Choosing(NamedTuple):
    """An attribute of a timeline with options: whether a spell may hold several, the options, and whether it may
    hold none.
    """

    many: bool
    options: tuple[str, ...]
    optional: bool = False


class Reason(NamedTuple):
    """Why months were left out: a text (or texts by language), citations, and the place of the rule."""

    text: str | Mapping[str, str]
    cite: tuple[str, ...]
    place: Place | None


class Only(NamedTuple):
    """A part of a month set: the spells whose attribute holds one option."""

    attribute: str
    option: int


class View(NamedTuple):
    """A set of months and the months that each step left out of it."""

    ref: Ref
    left_out: tuple[tuple[Reason, Ref], ...]


class Spells(NamedTuple):
    """The spells a month set is made of: a condition and a set of months for each row."""

    rows: str
    condition: Ref
    ref: Ref


@dataclass(frozen=True)
class Months:
    """A month set. `first` and `end` are the months of its window; None when it has no single one."""

    first: Ref | None
    end: Ref | None
    _views: dict[tuple[int, Only | None], tuple[Recorder, View]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def view(self, ops: Recorder, only: Only | None = None) -> View:
        """The set, or the part of it that one option of an attribute makes. Raises LanguageError."""
        key = (id(ops), only)
        if key not in self._views:
            self._views[key] = ops, self._view(ops, only)
        return self._views[key][1]

    def _view(self, ops: Recorder, only: Only | None) -> View:
        raise LookupError("a month set of no kind")

    def spells(self, ops: Recorder) -> Spells | None:
        """The set by single spells; None when it is not made of one timeline's spells."""
        return None

    @property
    def attributes(self) -> Mapping[str, Choosing]:
        """The choices that tell its spells apart."""
        return {}

    @property
    def timeline(self) -> str:
        """The rows it is made of, "" when it is made of several sets."""
        return ""


class Step(NamedTuple):
    """One condition of `keep`, recorded over the rows: `ref` holds, or the months of `removed` go."""

    ref: Ref | None
    narrow: Callable[[Recorder, Ref], Ref] | None
    reason: Reason


@dataclass(frozen=True)
class OfTimeline(Months):
    """The months of a timeline's spells that every step keeps, inside a window."""

    rows: str
    starts: Ref
    ends: Ref
    steps: tuple[Step, ...]
    before: Reason
    after: Reason
    today: Ref
    choices: Mapping[str, Choosing] = field(default_factory=dict)

    @property
    def attributes(self) -> Mapping[str, Choosing]:
        return self.choices

    @property
    def timeline(self) -> str:
        return self.rows

    def spells(self, ops: Recorder) -> Spells:
        condition = ops.truth(True)
        months = self._inside(ops)
        for step in self.steps:
            if step.ref is not None:
                condition = ops.both(condition, step.ref)
            if step.narrow is not None:
                months = step.narrow(ops, months)
        return Spells(self.rows, condition, months)

    def _view(self, ops: Recorder, only: Only | None) -> View:
        part = self._part(ops, only)
        spells = self.spells(ops)
        kept = ops.gather(self.rows, ops.both(part, spells.condition), spells.ref)
        left_out: list[tuple[Reason, Ref]] = []
        condition, months = part, self._inside(ops)
        for step in self.steps:
            if step.ref is not None:
                failed = ops.gather(self.rows, ops.both(condition, ops.invert(step.ref)), months)
                condition = ops.both(condition, step.ref)
            else:
                assert step.narrow is not None
                narrowed = step.narrow(ops, months)
                failed = ops.gather(self.rows, condition, ops.without(months, narrowed))
                months = narrowed
            left_out.append((step.reason, ops.without(failed, kept)))
        outside = ops.gather(self.rows, condition, self._until_today(ops, self._after(ops), self.today))
        left_out.append((self.after, outside))
        if self.first is not None:
            early = ops.span(self.starts, ops.minimum(self.ends, ops.move_month(self.first, -1)))
            left_out.append((self.before, ops.gather(self.rows, condition, early)))
        return View(kept, tuple(left_out))

    def _part(self, ops: Recorder, only: Only | None) -> Ref:
        if only is None:
            return ops.truth(True)
        column = ops.column(self.rows, only.attribute)
        if self.choices[only.attribute].many:
            return ops.contains(column, only.option)
        same = ops.equal(column, ops.option(only.option))
        if self.choices[only.attribute].optional:
            return ops.both(ops.column_given(self.rows, only.attribute), same)
        return same

    def _inside(self, ops: Recorder) -> Ref:
        assert self.end is not None
        first = self.starts if self.first is None else ops.maximum(self.starts, self.first)
        return ops.span(first, ops.minimum(self.ends, self.end))

    def _after(self, ops: Recorder) -> Ref:
        assert self.end is not None
        return ops.maximum(self.starts, ops.move_month(self.end, 1))

    def _until_today(self, ops: Recorder, first: Ref, today: Ref) -> Ref:
        return ops.span(first, ops.minimum(self.ends, today))


@dataclass(frozen=True)
class Narrowed(Months):
    """A month set of which a step takes only a part, for one reason."""

    parent: Months
    narrow: Callable[[Recorder, Ref], Ref]
    reason: Reason

    @property
    def attributes(self) -> Mapping[str, Choosing]:
        return self.parent.attributes

    @property
    def timeline(self) -> str:
        return self.parent.timeline

    def _view(self, ops: Recorder, only: Only | None) -> View:
        whole = self.parent.view(ops, only)
        kept = self.narrow(ops, whole.ref)
        return View(kept, (*whole.left_out, (self.reason, ops.without(whole.ref, kept))))

    def spells(self, ops: Recorder) -> Spells | None:
        spells = self.parent.spells(ops)
        return spells and Spells(spells.rows, spells.condition, self.narrow(ops, spells.ref))


@dataclass(frozen=True)
class Part(Months):
    """One ledger of a month set, as `months.option` names it."""

    parent: Months
    only: Only

    def _view(self, ops: Recorder, only: Only | None) -> View:
        return self.parent.view(ops, self.only)


@dataclass(frozen=True)
class Joined(Months):
    """The months of either of two sets."""

    one: Months
    other: Months

    def _view(self, ops: Recorder, only: Only | None) -> View:
        one, other = self.one.view(ops), self.other.view(ops)
        ref = ops.join(one.ref, other.ref)
        both = {
            (id(reason), months.slot): (reason, months) for reason, months in one.left_out + other.left_out
        }
        if len(both) > MOST_REASONS:
            raise LanguageError(None, messages.TOO_FAR)
        left_out = tuple((reason, ops.without(months, ref)) for reason, months in both.values())
        return View(ref, left_out)
