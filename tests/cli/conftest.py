"""The command line run inside the test's process, on the real engine or on one made of samples."""

import io
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import pytest

import jifen
from jifen.cli import main
from jifen.document.diagnostics import Diagnostic, Diagnostics, Message
from jifen.document.tree import Mapping as TreeMapping
from jifen.document.tree import Node
from jifen.document.yaml_reader import read
from jifen.errors import ApplicantError, PolicyError, Problem
from jifen.policy.model import Reading
from jifen.policy.registry import Entry

CARDS = Path(__file__).parent.parent / "renderings" / "cards"
MISSING = Message("JF901", "{name} is missing", "缺少{name}", "State it.", "请填写。")
DOUBTFUL = Message("JF903", "This is doubtful", "此处可疑", severity="warning")
UNKNOWN = Message("JF902", "{name} is not known", "没有{name}")

POLICY = """\
policy: demo/2022
title: {zh: 示例, en: A demonstration}
in_force: {from: 2022-01-01, to: 2022-12-31}
"""


class Result(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("JIFEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "NO_COLOR", "JIFEN_POLICIES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call `run("score", …, stdin=b"…")`; gives the exit status and what was printed."""

    def call(*arguments: str | Path, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        return Result(status, *capsys.readouterr())

    return call


@dataclass
class SampleCard:
    data: dict[str, Any]

    @property
    def qualifies(self) -> bool:
        return bool(self.data["outcome"]["qualifies"])

    def to_dict(self) -> dict[str, Any]:
        return self.data

    def to_json(self) -> str:
        return json.dumps(self.data, ensure_ascii=False)


@dataclass
class SamplePolicy:
    """Gives the sample card that the applicant's file names, or the problems that it asks for."""

    document: Node
    rules: SimpleNamespace
    digest: str = "sha256:0"
    taken: list[dict[str, str]] = field(default_factory=list)

    def with_readings(self, readings: Mapping[str, str]) -> "SamplePolicy":
        self.taken.append(dict(readings))
        return self

    def score(self, applicant: Mapping[str, Any]) -> SampleCard:
        problems = [
            Problem(path, UNKNOWN if path.endswith("oops") else MISSING, {"name": path.rpartition(".")[2]})
            for path in applicant.get("problems", ())
        ]
        if problems:
            raise ApplicantError(problems)
        text = (CARDS / f"{applicant['applicant']}.json").read_text(encoding="utf-8")
        return SampleCard(json.loads(text))


@dataclass
class Engine:
    """What the stand-in was asked."""

    policy: SamplePolicy
    loaded: list[str] = field(default_factory=list)
    resolved: list[tuple[str, str]] = field(default_factory=list)

    def load(self, name: str | Path) -> SamplePolicy:
        self.loaded.append(str(name))
        if "broken" in str(name):
            diagnostics = Diagnostics()
            diagnostics.add(UNKNOWN, self.policy.document.place._replace(file=str(name)), name="oops")
            raise PolicyError(diagnostics.sorted())
        return self.policy

    def check(self, path: str | Path) -> list[Diagnostic]:
        diagnostics = Diagnostics()
        tree = read(Path(path).read_bytes(), str(path), diagnostics)
        if isinstance(tree, TreeMapping) and (entry := tree.entry("oops")) is not None:
            diagnostics.add(UNKNOWN, entry.key_place, name="oops")
        if isinstance(tree, TreeMapping) and (entry := tree.entry("hm")) is not None:
            diagnostics.add(DOUBTFUL, entry.key_place)
        return list(diagnostics.sorted())

    def resolve(self, place: str, on: str) -> SamplePolicy:
        self.resolved.append((place, on))
        return self.policy


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Engine:
    """An engine that knows one policy, demo/2022, and gives the sample cards."""
    path = tmp_path / "policies" / "demo" / "2022.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(POLICY, encoding="utf-8")
    document = read(POLICY, str(path), Diagnostics())
    assert document is not None
    rounding = Reading(
        name="rounding",
        question="How is it rounded",
        options={"exact": "not at all", "whole": "to whole points"},
        default="exact",
        chosen="exact",
        cite=(),
        place=document.place,
    )
    stand_in = Engine(SamplePolicy(document, SimpleNamespace(readings={"rounding": rounding})))
    entry = Entry(
        "demo/2022", "demo", "2022", {"zh": "示例", "en": "A demonstration"}, "2022-01-01", "", path
    )
    monkeypatch.setattr(import_module("jifen.policy.registry"), "registry", lambda: [entry])
    monkeypatch.setattr(jifen, "load", stand_in.load)
    monkeypatch.setattr(jifen, "check", stand_in.check)
    monkeypatch.setattr(jifen, "resolve", stand_in.resolve)
    return stand_in


@pytest.fixture
def applicant(tmp_path: Path) -> Path:
    """The file of an applicant who is given the qualifying sample card."""
    path = tmp_path / "applicant.yaml"
    path.write_text("applicant: qualifying\ndate: 2022-03-15\n", encoding="utf-8")
    return path
