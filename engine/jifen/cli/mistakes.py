"""Mistakes in files, shown where they stand."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from jifen.cli.failure import DATA, Answer, Failure
from jifen.document.diagnostics import Diagnostic
from jifen.document.render import render
from jifen.scorecard.shape import Lang

Found = tuple[str, Diagnostic]
"""The path inside the data ("" where there is none), and what is wrong there."""


def answer(found: Iterable[Found], form: str, lang: Lang, texts: Mapping[str, str] | None = None) -> Answer:
    """The mistakes as text on standard error or, if the form is `json`, as JSON on standard output.

    `texts` are the texts of files that cannot be read again.
    """
    listed = list(found)
    if form == "json":
        rows = json.loads(render([one for _, one in listed], "json"))
        return _json([{"path": path or None, **row} for (path, _), row in zip(listed, rows, strict=True)])
    sources = {**sources_of(one for _, one in listed), **(texts or {})}
    shown = [with_path(one, path) if path else one for path, one in listed]
    return Answer(errors=render(shown, "text", lang, sources) + "\n", status=DATA)


def stopped(failure: Failure, form: str) -> Answer:
    """What stopped everything, as JSON if that is the form and it is about data; else raised again."""
    if form != "json" or failure.status != DATA:
        raise failure
    texts = {"message": failure.text("en"), "messageZh": failure.text("zh")}
    return _json([{"path": None, "severity": "error", **texts}])


def _json(errors: list[dict[str, object]]) -> Answer:
    report = {"format": "jifen-errors/1", "errors": errors}
    return Answer(json.dumps(report, ensure_ascii=False, indent=2) + "\n", status=DATA)


def with_path(one: Diagnostic, path: str) -> Diagnostic:
    """The diagnostic with the path before its sentence."""
    message = replace(
        one.message, en="`{jifen_path}`: " + one.message.en, zh="`{jifen_path}`：" + one.message.zh
    )
    return replace(one, message=message, args={**one.args, "jifen_path": path})


def sources_of(diagnostics: Iterable[Diagnostic]) -> dict[str, str]:
    """The texts of the files that the diagnostics point into, as far as they can be read."""
    texts: dict[str, str] = {}
    for file in {found.place.file for found in diagnostics}:
        try:
            texts[file] = Path(file).read_text(encoding="utf-8")
        except (OSError, ValueError):
            continue
    return texts
