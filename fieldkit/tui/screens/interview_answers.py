"""What is on the screen of an interview, taken over into its answers."""

from __future__ import annotations

from typing import Any

from fieldkit.records.responses import ResponseKey
from fieldkit.study.answers import with_note
from fieldkit.study.conduct import Conduct


def keep_unreadable(conduct: Conduct, text: str) -> None:
    """Keep what was typed as a value and is none, as a note of the interviewer's; the same one only once."""
    paragraphs = conduct.answer(conduct.current).paragraphs
    if (noted := with_note(paragraphs, text)) != paragraphs:
        conduct.type_notes(conduct.current, noted)


def differs(conduct: Conduct, key: ResponseKey, value: Any, disposition: str | None) -> bool:
    """Whether an answer is to be changed to have a value and disposition."""
    answer = conduct.answer(key)
    return value != answer.value or _plain(disposition) != _plain(answer.disposition)


def keep_value(conduct: Conduct, key: ResponseKey, value: Any, disposition: str | None) -> None:
    """Give an answer the value or the disposition that its widget has now.

    Raises:
        StudyError: nobody has said who is at work.
    """
    answer = conduct.answer(key)
    if _plain(disposition) is not None:
        conduct.set_disposition(key, disposition)
        return
    if value != answer.value:
        conduct.set_value(key, value)
    if value is None and answer.disposition is not None and not answer.text.strip():
        conduct.set_disposition(key, None)


def _plain(disposition: str | None) -> str | None:
    """Answered is what an answer with anything in it is; it need not be said."""
    return None if disposition == "answered" else disposition
