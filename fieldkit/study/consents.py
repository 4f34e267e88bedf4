"""What each person of an interview agreed to."""

from __future__ import annotations

from fieldkit.records.interviews import Consent, consent_id
from fieldkit.study.clock import now
from fieldkit.study.study import Study, put


def consent_of(study: Study, interview: str, respondent: str) -> Consent:
    """What a person agreed to for an interview; while nothing is recorded, nothing."""
    record = consent_id(interview, respondent)
    consent: Consent | None = study.record("consents", record)
    return consent or Consent(id=record, interview=interview, respondent=respondent)


def record_consent(
    study: Study,
    interview: str,
    respondent: str,
    *,
    given: bool | None = None,
    quote: bool | None = None,
    recording: bool | None = None,
) -> Consent:
    """Record what a person said to a consent; what is None stays as it was. Durable when this returns.

    Args:
        study: the study.
        interview: id of the interview.
        respondent: id of the person.
        given: whether she takes part.
        quote: whether she may be quoted.
        recording: whether she may be recorded.

    Returns:
        The consent as it stands now.

    Raises:
        StoreError: it could not be kept.
    """
    answers = {"given": given, "quote": quote, "recording": recording}
    stated = {name: answer for name, answer in answers.items() if answer is not None}
    consent = consent_of(study, interview, respondent).model_copy(
        update={**stated, "at": now(), "mode": "spoken"}
    )
    study.save([put("consents", consent)])
    return consent
