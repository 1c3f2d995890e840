"""Policies that extend each other, as files."""

from __future__ import annotations

from pathlib import Path

import pytest

import jifen
from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import plain
from jifen.errors import PolicyError
from jifen.policy.inherit import read_lineage

from .town import BASE, LAST, NEXT, WHOLE, tree, write

BERTHS = {"date": "2024-03-01", "facts": {"berths": 3}}


def test_a_chain_of_three_is_what_it_comes_to(tmp_path: Path) -> None:
    *_, last = write(tmp_path, BASE, NEXT, LAST)
    lineage = read_lineage(last, Diagnostics())
    assert lineage is not None
    assert plain(lineage.document) == plain(tree(WHOLE))
    assert list(lineage.names.values()) == ["harbour/2024.yaml", "harbour/2023.yaml", "harbour/2022.yaml"]


def test_a_chain_and_its_written_out_equal_have_one_digest(tmp_path: Path) -> None:
    *_, last = write(tmp_path, BASE, NEXT, LAST)
    (whole,) = write(tmp_path / "whole", WHOLE)
    assert jifen.check(last) == jifen.check(whole) == ()
    chain, written = jifen.load(last), jifen.load(whole)
    assert chain.digest == written.digest
    assert chain.score(BERTHS).to_json() == written.score(BERTHS).to_json()
    assert chain.score(BERTHS).total == 16


def test_an_example_that_stays_the_same_but_for_its_name(tmp_path: Path) -> None:
    _, same = write(
        tmp_path,
        BASE,
        "policy: harbour/2023\ntitle: Next\nextends: harbour/2022\nin_force: {from: 2023-01-01}\n",
    )
    policy = jifen.load(same)
    assert policy.rules.reviewed_on == ""
    assert policy.score({"date": "2023-03-01", "facts": {"berths": 2, "landed": "2020-01-01"}}).total == 15


def test_a_version_of_another_place_may_be_extended(tmp_path: Path) -> None:
    island = NEXT.replace("policy: harbour/2023", "policy: island/2023")
    _, path = write(tmp_path, BASE, island)
    assert jifen.check(path) == ()


def test_the_base_beside_the_file_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "known", BASE.replace("points: 10", "points: 99"))
    monkeypatch.setenv("JIFEN_POLICIES", str(tmp_path / "known"))
    (child,) = write(
        tmp_path / "own",
        "policy: harbour/2023\ntitle: Next\nextends: harbour/2022\nin_force: {from: 2023-01-01}\n",
    )
    facts = {"date": "2023-03-01", "facts": {"berths": 2, "landed": "2023-01-01"}}
    assert jifen.load(child).score(facts).total == 99
    write(tmp_path / "own", BASE)
    assert jifen.load(child).score(facts).total == 10


def test_from_inside_the_folder_of_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, BASE, NEXT)
    monkeypatch.chdir(tmp_path / "harbour")
    assert jifen.check("2023.yaml") == ()
    lineage = read_lineage(Path("2023.yaml"), Diagnostics())
    assert lineage is not None
    assert list(lineage.names) == ["2023.yaml", "../harbour/2022.yaml"]


def test_a_base_that_cannot_be_read(tmp_path: Path) -> None:
    _, child = write(tmp_path, "policy: harbour/2022\n- x\n", NEXT)
    with pytest.raises(PolicyError) as caught:
        jifen.load(child)
    assert {Path(one.place.file).name for one in caught.value.diagnostics} == {"2022.yaml"}


@pytest.mark.parametrize("text", ["- a\n", "a\n"])
def test_a_base_that_is_no_mapping(tmp_path: Path, text: str) -> None:
    _, child = write(tmp_path, BASE, NEXT)
    (tmp_path / "harbour" / "2022.yaml").write_text(text, encoding="utf-8")
    assert [Path(one.place.file).name for one in jifen.check(child)] == ["2022.yaml"]


@pytest.mark.parametrize(
    "name", ["harbour/../2022", "harbour/2022.cases", f"harbour/{'2' * 300}", "/2022", "2022"]
)
def test_what_is_no_version(tmp_path: Path, name: str) -> None:
    _, child = write(tmp_path, BASE, NEXT.replace("extends: harbour/2022", f"extends: {name}"))
    (tmp_path / "harbour" / "2022.cases.yaml").write_text("cases: []\n", encoding="utf-8")
    assert [one.code for one in jifen.check(child)] in (["JF610"], ["JF611"])
