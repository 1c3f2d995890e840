"""The harbour's policy with cases of the test's own, and the command run on it."""

from pathlib import Path
from typing import NamedTuple

import pytest

from jifen.cli import main

POLICY = Path(__file__).parent.parent / "regression" / "policies" / "harbour" / "2024.yaml"

HEAD = """\
policy: harbour/2024
applicants:
  nobody:
    date: 2024-03-15
    facts: {birth_date: 1960-01-01, resident: true, rank: none, licensed: true}
    timelines: {service: []}
  sailor:
    date: 2024-03-15
    facts: {birth_date: 1960-01-01, resident: true, rank: mate, licensed: true}
    timelines: {service: [{place: sea, from: 2021-03, to: 2023-05}, {place: shore, from: 2023-06}]}
cases:
"""
"""The sailor has 27 months at sea, 24 of them worth 1 point and 3 worth 2, and a rank worth 10: 40 in all."""


class Result(NamedTuple):
    status: int
    out: str
    err: str


class Harbour:
    """A folder with the harbour's policy, and the command `jifen test` in it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.cases = folder / "2024.cases.yaml"
        self.policy = folder / "2024.yaml"
        self._capsys = capsys

    def write(self, cases: str, head: str = HEAD) -> None:
        """Write the cases below the head, byte for byte."""
        self.cases.write_bytes((head + cases).encode())

    def test(self, *arguments: str) -> Result:
        """Run `jifen test harbour` with more arguments."""
        self._capsys.readouterr()
        status = main(["test", "harbour", *arguments])
        return Result(status, *self._capsys.readouterr())

    def updated(self) -> str:
        """The cases below the head, after an update after which all pass."""
        assert self.test("--update").status == 0
        found = self.test()
        assert found.status == 0, found.out
        text = self.cases.read_bytes().decode()
        return text.partition("cases:\n")[2] if "\r\n" not in text else text.partition("cases:\r\n")[2]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("JIFEN_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "JIFEN_POLICIES"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def harbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Harbour:
    """The harbour in an empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    folder = Path("harbour")
    folder.mkdir()
    (folder / "2024.yaml").write_bytes(POLICY.read_bytes())
    return Harbour(folder, capsys)
