"""The program: picks the command, prints its answer, and turns every failure into one line."""

import os
import sys
from collections.abc import Sequence
from typing import TextIO

import click

from jifen.cli.batch import batch
from jifen.cli.calendar import calendar
from jifen.cli.catalogue import list_policies, schema
from jifen.cli.check import check
from jifen.cli.cover import cover
from jifen.cli.diff import diff
from jifen.cli.explain import explain
from jifen.cli.failure import DATA, USAGE, Answer, Failure, Stopped
from jifen.cli.forecast import forecast
from jifen.cli.impact import impact
from jifen.cli.mutate import mutate
from jifen.cli.new import new
from jifen.cli.parsing import Asked, Group, complaint, help_of
from jifen.cli.plan import plan
from jifen.cli.replay import replay
from jifen.cli.review import review
from jifen.cli.score import score
from jifen.cli.show import show
from jifen.cli.status import status
from jifen.cli.test import run_cases
from jifen.cli.wording import language, word
from jifen.errors import JifenError
from jifen.scorecard.shape import Lang
from jifen.version import __version__

INTERRUPTED = 130
PIPE_CLOSED = 141


@click.group("jifen", cls=Group, invoke_without_command=True, help=help_of("program"))
@click.version_option(__version__, message="jifen %(version)s", help=help_of("version"))
@click.pass_context
def program(context: click.Context) -> Answer | None:
    if context.invoked_subcommand is None:
        return Answer(errors=context.get_help() + "\n", status=USAGE)
    return None


for _command in (
    score,
    explain,
    plan,
    forecast,
    review,
    replay,
    check,
    list_policies,
    show,
    calendar,
    status,
    schema,
    run_cases,
    cover,
    mutate,
    new,
    diff,
    impact,
    batch,
):
    program.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line (by default that of this process) and return its exit status."""
    asked = Asked(language())
    for stream in (sys.stdout, sys.stderr):
        _never_fail_to_encode(stream)
    try:
        answer = _answer(arguments, asked)
        _print(sys.stderr, answer.errors)
        _print(sys.stdout, answer.text)
        return answer.status
    except BrokenPipeError:
        _discard_output()
        return PIPE_CLOSED
    except (KeyboardInterrupt, click.Abort):
        _print(sys.stderr, word("failure", asked.lang, text=word("interrupted", asked.lang)) + "\n")
        return INTERRUPTED


def _answer(arguments: Sequence[str] | None, asked: Asked) -> Answer:
    try:
        found = program.main(arguments, prog_name="jifen", standalone_mode=False, obj=asked)
        return found if isinstance(found, Answer) else Answer(status=found or 0)
    except Stopped as stopped:
        return stopped.answer
    except Failure as failure:
        return _line(failure.text(asked.lang), failure.status, asked.lang)
    except click.UsageError as error:
        hint = ""
        if error.ctx is not None:
            command = error.ctx.command_path
            hint = ("；" if asked.lang == "zh" else "; ") + word("usage_hint", asked.lang, command=command)
        return _line(complaint(error, asked.lang) + hint, USAGE, asked.lang)
    except click.ClickException as error:
        return _line(error.format_message(), error.exit_code, asked.lang)
    except JifenError as error:
        return _line(error.text(asked.lang), DATA, asked.lang)


def _line(text: str, status: int, lang: Lang) -> Answer:
    return Answer(errors=word("failure", lang, text=text) + "\n", status=status)


def _print(stream: TextIO, text: str) -> None:
    if text:
        stream.write(text)
        stream.flush()


def _never_fail_to_encode(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _discard_output() -> None:
    """Let the interpreter flush at exit without a complaint about the pipe that is gone."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
