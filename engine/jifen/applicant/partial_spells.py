"""The spells of a timeline of which some are unknown, or their ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from jifen.applicant.fields import problem_at
from jifen.applicant.partial_rows import Known, Part, PartialRows, Row
from jifen.applicant.rows import Spells
from jifen.applicant.unknown import placeholder
from jifen.applicant.values import Wrong, both_months, months
from jifen.backends.bounds import Table
from jifen.backends.bounds_rows import ONCE, Times
from jifen.backends.bounds_values import between, exactly
from jifen.plan.types import FIRST_MONTH, LAST_MONTH
from jifen.policy.rows import SPLIT, STARTED

MOST_MONTHS = 24
"""Of an end that lies in so many months or fewer, each month is an answer."""


class SpellRows(PartialRows):
    """The spells of one timeline."""

    key = "spells"
    reader: Spells

    @property
    def forms(self) -> list[str]:
        return self.reader.forms

    def read(self, stated: object, tables: dict[str, Table]) -> int:
        """Put the tables of this timeline beside the others; the first month of any spell."""
        _, parts = self.put(stated, "timelines", tables)
        first = min([LAST_MONTH, *(part.first for part in parts)])
        for form in self.forms:
            if form in tables:
                at = self.layout.columns[form].index("from")
                first = min([first, *(low for value in tables[form].columns[at] for low, _ in value.cells)])
        return first

    def parts(self, unknown: object, path: str, own_path: str) -> list[Part] | None:
        if unknown is True:
            return [Part(own_path, FIRST_MONTH, LAST_MONTH, False)]
        if not isinstance(unknown, (list, tuple)):
            return None
        found = []
        for at, one in enumerate(unknown):
            if not isinstance(one, Mapping) or not one or not set(one) <= {"from", "to"}:
                return None
            try:
                _, _, first, last = both_months(one.get("from", "1900-01"), one.get("to"))
            except Wrong as wrong:
                self.notes.problems.append(problem_at(f"{path}.unknown[{at}]", wrong))
                continue
            limited = {"from", "to"} <= set(one)
            found.append(Part(f"{own_path}.unknown[{at}]", first, last, limited))
        return found

    def end_between(self, name: str, low: Any, high: Any) -> object:
        if low is not None and high is not None:
            both_months(low, high)
        for end in (low, high):
            if end is not None:
                both_months(end, None)
        if name == "from":
            return "1900-01" if low is None else low
        return high

    def between(self, low: Any, high: Any) -> list[str]:
        known = months()
        if low not in known or high not in known or known[high] - known[low] >= MOST_MONTHS:
            return []
        return [f"{month // 12}-{month % 12 + 1:02}" for month in range(known[low], known[high] + 1)]

    def known_rows(self, known: Known, form: str) -> Iterator[Row]:
        if not known.ends:
            yield from super().known_rows(known, form)
            return
        assert isinstance(known.stated, dict)
        at = 2 if STARTED in form else 0
        low, high = known.ends.get("from", (known.stated["from"],) * 2)
        first = both_months(low or "1900-01", None)[at], both_months(high or "2199-12", None)[at]
        low, high = known.ends.get("to", (known.stated.get("to"),) * 2)
        last = both_months("1900-01", low)[at + 1], both_months("1900-01", high)[at + 1]
        if "to" in known.ends and known.ends["to"][0] is None:
            last = first[0] - 2, last[1]
        first = first[0], min(first[1], last[1] + 2)
        row = self.read_one({**known.stated, "from": "2000-01", "to": "2000-01"}, form)[0]
        names = self.layout.columns[form]
        over = {name: known.over.get(name, exactly(value)) for name, value in zip(names, row, strict=True)}
        for start, end in self._segments(form, first[0], first[1], last[1]):
            low_from, high_from = max(first[0], start), min(max(first[1], start), end)
            low_to, high_to = max(min(last[0], end), start - 2), min(last[1], end)
            if high_to < low_from - 2 or low_from > high_from or low_to > high_to:
                continue
            surely = first[1] <= end and last[0] >= start and first[1] <= last[0]
            over["from"] = between(low_from, high_from, known.bits)
            over["to"] = between(low_to, high_to, known.bits)
            times = ONCE if surely else Times(0, 1, known.bits)
            yield Row(times, tuple([over[name] for name in names]))

    def unknown_rows(self, form: str, part: Part, number: int, left: int) -> list[Row]:
        rows = []
        for start, end in self._segments(form, part.first, part.last + 1, part.last):
            own = {
                "from": (max(part.first, start), min(part.last + 1, end)),
                "to": (max(part.first - 1, start - 2), min(part.last, end)),
            }
            values = self.any_values(form, number, own, local=True)
            rows.append(Row(Times(0, left, 1 << number), values, number))
        return rows

    def _segments(self, form: str, first: int, high_from: int, last: int) -> list[tuple[int, int]]:
        """The months between which no spell of this form goes on: one run, unless spells are cut."""
        end = max(high_from, last)
        if SPLIT not in form:
            return [(first - 1, end)]
        starts = [first, *(start for start in self.reader.breaks if first < start <= end)]
        return list(zip(starts, [*(start - 1 for start in starts[1:]), end], strict=True))

    def covered(self, part: Part, number: int) -> dict[str, list[Row]] | None:
        if not part.limited:
            return None
        spell: dict[str, object] = {
            "from": f"{part.first // 12}-{part.first % 12 + 1:02}",
            "to": f"{part.last // 12}-{part.last % 12 + 1:02}",
        }
        spell |= {field.name: placeholder(field.item) for field in self.reader.fields}
        attributes = {
            form: self.any_values(form, number, {"from": (0, 0), "to": (0, 0)}, local=False)
            for form in self.forms
        }
        found = {}
        for form in self.forms:
            names = self.layout.columns[form]
            found[form] = [
                Row(
                    ONCE,
                    tuple(
                        [
                            exactly(value) if name in ("from", "to") else attribute
                            for name, value, attribute in zip(names, row, attributes[form], strict=True)
                        ]
                    ),
                )
                for row in self.read_one(spell, form)
            ]
        return found
