"""`jifen batch`: applicants of a file or a database into a file of scores."""

from __future__ import annotations

import gc
import json
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from jifen.cli.failure import BUSY, DATA, DONE, USAGE, Answer, Failure, Refusal
from jifen.cli.parsing import Command, format_option, help_of, lang_option, reading_option
from jifen.cli.wording import word
from jifen.scorecard.shape import Lang

if TYPE_CHECKING:
    from jifen import Policy
    from jifen.batch.run import Counts

_FORMS = (".parquet", ".jsonl", ".csv")


@click.command("batch", cls=Command, help=help_of("batch"))
@click.argument("given", metavar="INPUT")
@click.argument("output", metavar="OUTPUT", type=click.Path(path_type=Path))
@click.option("--policy", required=True, metavar="POLICY", help=help_of("batch.policy"))
@reading_option()
@click.option("--query", metavar="SQL", help=help_of("batch.query"))
@click.option("--rows", metavar="NAME=TABLE", multiple=True, help=help_of("batch.rows"))
@click.option("--carry", metavar="COLUMN", multiple=True, help=help_of("batch.carry"))
@click.option("--quota", type=click.IntRange(0), help=help_of("batch.quota"))
@click.option("--preferences", metavar="COLUMN", help=help_of("batch.preferences"))
@click.option("--seats", metavar="PLACE=NUMBER", multiple=True, help=help_of("batch.seats"))
@click.option("--decimals", type=click.IntRange(0, 9), help=help_of("batch.decimals"))
@click.option("--threads", type=click.IntRange(1), help=help_of("batch.threads"))
@click.option("--backend", type=click.Choice(["columns", "fused"]), help=help_of("batch.backend"))
@format_option("text", "json")
@lang_option()
def batch(
    given: str,
    output: Path,
    policy: str,
    readings: Sequence[str],
    query: str | None,
    rows: Sequence[str],
    carry: Sequence[str],
    quota: int | None,
    preferences: str | None,
    seats: Sequence[str],
    decimals: int | None,
    threads: int | None,
    backend: Literal["columns", "fused"] | None,
    form: str,
    lang: Lang,
) -> Answer:
    from jifen.cli.extras import needed
    from jifen.cli.policies import named, reading_pairs, with_readings
    from jifen.cli.progress import progress

    tables = dict(_pair(one) for one in rows)
    room = dict(_seats(one) for one in seats)
    if bool(room) is not bool(preferences):
        raise Failure("seats_alone", USAGE)
    _check(given, output, query, tables)
    with _start():
        found = with_readings(named(policy, lang), reading_pairs(readings), lang)
        if quota is not None and found.rules.outcome.rank is None:
            raise Failure("no_ranking", USAGE, policy=found.id)
        if preferences is not None:
            _check_allocation(found, quota)
            carry = [*carry, preferences]
        with needed("arrow"):
            from jifen.arrow.engines import Slower
            from jifen.batch.allocating import Seats
            from jifen.batch.inputs import opened
            from jifen.batch.lock import Held
            from jifen.batch.parts import folder_of
            from jifen.batch.run import Batch
        with needed("databases"):
            source = opened(
                given, found.rules, folder_of(output), query=query or "", rows=tables, carry=carry
            )
        with warnings.catch_warnings(record=True) as noted:
            warnings.simplefilter("always", Slower)
            given_by = None if preferences is None else Seats(preferences, room)
            work = Batch(found, source, output, decimals, threads, carry, quota, backend, given_by)
    notice = "".join(f"{one.message}\n" for one in noted[:1])
    gc.freeze()
    try:
        with progress("scoring", lang) as tell:
            counts = work.run(tell)
    except Held as held:
        raise Refusal(held, BUSY) from None
    finally:
        gc.unfreeze()
    status = DATA if counts.rejected or counts.lost else DONE
    rejects = work.rejects if status == DATA else None
    if form == "json":
        return Answer(
            json.dumps(_content(counts, output, rejects), ensure_ascii=False) + "\n",
            errors=notice,
            status=status,
        )
    said = _said(counts, lang)
    if work.substitutes.exists() and counts.ranking is not None and counts.ranking.given is not None:
        said += word("batch.substitutes", lang, path=work.substitutes)
    if rejects is not None:
        said += word("batch.rejects", lang, path=rejects)
    return Answer(errors=notice + said + "\n", status=status)


@contextmanager
def _start() -> Iterator[None]:
    """What is made here stays, so the collector need not go through it again and again; and nothing needs BLAS.

    Its threads, one for each processor, would turn for a tenth of a second in wait of work.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _pair(text: str) -> tuple[str, str]:
    name, equals, table = text.partition("=")
    if not (name and equals and table):
        raise Failure("rows_form", USAGE, text=text)
    return name, table


def _seats(text: str) -> tuple[str, int]:
    name, equals, number = text.rpartition("=")
    if not (name and equals and number.isdecimal()):
        raise Failure("seats_form", USAGE, text=text)
    return name, int(number)


def _check_allocation(policy: Policy, quota: int | None) -> None:
    """Raise Failure where a policy gives no places by preference, or nobody says to how many."""
    outcome = policy.rules.outcome
    if outcome.rank is None or outcome.allocate is None:
        raise Failure("no_allocation", USAGE, policy=policy.id)
    if outcome.rank.quota is None and quota is None:
        raise Failure("needs_quota", USAGE, policy=policy.id)


def _check(given: str, output: Path, query: str | None, rows: dict[str, str]) -> None:
    """Raise Failure for files that are not there and for options that do not go with the input."""
    if output.suffix not in _FORMS:
        raise Failure("no_form", USAGE, path=output, forms=", ".join(_FORMS))
    if not output.parent.is_dir():
        raise Failure("cannot_write_scores", USAGE, path=output)
    if "://" in given:
        if given.partition("://")[0] not in ("duckdb", "postgresql", "postgres"):
            raise Failure("no_database", USAGE, url=given.partition("://")[0] + "://")
        if not query:
            raise Failure("needs_query", USAGE)
        return
    if query:
        raise Failure("query_alone", USAGE)
    path = Path(given)
    if not path.is_dir():
        if path.suffix not in _FORMS:
            raise Failure("no_form", USAGE, path=path, forms=", ".join(_FORMS))
        for one in (path, *map(Path, rows.values())):
            if not one.is_file():
                raise Failure("no_file", USAGE, path=one)
    if output.resolve() in {Path(one).resolve() for one in (given, *rows.values())}:
        raise Failure("cannot_write_scores", USAGE, path=output)


def _said(counts: Counts, lang: Lang) -> str:
    said = word("batch.counts", lang, rows=counts.rows, scored=counts.scored, rejected=counts.rejected)
    if counts.ranking is not None:
        ranked, admitted, line, received = counts.ranking
        said += word("batch.ranked", lang, ranked=ranked)
        if admitted is not None:
            said += word("batch.admitted", lang, admitted=admitted)
        if line is not None:
            said += word("batch.line", lang, line=", ".join(map(str, line)))
        if received is not None:
            said += word("batch.given", lang, given=received)
    if counts.lost:
        said += word("batch.lost", lang, rows=counts.lost)
    if counts.resumed:
        said += word("batch.resumed", lang, rows=counts.resumed)
    return said


def _content(counts: Counts, output: Path, rejects: Path | None) -> dict[str, object]:
    ranking = counts.ranking
    return {
        "output": str(output),
        "rejects": None if rejects is None else str(rejects),
        "rows": counts.rows,
        "scored": counts.scored,
        "rejected": counts.rejected,
        "resumed": counts.resumed,
        "lost": counts.lost,
        "ranking": None
        if ranking is None
        else {
            "ranked": ranking.ranked,
            "admitted": ranking.admitted,
            "line": None if ranking.line is None else [str(number) for number in ranking.line],
            "given": ranking.given,
        },
    }
