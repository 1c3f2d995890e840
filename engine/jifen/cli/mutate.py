"""`jifen mutate`: whether the cases of a policy notice every small change of it."""

from collections.abc import Sequence

import click

from jifen.cli import files
from jifen.cli.cover import places, under
from jifen.cli.failure import DATA, Answer, Failure
from jifen.cli.mistakes import answer
from jifen.cli.parsing import Command, format_option, help_of, lang_option
from jifen.cli.progress import progress
from jifen.scorecard.shape import Lang


@click.command("mutate", cls=Command, help=help_of("mutate"))
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("--jobs", metavar="N", type=click.IntRange(1), help=help_of("mutate.jobs"))
@format_option("text", "json")
@click.option("--survivors", metavar="FILE", help=help_of("mutate.survivors"))
@click.option("--fail-under", metavar="PCT", type=click.FloatRange(0, 100), help=help_of("mutate.under"))
@lang_option()
def mutate(
    paths: Sequence[str],
    jobs: int | None,
    form: str,
    survivors: str | None,
    fail_under: float | None,
    lang: Lang,
) -> Answer:
    from jifen.errors import PolicyError
    from jifen.regression import mutation
    from jifen.regression.equivalent import written

    try:
        with progress("mutating", lang) as tell:
            found = mutation.mutations(places(paths), jobs, tell)
    except PolicyError as error:
        return answer((("", one) for one in error.diagnostics), form, lang)
    except mutation.Failing as error:
        raise Failure("cases_fail", DATA, cases=("；" if lang == "zh" else "; ").join(error.cases)) from error
    if survivors is not None:
        files.write(survivors, written(mutant for one in found for mutant in one.survivors))
    text = mutation.as_json(found) if form == "json" else mutation.text(found, lang)
    return under(Answer(text), mutation.total(found), fail_under, lang)
