"""Placing a coding anew on the Coding screen, since the words it stood on are no longer there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.say import t
from fieldkit.study.anchoring import keep_coding, waiting_codings
from fieldkit.tui.screens.coding_list_keys import ListKeys
from fieldkit.tui.screens.waiting import WaitingScreen, kept_told
from fieldkit.tui.widgets.coding_bench import code_names
from fieldkit.tui.widgets.collected import Wanted

if TYPE_CHECKING:
    from fieldkit.records.codings import Coding
    from fieldkit.study.anchoring import Waiting
    from fieldkit.tui.widgets.coding_entries import Key


class PlacingKeys(ListKeys):
    """The way to the codings that wait, and from there to a passage for one of them.

    Attributes:
        placed: the coding that a passage is being chosen for, and what it stands in; None while none is.
    """

    placed: tuple[Coding, Key] | None = None

    @property
    def placing(self) -> bool:
        """Whether a passage is being chosen for a coding, in the text it stands in."""
        return self.placed is not None and self.entry is not None and self.entry.key == self.placed[1]

    def open_response(self, at: int) -> None:
        """Show what is in a row of the list; a coding that was to be placed elsewhere is left as it is."""
        super().open_response(at)
        if not self.placing:
            self.placed = None

    def leave_place(self) -> None:
        """Leave a coding that was to be placed as it is."""
        self.placed = None

    def action_decide(self) -> None:
        """Show the codings that wait for a decision."""
        self.app.push_screen(WaitingScreen(self.study, self.place_anew))

    def place_anew(self, waiting: Waiting) -> None:
        """Let a passage be chosen for a coding, beginning with where it would stand."""
        found, key = waiting.anchored, (waiting.table, waiting.record)
        self.show_wanted(Wanted(key, found.start, found.end))
        self.placed = waiting.coding, key
        name = code_names(self.study, [waiting.coding.code], self.language)[0]
        self.say(t("Choose the words for {code}: Enter places it there, Esc leaves it").format(code=name))

    def place_here(self) -> None:
        """Let the coding stand on the passage chosen; go back to those that wait, while some do."""
        if self.placed is None:
            return
        (coding, key), self.placed = self.placed, None
        start, end = self.passage if self.passage is not None else (0, len(self.text))
        kept = keep_coding(self.study, coding.id, start=start, end=end)
        self.codings_changed(key)
        self.count_waiting()
        told = kept_told(self.study, kept.code, kept.quote, self.language)
        self.say(told)
        if waiting_codings(self.study):
            self.app.push_screen(WaitingScreen(self.study, self.place_anew, told))

    def place_no_longer(self) -> None:
        """Leave the coding as it is, and go back to those that wait."""
        self.placed = None
        self.action_decide()
