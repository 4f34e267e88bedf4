"""A table of findings: cells that know their denominator and the responses they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

NOBODY = "–"
"""What a count says where there is nobody to count: not 0, which would be an answer."""

TIDY_HEADER = (
    "what",
    "question",
    "row",
    "row_label",
    "column",
    "column_label",
    "value",
    "text",
    "n",
    "estimate",
    "persons",
    "responses",
    "trace",
)


@dataclass(frozen=True)
class Heading:
    """The heading of a row or column.

    Attributes:
        id: what trace ids name it by.
        label: what it reads, in the table's language.
        level: depth in a tree of rows, from 0.
    """

    id: str
    label: str
    level: int = 0


@dataclass(frozen=True)
class Cell:
    """One figure of a table.

    Attributes:
        value: the figure, exact; None where it is undefined or no number.
        text: how it reads.
        n: its denominator; None where it has none.
        responses: ids of the responses it rests on, sorted.
        persons: codes of the persons counted in it, sorted.
        trace: `what/question/row/column`, the same for the same figure of every run.
        estimate: whether an estimate went into it.
    """

    value: int | Fraction | None
    text: str
    n: int | None
    responses: Sequence[str]
    persons: Sequence[str]
    trace: str
    estimate: bool = False

    def to_json(self) -> dict[str, Any]:
        """The cell as JSON data; a fraction is given as a number and, beside it, exactly."""
        data: dict[str, Any] = {
            "value": float(self.value) if isinstance(self.value, Fraction) else self.value,
            "text": self.text,
            "n": self.n,
            "persons": list(self.persons),
            "responses": list(self.responses),
            "trace": self.trace,
        }
        if isinstance(self.value, Fraction):
            data["exact"] = str(self.value)
        if self.estimate:
            data["estimate"] = True
        return data


@dataclass(frozen=True)
class Table:
    """A table with all that is needed to read it.

    Attributes:
        what: its kind, one of `tabulate.WHATS`.
        title: what it shows.
        denominator: what `n` counts, and the moment that the table tells of.
        columns: its columns.
        rows: its rows.
        cells: (row id, column id) to cell; every pair has one.
        notes: what was left out and how to read it, one line each.
        question: the evaluation question, or `guide:item`, that it is on; None for all.
        as_of: when the last of what it is made from was written, ISO 8601 in UTC; None where that is not
            known. No clock is read, so that the same records make the same table.
    """

    what: str
    title: str
    denominator: str
    columns: list[Heading]
    rows: list[Heading]
    cells: Mapping[tuple[str, str], Cell]
    notes: list[str] = field(default_factory=list)
    question: str | None = None
    as_of: str | None = None

    def grid(self) -> list[list[str]]:
        """The table as it reads: a line of column labels, then for each row its label and texts."""
        lines = [["", *(column.label for column in self.columns)]]
        for row in self.rows:
            texts = [self.cells[row.id, column.id].text for column in self.columns]
            lines.append(["  " * row.level + row.label, *texts])
        return lines

    def to_rows(self) -> list[list[str | int | None]]:
        """The table tidy, one line a cell, under `TIDY_HEADER`; tables of any kind can follow each other."""
        lines: list[list[str | int | None]] = [list(TIDY_HEADER)]
        for row in self.rows:
            for column in self.columns:
                cell = self.cells[row.id, column.id]
                value = cell.value if isinstance(cell.value, int | None) else decimal_text(cell.value)
                place = (self.what, self.question, row.id, row.label, column.id, column.label)
                figure = (value, cell.text, cell.n, "yes" if cell.estimate else "")
                behind = (" ".join(cell.persons), " ".join(cell.responses), cell.trace)
                lines.append([*place, *figure, *behind])
        return lines

    def to_json(self) -> dict[str, Any]:
        """The table as JSON data, its cells row by row."""
        return {
            "what": self.what,
            "question": self.question,
            "title": self.title,
            "denominator": self.denominator,
            "as_of": self.as_of,
            "columns": [{"id": column.id, "label": column.label} for column in self.columns],
            "rows": [{"id": row.id, "label": row.label, "level": row.level} for row in self.rows],
            "cells": [
                {"row": row.id, "column": column.id, **self.cells[row.id, column.id].to_json()}
                for row in self.rows
                for column in self.columns
            ],
            "notes": list(self.notes),
        }


def trace_id(what: str, question: str | None, row: str, column: str) -> str:
    """The id of a cell, `what/question/row/column`; `all` stands for all evaluation questions."""
    parts = (what, question or "all", row, column)
    return "/".join(part.replace("%", "%25").replace("/", "%2F") for part in parts)


def decimal_text(value: Fraction, places_at_least: int = 0) -> str:
    """A fraction as a decimal: exact where it ends, else to six places with a leading `≈`.

    Args:
        value: any fraction.
        places_at_least: decimals to show even where they are 0.

    Returns:
        The decimal, with a point: `0.425`, `3`, with two places `0.80`.
    """
    if value.denominator == 1 and not places_at_least:
        return str(value.numerator)
    for places in range(max(places_at_least, 1), 16):
        scaled = value * 10**places
        if scaled.denominator == 1:
            sign = "-" if scaled < 0 else ""
            digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    return f"≈{float(value):.6f}"
