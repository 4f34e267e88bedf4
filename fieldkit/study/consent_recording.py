"""Record one consent from the outside: for scripts, and for the `record` command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fieldkit.records.interviews import Interview
from fieldkit.say import t
from fieldkit.study.consents import record_consent, withdraw_consent
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.interviews import find_interview
from fieldkit.study.roster import find_respondent
from fieldkit.study.study import Study

WITHDRAWN: Final = "withdrawn"
"""The word that says that somebody takes her consent back."""

_ANSWERS: Final = ("given", "quote", "recording")
_YES_NO: Final = {"": True, "yes": True, "no": False}


@dataclass(frozen=True)
class RecordedConsent:
    """What recording a consent came to.

    Attributes:
        revision: id of the revision that holds it, durable.
        consent: id of the consent.
    """

    revision: str
    consent: str


def record_consent_of(
    study: Study, interview: str, said: str, *, respondent: str | None = None, mode: str | None = None
) -> RecordedConsent:
    """Record what a person agreed to, or that she takes it back; durable when this returns.

    Args:
        study: the study.
        interview: id, beginning of one, or a respondent's code.
        said: any of given, quote and recording, such as `given,quote=no`; or `withdrawn`.
        respondent: her code; None where she is alone.
        mode: spoken or written; None takes what goes with how the interview is held.

    Raises:
        StudyError: an id or a word is unknown, or it is not said whose consent it is.
        StoreError: it could not be made durable.
    """
    found = find_interview(study, interview)
    person = _person(study, found, respondent)
    if said.strip().casefold() == WITHDRAWN:
        consent = withdraw_consent(study, found.id, person)
    else:
        answers = _answers(said)
        consent = record_consent(study, found.id, person, mode=mode, **answers)
    revision = study.begin_store().heads("consents", consent.id)[0].id
    return RecordedConsent(revision, consent.id)


def _person(study: Study, interview: Interview, code: str | None) -> str:
    if code is not None:
        person = find_respondent(study, code).id
        if person not in interview.respondents:
            raise StudyError(
                t("{code} is not one of those present in interview {interview}").format(
                    code=code, interview=interview.id
                )
            )
        return person
    if len(interview.respondents) > 1:
        codes = [str((study.row("respondents", each) or {}).get("code")) for each in interview.respondents]
        raise StudyError(
            t("each person consents for herself: say who, as --respondent {codes}").format(
                codes=t(" or ").join(codes)
            )
        )
    return interview.respondents[0]


def _answers(said: str) -> dict[str, bool]:
    answers = {}
    for part in said.split(","):
        name, _, answer = (each.strip().casefold() for each in part.partition("="))
        if name not in _ANSWERS:
            raise UnknownId("consent", name, (*_ANSWERS, WITHDRAWN))
        if answer not in _YES_NO:
            raise StudyError(
                t("--consent {part}: say yes or no, such as {name}=no").format(part=part.strip(), name=name)
            )
        answers[name] = _YES_NO[answer]
    return answers
