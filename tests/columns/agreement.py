"""What a block's cells stand for, and that they are what the interpreter says of each applicant alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from jifen.backends.columns.block import Block, block_of
from jifen.backends.columns.program import Cell, Program, entries
from jifen.backends.columns.widths import width_of
from jifen.backends.inputs import Data, Layout
from jifen.backends.interpret import Program as One
from jifen.plan.plan import Plan
from jifen.plan.types import Kind, Type


def integers(cell: Cell, count: int) -> list[int]:
    """The integers of a cell; of a month set, bits as the backends for one applicant have them."""
    if not isinstance(cell, tuple):
        return [int(value) for value in entries(cell, count)]
    found = [0] * count
    for k, word in enumerate(cell):
        found = [bits | int(part) << 64 * k for bits, part in zip(found, entries(word, count), strict=True)]
    return found


def check(plan: Plan, outputs: Sequence[int], layout: Layout, block: Block, one: One) -> None:
    """Every output of a block, against a program for one applicant."""
    tables = {rows: position for position, rows in enumerate(layout.columns)}
    expected = [one(block.applicant(index)) for index in range(block.count)]
    for at, (slot, cell) in enumerate(zip(outputs, Program(plan, outputs, layout)(block), strict=True)):
        operation = plan.operations[slot]
        if operation.type.kind is not Kind.MONTHS:
            assert isinstance(cell, np.ndarray) and cell.dtype == width_of(operation.type), operation
        if operation.rows:
            offsets = block.rows[tables[operation.rows]].offsets
            flat = integers(cell, int(offsets[-1]))
            found: list[object] = [flat[offsets[i] : offsets[i + 1]] for i in range(block.count)]
        else:
            found = [*integers(cell, block.count)]
        assert found == [values[at] for values in expected], operation


def people_of(block: Block) -> Iterator[Data]:
    """What `Block.applicant` says of each of them, faster for all of them."""
    facts = list(zip(*[column.tolist() for column in block.facts], strict=True))
    given = list(zip(*[[int(flag) for flag in column.tolist()] for column in block.given], strict=True))
    tables = []
    for table in block.rows:
        columns = [[int(value) for value in column.tolist()] for column in table.columns]
        tables.append((table.offsets.tolist(), list(zip(*columns, strict=True))))
    for index in range(block.count):
        rows = tuple([rows[offsets[index] : offsets[index + 1]] for offsets, rows in tables])
        yield Data(block.base, tuple(map(int, facts[index])), given[index] if given else (), rows)


def together(people: Sequence[Data], layout: Layout, inputs: Mapping[str, Type]) -> Block:
    """People in one block, who all count months from the earliest base of any."""
    base = min(person.base for person in people)
    return block_of([person._replace(base=base) for person in people], layout, inputs)
