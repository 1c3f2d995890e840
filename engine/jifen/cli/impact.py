"""`jifen impact`: what a change of policy does to a population."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from jifen.cli import mistakes
from jifen.cli.diff import Trouble, version
from jifen.cli.failure import USAGE, Answer, Failure
from jifen.cli.output import WIDEST, deliver, width
from jifen.cli.parsing import Command, format_option, help_of, lang_option, output_option
from jifen.cli.wording import word
from jifen.scorecard.shape import Lang

if TYPE_CHECKING:
    from jifen import Policy
    from jifen.regression.diff_report import Version
    from jifen.regression.impact_page import People

_SYNTHETIC = "synthetic:"
_MOST = 10_000_000


@click.command("impact", cls=Command, help=help_of("impact"))
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@click.option("--population", required=True, metavar="FILE|synthetic:N", help=help_of("impact.population"))
@click.option("--seed", type=click.IntRange(0), default=1, help=help_of("impact.seed"))
@click.option("--sample", is_flag=True, help=help_of("impact.sample"))
@click.option(
    "--dates",
    type=click.Choice(["person", "application"]),
    default="person",
    help=help_of("impact.dates"),
)
@format_option("text", "markdown", "json", "html")
@lang_option()
@output_option()
def impact(
    before: str,
    after: str,
    population: str,
    seed: int,
    sample: bool,
    dates: Any,
    form: str,
    lang: Lang,
    output: str | None,
) -> Answer:
    from jifen import Policy
    from jifen.errors import JifenError, PolicyError
    from jifen.regression.diff_report import Comparison
    from jifen.regression.impact import impact as computed
    from jifen.regression.impact_report import rendered

    number = _number(population)
    with TemporaryDirectory(prefix="jifen-") as folder:
        try:
            versions = [
                version(name, Path(folder) / side, lang) for name, side in ((before, "a"), (after, "b"))
            ]
            policies = [Policy(one.source, {}) for one in versions]
            people, applicants = _people(population, number, seed, versions, policies)
            found = computed(
                policies[0],
                policies[1],
                applicants,
                sample=sample or number is not None,
                moved=dates,
                progress=_progress(number, lang),
            )
            comparison = Comparison(*versions)
            text = rendered(found, people, comparison, form, lang, WIDEST if output else width())
        except PolicyError as error:
            answer = mistakes.answer([("", one) for one in error.diagnostics], "text", lang)
            return replace(answer, status=USAGE)
        except JifenError as error:
            raise Trouble(error) from error
        finally:
            _end_progress()
    return deliver(text, output)


def _number(population: str) -> int | None:
    """How many people are to be invented; None for a file. Raises Failure."""
    if not population.startswith(_SYNTHETIC):
        return None
    text = population.removeprefix(_SYNTHETIC)
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(_MOST)) and 1 <= int(text) <= _MOST):
        raise Failure("no_population", USAGE, text=population)
    return int(text)


def _people(
    name: str, number: int | None, seed: int, versions: "list[Version]", policies: "list[Policy]"
) -> "tuple[People, Iterator[dict[str, Any]]]":
    from jifen.regression.impact_page import People
    from jifen.regression.population import Population
    from jifen.regression.population_file import read_all

    if number is None:
        return People(Path(name).name, None, (), ()), _lines(name)
    declared = read_all(file for one in versions for file in one.source.files)
    invented = Population([policy.rules for policy in policies], declared, seed)
    notes = {one.path.name: one.note for one in declared}
    people = People(name, seed, list(notes.items()), invented.by_default)
    return people, invented.applicants(0, number)


def _lines(path: str) -> Iterator[dict[str, Any]]:
    """The applicants of a file, one JSON object a line. Raises Failure."""
    try:
        with open(path, encoding="utf-8") as file:
            for at, line in enumerate(file, 1):
                if not line.strip():
                    continue
                try:
                    found = json.loads(line, parse_float=Decimal)
                except (ValueError, RecursionError):
                    found = None
                if not isinstance(found, dict):
                    raise Failure("not_json_line", USAGE, path=path, line=at)
                yield found
    except FileNotFoundError as error:
        raise Failure("no_file", USAGE, path=path) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Failure("cannot_read", USAGE, path=path, reason=str(error)) from error


def _progress(number: int | None, lang: Lang) -> Any:
    """Tells on a terminal how far it is; says nothing elsewhere."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int) -> None:
        sys.stderr.write("\r" + word("progress", lang, done=done, count=number or "…"))
        sys.stderr.flush()

    return tell


def _end_progress() -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
        sys.stderr.flush()
