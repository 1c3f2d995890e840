"""docs/cluster.md: its code does what it says, and a worker that has only the engine's zip can score."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession
from tests.arrow.tables import table_of
from tests.arrow.test_layouts import PEOPLE
from tests.docs.blocks import CLUSTER, shared_files
from tests.docs.printed import run_python

import jifen
from jifen.spark.worker import Parcel

WORKER = """
import pickle, sys
import pyarrow.parquet as pq
import jifen
from jifen.spark.worker import scored
parcel, people = sys.argv[1:]
table = pq.read_table(people)
with open(parcel, "rb") as file:
    batches = scored(table.to_batches(), pickle.load(file), table.column_names, None, ())
print([total for batch in batches for total in batch.column("total").to_pylist()])
print(jifen.__file__)
"""


def test_the_code(spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in shared_files(CLUSTER).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    run_python(CLUSTER, {"spark": spark})


def test_the_engine_in_a_zip(tmp_path: Path) -> None:
    """As `--py-files` ships it: there are neither schemas nor policies beside it."""
    policy = jifen.load(Path(__file__).parents[1] / "arrow" / "quay.yaml")
    table = table_of(policy, PEOPLE)
    pq.write_table(table, tmp_path / "people.parquet")
    (tmp_path / "parcel").write_bytes(pickle.dumps(Parcel.of(policy)))
    package = Path(jifen.__file__).parent
    with zipfile.ZipFile(tmp_path / "jifen.zip", "w") as archive:
        for path in package.rglob("*.py"):
            archive.write(path, path.relative_to(package.parent))
    environment = {name: value for name, value in os.environ.items() if name != "JIFEN_POLICIES"}
    words = [sys.executable, "-c", WORKER, str(tmp_path / "parcel"), str(tmp_path / "people.parquet")]
    environment["PYTHONPATH"] = str(tmp_path / "jifen.zip")
    printed = subprocess.run(words, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    totals, file = printed.stdout.splitlines()
    assert file.startswith(str(tmp_path / "jifen.zip"))
    assert totals == str(policy.score_table(table).column("total").to_pylist())
