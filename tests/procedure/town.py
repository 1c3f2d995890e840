"""A harbour that does not exist, with a procedure to be filled in, and cases in it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jifen
from jifen.policy.model import Rules
from jifen.procedure.case import read_case
from jifen.procedure.clock import Clock
from jifen.procedure.status import Status, status

HEAD = """\
policy: harbour/2024
title: {zh: 港口镇, en: The harbour}
in_force: {from: 2024-01-01}
sources: {notice: {title: {zh: 通知, en: Notice}, kind: official}}
procedure:
  zone: Europe/Lisbon
"""


def rules(**procedure: str) -> Rules:
    """The rules of a harbour whose procedure has these keys, each with YAML as its text."""
    keys = {"calendar": "weekdays", "last_minute": "inside", "events": "{filed: {}}", **procedure}
    text = HEAD + "".join(f"  {key}: {value}\n" for key, value in keys.items())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "2024.yaml"
        path.write_text(text, encoding="utf-8")
        return jifen.load(path).rules


def stands(of: Rules, case: dict[str, Any], on: str | None = None) -> Status:
    """Where a case stands."""
    moment = Clock(of.procedure).start(on).last if on else None
    return status(of, read_case(of, case), moment)


def events(*listed: str) -> list[dict[str, str]]:
    """`event moment` as events."""
    return [dict(zip(("event", "at"), text.split(), strict=True)) for text in listed]
