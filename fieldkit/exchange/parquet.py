"""The .parquet export: the rows of the .csv, typed, for programs that count; it needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.atomic import whole_file
from fieldkit.exchange.cells import Cell
from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.labels import Labels
from fieldkit.exchange.passages import Passages
from fieldkit.exchange.progress import counted
from fieldkit.say import t

if TYPE_CHECKING:
    from fieldkit.exchange.progress import Progress
    from fieldkit.study.study import Study

_BATCH = 5_000
_WHOLE = ("start", "end")


def write_parquet(
    study: Study,
    target: Path,
    *,
    language: str = "en",
    force: bool = False,
    code_columns: bool = False,
    progress: Progress | None = None,
) -> int:
    """Write the coded passages of a study; contacts are not in it. Texts are exactly as they were noted.

    Args:
        study: the study.
        target: the file.
        language: language of the labels.
        force: replace a file that is there already.
        code_columns: add a column for each code of the codebook, as in the .csv.
        progress: what is told how many rows are written.

    Returns:
        How many rows there are.

    Raises:
        StudyError: pyarrow is not installed, the framework or codebook is wrong, or the file cannot be
            written.
    """
    try:
        import pyarrow
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        told = t("{file}: a .parquet needs pyarrow: install it with `pip install 'fieldkit[parquet]'`")
        raise ExchangeError(told.format(file=target)) from error
    count = 0
    with whole_file(target, force=force) as file:
        labels = Labels(study, language)
        passages = Passages(study, labels)
        codes = passages.code_columns if code_columns else []
        schema = _schema(pyarrow, passages.columns, codes, labels.marking)
        rows = counted(_rows(passages, code_columns), progress)
        with ParquetWriter(file, schema, compression="zstd") as writer:
            while batch := list(islice(rows, _BATCH)):
                columns = [list(column) for column in zip(*batch, strict=True)]
                for number, name in enumerate(schema.names):
                    if schema.types[number] == pyarrow.string():
                        columns[number] = [None if cell is None else _text(cell) for cell in columns[number]]
                    elif name in codes:
                        columns[number] = [bool(cell) for cell in columns[number]]
                writer.write_batch(pyarrow.record_batch(columns, schema=schema))
                count += len(batch)
    return count


def _schema(pyarrow: Any, columns: list[str], codes: list[str], marking: str) -> Any:
    fields = [
        pyarrow.field(name, pyarrow.int64() if name in _WHOLE else pyarrow.string()) for name in columns
    ]
    fields += [pyarrow.field(name, pyarrow.bool_()) for name in codes]
    return pyarrow.schema(fields, metadata={"marking": marking.encode("utf-8", errors="replace")})


def _rows(passages: Passages, code_columns: bool) -> Iterator[tuple[Cell, ...]]:
    if not code_columns:
        return passages.rows()
    return (sum(parts, ()) + codes for parts, codes in passages.parts_with_codes())


def _text(cell: Cell) -> str:
    return str(cell).encode("utf-8", errors="replace").decode()
