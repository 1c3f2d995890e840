"""What a slot can hold while some inputs are missing: a pair, or a pair for each case of a few unknowns.

A pair `(low, high)` stands for every integer from low to high; for a month set, or several choices at once, for every
set between `low` (what it surely has) and `high` (what it may have). A choice of one option that is not settled is
`(UNSETTLED, mask)`, the mask having a bit for each option that it may be. Equal ends are an exact value.

Where a value follows from a few unknowns with few answers each (the cases of a `Root`), it holds one pair for each
combination of these cases. So two occurrences of the same unknown stay the same unknown, as long as there are not
more than `MOST_CELLS` combinations; beyond that, cases are joined and the value is merely wider.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from jifen.plan.types import Kind

Pair = tuple[int, int]

UNSETTLED = -1
MOST_CELLS = 4096
"""The most combinations of cases that one value holds apart."""


class Root(NamedTuple):
    """Something unknown with few cases. `deps` has a bit for each missing input that it comes from.

    A `local` root belongs to a row that stands for any number of rows, each of which has its own case.
    """

    id: int
    cases: int
    deps: int
    local: bool


class Value(NamedTuple):
    """What a slot can hold: a pair for each combination of the cases of `roots`, the last root varying fastest.

    `blur` has a bit for each missing input to which the width of the pairs themselves is due.
    """

    roots: tuple[Root, ...]
    cells: tuple[Pair, ...]
    blur: int

    @property
    def deps(self) -> int:
        """A bit for each missing input that this value may depend on."""
        found = self.blur
        for root in self.roots:
            found |= root.deps
        return found

    @property
    def is_exact(self) -> bool:
        """Whether it is one value whatever the missing inputs are."""
        return len(self.cells) == 1 and self.cells[0][0] == self.cells[0][1]


def exactly(value: int) -> Value:
    """A value that is known."""
    return Value((), ((value, value),), 0)


def between(low: int, high: int, blur: int) -> Value:
    """Any value from low to high."""
    return Value((), ((low, high),), blur if low != high else 0)


def by_case(root: Root, pairs: Sequence[Pair], blur: int = 0) -> Value:
    """One pair for each case of a root."""
    return settled((root,), tuple(pairs), blur)


def options_of(pair: Pair) -> int:
    """The options that a choice may be, as a mask."""
    return pair[1] if pair[0] == UNSETTLED else 1 << pair[0]


def options_pair(mask: int) -> Pair:
    """The pair of a choice that may be any option of a mask."""
    if mask & (mask - 1):
        return UNSETTLED, mask
    return mask.bit_length() - 1, mask.bit_length() - 1


def joined(kind: Kind, a: Pair, b: Pair) -> Pair:
    """The pair that holds whatever either of two holds."""
    if a == b:
        return a
    if kind is Kind.CHOICE:
        return options_pair(options_of(a) | options_of(b))
    if kind in (Kind.MONTHS, Kind.CHOICES):
        return a[0] & b[0], a[1] | b[1]
    return (a[0] if a[0] < b[0] else b[0]), (a[1] if a[1] > b[1] else b[1])


def hull(kind: Kind, cells: Iterable[Pair]) -> Pair:
    """The pair that holds whatever any of some pairs holds."""
    found: Pair | None = None
    for cell in cells:
        found = cell if found is None else joined(kind, found, cell)
    assert found is not None
    return found


def settled(roots: tuple[Root, ...], cells: tuple[Pair, ...], blur: int) -> Value:
    """A value without the roots on which it does not depend, and without blur where every pair is exact."""
    if blur and all(low == high for low, high in cells):
        blur = 0
    if not roots:
        return Value(roots, cells, blur)
    first = cells[0]
    if all(cell == first for cell in cells):
        return Value((), (first,), blur)
    if len(roots) == 1:
        return Value(roots, cells, blur)
    stride = len(cells)
    kept = []
    for root in roots:
        block = stride
        stride = block // root.cases
        same = all(
            cells[start : start + block - stride] == cells[start + stride : start + block]
            for start in range(0, len(cells), block)
        )
        if same:
            cells = tuple(
                cell for start in range(0, len(cells), block) for cell in cells[start : start + stride]
            )
        else:
            kept.append(root)
    return Value(tuple(kept), cells, blur)


def combinations(roots: Iterable[Root]) -> int:
    """How many combinations of cases some roots have."""
    found = 1
    for root in roots:
        found *= root.cases
    return found


def without(value: Value, root: Root, kind: Kind) -> Value:
    """A value with the cases of one root joined."""
    at = value.roots.index(root)
    stride = combinations(value.roots[at + 1 :])
    block = stride * root.cases
    cells = tuple(
        hull(kind, value.cells[start + offset : start + block : stride])
        for start in range(0, len(value.cells), block)
        for offset in range(stride)
    )
    return settled((*value.roots[:at], *value.roots[at + 1 :]), cells, value.blur | root.deps)


def in_case(value: Value, root: Root, case: int) -> Value:
    """A value where one root is known to be in one of its cases."""
    if root not in value.roots:
        return value
    at = value.roots.index(root)
    stride = combinations(value.roots[at + 1 :])
    block = stride * root.cases
    cells = tuple(
        cell
        for start in range(0, len(value.cells), block)
        for cell in value.cells[start + case * stride : start + (case + 1) * stride]
    )
    return settled((*value.roots[:at], *value.roots[at + 1 :]), cells, value.blur)


def without_local(value: Value, kind: Kind) -> Value:
    """A value with the cases of local roots joined."""
    for root in value.roots:
        if root.local and root in value.roots:
            value = without(value, root, kind)
    return value


def whole(value: Value, kind: Kind) -> Pair:
    """The pair that holds everything that a value can be."""
    return value.cells[0] if len(value.cells) == 1 else hull(kind, value.cells)


def all_roots(values: Iterable[Value]) -> tuple[Root, ...]:
    """The roots of some values together, in the order of their ids."""
    found = {root.id: root for value in values for root in value.roots}
    return tuple([found[number] for number in sorted(found)])


def fitting(values: Sequence[Value], kinds: Sequence[Kind], most: int = MOST_CELLS) -> tuple[Value, ...]:
    """The values with cases joined until their roots together have at most `most` combinations.

    Roots that only one of the values has go first, since they say nothing of the others; then the largest.
    """
    found = list(values)
    roots = list(all_roots(found))
    while combinations(roots) > most:
        shared = {root: sum(root in value.roots for value in found) for root in roots}
        out = min(roots, key=lambda root: (shared[root] > 1, -root.cases, root.id))
        roots.remove(out)
        for at, value in enumerate(found):
            if out in value.roots:
                found[at] = without(value, out, kinds[at])
    return tuple(found)


@lru_cache(256)
def places(own: tuple[Root, ...], together: tuple[Root, ...]) -> tuple[int, ...]:
    """For each combination of the cases of all roots, the place of the pair in a value that has some of them."""
    found = [0]
    stride = {root.id: combinations(own[at + 1 :]) for at, root in enumerate(own)}
    for root in together:
        step = stride.get(root.id, 0)
        found = [place + step * case for place in found for case in range(root.cases)]
    return tuple(found)


def combined(
    function: Callable[..., Pair], values: Sequence[Value], kinds: Sequence[Kind], most: int = MOST_CELLS
) -> Value:
    """A function of pairs, applied in every combination of the cases of the values' roots."""
    blur = 0
    rooted = 0
    for value in values:
        blur |= value.blur
        rooted += bool(value.roots)
    if not rooted:
        cell = function(*[value.cells[0] for value in values])
        return Value((), (cell,), blur if cell[0] != cell[1] else 0)
    values = fitting(values, kinds, most)
    roots = all_roots(values)
    blur = 0
    for value in values:
        blur |= value.blur
    columns = []
    for value in values:
        if value.roots == roots:
            columns.append(value.cells)
        else:
            columns.append(tuple([value.cells[place] for place in places(value.roots, roots)]))
    arguments = list(zip(*columns, strict=True))
    known = {
        pairs: function(*pairs) for pairs in set(arguments)
    }  # many combinations come down to the same few
    return settled(roots, tuple([known[pairs] for pairs in arguments]), blur)
