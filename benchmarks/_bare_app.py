"""The rival of the app: Textual with a list, a text area and a footer, and nothing behind them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Footer, OptionList, TextArea

ROWS = 40


class BareApp(App[None]):
    """A list, a text area and a footer."""

    BINDINGS: ClassVar[list[BindingType]] = [("ctrl+n", "bell", "Next"), ("ctrl+g", "bell", "Go to")]

    def compose(self) -> ComposeResult:
        """The three widgets; the text is read from the file named."""
        words = Path(sys.argv[1]).read_text(encoding="utf-8") if sys.argv[1:] else ""
        yield OptionList(*(f"READY {row}" for row in range(ROWS)), id="list")
        yield TextArea(words, id="words")
        yield Footer()

    def on_mount(self) -> None:
        """Let keys go to the end of the text."""
        area = self.query_one(TextArea)
        self.query_one(OptionList).styles.height = 6
        area.move_cursor(area.document.end)
        area.focus()


if __name__ == "__main__":
    BareApp().run()
