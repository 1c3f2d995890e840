"""`jifen test`: the regression cases of policies."""

from collections.abc import Sequence

import click

from jifen.cli import files
from jifen.cli.cover import places
from jifen.cli.failure import USAGE, Answer, Failure
from jifen.cli.mistakes import answer
from jifen.cli.parsing import Command, format_option, help_of, lang_option
from jifen.cli.progress import progress
from jifen.scorecard.shape import Lang


@click.command("test", cls=Command, help=help_of("test"))
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("-k", "keyword", metavar="EXPR", help=help_of("test.keyword"))
@format_option("text", "json")
@click.option("--junit", metavar="FILE", help=help_of("test.junit"))
@click.option("--update", is_flag=True, help=help_of("test.update"))
@lang_option()
def run_cases(
    paths: Sequence[str], keyword: str | None, form: str, junit: str | None, update: bool, lang: Lang
) -> Answer:
    from jifen.errors import PolicyError
    from jifen.regression import report
    from jifen.regression.junit import as_junit
    from jifen.regression.keyword import BadKeyword, everything, wanted
    from jifen.regression.run import Runner, collect
    from jifen.regression.update import update as corrected

    try:
        chosen = wanted(keyword) if keyword and not keyword.isspace() else everything
    except BadKeyword as error:
        raise Failure("bad_keyword", USAGE, text=keyword) from error
    changes = None
    try:
        runner = Runner()
        cases = collect(places(paths), chosen)
        with progress("testing", lang) as tell:
            outcomes = runner.all(cases, tell)
        if update:
            found = corrected(outcomes, runner)
            # A link to a file of cases stays one.
            for path, text in found.files.items():
                files.write(str(path.resolve()), text)
            outcomes, changes = list(found.outcomes), found.changes
    except PolicyError as error:
        return answer((("", one) for one in error.diagnostics), form, lang)
    if junit is not None:
        files.write(junit, as_junit(outcomes, lang))
    text = report.as_json(outcomes, changes) if form == "json" else report.as_text(outcomes, lang, changes)
    return Answer(text, status=report.status(outcomes))
