"""The interviewer's memo on an interview: kept like an answer while it is typed, recorded as a memo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from fieldkit.records.responses import ResponseKey
from fieldkit.study.answers import Answer, paragraphs_of

if TYPE_CHECKING:
    from fieldkit.records.findings import Memo

MEMO: Final = ResponseKey("@memo")
"""The key that the memo has among the answers of its interview; no item has that id."""


def memo_id(interview: str) -> str:
    """The id of the interviewer's memo on an interview: there is only one."""
    return f"{interview}@memo"


def memo_words(row: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The paragraphs of a memo as it was recorded; none where there is none."""
    return paragraphs_of(str(row["text"])) if row else []


def memo_record(interview: str, answer: Answer, author: str | None) -> Memo | None:
    """The memo to keep, or None where nothing is written.

    Args:
        interview: id of the interview.
        answer: its words.
        author: initials of whoever writes.
    """
    from fieldkit.records.findings import Memo
    from fieldkit.text import normalise

    text = normalise(answer.text).text.rstrip()
    if not text:
        return None
    return Memo(id=memo_id(interview), on=interview, table="interviews", text=text, author=author)
