"""`jifen batch`: a file of applicants into a file of scores."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jifen.cli.failure import DATA, DONE, USAGE, Answer, Failure
from jifen.cli.parsing import Command, help_of, lang_option, reading_option
from jifen.cli.wording import word
from jifen.scorecard.shape import Lang

if TYPE_CHECKING:
    from jifen.batch.run import Counts

_FORMS = (".parquet", ".jsonl", ".csv")


@click.command("batch", cls=Command, help=help_of("batch"))
@click.argument("given", metavar="INPUT", type=click.Path(path_type=Path))
@click.argument("output", metavar="OUTPUT", type=click.Path(path_type=Path))
@click.option("--policy", required=True, metavar="POLICY", help=help_of("batch.policy"))
@reading_option()
@click.option("--quota", type=click.IntRange(0), help=help_of("batch.quota"))
@click.option("--decimals", type=click.IntRange(0, 9), help=help_of("batch.decimals"))
@click.option("--threads", type=click.IntRange(1), help=help_of("batch.threads"))
@lang_option()
def batch(
    given: Path,
    output: Path,
    policy: str,
    readings: Sequence[str],
    quota: int | None,
    decimals: int | None,
    threads: int | None,
    lang: Lang,
) -> Answer:
    from jifen.cli.extras import needed
    from jifen.cli.policies import named, reading_pairs, with_readings
    from jifen.cli.progress import progress

    for path in (given, output):
        if path.suffix not in _FORMS:
            raise Failure("no_form", USAGE, path=path, forms=", ".join(_FORMS))
    if not given.is_file():
        raise Failure("no_file", USAGE, path=given)
    if given.resolve() == output.resolve() or not output.parent.is_dir():
        raise Failure("cannot_write_scores", USAGE, path=output)
    found = with_readings(named(policy, lang), reading_pairs(readings), lang)
    if quota is not None and found.rules.outcome.rank is None:
        raise Failure("no_ranking", USAGE, policy=found.id)
    with needed("arrow"):
        from jifen.batch.run import Batch
    work = Batch(found, given, output, decimals, threads, quota=quota)
    with progress("scoring", lang) as tell:
        counts = work.run(tell)
    said = _said(counts, lang)
    if counts.rejected:
        said += word("batch.rejects", lang, path=work.rejects)
    return Answer(errors=said + "\n", status=DATA if counts.rejected else DONE)


def _said(counts: Counts, lang: Lang) -> str:
    said = word("batch.counts", lang, rows=counts.rows, scored=counts.scored, rejected=counts.rejected)
    if counts.ranking is not None:
        ranked, admitted, line = counts.ranking
        said += word("batch.ranked", lang, ranked=ranked)
        if admitted is not None:
            said += word("batch.admitted", lang, admitted=admitted)
        if line is not None:
            said += word("batch.line", lang, line=", ".join(map(str, line)))
    if counts.resumed:
        said += word("batch.resumed", lang, rows=counts.resumed)
    return said
