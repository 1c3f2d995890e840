"""`jifen show`: a policy as its official table, or as the resolved document."""

from collections.abc import Sequence

import click

from jifen.cli import mistakes
from jifen.cli.failure import USAGE, Answer, Failure
from jifen.cli.output import colored, deliver, width
from jifen.cli.parsing import Command, format_option, help_of, lang_option, output_option, reading_option
from jifen.scorecard.shape import Lang


@click.command("show", cls=Command, help=help_of("show"))
@click.argument("policy", metavar="POLICY")
@reading_option()
@click.option("--resolved", is_flag=True, help=help_of("show.resolved"))
@format_option("table", "yaml", "markdown", "json")
@lang_option()
@output_option()
def show(
    policy: str, readings: Sequence[str], resolved: bool, form: str, lang: Lang, output: str | None
) -> Answer:
    from jifen.cli.documents import Documents
    from jifen.cli.policies import named, reading_pairs, with_readings
    from jifen.document.tree import plain

    if resolved:
        if readings or form == "markdown":
            raise Failure("resolved_alone", USAGE)
        return _origins(policy, form, lang, output)
    if form == "json":
        raise Failure("json_is_resolved", USAGE)
    with Documents("text", lang):
        found = with_readings(named(policy, lang), reading_pairs(readings), lang)
    document = plain(found.document)
    assert isinstance(document, dict)
    if form == "yaml":
        from jifen.page.yaml_text import yaml_text

        return deliver(f"# {found.digest}\n{yaml_text(document)}", output)
    from jifen.page.page import page_of

    page = page_of(document, found.rules.readings.values(), lang)
    if form == "markdown":
        from jifen.page.markdown import page_markdown

        return deliver(page_markdown(page, lang), output)
    from jifen.page.table import page_table

    return deliver(page_table(page, lang, width(), colored(output is not None)), output)


def _origins(policy: str, form: str, lang: Lang, output: str | None) -> Answer:
    """The document with all that it inherits, as YAML or JSON; it need not be free of other mistakes."""
    from jifen.cli.policies import file_of
    from jifen.document.diagnostics import Diagnostics
    from jifen.page.origins import origins_json, origins_yaml
    from jifen.policy.inherit import read_lineage

    diagnostics = Diagnostics()
    lineage = read_lineage(file_of(policy, lang), diagnostics)
    if lineage is None or diagnostics.errors:
        return mistakes.answer([("", one) for one in diagnostics.sorted()], "text", lang)
    text = (origins_json if form == "json" else origins_yaml)(lineage.document, lineage.names)
    return deliver(text, output)
