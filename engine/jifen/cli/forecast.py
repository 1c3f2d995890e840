"""`jifen forecast`: the score in each coming round, and the first that meets the line."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from jifen.cli.failure import USAGE, Answer, Failure
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
from jifen.scorecard.shape import Lang

if TYPE_CHECKING:
    from jifen import Forecast


@click.command("forecast", cls=Command, help=help_of("forecast"))
@click.argument("applicant", metavar="APPLICANT")
@place_option("forecast.place")
@policy_option("forecast.policy")
@click.option("--from", "since", metavar="DATE", help=help_of("forecast.from"))
@click.option("--until", metavar="MONTH|DATE", help=help_of("forecast.until"))
@click.option("--assume", metavar="FILE", help=help_of("forecast.assume"))
@reading_option()
@format_option("table", "json", "markdown", "html")
@lang_option()
@output_option()
def forecast(
    applicant: str,
    place: str | None,
    policy_name: str | None,
    since: str | None,
    until: str | None,
    assume: str | None,
    readings: Sequence[str],
    form: str,
    lang: Lang,
    output: str | None,
) -> Answer:
    from jifen.cli import policies
    from jifen.cli.documents import Documents
    from jifen.forecasting.forecast import forecast as looked_ahead
    from jifen.policy.registry import registry

    choice = policies.Choice.of(policy_name, place, readings, lang)
    if since is not None:
        _check_day(since)
    if place is not None:
        places = sorted({entry.place for entry in registry()})
        if place not in places:
            from jifen.cli.failure import unknown

            raise unknown("unknown_place", place, places, lang)
    with Documents(form, lang) as given:
        person = given.read(applicant)
        assumed = None if assume is None else given.read(assume, "assumptions", claims="assume[")
        policy = None if policy_name is None else choice.policy(person)
        found = looked_ahead(
            person.data,
            place=place,
            policy=policy,
            since=since,
            until=until,
            assume=None if assumed is None else assumed.data,
            readings=choice.readings if place is not None else None,
        )
    return deliver(rendered(found, form, lang, output is not None), output)


def _check_day(text: str) -> None:
    from jifen.applicant.values import Wrong, day

    try:
        day(text)
    except Wrong as wrong:
        raise Failure("bad_day", USAGE, option="--from", text=text) from wrong


def rendered(found: "Forecast", form: str, lang: Lang, to_file: bool) -> str:
    """The forecast in the form asked for, ending in a newline."""
    if form == "json":
        return found.to_json() + "\n"
    if form == "html":
        from jifen.forecasting.html import forecast_html

        return forecast_html(found, lang)
    from jifen.forecasting.render import render_markdown, render_table

    if form == "markdown":
        return render_markdown(found, lang)
    return render_table(found, lang, width(), colored(to_file))
