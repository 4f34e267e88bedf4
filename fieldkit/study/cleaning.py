"""Notes cleaned up after the interview: paragraphs split and joined, their kind set, words corrected.

Each is a revision of the response: what was noted stays in its history (until the interview is completed,
which erases what was typed and taken back), and codings follow their words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fieldkit.records.responses import Response
from fieldkit.records.vocabulary import PARAGRAPH_KINDS, ParagraphKind
from fieldkit.say import t
from fieldkit.study.coding import find_response
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.study import Study, put
from fieldkit.text import normalise

Paragraphs = list[dict[str, Any]]


def split_paragraph(study: Study, response_id: str, paragraph: int, offset: int) -> str:
    """Make two paragraphs of one: each has its kind, time, speaker, attribution and marks.

    Args:
        study: the study.
        response_id: id of the response.
        paragraph: which of its paragraphs, counted from 0.
        offset: code point of it that the second one begins with; blanks around it go.

    Returns:
        The revision made.

    Raises:
        StudyError: there is no such response or paragraph, or nothing would stand on one side.
        StoreError: it could not be made durable.
    """

    def split(paragraphs: Paragraphs) -> Paragraphs:
        text = paragraphs[paragraph]["text"]
        parts = text[: max(offset, 0)].rstrip(), text[max(offset, 0) :].lstrip()
        if not all(parts):
            raise StudyError(
                t("a paragraph is split between words: nothing stands on one side of that place")
            )
        halves = [{**paragraphs[paragraph], "text": part} for part in parts]
        return [*paragraphs[:paragraph], *halves, *paragraphs[paragraph + 1 :]]

    return _cleaned(study, response_id, paragraph, split)


def join_paragraphs(study: Study, response_id: str, paragraph: int) -> str:
    """Make one paragraph of one and the next: it has the kind, time, speaker and marks of the first.

    Words that are not all verbatim are not verbatim when joined: they become a paraphrase.

    Args:
        study: the study.
        response_id: id of the response.
        paragraph: the first of the two, counted from 0.

    Returns:
        The revision made.

    Raises:
        StudyError: there is no such response or paragraph, or the two are not of one speaker, of one
            attribution, or one of them alone is the interviewer's own note.
        StoreError: it could not be made durable.
    """

    def join(paragraphs: Paragraphs) -> Paragraphs:
        first, second = paragraphs[paragraph : paragraph + 2]
        for field in ("respondent", "attribution"):
            if first.get(field) != second.get(field):
                raise StudyError(
                    t("these paragraphs are of different speakers or attributions: they stay apart")
                )
        kinds = [each.get("kind", "paraphrase") for each in (first, second)]
        if kinds.count("note") == 1:
            raise StudyError(t("one of these is your own note, and the other was said: they stay apart"))
        kind = "paraphrase" if kinds == ["verbatim", "paraphrase"] else kinds[0]
        words = " ".join(part for part in (first["text"].rstrip(), second["text"].lstrip()) if part)
        joined = {**first, "text": words, "kind": kind}
        return [*paragraphs[:paragraph], joined, *paragraphs[paragraph + 2 :]]

    return _cleaned(study, response_id, paragraph, join, most=-1)


def set_kind(study: Study, response_id: str, paragraph: int, kind: ParagraphKind) -> str:
    """Say whether a paragraph is verbatim, a paraphrase, or the interviewer's own note.

    Args:
        study: the study.
        response_id: id of the response.
        paragraph: which of its paragraphs, counted from 0.
        kind: the kind.

    Returns:
        The revision that stands.

    Raises:
        StudyError: there is no such response, paragraph or kind.
        StoreError: it could not be made durable.
    """
    if kind not in PARAGRAPH_KINDS:
        raise UnknownId("kind of paragraph", kind, PARAGRAPH_KINDS)

    def change(paragraphs: Paragraphs) -> Paragraphs:
        return [
            {**each, "kind": kind} if place == paragraph else each for place, each in enumerate(paragraphs)
        ]

    return _cleaned(study, response_id, paragraph, change)


def correct_words(study: Study, response_id: str, paragraph: int, words: str) -> str:
    """Write other words in the place of a paragraph's; all else of it stays.

    Args:
        study: the study.
        response_id: id of the response.
        paragraph: which of its paragraphs, counted from 0.
        words: one line; none takes the paragraph out.

    Returns:
        The revision that stands.

    Raises:
        StudyError: there is no such response or paragraph, the words are of several lines, or nothing of
            the answer would be left.
        StoreError: it could not be made durable.
    """
    line = normalise(words).text.rstrip("\n")
    if "\n" in line:
        raise StudyError(t("a paragraph is one line: split it for more"))

    def correct(paragraphs: Paragraphs) -> Paragraphs:
        corrected = [{**paragraphs[paragraph], "text": line}] if line.strip() else []
        return [*paragraphs[:paragraph], *corrected, *paragraphs[paragraph + 1 :]]

    return _cleaned(study, response_id, paragraph, correct)


def _cleaned(
    study: Study,
    response_id: str,
    paragraph: int,
    change: Callable[[Paragraphs], Paragraphs],
    *,
    most: int = 0,
) -> str:
    """Change the paragraphs of a response, in one commit."""
    response = find_response(study, response_id)
    body = response.body()
    paragraphs: Paragraphs = body["paragraphs"]
    if not 0 <= paragraph < len(paragraphs) + most:
        told = t("{response} has no paragraph {number} for that: it has {n}, counted from 0")
        raise StudyError(told.format(response=response.id, number=paragraph, n=len(paragraphs)))
    check_recorded(study, response)
    left = change(paragraphs)
    if not left and body.get("value") is None and response.disposition == "answered":
        raise StudyError(t("nothing would be left of this answer: say instead what became of the item"))
    study.save([put("responses", Response.of({**body, "paragraphs": left}))])
    return study.begin_store().heads("responses", response.id)[0].id


def check_recorded(study: Study, response: Response) -> None:
    """See to it that a crash left no words of an answer unrecorded: they would stand over what is cleaned.

    Args:
        study: the study.
        response: the answer.

    Raises:
        StudyError: it did.
    """
    from fieldkit.study.conduct import Conduct

    if response.key in Conduct(study, response.interview).recovered:
        raise StudyError(t("this answer has words that are not recorded yet: open its interview first"))
