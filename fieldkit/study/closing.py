"""What an interview leaves to be settled before it is closed."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.records.consent_rule import is_refusal
from fieldkit.study.conduct import Conduct
from fieldkit.study.steps import StepView


@dataclass(frozen=True)
class Closing:
    """The gaps of an interview.

    Attributes:
        priority: priority items that are still open.
        rest: other open items.
        promised: items whose answer will be sent.
        no_consent: codes of the respondents whose consent to take part is not recorded.
        refused: codes of those who said no to taking part, or took their consent back.
    """

    priority: tuple[StepView, ...]
    rest: tuple[StepView, ...]
    promised: tuple[StepView, ...]
    no_consent: tuple[str, ...]
    refused: tuple[str, ...]


def closing(conduct: Conduct) -> Closing:
    """The gaps of an interview as it stands."""
    consents = conduct.consents()
    steps = asked_steps(conduct)
    still_open = [step for step in steps if not step.done]
    said = {person.code: consents[person.id] for person in conduct.respondents}
    refused = tuple(code for code, each in said.items() if is_refusal(each.given, each.withdrawn_at))
    return Closing(
        priority=tuple(step for step in still_open if step.item.priority),
        rest=tuple(step for step in still_open if not step.item.priority),
        promised=tuple(step for step in steps if step.state == "will send"),
        no_consent=tuple(code for code, each in said.items() if each.given is None and code not in refused),
        refused=refused,
    )


def progress(conduct: Conduct) -> tuple[int, int]:
    """How many of the items to be asked are done, and how many there are."""
    steps = asked_steps(conduct)
    return sum(step.done for step in steps), len(steps)


def priority_minutes_left(conduct: Conduct) -> float:
    """Minutes that the priority items still open would take."""
    return sum(step.item.minutes for step in asked_steps(conduct) if step.item.priority and not step.done)


def asked_steps(conduct: Conduct) -> list[StepView]:
    """The steps that are to be asked now: relevant, and asking something."""
    return [step for step in conduct.steps() if step.relevant and step.asks]
