"""The keys of the Coding screen with which a passage is chosen, and what it carries is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from fieldkit.say import t
from fieldkit.study.in_vivo import NAME_MOST
from fieldkit.tui.screens.coding_work import CodingWork
from fieldkit.tui.widgets.code_picker import Choice, CodePicker, Purpose
from fieldkit.tui.widgets.coding_line import CodingLine
from fieldkit.tui.widgets.coding_passages import CodingList
from fieldkit.tui.widgets.coding_units import Grain, Side, Span, beside, extended, widened

if TYPE_CHECKING:
    from fieldkit.records.codings import Coding


class PassageKeys(CodingWork):
    """Choosing passages.

    Attributes:
        memoed: the coding whose memo is being typed.
    """

    memoed: Coding | None = None

    @property
    def part(self) -> str:
        """Id of the widget that has the keys."""
        return (self.focused.id or "") if self.focused is not None else ""

    def action_select(self, grain: Grain, direction: int) -> None:
        """Choose the next sentence or paragraph."""
        self.choose(beside(self.text, grain, self.passage, direction) or self.passage)

    def action_extend(self, grain: Grain | Literal["character"], direction: int) -> None:
        """Move one end of the passage."""
        if self.passage is None:
            self.action_select("word" if grain == "character" else grain, direction)
        else:
            self.choose(extended(self.text, self.passage, self.side, grain, direction))

    def action_widen(self) -> None:
        """Choose what is around: word, sentence, paragraph, everything."""
        self.narrower.append(self.passage)
        self.choose(widened(self.text, self.passage), keep=True)

    def action_narrow(self) -> None:
        """Choose what was chosen before it was widened."""
        if self.narrower:
            self.choose(self.narrower.pop(), keep=True)

    def action_move_side(self, side: Side) -> None:
        """Say which end of the passage moves."""
        self.side = side
        self.show_passage()

    def action_in_vivo(self) -> None:
        """Make a code of the words chosen."""
        if self.passage is None:
            self.say(t("Choose the words first: a code is made of them"))
            return
        words = " ".join(self.text[slice(*self.passage)].split())[:NAME_MOST]
        self.query_one(CodingLine).begin("in_vivo", t("New code"), words)

    def action_memo(self) -> None:
        """Write the memo of the coding that the passage carries, or that the cursor is on."""
        coding = self._one_coding(t("{n} codings here: choose one, then its memo"))
        if coding is not None:
            self.memoed = coding
            self.query_one(CodingLine).begin("memo", t("Memo"), coding.memo or "")

    def action_remove(self) -> None:
        """Take the coding away that the passage carries, or that the cursor is on."""
        coding = self._one_coding(t("{n} codings here: choose one, Delete"))
        if coding is not None:
            self.write(lambda: self.take_off(coding))

    def choose(self, passage: Span | None, *, keep: bool = False) -> None:
        """Choose a passage.

        Args:
            passage: the passage; None is the whole response.
            keep: whether what was chosen before widening is still known.
        """
        if not keep:
            self.narrower.clear()
        if passage != self.passage:
            self.passage = passage
            self.show_passage()

    def go_to(self, part: str) -> None:
        """Give the keys to another widget, by its id."""
        self.set_focus(self.query_one(f"#{part}"))

    def open_picker(
        self,
        purpose: Purpose,
        find: Callable[[str], Sequence[Choice]],
        *,
        typed: str = "",
        ticked: Sequence[str] = (),
    ) -> None:
        """Begin to choose codes or evaluation questions; the arguments are those of the picker."""
        self.query_one(CodePicker).open(purpose, find, typed=typed, ticked=ticked)
        self.add_class("-picking")
        # It takes rows from the words: the passage must stay in view.
        self.call_after_refresh(self.show_passage)

    def codings_meant(self) -> list[Coding]:
        """The codings that a key is about."""
        if self.part != "codings":
            return self.aimed_at()
        chosen = self.query_one(CodingList).chosen
        return [chosen[1]] if chosen is not None else []

    def _one_coding(self, several: str) -> Coding | None:
        """The coding that a key is about; where it is none or several, that is said.

        Args:
            several: what to say of several, with `{n}` for how many.
        """
        codings = self.codings_meant()
        if len(codings) == 1:
            return codings[0]
        if codings:
            self.query_one(CodingList).point_at(codings[0].id)
            self.go_to("codings")
            self.say(several.format(n=len(codings)))
        else:
            self.say(t("No coding of yours on exactly this passage: Tab to the codings, choose one"))
        return None
