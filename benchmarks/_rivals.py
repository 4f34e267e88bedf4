"""What counts distinct persons by evaluation question, code and group elsewhere: four programs, one task.

Each reads the same file of codings and the same trees, and counts a person once under every code and
evaluation question above the ones she is coded with.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

Figures = dict[tuple[str, str, str], int]
"""Evaluation question, code and group to distinct persons."""

Above = list[tuple[str, str]]
"""A leaf, or code, and one that it counts under: itself, or one above it."""

COLUMNS: Final = ("leaf", "code", "grp", "person")
KEYS: Final = ["question", "above", "grp"]


def write_codings(path: Path, rows: Iterable[tuple[str, str, str, str]]) -> None:
    """Write the file that each of them reads; its columns are `COLUMNS`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def by_pandas(path: Path, questions: Above, codes: Above) -> Figures:
    """Pandas: read, keep each combination once, join the trees, count."""
    import pandas

    rows = pandas.read_csv(path, dtype="category").drop_duplicates()
    rows = rows.astype(str)
    rows = rows.merge(pandas.DataFrame(questions, columns=["leaf", "question"]), on="leaf")
    rows = rows.merge(pandas.DataFrame(codes, columns=["code", "above"]), on="code")
    once = rows[[*KEYS, "person"]].drop_duplicates()
    return {(q, c, g): int(n) for (q, c, g), n in once.groupby(KEYS).size().items()}


def by_polars(path: Path, questions: Above, codes: Above) -> Figures:
    """Polars, lazily, so that it may plan the whole."""
    import polars

    leaves = polars.LazyFrame(questions, schema=["leaf", "question"], orient="row")
    tree = polars.LazyFrame(codes, schema=["code", "above"], orient="row")
    rows = polars.scan_csv(path, schema=dict.fromkeys(COLUMNS, polars.String)).unique()
    joined = rows.join(leaves, on="leaf").join(tree, on="code")
    counted = joined.group_by(KEYS).agg(polars.col("person").n_unique()).collect()
    return {(q, c, g): n for q, c, g, n in counted.iter_rows()}


def by_duckdb(path: Path, questions: Above, codes: Above) -> Figures:
    """DuckDB, in memory, reading the file by its own reader."""
    import duckdb

    with duckdb.connect() as database:
        _trees(database, questions, codes)
        read = "CREATE TABLE coded AS SELECT DISTINCT * FROM read_csv(?, all_varchar = true)"
        database.execute(read, [str(path)])
        return {(q, c, g): n for q, c, g, n in database.execute(_COUNT).fetchall()}


def by_sqlite(path: Path, questions: Above, codes: Above) -> Figures:
    """SQLite, in memory, with an index that holds all that the question asks for."""
    database = sqlite3.connect(":memory:")
    _trees(database, questions, codes)
    database.execute("CREATE TABLE coded (leaf, code, grp, person)")
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        database.executemany("INSERT INTO coded VALUES (?, ?, ?, ?)", rows)
    database.execute("CREATE INDEX of_coded ON coded (leaf, code, grp, person)")
    found = {(q, c, g): n for q, c, g, n in database.execute(_COUNT)}
    database.close()
    return found


RIVALS: Final[dict[str, Callable[[Path, Above, Above], Figures]]] = {
    "pandas": by_pandas,
    "polars": by_polars,
    "duckdb": by_duckdb,
    "sqlite3": by_sqlite,
}
"""Module of each rival to how it is asked."""

_COUNT: Final = (
    "SELECT question, above, grp, count(DISTINCT person) FROM coded JOIN leaves USING (leaf) "
    "JOIN tree USING (code) GROUP BY question, above, grp"
)


def _trees(database: Any, questions: Above, codes: Above) -> None:
    for name, one, above, rows in (
        ("leaves", "leaf", "question", questions),
        ("tree", "code", "above", codes),
    ):
        database.execute(f"CREATE TABLE {name} ({one} VARCHAR, {above} VARCHAR)")
        database.executemany(f"INSERT INTO {name} VALUES (?, ?)", rows)
