"""The months of every timeline as the applicant gave them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jifen.applicant.read import Person
from jifen.backends.inputs import Layout
from jifen.explain.month_runs import Calendar, union
from jifen.language.months import Joined, Months, Narrowed, OfTimeline, Part
from jifen.policy.model import Rules
from jifen.policy.rows import STARTED, timeline_of


def covered(rules: Rules, layout: Layout, person: Person) -> list[dict[str, Any]]:
    """Each timeline with its spells and the months they cover, up to the month of the application."""
    today = person.date // 10000 * 12 + person.date // 100 % 100 - 1
    tables = list(layout.columns)
    found = []
    for timeline in rules.timelines.values():
        rows = timeline.name + (STARTED if timeline.started else "")
        if rows not in layout.columns:
            continue
        columns = layout.columns[rows]
        first, last = columns.index("from"), columns.index("to")
        spells = person.data.rows[tables.index(rows)]
        months = union(Calendar.between(row[first], min(row[last], today)) for row in spells)
        found.append(
            {
                "id": timeline.name,
                "label": timeline.label,
                "spells": len(spells),
                "count": months.size,
                "covered": months.texts(),
            }
        )
    return found


def timelines_of(months: Months) -> list[str]:
    """The timelines that a month set is made of."""
    return list(dict.fromkeys(_timelines(months)))


def _timelines(months: Months) -> Iterator[str]:
    if isinstance(months, OfTimeline):
        yield timeline_of(months.rows)
    elif isinstance(months, (Narrowed, Part)):
        yield from _timelines(months.parent)
    elif isinstance(months, Joined):
        yield from _timelines(months.one)
        yield from _timelines(months.other)
