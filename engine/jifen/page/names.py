"""The labels of everything that a policy document declares."""

import re
from collections.abc import Mapping

from jifen.document.tree import Plain
from jifen.page.wording import WORDS, word
from jifen.scorecard.shape import Lang
from jifen.scorecard.wording import pick

_DECLARING = (
    "facts",
    "timelines",
    "records",
    "months",
    "record_sets",
    "values",
    "anchors",
    "series",
    "monthly",
    "scores",
)
# A name that is not the name of a function.
_NAME = re.compile(r"\b([a-z][a-z0-9_]*)\b(?! *\()")
_MONTH_SETS = ("months", "timelines")


def entries(value: Plain) -> dict[str, Plain]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: Plain) -> list[Plain]:
    """The value if it is a list, nothing for null, else the value alone in a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def label_of(value: Plain, lang: Lang) -> str:
    """A text of the document, which is a string or one string for each language."""
    if isinstance(value, dict):
        return pick({key: str(text) for key, text in value.items()}, lang)
    return "" if value is None else str(value)


def compact(value: Plain, lang: Lang) -> str:
    """A value of the document on one line, about as it is written there."""
    if isinstance(value, dict):
        if value.keys() <= {"zh", "en"}:
            return label_of(value, lang)
        return "{" + ", ".join(f"{key}: {compact(inner, lang)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(compact(inner, lang) for inner in value) + "]"
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def first_name(expression: Plain) -> str:
    """The first name in an expression over month sets: what they are made from. Nothing for no expression."""
    if not isinstance(expression, str):
        return ""
    names = [found[1] for found in _NAME.finditer(expression)]
    return names[0] if names else ""


class Names:
    """What the names in a policy's expressions are called, and the options of its inputs."""

    def __init__(self, document: Mapping[str, Plain], lang: Lang) -> None:
        self.lang = lang
        self.document = document
        self._declared: dict[str, tuple[str, dict[str, Plain]]] = {}
        for section in _DECLARING:
            for name, declared in entries(document.get(section)).items():
                self._declared.setdefault(name, (section, entries(declared)))

    def label(self, name: str) -> str:
        """The label of a declared name, the word for a built-in one, else the name itself."""
        _, declared = self._declared.get(name, ("", {}))
        known = label_of(declared.get("label"), self.lang)
        if known:
            return known
        return (
            word(name, self.lang)
            if name in ("application", "cutoff", "value", "total") and name in WORDS
            else name
        )

    def is_month_set(self, name: str) -> bool:
        return self._declared.get(name, ("", {}))[0] in _MONTH_SETS

    def declared(self, name: str) -> dict[str, Plain]:
        """The declaration of a name; empty where there is none."""
        return self._declared.get(name, ("", {}))[1]

    def attributes(self, name: str) -> dict[str, Plain]:
        """The attributes of the timeline or record list that a name rests on, directly or through sets."""
        seen: set[str] = set()
        while name not in seen:
            seen.add(name)
            declared = self.declared(name)
            found = entries(declared.get("attributes"))
            if found:
                return found
            name = first_name(declared.get("of", declared.get("is"))) or name
        return {}

    def options(self, name: str) -> dict[str, str]:
        """The labels of a fact's options; empty where it has none."""
        return self.options_in(self.declared(name))

    def options_in(self, declared: Mapping[str, Plain]) -> dict[str, str]:
        options = declared.get("options")
        if isinstance(options, dict):
            return {name: label_of(label, self.lang) or name for name, label in options.items()}
        return {str(name): str(name) for name in listed(options)}
