"""When a consent keeps a person's words out: the one rule of findings, coding and exports."""

from __future__ import annotations


def is_refusal(given: bool | None, withdrawn_at: str | None) -> bool:
    """Whether a person takes no part, so that nothing she said in the interview counts or is shown.

    Args:
        given: what she answered; None where nothing is recorded, which keeps nothing out.
        withdrawn_at: when she took her consent back, or None.

    Returns:
        True where she said no, or took her yes back.
    """
    return given is False or withdrawn_at is not None
