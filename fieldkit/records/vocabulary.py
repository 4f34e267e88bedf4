"""The fixed words of interview records, spelt as the field spells them."""

from __future__ import annotations

from typing import Final, Literal, get_args

InterviewState = Literal["planned", "in progress", "paused", "complete", "withdrawn"]
RespondentStatus = Literal[
    "identified",
    "invited",
    "no reply",
    "scheduled",
    "interviewed",
    "declined",
    "referred to",
    "replaced",
    "cancelled",
    "answered in writing",
]
Disposition = Literal[
    "answered",
    "not asked",
    "not applicable",
    "skipped by condition",
    "refused",
    "don't know",
    "already covered",
    "will send",
]
NotAskedReason = Literal["time", "topic", "respondent"]
ParagraphKind = Literal["verbatim", "paraphrase", "note"]
Mode = Literal["in person", "phone", "video", "in writing"]
Confidence = Literal["high", "medium", "low"]
ConsentMode = Literal["spoken", "written"]

INTERVIEW_STATES: Final[tuple[InterviewState, ...]] = get_args(InterviewState)
RESPONDENT_STATUSES: Final[tuple[RespondentStatus, ...]] = get_args(RespondentStatus)
DISPOSITIONS: Final[tuple[Disposition, ...]] = get_args(Disposition)
NOT_ASKED_REASONS: Final[tuple[NotAskedReason, ...]] = get_args(NotAskedReason)
PARAGRAPH_KINDS: Final[tuple[ParagraphKind, ...]] = get_args(ParagraphKind)
MODES: Final[tuple[Mode, ...]] = get_args(Mode)
CONSENT_MODES: Final[tuple[ConsentMode, ...]] = get_args(ConsentMode)
CONFIDENCES: Final[tuple[Confidence, ...]] = get_args(Confidence)

SKIPPED: Final[Disposition] = "skipped by condition"
"""What the program says of an item whose condition does not hold; the others people say."""

COVERED: Final[Disposition] = "already covered"
"""What is said of an item that was answered under another, whose id is the reason."""

ASKED: Final[frozenset[str]] = frozenset(DISPOSITIONS) - {"not asked", SKIPPED}
"""Dispositions under which the item was put to the respondent."""


OUTCOME_DIGITS: Final[dict[str, Disposition | None]] = {
    "1": "not asked",
    "2": "refused",
    "3": "already covered",
    "4": "will send",
    "8": "don't know",
    "9": "not applicable",
    "0": None,
}
"""The digit with which each outcome is said while an interview is held; 0 takes it back."""


def match_word(word: str, words: tuple[str, ...]) -> str | None:
    """The fixed word that a typed one means: `dont_know` and `Not-asked` are accepted.

    Args:
        word: what was typed.
        words: the words to choose from.

    Returns:
        The word as it is stored, or None when none is meant.
    """

    def plain(text: str) -> str:
        return "".join(character for character in text.casefold() if character.isalnum())

    return next((candidate for candidate in words if plain(candidate) == plain(word)), None)
