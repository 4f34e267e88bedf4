"""Find words in what was said and in documents, whatever the case and accents, and code the hits chosen."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from fieldkit.say import t
from fieldkit.study.anchoring import Anchors, Coded, place_of, text_of
from fieldkit.study.errors import StudyError
from fieldkit.study.naming import about
from fieldkit.study.standing import Standing, spans_of
from fieldkit.text import fold, normalise

if TYPE_CHECKING:
    from fieldkit.study.coding import Coded as CodedPassages
    from fieldkit.study.study import Study

_CONTEXT: Final = 60
"""Characters before and after a hit that are shown with it, within its paragraph."""

_APOSTROPHES: Final = "['\u2019]"


@dataclass(frozen=True)
class Hit:
    """A place where words were found.

    Attributes:
        table: `responses` or `documents`.
        record: id of the response or document.
        about: whose answer to which item it is, or the document's name.
        start: first code point of the hit.
        end: the code point after its last.
        words: the words as they stand.
        before: what stands before them in their paragraph, or the end of it.
        after: what stands after them there, or the beginning of it.
        codes: ids of the codes that all of it has already.
    """

    table: Coded
    record: str
    about: str
    start: int
    end: int
    words: str
    before: str
    after: str
    codes: tuple[str, ...]


def find_text(study: Study, query: str, *, whole_words: bool = False) -> list[Hit]:
    """All places where some words stand, in responses and documents.

    Case, accents and the form of apostrophes make no difference, nor how many blanks stand between
    words. Words of withdrawn interviews, and of persons who refused or withdrew, are left out.

    Args:
        study: the study.
        query: the words.
        whole_words: leave out places where a letter or digit stands right before or after.

    Returns:
        The hits, responses first, in the order of what they are about and of the text; they never overlap.

    Raises:
        StudyError: the query has no letters or digits.
    """
    pattern = _pattern(query, whole_words=whole_words)
    codings = _codings(study)
    hits = []
    for table, record, barred in _texts(study):
        text = text_of(study, table, record)
        found = [place for place in places(pattern, text) if not _touches(place, barred)]
        told = str(about(study, table, study.row(table, record) or {})) if found else ""
        for start, end in found:
            over = {
                code
                for first, last, code in codings.get((table, record), ())
                if first <= start and end <= last
            }
            before = text[max(start - _CONTEXT, 0) : start].rpartition("\n")[2]
            after = text[end : end + _CONTEXT].partition("\n")[0]
            hits.append(
                Hit(table, record, told, start, end, text[start:end], before, after, tuple(sorted(over)))
            )
    return sorted(hits, key=lambda hit: (hit.table != "responses", hit.about, hit.record, hit.start))


def code_hits(
    study: Study,
    hits: Sequence[Hit],
    codes: Sequence[str],
    *,
    evaluation_questions: Sequence[str] | None = None,
    memo: str | None = None,
) -> CodedPassages:
    """Give codes to hits, all in one change; durable when this returns.

    Args:
        study: the study.
        hits: those chosen, of `find_text`.
        codes: ids, names or aliases of codes.
        evaluation_questions: what they speak to; None takes those of the item or document of each.
        memo: a remark, the same on each.

    Raises:
        StudyError: no hit is chosen, a text was changed since, or an id is unknown; nothing was written.
        StoreError: it could not be made durable.
    """
    from fieldkit.study.giving import ToCode, give_codes

    if not hits:
        raise StudyError(t("no place is chosen to be coded"))
    if any(text_of(study, hit.table, hit.record)[hit.start : hit.end] != hit.words for hit in hits):
        raise StudyError(t("a text was changed since it was searched: search again"))
    passages = [ToCode(hit.table, hit.record, hit.start, hit.end) for hit in hits]
    return give_codes(study, passages, codes, evaluation_questions=evaluation_questions, memo=memo)


def places(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Where a pattern of folded words stands in a text: start and end in code points of the text itself."""
    folded = fold(text)
    if text.isascii():
        return [found.span() for found in pattern.finditer(folded)]
    # Folding makes one letter of some and several or none of others: each keeps the place where it ends.
    ends = list(accumulate(len(fold(character)) for character in text))
    return [
        (bisect_right(ends, found.start()), _after(ends, text, found.end()))
        for found in pattern.finditer(folded)
    ]


def _after(ends: list[int], text: str, folded_end: int) -> int:
    """The end of the character that holds a folded place's last letter, with accents that follow it."""
    end = bisect_left(ends, folded_end) + 1
    while end < len(text) and ends[end] == ends[end - 1]:
        end += 1
    return end


def _pattern(query: str, *, whole_words: bool) -> re.Pattern[str]:
    words = fold(normalise(query).text).split()
    if not any(character.isalnum() for word in words for character in word):
        raise StudyError(t("there is nothing to search for: give words"))
    alike = r"[^\S\n]+".join(re.sub(_APOSTROPHES, _APOSTROPHES, re.escape(word)) for word in words)
    return re.compile(rf"(?<!\w){alike}(?!\w)" if whole_words else alike)


def _texts(study: Study) -> Iterator[tuple[Coded, str, list[tuple[int, int]]]]:
    """What may be searched, and where in it words stand that may not be shown."""
    standing = Standing(study)
    for record, body in study.rows("responses").items():
        interview = study.row("interviews", body["interview"])
        if interview is not None and standing.response(body, interview):
            spans = spans_of(body)
            barred = [span[:2] for span in spans if not standing.person(span[3], interview["id"])]
            yield "responses", record, barred
    for record in study.rows("documents"):
        yield "documents", record, []


def _codings(study: Study) -> dict[tuple[str, str], list[tuple[int, int, str]]]:
    """Table and id to the passages coded there: start, end and code."""
    anchors = Anchors(study)
    found: dict[tuple[str, str], list[tuple[int, int, str]]] = {}
    for body in study.rows("codings").values():
        place = anchors.anchored(body)
        found.setdefault(place_of(body), []).append((place.start, place.end, body["code"]))
    return found


def _touches(place: tuple[int, int], barred: Sequence[tuple[int, int]]) -> bool:
    return any(start < place[1] and place[0] < end for start, end in barred)
