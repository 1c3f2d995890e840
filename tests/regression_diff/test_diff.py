"""Pairs of policies and the list of changes that a reader is to be told, in both languages."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from jifen.document.diagnostics import Diagnostics
from jifen.document.tree import Plain, plain
from jifen.document.yaml_reader import read
from jifen.page.yaml_text import yaml_text

from .town import BASE, changed, compared, said

Pairs = tuple[tuple[str, str], ...]

CASES: dict[str, tuple[Pairs, list[str], list[str]]] = {
    "points of a table, alike together": (
        (("{north: 10, south: 11, outer: 11}", "{north: 10, south: 12, outer: 12}"),),
        ["indicators: berth, South / Outer: 11 → 12 points a year"],
        ["indicators: 泊位，南码头、外港：每年11分 → 每年12分"],
    ),
    "the line": (
        (("line: 110", "line: 120"),),
        ["outcome: line: 110 → 120"],
        ["outcome: 分值线：110 → 120"],
    ),
    "another answer by default": (
        (("default: landing", "default: permit"),),
        ["readings: “From when do berths count” (counted_from), default: “the landing” → “the permit”"],
        ["readings: “泊位从何时算起”（counted_from），默认：“登岸” → “发证”"],
    ),
    "bands cut elsewhere": (
        (("{below: 36, points: 5}", "{below: 24, points: 5}, {below: 48, points: 8}"),),
        [
            "indicators: time ashore, 24 or more, below 36: 5 → 8 points",
            "indicators: time ashore, 36 or more, below 48: 10 → 8 points",
        ],
        [
            "indicators: 在港年限，24及以上、低于36：5 → 8分",
            "indicators: 在港年限，36及以上、低于48：10 → 8分",
        ],
    ),
    "a new indicator": (
        (
            (
                "    when: pilot\n",
                "    when: pilot\n  bonus: {label: {zh: 一次性奖励, en: one-off bonus}, cite: notice-4#9, points: 5}\n",
            ),
        ),
        ["indicators: new: one-off bonus: 5 points"],
        ["indicators: 新增：一次性奖励：5分"],
    ),
    "a requirement less": (
        (
            (
                "eligibility:\n  landed_before:\n    label: {zh: 已登岸满一年, en: landed a year ago}\n"
                "    require: months_between(landed, application) >= 12\n    cite: notice-4#2\n",
                "",
            ),
        ),
        [
            "eligibility: removed: landed a year ago: months from day of landing to the day of application ≥ 12"
        ],
        ["eligibility: 取消：已登岸满一年：自登岸日期至申请日的月数 ≥ 12"],
    ),
    "a requirement that asks for more": (
        (("application) >= 12\n", "application) >= 24\n"),),
        [
            "eligibility: landed a year ago: months from day of landing to the day of application ≥ 12 → "
            "months from day of landing to the day of application ≥ 24"
        ],
        ["eligibility: 已登岸满一年：自登岸日期至申请日的月数 ≥ 12 → 自登岸日期至申请日的月数 ≥ 24"],
    ),
    "an option of one reading": (
        (
            (
                "landing: 'months_between(landed, application)'",
                "landing: 'months_between(permitted, application)'",
            ),
        ),
        [
            "indicators: time ashore, of (if counted_from is read as “the landing”): months from day of landing to "
            "the day of application → months from day of the permit to the day of application"
        ],
        [
            "indicators: 在港年限，对象（counted_from 取“登岸”时）：自登岸日期至申请日的月数 → "
            "自发证日期至申请日的月数"
        ],
    ),
    "a value that becomes a reading": (
        (("    points: 15\n", "    points: {reading: counted_from, landing: 15, permit: 20}\n"),),
        [
            "indicators: pilotage: 15 points → by the reading “From when do berths count” (counted_from) – "
            "the landing: 15 points; the permit: 20 points"
        ],
        ["indicators: 引航：15分 → 视“泊位从何时算起”（counted_from）而定——登岸：15分；发证：20分"],
    ),
    "an indicator in another group": (
        (
            (
                "      rank:\n        label: {zh: 船员等级, en: rank}\n        cite: notice-4#4\n"
                "        lookup: {of: rank, points: {master: 20, mate: 10, hand: 0}}\n",
                "",
            ),
            (
                "    when: pilot\n",
                "    when: pilot\n  more:\n    label: {zh: 附加分, en: additional points}\n    indicators:\n"
                "      rank:\n        label: {zh: 船员等级, en: rank}\n        cite: notice-4#4\n"
                "        lookup: {of: rank, points: {master: 25, mate: 10, hand: 0}}\n",
            ),
        ),
        [
            "indicators: new: additional points: rank (master: 25; mate: 10; hand: 0)",
            "indicators: moved: rank, from “basic points” to “additional points”",
            "indicators: additional points, rank, master: 20 → 25 points",
        ],
        [
            "indicators: 新增：附加分：船员等级（船长：25；大副：10；水手：0）",
            "indicators: 移动：船员等级，由“基本分”移入“附加分”",
            "indicators: 附加分，船员等级，船长：20 → 25分",
        ],
    ),
    "an input, a condition, a cap": (
        (
            (
                "  pilot: {type: boolean",
                "  tug: {type: boolean, label: {zh: 拖船, en: runs a tug}}\n  pilot: {type: boolean",
            ),
            ("    when: pilot\n", "    when: pilot or tug\n    cap: 10\n"),
        ),
        [
            "indicators: pilotage, only if: pilot → pilot or runs a tug",
            "indicators: new: pilotage, cap: 10",
            "inputs: new: runs a tug",
        ],
        [
            "indicators: 引航，条件：引航员 → 引航员或拖船",
            "indicators: 新增：引航，封顶：10",
            "inputs: 新增：拖船",
        ],
    ),
    "texts alone": (
        (
            ("en: berth}", "en: a berth}"),
            ("title: {zh: 港口积分, en: Harbour points}", "title: Harbour points"),
        ),
        ["labels: title: Harbour points → Harbour points", "labels: a berth, label: berth → a berth"],
        ["labels: 标题：港口积分 → Harbour points", "labels: 泊位，名称：泊位 → 泊位"],
    ),
    "citations alone": (
        (("cite: notice-4#8", "cite: [notice-4#8, notice-4#10]"),),
        ["citations: outcome, cited: notice-4#8 → notice-4#8, notice-4#10"],
        ["citations: 结论，依据：notice-4#8 → notice-4#8、notice-4#10"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_changes_are_told(name: str, tmp_path: Path) -> None:
    pairs, english, chinese = CASES[name]
    assert said(tmp_path, BASE, changed(*pairs), "en") == english
    assert said(tmp_path, BASE, changed(*pairs), "zh") == chinese


EQUAL: dict[str, Pairs] = {
    "comments and spacing": (("outcome: {line: 110,", "# what it takes\noutcome: {  line:   110,"),),
    "rows for a map": (
        (
            "points: {north: 10, south: 11, outer: 11}",
            "points: [{for: [south, outer], points: 11}, {for: north, points: 10}]",
        ),
    ),
    "brackets and spacing of an expression": (
        ("months_between(landed, application) >= 12", "(months_between( landed,application ))>=12"),
    ),
    "a number as a fraction": (("    points: 15\n", '    points: "30/2"\n'),),
    "a citation as a list": (("cite: notice-4#6", "cite: [notice-4#6]"),),
    "what holds anyway": (("          per: year\n", "          per: year\n          credit: monthly\n"),),
    "the name of the version": (("policy: harbour/2024", "policy: harbour/2025"),),
    "an alias": (("north: {zh: 北码头, en: North}", "north: &north {zh: 北码头, en: North}"),),
}


@pytest.mark.parametrize("name", EQUAL)
def test_what_means_the_same_is_equal(name: str, tmp_path: Path) -> None:
    found = compared(tmp_path, BASE, changed(*EQUAL[name]))
    assert found.equal
    assert "mean the same" in found.text("en")


def shuffled(value: Plain, rng: random.Random) -> Plain:
    """The same data with the keys of every mapping in another order."""
    if isinstance(value, dict):
        keys = list(value)
        rng.shuffle(keys)
        return {key: shuffled(value[key], rng) for key in keys}
    return [shuffled(item, rng) for item in value] if isinstance(value, list) else value


def letters(text: str) -> list[str]:
    return sorted(text)


@pytest.mark.parametrize("seed", range(12))
def test_order_says_nothing(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    after = changed(*CASES[rng.choice(list(CASES))][0])
    texts = []
    for text in (BASE, after):
        node = read(text, "policy.yaml", Diagnostics())
        assert node is not None
        texts.append(yaml_text(shuffled(plain(node), rng)))
    assert compared(tmp_path / "same", BASE, texts[0]).equal
    assert compared(tmp_path / "too", after, texts[1]).equal
    # Words may follow the order of the file; what is told, and how much of it, may not.
    one, other = said(tmp_path, BASE, after, "en"), said(tmp_path, *texts, "en")
    assert sorted(map(letters, one)) == sorted(map(letters, other))


def test_the_order_of_what_is_tried_first_is_a_rule(tmp_path: Path) -> None:
    first = changed(
        ("    label: {zh: 基本分, en: basic points}\n", "    label: basic points\n    combine: first\n")
    )
    block = "      rank:\n        label: {zh: 船员等级, en: rank}\n        cite: notice-4#4\n"
    block += "        lookup: {of: rank, points: {master: 20, mate: 10, hand: 0}}\n"
    second = first.replace(block, "").replace("      berth:\n", block + "      berth:\n", 1)
    assert said(tmp_path, first, second, "en") == [
        "indicators: basic points, order: berth, rank, stay → rank, berth, stay"
    ]


def test_a_leaf_that_becomes_a_group(tmp_path: Path) -> None:
    after = changed(
        (
            "        cite: notice-4#3\n        accrue:\n          months: berthed\n          by: quay\n"
            "          per: year\n          priority: highest\n          points: {north: 10, south: 11, outer: 11}\n",
            "        cite: notice-4#3\n        combine: highest\n        indicators:\n          yearly:\n"
            "            label: yearly points\n            accrue: {months: berthed, by: quay, per: year,"
            " priority: highest, points: {north: 10, south: 12, outer: 12}}\n"
            "          once: {label: 40 once, points: 40}\n",
        )
    )
    assert said(tmp_path, BASE, after, "en") == [
        "indicators: berth, yearly points, South / Outer: 11 → 12 points a year",
        "indicators: new: 40 once: 40 points",
        "indicators: new: berth, how it adds up: the highest only",
    ]


def test_places_and_citations(tmp_path: Path) -> None:
    found = compared(tmp_path, BASE, "# one line more\n" + changed(("line: 110", "line: 120")))
    line = BASE.splitlines().index("outcome: {line: 110, cite: notice-4#8}") + 1
    text = found.text("en")
    assert f"  line: 110 → 120 [1]\n      a.yaml:{line} → b.yaml:{line + 1}\n" in text
    assert "[1] Notice 4, clause 8" in text
    assert text.endswith("changes: 1 of rules, 0 of citations, 0 of texts\n")
    assert f"- line: 110 → 120 [1] `a.yaml:{line} → b.yaml:{line + 1}`" in found.markdown("en")
    report = json.loads(found.json())
    assert report["format"] == "jifen-diff/1" and report["equal"] is False
    [change] = report["changes"]
    assert change["text"] == {"zh": "分值线：110 → 120", "en": "line: 110 → 120"}
    assert change["cite"] == {"from": ["notice-4#8"], "to": ["notice-4#8"]}
    assert change["path"] == ["outcome", "line"]


def test_the_old_and_the_new_way_round(tmp_path: Path) -> None:
    after = changed(("line: 110", "line: 120"), ("    points: 15\n", "    points: 16\n"))
    assert said(tmp_path, after, BASE, "en") == [
        "outcome: line: 120 → 110",
        "indicators: pilotage: 16 → 15 points",
    ]
