"""Chromium and the accessibility audit, driven by the script in `browser/`."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

SOURCE: Final = Path(__file__).parent / "browser"
_FILES: Final = ("package.json", "package-lock.json", ".npmrc", "audit.cjs")


class Unavailable(Exception):
    """Chromium, node or npm is missing, or what the script needs cannot be installed."""


def install(folder: Path) -> Path:
    """Put the script and the pinned packages it needs into ``folder``; the script."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise Unavailable("node and npm are needed to audit pages in a browser")
    if chromium() is None:
        raise Unavailable("Chromium is needed to audit pages in a browser")
    lock, done = SOURCE / "package-lock.json", folder / "installed.json"
    folder.mkdir(parents=True, exist_ok=True)
    for name in _FILES:
        shutil.copyfile(SOURCE / name, folder / name)
    script = folder / "audit.cjs"
    if done.is_file() and done.read_bytes() == lock.read_bytes():
        return script
    command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    try:
        ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    except subprocess.TimeoutExpired as error:
        raise Unavailable("npm takes too long to install the audit") from error
    if ran.returncode != 0:
        raise Unavailable(f"npm cannot install the audit: {ran.stderr.strip()}")
    shutil.copyfile(lock, done)
    return script


def chromium() -> str | None:
    """The browser's program; None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def audit(script: Path, pages: Sequence[Path], pictures: Path) -> list[dict[str, Any]]:
    """What is wrong with each page in each view; pictures and PDFs are put into a folder."""
    node = shutil.which("node")
    assert node is not None
    pictures.mkdir(parents=True, exist_ok=True)
    asked = {
        "chromium": chromium(),
        "pictures": str(pictures),
        "pages": [{"name": page.stem, "file": str(page)} for page in pages],
    }
    ran = subprocess.run(
        [node, str(script)],
        cwd=script.parent,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found: list[dict[str, Any]] = json.loads(ran.stdout)
    return found
