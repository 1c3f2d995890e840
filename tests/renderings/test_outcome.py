"""What `jifen show` says of an outcome, besides the plain line that the pages beside this file have."""

from __future__ import annotations

import pytest

from jifen.document.tree import Plain
from jifen.page.page import page_of

DOCUMENT: dict[str, Plain] = {
    "policy": "harbour/2024",
    "title": "Harbour",
    "in_force": {"from": "2024-01-01"},
    "facts": {
        "purpose": {"label": {"zh": "用途", "en": "purpose"}, "type": "choice", "options": ["berth", "trade"]}
    },
    "timelines": {"service": {"label": {"zh": "在港月份", "en": "months in the harbour"}}},
    "scores": {"base": {"label": {"zh": "基础分", "en": "base points"}}},
    "sources": {"notice": {"title": {"zh": "通告", "en": "Notice"}}},
}

SAID: list[tuple[dict[str, Plain], list[str], list[str]]] = [
    (
        {"score": "base", "line": 50, "cite": "notice#2"},
        ["50 or more qualifies (base points)\N{NO-BREAK SPACE}[1]"],
        ["基础分不低于50分为合格[1]"],
    ),
    ({"line": "62.5", "reached": "above"}, ["more than 62.5 qualifies (total)"], ["总分高于62.5分为合格"]),
    (
        {
            "line": {
                "on": "application",
                "since": {"2024-07-01": 60, "2024-01-01": '40 if purpose == "trade" else 50'},
            }
        },
        [
            "with the day of application on or after 2024-01-01: line (total): 40 if purpose is trade, else 50",
            "with the day of application on or after 2024-07-01: 60 or more qualifies (total)",
        ],
        [
            "申请日在2024-01-01及以后的：总分的分值线：用途为trade时为40，否则为50",
            "申请日在2024-07-01及以后的：总分不低于60分为合格",
        ],
    ),
    (
        {
            "rank": {
                "by": ["total", "count(service)"],
                "quota": 600,
                "at_the_line": "admit_all",
                "note": {"zh": "每年一次", "en": "once a year"},
            }
        },
        [
            "admitted by rank: total, then months in “months in the harbour”",
            "the first 600 are admitted",
            "all with the score of the last place are admitted",
            "once a year",
        ],
        ["按名次录取，依次比较：总分，“在港月份”的月数", "录取前600名", "末位同分的全部录取", "每年一次"],
    ),
    (
        {
            "gates": [
                {
                    "label": {"zh": "在港满一年", "en": "a year in the harbour"},
                    "require": "count(service) >= 12",
                },
                {"veto": 'purpose == "trade"', "cite": "notice"},
            ],
            "rank": {"by": ["base"], "at_the_line": "joint"},
            "allocate": {"preferences": 3, "mode": "serial", "substitutes": False},
            "recognised": ["base"],
        },
        [
            "and only if months in “months in the harbour” ≥ 12 (a year in the harbour)",
            "but not if purpose is trade\N{NO-BREAK SPACE}[1]",
            "admitted by rank: base points",
            "those equal in every key share the rank and are admitted",
            "places are given by rank and preference, up to 3 preferences each; "
            "nobody moves up when somebody gives up",
            "recognised elsewhere too: base points",
        ],
        [
            "还须满足：“在港月份”的月数 ≥ 12（在港满一年）",
            "但以下情形除外：用途为trade[1]",
            "按名次录取，依次比较：基础分",
            "各项都相同的并列同一名次，同时录取",
            "依名次和志愿分配，最多填报3个志愿；有人放弃时不递补",
            "在别处也承认：基础分",
        ],
    ),
    (
        {"score": {"chosen": "purpose"}, "line": 10},
        ["10 or more qualifies (score chosen by purpose)"],
        ["用途所选的积分不低于10分为合格"],
    ),
]


@pytest.mark.parametrize(("outcome", "english", "chinese"), SAID)
def test_what_is_said_of_an_outcome(
    outcome: dict[str, Plain], english: list[str], chinese: list[str]
) -> None:
    document: dict[str, Plain] = {**DOCUMENT, "outcome": outcome}
    assert page_of(document, (), "en").outcome == english
    assert page_of(document, (), "zh").outcome == chinese
