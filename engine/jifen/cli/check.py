"""`jifen check`: the diagnostics of policy files."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal, get_args

import click

from jifen.cli.failure import DATA, DONE, USAGE, Answer, Failure
from jifen.cli.mistakes import sources_of, with_path
from jifen.cli.parsing import Command, format_option, help_of, lang_option
from jifen.cli.wording import word
from jifen.document.diagnostics import Diagnostic, Diagnostics
from jifen.document.places import Place
from jifen.scorecard.shape import Lang

Form = Literal["text", "json", "github"]


@click.command("check", cls=Command, help=help_of("check"))
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--on", metavar="YYYY-MM-DD", help=help_of("check.on"))
@format_option(*get_args(Form))
@lang_option()
def check(paths: Sequence[str], on: str | None, form: Form, lang: Lang) -> Answer:
    import jifen
    from jifen.document.render import render, summary
    from jifen.policy.versions import check_age, check_versions

    day = _day(on)

    files = policy_files(paths)
    if not files:
        raise Failure("nothing_to_check", USAGE)
    collected = Diagnostics()
    inherited = []
    for file in files:
        for one in jifen.check(file):
            if one.place.file == str(file):
                collected.extend([one])
            else:
                inherited.append((one, str(file)))
    # What is wrong in a base only as another version changes it is said with that version's name.
    alone = set(map(_mark, collected))
    collected.extend(with_path(one, file) for one, file in inherited if _mark(one) not in alone)
    for together in _folders(paths) or ([] if paths else [files]):
        check_versions(together, collected)
    if day is not None:
        check_age(files, day, collected)
    found = collected.sorted()
    if found or form == "json":
        text = render(found, form, lang, sources_of(found))
    elif form == "text":
        key = "checked_one" if len(files) == 1 else "checked"
        text = word(key, lang, count=len(files), summary=summary((), lang))
    else:
        text = ""
    return Answer(text + "\n" if text else "", status=DATA if collected.errors else DONE)


def _mark(one: Diagnostic) -> tuple[str, Place, str]:
    return one.code, one.place, one.text("en")


def policy_files(paths: Sequence[str]) -> list[Path]:
    """The files that the arguments name: files, those inside folders, ids; all known where there is none.

    Raises Failure where an argument names nothing.
    """
    from jifen.policy.registry import registry

    known = {entry.id: Path(entry.path) for entry in registry()}
    if not paths:
        return list(known.values())
    files: list[Path] = []
    for name in paths:
        path = Path(name)
        if path.is_dir():
            files += _inside(path)
        elif path.exists() or name not in known:
            if not path.exists():
                raise Failure("no_file", USAGE, path=name)
            files.append(path)
        else:
            files.append(known[name])
    return list(dict.fromkeys(files))


def _folders(paths: Sequence[str]) -> list[list[Path]]:
    """The files of each folder among the arguments, whose versions stand beside each other."""
    return [_inside(Path(name)) for name in paths if Path(name).is_dir()]


def _inside(folder: Path) -> list[Path]:
    return sorted(
        found
        for found in folder.rglob("*.yaml")
        if not found.name.endswith((".cases.yaml", ".equivalent.yaml", ".population.yaml"))
    )


def _day(text: str | None) -> date | None:
    """Raises Failure for a text that is no date."""
    if text is None:
        return None
    try:
        if len(text) == 10 and text[4] == text[7] == "-":
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Failure("no_day", USAGE, text=text)
