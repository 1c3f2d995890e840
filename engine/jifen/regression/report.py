"""Runs cases and reports on them, as `jifen test` prints it."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import indent

from jifen.regression.run import Runner, collect
from jifen.resources import policies_dirs


def run(paths: Sequence[str], keyword: str | None = None, lang: str = "en") -> tuple[str, int]:
    """Run cases and say what differs: the report, and 0 when all pass, 1 when one fails or none is found."""
    runner = Runner()
    cases = collect(paths or [str(folder) for folder in policies_dirs()], keyword)
    lines: list[str] = []
    failed = 0
    for case in cases:
        differences = runner.run(case).differences
        if differences:
            failed += 1
            lines.append(f"✗ {case.id}")
            lines += [indent(difference.text(lang), "    ") for difference in differences]
    passed = len(cases) - failed
    if not cases:
        lines.append("没有符合的例子" if lang == "zh" else "no case matches")
    else:
        lines.append(
            f"{passed} 个通过，{failed} 个失败" if lang == "zh" else f"{passed} passed, {failed} failed"
        )
    return "\n".join(lines) + "\n", int(bool(failed) or not cases)
