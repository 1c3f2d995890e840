"""The records of a list of which some are unknown, or their dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jifen.applicant import messages
from jifen.applicant.partial_rows import Known, Part, PartialRows, Row
from jifen.applicant.rows import RecordReader
from jifen.applicant.values import Wrong, day
from jifen.backends.bounds import Table
from jifen.backends.bounds_rows import Times
from jifen.backends.bounds_values import between
from jifen.plan.types import FIRST_DATE, LAST_DATE


class RecordRows(PartialRows):
    """The records of one list."""

    key = "records"
    reader: RecordReader

    @property
    def forms(self) -> list[str]:
        return [self.declared.name] if self.reader.wanted else []

    def read(self, stated: object, tables: dict[str, Table]) -> None:
        """Put the table of this list beside the others."""
        self.put(stated, "records", tables)

    def end_between(self, name: str, low: Any, high: Any) -> object:
        first = FIRST_DATE if low is None else day(low)
        last = LAST_DATE if high is None else day(high)
        if last < first:
            raise Wrong(messages.BACKWARDS, first=str(low), last=str(high))
        return "1900-01-01" if low is None else low

    def known_rows(self, known: Known, form: str) -> Iterator[Row]:
        if "date" in known.ends:
            low, high = known.ends["date"]
            ends = FIRST_DATE if low is None else day(low), LAST_DATE if high is None else day(high)
            known.over["date"] = between(*ends, known.bits)
        yield from super().known_rows(known, form)

    def unknown_rows(self, form: str, part: Part, number: int, left: int) -> list[Row]:
        values = self.any_values(form, number, {"date": (FIRST_DATE, LAST_DATE)}, local=True)
        return [Row(Times(0, left, 1 << number), values, number)]
