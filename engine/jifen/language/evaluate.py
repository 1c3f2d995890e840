"""Walks an expression once, over the recorder."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce

from simpleeval import SimpleEval

from jifen.document.diagnostics import suggest
from jifen.language import messages
from jifen.language.expression import Expression, number_text
from jifen.language.functions import FUNCTIONS, call, number_of_values, signature, total
from jifen.language.mistakes import LanguageError, each
from jifen.language.months import Choosing, Only, Part
from jifen.language.operators import arithmetic, check_size, compare, option, same_unit
from jifen.language.values import (
    Day,
    Many,
    Month,
    Num,
    One,
    Person,
    Quotient,
    Records,
    Scope,
    Set,
    Text,
    Texts,
    Truth,
    Value,
)
from jifen.language.wrong import wrong
from jifen.plan.slots import MixedRows, Ref


def evaluate(expression: Expression, scope: Scope, present: frozenset[str] = frozenset()) -> Value:
    """Record an expression; `present` names optional inputs known to be given. Raises LanguageError."""
    try:
        return Evaluator(scope, expression.source or expression.text, present).value(expression.tree)
    except RecursionError:
        raise LanguageError(None, messages.TOO_FAR) from None


class Evaluator(SimpleEval):
    """simpleeval over slots: every node yields what it stands for, nothing is computed."""

    def __init__(self, scope: Scope, text: str, present: frozenset[str] = frozenset()) -> None:
        # simpleeval's own start builds a table of handlers for values, none of which is wanted here, and silences
        # the warnings of the whole process while it does; it costs more than most expressions.
        nothing: dict[object, object] = {}
        self.operators = self.functions = self.names = nothing
        self.scope = scope
        self.ops = scope.ops
        self.expr = text
        self.present = present
        self.nodes = {
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.Attribute: self._attribute,
            ast.Tuple: self._tuple,
            ast.UnaryOp: self._unary,
            ast.BinOp: self._binary,
            ast.BoolOp: self._logic,
            ast.Compare: self._comparison,
            ast.IfExp: self._either_or,
            ast.Call: self._call,
        }

    def value(self, node: ast.expr) -> Value:
        """What a node stands for. Raises LanguageError that knows its node."""
        try:
            result: Value = self._eval(node)
        except LanguageError as error:
            if error.node is None:
                error.node = node
            raise
        except MixedRows as error:
            one, other = (rows.partition("#")[0] for rows in (error.one, error.other))
            raise LanguageError(node, messages.MIXED_ROWS, one=one, other=other) from None
        if isinstance(result, Num):
            check_size(result.ref, node)
        return result

    def truth(self, node: ast.expr) -> Ref:
        """The slot of a condition."""
        value = self.value(node)
        if not isinstance(value, Truth):
            raise _at(node, wrong(value, Truth, "a condition"))
        return value.ref

    def _constant(self, node: ast.Constant) -> Value:
        if isinstance(node.value, str):
            return Text(node.value)
        return Num(self.ops.number(Fraction(number_text(node, self.expr))))

    def _name(self, node: ast.Name) -> Value:
        if node.id in ("true", "false"):
            return Truth(self.ops.truth(node.id == "true"))
        value = self.scope.find(node.id)
        if value is None:
            raise self._unknown(node)
        for name in sorted(self.scope.needs(node.id) - self.present):
            raise LanguageError(node, messages.MAY_BE_ABSENT, name=name)
        return value

    def _unknown(self, node: ast.Name) -> LanguageError:
        name = node.id
        if name in FUNCTIONS:
            return LanguageError(node, messages.A_FUNCTION, name=name, wanted=signature(name))
        elsewhere = self.scope.elsewhere(name)
        if elsewhere is not None:
            message, args = elsewhere
            return LanguageError(node, message, name=name, **args)
        near = suggest(name, [*self.scope.names(), "true", "false"])
        return LanguageError(node, messages.UNKNOWN_NAME, name=name, **({"near": near} if near else {}))

    def _attribute(self, node: ast.Attribute) -> Value:
        path, base = [node.attr], node.value
        while isinstance(base, ast.Attribute):
            path.insert(0, base.attr)
            base = base.value
        value = self.value(base)
        assert isinstance(base, ast.Name)
        if isinstance(value, Person):
            return self._of_person(node, value, path)
        return self._part(node, value, base.id, path)

    def _part(self, node: ast.Attribute, value: Value, name: str, path: list[str]) -> Value:
        """One ledger of a month set."""
        if not isinstance(value, Set) or len(path) > 2:
            raise LanguageError(node, messages.UNKNOWN_PART, name=name, part=".".join(path))
        choices = value.months.attributes
        if len(path) == 2:
            owners = [path[0]] if path[0] in choices else []
        else:
            owners = [name for name, choice in choices.items() if path[0] in choice.options]
        if len(owners) > 1:
            raise LanguageError(
                node, messages.AMBIGUOUS_PART, part=path[0], one=owners[0], other=owners[1], name=name
            )
        if not owners:
            raise _unknown_part(node, name, path, choices)
        chosen = One(self.ops.truth(True), owners[0], choices[owners[0]].options)
        part = Part(
            value.months.first, value.months.end, value.months, Only(owners[0], option(chosen, path[-1]))
        )
        return Set(part, f"{name}.{'.'.join(path)}")

    def _of_person(self, node: ast.Attribute, person: Person, path: list[str]) -> Value:
        name = f"{person.name}.{path[0]}"
        found = person.scope.find(path[0])
        if found is None:
            near = suggest(path[0], person.scope.names())
            args = {"near": f"{person.name}.{near}"} if near else {}
            raise LanguageError(node, messages.UNKNOWN_NAME, name=name, **args)
        if len(path) > 1:
            return self._part(node, found, name, path[1:])
        for needed in sorted(f"{person.name}.{one}" for one in person.scope.needs(path[0])):
            if needed not in self.present:
                raise LanguageError(node, messages.MAY_BE_ABSENT, name=needed)
        return found

    def _tuple(self, node: ast.Tuple) -> Value:
        values = each(self._text, node.elts)
        return Texts(tuple(value.text for value in values))

    def _text(self, node: ast.expr) -> Text:
        value = self.value(node)
        if not isinstance(value, Text):
            raise _at(node, wrong(value, Text, "a list in brackets"))
        return value

    def _unary(self, node: ast.UnaryOp) -> Value:
        if isinstance(node.op, ast.Not):
            return Truth(self.ops.invert(self.truth(node.operand)))
        value = self.value(node.operand)
        if isinstance(value, Quotient):
            raise LanguageError(node.operand, messages.DIVISION)
        if not isinstance(value, Num):
            raise _at(node.operand, wrong(value, Num, "`-`"))
        return Num(self.ops.multiply(value.ref, self.ops.number(-1)), value.unit)

    def _binary(self, node: ast.BinOp) -> Value:
        nodes = (node.left, node.right)
        left, right = each(self.value, nodes)
        try:
            return arithmetic(self.ops, type(node.op), left, right)
        except LanguageError as error:
            error.at(nodes, (left, right), node)
            raise

    def _logic(self, node: ast.BoolOp) -> Value:
        conjunction = isinstance(node.op, ast.And)
        before = self.present

        def part(condition: ast.expr) -> Ref:
            try:
                return self.truth(condition)
            finally:
                self.present = self.present | _asked(condition, conjunction)

        try:
            refs = each(part, node.values)
        finally:
            self.present = before
        return Truth(reduce(self.ops.both if conjunction else self.ops.either, refs))

    def _comparison(self, node: ast.Compare) -> Value:
        nodes = [node.left, *node.comparators]
        try:
            values = each(self.value, nodes)
        except LanguageError as error:
            self._unquoted(nodes, error)
            raise
        refs = []
        for position, operator in enumerate(node.ops):
            pair = values[position : position + 2]
            try:
                refs.append(compare(self.ops, type(operator), pair[0], pair[1]))
            except LanguageError as error:
                error.at(nodes[position : position + 2], pair, node)
                raise
        return Truth(reduce(self.ops.both, refs))

    def _unquoted(self, nodes: Sequence[ast.expr], error: LanguageError) -> None:
        """Where an unknown name is an option of what it is compared with, say so."""
        for other in nodes:
            choice = self.scope.find(other.id) if isinstance(other, ast.Name) else None
            for one in error.all if isinstance(choice, (One, Many)) else ():
                assert isinstance(choice, (One, Many))
                if one.args_.get("name") in choice.options and one.message == messages.UNKNOWN_NAME:
                    one.message = messages.NEEDS_QUOTES
                    one.args_["choice"] = choice.name

    def _either_or(self, node: ast.IfExp) -> Value:
        before = self.present

        def part(expression: ast.expr) -> Value:
            if expression is node.test:
                return Truth(self.truth(expression))
            self.present = before | _asked(node.test, expression is node.body)
            try:
                return self.value(expression)
            finally:
                self.present = before

        condition, one, other = each(part, (node.test, node.body, node.orelse))
        assert isinstance(condition, Truth)
        if isinstance(one, Num) and isinstance(other, Num):
            return Num(self.ops.choose(condition.ref, one.ref, other.ref), same_unit(one.unit, other.unit))
        if isinstance(one, Truth) and isinstance(other, Truth):
            return Truth(self.ops.choose(condition.ref, one.ref, other.ref))
        if isinstance(one, Day) and isinstance(other, Day):
            return Day(self.ops.choose(condition.ref, one.ref, other.ref))
        if isinstance(one, Month) and isinstance(other, Month):
            return Month(self.ops.choose(condition.ref, one.ref, other.ref))
        for value, place in ((one, node.body), (other, node.orelse)):
            if isinstance(value, Quotient):
                raise LanguageError(place, messages.DIVISION)
        if isinstance(one, (Num, Truth, Day, Month)):
            raise _at(node.orelse, wrong(other, type(one), "`else`"))
        raise _at(node.body, wrong(one, Num, "`if`-`else`"))

    def _call(self, node: ast.Call) -> Value:
        assert isinstance(node.func, ast.Name)
        name = node.func.id
        if name == "given":
            return self._given(node)
        if name == "total":
            return self._total(node)
        if name not in FUNCTIONS:
            near = suggest(name, [*FUNCTIONS, "given"])
            raise LanguageError(
                node.func, messages.UNKNOWN_FUNCTION, name=name, **({"near": near} if near else {})
            )
        return call(name, self.scope, each(self.value, node.args), node)

    def _total(self, node: ast.Call) -> Value:
        if len(node.args) != 2:
            raise number_of_values(node, "total", 2)
        records, field = self.value(node.args[0]), node.args[1]
        if not isinstance(records, Records):
            raise _at(node.args[0], wrong(records, Records, "`total`"))
        if not isinstance(field, ast.Name):
            raise _at(field, wrong(self.value(field), ast.Name, "`total`"))
        value = total(self.scope, records, field.id)
        if value is None:
            near = suggest(field.id, records.fields) or ", ".join(records.fields)
            args = {"near": near} if near else {}
            raise LanguageError(field, messages.UNKNOWN_PART, name=records.name, part=field.id, **args)
        return value

    def _given(self, node: ast.Call) -> Value:
        if len(node.args) != 1:
            raise number_of_values(node, "given", 1)
        scope, name = self.scope, _input_name(node.args[0])
        if not name:
            raise _at(node.args[0], wrong(self.value(node.args[0]), ast.Name, "`given`"))
        owner, dot, rest = name.partition(".")
        if dot:
            person = self.scope.find(owner)
            if not isinstance(person, Person):
                raise LanguageError(node, messages.UNKNOWN_NAME, name=name)
            scope, name = person.scope, rest
        ref = scope.given(name)
        if ref is None:
            self.value(node.args[0])
            ref = self.ops.truth(True)
        return Truth(ref)


def _at(node: ast.expr, error: LanguageError) -> LanguageError:
    error.node = node
    return error


def _unknown_part(
    node: ast.expr, name: str, path: Sequence[str], choices: Mapping[str, Choosing]
) -> LanguageError:
    known = [f"`{name}.{text}`" for choice in choices.values() for text in choice.options]
    near = suggest(f"`{name}.{path[-1]}`", known) or ", ".join(known[:8])
    args = {"near": near} if near else {}
    return LanguageError(node, messages.UNKNOWN_PART, name=name, part=".".join(path), **args)


def _asked(node: ast.expr, holds: bool) -> frozenset[str]:
    """The inputs known to be given once a condition holds (or once it fails)."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return _asked(node.operand, not holds)
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And) is holds:
        return frozenset().union(*(_asked(part, holds) for part in node.values))
    if holds and isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "given":
        return frozenset(_input_name(argument) for argument in node.args)
    return frozenset()


def _input_name(node: ast.expr) -> str:
    """`name` or `person.name`, else ""."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def asked(expression: Expression) -> frozenset[str]:
    """The optional inputs known to be given where a condition holds."""
    return _asked(expression.tree, True)
