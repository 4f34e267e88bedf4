"""What of an interview counts nowhere any more, once somebody takes her consent back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fieldkit.study.anchoring import Anchors
from fieldkit.study.standing import Standing, spans_of
from fieldkit.study.study import Study

Body = Mapping[str, Any]


@dataclass(frozen=True)
class WithdrawalEffect:
    """What would count nowhere; none of it is erased.

    Attributes:
        responses: responses of which nothing would count.
        paragraphs: paragraphs with words that would not count.
        passages: coded passages, each once for every code.
        cells: cells of the chart.
    """

    responses: int
    paragraphs: int
    passages: int
    cells: int


def withdrawal_effect(study: Study, interview: str, respondent: str) -> WithdrawalEffect:
    """Count what counts nowhere once a person takes her consent to an interview back.

    Args:
        study: the study.
        interview: id of the interview.
        respondent: id of the person.
    """
    held = study.row("interviews", interview)
    if held is None:
        return WithdrawalEffect(0, 0, 0, 0)
    key = (interview, respondent)
    # A consent that is not recorded yet keeps her words out already: they are told all the same.
    before, after = (Standing(study, supposing={key: agreed}) for agreed in (True, False))
    anchors = Anchors(study)
    responses = paragraphs = passages = 0
    for record, body in study.where("responses", "interview", interview):
        if not before.response(body, held):
            continue
        stays = after.response(body, held)
        spans = spans_of(body)
        heard = [before.person(span[3], interview) for span in spans]
        left = [stays and after.person(span[3], interview) for span in spans]
        silent = bool(spans) and any(heard) and not any(left) and body.get("value") is None
        responses += not stays or silent
        paragraphs += sum(heard) - sum(left)
        for _, stored in study.where("codings", "response", record):
            coding = anchors.body(stored)
            told = before.passage(spans, coding)
            passages += told and not (stays and after.passage(spans, coding))
    return WithdrawalEffect(responses, paragraphs, passages, _cells(study, after, interview, respondent))


def _cells(study: Study, after: Standing, interview: str, respondent: str) -> int:
    """Her cells of the chart that were filled from this interview, or from no other one that counts."""
    elsewhere = any(
        other != interview and body.get("state") != "withdrawn" and after.person(respondent, other)
        for other, body in study.where("interviews", "respondents", respondent)
    )
    return sum(
        cell.get("interview") == interview or (cell.get("interview") is None and not elsewhere)
        for _, cell in study.where("chart", "respondent", respondent)
    )
