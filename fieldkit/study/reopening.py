"""A complete interview that is opened again; that it was stays with it."""

from __future__ import annotations

from fieldkit.records.interviews import Interview, Reopening, Sitting
from fieldkit.records.vocabulary import InterviewState
from fieldkit.say import t
from fieldkit.study.clock import now
from fieldkit.study.conduct import Conduct
from fieldkit.study.errors import StudyError


def reopen(conduct: Conduct, reason: str | None = None) -> None:
    """Open a complete interview again: it is paused, and its clock goes on with the next thing noted.

    Args:
        conduct: the interview.
        reason: why, in the person's words.

    Raises:
        StudyError: it is not complete, or nobody has said who is at work.
        StoreError: it could not be kept; the interview stays complete.
    """
    conduct.replace_answers({}, reopened(conduct, "paused", reason))


def reopened(conduct: Conduct, state: InterviewState, reason: str | None = None) -> Interview:
    """A complete interview as it is when it is opened again; nothing is written.

    Args:
        conduct: the interview.
        state: the state that it is to have.
        reason: why, in the person's words.

    Raises:
        StudyError: it is not complete, or nobody has said who is at work.
    """
    interview = conduct.interview
    if interview.state != "complete":
        raise StudyError(t("only a complete interview can be opened again"))
    at = now()
    said = Reopening(at=at, by=conduct.study.need_author(), reason=(reason or "").strip() or None)
    # The time that it was complete is no time of the interview.
    sitting = [Sitting(started_at=at)] if state == "in progress" else []
    return interview.model_copy(
        update={
            "state": state,
            "ended_at": None,
            "sittings": [*interview.sittings, *sitting],
            "reopened": [*interview.reopened, said],
        }
    )
