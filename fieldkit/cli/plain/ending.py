"""The closing review, line by line: the gaps, and what is done with all of them."""

from __future__ import annotations

from typing import Final

from fieldkit.study.closing import asked_steps, closing
from fieldkit.study.conduct import Conduct
from fieldkit.study.settling import Settled, settle_interview, settle_rest, take_back
from fieldkit.study.steps import StepView
from fieldkit.text import visible_line

_REASONS: Final = {"1": "time", "2": "topic", "3": "respondent"}
_COMPLETE: Final = "5"
_UNDO: Final = "0"

WISHES: Final = (*_REASONS, _COMPLETE, _UNDO)
"""The lines that the closing review takes for itself; all others are words."""

_WHAT_THEY_DO: Final = (
    "1 all the rest not asked: no time",
    "2 all the rest not asked: off the topic",
    "3 all the rest not asked: not for this person",
    "5 complete the interview",
    "0 take back what was done here last",
    "Line .g and a number goes to an item; .pause leaves; words go to the last item's notes.",
)


class Ending:
    """The closing review of one interview, with what was done in it, so that it can be taken back."""

    def __init__(self, conduct: Conduct) -> None:
        self._conduct = conduct
        self._settled: list[Settled] = []

    def lines(self) -> list[str]:
        """The closing statement, the gaps, and what can be done with them."""
        conduct = self._conduct
        gaps, farewell = closing(conduct), conduct.guide.closing_statement
        told = [*(farewell.get(conduct.language).splitlines() if farewell else ())]
        told.append(f"Closing review. The interview is {conduct.interview.state}.")
        told += [self._gap("priority, open", step) for step in gaps.priority]
        told += [self._gap("open", step) for step in gaps.rest]
        told += [self._gap("will send", step) for step in gaps.promised]
        if not (gaps.priority or gaps.rest):
            told.append("Nothing is open.")
        return [*told, *_WHAT_THEY_DO]

    def do(self, wish: str) -> list[str]:
        """Do what one of `WISHES` asks for.

        Returns:
            What is told of it, a line each.

        Raises:
            StoreError: it could not be kept; all is as it was.
        """
        conduct = self._conduct
        if wish == _UNDO:
            if not self._settled:
                return ["Nothing was done here that could be taken back."]
            take_back(conduct, self._settled[-1])
            self._settled.pop()
            return ["Taken back."]
        if wish == _COMPLETE:
            self._settled.append(settle_interview(conduct))
            left = sum(step.state == "open" for step in asked_steps(conduct))
            told = ["The interview is complete. Line 0 opens it again, .pause leaves."]
            return told if not left else [*told, f"{left} items have no outcome yet: 1, 2 or 3 says why."]
        self._settled.append(settle_rest(conduct, _REASONS[wish]))
        return [f"{len(self._settled[-1].outcomes)} items not asked. Line 0 takes it back."]

    def _gap(self, told: str, step: StepView) -> str:
        why = f"{told}, value missing" if step.value_missing else told
        text = visible_line(step.fill(step.item.text, self._conduct.language))
        who = f"{step.person}: " if step.person else ""
        return f"{step.number} {why}: {who}{text}"
