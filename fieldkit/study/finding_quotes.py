"""Which passages a finding may quote: a person's own words, as she agreed, and for attribution."""

from __future__ import annotations

from fieldkit.records.responses import NO_ATTRIBUTION
from fieldkit.say import t
from fieldkit.study.anchoring import Anchors
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.standing import Standing, spans_of
from fieldkit.study.study import Study


def check_quote(study: Study, coding_id: str) -> None:
    """Refuse a passage that may not be quoted. The words of a document may always be.

    Args:
        study: the study.
        coding_id: id of a coding of the passage.

    Raises:
        UnknownId: there is no such coding.
        StudyError: it may not be quoted; the line says why.
    """
    why = why_not(study, coding_id)
    if why is not None:
        raise StudyError(t("{coding} cannot be quoted: {why}").format(coding=coding_id, why=why))


def why_not(
    study: Study, coding_id: str, anchors: Anchors | None = None, standing: Standing | None = None
) -> str | None:
    """Why a passage may not be quoted, or None.

    Args:
        study: the study.
        coding_id: id of a coding of the passage.
        anchors: where codings stand, if that was looked at already.
        standing: what may be shown, likewise.

    Raises:
        UnknownId: there is no such coding.
    """
    body = study.row("codings", coding_id)
    if body is None:
        raise UnknownId("coding", coding_id, study.rows("codings"))
    found = (anchors or Anchors(study)).anchored(body)
    if not found.settled:
        return t("its words were changed, and it waits for a decision (`fieldkit codings`)")
    if found.start == found.end:
        return t("it has no words")
    if body.get("response") is None:
        return None
    return _why_not_said(study, standing or Standing(study), body["response"], (found.start, found.end))


def _why_not_said(study: Study, standing: Standing, response_id: str, place: tuple[int, int]) -> str | None:
    start, end = place
    response = study.row("responses", response_id) or {}
    interview = study.row("interviews", str(response.get("interview")))
    if interview is None or not standing.response(response, interview):
        return t("what was said there is not to be shown")
    touched = [span for span in spans_of(response) if span[0] < end and span[1] > start]
    if any(kind != "verbatim" for _, _, kind, _, _ in touched) or not touched:
        return t("it is not verbatim; only a person's own words are quoted")
    if any(attribution == NO_ATTRIBUTION for *_, attribution in touched):
        return t("it is not for attribution")
    present = [response["respondent"]] if response.get("respondent") else interview["respondents"]
    people = {person for *_, speaker, _ in touched for person in ([speaker] if speaker else present)}
    if all(standing.agreed_to_quotes(person, interview["id"]) for person in people):
        return None
    return t("no consent to be quoted is recorded for it")
