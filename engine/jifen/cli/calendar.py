"""`jifen calendar`: every window of every round of a place, as a table, to subscribe to, or as data."""

import click

from jifen.cli.failure import Answer, unknown
from jifen.cli.output import deliver
from jifen.cli.parsing import Command, format_option, help_of, lang_option, output_option
from jifen.scorecard.shape import Lang


@click.command("calendar", cls=Command, help=help_of("calendar"))
@click.argument("place", metavar="PLACE")
@click.option("--year", type=click.IntRange(1900, 2199), metavar="YEAR", help=help_of("calendar.year"))
@format_option("table", "ics", "json")
@lang_option()
@output_option()
def calendar(place: str, year: int | None, form: str, lang: Lang, output: str | None) -> Answer:
    import jifen
    from jifen.cli.documents import Documents
    from jifen.policy.registry import registry
    from jifen.procedure.agenda import agenda

    entries = registry()
    versions = [entry for entry in entries if place in (entry.place, entry.id)]
    if not versions:
        raise unknown("unknown_place", place, sorted({entry.place for entry in entries}), lang)
    with Documents(form, lang):
        policies = [jifen.load(entry.path).rules for entry in versions]
    rows = agenda(policies, year)
    known = {rules.id: rules for rules in policies}
    if form == "ics":
        from jifen.procedure.ics import ics

        return deliver(ics(rows, policies, f"Jifen {place}", lang), output)
    from jifen.procedure import render_agenda

    if form == "json":
        return deliver(render_agenda.document(rows, known), output)
    return deliver(render_agenda.table(rows, known, lang), output)
