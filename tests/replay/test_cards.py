"""A stored scorecard of every policy in the tree, replayed byte for byte.

A change to a policy, or to what a scorecard says, changes them: set JIFEN_WRITE_GOLDEN=1 to write them anew, and
look at what differs before committing it. Each is the card of the case that says most, with its applicant beside it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import jifen
from jifen.api import Policy
from jifen.errors import ApplicantError
from jifen.policy.registry import registry
from jifen.regression.cases import read_cases
from jifen.replay import replay, stored
from jifen.resources import policies_dirs
from jifen.scorecard.template import canonical

CARDS = Path(__file__).parent / "cards"
TREE = policies_dirs()[-1]
ENTRIES = [entry for entry in registry() if entry.path.is_relative_to(TREE)]
WRITING = bool(os.environ.get("JIFEN_WRITE_GOLDEN"))


def files(policy: str) -> tuple[Path, Path]:
    """The card and the applicant of a policy."""
    name = policy.replace("/", "-")
    return CARDS / f"{name}.json", CARDS / f"{name}.applicant.json"


def write(policy: Policy, path: Path) -> None:
    """Store the card of the case that says most, and its applicant."""
    found: dict[str, Mapping[str, Any]] = {}
    for case in read_cases(path.with_name(path.name.removesuffix(".yaml") + ".cases.yaml")):
        if case.readings:
            continue
        try:
            found[policy.score(case.applicant).to_json()] = case.applicant
        except ApplicantError:
            continue
    text = max(found, key=lambda text: (len(text), text))
    card, applicant = files(policy.id)
    CARDS.mkdir(exist_ok=True)
    card.write_text(text + "\n", encoding="utf-8")
    said = json.dumps(found[text], ensure_ascii=False, indent=1, default=str)
    applicant.write_text(said + "\n", encoding="utf-8")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_the_card_follows_byte_for_byte(entry: Any) -> None:
    policy = jifen.load(entry.path)
    if WRITING:
        write(policy, entry.path)
    card, applicant = files(policy.id)
    kept = stored(card.read_text(encoding="utf-8"))
    found = replay(kept, json.loads(applicant.read_text(encoding="utf-8")), policy)
    assert found.first is None
    assert found.stored_digest == found.digest
    assert found.kind == "same"
    assert canonical(json.loads(kept.text)) == kept.text.rstrip("\n")


def test_nothing_else_is_stored() -> None:
    expected = {file.name for entry in ENTRIES for file in files(entry.id)}
    assert {path.name for path in CARDS.iterdir()} == expected
