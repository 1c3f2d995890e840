"""`jifen explain`: why each number is what it is, as the points notice."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import click

from jifen.cli.failure import USAGE, Answer, Failure, unknown
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
    from jifen import Policy, Scorecard


@click.command("explain", cls=Command, help=help_of("explain"))
@click.argument("applicant", metavar="APPLICANT")
@policy_option()
@place_option()
@reading_option()
@click.option("--indicator", metavar="PATH", help=help_of("explain.indicator"))
@click.option("--printed", metavar="DATE", help=help_of("explain.printed"))
@format_option("text", "markdown", "json", "html")
@lang_option()
@output_option()
def explain(
    applicant: str,
    policy_name: str | None,
    place: str | None,
    readings: Sequence[str],
    indicator: str | None,
    printed: str | None,
    form: str,
    lang: Lang,
    output: str | None,
) -> Answer:
    from jifen.cli import policies
    from jifen.cli.documents import Documents

    choice = policies.Choice.of(policy_name, place, readings, lang)
    if printed is not None:
        _check_day(printed)
    with Documents(form, lang) as given:
        person = given.read(applicant)
        policy = choice.policy(person)
        path = None if indicator is None else _path(policy, indicator, lang)
        card = policy.score(person.data)
    return deliver(rendered(card, form, lang, path, printed, to_file=output is not None), output)


def _check_day(text: str) -> None:
    from jifen.applicant.values import Wrong, day

    try:
        day(text)
    except Wrong as wrong:
        raise Failure("bad_day", USAGE, option="--printed", text=text) from wrong


def _path(policy: "Policy", name: str, lang: Lang) -> str:
    """The path of an indicator given by its path, or by its name where only one has it. Raises Failure."""
    try:
        return policy.line(name).indicator.path
    except KeyError:
        indicators = policy.rules.every_indicator()
        known = list(dict.fromkeys([*(one.name for one in indicators), *(one.path for one in indicators)]))
        raise unknown("unknown_indicator", name, known, lang) from None


def rendered(
    card: "Scorecard", form: str, lang: Lang, only: str | None, printed: str | None, to_file: bool
) -> str:
    """The explanation as text, Markdown, JSON or HTML, ending in a newline; all of it or of one indicator."""
    explained = card.explain()
    if form == "json":
        from jifen.scorecard.template import canonical

        return canonical(explained if only is None else _node(explained["indicators"], only)) + "\n"
    from jifen.notice.page import notice_of

    notice = notice_of(cast(Card, explained), lang, only, printed)
    if form == "markdown":
        from jifen.notice.markdown import notice_markdown

        return notice_markdown(notice, lang)
    if form == "html":
        from jifen.notice.html import notice_html

        return notice_html(notice, lang)
    from jifen.notice.text import notice_text

    return notice_text(notice, lang, width(), colored(to_file))


def _node(nodes: Sequence[dict[str, object]], path: str) -> dict[str, object]:
    """The indicator with this path."""
    todo = list(nodes)
    while todo:
        node = todo.pop()
        if node["path"] == path:
            return node
        todo += cast(list[dict[str, object]], node.get("indicators", []))
    raise KeyError(path)
