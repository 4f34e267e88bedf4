"""The page after the last item: what is still open, the memo, and the end of the interview."""

from __future__ import annotations

from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from fieldkit.records.interviews import Interview
from fieldkit.say import mark, t
from fieldkit.study.closing import Closing
from fieldkit.tui.actions import actions_of
from fieldkit.tui.keymap import keymap_of
from fieldkit.tui.literal import literal, phrase
from fieldkit.tui.widgets.closing_list import ClosingList
from fieldkit.tui.widgets.notes import Notes
from fieldkit.tui.widgets.redraw import show

_OUTCOME: Final = next(action for action in actions_of("interview") if action.name == "disposition")

_REST: Final = mark("Rest not asked: {key}/1 no time  2 off the topic  3 not for this person")
_END: Final = mark("4 pause  5 complete   Confidence: 6 high  7 medium  8 low   (Enter confirms)")
_END_COMPLETE: Final = mark("5 open it again   Confidence: 6 high  7 medium  8 low   (Enter confirms)")
_LINE: Final = mark("Enter goes there   \u2190 \u2192 reason or words   Ctrl+Z takes back   Tab memo")


class ClosingPage(Vertical):
    """What to say at the end, the gaps, the interviewer's memo, and the keys that close the interview."""

    def __init__(self, *, read_only: bool) -> None:
        """Make the page.

        Args:
            read_only: whether nothing can be typed.
        """
        super().__init__(id="closing")
        self._read_only = read_only

    def compose(self) -> ComposeResult:
        """Words to say, how it stands, gaps, memo, keys."""
        yield Static(id="farewell")
        yield Static(id="standing")
        with VerticalScroll(id="gaps-scroll", can_focus=False):
            yield ClosingList()
        # A memo is kept as words alone: a mark would be lost.
        yield Notes(placeholder=Content(t("  Your own memo on the interview (Tab)")), marks=False, id="memo")
        yield Static(id="closing-keys")

    def on_mount(self) -> None:
        """Set what stays."""
        self.memo.read_only = self._read_only
        self.language_changed()

    def language_changed(self) -> None:
        """Say anew what would else stay."""
        self.memo.border_title = t("Memo")
        self.memo.placeholder = Content(t("  Your own memo on the interview (Tab)"))

    @property
    def gaps(self) -> ClosingList:
        """The lines of gaps."""
        return self.query_one(ClosingList)

    @property
    def memo(self) -> Notes:
        """Where the interviewer's memo is typed."""
        return self.query_one("#memo", Notes)

    def show(self, farewell: str, closing: Closing, interview: Interview, language: str) -> None:
        """Show the end of an interview.

        Args:
            farewell: the guide's closing statement, or nothing.
            closing: what is open.
            interview: the interview.
            language: language of the items' texts.
        """
        show(self.query_one("#farewell", Static), literal(farewell))
        count = {"count": len(closing.priority) + len(closing.rest), "priority": len(closing.priority)}
        lines = [phrase("[b]Closing review[/b]  interview $state", state=t(interview.state))]
        if interview.confidence is not None:
            lines[0] += phrase("  confidence $confidence", confidence=t(interview.confidence))
        if closing.no_consent:
            codes = ", ".join(closing.no_consent)
            lines.append(phrase("Consent not recorded: $codes (Go to 0)", codes=codes))
        count = {"count": len(closing.priority) + len(closing.rest), "priority": len(closing.priority)}
        lines.append(phrase("$count open, $priority of them priority", **count))
        if interview.reopened:
            again = interview.reopened[-1]
            told = {"by": again.by or "", "day": again.at[:10], "reason": again.reason or ""}
            lines.append(phrase("Opened again by $by on $day  $reason", **told))
        show(self.query_one("#standing", Static), Content("\n").join(lines))
        end = _END_COMPLETE if interview.state == "complete" else _END
        key = keymap_of(self.app).shown(_OUTCOME)
        keys = Content("\n".join(t(line).format(key=key) for line in (_REST, end, _LINE)))
        show(self.query_one("#closing-keys", Static), keys)
        self.gaps.show(closing, language)
