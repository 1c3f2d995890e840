"""What became of cases, as `jifen test` prints it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from textwrap import indent

from jifen.document.places import Place
from jifen.regression.compare import Difference
from jifen.regression.run import Outcome
from jifen.regression.update import Change

FORMAT = "jifen-test/1"


def as_text(outcomes: Sequence[Outcome], lang: str, changes: Sequence[Change] | None = None) -> str:
    """Each failing case with what differs, what was corrected (None where nothing was to be), and the counts."""
    zh = lang == "zh"
    lines: list[str] = []
    failed = 0
    for case, differences in outcomes:
        if differences:
            failed += 1
            lines.append(f"✗ {case.id}")
            lines += [indent(difference.text(lang), "    ") for difference in differences]
    colon = "：" if zh else ": "
    lines += [f"{one.place}: {one.what}{colon}{one.old} → {one.new}" for one in changes or ()]
    if changes is not None:
        lines.append(_corrected(changes, sum(len(outcome.differences) for outcome in outcomes), zh))
    if not outcomes:
        lines.append("没有符合的例子" if zh else "no case matches")
    else:
        passed = len(outcomes) - failed
        lines.append(f"{passed} 个通过，{failed} 个失败" if zh else f"{passed} passed, {failed} failed")
    return "\n".join(lines) + "\n"


def _corrected(changes: Sequence[Change], left: int, zh: bool) -> str:
    files = len({change.place.file for change in changes})
    if zh:
        done = f"已改写 {files} 个文件中的 {len(changes)} 处预期" if changes else "没有改写任何预期"
        return done + (f"；{left} 处不能就地改写" if left else "")
    what = "1 expectation" if len(changes) == 1 else f"{len(changes)} expectations"
    where = "1 file" if files == 1 else f"{files} files"
    done = f"{what} rewritten in {where}" if changes else "nothing rewritten"
    return done + (f"; {left} cannot be rewritten in place" if left else "")


def as_json(outcomes: Sequence[Outcome], changes: Sequence[Change] | None = None) -> str:
    """The same as data; `updated` is there where corrections were asked for."""
    failed = sum(bool(outcome.differences) for outcome in outcomes)
    report: dict[str, object] = {
        "format": FORMAT,
        "passed": len(outcomes) - failed,
        "failed": failed,
        "cases": [
            {
                "id": case.id,
                "place": _place(case.place),
                "passed": not differences,
                "differences": [_difference(one) for one in differences],
            }
            for case, differences in outcomes
        ],
    }
    if changes is not None:
        report["updated"] = [
            {"what": one.what, "place": _place(one.place), "old": one.old, "new": one.new} for one in changes
        ]
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _difference(one: Difference) -> dict[str, object]:
    return {
        "what": one.what,
        "expected": _both(one.expected),
        "actual": _both(one.actual),
        "place": _place(one.place),
        "rule": _place(one.rule) if one.rule else None,
        "because": one.because._asdict() if any(one.because) else None,
    }


def _both(words: tuple[str, str]) -> object:
    """Data as it is; words in both languages."""
    en, zh = words
    return en if en == zh else {"en": en, "zh": zh}


def _place(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line, "column": place.column}


def status(outcomes: Sequence[Outcome]) -> int:
    """0 where every case passes, 1 where one fails or there is none."""
    return int(not outcomes or any(outcome.differences for outcome in outcomes))
