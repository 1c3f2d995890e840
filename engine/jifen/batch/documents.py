"""Files of applicants each of whom is a document: JSON Lines, and CSV with lists in its cells."""

from __future__ import annotations

import csv
import json
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from jifen.arrow import physical
from jifen.arrow.lines import LineReader, Lines
from jifen.arrow.refusals import encodable
from jifen.arrow.schema import APPLICANT, DATE, columns_of
from jifen.arrow.score import DOCUMENTS, TableScorer
from jifen.arrow.texts import of_json, of_text
from jifen.batch.sources import Whole
from jifen.batch.tables import identity_of
from jifen.errors import JifenError
from jifen.policy.model import Rules

DOCUMENTS_AT_ONCE = 8192
_AS_JSON = json.JSONEncoder(default=str).encode
FEW = 64
"""Lines among which it is no longer looked for those that pyarrow cannot read."""


class Document(NamedTuple):
    """An applicant's data as it was given, and what is passed on of it."""

    content: Any
    carried: list[str | None]


SECTIONS = ("facts", "timelines", "records", "people")


def _as_text(value: object) -> str | None:
    """What is passed on of a document: texts as they are, anything else as JSON."""
    if value is None:
        return None
    return encodable(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str))


class DocumentSource(Whole, ABC):
    """A file of applicants each of whom is a document. They are read by columns as far as those mean the same.

    `carry` names what is passed on, as text.
    """

    texts = False
    schema: pa.Schema | None = None

    def __init__(self, path: Path, rules: Rules, carry: Collection[str]) -> None:
        self._path = path
        self._carry = [name for name in dict.fromkeys(carry) if name not in DOCUMENTS.names]
        self._reader = LineReader(rules)
        self.count: int | None = None
        self.identity = identity_of(path)

    def prepare(self, folder: Path) -> None:
        """Count the lines, which are about as many as there are applicants."""
        with self._path.open("rb") as file:
            self.count = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))

    @abstractmethod
    def _given(self, start: int) -> Iterator[Any]:
        """What stands in the file for each applicant, without the first so many."""

    @abstractmethod
    def _document(self, given: Any) -> Document:
        """The document that it stands for."""

    @abstractmethod
    def _line(self, given: Any) -> str:
        """The document as a line of JSON."""

    @abstractmethod
    def _read(self, given: Sequence[Any], lines: Sequence[str]) -> Lines | None:
        """Some applicants, whose lines are plain, by columns, with what is passed on as text; None where it cannot."""

    def pieces(self, start: int = 0) -> Iterator[list[Any]]:
        """So many applicants at a time."""
        given = self._given(start * DOCUMENTS_AT_ONCE)
        while piece := list(islice(given, DOCUMENTS_AT_ONCE)):
            yield piece

    def score(self, scorer: TableScorer, piece: list[Any], schema: pa.Schema) -> pa.RecordBatch:
        """The scores of some applicants: those that are plain by columns, the others one by one."""
        lines = [self._line(one) for one in piece]
        plain = np.array([self._reader.is_plain(line) for line in lines])
        rows = np.flatnonzero(plain).tolist()
        parts = self._by_columns(scorer, [piece[row] for row in rows], [lines[row] for row in rows], schema)
        others = np.flatnonzero(~plain).tolist()
        if others:
            parts.append(self._one_by_one(scorer, [piece[row] for row in others], schema))
        table = pa.Table.from_batches(parts, schema)
        if others:
            table = table.take(physical.array(np.argsort([*rows, *others])))
        [found] = table.combine_chunks().to_batches()
        return found

    def _by_columns(
        self, scorer: TableScorer, given: list[Any], lines: list[str], schema: pa.Schema
    ) -> list[pa.RecordBatch]:
        """Where something in the lines cannot be read, they are halved until it is among few, read one by one."""
        if not lines:
            return []
        read = self._read(given, lines)
        if read is not None:
            by_itself = lambda row: self._document(given[row]).content  # noqa: E731
            return [scorer.batch(read.batch, schema, document=by_itself, carried=read.carried)]
        if len(lines) <= FEW:
            return [self._one_by_one(scorer, given, schema)]
        half = len(lines) // 2
        return [
            *self._by_columns(scorer, given[:half], lines[:half], schema),
            *self._by_columns(scorer, given[half:], lines[half:], schema),
        ]

    def _one_by_one(self, scorer: TableScorer, given: list[Any], schema: pa.Schema) -> pa.RecordBatch:
        documents = [self._document(one) for one in given]
        carried = [
            pa.array(texts, pa.string()) for texts in zip(*(one.carried for one in documents), strict=True)
        ]
        return scorer.documents([one.content for one in documents], schema, carried)


class LineSource(DocumentSource):
    """A file of documents, one JSON object a line."""

    def _given(self, start: int) -> Iterator[str]:
        with self._path.open(encoding="utf-8", errors="replace") as file:
            yield from islice((line for line in file if line.strip()), start, None)

    def _document(self, given: str) -> Document:
        """A line as an object; what is no JSON is None, which no policy reads as an applicant."""
        content = of_json(given)
        carried = []
        for name in self._carry:
            value = None
            if isinstance(content, dict):
                value = content.get(name) if name in SECTIONS else content.pop(name, None)
            carried.append(_as_text(value))
        return Document(content, carried)

    def _line(self, given: str) -> str:
        return given

    def _read(self, given: Sequence[str], lines: Sequence[str]) -> Lines | None:
        types = self._types(lines[0])
        found = None if types is None else self._reader.read(lines, types)
        if found is None:
            return None
        return Lines(found.batch, [one.cast(pa.string()) for one in found.carried])

    def _types(self, line: str) -> dict[str, pa.DataType] | None:
        """What is passed on of a line; None where as columns it would not have the text that it has as JSON."""
        if not self._carry:
            return {}
        content = of_json(line)
        if not isinstance(content, dict):
            return None
        types = {name: _CARRIED.get(type(content.get(name, ""))) for name in self._carry}
        known = {name: type_ for name, type_ in types.items() if type_ is not None and name not in SECTIONS}
        return known if len(known) == len(types) else None


_CARRIED = {str: pa.string(), int: pa.int64(), bool: pa.bool_()}
"""What reads values of some types so that as text they are what they are as JSON."""


class CsvSource(DocumentSource):
    """A CSV file with the columns of `jifen schema arrow`; a list is JSON in its cell, an empty cell says nothing."""

    def __init__(self, path: Path, rules: Rules, carry: Collection[str]) -> None:
        super().__init__(path, rules, carry)
        self._columns = [
            (column, rules.facts[key] if section == "facts" else None, section, key)
            for column, (section, key) in columns_of(rules).items()
        ]

    def _given(self, start: int) -> Iterator[dict[str, str | None]]:
        with self._path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            try:
                yield from islice(csv.DictReader(file), start, None)
            except csv.Error as error:
                raise JifenError(f"{self._path}: {error}") from None

    def _document(self, given: dict[str, str | None]) -> Document:
        return Document(self._content(given), self._cells(given))

    def _content(self, row: dict[str, str | None]) -> dict[str, object] | None:
        """A row of texts as the document of an applicant; None for one with more cells than columns."""
        if None in row:
            return None
        found: dict[str, Any] = {name: row[name] for name in (APPLICANT, DATE) if row.get(name)}
        for column, fact, section, key in self._columns:
            text = row.get(column)
            if not text:
                continue
            value = of_json(text) if fact is None else of_text(fact, text)
            person, _, own = key.rpartition(".")
            part = found.setdefault("people", {}).setdefault(person, {}) if person else found
            part.setdefault(section, {})[own] = value
        return found

    def _cells(self, given: dict[str, str | None]) -> list[str | None]:
        return [given[name] or None for name in self._carry]

    def _line(self, given: dict[str, str | None]) -> str:
        return _AS_JSON(self._content(given))

    def _read(self, given: Sequence[dict[str, str | None]], lines: Sequence[str]) -> Lines | None:
        found = self._reader.read(lines)
        if found is None:
            return None
        carried = zip(*map(self._cells, given), strict=True)
        return Lines(found.batch, [pa.array(cells, pa.string()) for cells in carried])
