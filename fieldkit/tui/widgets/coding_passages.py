"""The codings of the response being read, beside its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from fieldkit.study.study import Study
from fieldkit.tui.literal import literal_line
from fieldkit.tui.widgets.coding_bench import code_names
from fieldkit.tui.widgets.coding_marks import Passage
from fieldkit.tui.widgets.keys import taken_by_screen

if TYPE_CHECKING:
    from fieldkit.records.codings import Coding

WHOLE_SIGN = "≡"
LOST_SIGN = "!"
MEMO_SIGN = "*"


class CodingList(OptionList):
    """One row for each coding: the number of its passage, whose it is, what it speaks to, the code.

    `≡` stands for the whole response, `!` for words that are not in the text any more; a coding
    without initials is the author's own. `*` before the code says that it has a memo.
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # the name Textual gives it
        """Make it, empty."""
        super().__init__(id=id, compact=True)
        self._codings: list[tuple[Passage, Coding]] = []

    @property
    def chosen(self) -> tuple[Passage, Coding] | None:
        """The coding under the cursor and its passage."""
        at = self.highlighted
        return self._codings[at] if at is not None and at < len(self._codings) else None

    def show(self, study: Study, passages: Sequence[Passage], language: str) -> None:
        """Show the codings of passages; the cursor stays as near as it can."""
        at = self.highlighted or 0
        self._codings = [(passage, coding) for passage in passages for coding in passage.codings]
        names = code_names(study, [coding.code for _, coding in self._codings], language)
        memoed = [f"{MEMO_SIGN} " if coding.memo else "" for _, coding in self._codings]
        signs = [_sign(passage, coding, study.author) for passage, coding in self._codings]
        spoken = [" ".join(coding.evaluation_questions) for _, coding in self._codings]
        # Names are long: what stands before them is as wide as these codings need, and no wider.
        first, second = (max(map(len, column), default=0) for column in (map("".join, signs), spoken))
        self.set_options(
            [
                Option(_row(sign, whose.ljust(first - len(sign)), questions.ljust(second), memo + name))
                for (sign, whose), questions, memo, name in zip(signs, spoken, memoed, names, strict=True)
            ]
        )
        self.highlighted = min(at, len(self._codings) - 1) if self._codings else None

    def point_at(self, coding_id: str) -> None:
        """Put the cursor on a coding."""
        for at, (_, coding) in enumerate(self._codings):
            if coding.id == coding_id:
                self.highlighted = at

    async def _on_key(self, event: events.Key) -> None:
        if not await taken_by_screen(self, event):
            await super()._on_key(event)


def _sign(passage: Passage, coding: Coding, author: str | None) -> tuple[str, str]:
    """The sign of a coding's passage, and whose it is where it is another's."""
    sign = {"words": passage.sign, "whole": WHOLE_SIGN, "lost": LOST_SIGN}[passage.place]
    return sign, (coding.coder or "?") if coding.coder != author else ""


def _row(sign: str, whose: str, questions: str, name: str) -> Content:
    # A long document has hundreds: a template would be parsed anew for each.
    before = literal_line(f"{whose} {questions} ").stylize("dim")
    return literal_line(sign).stylize("bold") + before + literal_line(name)
