"""What the validator found wrong, put into a message, a place and the words between."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from jifen.document import schema_messages as messages
from jifen.document.diagnostics import Message, suggest
from jifen.document.places import Place
from jifen.document.tree import Entry, Node, Scalar, Sequence
from jifen.document.tree import Mapping as Block

if TYPE_CHECKING:
    from jifen.document.keywords import Breach

_WORDS: Final = {
    "string": ("text", "文字"),
    "number": ("a number", "数"),
    "integer": ("a whole number", "整数"),
    "boolean": ("`true` or `false`", " `true` 或 `false`"),
    "array": ("a list", "列表"),
    "object": ("a block of keys", "一组键值"),
    "null": ("`null`", " `null`"),
}
_MEANT: Final = dict.fromkeys(("yes", "on", "true", "y", "是"), "true") | dict.fromkeys(
    ("no", "off", "false", "n", "否"), "false"
)
_NUMBER: Final = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
_LONGEST: Final = 40


class Fault(NamedTuple):
    """One diagnostic to be."""

    message: Message
    place: Place
    args: Mapping[str, str]


class _Spot(NamedTuple):
    """The node that is wrong and the entry it stands in; ``where`` names it in English and Chinese."""

    node: Node
    entry: Entry | None
    where: tuple[str, str]

    @property
    def place(self) -> Place:
        """Of a value the value; of a block or a list, or where nothing is written, the key."""
        node = self.node
        if isinstance(node, Scalar) and node.raw:
            return node.place
        if self.entry is not None:
            return self.entry.key_place
        if isinstance(node, Block) and node.entries:
            return node.entries[0].key_place
        return node.place

    def at_key(self, key: str) -> Place:
        entry = self.node.entry(key) if isinstance(self.node, Block) else None
        return self.place if entry is None else entry.key_place


_Words: TypeAlias = dict[str, str]
_Explained: TypeAlias = tuple[Message, Place, _Words]


def is_no_choice(breach: Breach) -> bool:
    """Whether a block stands where only a choice between readings may be one, and is none."""
    return breach.keyword == "required" and breach.value == "reading" and "x-whole" in breach.schema


def explain(node: Node, breach: Breach) -> Fault:
    """The fault of ``breach``, which was found in the plain data of ``node``."""
    spot = _spot(node, breach.path[:-1] if breach.keyword in _AT_KEYS else breach.path)
    message, place, words = _EXPLAIN.get(breach.keyword, _misfit)(spot, breach)
    return Fault(message, place, {"where": spot.where[0], "where_zh": spot.where[1], **words})


def _spot(node: Node, path: Iterable[str | int]) -> _Spot:
    entry: Entry | None = None
    where = ("The document", "文档")
    of = where
    for step in path:
        if isinstance(node, Block):
            entry = node.entry(str(step))
            node = node if entry is None else entry.value
            where = of = (f"`{step}`", f"`{step}` ")
        elif isinstance(node, Sequence) and isinstance(step, int):
            entry, node = None, node.items[step]
            where = (f"Item {step + 1} of {of[0][0].lower() + of[0][1:]}", f"{of[1]}的第{step + 1}项")
    return _Spot(node, entry, where)


# Keys.


def _unknown_key(spot: _Spot, breach: Breach) -> _Explained:
    key = str(breach.path[-1])
    known: Mapping[str, Any] = breach.schema["properties"]
    holders = [name for name, part in known.items() if key in _keys_inside(part)]
    given = [name for name in holders if name in breach.instance]
    near = suggest(key, known.keys() - breach.instance.keys())
    words = {"key": key}
    if given or (len(holders) == 1 and near is None):
        return messages.MISPLACED_KEY, spot.at_key(key), words | {"inside": (given or holders)[0]}
    if near is not None:
        return messages.MISSPELT_KEY, spot.at_key(key), words | {"near": near}
    return messages.UNKNOWN_KEY, spot.at_key(key), words | _listed("keys", known)


def _keys_inside(part: Any) -> Iterable[str]:
    """The keys of a block, also where the block stands beside a choice between readings."""
    if not isinstance(part, dict):
        return ()
    inner = part.get("else", part)
    return inner.get("properties", ()) if isinstance(inner, dict) else ()


def _missing_key(spot: _Spot, breach: Breach) -> _Explained:
    if is_no_choice(breach):
        return messages.NO_READING, spot.place, _expected(breach.schema["x-whole"]) | _found(spot)
    return messages.MISSING_KEY, spot.place, {"key": str(breach.value)}


def _left_out(spot: _Spot, breach: Breach) -> _Explained:
    (key,) = breach.value.keys
    return messages.MISSING_KEY_UNDER, spot.at_key(key), {"key": key, "chosen": _chosen(breach)}


def _bad_name(spot: _Spot, breach: Breach) -> _Explained:
    key = str(breach.path[-1])
    return messages.WRONG_NAME, spot.at_key(key), {"key": _short(key)} | _expected(breach.schema)


def _none_or_several(spot: _Spot, breach: Breach) -> _Explained:
    clash, chosen = breach.value, _chosen(breach)
    if clash.given:
        several = messages.SEVERAL_OF_UNDER if chosen else messages.SEVERAL_OF
        return several, spot.at_key(clash.given[1]), _listed("given", clash.given) | {"chosen": chosen}
    none = messages.NONE_OF_UNDER if chosen else messages.NONE_OF
    return none, spot.place, _listed("keys", clash.keys) | {"chosen": chosen}


def _chosen(breach: Breach) -> str:
    return ", ".join(f"`{reading}: {option}`" for reading, option in breach.value.chosen.items())


# Values.


def _wrong_type(spot: _Spot, breach: Breach) -> _Explained:
    node, types = spot.node, breach.value
    words = _expected(breach.schema)
    if isinstance(node, Scalar):
        raw = node.raw
        if node.value is None and not raw:
            return messages.NOTHING, spot.place, words
        words |= {"text": raw}
        if "boolean" in types and raw.lower() in _MEANT:
            return messages.YES_OR_NO, spot.place, words | _found(spot) | {"meant": _MEANT[raw.lower()]}
        if node.quoted and _NUMBER.fullmatch(raw) and {"number", "integer"} & set(types):
            return messages.QUOTED_NUMBER, spot.place, words | _found(spot)
        if node.value is not None and "string" in types and _fits_as_text(raw, breach.schema):
            return messages.UNQUOTED_TEXT, spot.place, words | _found(spot)
    return messages.WRONG_TYPE, spot.place, words | _found(spot)


def _fits_as_text(raw: str, schema: Mapping[str, Any]) -> bool:
    if _options(schema):
        return False
    pattern = schema.get("pattern")
    return pattern is None or pattern.search(raw) is not None


def _not_an_option(spot: _Spot, breach: Breach) -> _Explained:
    text = str(breach.instance)
    words = {"text": _short(text)} | _listed("options", breach.value)
    near = suggest(text, breach.value)
    if near is None:
        return messages.NOT_AN_OPTION, spot.place, words
    return messages.MISSPELT_OPTION, spot.place, words | {"near": near}


def _wrong_form(spot: _Spot, breach: Breach) -> _Explained:
    text = str(breach.instance)
    words = {"text": _short(text)} | _expected(breach.schema)
    if not text:
        return messages.EMPTY, spot.place, words
    if _NUMBER.fullmatch(text) and {"number", "integer"} & set(breach.schema["type"]):
        return messages.QUOTED_NUMBER_FORM, spot.place, words
    return messages.WRONG_FORM, spot.place, words


def _too_few(spot: _Spot, breach: Breach) -> _Explained:
    count = len(breach.instance)
    if count == 0:
        return messages.EMPTY, spot.place, {}
    return messages.TOO_FEW, spot.place, {"limit": str(breach.value), "count": str(count)}


def _too_many(spot: _Spot, breach: Breach) -> _Explained:
    return messages.NOT_EMPTY, spot.place, {}


def _too_small(spot: _Spot, breach: Breach) -> _Explained:
    return messages.TOO_SMALL, spot.place, _limit(breach)


def _too_large(spot: _Spot, breach: Breach) -> _Explained:
    return messages.TOO_LARGE, spot.place, _limit(breach)


def _limit(breach: Breach) -> _Words:
    return {"limit": str(breach.value), "number": str(breach.instance)}


def _misfit(spot: _Spot, breach: Breach) -> _Explained:
    return messages.MISFIT, spot.place, {"keyword": breach.keyword}


_AT_KEYS: Final = frozenset({"additionalProperties", "propertyNames"})
_EXPLAIN: Final[Mapping[str, Callable[[_Spot, Breach], _Explained]]] = {
    "additionalProperties": _unknown_key,
    "required": _missing_key,
    "propertyNames": _bad_name,
    "x-given": _left_out,
    "x-exactly-one": _none_or_several,
    "x-at-most-one": _none_or_several,
    "type": _wrong_type,
    "enum": _not_an_option,
    "pattern": _wrong_form,
    "minLength": _too_few,
    "minItems": _too_few,
    "minProperties": _too_few,
    "maxItems": _too_many,
    "minimum": _too_small,
    "maximum": _too_large,
}


# Words.


def _expected(schema: Mapping[str, Any]) -> _Words:
    if "x-form" in schema:
        return _pair("expected", schema["x-form"]["en"], schema["x-form"]["zh"])
    if options := [f"`{option}`" for option in _options(schema)]:
        return _pair("expected", "one of " + ", ".join(options), "下列之一：" + "、".join(options))
    types = schema["type"]
    words = [_WORDS[kind] for kind in ([types] if isinstance(types, str) else types)]
    return _pair("expected", " or ".join(en for en, _ in words), "或".join(zh for _, zh in words))


def _options(schema: Mapping[str, Any]) -> Iterable[str]:
    """The options that a text may be, also where it stands beside a choice between readings."""
    options: Iterable[str] = schema.get("enum") or schema.get("else", {}).get("enum", ())
    return options


def _found(spot: _Spot) -> _Words:
    node = spot.node
    if isinstance(node, Sequence):
        return _pair("found", *_WORDS["array"])
    if isinstance(node, Block):
        return _pair("found", *_WORDS["object"])
    text = _short(node.raw)
    if isinstance(node.value, str):
        return _pair("found", f"the text `{text}`", f"文字 `{text}`")
    if node.value is None or isinstance(node.value, bool):
        return _pair("found", f"`{text}`", f" `{text}`")
    return _pair("found", f"the number {text}", f"数字 {text}")


def _listed(name: str, words: Iterable[str]) -> _Words:
    marked = [f"`{word}`" for word in words]
    return _pair(name, ", ".join(marked), "、".join(marked))


def _pair(name: str, en: str, zh: str) -> _Words:
    return {name: en, f"{name}_zh": zh}


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
