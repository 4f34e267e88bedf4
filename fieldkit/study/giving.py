"""Giving codes to passages of responses and documents, one or many, in one commit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from fieldkit.say import t
from fieldkit.study.anchoring import standing_codings
from fieldkit.study.codebook import find_code
from fieldkit.study.coding import Coded, check_questions, find_response, proposed_questions
from fieldkit.study.documents import find_document
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study, new_id, put
from fieldkit.text import normalise

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Code
    from fieldkit.records.codings import Coding
    from fieldkit.study.anchoring import Coded as CodedTable


class ToCode(NamedTuple):
    """A passage that is to be coded.

    Attributes:
        table: `responses` or `documents`.
        record: id of the response or document.
        start: first code point of the passage; None is the beginning of the text.
        end: the code point after its last; None is the end of the text.
    """

    table: CodedTable
    record: str
    start: int | None = None
    end: int | None = None


class _Text(NamedTuple):
    """A text to code: its id, its words and what it speaks to unless said otherwise."""

    id: str
    words: str
    questions: list[str]


def give_codes(
    study: Study,
    passages: Sequence[ToCode],
    codes: Sequence[str],
    *,
    evaluation_questions: Sequence[str] | None = None,
    memo: str | None = None,
) -> Coded:
    """Give each of some codes to each of some passages, in one commit; durable when this returns.

    Args:
        study: the study.
        passages: what is coded.
        codes: ids, names or aliases of codes.
        evaluation_questions: what they speak to; None takes those that the item serves or the document has.
        memo: a remark, the same on each.

    Returns:
        The codings; one that the coder already gave to the same passage is not made again.

    Raises:
        StudyError: an id is unknown, a code is retired, or a passage lies outside its text; nothing was
            written.
        StoreError: it could not be made durable.
    """
    coder = study.need_author()
    questions = check_questions(study, evaluation_questions) if evaluation_questions is not None else None
    wanted = list({code.id: code for code in (_given(study, ref) for ref in codes)}.values())
    remark = normalise(memo).text if memo else None
    codings: list[Coding] = []
    made: list[Coding] = []
    texts: dict[tuple[str, str], _Text] = {}
    standing: dict[tuple[str, str, int, int], Coding] = {}
    for passage in dict.fromkeys(passages):
        key = (passage.table, passage.record)
        if key not in texts:
            texts[key] = _text(study, passage)
            for each in standing_codings(study, passage.table, texts[key].id):
                if each.coder == coder and each.layer is None:
                    standing[texts[key].id, each.code, each.start, each.end] = each
        text = texts[key]
        start, end = _bounds(text, passage)
        for code in wanted:
            place = (text.id, code.id, start, end)
            if place not in standing:
                coding = _coding(study, passage.table, text, code, (start, end))
                tied = {"evaluation_questions": text.questions if questions is None else questions}
                standing[place] = coding.model_copy(update={**tied, "coder": coder, "memo": remark})
                made.append(standing[place])
            codings.append(standing[place])
    if not made:
        return Coded(tuple(codings), (), "")
    commit = study.save([put("codings", coding) for coding in made])
    return Coded(tuple(codings), commit.ids, commit.change)


def _given(study: Study, ref: str) -> Code:
    code = find_code(study, ref)
    if code.retired:
        told = t("code {code} is retired and is no longer given; choose another")
        raise StudyError(told.format(code=code.id))
    return code


def _text(study: Study, passage: ToCode) -> _Text:
    if passage.table == "documents":
        document = find_document(study, passage.record)
        return _Text(document.id, document.text, list(document.evaluation_questions))
    response = find_response(study, passage.record)
    return _Text(response.id, response.text, proposed_questions(study, response))


def _bounds(text: _Text, passage: ToCode) -> tuple[int, int]:
    length = len(text.words)
    start = 0 if passage.start is None else passage.start
    end = length if passage.end is None else passage.end
    if not 0 <= start <= end <= length:
        told = t("passage {start} to {end} is not in {record}: its text has {n} characters")
        raise StudyError(told.format(start=start, end=end, record=text.id, n=length))
    if start == end and length and (passage.start is not None or passage.end is not None):
        told = t("passage {start} to {end} of {record} is empty: its end must be after its start")
        raise StudyError(told.format(start=start, end=end, record=text.id))
    return start, end


def _coding(study: Study, table: CodedTable, text: _Text, code: Code, place: tuple[int, int]) -> Coding:
    from fieldkit.records.codings import Coding

    start, end = place
    return Coding(
        id=new_id(),
        response=text.id if table == "responses" else None,
        document=text.id if table == "documents" else None,
        revision=study.begin_store().head(table, text.id),
        quote=text.words[start:end],
        code=code.id,
        code_version=code.definition_version,
        start=start,
        end=end,
    )
