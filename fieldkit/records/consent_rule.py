"""When a person's words count: the one rule of findings, coding and exports."""

from __future__ import annotations


def is_refusal(given: bool | None, withdrawn_at: str | None) -> bool:
    """Whether a person takes no part, so that nothing she said in the interview counts or is shown.

    Args:
        given: what she answered; None where nothing is recorded.
        withdrawn_at: when she took her consent back, or None.

    Returns:
        True where she said no, or took her yes back.
    """
    return given is False or withdrawn_at is not None


def counts(given: bool | None, withdrawn_at: str | None, *, live: bool) -> bool:
    """Whether what a person said in an interview counts, and may be shown.

    Silence is not agreement: in an interview that was held with fieldkit, nothing counts until her yes is
    recorded. Of notes that were taken elsewhere, and entered without a sitting, consent may have been kept
    elsewhere too: they count until she says no.

    Args:
        given: what she answered; None where nothing is recorded.
        withdrawn_at: when she took her consent back, or None.
        live: whether the interview has sittings.
    """
    return not is_refusal(given, withdrawn_at) and (given is True or not live)
