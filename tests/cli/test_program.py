"""The program itself: help, version, pipes and interrupts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import jifen
from jifen.cli import program

from .conftest import Run

JIFEN = [sys.executable, "-c", "import sys; from jifen.cli import main; sys.exit(main())"]
PLAIN = {"PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ["PATH"]}


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"jifen {jifen.__version__}\n", "")


def test_version_needs_neither_rich_nor_the_engine() -> None:
    code = "import sys; from jifen.cli import main; main(['--version']); print(*sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], env=PLAIN, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not {"rich", "jsonschema", "pendulum", "simpleeval", "jifen.plan"} & loaded


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    status, out, err = run()
    assert (status, out) == (2, "")
    assert "Commands:" in err


@pytest.mark.parametrize("command", ["score", "check", "list", "show", "schema", "test"])
def test_help(run: Run, command: str) -> None:
    status, out, _ = run(command, "--help")
    assert status == 0
    assert out.startswith(f"Usage: jifen {command}")
    assert command in run("--help").out


def test_help_in_chinese() -> None:
    done = subprocess.run(
        [*JIFEN, "score", "--help"],
        env={**PLAIN, "JIFEN_LANG": "zh"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.startswith("用法：jifen score")
    assert "显示本说明并退出。" in done.stdout
    assert "Options" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("scor",), "no such command: scor (did you mean score?)"),
        (("score",), "APPLICANT is missing; see jifen score --help"),
        (("score", "--policy"), "requires an argument"),
        (("schema", "a", "b", "c"), "unexpected extra argument"),
    ],
)
def test_wrong_usage(run: Run, arguments: tuple[str, ...], said: str) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


def test_an_interrupt_is_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(program.program, "main", interrupted)
    assert run("list") == (130, "", "jifen: interrupted\n")


INTERRUPTED_WHILE_READING = """
import os, signal, sys
from jifen.cli import main

class Waiting:
    def read(self, size):
        os.kill(os.getpid(), signal.SIGINT)
        return sys.__stdin__.buffer.read(size)

class Input:
    buffer = Waiting()

sys.stdin = Input()
sys.exit(main())
"""


def test_ctrl_c_while_standard_input_is_awaited() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED_WHILE_READING, "score", "-", "--policy", __file__],
        env=PLAIN,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.wait(timeout=60) == 130
        out, err = process.communicate()
    assert (out, err.strip()) == ("", "jifen: interrupted")


def test_a_reader_that_has_gone_away() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(
        [*JIFEN, "schema", "policy"],
        env=PLAIN,
        stdout=write_end,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write_end)
    assert (done.returncode, done.stderr) == (141, "")


def test_a_terminal_that_knows_no_chinese(tmp_path: Path) -> None:
    done = subprocess.run(
        [*JIFEN, "score", str(tmp_path / "no.yaml"), "--place", "demo", "--lang", "zh"],
        env={**PLAIN, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
