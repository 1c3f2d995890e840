"""A condition taken apart: what must hold together or instead of each other, down to the single comparisons."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

from jifen.language.expression import Expression
from jifen.language.months import Months, View
from jifen.language.operators import as_month
from jifen.language.values import Monthly, Num, Quotient, Records, Set, Truth, Value
from jifen.plan.slots import Ref
from jifen.policy.names import Names
from jifen.policy.rows import names_in
from jifen.policy.terms import Text
from jifen.rules.scoring import Around

_WANTED: dict[type[ast.cmpop], str] = {
    ast.GtE: "at_least",
    ast.Gt: "above",
    ast.LtE: "at_most",
    ast.Lt: "below",
    ast.Eq: "equal",
    ast.NotEq: "not_equal",
    ast.In: "one_of",
    ast.NotIn: "none_of",
}
_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
    ast.Lt: ast.GtE,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.GtE: ast.LtE,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.Lt: ast.Gt,
}


@dataclass(frozen=True)
class MonthsRead:
    """A month set that a comparison looks at through a function: `alone` where that is a whole side of it."""

    function: str
    text: str
    months: Months
    view: View
    month: Ref | None
    alone: bool


@dataclass(frozen=True)
class Test:
    """One comparison or one yes or no. `truth` is whether it is as it should be.

    `text` says how it should be: `a >= b` under a `not` is told as `a < b`; of a yes or no it is what is asked, and
    `wanted` is `holds` or `holds_not`. `given` is None where all that it
    reads is always stated.
    """

    text: str
    truth: Ref
    given: Ref | None
    wanted: str
    left: Value
    right: Value | None
    months: tuple[MonthsRead, ...]
    records: tuple[Records, ...]


@dataclass(frozen=True)
class Several:
    """Tests of which all or any must hold; `label` is that of the named value that they are the meaning of."""

    every: bool
    truth: Ref
    parts: tuple[Tested, ...]
    label: Text | None = None


Tested = Test | Several


class Taker:
    """Takes conditions apart over the names of one policy or of one person in it."""

    def __init__(self, names: Names, own: Mapping[str, Value] | None = None) -> None:
        self.names = names
        self.ops = names.ops
        optional = frozenset(name for name, item in names.rules.facts.items() if not item.required)
        optional |= {name.removeprefix(f"{names.person}.") for name in optional}
        self.around = Around(names, optional, own or {})

    def tested(self, expression: Expression, wanted: bool = True) -> Tested:
        """The tests of a condition that should hold or, where `wanted` is false, should not."""
        return _Taking(self, expression).tested(expression.tree, wanted)


class _Taking:
    def __init__(self, taker: Taker, expression: Expression) -> None:
        self.taker = taker
        self.expression = expression
        self.ops = taker.ops

    def tested(self, node: ast.expr, wanted: bool) -> Tested:
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self.tested(node.operand, not wanted)
        if isinstance(node, ast.BoolOp):
            parts = [self.tested(value, wanted) for value in node.values]
            return self._several(isinstance(node.op, ast.And) is wanted, parts)
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            pairs = zip(sides, node.ops, sides[1:], strict=False)
            parts = [self._comparison(left, op, right, wanted) for left, op, right in pairs]
            return parts[0] if len(parts) == 1 else self._several(wanted, parts)
        return self._meaning(node, wanted) or self._yes_or_no(node, wanted)

    def _several(self, every: bool, parts: list[Tested]) -> Tested:
        """What is the same for everybody, such as the option of a reading, is told only where it decides."""
        fixed = [part for part in parts if self.ops.constant(part.truth) is not None]
        if any(bool(self.ops.constant(part.truth)) is not every for part in fixed):
            return next(part for part in fixed if bool(self.ops.constant(part.truth)) is not every)
        told = [part for part in parts if part not in fixed] or parts[:1]
        if len(told) == 1:
            return told[0]
        flat: list[Tested] = []
        for part in told:
            joins = isinstance(part, Several) and part.every is every and part.label is None
            flat += part.parts if isinstance(part, Several) and joins else [part]
        combine = self.ops.both if every else self.ops.either
        return Several(every, reduce(combine, (part.truth for part in told)), tuple(flat))

    def _meaning(self, node: ast.expr, wanted: bool) -> Tested | None:
        """What a named value means, where that is a condition."""
        names, name = self.taker.names, ""
        if isinstance(node, ast.Name):
            name = node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names, name = names.people.get(node.value.id, names), node.attr
        named = names.rules.values.get(name)
        if named is None or not isinstance(self.value(node), Truth):
            return None
        found = Taker(names).tested(named.expression, wanted)
        parts = found.parts if isinstance(found, Several) and found.label is None else (found,)
        every = found.every if isinstance(found, Several) else True
        return Several(every, found.truth, parts, named.label)

    def _comparison(self, left: ast.expr, op: ast.cmpop, right: ast.expr, wanted: bool) -> Test:
        kind = type(op) if wanted else _OPPOSITE[type(op)]
        if isinstance(left, ast.Constant) and kind in (ast.In, ast.NotIn):
            name = "contains" if kind is ast.In else "contains_not"
            return self._test(left, kind(), right, right, left, name)
        if _is_written(left) and not _is_written(right) and kind not in (ast.In, ast.NotIn):
            left, right, kind = right, left, _TURNED.get(kind, kind)
        return self._test(left, kind(), right, left, right, _WANTED[kind])

    def _test(
        self, left: ast.expr, op: ast.cmpop, right: ast.expr, found: ast.expr, against: ast.expr, wanted: str
    ) -> Test:
        compared = ast.copy_location(ast.Compare(left, [op], [right]), left)
        truth = self.value(compared)
        assert isinstance(truth, Truth)
        reads = (*self._months(found), *self._months(against))
        records = (*self._records(found), *self._records(against))
        text = _text(compared)
        return Test(
            text, truth.ref, self._given(compared), wanted, self.value(found), self.value(against), reads, records
        )  # fmt: skip

    def _yes_or_no(self, node: ast.expr, wanted: bool) -> Test:
        value = self.value(node)
        assert isinstance(value, Truth)
        text = _text(node)
        truth = value.ref if wanted else self.ops.invert(value.ref)
        return Test(
            text,
            truth,
            self._given(node),
            "holds" if wanted else "holds_not",
            value,
            None,
            tuple(self._months(node)),
            tuple(self._records(node)),
        )

    # what is read

    def value(self, node: ast.expr) -> Value:
        """What a part of the expression stands for."""
        one = self.expression
        part = Expression(_text(node), node, one.place, one.lines, one.source or one.text)
        return self.taker.around.value(part)

    def _given(self, node: ast.expr) -> Ref | None:
        names = self.taker.names
        part = Expression("", node, self.expression.place)
        given = [ref for name in sorted(names_in(part)) if (ref := names.given(name)) is not None]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "given":
            return None
        return reduce(self.ops.both, given) if given else None

    def _months(self, side: ast.expr) -> list[MonthsRead]:
        """The month sets that the functions in one side look at, those of named values too."""
        whole, taking = self._resolved(side)
        found = []
        for node in ast.walk(whole):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                value = taking.argument(node)
                if isinstance(value, (Set, Monthly)) and isinstance(
                    taking.value(node), (Truth, Num, Quotient)
                ):
                    month = None
                    if len(node.args) > 1 and node.func.id == "has":
                        month = as_month(self.ops, taking.value(node.args[1]), "has")
                    text = _text(node.args[0])
                    read = MonthsRead(
                        node.func.id, text, value.months, value.months.view(self.ops), month, node is whole
                    )  # fmt: skip
                    found.append(read)
        return found

    def _records(self, side: ast.expr) -> list[Records]:
        whole, taking = self._resolved(side)
        calls = [node for node in ast.walk(whole) if isinstance(node, ast.Call) and node.args]
        values = [taking.argument(node) for node in calls]
        return [value for value in values if isinstance(value, Records)]

    def argument(self, call: ast.Call) -> Value | None:
        """The first argument of a call; None for one that is no value, such as the input in `given(input)`."""
        function = call.func.id if isinstance(call.func, ast.Name) else ""
        return None if function == "given" else self.value(call.args[0])

    def _resolved(self, node: ast.expr) -> tuple[ast.expr, _Taking]:
        """The expression behind the name of a value, and who takes it apart."""
        taking = self
        while isinstance(node, ast.Name) and node.id in taking.taker.names.rules.values:
            named = taking.taker.names.rules.values[node.id]
            taking = _Taking(taking.taker, named.expression)
            node = named.expression.tree
        return node, taking


def _text(node: ast.expr) -> str:
    return ast.unparse(node).replace("'", '"')


def _is_written(node: ast.expr) -> bool:
    """Whether a side is a number or text written out: then the other one is what was found."""
    return isinstance(node, ast.Constant) or (
        isinstance(node, ast.BinOp) and _is_written(node.left) and _is_written(node.right)
    )
