"""Values that are typed: a number, a percentage or range, a year, a date."""

from __future__ import annotations

import contextlib
from typing import Any, Final

from textual.content import Content

from fieldkit.protocol.items import Item
from fieldkit.protocol.values import BadValue, display_value, parse_value
from fieldkit.say import mark, t
from fieldkit.tui.literal import literal_line
from fieldkit.tui.widgets.phrases import cut
from fieldkit.tui.widgets.value_form import Line, ValueForm

_CHARACTERS: Final = "0123456789.,-\u2013~\u2248% "
_HINTS: Final = {
    "percent": mark("12, a range 10-15, or about ~12"),
    "number": mark("a number"),
    "year": mark("four digits"),
    "date": mark("2005-06-30, or a year"),
}


class EntryForm(ValueForm):
    """One line to type a value in. Enter gives it; so do moving on and a moment's rest."""

    def __init__(self, item: Item, value: Any, language: str, disposition: str | None = None) -> None:
        super().__init__(item, value, language, disposition)
        self._line = Line()
        self._typing = False

    def lines(self, width: int) -> list[Content]:
        """What is typed, or the value given, and how to write it."""
        unit = getattr(self.item, "unit", None)
        if self._typing:
            shown = literal_line(self._line.text) + Content("_")
        elif self.value is not None:
            shown = literal_line(display_value(self.item, self.value, self.language)).stylize("bold")
        else:
            shown = Content(t(self.disposition) if self.disposition else "____")
        if self.value is None or self._typing:
            # In a range or an estimate the sign may be typed as well.
            percent = self.item.type == "percent" and "%" not in self._line.text
            shown += Content(" %") if percent else Content("")
            shown += Content(" ") + self.text_in(unit) if unit is not None else Content("")
        hint = Content(f"   ({t(_HINTS[self.item.type])})").stylize("dim")
        return [cut(self.pointed(True, shown + hint), width)]

    def take(self, key: str, character: str | None) -> bool:
        """Digits and signs of numbers are typed; Enter gives; Backspace takes back."""
        if key == "enter":
            self._give_typed()
            return True
        if not self._typing:
            if key in ("backspace", "delete"):
                self.give(None)
                return True
            if character is None or character not in _CHARACTERS.strip():
                return False
            self._typing = True
            self._line = Line()
        if character is not None and character not in _CHARACTERS:
            return False
        return self._line.take(key, character)

    def settle(self) -> None:
        """Give what is typed where it reads as a value; it can still be added to."""
        if self._typing:
            with contextlib.suppress(BadValue):
                self.give(parse_value(self.item, self._line.text, self.language))

    def unreadable(self) -> str | None:
        """Why what is typed is no value."""
        typed = self._line.text.strip() if self._typing else ""
        try:
            if typed:
                parse_value(self.item, typed, self.language)
        except BadValue as fault:
            return str(fault)
        return None

    def typed(self) -> str | None:
        """What is typed where it is no value."""
        return self._line.text.strip() if self.unreadable() is not None else None

    def finish(self) -> str | None:
        """Give what is typed; what is no value is returned."""
        typed = self._line.text.strip() if self._typing else ""
        self._give_typed()
        unreadable = typed if self._typing else None
        self._typing = False
        return unreadable

    def _give_typed(self) -> None:
        typed = self._line.text.strip()
        try:
            if self._typing and typed:
                self.give(parse_value(self.item, typed, self.language))
        except BadValue as fault:
            self.remark = str(fault)
        else:
            self._typing = False
