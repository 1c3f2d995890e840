"""The core schema of YAML 1.2, against a table written down on its own from the specification."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jifen.document.limits import MAX_DIGITS
from jifen.document.scalars import resolve

# YAML 1.2.2, section 10.3.2: the tag resolution of the core schema, in its order.
CORE = (
    ("null", r"null|Null|NULL|~|"),
    ("bool", r"true|True|TRUE|false|False|FALSE"),
    ("int", r"[-+]?[0-9]+"),
    ("octal", r"0o[0-7]+"),
    ("hexadecimal", r"0x[0-9a-fA-F]+"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"),
    ("infinite", r"[-+]?(\.inf|\.Inf|\.INF)"),
    ("nan", r"\.nan|\.NaN|\.NAN"),
)


def core(raw: str) -> str:
    return next((name for name, pattern in CORE if re.fullmatch(pattern, raw)), "str")


NUMBERLIKE = st.text(alphabet="0123456789+-.eExXoO_:abfinINFnaNA~ul", max_size=12)
WORDS = st.sampled_from(
    [
        "null",
        "Null",
        "nUll",
        "~",
        "true",
        "True",
        "tRue",
        "FALSE",
        "yes",
        "No",
        "on",
        "OFF",
        "y",
        "inf",
        "nan",
    ]
)


@settings(deadline=None)
@given(raw=NUMBERLIKE | WORDS | st.from_regex(CORE[5][1], fullmatch=True) | st.text(max_size=6))
@example(raw="")
@example(raw="１２")
@example(raw="1\n")
def test_resolution_is_the_core_schema(raw: str) -> None:
    value, refused = resolve(raw)
    kind = core(raw)
    if kind == "null":
        assert value is None and refused is None
    elif kind == "bool":
        assert value is (raw.lower() == "true") and refused is None
    elif kind in ("octal", "hexadecimal", "infinite", "nan"):
        assert refused is not None
    elif kind in ("int", "float"):
        assert isinstance(value, int | Decimal) and not isinstance(value, bool)
        if refused is None:
            assert value == Decimal(raw) and isinstance(value, int) == (kind == "int")
        else:
            zeros = re.match(r"[-+]?0[0-9]", raw)
            assert zeros or refused.code == "JF155"
    elif refused is None:
        assert value == raw
    else:
        # Not a number in YAML 1.2, but an older reader would make one of it.
        assert "_" in raw or raw[0] in "+-"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("no", "no"),
        ("off", "off"),
        ("12:30", "12:30"),
        ("2022-01-01", "2022-01-01"),
        ("2018-02", "2018-02"),
        ("01-01", "01-01"),
        ("7/24", "7/24"),
        ("0b101", "0b101"),
        ("1,000", "1,000"),
        ("-", "-"),
        ("+", "+"),
        (".", "."),
        ("-.", "-."),
        ("1e", "1e"),
        ("０", "０"),
        ("0", 0),
        ("-0", 0),
        ("+5", 5),
        ("-30", -30),
        ("0.01", Decimal("0.01")),
        ("0.10", Decimal("0.10")),
        (".5", Decimal("0.5")),
        ("5.", Decimal(5)),
        ("1e3", Decimal("1E+3")),
        ("-0.0", Decimal("0.0")),
        ("0.1234567890123456789012345678901234567", Decimal("0.1234567890123456789012345678901234567")),
        ("9" * MAX_DIGITS, int("9" * MAX_DIGITS)),
    ],
)
def test_accepted(raw: str, value: Any) -> None:
    got, refused = resolve(raw)
    assert refused is None
    assert (got, type(got), str(got)) == (value, type(value), str(value))


@pytest.mark.parametrize(
    ("raw", "code", "value"),
    [
        ("0123", "JF151", 123),
        ("-007", "JF151", -7),
        ("00", "JF151", 0),
        ("00.5", "JF151", Decimal("0.5")),
        ("0o17", "JF152", 15),
        ("0x1F", "JF152", 31),
        ("-0x1F", "JF152", -31),
        ("1_000", "JF153", 1000),
        ("1_000.5", "JF153", Decimal("1000.5")),
        (".inf", "JF154", 0),
        ("-.Inf", "JF154", 0),
        (".NaN", "JF154", 0),
        ("1" * (MAX_DIGITS + 1), "JF155", 0),
        ("1" * 100_000, "JF155", 0),
        ("1e40", "JF155", 0),
        ("1e-41", "JF155", 0),
        ("1e999999999999", "JF155", 0),
        ("0x" + "f" * 1000, "JF155", 0),
        ("1_" * 1000, "JF155", 0),
    ],
)
def test_refused(raw: str, code: str, value: Any) -> None:
    got, refused = resolve(raw)
    assert refused is not None and refused.code == code
    assert (got, type(got)) == (value, type(value))
