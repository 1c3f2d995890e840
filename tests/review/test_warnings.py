"""A check of the policy that strikes: its clause, its rule and what it read stand on every form of the scorecard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest

import jifen
from jifen.scorecard.render_markdown import render_markdown
from jifen.scorecard.render_table import render_table
from jifen.scorecard.shape import Card, Lang
from jifen.scorecard.template import canonical

from .town import ANN, TOWN

CHECKS = """
checks:
  boat_before_work:
    label: {zh: 有船但没有工作, en: a boat but no work}
    when: boat and count(worked) < limit
    cite: [notice#8, notice#9]
  schooled: {label: no schooling is stated, when: school == "low"}
values:
  limit: {label: {zh: 界限, en: the limit}, is: 25, cite: notice#8}
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("checks") / "town.yaml"
    found.write_text(TOWN.read_text(encoding="utf-8") + CHECKS, encoding="utf-8")
    return found


def card(path: Path, **facts: object) -> dict[str, Any]:
    applicant = {**ANN, "facts": {**ANN["facts"], **facts}}
    return jifen.load(path).score(applicant).to_dict()


def test_in_the_data(path: Path) -> None:
    boat, schooled = card(path)["warnings"]
    title = {"zh": "公告", "en": "Notice"}
    assert boat["label"] == {"zh": "有船但没有工作", "en": "a boat but no work"}
    assert boat["cite"] == [
        {"source": "notice", "clause": "8", "title": title},
        {"source": "notice", "clause": "9", "title": title},
    ]
    assert boat["rule"] == "boat and count(worked) < limit"
    read = [(value["text"], value.get("label"), value["value"]) for value in boat["values"]]
    assert read == [
        ("boat", {"zh": "有船", "en": "has a boat"}, "true"),
        ("count(worked)", None, "24"),
        ("limit", {"zh": "界限", "en": "the limit"}, "25"),
    ]
    assert (schooled["rule"], schooled["cite"]) == ('school == "low"', [])
    assert [value["value"] for value in schooled["values"]] == ["low"]


def test_only_what_strikes(path: Path) -> None:
    assert [one["id"] for one in card(path, boat=False)["warnings"]] == ["schooled"]
    assert card(path, boat=False, school="high")["warnings"] == []


def test_the_text_is_canonical(path: Path) -> None:
    text = jifen.load(path).score(ANN).to_json()
    assert canonical(json.loads(text)) == text


@pytest.mark.parametrize(
    ("lang", "said", "read"),
    [
        ("en", "A boat but no work [1][2]", "has a boat: yes; count(worked) = 24; the limit: 25"),
        ("zh", "有船但没有工作[1][2]", "有船：是；count(worked) = 24；界限：25"),
    ],
)
def test_on_a_page(path: Path, lang: Lang, said: str, read: str) -> None:
    data = cast(Card, {**card(path), "indicators": [], "eligibility": []})
    table = render_table(data, lang)
    assert f"! {said}\n    {read}\n" in table
    assert ("[2] Notice, clause 9" if lang == "en" else "[2] 公告，第9条") in table
    page = render_markdown(data, lang).replace("\\", "")
    assert f"- {said}\n  - {'read: ' if lang == 'en' else '取值：'}{read}\n" in page
