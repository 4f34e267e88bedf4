"""Items added on the spot: what was asked though the guide does not have it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fieldkit.records.interviews import AddedItem
from fieldkit.records.responses import ResponseKey
from fieldkit.say import t
from fieldkit.study.clock import now
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.text import normalise

if TYPE_CHECKING:
    from fieldkit.study.conduct import Conduct


def add_item(conduct: Conduct, text: str, evaluation_questions: Sequence[str]) -> ResponseKey:
    """Add an item to an interview, after those of its guide; durable when this returns.

    Args:
        conduct: the interview.
        text: the question as it is asked.
        evaluation_questions: ids of those that it serves; none for context.

    Returns:
        The key of its answer.

    Raises:
        StudyError: the text is blank, or an evaluation question is unknown; nothing was added.
        StoreError: it could not be kept; nothing was added.
    """
    text = " ".join(normalise(text).text.split())
    if not text:
        raise StudyError(t("an item needs words: say what was asked"))
    known = conduct.study.framework.question_ids
    for question in evaluation_questions:
        if question not in known:
            raise UnknownId("evaluation question", question, known)
    item = AddedItem(
        id=_free_id(conduct),
        text=text,
        evaluation_questions=list(evaluation_questions),
        language=conduct.language,
        at=now(),
    )
    added = [*conduct.interview.added_items, item]
    conduct.replace_answers({}, conduct.interview.model_copy(update={"added_items": added}))
    conduct.read_guide()
    return ResponseKey(item.id)


def _free_id(conduct: Conduct) -> str:
    number = len(conduct.interview.added_items) + 1
    while conduct.guide.has_item(f"added_{number}"):
        number += 1
    return f"added_{number}"
