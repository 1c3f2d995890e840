"""The files that other repositories use: `action.yml` and `.pre-commit-hooks.yaml`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from jifen.cli import main
from jifen.cli.program import program

from .conftest import ROOT, Repository

HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]


def tool(name: str) -> str:
    """A developers' tool, installed beside this Python or on the path; the test is skipped where it is not."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.is_file() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_runs(
    hook: dict[str, Any],
    repository: Repository,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Its entry is a command, which passes on a good folder and fails on a bad one."""
    program_name, command = hook["entry"].split()
    assert program_name == "jifen" and command in program.commands
    assert hook["language"] == "python" and hook["pass_filenames"] is False
    monkeypatch.chdir(repository.folder)
    assert main([command, *hook["args"]]) == 0
    repository.change("mate: 10, none: 0}}", "mate: 10, none: 0, pilot: 30}}")
    assert main([command, *hook["args"]]) == 1, capsys.readouterr()


def test_hooks_run_on_every_file_beside_a_policy() -> None:
    for hook in HOOKS:
        for name in ("2024.yaml", "2024.cases.yaml", "2024.equivalent.yaml", "deeper/2024.yaml"):
            assert re.search(hook["files"], f"policies/harbour/{name}")
        assert not re.search(hook["files"], "docs/policies/harbour/2024.yaml")


def test_the_manifest_as_pre_commit_reads_it() -> None:
    command = [tool("pre-commit"), "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


def test_the_action_as_its_schema_has_it() -> None:
    command = [
        tool("check-jsonschema"),
        "--builtin-schema",
        "vendor.github-actions",
        str(ROOT / "action.yml"),
    ]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout


def test_nothing_from_outside_is_put_into_a_script() -> None:
    """What a pull request can choose reaches a shell in variables only."""
    for step in STEPS:
        assert "${{" not in step.get("run", "")
        assert ("run" in step) == (step.get("shell") == "bash")


def test_the_action_gives_the_script_what_it_takes() -> None:
    script = (ROOT / "action" / "run.sh").read_text(encoding="utf-8")
    environment = next(step["env"] for step in STEPS if step.get("id") == "review")
    given = {*environment, "RUNNER_TEMP", "GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"}
    taken = set(re.findall(r"\$\{?([A-Z_]+)", script)) - {"PYTHON"}
    # The token is for gh, which finds it by itself.
    assert taken == given - {"GH_TOKEN"}
    used = re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", str(STEPS))
    assert set(used) == set(ACTION["inputs"])


def test_the_permissions_are_written_down() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    assert "permissions: {contents: read, pull-requests: write}" in text
    assert "pull_request_target" in text
