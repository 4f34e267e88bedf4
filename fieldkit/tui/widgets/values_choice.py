"""Choosing by digits: one of several, any of several, a point of a scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from textual.content import Content

from fieldkit.protocol.items import Item, MultipleItem, ScaleItem, SingleItem
from fieldkit.tui.literal import literal_line
from fieldkit.tui.widgets.phrases import choice_labels, circle, cut, hanging
from fieldkit.tui.widgets.value_form import SPOKEN, Line, ValueForm

OTHER: Final = "@other"
"""Stands for "other, namely" among the choices; no choice's id has this sign."""

_OTHER_WORDS: Final = {"en": "other, namely", "fr": "autre, soit"}
_GAP: Final = 3
_MOST_COLUMNS: Final = 3


class ChoiceForm(ValueForm):
    """Choices with the digits that choose them; arrows and space work too."""

    item: SingleItem | MultipleItem | ScaleItem

    def __init__(self, item: Item, value: Any, language: str, disposition: str | None = None) -> None:
        super().__init__(item, value, language, disposition)
        self._at = 0
        self._prefix = ""
        self._typing: Line | None = None

    @property
    def keys(self) -> list[Any]:
        """What can be chosen, in order: ids, or values of the scale's points."""
        if isinstance(self.item, ScaleItem):
            return [point.value for point in self.item.scale]
        return [choice.id for choice in self.item.choices] + ([OTHER] if self.item.other else [])

    @property
    def labels(self) -> list[str]:
        """The digits of each; a scale's points are chosen by their own values where these are digits."""
        keys = self.keys
        if isinstance(self.item, ScaleItem) and all(1 <= key <= 7 for key in keys):
            return [str(key) for key in keys]
        return choice_labels(len(keys))

    def lines(self, width: int) -> list[Content]:
        """The choices in columns, as many as fit, and don't know and not applicable below."""
        lines = in_columns([self._cell(index) for index in range(len(self.keys))], width)
        lines.append(Content("  ") + self.spoken_line())
        if self._prefix:
            lines.append(Content(f"  {self._prefix}_"))
        return lines

    def take(self, key: str, character: str | None) -> bool:
        """Digits choose, and take back; arrows move, Enter and space choose; Backspace takes all back."""
        if self._typing is not None:
            return self._take_other(key, character)
        if character is not None and character in "0123456789":
            self._take_digit(character)
        elif key in ("up", "left", "down", "right"):
            self._at = (self._at + (1 if key in ("down", "right") else -1)) % len(self.keys)
        elif key == "space" or (key == "enter" and not self.is_chosen(self.keys[self._at])):
            self._choose(self.keys[self._at])
        elif key == "enter":
            # Enter after a digit, out of habit, must not take the choice back.
            return True
        elif key in ("backspace", "delete"):
            self._prefix = ""
            self.take_back()
        else:
            return False
        return True

    def settle(self) -> None:
        """Give the words of "other" as far as they are typed."""
        if self._typing is not None:
            self.give(self._with_other(self._typing.text.strip()))

    def finish(self) -> str | None:
        """Give the words of "other"; typing them is over."""
        self.settle()
        self._typing = None
        return None

    def is_chosen(self, key: Any) -> bool:
        """Whether a choice is in the value."""
        if key == OTHER:
            return self._typing is not None or other_words(self.value) is not None
        return key in self.value if isinstance(self.value, list) else bool(key == self.value)

    def _take_digit(self, digit: str) -> None:
        if not self._prefix and digit in SPOKEN and digit not in self.labels:
            self.speak(digit)
            return
        typed = self._prefix + digit
        if typed in self.labels:
            self._prefix = ""
            self._at = self.labels.index(typed)
            self._choose(self.keys[self._at])
        else:
            begins = any(label.startswith(typed) for label in self.labels)
            self._prefix = typed if begins else ""

    def _choose(self, key: Any) -> None:
        if key == OTHER:
            if other_words(self.value) is None:
                self._typing = Line()
            else:
                self.give(self._with_other(""))
        elif isinstance(self.item, MultipleItem):
            self._choose_among(self.item, key)
        else:
            self.give(None if self.value == key else key)

    def _choose_among(self, item: MultipleItem, key: Any) -> None:
        chosen = list(self.value or [])
        alone = {choice.id for choice in item.choices if choice.exclusive}
        if key in chosen:
            self.give([entry for entry in chosen if entry != key] or None)
        elif key in alone and chosen:
            self.put_in_place([key], None)
        else:
            kept = [entry for entry in chosen if isinstance(entry, dict) or entry not in alone]
            self.give(self._in_order([*kept, key]))

    def _take_other(self, key: str, character: str | None) -> bool:
        if self._typing is None:
            return False
        if key in ("enter", "up", "down"):
            self.finish()
            return True
        return self._typing.take(key, character)

    def _with_other(self, words: str) -> Any:
        other = {"other": words} if words else None
        if not isinstance(self.item, MultipleItem):
            # Nothing typed yet leaves what was chosen before.
            return other if other or other_words(self.value) is not None else self.value
        kept = [entry for entry in self.value or [] if not isinstance(entry, dict)]
        if other:
            alone = {choice.id for choice in self.item.choices if choice.exclusive}
            kept = [entry for entry in kept if entry not in alone]
        return [*kept, *([other] if other else [])] or None

    def _in_order(self, chosen: Sequence[Any]) -> list[Any]:
        """As in the guide, whatever the order of the keys: the same answer is the same value."""
        known = [key for key in self.keys if key in chosen]
        return known + [entry for entry in chosen if entry not in known]

    def _cell(self, index: int) -> tuple[Content, Content]:
        chosen = self.is_chosen(self.keys[index])
        longest = len(self.labels[-1])
        sign = circle(chosen)
        if isinstance(self.item, MultipleItem):
            sign = "[x]" if chosen else "[ ]"
        style = "bold" if chosen else ""
        head = self.pointed(index == self._at, Content(f"{self.labels[index]:>{longest}} {sign} "))
        return head.stylize(style), self._words(index).stylize(style)

    def _words(self, index: int) -> Content:
        if isinstance(self.item, ScaleItem):
            return self.text_in(self.item.scale[index].text)
        if index < len(self.item.choices):
            return self.text_in(self.item.choices[index].text)
        words = _OTHER_WORDS.get(self.language, _OTHER_WORDS["en"])
        typed = self._typing.text + "_" if self._typing is not None else other_words(self.value)
        return literal_line(f"{words}: {typed}" if typed else words)


def other_words(value: Any) -> str | None:
    """The words of "other" in a value, or None."""
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            return str(entry.get("other", ""))
    return None


def in_columns(cells: Sequence[tuple[Content, Content]], width: int) -> list[Content]:
    """Set cells of head and words in as many columns as fit, read downwards; the longest decides."""
    joined = [head + words for head, words in cells]
    longest = max(cell.cell_length for cell in joined) + _GAP
    columns = max(1, min(_MOST_COLUMNS, (width + _GAP) // longest))
    if columns == 1:
        return [line for head, words in cells for line in hanging(head, words, width)]
    rows = -(-len(cells) // columns)
    return [Content("").join(cut(cell, longest) for cell in joined[row::rows]) for row in range(rows)]
