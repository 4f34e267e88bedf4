"""What all ways of giving a value share: digits choose, text falls through to the notes."""

from __future__ import annotations

import unicodedata
from typing import Any, Final

from textual.content import Content

from fieldkit.protocol.items import Item
from fieldkit.protocol.values import display_value, soft_warnings
from fieldkit.say import t
from fieldkit.tui.literal import literal_line
from fieldkit.tui.widgets.phrases import circle

DONT_KNOW: Final = "8"
NOT_APPLICABLE: Final = "9"
SPOKEN: Final = {DONT_KNOW: "don't know", NOT_APPLICABLE: "not applicable"}
"""Digits that mean a disposition in every widget whose digits choose."""

POINTER: Final = "\u203a"
"""What stands before the line that the arrow keys are at, while the widget has the focus."""


class Line:
    """A line being typed: characters are added at its end and taken back from there."""

    def __init__(self, text: str = "") -> None:
        self.text = text

    def take(self, key: str, character: str | None) -> bool:
        """Apply a key; whether it was one for a line."""
        if key == "backspace":
            self.text = self.text[:-1]
        elif key == "ctrl+u":
            self.text = ""
        elif character is not None and unicodedata.category(character[0]) not in ("Cc", "Cs"):
            self.text = unicodedata.normalize("NFC", self.text + character)
        else:
            return False
        return True


class ValueForm:
    """The value of one item, given by keys.

    A subclass draws it in `lines` and takes keys in `take`. It is no widget, so that the one widget
    that shows it receives all keys, in their order, while items come and go. What it holds is read
    from it after each key.

    Attributes:
        item: the item asked.
        value: its value as it is stored, or None.
        disposition: what was said in place of a value, or None.
        language: language of the choices.
        aside: the value that a disposition, or "none", took the place of; Backspace gives it back.
        remark: what is to be told about the last key, one line, or None.
        focused: whether keys come here, so that the pointer is drawn.
    """

    def __init__(self, item: Item, value: Any, language: str, disposition: str | None = None) -> None:
        """Make the form of an item.

        Args:
            item: the item asked.
            value: its value so far, or None.
            language: language of the choices.
            disposition: its disposition so far, or None.
        """
        self.item = item
        self.value = value
        self.language = language
        self.disposition = disposition
        self.remark: str | None = None
        self.focused = False
        self.aside: Any = None

    def lines(self, width: int) -> list[Content]:
        """What is drawn in a width of so many cells, a line each."""
        raise NotImplementedError

    def take(self, key: str, character: str | None) -> bool:
        """Apply a key.

        Returns:
            Whether it was one for this widget.
        """
        raise NotImplementedError

    def settle(self) -> None:
        """Give what was typed so far where it reads as a value."""

    def unreadable(self) -> str | None:
        """Why what is being typed is no value, one line; None where it is one, or nothing is typed."""
        return None

    def typed(self) -> str | None:
        """What is being typed and is no value yet, as it would be kept elsewhere; or None."""
        return None

    def finish(self) -> str | None:
        """Give what was typed; the item is being left, so nothing can be added.

        Returns:
            What was typed and is no value, so that it can be kept elsewhere; or None.
        """
        self.settle()
        return None

    def give(self, value: Any) -> None:
        """Take over a value, and remark on what is odd about it."""
        self.value = value
        self.disposition = self.aside = None
        self.remark = next(iter(soft_warnings(self.item, value)), None)

    def speak(self, digit: str) -> None:
        """Take `8` or `9`: don't know, not applicable; a second time takes it back.

        A value that was given is put aside, and comes back with that, or with Backspace.
        """
        said = SPOKEN[digit]
        if self.disposition == said:
            self.take_back()
            return
        self.put_in_place(None, said)

    def put_in_place(self, value: Any, disposition: str | None) -> None:
        """Take over what wipes out the value there is at one key; that one is put aside."""
        before, older = self.value, self.aside
        self.give(value)
        self.disposition = disposition
        self.aside = older if before in (None, []) else before
        if before not in (None, []):
            self.remark = put_aside(self.item, before, self.language, t("Backspace"))

    def take_back(self) -> None:
        """Take back what was said last; a value that it put aside is there again."""
        self.give(self.aside)

    def spoken_line(self) -> Content:
        """The line of the two digits that mean a disposition."""
        words = [f"{digit} {circle(self.disposition == said)} {t(said)}" for digit, said in SPOKEN.items()]
        return Content("   ".join(words))

    def pointed(self, here: bool, content: Content) -> Content:
        """A line with the pointer before it where the arrow keys are."""
        return Content(f"{POINTER if here and self.focused else ' '} ") + content

    def text_in(self, text: Any) -> Content:
        """A text of the guide in the item's language, safe to draw."""
        return literal_line(text.get(self.language))


def put_aside(item: Item, value: Any, language: str, key: str) -> str:
    """What is told of a value that something else takes the place of, and of the key that brings it back."""
    shown = display_value(item, value, language)
    return t("Put aside, {key} brings it back: {value}").format(key=key, value=shown)
