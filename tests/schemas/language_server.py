"""The YAML language server that editors run, spoken to over its standard input and output."""

from __future__ import annotations

import json
import queue
import shutil
import subprocess
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import unquote

SOURCE: Final = Path(__file__).parent.parent / "editor"
SETTINGS: Final = {
    "yaml": {
        "validate": True,
        "completion": True,
        "hover": True,
        "yamlVersion": "1.2",
        "schemaStore": {"enable": False},
        "kubernetesCRDStore": {"enable": False},
    }
}
_PATIENCE: Final = 60.0


class Unavailable(Exception):
    """Node or npm is missing, or the server cannot be installed."""


def install(folder: Path) -> Path:
    """Install the pinned server into ``folder``, unless it is there; the script to run with node."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise Unavailable("node and npm are needed to run the language server")
    script = folder / "node_modules/yaml-language-server/bin/yaml-language-server"
    lock = SOURCE / "package-lock.json"
    done = folder / "installed.json"
    if done.is_file() and script.is_file() and done.read_bytes() == lock.read_bytes():
        return script
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(SOURCE / name, folder / name)
    command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    try:
        ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    except subprocess.TimeoutExpired as error:
        raise Unavailable("npm takes too long to install the language server") from error
    if ran.returncode != 0 or not script.is_file():
        raise Unavailable(f"npm cannot install the language server: {ran.stderr.strip()}")
    shutil.copyfile(lock, done)
    return script


class LanguageServer:
    """A running server. Use it in a ``with`` statement."""

    def __init__(self, script: Path, root: Path) -> None:
        node = shutil.which("node")
        assert node is not None
        self._root = root
        self._answers: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._complaints: list[str] = []
        self._last_id = 0
        self._configured = False
        self._process = subprocess.Popen(
            [node, "--require", str(SOURCE / "no-network.cjs"), str(script), "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._threads = [threading.Thread(target=run, daemon=True) for run in (self._read, self._listen)]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> Self:
        capabilities = {
            "textDocument": {
                "completion": {"completionItem": {"snippetSupport": True}},
                "hover": {"contentFormat": ["markdown"]},
                "publishDiagnostics": {},
            },
            "workspace": {"configuration": True},
        }
        folder = {"uri": self._root.as_uri(), "name": "jifen"}
        self.ask(
            "initialize",
            processId=None,
            rootUri=self._root.as_uri(),
            workspaceFolders=[folder],
            capabilities=capabilities,
        )
        self._tell("initialized")
        self._tell("workspace/didChangeConfiguration", settings=SETTINGS)
        # By its answer to anything at all the server has asked for the settings.
        self.hover(self._root / "unopened.yaml", 0, 0)
        assert self._configured
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            assert stream is not None
            stream.close()

    @property
    def complaints(self) -> str:
        """What the server wrote to its standard error."""
        return "".join(self._complaints)

    def open(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Open ``text`` as the file ``path``; the diagnostics of the server.

        A file is opened once: the server answers from what it parsed before.
        """
        self._tell(
            "textDocument/didOpen",
            textDocument={"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text},
        )
        while True:
            found = self._next()
            if found.get("method") == "textDocument/publishDiagnostics":
                params = found["params"]
                if unquote(params["uri"]).lower() == unquote(path.as_uri()).lower():
                    diagnostics: list[dict[str, Any]] = params["diagnostics"]
                    return diagnostics

    def completions(self, path: Path, line: int, column: int) -> list[dict[str, Any]]:
        """The completions at a position, both counted from 0."""
        found = self.ask(
            "textDocument/completion",
            textDocument={"uri": path.as_uri()},
            position={"line": line, "character": column},
        )
        items: list[dict[str, Any]] = found["items"]
        return items

    def hover(self, path: Path, line: int, column: int) -> str:
        """What is shown when the mouse rests at a position, both counted from 0."""
        found = self.ask(
            "textDocument/hover",
            textDocument={"uri": path.as_uri()},
            position={"line": line, "character": column},
        )
        return "" if found is None else str(found["contents"]["value"])

    def ask(self, method: str, **params: Any) -> Any:
        """Send a request and wait for its result."""
        self._last_id += 1
        wanted = self._last_id
        self._send({"id": wanted, "method": method, "params": params})
        while True:
            found = self._next()
            if found.get("id") == wanted and "method" not in found:
                assert "error" not in found, found
                return found["result"]

    def _tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _next(self) -> dict[str, Any]:
        """The next message of the server; its own requests are answered on the way."""
        while True:
            found = self._answers.get(timeout=_PATIENCE)
            assert found is not None, f"the language server ended: {self.complaints}"
            if "id" not in found or "method" not in found:
                return found
            result: Any = None
            if found["method"] == "workspace/configuration":
                self._configured = True
                result = [SETTINGS.get(item.get("section"), {}) for item in found["params"]["items"]]
            self._send({"id": found["id"], "result": result})

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            self._answers.put(json.loads(stream.read(length)))
        self._answers.put(None)

    def _listen(self) -> None:
        stream = self._process.stderr
        assert stream is not None
        for line in stream:
            self._complaints.append(line.decode("utf-8", "replace"))
