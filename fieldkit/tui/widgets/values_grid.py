"""A grid: the same small question for each row."""

from __future__ import annotations

from typing import Any, Final

from textual.content import Content

from fieldkit.protocol.items import (
    GridItem,
    Item,
    NumberItem,
    PercentItem,
    ScaleItem,
    SingleItem,
)
from fieldkit.protocol.values import BadValue, display_value, parse_value
from fieldkit.say import t
from fieldkit.tui.literal import literal_line
from fieldkit.tui.widgets.phrases import choice_labels, cut, packed
from fieldkit.tui.widgets.value_form import SPOKEN, Line, ValueForm

_TYPED: Final = "0123456789.,-\u2013~\u2248%"
_EMPTY: Final = "\u2013"
_TYPED_WIDTH: Final = 10


class GridForm(ValueForm):
    """Rows with their values. A digit answers a row and goes on to the next; arrows move and choose.

    Percentages and numbers are typed, and given by Enter or by moving to another row.
    """

    item: GridItem

    def __init__(self, item: Item, value: Any, language: str, disposition: str | None = None) -> None:
        super().__init__(item, value, language, disposition)
        self._cell = cell_item(self.item)
        given = self.value or {}
        self._at = next((at for at, row in enumerate(self.item.rows) if row.id not in given), 0)
        self._prefix = ""
        self._line = Line()

    @property
    def keys(self) -> list[Any]:
        """What a row's digits choose from; empty where values are typed."""
        if isinstance(self._cell, ScaleItem):
            return [point.value for point in self._cell.scale]
        return [choice.id for choice in self._cell.choices] if isinstance(self._cell, SingleItem) else []

    @property
    def labels(self) -> list[str]:
        """The digits of each."""
        if isinstance(self._cell, ScaleItem) and all(1 <= key <= 7 for key in self.keys):
            return [str(key) for key in self.keys]
        return choice_labels(len(self.keys))

    def lines(self, width: int) -> list[Content]:
        """The meaning of the digits, then the rows; the row being asked is read out, and shown in full."""
        names = [self.text_in(row.text) for row in self.item.rows]
        words = [literal_line(display_value(self._cell, key, self.language)) for key in self.keys]
        room = min(width // 2, max((word.cell_length for word in words), default=_TYPED_WIDTH) + 4)
        longest = min(max(name.cell_length for name in names), width - room)
        lines = [Content("  ") + row for row in packed(self._legend(), " \u00b7 ", width - 2)]
        for at, name in enumerate(names):
            first, *rest = name.wrap(longest) if at == self._at else [name]
            shown = cut(first, longest) + Content("  ") + self._shown(at)
            lines.append(cut(self.pointed(at == self._at, shown), width))
            lines += [Content("  ") + row for row in rest]
        return lines

    def take(self, key: str, character: str | None) -> bool:
        """Digits answer the row; arrows choose and move, Enter moves; Backspace empties it."""
        if key in ("up", "down", "enter"):
            self._move(-1 if key == "up" else 1, beyond=key == "enter")
        elif key in ("left", "right") and self.keys:
            self._choose(-1 if key == "left" else 1)
        elif key in ("backspace", "delete") and not self._line.text:
            self._prefix = ""
            self._set(None)
        elif key == "backspace":
            self._line.take(key, character)
        elif character is None:
            return False
        elif self.keys:
            if character not in "0123456789":
                return False
            self._take_digit(character)
        elif character in _TYPED:
            self._line.take(key, character)
        else:
            return False
        return True

    def settle(self) -> None:
        """Give what is typed in the row where it reads as a value."""
        if self._line.text:
            self._set_typed()

    def unreadable(self) -> str | None:
        """Why what is typed in the row is no value."""
        try:
            if self._line.text:
                parse_value(self._cell, self._line.text, self.language)
        except BadValue as fault:
            return str(fault)
        return None

    def typed(self) -> str | None:
        """What is typed in the row where it is no value, with its row."""
        row = self.item.rows[self._at].text.get(self.language)
        return f"{row}: {self._line.text}" if self.unreadable() is not None else None

    def finish(self) -> str | None:
        """Give what is typed in the row; what is no value is returned, with its row."""
        typed = self.typed()
        if self._line.text:
            self._set_typed(tell=True)
        self._line = Line()
        return typed

    def _take_digit(self, digit: str) -> None:
        if not self._prefix and digit in SPOKEN and digit not in self.labels:
            if self.value:
                self.remark = t("8 and 9 speak for the whole item: empty its rows first (Backspace)")
            else:
                self.speak(digit)
            return
        typed = self._prefix + digit
        if typed in self.labels:
            self._prefix = ""
            self._set(self.keys[self.labels.index(typed)])
            self._move(1, beyond=False)
        else:
            self._prefix = typed if any(label.startswith(typed) for label in self.labels) else ""

    def _choose(self, by: int) -> None:
        """Choose the neighbour of what the row has; the first or the last where it has nothing."""
        self._prefix = ""
        given = (self.value or {}).get(self.item.rows[self._at].id)
        last = len(self.keys) - 1
        if given in self.keys:
            self._set(self.keys[max(0, min(last, self.keys.index(given) + by))])
        else:
            self._set(self.keys[0 if by > 0 else last])

    def _move(self, by: int, *, beyond: bool) -> None:
        if self._line.text:
            if not self._set_typed(tell=True):
                return
            self._line = Line()
        last = len(self.item.rows) - 1
        self._at = (self._at + by) % (last + 1) if beyond else max(0, min(last, self._at + by))

    def _set_typed(self, *, tell: bool = False) -> bool:
        try:
            self._set(parse_value(self._cell, self._line.text, self.language))
        except BadValue as fault:
            if tell:
                self.remark = str(fault)
            return False
        return True

    def _set(self, cell: Any) -> None:
        row = self.item.rows[self._at].id
        rest = {name: value for name, value in (self.value or {}).items() if name != row}
        if cell is not None:
            rest[row] = cell
        ordered = {row.id: rest[row.id] for row in self.item.rows if row.id in rest}
        self.give(ordered or None)

    def _legend(self) -> list[Content]:
        if not self.keys:
            words = t(
                "12, a range 10-15, or about ~12; Enter goes to the next row"
                if self.item.cell == "percent"
                else "a number; Enter goes to the next row"
            )
            return [Content(words).stylize("dim")]
        meant = []
        for label, key in zip(self.labels, self.keys, strict=True):
            words = display_value(self._cell, key, self.language)
            meant.append(literal_line(words if words.startswith(f"{label} ") else f"{label} {words}"))
        if not self.value:
            meant += [Content(f"{digit} {t(said)}") for digit, said in SPOKEN.items()]
        said = [Content(f"({t(self.disposition)})").stylize("bold")] if self.disposition else []
        return [*(words.stylize("dim") for words in meant), *said]

    def _shown(self, at: int) -> Content:
        if at == self._at and (self._line.text or self._prefix):
            return literal_line(self._line.text or self._prefix) + Content("_")
        cell = (self.value or {}).get(self.item.rows[at].id)
        if cell is None:
            return Content(_EMPTY)
        return literal_line(display_value(self._cell, cell, self.language)).stylize("bold")


def cell_item(grid: GridItem) -> Item:
    """What one row of a grid asks, as an item of its own."""
    name, text = grid.id, grid.text
    if grid.cell == "scale":
        return ScaleItem(id=name, text=text, type="scale", scale=grid.scale)
    if grid.cell == "single":
        return SingleItem(id=name, text=text, type="single", choices=grid.choices)
    if grid.cell == "percent":
        return PercentItem(id=name, text=text, type="percent", answered_for=grid.answered_for)
    least, most = grid.minimum, grid.maximum
    return NumberItem(id=name, text=text, type="number", minimum=least, maximum=most, unit=grid.unit)
