"""The places where words were found, each with what stands around it, to be ticked one by one."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from fieldkit.tui.actions import own_keys
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.widgets.keys import taken_by_screen

if TYPE_CHECKING:
    from fieldkit.study.finding_text import Hit

Mark = tuple[str, str, int]
"""What tells a place from others: table, record and first code point."""

TICKED: Final = "✓"
UNTICKED: Final = "·"
_FOUND_STYLE: Final = "bold underline"
_INDENT: Final = "  "


class HitList(OptionList):
    """Two rows for each place: whether it is ticked, whose words they are and their codes; the words."""

    BINDINGS: ClassVar[list[BindingType]] = own_keys("hits", "enter")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # the name Textual gives it
        """Make it, empty."""
        super().__init__(id=id, compact=True)
        self._hits: Sequence[Hit] = ()
        self._ticked: Container[Mark] = ()
        self._width = 0

    @property
    def chosen(self) -> Hit | None:
        """The place under the cursor."""
        at = self.highlighted
        return self._hits[at] if at is not None and at < len(self._hits) else None

    def show(self, hits: Sequence[Hit], ticked: Container[Mark]) -> None:
        """Show places; the cursor stays as near as it can.

        Args:
            hits: the places.
            ticked: the marks of those that are ticked.
        """
        at = self.highlighted or 0
        self._hits, self._ticked, self._width = hits, ticked, self._room()
        self.set_options([Option(self._row(hit)) for hit in hits])
        self.highlighted = min(at, len(hits) - 1) if hits else None

    def tick_shown(self) -> None:
        """Show whether the place under the cursor is ticked now, and go on to the next."""
        at = self.highlighted
        if at is not None:
            self.replace_option_prompt_at_index(at, self._row(self._hits[at]))
            self.highlighted = min(at + 1, len(self._hits) - 1)

    def on_resize(self) -> None:
        """Use the width there is."""
        if self._width != self._room():
            self.show(self._hits, self._ticked)

    async def _on_key(self, event: events.Key) -> None:
        if not await taken_by_screen(self, event):
            await super()._on_key(event)

    def _room(self) -> int:
        return self.scrollable_content_region.width - len(_INDENT)

    def _row(self, hit: Hit) -> Content:
        sign = TICKED if mark_of(hit) in self._ticked else UNTICKED
        head = phrase(
            "[b]$sign[/] [b]$who[/]  [dim]$codes[/]",
            sign=sign,
            who=hit.about or hit.record,
            codes=", ".join(hit.codes),
        )
        before, after = around(hit, self._width)
        words = literal_line(hit.words).stylize(_FOUND_STYLE)
        line = Content(_INDENT) + literal_line(before) + words + literal_line(after)
        return head + Content("\n") + line


def mark_of(hit: Hit) -> Mark:
    """What tells a place from others."""
    return hit.table, hit.record, hit.start


def around(hit: Hit, width: int) -> tuple[str, str]:
    """What stands before and after the words, cut so that the words themselves are seen.

    Args:
        hit: the place.
        width: characters of the row.
    """
    room = max(0, width - len(hit.words))
    most = max(room // 2, room - len(hit.after))
    before = hit.before if len(hit.before) <= most else f"…{hit.before[len(hit.before) - most + 1 :]}"
    left = room - len(before)
    after = hit.after if len(hit.after) <= left else f"{hit.after[: max(0, left - 1)]}…"
    return before, after
