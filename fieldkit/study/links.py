"""Items that what was said under another answers too: nothing is typed twice, and both say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fieldkit.records.responses import Response, ResponseKey
from fieldkit.records.vocabulary import COVERED
from fieldkit.storage.writes import Delete, Put
from fieldkit.study.answers import Answer
from fieldkit.study.steps import StepView, interview_steps
from fieldkit.study.study import Study, put

if TYPE_CHECKING:
    from fieldkit.study.conduct import Conduct


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
    changed = _follow(conduct.steps(), conduct.answer, source, before, after)
    return conduct.keep(source, *changed) if changed else None


def in_line_with(
    study: Study, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> list[Put | Delete]:
    """What brings an interview's other responses in line with one that is given another state.

    Items that it answers no more are open again, those that it answers anew are covered; where it says no
    more that it is covered itself, what covered it says so no more.

    Args:
        study: the study.
        before: the response as it stands; None where it is none.
        after: the response as it is to be; None where it is to be removed.
    """
    response = Response.of(dict(after or before or {}))
    interview = study.record("interviews", response.interview)
    if interview is None:
        return []
    answers: defaultdict[ResponseKey, Answer] = defaultdict(Answer)
    for _, body in study.where("responses", "interview", interview.id):
        other = Response.of(body)
        answers[other.key] = Answer.of(other)
    source = response.key
    answers[source] = Answer.of(response) if after is not None else Answer()
    guide = study.guide_for(interview)
    people = {each: each for each in interview.respondents}
    steps = interview_steps(guide, answers, people, interview.language or guide.default_language)
    was, becomes = ((body or {}).get("also_answers", []) for body in (before, after))
    changed = _follow(steps, answers.__getitem__, source, was, becomes)
    if (before or {}).get("disposition") == COVERED != (after or {}).get("disposition"):
        for key in [key for key in answers if key.item == (before or {}).get("reason")]:
            if source.item in answers[key].covers:
                _forget(answers[key], source.item)
                changed.append(key)
    writes: list[Put | Delete] = []
    for key in changed:
        kept = answers[key].response(interview.id, key, interview.language)
        gone = answers[key].id or key.response_id(interview.id)
        writes.append(put("responses", kept) if kept is not None else Delete("responses", gone))
    return writes


def _follow(
    steps: Sequence[StepView],
    answer: Callable[[ResponseKey], Answer],
    source: ResponseKey,
    before: Collection[str],
    after: Collection[str],
) -> list[ResponseKey]:
    """Let the items that one answers, and answered before, say so; the keys of those that changed."""
    changed = []
    for item in (item for item in after if item not in before):
        keys = _covered(steps, answer(source), source, item)
        changed += [key for key in keys if _cover(answer(key), source)]
    for item in (item for item in before if item not in after):
        for key in (step.key for step in steps if step.key.item == item):
            other = answer(key)
            if other.disposition == COVERED and other.reason == source.item:
                _uncover(other)
                changed.append(key)
    return changed


def _covered(
    steps: Sequence[StepView], answer: Answer, source: ResponseKey, item: str
) -> Iterator[ResponseKey]:
    """The answers that an item stands for: of what each answers for herself only those of who spoke."""
    speakers = {source.respondent} | {
        paragraph.get("respondent")
        for paragraph in answer.paragraphs
        if item in (paragraph.get("also_answers") or [])
    }
    for step in steps:
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
