"""`jifen review`: a published score held against the score by the policy."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from jifen.cli.failure import DIFFERENT, DONE, USAGE, Answer, Failure
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
    from jifen.review.review import Review


@click.command("review", cls=Command, help=help_of("review"))
@click.argument("applicant", metavar="APPLICANT")
@click.argument("published", metavar="PUBLISHED")
@click.option("--on", "on", metavar="DATETIME", help=help_of("review.on"))
@policy_option("review.policy")
@place_option()
@reading_option()
@format_option("table", "json", "markdown")
@lang_option()
@output_option()
def review(
    applicant: str,
    published: str,
    on: str | None,
    policy_name: str | None,
    place: str | None,
    readings: Sequence[str],
    form: str,
    lang: Lang,
    output: str | None,
) -> Answer:
    from jifen.cli import policies
    from jifen.cli.documents import Documents
    from jifen.review.review import review as held_against

    now = None if on is None else _moment(on)
    with Documents(form, lang) as given:
        person = given.read(applicant)
        printed = given.read(published, "published")
        if policy_name is None and place is None:
            policy_name = str(printed.data["policy"])
        policy = policies.Choice.of(policy_name, place, readings, lang).policy(person)
        policy.score(person.data)
        given.subject = printed
        found = held_against(policy, person.data, printed.data, now)
    status = DIFFERENT if found.differences else DONE
    return deliver(_rendered(found, form, lang, output is not None), output, status)


def _rendered(found: "Review", form: str, lang: Lang, to_file: bool) -> str:
    """The review as a table, as Markdown or as JSON, ending in a newline."""
    if form == "json":
        from jifen.review.content import content
        from jifen.scorecard.template import canonical

        return canonical(content(found)) + "\n"
    from jifen.review.render import render_markdown, render_table

    if form == "markdown":
        return render_markdown(found, lang)
    return render_table(found, lang, width(), colored(to_file))


def _moment(text: str) -> datetime:
    """A minute such as 2025-05-28T10:00, with or without an offset. Raises Failure."""
    try:
        if len(text) < len("2025-05-28T10:00") or text[10] not in "T ":
            raise ValueError(text)
        return datetime.fromisoformat(text)
    except ValueError:
        raise Failure("no_moment", USAGE, text=text) from None
