"""The widget in which an item's value is given."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from fieldkit.tui.widgets.keys import paste_into_screen, taken_by_screen
from fieldkit.tui.widgets.value_form import ValueForm


class ValueStrip(Widget, can_focus=True):
    """Shows the form of one item after the other; hidden for items without a value.

    Attributes:
        form: the form shown, or None.
        read_only: whether nothing can be given.
    """

    def __init__(self, *, read_only: bool = False) -> None:
        """Make the widget, hidden."""
        super().__init__(id="strip")
        self.form: ValueForm | None = None
        self.read_only = read_only
        self.display = False

    def show(self, form: ValueForm | None) -> None:
        """Show another form, or none."""
        self.form = form
        self.display = form is not None
        self.refresh(layout=True)

    def render(self) -> Content:
        """All lines of the form."""
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Rows that all lines take."""
        return len(self._lines(width))

    def take_key(self, event: events.Key) -> bool:
        """Apply a key here and now; whether it was one for the form."""
        if self.form is None or self.read_only:
            return False
        self.form.remark = None
        taken = self.form.take(event.key, event.character)
        if taken:
            self.refresh(layout=True)
        return taken

    async def _on_key(self, event: events.Key) -> None:
        if not await taken_by_screen(self, event) and self.take_key(event):
            event.stop()

    def _on_paste(self, event: events.Paste) -> None:
        paste_into_screen(self, event)

    def _on_blur(self, event: events.Blur) -> None:
        self.refresh()

    def _on_focus(self, event: events.Focus) -> None:
        self.refresh()

    def _lines(self, width: int) -> list[Content]:
        if self.form is None:
            return []
        self.form.focused = self.has_focus
        return self.form.lines(width)
