"""What `jifen calendar` and `jifen status` print, compared with texts read by eye; the .ics against RFC 5545.

Set JIFEN_WRITE_GOLDEN=1 to write the texts anew, and read every one of them before committing it.
"""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import jifen
from jifen.cli import main
from jifen.document.diagnostics import Diagnostics, Message
from jifen.document.render import render
from jifen.document.schema import check
from jifen.document.yaml_reader import read_path
from jifen.policy import procedure_messages

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CASES = sorted((HERE / "cases").glob("*.yaml"))
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("JIFEN_LANG", "en")
    monkeypatch.chdir(HERE)


def golden(name: str, text: str) -> None:
    path = HERE / "golden" / name
    if os.environ.get("JIFEN_WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8", newline="")
    assert text == path.read_bytes().decode("utf-8")


def run(capsys: Capture, *words: str) -> tuple[int, str]:
    status = main(words)
    printed = capsys.readouterr()
    return status, printed.out + printed.err


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_status(path: Path, lang: str, capsys: Capture) -> None:
    """A first line `# on: MOMENT` says the moment to look at."""
    asked = re.match(r"# on: (\S+)", path.read_text(encoding="utf-8"))
    words = ["--on", asked[1]] if asked else []
    status, text = run(capsys, "status", f"cases/{path.name}", *words, "--lang", lang)
    # The library may know another year tomorrow.
    text = re.sub(r"chinesecalendar [\d.]+(\D+)\d{4}(\D+)\d{4}", r"chinesecalendar …\1…\2…", text)
    golden(f"{path.stem}.{lang}.txt", text)
    assert status == int("refused" in path.stem)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_cases_follow_their_schema(path: Path) -> None:
    diagnostics = Diagnostics()
    node = read_path(str(path), diagnostics)
    assert node is not None
    check(node, "procedure-case", diagnostics)
    assert not diagnostics.errors


def test_status_as_json(capsys: Capture) -> None:
    status, text = run(
        capsys, "status", "cases/published.yaml", "--on", "2025-05-28T10:00", "--format", "json"
    )
    found = json.loads(text)
    assert status == 0 and found["format"] == "jifen-status/1"
    assert found["policy"]["digest"] == jifen.load("tianjin/2025").digest
    assert found["state"]["name"] == "published" and found["on"] == "2025-05-28T10:00:00+08:00"
    [review] = [one for one in found["may"] if one["event"] == "request_review"]
    assert review["now"] and review["by"] == ["applicant"] and review["to"] == "review_requested"
    assert review["until"]["closes"] == "2025-05-30T17:00:00+08:00" and review["until"]["lastMinuteInside"]
    [silence] = found["ifNobodyActs"]
    assert (silence["to"]["name"], silence["at"]) == ("review_closed", "2025-05-30T17:01:00+08:00")


def test_a_refusal_as_json(capsys: Capture) -> None:
    status, text = run(capsys, "status", "cases/refused.yaml", "--format", "json")
    [error] = json.loads(text)["errors"]
    assert status == 1 and (error["path"], error["code"], error["line"]) == ("events[1]", "JF921", 8)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["status", "nowhere.yaml"], 2, "nowhere.yaml"),
        (["status", "cases/published.yaml", "--on", "noon"], 2, "noon is no moment"),
        (["calendar", "tianjn"], 2, "tianjin"),
        (["calendar", "tianjin", "--year", "year"], 2, "year"),
    ],
)
def test_wrong_usage(words: list[str], status: int, said: str, capsys: Capture) -> None:
    found, text = run(capsys, *words)
    assert found == status and said in text and text.count("\n") == 1


def test_a_case_without_a_policy(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "case.yaml").write_text("case: nobody\n", encoding="utf-8")
    assert run(capsys, "status", str(tmp_path / "case.yaml"))[0] == 1
    (tmp_path / "case.yaml").write_text("policy: hangzhou/2018\n", encoding="utf-8")
    status, text = run(capsys, "status", str(tmp_path / "case.yaml"))
    assert status == 1 and "states no procedure" in text


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("place", "year"), [("tianjin", "2025"), ("guangzhou", "2025"), ("beijing", "2025"), ("shanghai", "2026")]
)
def test_calendar(place: str, year: str, lang: str, capsys: Capture) -> None:
    _, text = run(capsys, "calendar", place, "--year", year, "--lang", lang)
    golden(f"calendar-{place}.{lang}.txt", text)


def test_calendar_as_json(capsys: Capture) -> None:
    _, text = run(capsys, "calendar", "guangzhou", "--format", "json")
    [apply] = [one for one in json.loads(text)["windows"] if one["name"] == "apply_2025"]
    assert (apply["opens"], apply["closes"]) == ("2025-10-10T09:00:00+08:00", "2025-11-10T17:00:00+08:00")
    assert apply["lastMinuteInside"] and not apply["wholeDays"] and apply["cite"] == ["questions-2025#5"]


def subscribed(capsys: Capture, place: str, *words: str) -> tuple[str, list[dict[str, Any]]]:
    """The text of a calendar, and its events as another library reads them."""
    from icalendar import Calendar

    _, text = run(capsys, "calendar", place, *words, "--format", "ics")
    parsed = Calendar.from_ical(text)
    return text, [dict(event.items()) for event in parsed.walk("VEVENT")]


def test_an_ics_that_others_read(capsys: Capture) -> None:
    text, found = subscribed(capsys, "tianjin", "--year", "2025")
    golden("tianjin-2025.ics", text)
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")
    assert text.count("\n") == text.count("\r\n")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    [review] = [event for event in found if event["DTSTART"].dt == datetime(2025, 5, 26, 1, tzinfo=UTC)]
    assert review["DTEND"].dt == datetime(2025, 5, 30, 9, tzinfo=UTC)
    [first] = [event for event in found if event["DTSTART"].dt == date(2025, 1, 1)]
    assert first["DTEND"].dt == date(2025, 5, 1)  # the day after the last
    assert all(event["DTSTAMP"].dt == datetime(2026, 11, 21, tzinfo=UTC) for event in found)


@pytest.mark.parametrize(
    "place", ["tianjin", "shanghai", "beijing", "guangzhou", "chengdu", "suzhou", "ningbo"]
)
def test_every_ics(place: str, capsys: Capture) -> None:
    text, found = subscribed(capsys, place, "--lang", "zh")
    uids = [str(event["UID"]) for event in found]
    assert len(uids) == len(set(uids))
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert (text, found) == subscribed(capsys, place, "--lang", "zh")
    assert uids == [str(event["UID"]) for event in subscribed(capsys, place, "--lang", "en")[1]]


def test_to_a_file(tmp_path: Path, capsys: Capture) -> None:
    status, text = run(capsys, "calendar", "tianjin", "--format", "ics", "-o", str(tmp_path / "tianjin.ics"))
    assert (status, text) == (0, "")
    assert (tmp_path / "tianjin.ics").read_bytes().count(b"\r\n") > 20


BAD = ("bad", "bad-clock")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", BAD)
def test_what_is_said_of_a_procedure_with_mistakes(name: str, lang: str) -> None:
    path = HERE / f"{name}.yaml"
    found = [
        one.__class__(one.message, one.place._replace(file=path.name), one.args, one.hint)
        for one in jifen.check(path)
    ]
    text = render(found, "text", lang, {path.name: path.read_text(encoding="utf-8")}) + "\n"
    golden(f"{name}.{lang}.txt", text)


def test_every_mistake_of_a_procedure_is_told() -> None:
    known = {one for one in vars(procedure_messages).values() if isinstance(one, Message)}
    assert {one.code for one in known} <= {
        one.code for name in BAD for one in jifen.check(HERE / f"{name}.yaml")
    }
