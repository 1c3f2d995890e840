"""`jifen test`: the regression cases of policies."""

from collections.abc import Sequence
from importlib import import_module

import click

from jifen.cli.failure import Answer
from jifen.cli.mistakes import answer
from jifen.cli.parsing import Command, help_of, lang_option
from jifen.scorecard.shape import Lang


@click.command("test", cls=Command, help=help_of("test"))
@click.argument("paths", metavar="[PATH]...", nargs=-1)
@click.option("-k", "keyword", metavar="EXPR", help=help_of("test.keyword"))
@lang_option()
def run_cases(paths: Sequence[str], keyword: str | None, lang: Lang) -> Answer:
    from jifen.errors import PolicyError

    try:
        text, status = import_module("jifen.regression.report").run(paths, keyword=keyword, lang=lang)
    except PolicyError as error:
        return answer((("", one) for one in error.diagnostics), "text", lang)
    return Answer(text, status=status)
