"""The line of the tour, above the keys."""

from __future__ import annotations

from textual.widgets import Static

from fieldkit.tui.keymap import Keymap
from fieldkit.tui.literal import phrase
from fieldkit.tui.tour import STEPS, Tour


class TourLine(Static):
    """What to do next in the tour; nothing while there is none."""

    def __init__(self) -> None:
        """Make it, hidden."""
        super().__init__()
        self.display = False

    def show(self, tour: Tour | None, keymap: Keymap) -> None:
        """Show where somebody is in the tour.

        Args:
            tour: the tour; None where nobody takes it.
            keymap: which keys do what.
        """
        self.display = tour is not None
        if tour is not None:
            told = phrase(
                "[b]Tour $n/$all[/]  $line", n=tour.done + 1, all=len(STEPS), line=tour.line(keymap)
            )
            self.update(told)
