"""Every mistake of an author in bad/NAME.yaml is said as in NAME.txt and NAME.zh.txt.

JIFEN_REWRITE=1 writes the expected texts anew; read the difference before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from jifen.document import messages
from jifen.document.diagnostics import Diagnostics, Message
from jifen.document.limits import MAX_BYTES
from jifen.document.render import render
from jifen.document.yaml_reader import read, read_path

BAD = Path(__file__).parent / "bad"
FILES = sorted(BAD.glob("*.yaml"))
CATALOGUE = {value.code: value for value in vars(messages).values() if isinstance(value, Message)}

# What an editor or a repository would spoil is written here.
MADE: dict[str, tuple[bytes, str]] = {
    "too_large": (b"#" * (MAX_BYTES + 1), "f.yaml:1:1: error JF102"),
    "invalid": ("a: 1\nb: 积".encode() + b"\xff\xfe", "f.yaml:2:5: error JF103"),
    "cut_in_a_character": ("a: 积".encode()[:-1], "f.yaml:1:4: error JF103"),
    "utf_16": ("a: 1".encode("utf-16"), "f.yaml:1:1: error JF104"),
    "utf_16_big_endian": (b"\xfe\xff\x00a", "f.yaml:1:1: error JF104"),
    "utf_32": ("a: 1".encode("utf-32"), "f.yaml:1:1: error JF104"),
    "nul": (b"a: 1\nb: \x00", "f.yaml:2:4: error JF105"),
    "many_errors": (b"a: 1\n" * 200, "f.yaml:102:1: error JF199"),
}

pytestmark = pytest.mark.skipif(not yaml.__with_libyaml__, reason="the texts follow the C parser")


def found_in(path: Path) -> Diagnostics:
    diagnostics = Diagnostics()
    read(path.read_bytes(), path.name, diagnostics)
    return diagnostics


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_bad_file(path: Path, lang: str) -> None:
    sources = {path.name: path.read_bytes().decode()}
    got = render(found_in(path).sorted(), "text", lang, sources) + "\n"
    expected = path.with_suffix(".txt" if lang == "en" else ".zh.txt")
    if os.environ.get("JIFEN_REWRITE"):
        expected.write_text(got, encoding="utf-8", newline="\n")
    assert got == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MADE)
def test_made_file(name: str) -> None:
    data, expected = MADE[name]
    diagnostics = Diagnostics()
    assert read(data, "f.yaml", diagnostics) is None
    assert expected in render(diagnostics.sorted())


def test_unreadable_files(tmp_path: Path) -> None:
    diagnostics = Diagnostics()
    assert read_path(tmp_path / "nowhere.yaml", diagnostics) is None
    assert read_path(tmp_path, diagnostics) is None
    assert read_path("nul\0inside.yaml", diagnostics) is None
    assert [found.code for found in diagnostics.sorted()] == ["JF101"] * 3


def test_every_message_has_a_bad_file() -> None:
    covered = {"JF101"}
    for path in FILES:
        covered |= {found.code for found in found_in(path)}
    for data, _ in MADE.values():
        diagnostics = Diagnostics()
        read(data, "f.yaml", diagnostics)
        covered |= {found.code for found in diagnostics}
    assert covered == set(CATALOGUE)


def test_each_message_has_its_own_code_and_both_languages() -> None:
    count = sum(isinstance(value, Message) for value in vars(messages).values())
    assert len(CATALOGUE) == count
    for message in CATALOGUE.values():
        assert message.en and message.zh
        assert bool(message.hint_en) == bool(message.hint_zh)


def test_nothing_stands_in_the_folder_without_its_file() -> None:
    names = {path.stem for path in FILES}
    assert {path.name.removesuffix(".txt").removesuffix(".zh") for path in BAD.glob("*.txt")} == names
