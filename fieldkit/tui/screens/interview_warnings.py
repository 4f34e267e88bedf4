"""The one line of warning under an interview: what matters most, and nothing that could wait."""

from __future__ import annotations

from textual.content import Content

from fieldkit.study.closing import asked_steps, closing
from fieldkit.study.conduct import Conduct
from fieldkit.tui.literal import phrase


def warning(conduct: Conduct, remark: str | None) -> Content:
    """The warning to show.

    Args:
        conduct: the interview.
        remark: what the last key gave rise to, or None.

    Returns:
        One line; empty where all is well.
    """
    if conduct.study.read_only:
        return phrase("[b]Reading only[/b]: nothing can be typed or changed. $remark", remark=remark or "")
    if conduct.failure is not None:
        return phrase(
            "[b]NOT SAVED[/b]: $why. The words stay here; saving is tried again.", why=conduct.failure
        )
    if remark is not None:
        return phrase("$remark", remark=remark)
    gaps = closing(conduct)
    if gaps.no_consent:
        codes = ", ".join(gaps.no_consent)
        return phrase("Consent not recorded: $codes (Ctrl+G 0 Enter)", codes=codes)
    left = conduct.minutes_planned - conduct.elapsed_s() / 60
    needed = sum(step.item.minutes for step in gaps.priority)
    if conduct.interview.sittings and gaps.priority and left < needed:
        numbers = ", ".join(str(step.number) for step in gaps.priority)
        return phrase(
            "$left min left; open priority items $numbers need $needed",
            left=max(0, int(left)),
            numbers=numbers,
            needed=f"{needed:g}",
        )
    return Content("")


def left_open(conduct: Conduct) -> str | None:
    """A remark where the current item must be answered and is not; it blocks nothing."""
    for step in asked_steps(conduct):
        if step.key == conduct.current and step.item.required and not step.done:
            return f"{step.number} is required and has no answer yet"
    return None
