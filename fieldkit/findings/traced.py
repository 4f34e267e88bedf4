"""What a figure rests on, as it is told: persons, responses, words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fieldkit.findings.table import Cell, Table


@dataclass(frozen=True)
class TracedWords:
    """Words that a figure rests on.

    Attributes:
        text: the words, as they were noted.
        kind: verbatim, paraphrase or note; of a coded passage that reaches over several, none.
        person: code of the person who said them, where one is named.
        codes: ids of the codes given to just these words.
        attribution: `none` where they are not for attribution.
        start: their first code point in the text.
        end: the code point after their last.
    """

    text: str
    kind: str | None = None
    person: str | None = None
    codes: tuple[str, ...] = ()
    attribution: str | None = None
    start: int = 0
    end: int = 0

    def to_json(self) -> dict[str, Any]:
        """The words as JSON data."""
        return {"text": self.text, "kind": self.kind, "person": self.person, "codes": list(self.codes)}


@dataclass(frozen=True)
class TracedResponse:
    """A response that a figure rests on.

    Attributes:
        id: its id.
        persons: codes of the persons it counts for.
        item: text of the item; its id where the guide has none of that id.
        disposition: what became of the item.
        value: its value as it is shown, or None.
        words: the words; in a table of codes, the passages counted.
    """

    id: str
    persons: tuple[str, ...]
    item: str
    disposition: str | None
    value: str | None
    words: tuple[TracedWords, ...]

    def to_json(self) -> dict[str, Any]:
        """The response as JSON data."""
        return {
            "id": self.id,
            "persons": list(self.persons),
            "item": self.item,
            "disposition": self.disposition,
            "value": self.value,
            "words": [each.to_json() for each in self.words],
        }


@dataclass(frozen=True)
class Trace:
    """What one figure rests on.

    Attributes:
        table: the table it stands in.
        cell: the figure.
        row: label of its row.
        column: label of its column.
        responses: the responses, by persons, then id.
    """

    table: Table
    cell: Cell
    row: str
    column: str
    responses: tuple[TracedResponse, ...]

    def of_person(self, code: str | None) -> list[TracedResponse]:
        """The responses that count for a person; for None, those that count for nobody in particular."""
        return [each for each in self.responses if (code in each.persons if code else not each.persons)]

    def to_json(self) -> dict[str, Any]:
        """The trace as JSON data."""
        return {
            "trace": self.cell.trace,
            "title": self.table.title,
            "denominator": self.table.denominator,
            "row": self.row,
            "column": self.column,
            **{name: value for name, value in self.cell.to_json().items() if name != "trace"},
            "responses": [each.to_json() for each in self.responses],
        }
