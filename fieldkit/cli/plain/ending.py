"""The closing review, line by line: the gaps, and what is done with all of them."""

from __future__ import annotations

from typing import Final

from fieldkit.cli.plain.answering import meant
from fieldkit.cli.plain.show import safety
from fieldkit.records.vocabulary import NOT_ASKED_REASONS, Confidence
from fieldkit.say import mark, t, tn
from fieldkit.study.closing import asked_steps, closing
from fieldkit.study.conduct import Conduct
from fieldkit.study.settling import Settled, settle_interview, settle_one, settle_rest, take_back
from fieldkit.study.steps import StepView
from fieldkit.text import visible_line

_REASONS: Final = {"1": "time", "2": "topic", "3": "respondent"}
_CONFIDENCE: Final[dict[str, Confidence]] = {"6": "high", "7": "medium", "8": "low"}
PAUSE: Final = "4"
COMPLETE: Final = "5"
_UNDO: Final = "0"

WISHES: Final = (*_REASONS, PAUSE, COMPLETE, *_CONFIDENCE, _UNDO)
"""The lines that the closing review takes for itself; all others are words."""

_REST: Final = (
    mark("1 all the rest not asked: no time"),
    mark("2 all the rest not asked: off the topic"),
    mark("3 all the rest not asked: not for this person"),
)
_END: Final = (mark("4 pause the interview and leave"), mark("5 complete the interview"))
_END_COMPLETE: Final = (mark("5 open the interview again"),)
_MORE: Final = (
    mark("6, 7, 8 your confidence in what was said: high, medium, low"),
    mark("0 take back what was done here last"),
    mark("Line .why 9 topic says why item 9 was not asked, where it is covered or what will be sent."),
    mark("Line .memo begins your own memo; .g and a number goes to an item; .pause leaves."),
    mark("Words go to the last item's notes."),
)
"""What can be done in the closing review, in order."""

_NOT_ASKED: Final = {
    "time": mark("not asked, no time"),
    "topic": mark("not asked, off the topic"),
    "respondent": mark("not asked, not for this person"),
}

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
        told += self._standing()
        told += [self._gap(_PRIORITY, step) for step in gaps.priority]
        told += [self._gap(_OPEN, step) for step in gaps.rest]
        if not (gaps.priority or gaps.rest):
            told.append(t("Nothing is open."))
        told += [self._not_asked(step, gaps.reasons.get(step.key)) for step in gaps.not_asked]
        for step in gaps.covered:
            told.append(t("{number} already covered, not said where").format(number=step.number))
        for step in gaps.promised:
            what = gaps.reasons.get(step.key)
            line = t("{number} will send: {item}").format(number=step.number, item=visible_line(what or ""))
            told.append(line if what else self._gap(_PROMISED, step))
        for follow_up in gaps.follow_ups:
            line = t("{number} follow-up: {words}")
            told.append(line.format(number=follow_up.step.number, words=visible_line(follow_up.words)))
        end = _END_COMPLETE if conduct.interview.state == "complete" else _END
        return [*told, *map(t, (*_REST, *end, *_MORE))]

    def say_why(self, said: str) -> list[str]:
        """Give one item its reason: why it was not asked, where it is covered, what will be sent.

        Args:
            said: the item's number, and the reason; without one an item that was not asked is open again.

        Returns:
            What is told of it, a line each.

        Raises:
            StoreError: it could not be kept; all is as it was.
        """
        conduct = self._conduct
        number, _, words = said.partition(" ")
        steps = [step for step in asked_steps(conduct) if str(step.number) == number]
        reason = words.strip()
        if not steps:
            return [t("Write for instance: {line}").format(line=".why 9 topic")]
        states = ("open", "not asked", "already covered", "will send")
        step = next((step for step in steps if step.state in states), None)
        if step is None:
            return [t("Not taken: item {number} is {state}.").format(number=number, state=t(steps[0].state))]
        if step.state in ("open", "not asked"):
            reason = meant(reason, NOT_ASKED_REASONS) or reason
            outcome = "not asked" if reason else None
        else:
            outcome = step.state
        self._settled.append(settle_one(conduct, step.key, outcome, reason or None))
        after = conduct.answer(step.key)
        shown = t(after.reason) if after.reason in NOT_ASKED_REASONS else after.reason or ""
        told = t("{number} {outcome}: {reason}. In the closing review, 0 takes it back.")
        return [told.format(number=number, outcome=t(after.disposition or "open"), reason=shown)]

    def do(self, wish: str) -> list[str]:
        """Do what one of `WISHES` asks for, but pausing and opening again.

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
        if wish in _CONFIDENCE:
            conduct.set_confidence(_CONFIDENCE[wish])
            return [t("Confidence: {confidence}").format(confidence=t(_CONFIDENCE[wish])), safety(conduct)]
        if wish == COMPLETE:
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

    def _standing(self) -> list[str]:
        """How the interview stands, how far it is trusted, and whether it was opened again."""
        interview = self._conduct.interview
        told = [t("Closing review. The interview is {state}.").format(state=t(interview.state))]
        if interview.confidence is not None:
            told.append(t("Confidence: {confidence}").format(confidence=t(interview.confidence)))
        if interview.reopened:
            again = interview.reopened[-1]
            line = t("Opened again by {by} on {day}. {reason}")
            told.append(line.format(by=again.by or "", day=again.at[:10], reason=again.reason or "").strip())
        return told

    def _not_asked(self, step: StepView, reason: str | None) -> str:
        if reason is None:
            return t("{number} not asked, not said why").format(number=step.number)
        told = (
            t(_NOT_ASKED[reason]) if reason in _NOT_ASKED else t("not asked, {reason}").format(reason=reason)
        )
        return f"{step.number} {told}"

    def _gap(self, told: tuple[str, str], step: StepView) -> str:
        text = visible_line(step.fill(step.item.text, self._conduct.language))
        who = f"{step.person}: " if step.person else ""
        return t(told[step.value_missing]).format(number=step.number, item=f"{who}{text}")
