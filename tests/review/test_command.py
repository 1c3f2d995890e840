"""`jifen review` end to end: its pages against those approved under `golden/`, its data, its exit status.

Set JIFEN_WRITE_GOLDEN=1 to write the pages anew, and read them before committing them.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from jifen.cli import main
from jifen.scorecard.lines import columns

from .town import ANN, TOWN, published

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"
EXAMPLE = (
    ROOT / "examples" / "tianjin" / "published-applicant.yaml",
    ROOT / "examples" / "tianjin" / "published.yaml",
)
ON = ("--on", "2025-05-28T10:00")


class Result(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("JIFEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "NO_COLOR", "JIFEN_POLICIES"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str | Path) -> Result:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        return Result(status, *capsys.readouterr())

    return call


@pytest.fixture
def town_files(tmp_path: Path) -> Callable[..., tuple[Path, Path]]:
    """Writes Ann and what is published of her."""

    def write(applicant: dict[str, Any] | None = None, **said: Any) -> tuple[Path, Path]:
        paths = tmp_path / "ann.yaml", tmp_path / "published.yaml"
        for path, data in zip(paths, (applicant or ANN, published(**said)), strict=True):
            path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return paths

    return write


def same_as_golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("JIFEN_WRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["table", "markdown", "json"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_example(run: Run, lang: str, form: str) -> None:
    status, out, err = run("review", *EXAMPLE, *ON, "--lang", lang, "--format", form)
    assert (status, err) == (3, "")
    if form == "json":
        assert json.loads(out)["search"]["complete"]
        if lang == "en":
            same_as_golden("example.json", json.dumps(json.loads(out), ensure_ascii=False, indent=1) + "\n")
    else:
        same_as_golden(f"example.{lang}.{'txt' if form == 'table' else 'md'}", out)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_kind_of_explanation(run: Run, town_files: Callable[..., tuple[Path, Path]], lang: str) -> None:
    work = [*ANN["timelines"]["work"][:2], {"from": "2023-03", "to": "2024-02", "kind": "steady"}]
    person = {**ANN, "timelines": {**ANN["timelines"], "work": work}}
    said = {"work": 25, "home": "4.33", "school": 20, "boat": 3, "children": 6, "partner": 6, "prizes": 13}
    files = town_files(person, total="77.33", **said)
    same_as_golden(f"town.{lang}.txt", run("review", *files, "--policy", TOWN, "--lang", lang).out)
    files = town_files(person, total=40, home="7.77", prizes=8, work=20)
    same_as_golden(f"town.2.{lang}.txt", run("review", *files, "--policy", TOWN, "--lang", lang).out)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 72, 100])
def test_no_line_is_too_long(
    run: Run,
    town_files: Callable[..., tuple[Path, Path]],
    monkeypatch: pytest.MonkeyPatch,
    width: int,
    lang: str,
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    files = town_files(total=40, home="7.77", prizes=8, work=25, partner=6)
    out = run("review", *files, "--policy", TOWN, "--lang", lang).out
    assert all(columns(line) <= width for line in out.splitlines())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_differs(run: Run, town_files: Callable[..., tuple[Path, Path]], lang: str) -> None:
    status, out, err = run("review", *town_files(), "--policy", TOWN, "--lang", lang)
    assert (status, err) == (0, "")
    assert (
        "✔ 公布的分值与重算一致" if lang == "zh" else "✔ Every published number comes out as published"
    ) in out
    assert run("review", *town_files(), "--policy", TOWN, "--format", "markdown", "--lang", lang).status == 0


def test_the_policy_may_be_named_by_its_place(run: Run) -> None:
    assert run("review", *EXAMPLE, "--place", "tianjin", "--policy", "tianjin/2025").status == 2
    status, out, _ = run("review", *EXAMPLE, "--place", "tianjin", "--format", "json")
    assert status == 3 and json.loads(out)["policy"]["id"] == "tianjin/2025"


@pytest.mark.parametrize(
    ("on", "state", "now"),
    [
        ("2024-03-08T16:29", "open", "2024-03-08T16:29+08:00"),
        ("2024-03-08 16:30:59", "closed", "2024-03-08T16:30+08:00"),
        ("2024-03-08T08:29+00:00", "open", "2024-03-08T16:29+08:00"),
        ("2024-03-04T08:59+08:00", "not_open", "2024-03-04T08:59+08:00"),
    ],
)
def test_the_window_is_judged(
    run: Run, town_files: Callable[..., tuple[Path, Path]], on: str, state: str, now: str
) -> None:
    out = run("review", *town_files(), "--policy", TOWN, "--on", on, "--format", "json").out
    found = json.loads(out)
    assert (found["window"]["state"], found["now"]) == (state, now)


def test_a_reading_may_be_taken_otherwise(run: Run, town_files: Callable[..., tuple[Path, Path]]) -> None:
    files = town_files(boat=3, total="49.33")
    assert run("review", *files, "--policy", TOWN, "--reading", "boats=scores").status == 0
    assert run("review", *files, "--policy", TOWN, "--reading", "boats=x").status == 2


def test_data_that_is_wrong(run: Run, town_files: Callable[..., tuple[Path, Path]]) -> None:
    files = town_files(wrk=20, home="8.333")
    status, out, err = run("review", *files, "--policy", TOWN)
    assert (status, out) == (1, "")
    assert f"{files[1]}:" in err and "JF721" in err and "JF723" in err and "2 errors" in err
    errors = json.loads(run("review", *files, "--policy", TOWN, "--format", "json").out)["errors"]
    assert [error["code"] for error in errors] == ["JF723", "JF721"]
    files[1].write_text("policy: town/2024\ndate: 2024-03-04\npart: {work: 20}\n", encoding="utf-8")
    status, _, err = run("review", *files, "--policy", TOWN)
    assert status == 1 and "JF201" in err
    files[1].write_text("policy: [", encoding="utf-8")
    assert run("review", *files, "--policy", TOWN).status == 1
    files = town_files({**ANN, "facts": {"school": "middle"}})
    status, _, err = run("review", *files, "--policy", TOWN)
    assert status == 1 and f"{files[0]}:" in err and "JF706" in err


def test_wrong_usage(run: Run, town_files: Callable[..., tuple[Path, Path]]) -> None:
    files = town_files()
    for arguments in (
        (files[0],),
        (*files, "--policy", TOWN, "--on", "2025-05-28"),
        (*files, "--policy", TOWN, "--on", "28 May"),
        (*files, "--policy", "town/1999"),
        (*files,),  # the policy that the published score names is not known here
        (files[0], "no-such-file.yaml", "--policy", TOWN),
    ):
        assert run("review", *arguments).status == 2, arguments


def test_into_a_file(run: Run, town_files: Callable[..., tuple[Path, Path]], tmp_path: Path) -> None:
    files = town_files(boat=3, total="49.33")
    status, out, _ = run("review", *files, "--policy", TOWN, "-o", tmp_path / "review.txt")
    assert (status, out) == (3, "")
    assert (tmp_path / "review.txt").read_text(encoding="utf-8") == run(
        "review", *files, "--policy", TOWN
    ).out
