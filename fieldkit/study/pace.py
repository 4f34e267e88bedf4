"""How an interview keeps to its time: what is left of it, and what its priority items need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.study.closing import asked_steps
from fieldkit.study.conduct import Conduct
from fieldkit.study.steps import StepView

if TYPE_CHECKING:
    from fieldkit.protocol.guide import Section


def priority_minutes_left(conduct: Conduct) -> float:
    """Minutes that the priority items still open would take."""
    return sum(step.item.minutes for step in open_priority(conduct))


def open_priority(conduct: Conduct) -> list[StepView]:
    """The priority items that are still open, in the guide's order."""
    return [step for step in asked_steps(conduct) if step.item.priority and not step.done]


def minutes_left(conduct: Conduct) -> float:
    """Minutes of the time planned that are left; below zero once it has run out."""
    return conduct.minutes_planned - conduct.elapsed_s() / 60


def runs_short(conduct: Conduct) -> bool:
    """Whether the time left has fallen under what the open priority items need."""
    needed = priority_minutes_left(conduct)
    return bool(conduct.interview.sittings) and needed > 0 and minutes_left(conduct) < needed


def next_on_short_path(conduct: Conduct) -> StepView | None:
    """The next open priority item: after the current one, else from the beginning; or None."""
    left = {step.key: step for step in open_priority(conduct)}
    order = [step.key for step in conduct.steps()]
    here = order.index(conduct.current) if conduct.current in order else -1
    ahead = [*order[here + 1 :], *order[: max(here, 0)]]
    return next((left[key] for key in ahead if key in left), None)


def section_budget(section: Section) -> float:
    """Minutes that a section may take: its own, else what its items take."""
    return section.minutes if section.minutes is not None else sum(item.minutes for item in section.items)
