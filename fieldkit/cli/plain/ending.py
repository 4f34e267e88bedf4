"""The closing review, line by line: the gaps, and what is done with all of them."""

from __future__ import annotations

from typing import Final

from fieldkit.say import mark, t, tn
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
    mark("1 all the rest not asked: no time"),
    mark("2 all the rest not asked: off the topic"),
    mark("3 all the rest not asked: not for this person"),
    mark("5 complete the interview"),
    mark("0 take back what was done here last"),
    mark("Line .g and a number goes to an item; .pause leaves; words go to the last item's notes."),
)


_PRIORITY: Final = (
    mark("{number} priority, open: {item}"),
    mark("{number} priority, open, value missing: {item}"),
)
_OPEN: Final = (mark("{number} open: {item}"), mark("{number} open, value missing: {item}"))
_PROMISED: Final = (mark("{number} will send: {item}"), mark("{number} will send, value missing: {item}"))
"""What is said of a gap, and of one that lacks its value."""


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
        told.append(t("Closing review. The interview is {state}.").format(state=t(conduct.interview.state)))
        told += [self._gap(_PRIORITY, step) for step in gaps.priority]
        told += [self._gap(_OPEN, step) for step in gaps.rest]
        told += [self._gap(_PROMISED, step) for step in gaps.promised]
        if not (gaps.priority or gaps.rest):
            told.append(t("Nothing is open."))
        return [*told, *map(t, _WHAT_THEY_DO)]

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
                return [t("Nothing was done here that could be taken back.")]
            take_back(conduct, self._settled[-1])
            self._settled.pop()
            return [t("Taken back.")]
        if wish == _COMPLETE:
            self._settled.append(settle_interview(conduct))
            left = sum(step.state == "open" for step in asked_steps(conduct))
            told = [t("The interview is complete. Line 0 opens it again, .pause leaves.")]
            if left:
                gaps = tn(
                    "{n} items have no outcome yet: 1, 2 or 3 says why.",
                    "{n} items have no outcome yet: 1, 2 or 3 says why.",
                    left,
                )
                told.append(gaps.format(n=left))
            return told
        self._settled.append(settle_rest(conduct, _REASONS[wish]))
        count = len(self._settled[-1].outcomes)
        unasked = tn(
            "{n} items not asked. Line 0 takes it back.", "{n} items not asked. Line 0 takes it back.", count
        )
        return [unasked.format(n=count)]

    def _gap(self, told: tuple[str, str], step: StepView) -> str:
        text = visible_line(step.fill(step.item.text, self._conduct.language))
        who = f"{step.person}: " if step.person else ""
        return t(told[step.value_missing]).format(number=step.number, item=f"{who}{text}")
