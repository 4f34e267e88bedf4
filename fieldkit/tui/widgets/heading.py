"""The top row of every screen: where one is, which study, and how it is marked."""

from __future__ import annotations

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from fieldkit.say import mark, t
from fieldkit.tui.literal import phrase

PLACE_NAMES = {
    "desk": mark("Desk"),
    "interview": mark("Interview"),
    "coding": mark("Coding"),
    "findings": mark("Findings"),
}
PRACTICE = mark("PRACTICE DATA")


class Heading(Widget):
    """One row: the places with the present one in brackets, and at the right the study's marks.

    Attributes:
        marking: the security marking; empty until it is known.
        practice: whether everything shown is made up.
        read_only: whether nothing can be written.
    """

    marking: reactive[str] = reactive("")
    practice: reactive[bool] = reactive(False)
    read_only: reactive[bool] = reactive(False)

    def __init__(self, place: str) -> None:
        """Make the heading of a place."""
        super().__init__()
        self._place = place

    def render(self) -> RenderResult:
        """Draw the row."""
        names = [
            phrase("[b reverse] $name [/]", name=t(name))
            if place == self._place
            else phrase("[dim] $name [/]", name=t(name))
            for place, name in PLACE_NAMES.items()
        ]
        marks = [
            mark
            for mark in (
                t("READING ONLY") if self.read_only else "",
                t(PRACTICE) if self.practice else "",
                self.marking,
            )
            if mark
        ]
        right = Content("  ").join(phrase("[b]$mark[/]", mark=mark) for mark in marks)
        places = Content("").join(names)
        room = self.size.width - right.cell_length - 2
        if places.cell_length + 2 > room:
            # The marks stand on every screen: rather the other places' names go.
            present = (name for place, name in zip(PLACE_NAMES, names, strict=True) if place == self._place)
            places = Content("").join(present)
        return Content.assemble(" ", places, " " * max(2, room - places.cell_length), right)
