"""`jifen score`: one applicant, one scorecard."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import click

from jifen.cli.failure import DONE, NOT_QUALIFYING, Answer, Failure
from jifen.cli.output import colored, deliver, width
from jifen.cli.parsing import Command, format_option, help_of, lang_option, output_option
from jifen.scorecard.shape import Card, Lang

if TYPE_CHECKING:
    from jifen import Scorecard


@click.command("score", cls=Command, help=help_of("score"))
@click.argument("applicant", metavar="APPLICANT")
@click.option("--policy", "policy_name", metavar="ID|PATH", help=help_of("score.policy"))
@click.option("--place", metavar="NAME", help=help_of("score.place"))
@click.option("--reading", "readings", metavar="NAME=OPTION", multiple=True, help=help_of("reading"))
@format_option("table", "json", "markdown")
@lang_option()
@click.option("--check-qualifies", is_flag=True, help=help_of("score.check"))
@output_option()
def score(
    applicant: str,
    policy_name: str | None,
    place: str | None,
    readings: Sequence[str],
    form: str,
    lang: Lang,
    check_qualifies: bool,
    output: str | None,
) -> Answer:
    from jifen.cli import mistakes, policies
    from jifen.cli.applicant import Applicant, Unreadable
    from jifen.errors import ApplicantError, PolicyError

    choice = policies.Choice.of(policy_name, place, readings, lang)
    try:
        person = Applicant.read(applicant)
    except Unreadable as error:
        return mistakes.answer(error.found, form, lang, error.texts)
    except Failure as failure:
        return mistakes.stopped(failure, form)
    try:
        card = choice.policy(person).score(person.data)
    except PolicyError as error:
        return mistakes.answer([("", one) for one in error.diagnostics], form, lang)
    except Failure as failure:
        return mistakes.stopped(failure, form)
    except ApplicantError as error:
        return mistakes.answer(person.located(error.problems), form, lang, {person.file: person.text})
    status = NOT_QUALIFYING if check_qualifies and not card.qualifies else DONE
    return deliver(rendered(card, form, lang, to_file=output is not None), output, status)


def rendered(card: "Scorecard", form: str, lang: Lang, to_file: bool) -> str:
    """The scorecard as a table, as Markdown or as JSON, ending in a newline."""
    if form == "json":
        return card.to_json().rstrip("\n") + "\n"
    data = cast(Card, card.to_dict())
    if form == "markdown":
        from jifen.scorecard.render_markdown import render_markdown

        return render_markdown(data, lang)
    from jifen.scorecard.render_table import render_table

    return render_table(data, lang, width(), colored(to_file))
