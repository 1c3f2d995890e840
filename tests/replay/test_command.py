"""`jifen replay` end to end: what it says in both languages, and its exit status."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from jifen import __version__
from jifen.cli import main

ROOT = Path(__file__).parents[2]
APPLICANT = ROOT / "examples" / "tianjin" / "applicant.yaml"
OTHER = ROOT / "examples" / "tianjin" / "just-below.yaml"
TOWN = ROOT / "tests" / "review" / "town.yaml"


class Result(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("JIFEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "JIFEN_POLICIES"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str | Path) -> Result:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        return Result(status, *capsys.readouterr())

    return call


@pytest.fixture
def card(run: Run, tmp_path: Path) -> Path:
    """The stored card of the example."""
    path = tmp_path / "card.json"
    taken = ("--reading", "rounding=each_item")
    assert (
        run("score", APPLICANT, "--policy", "tianjin/2022", *taken, "--format", "json", "-o", path).status
        == 0
    )
    return path


def edit(path: Path, change: Callable[[dict[str, Any]], object], indent: int | None = None) -> Path:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    separators = (",", ":") if indent is None else None
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=separators, indent=indent)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def test_proved(run: Run, card: Path) -> None:
    status, out, err = run("replay", card, APPLICANT)
    assert (status, err) == (0, "")
    assert out.startswith("proved: the card of lin-jing follows from tianjin/2022 (sha256:")
    assert len(out.splitlines()) == 1
    named = run(
        "replay", card, APPLICANT, "--policy", ROOT / "policies" / "tianjin" / "2022.yaml", "--lang", "zh"
    )
    assert named.status == 0 and named.out.startswith("已证明：lin-jing 的积分单出自 tianjin/2022（sha256:")


@pytest.mark.parametrize(("lang", "said"), [("en", "the data is the same;"), ("zh", "内容相同，")])
def test_written_otherwise(run: Run, card: Path, lang: str, said: str) -> None:
    status, out, _ = run("replay", edit(card, lambda data: None, indent=2), APPLICANT, "--lang", lang)
    assert status == 0 and said in out


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            "the first difference: $.outcome.qualifies\n  stored:     false\n  recomputed: true\n",
        ),
        ("zh", "第一处不同：$.outcome.qualifies\n  存档：false\n  重算：true\n"),
    ],
)
def test_it_differs(run: Run, card: Path, lang: str, said: str) -> None:
    edit(card, lambda data: data["outcome"].update(qualifies=False))
    status, out, err = run("replay", card, APPLICANT, "--lang", lang)
    assert (status, err) == (1, "") and out.endswith(said)


def test_another_applicant(run: Run, card: Path) -> None:
    status, out, _ = run("replay", card, OTHER)
    assert status == 1 and "$.applicant\n" in out


def test_a_long_value_is_cut(run: Run, card: Path) -> None:
    edit(card, lambda data: data.pop("indicators"))
    out = run("replay", card, APPLICANT).out
    assert "  stored:     (nothing)\n" in out
    assert max(map(len, out.splitlines())) < 230


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "name with --policy the revision"), ("zh", "请用 --policy 指明")]
)
def test_other_rules(run: Run, card: Path, lang: str, said: str) -> None:
    zeros = "sha256:" + "0" * 64
    edit(card, lambda data: data["policy"].update(digest=zeros))
    status, out, _ = run("replay", card, APPLICANT, "--lang", lang)
    assert status == 1 and said in out
    assert zeros in out and out.count("sha256:") == 2


def test_another_engine(run: Run, card: Path) -> None:
    edit(card, lambda data: data.update(engine="0.0.1"))
    status, out, _ = run("replay", card, APPLICANT)
    assert status == 0
    assert f"version 0.0.1 of the engine, this is {__version__}" in out


def test_what_is_no_card(run: Run, card: Path, tmp_path: Path) -> None:
    for text, said in (
        ("{", "is no scorecard"),
        ("[]", "is no scorecard"),
        ('{"policy": {"id": "a/1"}, "points": 0.5}', "0.5 is no whole number"),
        ('{"format": "jifen-scorecard/2", "policy": {}}', "jifen-scorecard/2"),
    ):
        path = tmp_path / "no-card.json"
        path.write_text(text, encoding="utf-8")
        status, out, err = run("replay", path, APPLICANT)
        assert (status, out) == (1, "") and said in err, text
    edit(card, lambda data: data["policy"].pop("readings"))
    status, _, err = run("replay", card, APPLICANT)
    assert status == 1 and "which readings were taken" in err
    card.write_bytes(b"\xff\xfe{}")
    assert run("replay", card, APPLICANT).status == 1


def test_wrong_usage(run: Run, card: Path) -> None:
    assert run("replay", card).status == 2
    assert run("replay", "no-such-card.json", APPLICANT).status == 2
    assert run("replay", card, "no-such-applicant.yaml").status == 2
    assert run("replay", card, APPLICANT, "--policy", "tianjin/1999").status == 2
    edit(card, lambda data: data["policy"].update(id="atlantis/2022"))
    status, _, err = run("replay", card, APPLICANT)
    assert status == 2 and "atlantis/2022, which is not known here" in err


def test_an_applicant_that_is_wrong(run: Run, card: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(APPLICANT.read_text(encoding="utf-8").replace("married:", "maried:"), encoding="utf-8")
    status, out, err = run("replay", card, path)
    assert (status, out) == (1, "") and f"{path}:" in err and "JF704" in err
    status, _, err = run("replay", card, APPLICANT, "--policy", TOWN)
    assert status == 1 and "JF704" in err
