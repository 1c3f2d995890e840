"""Expressions of the policy language in words; what has no words is left as it is written."""

import ast
import re

from jifen.document.tree import Plain
from jifen.page.names import Names
from jifen.page.wording import call, joined, word

_COMPARED = {ast.GtE: "≥", ast.LtE: "≤", ast.Gt: ">", ast.Lt: "<", ast.Eq: "=", ast.NotEq: "≠"}
_COMPUTED = {ast.Add: "+", ast.Sub: "-", ast.Mult: "×", ast.Div: "÷", ast.FloorDiv: "//", ast.Mod: "%"}
_TIGHTNESS = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 2, ast.FloorDiv: 2, ast.Mod: 2}
_OF_SETS = {ast.Sub: "minus_set", ast.BitAnd: "and_set", ast.BitOr: "or_set"}
_FRACTION = re.compile(r" *-?\d+ */ *\d+ *")
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Speaker:
    """Says expressions with the labels of one policy's names."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.lang = names.lang

    def say(self, expression: Plain) -> str:
        """The expression in words."""
        if isinstance(expression, bool):
            return word("always" if expression else "never", self.lang)
        if not isinstance(expression, str):
            return str(expression)
        if _FRACTION.fullmatch(expression):
            return expression
        if expression in ("true", "false"):
            return word("always" if expression == "true" else "never", self.lang)
        try:
            tree = ast.parse(expression, mode="eval")
        except (SyntaxError, ValueError):
            return expression
        return _Sentence(self.names, expression).of(tree.body)

    def month_set(self, expression: Plain) -> str:
        """A month set: its label in quotes, or the expression in words."""
        if isinstance(expression, str) and _NAME.fullmatch(expression):
            return word("quoted", self.lang, name=self.names.label(expression))
        return self.say(expression)


class _Sentence:
    def __init__(self, names: Names, source: str) -> None:
        self.names, self.source, self.lang = names, source, names.lang

    def of(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id=name):
                label = self.names.label(name)
                quotes = self.names.is_month_set(name) and label != name
                return word("quoted", self.lang, name=label) if quotes else label
            case ast.Attribute(value=ast.Name(id=name), attr=part):
                return self._dotted(name, part)
            case ast.Constant(value=bool(value)):
                return word("true" if value else "false", self.lang)
            case ast.Constant(value=str(value)):
                return value
            case ast.BoolOp(op=op, values=values):
                return self._bool(op, values)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                text = self.of(operand)
                mixed = isinstance(operand, ast.BoolOp)
                return word("not", self.lang, value=self._bracketed(text) if mixed else text)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return "-" + self.of(operand)
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self._compare(left, op, right)
            case ast.Compare(left=left, ops=ops, comparators=rights):
                return self._chain(left, ops, rights)
            case ast.BinOp(left=left, op=op, right=right):
                return self._binary(left, op, right)
            case ast.IfExp(test=test, body=yes, orelse=no):
                return word("if", self.lang, test=self.of(test), yes=self.of(yes), no=self.of(no))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                said = [self.of(argument) for argument in arguments]
                return call(name, said, self.lang) or f"{name}({', '.join(said)})"
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                return joined([self.of(part) for part in parts], "list", self.lang)
            case _:
                return ast.get_source_segment(self.source, node) or ast.unparse(node)

    def _dotted(self, name: str, part: str) -> str:
        label = self.names.label(name)
        for declared in self.names.attributes(name).values():
            options = self.names.options_in(declared if isinstance(declared, dict) else {})
            if part in options:
                part = options[part]
                break
        return word("quoted", self.lang, name=word("dotted", self.lang, name=label, part=part))

    def _bool(self, op: ast.boolop, values: list[ast.expr]) -> str:
        joint = "and" if isinstance(op, ast.And) else "or"
        parts = []
        for value in values:
            text = self.of(value)
            mixed = isinstance(value, ast.BoolOp) and type(value.op) is not type(op)
            parts.append(self._bracketed(text) if mixed else text)
        return word(joint, self.lang).join(parts)

    def _bracketed(self, text: str) -> str:
        return f"（{text}）" if self.lang == "zh" else f"({text})"

    def _compare(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> str:
        options = self._options(left) or self._options(right)
        if isinstance(op, ast.In | ast.NotIn) and isinstance(left, ast.Constant):
            key = "contains" if isinstance(op, ast.In) else "contains_not"
            return word(key, self.lang, left=self._option(left, options), right=self.of(right))
        if isinstance(op, ast.In | ast.NotIn):
            parts = right.elts if isinstance(right, ast.Tuple | ast.List) else [right]
            said = joined([self._option(part, options) for part in parts], "list", self.lang)
            key = "in" if isinstance(op, ast.In) else "not_in"
            return word(key, self.lang, left=self.of(left), right=said)
        if options and isinstance(op, ast.Eq | ast.NotEq):
            key = "is" if isinstance(op, ast.Eq) else "is_not"
            return word(key, self.lang, left=self.of(left), right=self._option(right, options))
        return self._chain(left, [op], [right])

    def _chain(self, left: ast.expr, ops: list[ast.cmpop], rights: list[ast.expr]) -> str:
        text = self.of(left)
        for op, right in zip(ops, rights, strict=True):
            text += (
                f" {_COMPARED.get(type(op), ast.unparse(ast.Compare(left, [op], [right])))} {self.of(right)}"
            )
        return text

    def _options(self, node: ast.expr) -> dict[str, str]:
        return self.names.options(node.id) if isinstance(node, ast.Name) else {}

    def _option(self, node: ast.expr, options: dict[str, str]) -> str:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return options.get(node.value, node.value)
        return self.of(node)

    def _binary(self, left: ast.expr, op: ast.operator, right: ast.expr) -> str:
        if type(op) in _OF_SETS and self._is_set(left) and self._is_set(right):
            return word(_OF_SETS[type(op)], self.lang, left=self.of(left), right=self.of(right))
        sign = _COMPUTED.get(type(op))
        if sign is None:
            return self.source
        tightness = _TIGHTNESS[type(op)]
        return f"{self._operand(left, tightness)} {sign} {self._operand(right, tightness + 1)}"

    def _operand(self, node: ast.expr, tightness: int) -> str:
        text = self.of(node)
        loose = isinstance(node, ast.BinOp) and _TIGHTNESS.get(type(node.op), 0) < tightness
        listing = (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("min", "max")
        )
        open_ended = isinstance(node, ast.IfExp | ast.BoolOp | ast.Compare)
        return f"({text})" if loose or listing or open_ended else text

    def _is_set(self, node: ast.expr) -> bool:
        match node:
            case ast.Name(id=name) | ast.Attribute(value=ast.Name(id=name)):
                return self.names.is_month_set(name)
            case ast.Call(func=ast.Name(id=name)):
                return name in ("during", "last", "first")
            case ast.BinOp(left=left, right=right):
                return self._is_set(left) and self._is_set(right)
        return False
