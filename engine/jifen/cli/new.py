"""`jifen new`: a policy and its cases to begin with."""

import os
import re
from pathlib import Path

import click

from jifen.cli import files
from jifen.cli.failure import USAGE, Answer, Failure
from jifen.cli.parsing import Command, help_of, lang_option
from jifen.cli.wording import word
from jifen.scorecard.shape import Lang

FOLDER = "policies"
# A year is never read off a clock: the same command writes the same files on every day.
YEAR = 2025
_ID = re.compile(r"[a-z][a-z0-9_-]*(/[a-z0-9][a-z0-9_.-]*)+")
_YEAR = re.compile(r"(?<!\d)(19[3-9]\d|20\d\d|21\d\d)(?!\d)")


@click.command("new", cls=Command, help=help_of("new"))
@click.argument("name", metavar="PLACE/VERSION")
@click.option("--folder", metavar="DIR", default=FOLDER, help=help_of("new.folder"))
@lang_option()
def new(name: str, folder: str, lang: Lang) -> Answer:
    from jifen.cli.skeleton import texts

    if not _ID.fullmatch(name) or name.endswith(".cases"):
        raise Failure("no_id", USAGE, text=name)
    policy = Path(folder, f"{name}.yaml")
    cases = Path(folder, f"{name}.cases.yaml")
    for path in (policy, cases):
        if path.exists() or path.is_symlink():
            raise Failure("exists", USAGE, path=path)
    year = _YEAR.search(name.rpartition("/")[2])
    schemas = Path(folder, "..", "schemas")
    way = os.path.relpath(schemas, policy.parent) if schemas.is_dir() else ""
    written = texts(name, int(year[1]) if year else YEAR, Path(way).as_posix() if way else "")
    files.create_all({policy: written[0], cases: written[1]})
    return Answer(word("new.written", lang, policy=policy, cases=cases, name=name))
