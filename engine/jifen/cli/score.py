"""`jifen score`: one applicant, one scorecard."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import click

from jifen.cli.failure import DONE, NOT_QUALIFYING, OPEN, USAGE, Answer, Failure
from jifen.cli.output import colored, deliver, width
from jifen.cli.parsing import (
    Command,
    format_option,
    help_of,
    lang_option,
    output_option,
    place_option,
    policy_option,
    reading_option,
)
from jifen.scorecard.shape import Card, Lang

if TYPE_CHECKING:
    from jifen import Scorecard
    from jifen.bounds.result import Bounds
    from jifen.spread.result import Spread


@click.command("score", cls=Command, help=help_of("score"))
@click.argument("applicant", metavar="APPLICANT")
@policy_option()
@place_option()
@reading_option()
@format_option("table", "json", "markdown")
@lang_option()
@click.option("--bounds", "with_bounds", is_flag=True, help=help_of("score.bounds"))
@click.option("--readings", "all_readings", type=click.Choice(["all"]), help=help_of("score.readings"))
@click.option("--check-qualifies", is_flag=True, help=help_of("score.check"))
@output_option()
def score(
    applicant: str,
    policy_name: str | None,
    place: str | None,
    readings: Sequence[str],
    form: str,
    lang: Lang,
    with_bounds: bool,
    all_readings: str | None,
    check_qualifies: bool,
    output: str | None,
) -> Answer:
    from jifen.cli import policies
    from jifen.cli.documents import Documents

    if with_bounds and all_readings:
        raise Failure("bounds_or_readings", USAGE)
    choice = policies.Choice.of(policy_name, place, readings, lang)
    to_file = output is not None
    with Documents(form, lang) as given:
        person = given.read(applicant)
        policy = choice.policy(person)
        if with_bounds:
            bounds = policy.bounds(person.data)
            verdict, text = bounds.qualifies, bounds_text(bounds, form, lang, to_file)
        elif all_readings:
            spread = policy.spread(person.data)
            verdict, text = spread.qualifies, spread_text(spread, form, lang, to_file)
        else:
            card = policy.score(person.data)
            verdict, text = card.qualifies, rendered(card, form, lang, to_file)
    status = {True: DONE, False: NOT_QUALIFYING, None: OPEN}[verdict] if check_qualifies else DONE
    return deliver(text, output, status)


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


def bounds_text(bounds: "Bounds", form: str, lang: Lang, to_file: bool) -> str:
    """The bounds in the form asked for, ending in a newline."""
    if form == "json":
        return bounds.to_json() + "\n"
    if form == "markdown":
        from jifen.bounds.render_markdown import render_markdown

        return render_markdown(bounds, lang)
    from jifen.bounds.render_table import render_table

    return render_table(bounds, lang, width(), colored(to_file))


def spread_text(spread: "Spread", form: str, lang: Lang, to_file: bool) -> str:
    """The readings in the form asked for, ending in a newline."""
    if form == "json":
        return spread.to_json() + "\n"
    if form == "markdown":
        from jifen.spread.render_markdown import render_markdown

        return render_markdown(spread, lang)
    from jifen.spread.render_table import render_table

    return render_table(spread, lang, width(), colored(to_file))
