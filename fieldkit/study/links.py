"""Items that what was said under another answers too: nothing is typed twice, and both say so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from fieldkit.records.responses import ResponseKey

if TYPE_CHECKING:
    from fieldkit.study.answers import Answer
    from fieldkit.study.conduct import Conduct

COVERED: Final = "already covered"
"""The disposition of an item that was answered under another; its reason is that one's id."""


def link(conduct: Conduct, source: ResponseKey, covered: ResponseKey) -> bool:
    """Say that what was noted under one item answers another too; both responses in one commit.

    Args:
        conduct: the interview.
        source: where it was said.
        covered: what it answers too.

    Returns:
        Whether the other one is said to be covered now; not where something else was noted under it.
    """
    answer = conduct.answer(source)
    if covered.item not in answer.covers:
        answer.also_answers = [*answer.also_answers, covered.item]
    taken = _cover(conduct.answer(covered), source)
    conduct.keep(source, *([covered] if taken else []))
    return taken


def unlink(conduct: Conduct, covered: ResponseKey) -> None:
    """Take back that an item is covered, on both sides, in one commit; where it is not, nothing happens.

    Args:
        conduct: the interview.
        covered: the item that is said to be covered.
    """
    answer = conduct.answer(covered)
    if answer.disposition != COVERED:
        return
    sources = [step.key for step in conduct.steps() if step.key.item == answer.reason]
    for source in sources:
        _forget(conduct.answer(source), covered.item)
    _uncover(answer)
    conduct.keep(covered, *sources)


def follow_marks(conduct: Conduct, source: ResponseKey) -> str | None:
    """Bring the items that an answer covers in line with its marks, and keep all in one commit.

    Args:
        conduct: the interview.
        source: the answer that is being left.

    Returns:
        The id of the answer's revision; None where no other answer changed, and nothing was kept.
    """
    answer = conduct.answer(source)
    row = conduct.study.row("responses", conduct.record_id(source)) or {}
    before, after = row.get("also_answers", []), answer.covers if answer.touched else []
    added = [item for item in after if item not in before]
    removed = [item for item in before if item not in after]
    changed = []
    for item in added:
        keys = _covered(conduct, source, item)
        changed += [key for key in keys if _cover(conduct.answer(key), source)]
    for item in removed:
        for key in (step.key for step in conduct.steps() if step.key.item == item):
            other = conduct.answer(key)
            if other.disposition == COVERED and other.reason == source.item:
                _uncover(other)
                changed.append(key)
    return conduct.keep(source, *changed) if changed else None


def _covered(conduct: Conduct, source: ResponseKey, item: str) -> Iterator[ResponseKey]:
    """The answers that an item stands for: of what each answers for herself only those of who spoke."""
    speakers = {source.respondent} | {
        paragraph.get("respondent")
        for paragraph in conduct.answer(source).paragraphs
        if item in (paragraph.get("also_answers") or [])
    }
    for step in conduct.steps():
        if step.key.item == item and step.asks and step.relevant:
            person = step.key.respondent
            if person is None or person in speakers:
                yield step.key


def _cover(answer: Answer, source: ResponseKey) -> bool:
    """Let an answer say where it is covered, unless it says something else; whether it does."""
    if answer.disposition != COVERED and (answer.touched or answer.disposition is not None):
        return False
    answer.disposition, answer.reason = COVERED, source.item
    return True


def _uncover(answer: Answer) -> None:
    answer.disposition = answer.reason = None
    answer.value = answer.aside if answer.value is None else answer.value
    answer.aside = None


def _forget(answer: Answer, item: str) -> None:
    """Let an answer, and its paragraphs, say no more that they answer an item."""
    answer.also_answers = [each for each in answer.also_answers if each != item]
    for at, paragraph in enumerate(answer.paragraphs):
        if item in (paragraph.get("also_answers") or []):
            rest = [each for each in paragraph["also_answers"] if each != item]
            kept = {name: said for name, said in paragraph.items() if name != "also_answers"}
            answer.paragraphs[at] = {**kept, "also_answers": rest} if rest else kept
