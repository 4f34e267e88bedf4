"""What an interview leaves to be settled before it is closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fieldkit.records.consent_rule import is_refusal
from fieldkit.records.responses import ResponseKey
from fieldkit.study.conduct import Conduct
from fieldkit.study.steps import StepView


@dataclass(frozen=True)
class FollowUp:
    """Something said that the interviewer is to come back to.

    Attributes:
        step: where it was said.
        words: the paragraph.
    """

    step: StepView
    words: str


@dataclass(frozen=True)
class Closing:
    """The gaps of an interview.

    Attributes:
        priority: priority items that are still open.
        rest: other open items.
        not_asked: items that were not asked, with a reason or without.
        covered: items that are said to be covered already, without where.
        promised: items whose answer will be sent.
        follow_ups: what is to be come back to.
        reasons: why an item was not asked, where it is covered, what will be sent.
        no_consent: codes of the respondents whose consent to take part is not recorded.
        refused: codes of those who said no to taking part, or took their consent back.
    """

    priority: tuple[StepView, ...]
    rest: tuple[StepView, ...]
    not_asked: tuple[StepView, ...]
    covered: tuple[StepView, ...]
    promised: tuple[StepView, ...]
    follow_ups: tuple[FollowUp, ...]
    reasons: Mapping[ResponseKey, str]
    no_consent: tuple[str, ...]
    refused: tuple[str, ...]


def closing(conduct: Conduct) -> Closing:
    """The gaps of an interview as it stands."""
    consents = conduct.consents()
    steps = asked_steps(conduct)
    still_open = [step for step in steps if not step.done]
    reasons = {step.key: reason for step in steps if (reason := conduct.answer(step.key).reason)}
    said = {person.code: consents[person.id] for person in conduct.respondents}
    refused = tuple(code for code, each in said.items() if is_refusal(each.given, each.withdrawn_at))
    return Closing(
        priority=tuple(step for step in still_open if step.item.priority),
        rest=tuple(step for step in still_open if not step.item.priority),
        not_asked=_of_state(steps, "not asked"),
        covered=tuple(step for step in _of_state(steps, "already covered") if step.key not in reasons),
        promised=_of_state(steps, "will send"),
        follow_ups=tuple(_follow_ups(conduct)),
        reasons=reasons,
        no_consent=tuple(code for code, each in said.items() if each.given is None and code not in refused),
        refused=refused,
    )


def asked_steps(conduct: Conduct) -> list[StepView]:
    """The steps that are to be asked now: relevant, and asking something."""
    return [step for step in conduct.steps() if step.relevant and step.asks]


def _of_state(steps: Sequence[StepView], state: str) -> tuple[StepView, ...]:
    return tuple(step for step in steps if step.state == state)


def _follow_ups(conduct: Conduct) -> Iterator[FollowUp]:
    for step in conduct.steps():
        for paragraph in conduct.answer(step.key).paragraphs:
            if paragraph.get("follow_up"):
                yield FollowUp(step, str(paragraph["text"]))
