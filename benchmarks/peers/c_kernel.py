"""The scheme as a C function over the buffers of Arrow, called through ctypes, a batch at a time on threads."""

from __future__ import annotations

import ctypes
import hashlib
import os
import platform
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.answers import MONTHS, POINTS, TRUTHS, Answers
from benchmarks.peers.peer import Absent

SOURCE = Path(__file__).with_suffix(".c")
FLAGS = ("-O3", "-march=native", "-std=gnu11", "-shared", "-fPIC")

OPTIONS = {
    "education": ("bachelor", "college", "none"),
    "title": ("senior", "intermediate", "junior", "none"),
    "skill": ("senior_technician", "technician", "advanced", "intermediate", "junior", "none"),
    "occupation": ("very_scarce", "scarce", "general", "none"),
    "insurance.kind": ("pension", "medical", "unemployment", "injury", "maternity"),
    "insurance.payment": ("employer", "back_paid", "individual", "transferred", "flexible"),
    "spouse_insurance.payment": ("employer", "back_paid", "individual", "transferred", "flexible"),
    "own_home.district": (
        *("heping", "hedong", "hexi", "nankai", "hebei", "hongqiao", "dongli", "xiqing", "jinnan", "beichen"),
        *("wuqing", "baodi", "ninghe", "jinghai", "jizhou", "binhai"),
    ),
    "own_home.proof": ("title", "contract_and_deed_tax", "contract_only"),
    "own_home.co_owner": ("none", "spouse", "child", "parent", "other"),
    "own_home.state": ("clear", "sold", "sealed", "disputed", "collective_land"),
    "endorsements.kind": ("endorsement", "first_issue"),
    "endorsements.province": ("beijing", "tianjin", "hebei", "other"),
    "contests.contest": ("national_1", "national_2", "provincial_1", "provincial_2"),
    "offences.kind": ("false_information", "crime"),
}
"""The options in the order of the numbers in the C source."""

FACTS = (
    *("date", "birth_date", "holds_permit", "below_retirement_age", "education", "title", "skill"),
    *(
        "certificate_matches_post",
        "occupation",
        "occupation_matches_unit",
        "married",
        "spouse_employed_in_city",
    ),
)
LISTS = {
    "insurance": ("from", "to", "kind", "payment", "base"),
    "insured_elsewhere": ("from", "to"),
    "rented_home": ("from", "to", "registered"),
    "own_home": (
        *("from", "to", "district", "proof", "co_owner", "held_by_spouse", "bought_after_marriage", "state"),
    ),
    "housing_fund": ("from", "to", "development_zone", "proven"),
    "spouse_insurance": ("from", "to", "payment"),
    "endorsements": ("date", "kind", "province"),
    "contests": ("date", "contest", "rank"),
    "offences": ("date", "kind"),
    "unit_sanctions": ("date", "serious"),
}
TIMELINES = tuple(name for name, fields in LISTS.items() if fields[0] == "from")

FIRST_COUNTED = 2014 * 12
LAST = 2022 * 12 + 9


class _Column(ctypes.Structure):
    _fields_ = (
        ("values", ctypes.c_void_p),
        ("valid", ctypes.c_void_p),
        ("offset", ctypes.c_int64),
        ("code", ctypes.c_void_p),
    )


class Kernel:
    """The C kernel on so many threads."""

    def __init__(self, threads: int = 1) -> None:
        self.threads = threads

    def load(self) -> None:
        compiler = os.environ.get("CC") or shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
        if compiler is None or platform.system() == "Windows":
            raise Absent("no C compiler")
        self._compiler = compiler
        self._library = ctypes.CDLL(str(built(compiler)))
        self._library.first_month.restype = ctypes.c_int32

    def prepare(self, table: pa.Table) -> pa.Table:
        return table

    def score(self, prepared: pa.Table) -> list[dict[str, NDArray[Any]]]:
        parts = prepared.to_batches()
        if len(parts) < self.threads:
            parts = prepared.to_batches(max_chunksize=max(1, -(-prepared.num_rows // self.threads)))
        if self.threads == 1:
            return [self._batch(part) for part in parts]
        with ThreadPoolExecutor(self.threads) as pool:
            return list(pool.map(self._batch, parts))

    def answers(self, scored: list[dict[str, NDArray[Any]]]) -> Answers:
        return {name: np.concatenate([part[name] for part in scored]) for name in scored[0]}

    def versions(self) -> dict[str, str]:
        said = subprocess.run([self._compiler, "--version"], capture_output=True, text=True, check=True)
        return {"C compiler": said.stdout.partition("\n")[0], "flags": " ".join(FLAGS)}

    def _batch(self, batch: pa.RecordBatch) -> dict[str, NDArray[Any]]:
        columns, held = _columns(batch)
        given = (_Column * len(columns))(*columns)
        base = FIRST_COUNTED
        for name in TIMELINES:
            months = batch.column(name).values.field("from")
            start = months.buffers()[1].address + 4 * months.offset if len(months) else 0
            base = self._library.first_month(ctypes.c_void_p(start), ctypes.c_int64(len(months)), base)
        words = (LAST - base) // 64 + 1
        below = _below(words)
        numbers = {name: np.empty(batch.num_rows, np.int32) for name in (*POINTS, *MONTHS)}
        truths = {name: np.empty(batch.num_rows, np.bool_) for name in TRUTHS}
        failed = self._library.score(
            given,
            ctypes.c_int64(0),
            ctypes.c_int64(batch.num_rows),
            ctypes.c_int32(base),
            ctypes.c_void_p(below.ctypes.data),
            ctypes.c_int(words),
            _addresses(numbers),
            _addresses(truths),
        )
        if failed:
            raise ValueError(f"a history of {words} words")
        del held
        return numbers | truths


def built(compiler: str) -> Path:
    """The library, compiled unless there is one of this source, this compiler and this machine already."""
    said = subprocess.run([compiler, "--version"], capture_output=True, check=True).stdout
    key = hashlib.sha256(
        SOURCE.read_bytes() + said + " ".join(FLAGS).encode() + platform.processor().encode()
    )
    folder = Path(tempfile.gettempdir()) / f"jifen-benchmarks-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    library = folder / f"c_kernel-{key.hexdigest()[:16]}.so"
    if not library.exists():
        new = library.with_suffix(f".{os.getpid()}")
        subprocess.run([compiler, *FLAGS, "-o", str(new), str(SOURCE)], check=True)
        new.replace(library)
    return library


def _below(words: int) -> NDArray[np.uint64]:
    """For each month the set of all months before it."""
    bits = np.tri(64 * words + 1, 64 * words, -1, np.uint8)
    return np.packbits(bits, axis=1, bitorder="little").view(np.uint64)


def _columns(batch: pa.RecordBatch) -> tuple[list[_Column], list[object]]:
    """The columns in the order of the C source, and what must live as long as they do."""
    found: list[_Column] = []
    held: list[object] = []

    def add(array: pa.Array, name: str) -> None:
        code = None
        if pa.types.is_dictionary(array.type):
            known = OPTIONS[name]
            numbers = [known.index(option) for option in array.dictionary.to_pylist()]
            code = np.array(numbers or [0], np.uint8)
            array = array.indices
            held.append(code)
        valid, values = array.buffers()[:2]
        held.append(array)
        found.append(
            _Column(
                None if values is None else values.address,
                None if valid is None else valid.address,
                array.offset,
                None if code is None else code.ctypes.data,
            )
        )

    for name in FACTS:
        add(batch.column(name), name)
    for name, fields in LISTS.items():
        column = batch.column(name)
        add(column, name)
        for field in fields:
            own = column.values.field(field)
            add(own, f"{name}.{field}")
            if pa.types.is_list(own.type):
                add(own.values, f"{name}.{field}")
    return found, held


def _addresses(columns: dict[str, NDArray[Any]]) -> Any:
    return (ctypes.c_void_p * len(columns))(*(column.ctypes.data for column in columns.values()))
