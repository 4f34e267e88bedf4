"""The one line of warning under an interview: what matters most, and nothing that could wait."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from fieldkit.protocol.routing import dependencies
from fieldkit.say import t
from fieldkit.study.closing import asked_steps, closing
from fieldkit.study.conduct import Conduct
from fieldkit.study.pace import minutes_left, priority_minutes_left, runs_short
from fieldkit.study.steps import StepView
from fieldkit.tui.actions import actions_of
from fieldkit.tui.literal import phrase


def warning(conduct: Conduct, remark: str | None, elsewhere: str | None = None) -> Content:
    """The warning to show.

    Args:
        conduct: the interview.
        remark: what the last key gave rise to, or None.
        elsewhere: what came of saving elsewhere while it could not be saved here, or None.

    Returns:
        One line; empty where all is well.
    """
    if conduct.study.read_only:
        if conduct.study.held_by is not None:
            return phrase("[b]Reading only[/b]: $held", held=conduct.study.held_by)
        return phrase("[b]Reading only[/b]: nothing can be typed or changed. $remark", remark=remark or "")
    if conduct.failure is not None:
        # The key first: what the system says of a file may be longer than the line.
        kept = t("{failure}. The words stay here; saving is tried again.").format(failure=conduct.failure)
        key = next(each.key_shown for each in actions_of("interview") if each.name == "save_elsewhere")
        return phrase("[b]NOT SAVED[/b] ($key saves elsewhere): $why", key=key, why=elsewhere or kept)
    if remark is not None:
        return phrase("$remark", remark=remark)
    gaps = closing(conduct)
    if gaps.refused:
        codes = ", ".join(gaps.refused)
        return phrase("[b]No consent to take part: $codes[/b]. Note nothing of what is said", codes=codes)
    if gaps.no_consent:
        codes = ", ".join(gaps.no_consent)
        return phrase("Consent not recorded: $codes (Ctrl+G 0 Enter)", codes=codes)
    if runs_short(conduct):
        return phrase(
            "$left min left; open priority items $numbers need $needed (Ctrl+G ! Enter: short path)",
            left=max(0, int(minutes_left(conduct))),
            numbers=_numbers([step.number for step in gaps.priority]),
            needed=f"{priority_minutes_left(conduct):g}",
        )
    return Content("")


def left_open(conduct: Conduct) -> str | None:
    """A remark where the current item needs an answer or a value and has none; it blocks nothing."""
    step = next((step for step in asked_steps(conduct) if step.key == conduct.current), None)
    if step is None:
        return None
    if step.item.required and step.state == "open":
        return t("{number} is required and has no answer yet").format(number=step.number)
    decides = any(step.item.id in deciding for deciding in dependencies(conduct.guide).values())
    if step.value_missing or (step.state == "open" and decides):
        told = t("{number} has no value yet, and what is asked later depends on it (Ctrl+R goes back)")
        return told.format(number=step.number)
    return None


def waiting(conduct: Conduct, passed: Sequence[StepView]) -> str | None:
    """A remark where steps were passed because what decides whether they are asked has no value yet.

    Args:
        conduct: the interview.
        passed: the steps between where one was and where one is now.
    """
    undecided = {
        step.key.item: step.number
        for step in asked_steps(conduct)
        if not step.done and step.item.type != "text"
    }
    depends = dependencies(conduct.guide)
    waits: dict[int, list[int]] = {}
    for step in passed:
        deciding = [number for item, number in undecided.items() if item in depends[step.key.item]]
        if deciding and not step.relevant:
            waits.setdefault(deciding[0], []).append(step.number)
    told = [
        t("{numbers} wait for item {number}, which has no value yet").format(
            numbers=_numbers(numbers), number=number
        )
        for number, numbers in waits.items()
    ]
    return "; ".join(told) or None


def _numbers(numbers: Sequence[int]) -> str:
    """Numbers in ascending order, runs of them as `4 to 12`."""
    runs: list[list[int]] = []
    for number in dict.fromkeys(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        t("{first} to {last}").format(first=run[0], last=run[-1]) if len(run) > 1 else str(run[0])
        for run in runs
    )
