"""What a program is called with beside the applicants: addresses of inputs and results, and the text that uses them.

A hundred arrays are more than a call takes, so they stand in one array of arguments. A program loads those that a
pass needs into variables `a7`, `a8`, … before it.
"""

from __future__ import annotations

from jifen.backends.fused.inputs import Value
from jifen.backends.fused.reading import reading
from jifen.plan.types import Kind

FIXED = ("table", "base", "states", "pool", "aside", "room", "check")
"""The first arguments of every program."""
_KINDS = {Kind.TRUTH: "truth", Kind.DATE: "day", Kind.CHOICE: "option", Kind.CHOICES: "options"}


class Addresses:
    """The arguments of one program, which grow as its text is written."""

    def __init__(self) -> None:
        self.names: list[tuple[str, str]] = []
        """What follows the fixed arguments, by input (or result) and part."""

    def of(self, path: str, part: str) -> int:
        """The place of an argument."""
        if (path, part) not in self.names:
            self.names.append((path, part))
        return len(FIXED) + self.names.index((path, part))

    def input(self, path: str, kind: str, at: str) -> str:
        """What lies at an index of an input."""
        return reading(kind, lambda part: f"a{self.of(path, part)}", at)

    def value(self, path: str, value: Value, at: str) -> str:
        """The same of a value, or what stands for it where it is not known."""
        kind = _KINDS.get(value.type.kind) or ("number" if value.type.den == 1 else "decimal")
        found = self.input(path, kind, at)
        if value.default is None:
            return found
        default = bool(value.default) if value.type.kind is Kind.TRUTH else value.default
        return f"choose({self.input(path, 'known', at)}, {found}, {default})"

    def repeated(self, path: str, value: Value, at: str, name: str) -> str:
        """A line that marks whoever gives the same option twice, or none; `name` has the options."""
        found = f"repeated(a{self.of(path, 'lists')}, {at}, {name})"
        if value.default is not None:
            found = f"choose({self.input(path, 'known', at)}, {found}, 0)"
        return f"odd = either_below(odd, {found})"

    def write(self, path: str, part: str, bits: int, at: str, name: str) -> str:
        """A line that puts a value of so many bits into a result."""
        return f'write(arguments, "{bits} {self.of(path, part)}", {at}, {name})'
