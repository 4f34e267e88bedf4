"""Coding: codes given to passages of responses, tied to evaluation questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.storage.writes import Delete
from fieldkit.study.anchoring import Anchors, in_order, standing_codings
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.standing import Standing, has_words
from fieldkit.study.study import Study, put

if TYPE_CHECKING:
    from fieldkit.protocol.guide import Guide
    from fieldkit.records.codings import Coding
    from fieldkit.records.interviews import Interview
    from fieldkit.records.responses import Response


@dataclass(frozen=True)
class Coded:
    """What giving codes to a passage came to.

    Attributes:
        codings: the codings made, or those there already were.
        revisions: ids of the revisions made, durable; none where all of it stood already.
        change: id of the change, for undoing it; empty where nothing changed.
    """

    codings: tuple[Coding, ...]
    revisions: tuple[str, ...]
    change: str


@dataclass(frozen=True)
class CodingText:
    """One response as the coding screen shows it.

    Attributes:
        response: the response.
        item_text: the item as it was asked, in the interview's language.
        respondent_code: code of the respondent, or of all those present.
        group: respondent group of the first of them.
        questions: evaluation questions that the item serves.
        codings: its codings, in the order of the text.
    """

    response: Response
    item_text: str
    respondent_code: str
    group: str
    questions: tuple[str, ...]
    codings: tuple[Coding, ...]

    @property
    def uncoded(self) -> bool:
        """Whether it has words that nobody has coded, as the Desk counts them."""
        return not self.codings and bool(self.response.text.strip())


def code_passage(
    study: Study,
    response_id: str,
    codes: Sequence[str],
    *,
    start: int | None = None,
    end: int | None = None,
    evaluation_questions: Sequence[str] | None = None,
    memo: str | None = None,
    document: bool = False,
) -> Coded:
    """Give codes to a passage, in one commit; durable when this returns.

    Args:
        study: the study.
        response_id: id of the response, or of the document.
        codes: ids, names or aliases of codes.
        start: first code point of the passage; None is the beginning of the text.
        end: the code point after its last; None is the end of the text.
        evaluation_questions: what it speaks to; None takes those that the item serves or the document has.
        memo: a remark.
        document: whether the passage stands in a document.

    Returns:
        The codings; one that the coder already gave to the same passage is not made again.

    Raises:
        StudyError: an id is unknown or the passage lies outside the text; nothing was written.
        StoreError: it could not be made durable.
    """
    from fieldkit.study.giving import ToCode, give_codes

    passage = ToCode("documents" if document else "responses", response_id, start, end)
    return give_codes(study, [passage], codes, evaluation_questions=evaluation_questions, memo=memo)


def remove_codings(study: Study, coding_ids: Sequence[str]) -> str:
    """Take codings away; the trail keeps them.

    Returns:
        The id of the change, for undoing it.

    Raises:
        UnknownId: one of them is not there; nothing was taken away.
    """
    for coding_id in coding_ids:
        if study.row("codings", coding_id) is None:
            raise UnknownId("coding", coding_id, study.rows("codings"))
    return study.save([Delete("codings", coding_id) for coding_id in coding_ids]).change


def set_coding_questions(study: Study, coding_id: str, questions: Sequence[str]) -> Coding:
    """Say what a coding speaks to, in place of what it said.

    Raises:
        UnknownId: the coding or an evaluation question is unknown.
    """
    coding = study.record("codings", coding_id)
    if coding is None:
        raise UnknownId("coding", coding_id, study.rows("codings"))
    changed: Coding = coding.model_copy(update={"evaluation_questions": check_questions(study, questions)})
    study.save([put("codings", changed)])
    return changed


def find_response(study: Study, response_id: str) -> Response:
    """The response with an id.

    Raises:
        UnknownId: there is none; the message names the nearest.
    """
    from fieldkit.records.responses import Response

    body = study.row("responses", response_id)
    if body is None:
        interview = response_id.partition(":")[0]
        same_interview = [record for record, _ in study.where("responses", "interview", interview)]
        raise UnknownId("response", response_id, same_interview or study.rows("responses"))
    return Response.of(body)


def codings_of(study: Study, response_id: str) -> list[Coding]:
    """The codings of a response where they stand now, in the order of the text."""
    return standing_codings(study, "responses", response_id)


def check_questions(study: Study, questions: Sequence[str]) -> list[str]:
    """The evaluation questions, once each, in the framework's order.

    Raises:
        UnknownId: one of them is not in the framework.
    """
    known = study.framework.question_ids
    for question in questions:
        if question not in known:
            raise UnknownId("evaluation question", question, known)
    return [question for question in known if question in questions]


def proposed_questions(study: Study, response: Response) -> list[str]:
    """The evaluation questions that a response's item serves, to begin with."""
    guide = guide_of(study, response)
    if guide is None or not guide.has_item(response.item):
        return []
    return guide.questions_of(response.item)


def guide_of(study: Study, response: Response) -> Guide | None:
    """The guide under which a response was given, or None where it cannot be had."""
    interview = study.record("interviews", response.interview)
    return None if interview is None else _guide_of(study, interview)


def coding_texts(study: Study) -> list[CodingText]:
    """The responses with words or a value, in the order in which they were first recorded.

    Those of withdrawn interviews, and of people whose words do not count, are left out.
    """
    from fieldkit.records.codings import Coding
    from fieldkit.records.responses import Response

    anchors = Anchors(study)
    by_response: dict[str, list[Coding]] = {}
    for body in study.rows("codings").values():
        if body.get("response"):
            by_response.setdefault(body["response"], []).append(Coding.of(anchors.body(body)))
    people = study.rows("respondents")
    standing = Standing(study)
    interviews = {interview.id: interview for interview in study.records("interviews")}
    texts = []
    for body in study.rows("responses").values():
        interview = interviews.get(body["interview"])
        if interview is None or (body.get("value") is None and not has_words(body)):
            continue
        if not standing.response(body, study.rows("interviews")[interview.id]):
            continue
        codings = in_order(by_response.get(body["id"], []))
        present = [
            people.get(each, {})
            for each in ([body["respondent"]] if body.get("respondent") else interview.respondents)
        ]
        response = Response.of(body)
        item_text, questions = _asked(_guide_of(study, interview), response, interview.language)
        texts.append(
            CodingText(
                response=response,
                item_text=item_text,
                respondent_code=" + ".join(str(person.get("code", "?")) for person in present),
                group=str(present[0].get("group", "")) if present else "",
                questions=questions,
                codings=tuple(codings),
            )
        )
    return texts


def _guide_of(study: Study, interview: Interview) -> Guide | None:
    try:
        return study.guide_for(interview)
    except StudyError:
        return None


def _asked(guide: Guide | None, response: Response, language: str | None) -> tuple[str, tuple[str, ...]]:
    if guide is None or not guide.has_item(response.item):
        return response.item, ()
    text = guide.asked_text(response.item, response.instance, language or guide.default_language)
    return text, tuple(guide.questions_of(response.item))
