"""Passages of many responses, one under the other: the answers to a question, all that has a code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from fieldkit.tui.widgets.coding_entries import Entry, Key
from fieldkit.tui.widgets.coding_list import Filters

if TYPE_CHECKING:
    from fieldkit.records.codings import Coding


class Wanted(NamedTuple):
    """A passage that Coding is to show.

    Attributes:
        key: table and id of the response or document.
        start: first code point.
        end: the code point after the last.
    """

    key: Key
    start: int
    end: int


@dataclass(frozen=True)
class Collected:
    """One passage among others.

    Attributes:
        place: where it stands.
        who: code of the respondent, or of all those present; or the document's name.
        item: id of the item; empty for a document.
        words: its words; empty where a value alone was given.
        codes: ids of its codes.
    """

    place: Wanted
    who: str
    item: str
    words: str
    codes: tuple[str, ...]


def collected(entries: Iterable[Entry], filters: Filters) -> list[Collected]:
    """The passages that filters are about.

    Args:
        entries: the responses that pass them.
        filters: with a code, the passages that carry it; with an evaluation question, those coded to it, and
            whole each answer of which nothing is; else whole each answer.

    Returns:
        The passages, in the order of the responses; each once, with its codes.
    """
    found = []
    for entry in entries:
        text = entry.text
        wanted = [coding for coding in entry.codings if _is_about(coding, filters)]
        by_place: dict[tuple[int, int], list[Coding]] = {}
        for coding in wanted if filters.code or filters.questions else ():
            by_place.setdefault((coding.start, coding.end), []).append(coding)
        places: Sequence[tuple[int, int]] = list(by_place) or [(0, len(text))]
        for start, end in places:
            codes = tuple(dict.fromkeys(coding.code for coding in by_place.get((start, end), ())))
            words = by_place[start, end][0].quote if (start, end) in by_place else text
            found.append(Collected(Wanted(entry.key, start, end), entry.who, entry.item, words, codes))
    return found


def _is_about(coding: Coding, filters: Filters) -> bool:
    if filters.code is not None and coding.code != filters.code:
        return False
    return not filters.questions or not set(filters.questions).isdisjoint(coding.evaluation_questions)
