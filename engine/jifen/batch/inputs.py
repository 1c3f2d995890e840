"""What `jifen batch` is given: a file, a folder of tables or a database, as a source."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from jifen.applicant import messages as wrong
from jifen.arrow.schema import check_names, columns_of
from jifen.batch import messages
from jifen.batch.databases import QueryTable, is_database
from jifen.batch.documents import CsvSource, LineSource
from jifen.batch.long import LongSource
from jifen.batch.sources import Source, TableSource
from jifen.batch.tables import FORMS, CsvTable, ParquetTable, Table, table_of
from jifen.document.diagnostics import suggest
from jifen.errors import ApplicantError, JifenError, Problem
from jifen.policy.model import Rules

APPLICANTS = "applicants"


def opened(
    given: str,
    rules: Rules,
    folder: Path,
    *,
    query: str = "",
    rows: Mapping[str, str] | None = None,
    carry: Collection[str] = (),
) -> Source:
    """The applicants of a file, of the tables in a folder, or of a query to a database.

    `rows` are the tables of timelines and records, by their columns: files or, of a database, queries. `folder` is
    where the answers of queries lie. Raises JifenError for what cannot be read, ApplicantError for names that the
    policy does not have.
    """
    rows = rows or {}
    if is_database(given):
        tables: dict[str, Table] = {
            name: _table(Path(one)) if Path(one).suffix in FORMS else QueryTable(given, one, folder)
            for name, one in _known(rows, rules).items()
        }
        persons: Table = QueryTable(given, query, folder)
        return LongSource(persons, tables) if tables else TableSource(persons)
    path = Path(given)
    if path.is_dir():
        found = {one.stem: one for one in sorted(path.iterdir()) if one.suffix in FORMS}
        if APPLICANTS not in found:
            names = ", ".join(f"{APPLICANTS}{form}" for form in FORMS)
            raise JifenError(Problem("", messages.NO_APPLICANTS, {"folder": given, "names": names}))
        path = found.pop(APPLICANTS)
        rows = {name: str(one) for name, one in found.items()} | dict(rows)
    if not rows:
        return source_of(path, rules, carry)
    return LongSource(_table(path), {name: _table(Path(one)) for name, one in _known(rows, rules).items()})


def _known(rows: Mapping[str, str], rules: Rules) -> Mapping[str, str]:
    """The same. Raises ApplicantError for names that are no column of lists."""
    known = [column for column, (section, _) in columns_of(rules).items() if section != "facts"]
    problems = []
    for name in rows:
        if name not in known:
            near = suggest(name, known)
            problems.append(Problem(name, wrong.UNKNOWN, {"name": name, **({"near": near} if near else {})}))
    if problems:
        raise ApplicantError(problems)
    return rows


def _table(path: Path) -> Table:
    if path.suffix not in FORMS:
        told = {"path": str(path), "forms": ", ".join(FORMS)}
        raise JifenError(Problem("", messages.NOT_A_TABLE, told))
    return table_of(path)


SUFFIXES = (".parquet", ".jsonl", ".csv")


def source_of(path: Path, rules: Rules, carry: Collection[str] = ()) -> Source:
    """The applicants of a file. Raises JifenError where it cannot be read or its suffix is none of SUFFIXES."""
    try:
        if path.suffix == ".parquet":
            return TableSource(ParquetTable(path))
        if path.suffix == ".jsonl":
            return LineSource(path, rules, carry)
        if path.suffix == ".csv":
            return _csv(path, rules, carry)
    except OSError as error:
        raise JifenError(f"{path}: {error.strerror or error}") from None
    raise ApplicantError(
        [
            Problem(
                str(path),
                wrong.UNKNOWN_OPTION,
                {"value": path.suffix or str(path), "options": ", ".join(SUFFIXES)},
            )
        ]
    )


def _csv(path: Path, rules: Rules, carry: Collection[str]) -> Source:
    table = CsvTable(path)
    check_names(rules, table.names, carry)
    lists = {column for column, (section, _) in columns_of(rules).items() if section != "facts"}
    return CsvSource(path, rules, carry) if lists.intersection(table.names) else TableSource(table)
