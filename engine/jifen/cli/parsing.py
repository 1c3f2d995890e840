"""The parser of the command line in two languages: click's own words are English only."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from jifen.cli.failure import USAGE, Failure
from jifen.cli.wording import language, word
from jifen.document.diagnostics import suggest
from jifen.scorecard.shape import Lang

_HELP_LANG = language()


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, word("usage", _HELP_LANG) if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        super().write_heading(word(heading, _HELP_LANG) if heading in ("Options", "Commands") else heading)


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command whose help is in the language of the environment."""

    context_class = _Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _translated(super().get_help_option(ctx))


class Group(click.Group):
    """A group of such commands, listed in the order in which they were added."""

    context_class = _Context
    command_class = Command

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        return _translated(super().get_help_option(ctx))

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            near = suggest(name, self.commands)
            lang = language()
            hint = word("did_you_mean", lang, name=near) if near else ""
            raise Failure("no_such_command", USAGE, name=name, near=hint)
        return super().resolve_command(ctx, args)


def _translated(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = word("help.help", _HELP_LANG)
    return option


def help_of(key: str) -> str:
    return word(f"help.{key}", _HELP_LANG)


Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def policy_option(key: str = "score.policy") -> Decorator:
    """`--policy`, whose help is told by a key."""
    return click.option("--policy", "policy_name", metavar="ID|PATH", help=help_of(key))


def place_option(key: str = "score.place") -> Decorator:
    """`--place`, whose help is told by a key."""
    return click.option("--place", metavar="NAME", help=help_of(key))


def reading_option() -> Decorator:
    """`--reading`, as often as wanted."""
    return click.option(
        "--reading", "readings", metavar="NAME=OPTION", multiple=True, help=help_of("reading")
    )


def lang_option() -> Decorator:
    """`--lang zh|en`, by default the environment's. What goes wrong is told in it, too: see `Asked`."""
    choice = click.Choice(["zh", "en"])
    return click.option(
        "--lang", type=choice, default=language, is_eager=True, callback=_ask, help=help_of("lang")
    )


@dataclass
class Asked:
    """The language of this run, as far as the command line has been read."""

    lang: Lang


def _ask(context: click.Context, _parameter: click.Parameter, value: Lang) -> Lang:
    if isinstance(context.obj, Asked):
        context.obj.lang = value
    return value


def format_option(*formats: str) -> Decorator:
    """`--format`, by default the first."""
    choice = click.Choice(formats)
    text = word("help.format", _HELP_LANG, default=formats[0])
    return click.option("--format", "form", type=choice, default=formats[0], help=text)


def output_option() -> Decorator:
    return click.option("-o", "--output", metavar="FILE", help=help_of("output"))


def complaint(error: click.ClickException, lang: Lang) -> str:
    """What is wrong with the command line, in one sentence."""
    if isinstance(error, click.NoSuchOption):
        return word("no_such_option", lang, name=error.option_name, near=_near(error.possibilities, lang))
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return word("missing_parameter", lang, name=_name(error.param))
    if isinstance(error, click.BadParameter) and error.param is not None:
        kind = error.param.type
        if isinstance(kind, click.Choice):
            return word("bad_choice", lang, name=_name(error.param), choices=", ".join(kind.choices))
        return f"{_name(error.param)}{'：' if lang == 'zh' else ': '}{error.message}"
    return error.format_message()


def _near(possibilities: object, lang: Lang) -> str:
    names = sorted(map(str, possibilities)) if isinstance(possibilities, list | tuple) else []
    return word("did_you_mean", lang, name=names[0]) if names else ""


def _name(param: click.Parameter) -> str:
    return param.human_readable_name if isinstance(param, click.Argument) else param.opts[-1]
