"""The months and records behind the points of a line, as a scorecard writes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from jifen.language.months import Reason
from jifen.plan.slots import Ref
from jifen.policy.recorded import Line
from jifen.rules.scoring import Ledger, RecordPoints, SpellLedgers
from jifen.scorecard.cites import cited
from jifen.scorecard.numbers import date_text, exact
from jifen.scorecard.template import Code, Hole, canonical

if TYPE_CHECKING:
    from jifen.scorecard.content import Content, View


class LedgerTexts:
    """Writes ledgers and records."""

    def __init__(self, content: Content) -> None:
        self.content = content

    def ledger(self, ledger: Ledger, line: Line) -> dict[str, Any]:
        """One ledger: its months, what was left out of them, and the pieces that its points are made of."""
        content = self.content
        return {
            "id": ledger.name,
            "label": ledger.label,
            "points": content.number(ledger.points),
            "count": Code(f"str({content.slot(ledger.months)})"),
            "counted": Code(f"view.intervals({content.slot(ledger.view.ref)})"),
            "left_out": Hole(self._left_out(ledger.view.left_out)),
            "pieces": self._pieces(ledger, line),
        }

    def _pieces(self, ledger: Ledger, line: Line) -> Hole[View]:
        per = _per(line)
        parts: list[tuple[Callable[[tuple[Any, ...]], tuple[int, int, int]], int, int, int]] = []
        for piece in ledger.pieces:
            refs = (piece.months, piece.rate, piece.points)
            find = itemgetter(*(self.content.detail[ref.slot] for ref in refs))
            parts.append((find, piece.months.type.den, piece.rate.type.den, piece.points.type.den))

        def write(view: View) -> str:
            found = []
            for find, months_den, rate_den, points_den in parts:
                count, rate, points = find(view.detail)
                if count:
                    found.append(
                        f'{{"months":{count // months_den},"per":"{per}",'
                        f'"points":"{exact(points, points_den)}","rate":"{exact(rate, rate_den)}"}}'
                    )
            return f"[{','.join(found)}]"

        return Hole(write)

    def _left_out(self, left_out: Sequence[tuple[Reason, Ref]]) -> Callable[[View], str]:
        """Months left out by reason; a month stands under its first reason."""
        texts = [
            (
                f',{{"cite":{canonical(cited(self.content.rules, reason.cite))},"count":',
                f',"reason":{canonical(reason.text)}}}',
            )
            for reason, _ in left_out
        ]
        slots = [self.content.detail[ref.slot] for _, ref in left_out]
        if not slots:
            return lambda view: "[]"
        if len(slots) == 1:  # itemgetter gives no tuple for one
            texts, slots = texts * 2, slots * 2
        find = itemgetter(*slots)

        def write(view: View) -> str:
            sets = find(view.detail)
            if not any(sets):
                return "[]"
            found, seen = "", 0
            for months, (before, after) in zip(sets, texts, strict=False):
                if months and (months := months & ~seen):
                    seen |= months
                    found += f'{before}{months.bit_count()},"months":{view.intervals(months)}{after}'
            return f"[{found[1:]}]"

        return write

    def spells(self, spells: SpellLedgers, line: Line) -> Hole[View]:
        """A ledger for each spell that counts, and one for what was left out."""
        refs = (spells.condition, spells.months, spells.points, spells.rate)
        columns = [self.content.value(ref) for ref in refs]
        left_out = self._left_out(spells.view.left_out)
        points_den, rate_den, per = spells.points.type.den, spells.rate.type.den, _per(line)

        def write(view: View) -> str:
            found = []
            values = [find(view) for find in columns]
            rows = max((len(column) for column in values if isinstance(column, list)), default=0)
            for row in range(rows):
                counts, months, points, rate = (c[row] if isinstance(c, list) else c for c in values)
                if not counts:
                    continue
                worth, count = exact(points, points_den), months.bit_count()
                piece = (
                    f'{{"months":{count},"per":"{per}","points":"{worth}","rate":"{exact(rate, rate_den)}"}}'
                )
                found.append(
                    f'{{"count":{count},"counted":{view.intervals(months)},"id":"{row + 1}",'
                    f'"label":{{"en":"spell {row + 1}","zh":"第{row + 1}条"}},"left_out":[],'
                    f'"pieces":[{piece if months else ""}],"points":"{worth}"}}'
                )
            rest = left_out(view)
            if rest != "[]":
                found.append(
                    '{"count":0,"counted":[],"id":"","label":{"en":"left out","zh":"不计"},'
                    f'"left_out":{rest},"pieces":[],"points":"0"}}'
                )
            return f"[{','.join(found)}]"

        return Hole(write)

    def records(self, records: RecordPoints) -> Hole[View]:
        """Each record: whether it counts, its points, and why it does not count."""
        content = self.content
        layout = content.policy.layout
        table = list(layout.columns).index(records.rows)
        date = layout.columns[records.rows].index("date")
        reason_of, points_of = content.value(records.reason), content.value(records.points)
        den = records.points.type.den
        reasons = [(canonical(text), canonical(cited(content.rules, cite))) for text, cite in records.reasons]

        def write(view: View) -> str:
            found = []
            why, points = reason_of(view), points_of(view)
            for index, row in enumerate(view.card.person.data.rows[table]):
                reason = why[index] if isinstance(why, list) else why
                worth = points[index] if isinstance(points, list) else points
                day = date_text(row[date])
                if reason < 0:
                    found.append(
                        f'{{"counted":true,"date":"{day}","index":{index},"points":"{exact(worth, den)}"}}'
                    )
                else:
                    text, cite = reasons[reason]
                    found.append(
                        f'{{"cite":{cite},"counted":false,"date":"{day}","index":{index},"points":"0","reason":{text}}}'
                    )
            return f"[{','.join(found)}]"

        return Hole(write)


def _per(line: Line) -> str:
    return "year" if getattr(line.indicator.rule, "yearly", False) else "month"
