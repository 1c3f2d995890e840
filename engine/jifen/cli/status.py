"""`jifen status`: where a case stands, what may be done, and what comes if nobody acts."""

import click

from jifen.cli.failure import DATA, USAGE, Answer, Failure
from jifen.cli.output import deliver, width
from jifen.cli.parsing import Command, format_option, help_of, lang_option, output_option
from jifen.scorecard.shape import Lang


@click.command("status", cls=Command, help=help_of("status"))
@click.argument("case", metavar="CASE")
@click.option("--on", "moment", metavar="DATETIME", help=help_of("status.on"))
@format_option("table", "json")
@lang_option()
@output_option()
def status(case: str, moment: str | None, form: str, lang: Lang, output: str | None) -> Answer:
    from jifen.cli.documents import Documents
    from jifen.cli.policies import named
    from jifen.procedure import render_status
    from jifen.procedure.case import read_case
    from jifen.procedure.clock import Clock
    from jifen.procedure.status import status as standing
    from jifen.procedure.windows import procedure_of

    with Documents(form, lang) as given:
        found = given.read(case)
        name = found.data.get("policy")
        if not isinstance(name, str):
            raise Failure("status.no_policy", DATA, path=found.file)
        policy = named(name, lang)
        rules = policy.rules
        on = None
        if moment is not None:
            try:
                # A day alone is looked at as it ends.
                on = Clock(procedure_of(rules)).start(moment.replace(" ", "T")).last
            except ValueError as error:
                raise Failure("status.bad_moment", USAGE, text=moment) from error
        answer = standing(rules, read_case(rules, found.data), on)
    if form == "json":
        return deliver(render_status.document(answer, policy.digest), output)
    return deliver(render_status.table(answer, lang, width()), output)
