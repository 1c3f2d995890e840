"""A git repository with the harbour's policy, and the scripts of the action run in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
HARBOUR = ROOT / "tests" / "regression" / "policies" / "harbour"

GH = '''\
#!{python}
"""Stands in for GitHub: keeps comments in a file, and refuses where it is told to."""
import json, os, sys
from pathlib import Path

store = Path(os.environ["GH_STORE"])
arguments = sys.argv[1:]
assert arguments.pop(0) == "api", sys.argv
if os.environ.get("GH_REFUSES"):
    sys.exit("gh: Resource not accessible by integration (HTTP 403)\\nmore")
known = json.loads(store.read_text())
known["calls"].append(arguments)
if "--paginate" in arguments:
    # gh writes one list after the other.
    half = len(known["comments"]) // 2
    print(json.dumps(known["comments"][:half]))
    print(json.dumps(known["comments"][half:]))
else:
    method, name, body = arguments[1], arguments[2], arguments[4]
    assert arguments[0] == "--method" and arguments[3] == "--field" and body.startswith("body=@"), arguments
    text = Path(body.removeprefix("body=@")).read_text(encoding="utf-8")
    if method == "PATCH":
        number = int(name.rpartition("/")[2])
        next(one for one in known["comments"] if one["id"] == number)["body"] = text
    else:
        assert (method, name) == ("POST", "repos/town/policies/issues/7/comments"), arguments
        known["comments"].append({{"id": 100, "user": {{"type": "Bot"}}, "body": text}})
store.write_text(json.dumps(known))
'''


class Repository:
    """A git repository, its folder the current one of whatever it runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.temporary = folder.parent / "runner"
        self.temporary.mkdir()
        self.store = folder.parent / "github.json"
        self.comments([])
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "engine"),
            "PATH": f"{self._gh()}{os.pathsep}{os.environ['PATH']}",
            "GH_STORE": str(self.store),
        }

    def _gh(self) -> Path:
        folder = self.folder.parent / "bin"
        folder.mkdir()
        (folder / "gh").write_text(GH.format(python=sys.executable), encoding="utf-8")
        (folder / "gh").chmod(0o755)
        return folder

    def comments(self, listed: list[dict[str, Any]]) -> None:
        """What stands at the pull request already."""
        self.store.write_text(json.dumps({"comments": listed, "calls": []}), encoding="utf-8")

    def github(self) -> Any:
        """The comments at the pull request, and what was called."""
        return json.loads(self.store.read_text(encoding="utf-8"))

    def git(self, *arguments: str) -> str:
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
        command = ["git", *identity, *arguments]
        done = subprocess.run(command, cwd=self.folder, check=True, capture_output=True, encoding="utf-8")
        return done.stdout.strip()

    def commit(self, text: str = "change") -> str:
        """Commit everything; gives the commit."""
        self.git("add", "--all")
        self.git("commit", "-q", "-m", text)
        return self.git("rev-parse", "HEAD")

    def change(self, old: str, new: str, name: str = "2024.yaml") -> None:
        """Replace a text that stands in a file of the harbour just once."""
        path = self.folder / "policies" / "harbour" / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    def review(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the script that reviews."""
        command = [sys.executable, str(ROOT / "action" / "review.py"), *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, encoding="utf-8", check=False
        )

    def action(self, **inputs: str) -> subprocess.CompletedProcess[str]:
        """Run what the action runs, with its inputs as the environment."""
        environment = {
            **self.environment,
            "PYTHON": sys.executable,
            "ACTION_PATH": str(ROOT),
            "RUNNER_TEMP": str(self.temporary),
            "GITHUB_STEP_SUMMARY": str(self.temporary / "summary.md"),
            "GITHUB_OUTPUT": str(self.temporary / "output"),
            "BASE": "HEAD~1",
            "POPULATION": "",
            "FAIL_UNDER": "",
            "JUNIT": "junit.xml",
            "REVIEW_LANG": "en",
            "PATHS": "policies",
            "COMMENT": "true",
            "REPOSITORY": "town/policies",
            "NUMBER": "7",
            **inputs,
        }
        command = ["bash", str(ROOT / "action" / "run.sh")]
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, encoding="utf-8", check=False
        )


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository whose first commit holds the harbour."""
    folder = tmp_path / "repository"
    (folder / "policies" / "harbour").mkdir(parents=True)
    for path in HARBOUR.glob("*.yaml"):
        (folder / "policies" / "harbour" / path.name).write_bytes(path.read_bytes())
    found = Repository(folder)
    found.git("init", "-q", "-b", "main")
    found.commit("first")
    return found
