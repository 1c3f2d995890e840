"""How a command ends: the answer it gives, or the one line that says why there is none."""

from dataclasses import dataclass

from jifen.cli.wording import word
from jifen.errors import JifenError
from jifen.scorecard.shape import Lang

DONE, DATA, USAGE, NOT_QUALIFYING, OPEN, BUSY = 0, 1, 2, 3, 4, 5
DIFFERENT = NOT_QUALIFYING
"""A published score differs: like a verdict, an answer that a script may want to act upon."""


@dataclass(frozen=True)
class Answer:
    """What a command prints on standard output and on standard error, and its exit status."""

    text: str = ""
    errors: str = ""
    status: int = DONE


class Stopped(Exception):
    """The command has ended early; `answer` is what there is to say."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer)
        self.answer = answer


class Failure(Exception):
    """Nothing can be answered. `key` names the sentence that says why."""

    def __init__(self, key: str, status: int, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.status = status
        self.values = values

    def text(self, lang: Lang) -> str:
        return word(self.key, lang, **self.values)


class Refusal(Failure):
    """What the engine says against the data, in its own words."""

    def __init__(self, error: JifenError, status: int = DATA) -> None:
        super().__init__("", status)
        self.error = error

    def text(self, lang: Lang) -> str:
        return self.error.text(lang)


def unknown(key: str, name: str, known: list[str], lang: Lang, **values: object) -> Failure:
    """Failure for a name that is not among those known; says which is near."""
    from jifen.document.diagnostics import suggest

    near = suggest(name, known)
    hint = word("did_you_mean", lang, name=near) if near else ""
    listed = ("、" if lang == "zh" else ", ").join(known) or word("none_known", lang)
    return Failure(key, USAGE, name=name, near=hint, known=listed, **values)
