"""Choosing what the tables of Findings are kept to: a list over the table, each line a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fieldkit.findings.narrowing import LAYERS, Layer, Narrowing
from fieldkit.say import t
from fieldkit.tui.literal import phrase
from fieldkit.tui.narrowing_told import LAYER_NAMES, attribute_name


@dataclass(frozen=True)
class Band:
    """A value of an attribute that tables can be kept to.

    Attributes:
        by: the attribute.
        heading: id of the value's heading.
        label: its name.
        persons: how many persons have it.
    """

    by: str
    heading: str
    label: str
    persons: int


class NarrowScreen(ModalScreen[Narrowing | None]):
    """Its result is what was chosen, or None where it was put away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "choose", "Choose", key_display="Space"),
        Binding("a", "everything", "All again"),
        Binding("escape", "done", "Done", key_display="Esc"),
    ]

    def __init__(self, bands: Sequence[Band], narrowing: Narrowing) -> None:
        """Make the list.

        Args:
            bands: the values, those of one attribute together.
            narrowing: what is kept now.
        """
        super().__init__()
        self._lines: list[Band | Layer] = [*bands, *LAYERS]
        self._narrowing = narrowing

    def compose(self) -> ComposeResult:
        """What it is for, the values, the keys."""
        with Vertical(id="narrow"):
            yield Static(phrase("[b]Keep the tables to[/]"))
            yield OptionList(id="narrow-list", compact=True)
            yield Static(phrase("[dim]Enter: choose or not   a: all again   Esc: done[/]"))

    def on_mount(self) -> None:
        """List the values."""
        self._show(0)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click: keep it, or keep it no longer."""
        event.stop()
        self.action_choose()

    def action_choose(self) -> None:
        """Keep the value under the cursor, or keep it no longer."""
        at = self.query_one(OptionList).highlighted
        if at is None:
            return
        line = self._lines[at]
        if isinstance(line, Band):
            self._narrowing = self._narrowing.toggled(line.by, line.heading)
        else:
            self._narrowing = self._narrowing.with_layer(line)
        self._show(at)

    def action_everything(self) -> None:
        """Leave nothing out."""
        self._narrowing = Narrowing()
        self._show(self.query_one(OptionList).highlighted or 0)

    def action_done(self) -> None:
        """Take what is chosen."""
        self.dismiss(self._narrowing)

    def _show(self, at: int) -> None:
        listing = self.query_one(OptionList)
        listing.set_options([Option(self._drawn(line)) for line in self._lines])
        listing.highlighted = at
        listing.focus()

    def _drawn(self, line: Band | Layer) -> Content:
        if isinstance(line, Band):
            kept = line.heading in self._narrowing.bands.get(line.by, ())
            about, label, count = attribute_name(line.by), line.label, str(line.persons)
        else:
            kept = self._narrowing.layer == line
            about, label, count = t("coding"), t(LAYER_NAMES[line]), ""
        sign = "☑" if kept else "☐"
        return phrase(
            "$sign [dim]$about[/] $label  [dim]$count[/]", sign=sign, about=about, label=label, count=count
        )
