"""`jifen list` and `jifen schema`: what there is."""

import json

import click

from jifen.cli.failure import USAGE, Answer, Failure, unknown
from jifen.cli.parsing import Command, format_option, help_of, lang_option
from jifen.cli.wording import word
from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import pick
from jifen.scorecard.wording import word as shared_word

ARROW = "arrow"
"""The schema that depends on a policy: of tables of its applicants."""


@click.command("list", cls=Command, help=help_of("list"))
@format_option("table", "json")
@lang_option()
def list_policies(form: str, lang: Lang) -> Answer:
    from jifen.policy.registry import registry

    entries = registry()
    if form == "json":
        rows = [
            {
                "id": entry.id,
                "place": entry.place,
                "version": entry.version,
                "title": entry.title,
                "in_force": {"from": entry.in_force_from, "to": entry.in_force_to or None},
                "uncovered": [{"from": one.first, "to": one.last, "why": one.why} for one in entry.uncovered],
                "path": str(entry.path),
            }
            for entry in entries
        ]
        return Answer(json.dumps(rows, ensure_ascii=False, indent=2, default=str) + "\n")
    from jifen.scorecard.lines import columns, padded

    table = [(word("list.id", lang), word("list.in_force", lang), word("list.title", lang))]
    for entry in entries:
        for first, last, why in entry.uncovered:
            said = word("list.uncovered", lang, why=pick(why, lang))
            table.append((entry.place, _in_force(first, last, lang), said))
        span = _in_force(entry.in_force_from, entry.in_force_to, lang)
        table.append((entry.id, span, pick(entry.title, lang)))
    widths = [max(columns(row[column]) for row in table) + 2 for column in range(2)]
    lines = [padded(a, widths[0]) + padded(b, widths[1]) + c for a, b, c in table]
    return Answer("".join(line.rstrip() + "\n" for line in lines))


def _in_force(start: object, end: object, lang: Lang) -> str:
    key = "in_force_range" if end else "in_force_open"
    return shared_word(key, lang, start=start, end=end)


@click.command("schema", cls=Command, help=help_of("schema"))
@click.argument("name")
@click.argument("policy", required=False)
@lang_option()
def schema(name: str, policy: str | None, lang: Lang) -> Answer:
    from jifen.resources import schema_names, schema_text

    if name == ARROW:
        return _of_tables(policy, lang)
    names = [*schema_names(), ARROW]
    if policy is not None:
        raise Failure("schema_of_no_policy", USAGE, name=name)
    if name not in names:
        raise unknown("unknown_schema", name, names, lang)
    text = schema_text(name)
    return Answer(text if text.endswith("\n") else text + "\n")


def _of_tables(policy: str | None, lang: Lang) -> Answer:
    """The schema of the tables that a policy scores."""
    from jifen.cli.extras import needed
    from jifen.cli.policies import named

    if policy is None:
        raise Failure("schema_needs_policy", USAGE)
    with needed("arrow"):
        from jifen.arrow.schema import described
    return Answer(described(named(policy, lang), lang))
