"""The invented people of these tests, and one of many spells."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, cast

import jifen
from jifen.notice.page import notice_of
from jifen.notice.parts import Notice
from jifen.scorecard.shape import Card, Lang

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
EXAMPLES = {
    "tianjin": ("tianjin/2022", ROOT / "examples/tianjin/applicant.yaml"),
    "beijing": ("beijing/2020", HERE / "applicants/beijing.yaml"),
    "shanghai": ("shanghai/2023", HERE / "applicants/shanghai.yaml"),
}
LANGS: tuple[Lang, Lang] = ("zh", "en")
PRINTED = "2026-11-21"


@cache
def explained(name: str) -> Card:
    """The explanation, with an engine and a digest that no change of a policy's wording changes."""
    policy, path = EXAMPLES[name]
    card = cast(Card, jifen.load(policy).score(str(path)).explain())
    card["engine"] = "1.2.3"
    card["policy"]["digest"] = f"sha256:{'0123456789abcdef' * 4}"
    return card


def notice(name: str, lang: Lang) -> Notice:
    return notice_of(explained(name), lang, printed=PRINTED)


def of_many_spells(spells: int = 300) -> dict[str, Any]:
    """Somebody with spells of one month in every second month, every third of them back-paid."""
    first = 2022 * 12 - 2 * spells
    months = [first + 2 * at for at in range(spells)]
    kinds = ["employer", "employer", "back_paid"]
    return {
        "applicant": "wen-duo",
        "date": "2022-03-15",
        "facts": {
            "birth_date": "1960-07-19",
            "holds_permit": True,
            "below_retirement_age": True,
            "education": "none",
        },
        "timelines": {
            "insurance": [
                {
                    "kind": ["pension", "medical"],
                    "payment": kinds[at % 3],
                    "from": _text(month),
                    "to": _text(month),
                }
                for at, month in enumerate(months)
            ],
            "own_home": [
                {"from": _text(month), "to": _text(month), "district": "xiqing"} for month in months
            ],
        },
    }


def _text(month: int) -> str:
    return f"{month // 12:04}-{month % 12 + 1:02}"
