"""`jifen plan`: what an applicant can do to reach the line, and when."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from jifen.cli.failure import Answer
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
    from jifen.levers.result import Ways


@click.command("plan", cls=Command, help=help_of("plan"))
@click.argument("applicant", metavar="APPLICANT")
@policy_option("plan.policy")
@place_option("plan.place")
@reading_option()
@click.option("--target", metavar="LINE", help=help_of("plan.target"))
@click.option("--by", metavar="DATE", help=help_of("plan.by"))
@click.option("--lever", "levers", metavar="NAME", multiple=True, help=help_of("plan.lever"))
@format_option("table", "json", "markdown")
@lang_option()
@output_option()
def plan(
    applicant: str,
    policy_name: str | None,
    place: str | None,
    readings: Sequence[str],
    target: str | None,
    by: str | None,
    levers: Sequence[str],
    form: str,
    lang: Lang,
    output: str | None,
) -> Answer:
    from jifen.cli import policies
    from jifen.cli.documents import Documents
    from jifen.levers.assess import ways_at

    choice = policies.Choice.of(policy_name, place, readings, lang)
    with Documents(form, lang) as given:
        person = given.read(applicant)
        policy = choice.policy(person)
        named = list(levers) or None
        if choice.place is None:
            found = policy.ways(person.data, target=target, by=by, levers=named)
        else:
            found = ways_at(choice.place, policy, choice.readings, person.data, target, by, named)
    return deliver(ways_text(found, form, lang, output is not None), output)


def ways_text(ways: "Ways", form: str, lang: Lang, to_file: bool) -> str:
    """The ways in the form asked for, ending in a newline."""
    if form == "json":
        return ways.to_json() + "\n"
    if form == "markdown":
        from jifen.levers.render_markdown import render_markdown

        return render_markdown(ways, lang)
    from jifen.levers.render_table import render_table

    return render_table(ways, lang, width(), colored(to_file))
