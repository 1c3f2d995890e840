"""The three exceptions of Jifen. Nothing else escapes from its public functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jifen.document.diagnostics import Diagnostic, Diagnostics, Message


class JifenError(Exception):
    """Base of all errors of Jifen, and itself what is asked for and does not exist."""

    def __init__(self, said: object = "") -> None:
        super().__init__(said)
        self.said = said

    def text(self, lang: str) -> str:
        """What is wrong, in ``"en"`` or ``"zh"``."""
        if not isinstance(self.said, Problem):
            return str(self.said)
        hint = self.said.hint_text(lang)
        gap = "" if lang == "zh" or not hint else " "
        return self.said.text(lang) + gap + hint

    def __str__(self) -> str:
        return self.text("en")


class PolicyError(JifenError):
    """A file of the policy author is wrong. ``diagnostics`` says what and where."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def text(self, lang: str) -> str:
        """Every diagnostic with its place, without the lines of the file."""
        from jifen.document.render import render_text

        return render_text(self.diagnostics, lang)


def raise_errors(diagnostics: Diagnostics) -> None:
    """Raise PolicyError with everything collected, if there is an error among it."""
    if diagnostics.errors:
        raise PolicyError(diagnostics.sorted())


class Problem(NamedTuple):
    """One thing wrong with the caller's data. ``path`` leads to it: ``timelines.work[2].from``."""

    path: str
    message: Message
    args: Mapping[str, str] = {}

    def text(self, lang: str) -> str:
        """The sentence, in ``"en"`` or ``"zh"``, without the path."""
        return self.message.text(lang, self.args)

    def hint_text(self, lang: str) -> str:
        """The advice; empty where there is none, or where its words are not known."""
        if "{near}" in self.message.hint_en and "near" not in self.args:
            return ""
        return self.message.hint_text(lang, self.args)


class ApplicantError(JifenError):
    """The caller's data is wrong. ``problems`` says what, each with the path inside the data."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(self.problems)

    def text(self, lang: str) -> str:
        """All problems, one a line."""
        colon = "：" if lang == "zh" else ": "
        return "\n".join(f"{found.path}{colon}{found.text(lang)}" for found in self.problems)

    def __str__(self) -> str:
        return self.text("en")
