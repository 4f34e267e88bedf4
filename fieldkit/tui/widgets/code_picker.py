"""Choosing codes or evaluation questions by a few typed letters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from textual.content import Content
from textual.widgets import Static

from fieldkit.say import mark, t
from fieldkit.study.codebook import search_codes
from fieldkit.study.study import Study
from fieldkit.text import fold
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.widgets.value_form import Line

Purpose = Literal["codes", "questions", "filter", "code_filter"]
Outcome = Literal["taken", "chosen", "cancelled"]

SHOWN: Final = 7
"""Choices that are seen at once."""

CODES: Final = ("codes", "code_filter")
"""Purposes for which codes are chosen; for the others evaluation questions are."""

_ASKED: Final = {
    "codes": mark("Code"),
    "questions": mark("Speaks to"),
    "filter": mark("Only what speaks to"),
    "code_filter": mark("Only what has"),
}
_HINTS: Final = {
    "codes": mark("Enter gives it, Tab takes several"),
    "questions": mark("Enter takes it in or out, Tab goes on"),
    "filter": mark("Enter; Esc shows all again"),
    "code_filter": mark("Enter; Esc shows all again"),
}


@dataclass(frozen=True)
class Choice:
    """Something to choose.

    Attributes:
        id: id of the code or evaluation question.
        name: what it is called.
        detail: what it means, one line.
    """

    id: str
    name: str
    detail: str = ""


class CodePicker(Static):
    """The line being typed and what it finds; its screen gives it keys.

    Attributes:
        purpose: what is being chosen; None while nothing is.
        ticked: ids taken so far, in order.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # the name Textual gives it
        """Make it, put away."""
        super().__init__(id=id)
        self.purpose: Purpose | None = None
        self.ticked: list[str] = []
        self._find: Callable[[str], Sequence[Choice]] = lambda query: ()
        self._line = Line()
        self._at = 0
        self._moved = False
        self.display = False

    @property
    def found(self) -> list[Choice]:
        """What the letters find, the likeliest first."""
        return list(self._find(self._line.text))

    def open(
        self,
        purpose: Purpose,
        find: Callable[[str], Sequence[Choice]],
        *,
        typed: str = "",
        ticked: Sequence[str] = (),
    ) -> None:
        """Begin to choose.

        Args:
            purpose: what.
            find: finds choices for letters; all of them for none.
            typed: the first letter, where one was typed already.
            ticked: what is chosen to begin with.
        """
        self.purpose, self._find, self._line = purpose, find, Line(typed)
        self.ticked, self._at, self._moved = list(ticked), 0, False
        self.display = True
        self._redraw()

    def close(self) -> None:
        """Put it away."""
        self.purpose = None
        self.display = False

    def take(self, key: str, character: str | None) -> Outcome:
        """Apply a key; once it says `chosen`, `ticked` holds what was chosen."""
        if key == "escape":
            return "cancelled"
        found = self.found
        under = found[min(self._at, len(found) - 1)].id if found else None
        if key == "enter":
            return self._settle(under)
        if key == "tab" and under is not None:
            self._toggle(under)
            self._line, self._at, self._moved = Line(), 0, False
        elif key in ("up", "down"):
            self._at = max(0, min(len(found) - 1, self._at + (1 if key == "down" else -1)))
            self._moved = True
        elif self._line.take(key, character):
            self._at, self._moved = 0, False
        self._redraw()
        return "taken"

    def paste(self, text: str) -> None:
        """Add what was pasted to the line."""
        self._line.text += " ".join(text.split())
        self._at = 0
        self._redraw()

    def _settle(self, under: str | None) -> Outcome:
        # With nothing typed and nothing pointed at, Enter means what is ticked, if anything is.
        pointed = bool(self._line.text.strip()) or self._moved
        if pointed and under is None:
            return "taken"
        if under is not None and (pointed or (not self.ticked and self.purpose != "questions")):
            if self.purpose == "codes":
                self.ticked = [*self.ticked, *([] if under in self.ticked else [under])]
            elif self.purpose in ("filter", "code_filter"):
                self.ticked = [under]
            else:
                self._toggle(under)
        return "chosen"

    def _toggle(self, chosen: str) -> None:
        if chosen in self.ticked:
            self.ticked.remove(chosen)
        else:
            self.ticked.append(chosen)

    def _redraw(self) -> None:
        if self.purpose is None:
            return
        found = self.found
        first = max(0, min(self._at - 2, len(found) - SHOWN))
        lines = [
            phrase("[b]$asked:[/] ", asked=t(_ASKED[self.purpose]))
            + literal_line(self._line.text)
            + phrase("[b]_[/]  [dim]$hint[/]", hint=t(_HINTS[self.purpose]))
        ]
        for at, choice in enumerate(found[first : first + SHOWN], start=first):
            sign = "›" if at == self._at else " "
            tick = "✓" if choice.id in self.ticked else " "
            template = (
                "$sign$tick $name  [dim]$id[/]" if self.purpose in CODES else "$sign$tick [b]$id[/]  $name"
            )
            line = phrase(template, sign=sign, tick=tick, name=choice.name, id=choice.id)
            lines.append(line.stylize("bold") if at == self._at else line)
        if found:
            lines.append(phrase("[dim]  $detail[/]", detail=found[self._at].detail))
        else:
            none = (
                phrase("  No code has these letters")
                if self.purpose in CODES
                else phrase("  No evaluation question has these letters")
            )
            lines.append(none)
        self.update(Content("\n").join(lines))


def code_choices(study: Study, language: str) -> Callable[[str], list[Choice]]:
    """How codes are found: by what names, ids and aliases begin with or contain, and by initials."""

    def find(query: str) -> list[Choice]:
        return [
            Choice(code.id, code.name.get(language), code.definition.get(language))
            for code in search_codes(study, query, limit=60)
        ]

    return find


def question_choices(study: Study, language: str, first: Sequence[str]) -> Callable[[str], list[Choice]]:
    """How evaluation questions are found: by the beginning of the number, then by words.

    Args:
        study: the study.
        language: language of the texts.
        first: ids to offer first.
    """
    framework = study.framework
    every = []
    for question_id in sorted(study.framework.question_ids, key=lambda each: each not in first):
        question = framework.question(question_id)
        proposition = question.proposition.get(language) if question.proposition is not None else ""
        every.append(Choice(question_id, question.text.get(language), proposition))

    def find(query: str) -> list[Choice]:
        wanted = fold(query.strip())
        begin = [choice for choice in every if choice.id.startswith(wanted)]
        return begin or [choice for choice in every if wanted in fold(choice.name)]

    return find
