"""What is settled at the closing review for many items at once, and taken back as one step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from fieldkit.records.interviews import Interview
from fieldkit.records.responses import ResponseKey
from fieldkit.records.vocabulary import NOT_ASKED_REASONS
from fieldkit.study.closing import asked_steps
from fieldkit.study.conduct import Conduct
from fieldkit.study.reopening import reopened

Outcome = tuple[str | None, str | None]
"""The disposition of an answer and its reason."""


@dataclass(frozen=True)
class Settled:
    """One step, so that it can be taken back.

    Attributes:
        outcomes: for each answer that the step changed, what it had before and what it got.
        before: the interview before the step.
        after: the interview after it.
    """

    outcomes: Mapping[ResponseKey, tuple[Outcome, Outcome]]
    before: Interview
    after: Interview


def settle_rest(conduct: Conduct, reason: str) -> Settled:
    """Say of everything still open, and of what was not asked without a reason, why it was not asked.

    Raises:
        StudyError: nobody has said who is at work.
        StoreError: it could not be kept; nothing was settled.
    """
    answers = {key: conduct.answer(key) for key in open_keys(conduct)}
    given = {key: replace(answer, disposition="not asked", reason=reason) for key, answer in answers.items()}
    return _step(conduct, lambda: conduct.replace_answers(given))


def settle_interview(conduct: Conduct) -> Settled:
    """Complete the interview; what is open stays without an outcome.

    Raises:
        StudyError: nobody has said who is at work.
        StoreError: it could not be kept; the interview goes on.
    """
    return _step(conduct, lambda: conduct.complete(rest=None))


def settle_one(conduct: Conduct, key: ResponseKey, disposition: str | None, reason: str | None) -> Settled:
    """Say what became of one item, and why or where.

    Raises:
        StudyError: nobody has said who is at work.
        StoreError: it could not be kept; nothing was settled.
    """
    answer = replace(conduct.answer(key), disposition=disposition, reason=reason)
    return _step(conduct, lambda: conduct.replace_answers({key: answer}))


def next_outcome(conduct: Conduct, key: ResponseKey, by: int) -> Outcome:
    """The outcome after, or before, the one an item that was not answered has: open, then each reason.

    Args:
        conduct: the interview.
        key: which answer.
        by: 1 for the next, -1 for the one before.
    """
    outcomes: list[Outcome] = [(None, None), *(("not asked", reason) for reason in NOT_ASKED_REASONS)]
    here = _outcome(conduct, key)
    return outcomes[((outcomes.index(here) if here in outcomes else 0) + by) % len(outcomes)]


def take_back(conduct: Conduct, settled: Settled) -> None:
    """Take a step back, in one commit; what was noted or decided since then stays.

    Raises:
        StudyError: nobody has said who is at work.
        StoreError: it could not be kept; all is as the step left it.
    """
    given = {}
    for key, (before, after) in settled.outcomes.items():
        answer = conduct.answer(key)
        if _outcome(conduct, key) == after:
            given[key] = replace(answer, disposition=before[0], reason=before[1])
    completed = settled.after.state == "complete" != settled.before.state
    opened = None
    if completed and conduct.interview.state == "complete":
        opened = reopened(conduct, settled.before.state)
    conduct.replace_answers(given, opened)


def open_keys(conduct: Conduct) -> list[ResponseKey]:
    """The answers that `settle_rest` gives an outcome."""
    return [
        step.key
        for step in asked_steps(conduct)
        if step.state == "open" or (step.state == "not asked" and conduct.answer(step.key).reason is None)
    ]


def _step(conduct: Conduct, act: Callable[[], None]) -> Settled:
    interview, keys = conduct.interview, [step.key for step in conduct.steps()]
    before = {key: _outcome(conduct, key) for key in keys}
    act()
    after = {key: _outcome(conduct, key) for key in keys}
    changed = {key: (before[key], after[key]) for key in keys if before[key] != after[key]}
    return Settled(changed, interview, conduct.interview)


def _outcome(conduct: Conduct, key: ResponseKey) -> Outcome:
    answer = conduct.answer(key)
    return answer.disposition, answer.reason
