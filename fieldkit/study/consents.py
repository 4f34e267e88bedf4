"""What each person of an interview agreed to, and took back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fieldkit.records.consent_rule import is_refusal
from fieldkit.records.interviews import Consent, Interview, consent_id
from fieldkit.study.clock import now
from fieldkit.study.off_record import closed_stretches
from fieldkit.study.sittings import closed_sittings
from fieldkit.study.study import Study, put

if TYPE_CHECKING:
    from fieldkit.records.vocabulary import ConsentMode
    from fieldkit.storage.writes import Put


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
    mode: str | None = None,
) -> Consent:
    """Record what a person said to a consent; what is None stays as it was. Durable when this returns.

    Whoever had taken her consent back and agrees again is heard again, and so is the interview.

    Args:
        study: the study.
        interview: id of the interview.
        respondent: id of the person.
        given: whether she takes part.
        quote: whether she may be quoted.
        recording: whether she may be recorded.
        mode: spoken or written; None leaves it, or takes what goes with how the interview is held.

    Returns:
        The consent as it stands now.

    Raises:
        StoreError: it could not be kept.
    """
    before = consent_of(study, interview, respondent)
    answers = {"given": given, "quote": quote, "recording": recording}
    update: dict[str, Any] = {name: answer for name, answer in answers.items() if answer is not None}
    if update:
        update["at"] = now()
    if given:
        update["withdrawn_at"] = None
    update["mode"] = mode or before.mode or usual_mode(study.record("interviews", interview))
    return _keep(study, before.model_copy(update=update))


def withdraw_consent(study: Study, interview: str, respondent: str) -> Consent:
    """Record that a person takes her consent back; durable when this returns.

    Her words stay in the store, and count nowhere. Where nobody is left who agreed, the interview is
    withdrawn. Nothing is erased: `fieldkit purge` does that.

    Args:
        study: the study.
        interview: id of the interview.
        respondent: id of the person.

    Returns:
        The consent as it stands now.

    Raises:
        StoreError: it could not be kept.
    """
    return _keep(study, consent_of(study, interview, respondent).model_copy(update={"withdrawn_at": now()}))


def usual_mode(interview: Interview | None) -> ConsentMode:
    """How consent is given where nobody says otherwise: in writing only where the interview is."""
    return "written" if interview is not None and interview.mode == "in writing" else "spoken"


def _keep(study: Study, consent: Consent) -> Consent:
    study.save([put("consents", consent), *_state(study, consent)])
    return consent


def _state(study: Study, consent: Consent) -> list[Put]:
    """The write of the interview where the consent changes its state."""
    interview: Interview | None = study.record("interviews", consent.interview)
    if interview is None:
        return []
    others = (consent_of(study, interview.id, each) for each in interview.respondents)
    said = [consent, *(each for each in others if each.id != consent.id)]
    nobody = all(is_refusal(each.given, each.withdrawn_at) for each in said)
    if nobody and any(each.withdrawn_at for each in said) and interview.state != "withdrawn":
        update = {
            "state": "withdrawn",
            "sittings": closed_sittings(interview, now),
            "off_record": closed_stretches(interview, now),
        }
    elif interview.state == "withdrawn" and consent.given and not consent.withdrawn_at:
        begun = "paused" if interview.sittings else "planned"
        update = {"state": "complete" if interview.ended_at else begun}
    else:
        return []
    return [put("interviews", interview.model_copy(update=update))]
