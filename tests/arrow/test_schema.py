"""The schema of a policy's tables, as data and as `jifen schema arrow` prints it; and who needs Arrow at all."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from jifen import load
from jifen.arrow.schema import schema_of
from jifen.cli import main

QUAY = str(Path(__file__).with_name("quay.yaml"))


def test_the_types() -> None:
    option = pa.dictionary(pa.int16(), pa.string())
    found = schema_of(load(QUAY))
    assert found.field("date") == pa.field("date", pa.date32(), nullable=False)
    assert found.field("height") == pa.field("height", pa.decimal128(18, 1), nullable=False)
    assert found.field("visits") == pa.field("visits", pa.int64())
    assert found.field("tongues") == pa.field("tongues", pa.list_(option))
    assert found.field("work").type.value_type.field("pay").type == pa.decimal128(18, 2)
    assert not found.field("work").nullable and found.field("home").nullable
    assert found.field("born").metadata == {b"label.en": b"born", b"label.zh": b"born"}


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "arrow", QUAY, "--lang", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["date", "date32[day]", "not", "null", "date", "of", "application"]
    assert [line for line in lines if line.startswith("prizes")] == [
        "prizes          list<struct> not null              prizes"
    ]
    assert "  trades        list<dictionary<string>> not null  trades" in lines


@pytest.mark.parametrize("words", [["arrow"], ["policy", QUAY]])
def test_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", *words]) == 2
    assert capsys.readouterr().err


def run(code: str) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    ).stdout


def test_one_applicant_needs_neither_numpy_nor_pyarrow() -> None:
    code = f"import sys, jifen; jifen.load({QUAY!r}); print({{'numpy', 'pyarrow'}} & set(sys.modules))"
    assert run(code).strip() == "set()"


def test_what_is_said_without_them() -> None:
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from jifen.cli import main\n"
        f"sys.stderr = sys.stdout; print(main(['schema', 'arrow', {QUAY!r}, '--lang', 'en']))"
    )
    assert run(code).splitlines() == ["jifen: this needs pyarrow: pip install 'jifen[arrow]'", "2"]
