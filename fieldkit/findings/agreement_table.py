"""A table of agreement: lines of figures, each with its interval and its reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldkit.findings.agreement_reading import SOURCE
from fieldkit.findings.table import NOBODY, trace_id
from fieldkit.findings.words import say


@dataclass(frozen=True)
class Figure:
    """One measure of agreement.

    Attributes:
        measure: id of the measure.
        value: the figure, 1 for full agreement; None where it is undefined.
        interval: lower and upper end; None where there is none.
        reading: id of the word for it; None where there are no thresholds, or no figure.
    """

    measure: str
    value: float | None
    interval: tuple[float, float] | None = None
    reading: str | None = None

    def text(self, language: str) -> str:
        """The figure as it reads."""
        if self.value is None:
            return say(language, "undefined")
        return f"{self.value:.1%}" if self.measure == "percent" else _decimal(self.value)

    def interval_text(self, places: int = 3) -> str:
        """The interval as it reads, with so many decimals; a dash where there is none."""
        if self.interval is None:
            return NOBODY
        low, high = self.interval
        if self.measure == "percent":
            return f"[{low:.1%}, {high:.1%}]"
        return f"[{_decimal(low, places)}, {_decimal(high, places)}]"

    def reading_text(self, language: str) -> str:
        """The reading in words; a dash where there is none."""
        return NOBODY if self.reading is None else say(language, f"reading {self.reading}")

    def to_json(self) -> dict[str, Any]:
        """The figure as JSON data; an undefined one is null, and says so."""
        data: dict[str, Any] = {
            "measure": self.measure,
            "value": self.value,
            "undefined": self.value is None,
            "interval": None if self.interval is None else list(self.interval),
        }
        if self.measure in SOURCE:
            data |= {"reading": self.reading, "reading_source": SOURCE[self.measure]}
        return data


@dataclass(frozen=True)
class AgreementLine:
    """How far some coders agree on something.

    Attributes:
        id: what traces name it by: coders, a code, or an evaluation question.
        label: how it reads.
        coders: initials of those compared.
        responses: ids of the responses compared.
        units: how many responses, characters or charted cells these are.
        figures: id of the measure to its figure; a measure that is for two coders alone may be missing.
    """

    id: str
    label: str
    coders: tuple[str, ...]
    responses: tuple[str, ...]
    units: int
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class AgreementTable:
    """Lines of agreement of one kind.

    Attributes:
        by: `coders`, `code` or `question`.
        unit: `response`, `passage` or `position`.
        title: what it shows.
        denominator: what was compared.
        lines: its lines.
        language: the language it reads in.
        notes: how to read it, one line each.
        chosen: whether its coders are some of more, so that the ids of its figures must say which.
    """

    by: str
    unit: str
    title: str
    denominator: str
    lines: list[AgreementLine]
    language: str
    notes: list[str] = field(default_factory=list)
    chosen: bool = False

    def grid(self) -> list[list[str]]:
        """The table as it reads.

        Coders have a row for each measure, with its interval and reading. Codes and evaluation questions
        have a row each, with the interval and reading of alpha; the others' are in the JSON data.
        """
        return self._long() if self.by == "coders" else self._wide()

    def to_json(self) -> dict[str, Any]:
        """The table as JSON data, with every interval and reading."""
        return {
            "by": self.by,
            "unit": self.unit,
            "title": self.title,
            "denominator": self.denominator,
            "lines": [
                {
                    "id": line.id,
                    "label": line.label,
                    "coders": list(line.coders),
                    "units": line.units,
                    "responses": list(line.responses),
                    "figures": [
                        figure.to_json() | {"trace": self.trace_of(line, figure)}
                        for figure in line.figures.values()
                    ],
                }
                for line in self.lines
            ],
            "notes": list(self.notes),
        }

    def trace_of(self, line: AgreementLine, figure: Figure) -> str:
        """The id of a figure, by which `fieldkit trace` finds it again."""
        question = line.id if self.by == "question" else None
        coders = "+".join(line.coders)
        column = f"{self.unit}:{figure.measure}"
        if self.by == "code" and self.chosen:
            column = f"{column}:{coders}"
        return trace_id("agreement", question, coders if self.by == "question" else line.id, column)

    def _long(self) -> list[list[str]]:
        headings = ["measure", "figure", "interval", "reading", "n"]
        rows = [["", *(say(self.language, each) for each in headings)]]
        for line in self.lines:
            for place, figure in enumerate(line.figures.values()):
                rows.append(
                    [
                        "" if place else line.label,
                        say(self.language, f"measure {figure.measure}"),
                        figure.text(self.language),
                        figure.interval_text(),
                        figure.reading_text(self.language),
                        "" if place else str(line.units),
                    ]
                )
        return rows

    def _wide(self) -> list[list[str]]:
        """The figures that fit side by side: of two coders Cohen's kappa, of more Fleiss'."""
        kappa = "cohen" if all("cohen" in line.figures for line in self.lines) else "fleiss"
        measures = ("percent", kappa, "ac1", "alpha")
        headings = ["n", *(f"short {each}" for each in measures), "interval", "reading"]
        rows = [["", *(say(self.language, each) for each in headings)]]
        for line in self.lines:
            figures = [line.figures[measure].text(self.language) for measure in measures]
            alpha = line.figures["alpha"]
            ends = [alpha.interval_text(2), alpha.reading_text(self.language)]
            rows.append([line.label, str(line.units), *figures, *ends])
        return rows


def _decimal(value: float, places: int = 3) -> str:
    """A figure with as many decimals as the thresholds have, or fewer; never a zero with a sign."""
    return f"{round(value, places) + 0.0:.{places}f}"
