"""`jifen cover`: what of a policy its cases do not touch."""

from collections.abc import Sequence
from pathlib import Path

import click

from jifen.cli.failure import DATA, DONE, Answer
from jifen.cli.output import deliver
from jifen.cli.parsing import Command, format_option, help_of, lang_option, output_option
from jifen.cli.wording import word
from jifen.scorecard.shape import Lang


@click.command("cover", cls=Command, help=help_of("cover"))
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@format_option("text", "json", "html")
@click.option("--fail-under", metavar="PCT", type=click.FloatRange(0, 100), help=help_of("cover.under"))
@lang_option()
@output_option()
def cover(
    paths: Sequence[str], form: str, fail_under: float | None, lang: Lang, output: str | None
) -> Answer:
    from jifen.cli.documents import Documents
    from jifen.regression import coverage

    with Documents(form, lang):
        found = coverage.coverages(places(paths))
    if form == "html":
        from jifen.regression.coverage_html import page

        text = page(found, lang)
    else:
        text = coverage.as_json(found) if form == "json" else coverage.text(found, lang)
    done = deliver(text, output)
    return under(done, coverage.total(found), fail_under, lang)


def under(done: Answer, tenths: int, fail_under: float | None, lang: Lang) -> Answer:
    """The answer; with status 1 and a line that says why where a share, per mille, is below the one asked for."""
    from jifen.regression.coverage import percent

    if fail_under is None or tenths >= round(fail_under * 10):
        return Answer(done.text, done.errors, DONE)
    said = word("below", lang, found=percent(tenths), wanted=f"{fail_under:g} %")
    return Answer(done.text, word("failure", lang, text=said) + "\n", DATA)


def places(paths: Sequence[str]) -> list[str]:
    """The paths that arguments mean: files, folders or ids of policies; the folders of policies where there is none."""
    from jifen.policy.registry import registry
    from jifen.resources import policies_dirs

    if not paths:
        return [str(folder) for folder in policies_dirs()]
    known = {entry.id: str(entry.path) for entry in registry()}
    return [path if Path(path).exists() else known.get(path, path) for path in paths]
