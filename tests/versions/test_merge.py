"""What laying one document over another means."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import Mapping, Plain, at, plain
from jifen.policy.inherit import IDENTITY, merge

from .town import tree


def merged(base: str, child: str) -> tuple[Mapping, list[str]]:
    diagnostics = Diagnostics()
    found = merge(tree(base, "base"), tree(child, "child"), diagnostics)
    return found, [f"{one.place} {one.code}" for one in diagnostics.sorted()]


@pytest.mark.parametrize(
    ("base", "child", "expected"),
    [
        # Mappings key by key, at any depth; new keys behind.
        (
            "values: {a: 1, b: {c: 2, d: 3}}",
            "values: {b: {d: 4, e: 5}, f: 6}",
            "values: {a: 1, b: {c: 2, d: 4, e: 5}, f: 6}",
        ),
        # Lists and scalars as wholes.
        ("values: {a: [1, 2], b: 1}", "values: {a: [3], b: [4]}", "values: {a: [3], b: [4]}"),
        ("values: {a: {b: 1}}", "values: {a: 2}", "values: {a: 2}"),
        ("values: {a: 2}", "values: {a: {b: 1}}", "values: {a: {b: 1}}"),
        # null removes.
        ("values: {a: 1, b: 2}", "values: {a: null}", "values: {b: 2}"),
        ("values: {a: {b: 1, c: {d: 1}}}", "values: {a: {c: ~}}", "values: {a: {b: 1}}"),
        ("values: {a: 1}\nmonths: {b: 1}", "months: null", "values: {a: 1}"),
        # An empty mapping changes nothing.
        ("values: {a: {b: 1}}", "values: {a: {}}", "values: {a: {b: 1}}"),
        # A choice between readings is replaced by anything else, and replaces it.
        ("values: {a: {reading: r, x: 1, y: 2}}", "values: {a: {b: 1}}", "values: {a: {b: 1}}"),
        (
            "values: {a: {b: 1}}",
            "values: {a: {reading: r, x: 1, y: null}}",
            "values: {a: {reading: r, x: 1, y: null}}",
        ),
        (
            "values: {a: {reading: r, x: 1, y: 2}}",
            "values: {a: {reading: s, x: 3}}",
            "values: {a: {reading: s, x: 3}}",
        ),
        # Two choices of the same reading are merged, and null is the value of an option.
        (
            "values: {a: {reading: r, x: 1, y: 2}}",
            "values: {a: {reading: r, y: null}}",
            "values: {a: {reading: r, x: 1, y: null}}",
        ),
        (
            "values: {a: {reading: r, x: null}}",
            "values: {a: {reading: r, x: 1, z: null}}",
            "values: {a: {reading: r, x: 1, z: null}}",
        ),
        (
            "values: {a: {reading: r, x: {b: 1, c: 2}}}",
            "values: {a: {reading: r, x: {c: null}}}",
            "values: {a: {reading: r, x: {b: 1}}}",
        ),
        # Lists of a choice or of mappings may hold anything.
        ("values: {a: [{b: 1}]}", "values: {a: [{b: null}]}", "values: {a: [{b: null}]}"),
    ],
)
def test_merging(base: str, child: str, expected: str) -> None:
    found, wrong = merged(base, child)
    assert (json.dumps(plain(found)), wrong) == (json.dumps(plain(tree(expected))), [])


def test_identity_is_not_inherited() -> None:
    names = sorted(IDENTITY - {"extends"})
    base = "".join(f"{key}: base\n" for key in names) + "extends: a/1\nchosen_by: landed\nfacts: {}\n"
    assert plain(merged(base, "policy: p\nextends: a/2")[0]) == {
        "policy": "p",
        "chosen_by": "landed",
        "facts": {},
    }
    child = "".join(f"{key}: {{own: 1}}\n" for key in names)
    found = plain(merged(base.replace(": base", ": {x: 1}"), child)[0])
    assert found == {**{key: {"own": 1} for key in names}, "chosen_by": "landed", "facts": {}}


@pytest.mark.parametrize(
    ("base", "child", "wrong"),
    [
        ("values: {a: 1}", "values: {b: null}", ["child:1:10 JF613"]),
        ("values: {a: 1}", "months: null", ["child:1:1 JF613"]),
        ("note: old", "note: null", ["child:1:1 JF613"]),
        ("values: {a: 1}", "values: {a: {b: null, c: 2}}", ["child:1:14 JF613"]),
        ("values: {a: {reading: r, x: 1}}", "values: {a: {x: null}}", ["child:1:14 JF613"]),
        ("values: {a: 1}", "values: {a: {reading: r, x: {y: null}}}", ["child:1:30 JF613"]),
    ],
)
def test_there_must_be_something_to_remove(base: str, child: str, wrong: list[str]) -> None:
    assert merged(base, child)[1] == wrong


def test_a_value_that_is_not_written_removes_nothing() -> None:
    assert plain(merged("values: {a: 1}", "values: {a: }")[0]) == {"values": {"a": None}}


def test_every_node_keeps_its_file() -> None:
    found, _ = merged("values:\n  a: 1\n  b:\n    c: 2\n", "values:\n  b:\n    d: [3]\n")
    origins = {
        path: at(found, ["values", *path]).place[:2] for path in (("a",), ("b",), ("b", "c"), ("b", "d", 0))
    }
    assert origins == {
        ("a",): ("base", 2),
        ("b",): ("child", 3),
        ("b", "c"): ("base", 4),
        ("b", "d", 0): ("child", 3),
    }
    values = found.get("values")
    assert isinstance(values, Mapping)
    assert [entry.key_place[:2] for entry in values.entries] == [("base", 2), ("child", 2)]


NAMES = st.sampled_from(["a", "b", "c", "title", "0", "是"])
SCALARS = st.sampled_from([0, 1, "x", "null", "2022-01-01", True, ""])
CHOICES = st.fixed_dictionaries(
    {"reading": st.sampled_from(["r", "s"]), "x": st.none() | SCALARS, "y": st.none() | SCALARS}
)
DATA: st.SearchStrategy[Plain] = st.recursive(
    SCALARS | CHOICES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)
DOCUMENTS = st.dictionaries(
    st.sampled_from(["facts", "values", "months", "note", "policy"]), DATA, max_size=5
)


def difference(base: Plain, target: Plain) -> Plain:
    """What must be laid over one mapping to make the other."""
    if not (isinstance(base, dict) and isinstance(target, dict)) or base.get("reading") != target.get(
        "reading"
    ):
        return target
    changed = {
        key: difference(base[key], value) if key in base else value
        for key, value in target.items()
        if key not in base or base[key] != value or key == "reading"
    }
    removed: dict[str, Plain] = {} if "reading" in base else {key: None for key in base if key not in target}
    return {**changed, **removed}


@given(DOCUMENTS, DOCUMENTS)
def test_merging_the_difference_gives_the_target(base: dict[str, Plain], target: dict[str, Plain]) -> None:
    own = {key: target.get(key) for key in IDENTITY & target.keys()}
    shared = {key: value for key, value in base.items() if key not in IDENTITY}
    rest = difference(shared, {key: value for key, value in target.items() if key not in IDENTITY})
    assert isinstance(rest, dict)
    found, wrong = merged(json.dumps(base), json.dumps({**own, **rest}))
    assert (plain(found), wrong) == (target, [])
