"""`jifen diff`: what changed in meaning between two policies."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from jifen.cli import mistakes
from jifen.cli.failure import DONE, USAGE, Answer, Failure
from jifen.cli.output import deliver
from jifen.cli.parsing import Command, format_option, help_of, lang_option, output_option
from jifen.scorecard.shape import Lang

if TYPE_CHECKING:
    from jifen.errors import JifenError
    from jifen.regression.diff_report import Version

DIFFERENT = 1


@click.command("diff", cls=Command, help=help_of("diff"))
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@format_option("text", "markdown", "json")
@lang_option()
@output_option()
def diff(before: str, after: str, form: str, lang: Lang, output: str | None) -> Answer:
    from jifen.errors import JifenError, PolicyError
    from jifen.regression.diff_report import Comparison

    with TemporaryDirectory(prefix="jifen-") as folder:
        try:
            versions = [
                version(name, Path(folder) / side, lang) for name, side in ((before, "a"), (after, "b"))
            ]
            found = Comparison(*versions)
        except PolicyError as error:
            answer = mistakes.answer([("", one) for one in error.diagnostics], "text", lang)
            return replace(answer, status=USAGE)
        except JifenError as error:
            raise Trouble(error) from error
    text = (
        found.json() if form == "json" else found.markdown(lang) if form == "markdown" else found.text(lang)
    )
    return deliver(text, output, DONE if found.equal else DIFFERENT)


def version(name: str, folder: Path, lang: Lang) -> "Version":
    """The policy of an id, a file or a git revision. Raises Failure, PolicyError or JifenError."""
    from jifen.cli.policies import file_of
    from jifen.regression import revisions

    is_revision = revisions.is_revision(name)
    return revisions.version(name if is_revision else str(file_of(name, lang)), folder)


class Trouble(Failure):
    """What stops the comparison; status 1 is kept for policies that differ."""

    def __init__(self, error: "JifenError") -> None:
        super().__init__("", USAGE)
        self.error = error

    def text(self, lang: Lang) -> str:
        return self.error.text(lang)
