"""Collects `*.cases.yaml` files as pytest items, through the collector that `jifen test` uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jifen.errors import PolicyError
from jifen.regression.cases import Case, read_cases
from jifen.regression.run import Runner


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A cases file is collected wherever pytest looks."""
    if file_path.name.endswith(".cases.yaml"):
        return CasesFile.from_parent(parent, path=file_path)
    return None


class CasesFile(pytest.File):
    """One file of cases."""

    def collect(self) -> Iterator[pytest.Item]:
        """The cases, in the order of the file."""
        runner = Runner()
        for case in read_cases(self.path):
            yield CaseItem.from_parent(self, name=case.name, case=case, runner=runner)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """A file with mistakes shows them as `jifen check` does."""
        if isinstance(excinfo.value, PolicyError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))


class CaseItem(pytest.Item):
    """One case."""

    def __init__(self, *, case: Case, runner: Runner, **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]
        self.case = case
        self.runner = runner

    def runtest(self) -> None:
        """Fails with every expectation that does not hold."""
        differences = self.runner.run(self.case).differences
        if differences:
            raise CaseFailed("\n".join(difference.text("en") for difference in differences))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """What differs, without a traceback of the engine."""
        if isinstance(excinfo.value, (CaseFailed, PolicyError)):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the case is written."""
        return self.path, self.case.place.line - 1, self.case.id


class CaseFailed(Exception):
    """A case whose expectations do not all hold."""
