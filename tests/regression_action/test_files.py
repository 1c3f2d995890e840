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


def test_pre_commit_runs_the_hooks(repository: Repository) -> None:
    """A change that its cases notice is refused. Nothing is installed: `jifen` is this checkout's."""
    pre_commit = tool("pre-commit")
    shim = repository.folder.parent / "bin" / "jifen"
    shim.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m jifen "$@"\n', encoding="utf-8")
    shim.chmod(0o755)
    hooks = repository.folder.parent / "hooks"
    hooks.mkdir()
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
    repository.git("-C", str(hooks), "init", "-q")
    repository.git("-C", str(hooks), "add", ".")
    repository.git("-C", str(hooks), "commit", "-q", "-m", "hooks")
    config = {
        "repo": str(hooks),
        "rev": repository.git("-C", str(hooks), "rev-parse", "HEAD"),
        "hooks": [{"id": hook["id"], "language": "system"} for hook in HOOKS],
    }
    path = repository.folder / ".pre-commit-config.yaml"
    path.write_text(yaml.safe_dump({"repos": [config]}), encoding="utf-8")
    environment = {
        **repository.environment,
        "PRE_COMMIT_HOME": str(repository.temporary),
        "GIT_CONFIG_GLOBAL": "",
    }

    def run() -> subprocess.CompletedProcess[str]:
        repository.git("add", "--all")
        command = [pre_commit, "run", "--color", "never"]
        return subprocess.run(
            command,
            cwd=repository.folder,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    repository.change("mate: 10", "mate: 12")
    refused = run()
    assert refused.returncode == 1, refused.stderr
    assert [line.rpartition(".")[2] for line in refused.stdout.splitlines() if line.startswith("jifen ")] == [
        "Passed",
        "Failed",
        "Passed",
    ]
    assert "policies/harbour/2024.cases.yaml:50:22: total: expected 10, got 12" in refused.stdout
    repository.change("mate: 12", "mate: 10")
    repository.change("# yaml-language-server", "# a remark\n# yaml-language-server")
    done = run()
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("Passed") == 3


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        (
            ".github/workflows/policies.yaml",
            ["check-jsonschema", "--builtin-schema", "vendor.github-workflows"],
        ),
        (".pre-commit-config.yaml", ["pre-commit", "validate-config"]),
    ],
)
def test_what_the_guide_tells_to_write(name: str, arguments: list[str], tmp_path: Path) -> None:
    """The workflow and the configuration in docs/regression.md are ones, and use what this repository has."""
    guide = (ROOT / "docs" / "regression.md").read_text(encoding="utf-8")
    block = re.search(rf"^```yaml\n# {re.escape(name)}\n(.+?)^```$", guide, re.MULTILINE | re.DOTALL)
    assert block
    said = yaml.safe_load(block[1])
    if "repos" in said:
        assert {hook["id"] for hook in said["repos"][0]["hooks"]} <= {hook["id"] for hook in HOOKS}
    else:
        assert said["permissions"] == {"contents": "read", "pull-requests": "write"}
        assert set(said["jobs"]["review"]["steps"][-1]["with"]) <= set(ACTION["inputs"])
    path = tmp_path / "file.yaml"
    path.write_text(block[1], encoding="utf-8")
    done = subprocess.run(
        [tool(arguments[0]), *arguments[1:], str(path)], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout
