"""The canonical text of a scorecard against RFC 8785 (JSON Canonicalization Scheme)."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jifen.scorecard.template import MOST, canonical

# RFC 8785, section 3.2.3: the members of this object, in this order.
SORTED = {
    "\r": "Carriage Return",
    "1": "One",
    "\x80": "Control",
    "\xf6": "Latin Small Letter O With Diaeresis",
    "\u20ac": "Euro Sign",
    "\U0001f600": "Emoji: Grinning Face",
    "\ufb33": "Hebrew Letter Dalet With Dagesh",
}
# RFC 8785, section 3.2.2: the text of the example, whose numbers are left out here (a scorecard has none of them).
STRING = '\u20ac$\x0f\nA\'B"\\\\"/'
WRITTEN = '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'


def test_the_keys_of_the_rfc_stand_in_its_order() -> None:
    shuffled = {key: SORTED[key] for key in sorted(SORTED, key=lambda key: SORTED[key])}
    assert list(json.loads(canonical(shuffled)).values()) == list(SORTED.values())


def test_the_order_is_that_of_utf_16_and_not_of_code_points() -> None:
    assert sorted(["\U0001f600", "\ufb33"]) == ["\ufb33", "\U0001f600"]
    assert canonical({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'
    assert canonical([{"a": {"\ufb33": 1, "\U0001f600": 2}}]) == '[{"a":{"\U0001f600":2,"\ufb33":1}}]'


def test_the_text_of_the_rfc() -> None:
    assert canonical(STRING) == WRITTEN
    assert canonical({"literals": [None, True, False], "string": STRING}) == (
        f'{{"literals":[null,true,false],"string":{WRITTEN}}}'
    )


def test_escapes_are_the_shortest_there_are() -> None:
    written = {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
    for code in [*range(0x20), 34, 92]:
        assert canonical(chr(code)) == f'"{written.get(code, f"{chr(92)}u{code:04x}")}"'
    for code in (0x2F, 0x7F, 0x80, 0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFF, 0x10FFFF):
        assert canonical(chr(code)) == f'"{chr(code)}"'


def test_texts_are_not_normalised() -> None:
    composed, decomposed = "\u00e9", "e\u0301"
    assert canonical({decomposed: composed, composed: decomposed}) == (
        f'{{"{decomposed}":"{composed}","{composed}":"{decomposed}"}}'
    )


def test_whole_numbers_that_every_reader_holds() -> None:
    assert canonical([0, -1, MOST, -MOST]) == f"[0,-1,{MOST},-{MOST}]"
    assert MOST == 9007199254740991
    for number in (MOST + 1, -MOST - 1):
        with pytest.raises(OverflowError):
            canonical({"count": number})


@pytest.mark.parametrize("value", [0.5, 1.0, float("nan"), Decimal("0.5"), {1, 2}, b"x", object()])
def test_what_a_scorecard_does_not_hold_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical({"points": [value]})


@pytest.mark.parametrize("value", ["\ud800", "\udc00x"])
def test_half_a_pair_is_refused(value: str) -> None:
    for document in (value, {value: 1}, [value]):
        with pytest.raises(UnicodeEncodeError):
            canonical(document)


TEXTS = st.text(st.characters(codec="utf-8"))
TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-MOST, MOST) | TEXTS,
    lambda inside: st.lists(inside) | st.dictionaries(TEXTS, inside),
)


@given(TREES)
def test_the_text_says_what_the_data_says_and_is_the_same_however_it_is_ordered(document: object) -> None:
    text = canonical(document)
    assert json.loads(text) == document
    assert canonical(json.loads(text)) == text
    turned = json.loads(text, object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    assert canonical(turned) == text
