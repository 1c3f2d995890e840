"""Documents as JSON Lines, read by columns where that means the same, and told apart where it may not.

pyarrow reads JSON an order of magnitude faster than one document after the other. It is given the types that the
policy's inputs have, numbers as decimals, so no binary fraction comes into being. What it cannot read, and what it
would read otherwise than the reader for one applicant, is left to that reader.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from jifen.arrow.schema import APPLICANT, DATE, columns_of
from jifen.plan.types import Kind
from jifen.policy.inputs import input_type
from jifen.policy.model import Input, RecordList, Rules, Timeline

_DIGITS = 38
_NUMBERS = re.compile(
    r'"[-+]?(?:\.[0-9]+(?:[eE][-+]?[0-9]+)?|[0-9]+\.(?:[eE][-+]?[0-9]+)?|[0-9]+(?:\.[0-9]+)?[eE][-+]?[0-9]+)"'
)
"""Texts that pyarrow takes for numbers and the reader for one applicant does not."""
_EXPONENT = re.compile("[eE][-+]?[0-9]")
_DOTS = ('".', '."', '"-.', '"+.')
"""One of these is in every such text, and they are quicker to look for."""
_NULL = re.compile(r":\s*null|[\[,]\s*null")
_NULL_BUT_TO = re.compile(r'(?<!"to")(?<!"to" ):\s*null|[\[,]\s*null')
"""A null says the same as nothing there in some places only, of which the end of a spell is the common one."""


class Lines(NamedTuple):
    """Lines as columns: what a policy reads, and beside it some keys that are passed on."""

    batch: pa.RecordBatch
    carried: list[pa.Array]


class LineReader:
    """Reads lines for one policy. Immutable; safe to share between threads."""

    def __init__(self, rules: Rules) -> None:
        self._paths: dict[str, tuple[str, ...]] = {APPLICANT: (APPLICANT,), DATE: (DATE,)}
        tree: dict[str, Any] = {APPLICANT: pa.string(), DATE: pa.string()}
        for column, (section, key) in columns_of(rules).items():
            person, _, own = key.rpartition(".")
            path = ("people", person, section, own) if person else (section, own)
            self._paths[column] = path
            part = tree
            for name in path[:-1]:
                part = part.setdefault(name, {})
            sections: Mapping[str, Mapping[str, Input | Timeline | RecordList]] = {
                "facts": rules.facts,
                "timelines": rules.timelines,
                "records": rules.records,
            }
            part[path[-1]] = _type(sections[section][key])
        self._fields = _fields(tree)
        named = [*rules.facts, *(name for one in rules.records.values() for name in one.attributes)]
        others = any(name.rpartition(".")[2] == "to" for name in named)
        self._null = _NULL if others else _NULL_BUT_TO

    def is_plain(self, line: str) -> bool:
        """Whether pyarrow, if it can read a line at all, takes it for what the reader for one applicant does."""
        return (
            line.startswith("{")
            and line.rstrip().endswith("}")
            and not ("null" in line and self._null.search(line))
            and not (self._may_have_numbers(line) and _NUMBERS.search(line))
        )

    def _may_have_numbers(self, line: str) -> bool:
        return any(dot in line for dot in _DOTS) or _EXPONENT.search(line) is not None

    def read(
        self, lines: Sequence[str], carry: Mapping[str, pa.DataType] = MappingProxyType({})
    ) -> Lines | None:
        """Plain lines as columns; None where one of them is no applicant of this form.

        `carry` are keys beside those that the policy reads, and what their values are in every line that has them.
        """
        schema = pa.schema([*self._fields, *carry.items()])
        data = "".join(line if line.endswith("\n") else line + "\n" for line in lines).encode()
        try:
            table = pj.read_json(
                pa.BufferReader(data),
                read_options=pj.ReadOptions(use_threads=False, block_size=len(data) + 1),
                parse_options=pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error"),
            )
        except pa.ArrowException:
            return None
        if table.num_rows != len(lines):
            return None
        table = table.combine_chunks()
        arrays = []
        for first, *inner in self._paths.values():
            array = table.column(first).chunk(0)
            arrays.append(pc.struct_field(array, inner) if inner else array)
        carried = [table.column(name).chunk(0) for name in carry]
        return Lines(pa.RecordBatch.from_arrays(arrays, list(self._paths)), carried)


def _fields(tree: dict[str, Any]) -> list[pa.Field]:
    return [
        pa.field(name, pa.struct(_fields(one)) if isinstance(one, dict) else one)
        for name, one in tree.items()
    ]


def _type(item: Input | Timeline | RecordList) -> pa.DataType:
    if isinstance(item, Input):
        type_ = input_type(item)
        if type_.kind is Kind.TRUTH:
            return pa.bool_()
        if type_.kind is Kind.NUMBER:
            return pa.decimal128(_DIGITS, len(str(type_.den)) - 1)
        return pa.list_(pa.string()) if item.many else pa.string()
    ends = ("from", "to") if isinstance(item, Timeline) else ("date",)
    own = [(name, pa.string()) for name in ends]
    return pa.list_(pa.struct([*own, *((name, _type(one)) for name, one in item.attributes.items())]))
