"""The bank of made-up passages: what is said to an item, with its codes and the position it shows.

A file holds one language; under each evaluation question stand its passages:

    groups      respondent groups that may say it
    items       the items it fits, `item` or `item:instance`; any that serves the question where left out
    instance    the instance of a repeat it fits, whatever the item
    also        further evaluation questions it speaks to
    position    position on the question, as the framework names it
    summary     one line for the chart
    value       the value that goes with it, where the words imply one
    notes       its paragraphs: `> ` begins a verbatim one, `! ` a note of the interviewer's own,
                and `#code` at the end gives it that code

Passages are used in the order of the file, each in one interview only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fieldkit.records.vocabulary import ParagraphKind

_FOLDER: Final = Path(__file__).parent / "passages"
_KINDS: Final[dict[str, ParagraphKind]] = {"> ": "verbatim", "! ": "note"}


@dataclass(frozen=True)
class Line:
    """One paragraph of a passage.

    Attributes:
        text: the words.
        kind: verbatim, paraphrase or note.
        codes: ids of the codes that all of it gets.
    """

    text: str
    kind: ParagraphKind
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Passage:
    """What somebody might say, as the bank has it; the attributes are those of the file.

    Attributes:
        questions: the evaluation question it stands under, then those of `also`.
        lines: its paragraphs.
    """

    language: str
    questions: tuple[str, ...]
    groups: tuple[str, ...]
    items: tuple[str, ...]
    instance: str | None
    position: str
    summary: str
    value: Any
    lines: tuple[Line, ...]

    def fits(self, question: str, group: str, item: str, instance: str | None) -> bool:
        """Whether it may be said by this group to this item, as an answer to this question."""
        if self.questions[0] != question or group not in self.groups:
            return False
        if self.instance is not None and self.instance != instance:
            return False
        return not self.items or item in self.items or f"{item}:{instance}" in self.items


class Bank:
    """The passages that are still unused."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self.unused = list(passages)

    def take(
        self, language: str, question: str, group: str, item: str, instance: str | None
    ) -> Passage | None:
        """The next passage that fits, which is then used; None where there is none left."""
        for place, passage in enumerate(self.unused):
            if passage.language == language and passage.fits(question, group, item, instance):
                return self.unused.pop(place)
        return None


def load_bank() -> Bank:
    """Read all passages."""
    passages: list[Passage] = []
    for path in sorted(_FOLDER.glob("*.yaml")):
        data = read_data(path)
        for question, entries in data["questions"].items():
            passages.extend(_passage(data["language"], question, entry) for entry in entries)
    return Bank(passages)


def read_data(path: Path) -> Any:
    """What a data file of this package holds; it is wrong only in a damaged installation."""
    from fieldkit.protocol.source import read_source

    source, problems = read_source(path)
    if source is None or problems:
        raise OSError(f"{path}: this file of the installation is damaged; install fieldkit again")
    return source.data


def read_line(written: str) -> Line:
    """A paragraph as the files write it."""
    kind = _KINDS.get(written[:2], "paraphrase")
    words = (written[2:] if kind != "paraphrase" else written).split(" ")
    codes: list[str] = []
    while words[-1].startswith("#"):
        codes.insert(0, words.pop()[1:])
    return Line(" ".join(words), kind, tuple(codes))


def _passage(language: str, question: str, entry: dict[str, Any]) -> Passage:
    return Passage(
        language=language,
        questions=(question, *entry.get("also", ())),
        groups=tuple(entry["groups"]),
        items=tuple(entry.get("items", ())),
        instance=entry.get("instance"),
        position=entry["position"],
        summary=entry["summary"],
        value=entry.get("value"),
        lines=tuple(read_line(written) for written in entry["notes"]),
    )
