from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import jifen.errors
from jifen.document.places import Place
from jifen.document.tree import Entry, Mapping, Scalar, Sequence, at, plain

HERE = Place("f.yaml", 1, 1, 1, 2)


def scalar(value: str | int | None) -> Scalar:
    return Scalar(value, HERE, str(value), False)


TREE = Mapping(
    (
        Entry("a", HERE, scalar(1)),
        Entry("b", HERE, Sequence((scalar("x"), Mapping((Entry("c", HERE, scalar(None)),), HERE)), HERE)),
    ),
    HERE,
)


def test_lookups() -> None:
    assert TREE.keys() == ("a", "b")
    assert TREE.get("a") == scalar(1) and TREE.get("z") is None
    entry = TREE.entry("b")
    assert entry is not None and entry.key == "b" and TREE.entry("z") is None


def test_plain() -> None:
    assert plain(TREE) == {"a": 1, "b": ["x", {"c": None}]}


def test_paths() -> None:
    assert at(TREE, []) is TREE
    assert at(TREE, ["b", 1, "c"]) == scalar(None)


@pytest.mark.parametrize("path", [["z"], ["b", 2], ["b", "c"], ["a", 0], ["b", 1, "c", "d"]])
def test_paths_that_leave_the_tree(path: list[str | int]) -> None:
    with pytest.raises(LookupError):
        at(TREE, path)


def test_nodes_are_values() -> None:
    again = pickle.loads(pickle.dumps(TREE))
    TREE.get("a")
    assert again == TREE and hash(again) == hash(TREE)
    assert "_index" not in repr(TREE)


def test_places_sort_and_read_well() -> None:
    assert str(HERE) == "f.yaml:1:1"
    assert Place("f.yaml", 2, 1, 2, 2) > Place("f.yaml", 1, 9, 1, 9) > HERE


def test_the_exceptions_are_cheap_to_import() -> None:
    heavy = ("yaml", "jsonschema", "pendulum", "dataclasses", "jifen.document")
    code = f"import sys, jifen.errors; print([name for name in {heavy} if name in sys.modules])"
    source = str(Path(jifen.errors.__file__).parents[1])
    env = {**os.environ, "PYTHONPATH": source}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
