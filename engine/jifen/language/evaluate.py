"""Walks an expression once, over the recorder."""

from __future__ import annotations

import ast
from fractions import Fraction
from functools import reduce

from simpleeval import SimpleEval

from jifen.document.diagnostics import suggest
from jifen.language import messages
from jifen.language.expression import Expression, LanguageError, number_text
from jifen.language.functions import FUNCTIONS, call, total
from jifen.language.months import Only, Part
from jifen.language.operators import arithmetic, compare, option, wrong
from jifen.language.scope import Scope
from jifen.language.values import Day, Month, Num, One, Person, Quotient, Records, Set, Text, Texts, Truth, Value
from jifen.plan.slots import MixedRows, Ref


def evaluate(expression: Expression, scope: Scope, present: frozenset[str] = frozenset()) -> Value:
    """Record an expression; `present` names optional inputs known to be given. Raises LanguageError."""
    return Evaluator(scope, expression.source or expression.text, present).value(expression.tree)


class Evaluator(SimpleEval):
    """simpleeval over slots: every node yields what it stands for, nothing is computed."""

    def __init__(self, scope: Scope, text: str, present: frozenset[str] = frozenset()) -> None:
        super().__init__(operators={}, functions={}, names={})
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
            raise LanguageError(node, messages.MIXED_ROWS, one=error.one, other=error.other) from None
        return result

    def truth(self, node: ast.expr) -> Ref:
        """The slot of a condition."""
        value = self.value(node)
        if not isinstance(value, Truth):
            raise self._at(node, wrong(value, Truth, "a condition"))
        return value.ref

    @staticmethod
    def _at(node: ast.expr, error: LanguageError) -> LanguageError:
        error.node = node
        return error

    def _constant(self, node: ast.Constant) -> Value:
        if isinstance(node.value, str):
            return Text(node.value)
        return Num(self.ops.number(Fraction(number_text(node, self.expr))))

    def _name(self, node: ast.Name) -> Value:
        if node.id in ("true", "false"):
            return Truth(self.ops.truth(node.id == "true"))
        value = self.scope.find(node.id)
        if value is None:
            near = suggest(node.id, [*self.scope.names(), "true", "false"])
            raise LanguageError(node, messages.UNKNOWN_NAME, name=node.id, **({"near": near} if near else {}))
        if node.id not in self.present and self.scope.given(node.id) is not None:
            raise LanguageError(node, messages.MAY_BE_ABSENT, name=node.id)
        return value

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
            known = [f"{name}.{text}" for choice in choices.values() for text in choice.options]
            hint = suggest(f"{name}.{path[-1]}", known) or ", ".join(known)
            raise LanguageError(
                node,
                messages.UNKNOWN_PART,
                name=name,
                part=".".join(path),
                **({"near": hint} if hint else {}),
            )
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
        if name not in self.present and person.scope.given(path[0]) is not None:
            raise LanguageError(node, messages.MAY_BE_ABSENT, name=name)
        return found

    def _tuple(self, node: ast.Tuple) -> Value:
        values = [self.value(item) for item in node.elts]
        for item, value in zip(node.elts, values, strict=True):
            if not isinstance(value, Text):
                raise self._at(item, wrong(value, Text, "a list"))
        return Texts(tuple(value.text for value in values if isinstance(value, Text)))

    def _unary(self, node: ast.UnaryOp) -> Value:
        if isinstance(node.op, ast.Not):
            return Truth(self.ops.invert(self.truth(node.operand)))
        value = self.value(node.operand)
        if not isinstance(value, Num):
            raise self._at(node.operand, wrong(value, Num, "-"))
        return Num(self.ops.multiply(value.ref, self.ops.number(-1)), value.unit)

    def _binary(self, node: ast.BinOp) -> Value:
        return arithmetic(self.ops, type(node.op), self.value(node.left), self.value(node.right))

    def _logic(self, node: ast.BoolOp) -> Value:
        conjunction = isinstance(node.op, ast.And)
        before = self.present
        refs = []
        for part in node.values:
            refs.append(self.truth(part))
            self.present = self.present | _asked(part, conjunction)
        self.present = before
        return Truth(reduce(self.ops.both if conjunction else self.ops.either, refs))

    def _comparison(self, node: ast.Compare) -> Value:
        values = [self.value(part) for part in (node.left, *node.comparators)]
        refs = [
            compare(self.ops, type(operator), values[i], values[i + 1]) for i, operator in enumerate(node.ops)
        ]
        return Truth(reduce(self.ops.both, refs))

    def _either_or(self, node: ast.IfExp) -> Value:
        condition = self.truth(node.test)
        before = self.present
        self.present = before | _asked(node.test, True)
        one = self.value(node.body)
        self.present = before | _asked(node.test, False)
        other = self.value(node.orelse)
        self.present = before
        if isinstance(one, Num) and isinstance(other, Num):
            unit = one.unit if one.unit == other.unit else one.unit or other.unit
            return Num(self.ops.choose(condition, one.ref, other.ref), unit)
        for kind in (Truth, Day, Month):
            if isinstance(one, kind) and isinstance(other, kind):
                return kind(self.ops.choose(condition, one.ref, other.ref))
        if isinstance(one, Quotient) or isinstance(other, Quotient):
            raise LanguageError(node, messages.DIVISION)
        if isinstance(one, (Num, Truth, Day, Month)):
            raise self._at(node.orelse, wrong(other, type(one), "else"))
        raise self._at(node.body, wrong(one, Num, "if-else"))

    def _call(self, node: ast.Call) -> Value:
        assert isinstance(node.func, ast.Name)
        name = node.func.id
        if name == "given":
            return self._given(node)
        if name == "total":
            return self._total(node)
        if name not in FUNCTIONS:
            near = suggest(name, FUNCTIONS)
            raise LanguageError(
                node, messages.UNKNOWN_FUNCTION, name=name, **({"near": near} if near else {})
            )
        return call(name, self.scope, [self.value(argument) for argument in node.args], node)

    def _total(self, node: ast.Call) -> Value:
        if len(node.args) != 2 or not isinstance(node.args[1], ast.Name):
            wanted, found = "(records, attribute)", str(len(node.args))
            raise LanguageError(node, messages.ARGUMENTS, name="total()", wanted=wanted, found=found)
        records, field = self.value(node.args[0]), node.args[1].id
        if not isinstance(records, Records):
            raise self._at(node.args[0], wrong(records, Records, "total()"))
        value = total(self.scope, records, field)
        if value is None:
            near = suggest(field, records.fields) or ", ".join(records.fields)
            args = {"near": near} if near else {}
            raise LanguageError(node.args[1], messages.UNKNOWN_PART, name=records.name, part=field, **args)
        return value

    def _given(self, node: ast.Call) -> Value:
        if len(node.args) != 1 or not _input_name(node.args[0]):
            raise LanguageError(
                node, messages.ARGUMENTS, name="given", wanted="one input", found=str(len(node.args))
            )
        scope, name = self.scope, _input_name(node.args[0])
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
