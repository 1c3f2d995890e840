"""One local Spark session with two cores for all tests of a process."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator

import pytest
from pyspark.sql import SparkSession

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "localhost",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
    # Every file is a partition, and batches are so small that each has several.
    "spark.sql.files.openCostInBytes": "134217728",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "7",
    # Many small jobs: to compile them for speed would take longer than they do.
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    # A zone in which the day begins 14 hours earlier than in UTC: no date may move.
    "spark.sql.session.timeZone": "Pacific/Kiritimati",
}


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """Skips where there is no Java, which Spark runs on."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark runs on Java, and there is none: install a JDK 17 or set JAVA_HOME")
    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as patch:
        # The workers are this Python, and find the engine where this process finds it.
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
        # What a relative path is relative to, for Spark.
        patch.chdir(folder)
        builder = SparkSession.builder.master("local[2]").appName("jifen")
        for name, value in SETTINGS.items():
            builder = builder.config(name, value)
        for name in ("spark.local.dir", "spark.sql.warehouse.dir"):
            builder = builder.config(name, str(folder / name))
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()
