"""Putting choices in order: ties, and ranking none, are permitted."""

from __future__ import annotations

from typing import Any

from textual.content import Content

from fieldkit.protocol.items import Item, RankItem
from fieldkit.say import t
from fieldkit.tui.widgets.phrases import choice_labels, circle, hanging
from fieldkit.tui.widgets.value_form import SPOKEN, ValueForm


class RankForm(ValueForm):
    """Digits rank the choices one after the other; `=` lets the next one share the last place."""

    item: RankItem

    def __init__(self, item: Item, value: Any, language: str, disposition: str | None = None) -> None:
        super().__init__(item, value, language, disposition)
        self._tie = False
        self._prefix = ""

    def lines(self, width: int) -> list[Content]:
        """The choices with their places, and the keys that are not digits of choices."""
        labels = choice_labels(len(self.item.choices))
        places = rank_places(self.value or [])
        lines = []
        for label, choice in zip(labels, self.item.choices, strict=True):
            place = places.get(choice.id, "")
            style = "bold" if place else ""
            head = Content(f"  {label} [{place:>2}] ").stylize(style)
            lines += hanging(head, self.text_in(choice.text).stylize(style), width)
        lines.append(
            self.pointed(True, Content(f"- {circle(self.value == [])} {t('none')}   ") + self.spoken_line())
        )
        waiting = t(
            "the next digit shares the last place" if self._tie else "= ties, Backspace takes the last back"
        )
        lines.append(Content(f"  {waiting} {self._prefix}").stylize("dim"))
        return lines

    def take(self, key: str, character: str | None) -> bool:
        """Digits rank; `=` ties; `-` ranks none; Backspace takes the last one back."""
        if key == "backspace":
            self._back()
        elif character == "=":
            self._tie = bool(self.value) and not self._tie
        elif character == "-":
            self._tie, self._prefix = False, ""
            self.put_in_place([], None)
        elif character is not None and character in "0123456789":
            self._take_digit(character)
        else:
            return False
        return True

    def _take_digit(self, digit: str) -> None:
        labels = choice_labels(len(self.item.choices))
        if not self._prefix and digit in SPOKEN and digit not in labels:
            self.speak(digit)
            return
        typed = self._prefix + digit
        if typed in labels:
            self._prefix = ""
            self._rank(self.item.choices[labels.index(typed)].id)
        else:
            self._prefix = typed if any(label.startswith(typed) for label in labels) else ""

    def _rank(self, choice: str) -> None:
        places = [list(tied) for tied in self.value or []]
        if any(choice in tied for tied in places):
            self.remark = t("already ranked; Backspace takes the last one back")
            return
        if self._tie and places:
            places[-1].append(choice)
        else:
            places.append([choice])
        self._tie = False
        self.give(places)

    def _back(self) -> None:
        if self._tie or self._prefix:
            self._tie, self._prefix = False, ""
            return
        if not self.value:
            self.take_back()
            return
        places = [list(tied) for tied in self.value or []]
        if places:
            places[-1].pop()
        self.give([tied for tied in places if tied] or None)


def rank_places(value: list[list[str]]) -> dict[str, str]:
    """Choice id to its place: `1`, or `1=` where it is shared; after a tie places are left out."""
    places, place = {}, 1
    for tied in value:
        for choice in tied:
            places[choice] = f"{place}=" if len(tied) > 1 else str(place)
        place += len(tied)
    return places
