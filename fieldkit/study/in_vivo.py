"""A code made of the words it is first given to."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import Final, NamedTuple

from fieldkit.say import t
from fieldkit.study.codebook import find_code
from fieldkit.study.coding import Coded, check_questions, code_passage, find_response, proposed_questions
from fieldkit.study.documents import find_document
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.study import Study, new_id, put
from fieldkit.text import fold, normalise, shortened

NAME_MOST: Final = 60
"""Characters of a code's name: a longer one is no name."""

_ID_MOST: Final = 32


def code_in_vivo(
    study: Study,
    response_id: str,
    name: str,
    start: int,
    end: int,
    *,
    evaluation_questions: Sequence[str] | None = None,
    document: bool = False,
) -> Coded:
    """Make a code of a passage's words and give it to the passage, in one commit; durable when this returns.

    Args:
        study: the study.
        response_id: id of the response, or of the document.
        name: what the code is called, as a rule the words themselves; where a code is called so already,
            that one is given.
        start: first code point of the passage.
        end: the code point after its last.
        evaluation_questions: what it speaks to; None takes those the item serves or the document has.
        document: whether the passage stands in a document.

    Returns:
        The coding.

    Raises:
        StudyError: there is no name, or no passage to give it to; nothing was written.
        StoreError: it could not be made durable.
    """
    from fieldkit.records.codings import CodeRevision, Coding

    name = " ".join(normalise(name).text.split())
    if not any(character.isalnum() for character in name):
        raise StudyError(t("a code needs a name: type one, or choose words to take it from"))
    if len(name) > NAME_MOST:
        told = t("a code's name has {n} characters at the most; this one has {given}: shorten it")
        raise StudyError(told.format(n=NAME_MOST, given=len(name)))
    try:
        known = find_code(study, name)
    except UnknownId:
        pass
    else:
        return code_passage(
            study,
            response_id,
            [known.id],
            start=start,
            end=end,
            evaluation_questions=evaluation_questions,
            document=document,
        )
    of = _document(study, response_id) if document else _response(study, response_id)
    quote = of.words[start:end]
    if not quote or start < 0:
        told = t("passage {start} to {end} of {record} is empty: its end must be after its start")
        raise StudyError(told.format(start=start, end=end, record=of.id))
    questions = check_questions(study, evaluation_questions) if evaluation_questions is not None else None
    code = CodeRevision(
        id=_free_id(name, {code.id for code in study.codebook.codes}),
        name={of.language: name},
        definition={of.language: f"“{shortened(' '.join(quote.split()), 200, '…')}”"},
    )
    coding = Coding(
        id=new_id(),
        response=None if document else of.id,
        document=of.id if document else None,
        revision=study.begin_store().head("documents" if document else "responses", of.id),
        quote=quote,
        code=code.id,
        coder=study.need_author(),
        start=start,
        end=end,
        evaluation_questions=of.questions if questions is None else questions,
    )
    commit = study.save([put("codes", code), put("codings", coding)])
    return Coded((coding,), tuple(revision.id for revision in commit.revisions), commit.change)


class _Text(NamedTuple):
    """What a code is made from: its id, its words, the language they are in, what it speaks to."""

    id: str
    words: str
    language: str
    questions: list[str]


def _response(study: Study, response_id: str) -> _Text:
    response = find_response(study, response_id)
    interview = study.row("interviews", response.interview) or {}
    language = response.language or interview.get("language") or study.framework.languages[0]
    return _Text(response.id, response.text, language, proposed_questions(study, response))


def _document(study: Study, document_id: str) -> _Text:
    document = find_document(study, document_id)
    language = document.language or study.framework.languages[0]
    return _Text(document.id, document.text, language, list(document.evaluation_questions))


def _free_id(name: str, taken: Container[str]) -> str:
    """An id of a name's letters that no code has."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")
    plain = plain.lstrip("-0123456789")[:_ID_MOST].strip("-") or "in-vivo"
    free, number = plain, 2
    while free in taken:
        free, number = f"{plain}-{number}", number + 1
    return free
