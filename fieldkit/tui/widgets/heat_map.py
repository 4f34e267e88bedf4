"""Coverage at a glance: evaluation questions by respondent group, legible without colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from fieldkit.say import mark, t
from fieldkit.tui.literal import phrase
from fieldkit.tui.widgets.phrases import packed

if TYPE_CHECKING:
    from fieldkit.findings.coverage import CoverageCell

SHADES = ("", "on $primary 15%", "on $primary 30%", "on $primary 45%", "on $primary 60%")
"""Background by quarters of the persons interviewed who answered; the figures say the same."""


LEGEND = (mark("! gap"), mark("(n) if involved"), mark("f facts only"), mark("- not to be asked"))

LABEL = 5
"""Cells for the number of an evaluation question."""

TEXT_LEAST = 16
"""Cells for the text of an evaluation question, under which it is left out."""


class HeatMap(Widget):
    """Per evaluation question and group, how many of the persons interviewed answered.

    Above stands for each group how many were interviewed, of how many that are planned.

    `3/5` is three of five persons interviewed; `3/5 f` where only facts are asked; `(3)` where the
    group is asked only if involved; `-` where it is not asked; `!` marks a gap.
    """

    cells: reactive[Mapping[tuple[str, str], CoverageCell] | None] = reactive(None)

    questions: reactive[Mapping[str, str]] = reactive({})

    planned: reactive[Mapping[str, int]] = reactive({})

    def render(self) -> RenderResult:
        """Draw the table with its legend, or what is awaited."""
        if self.cells is None:
            return phrase("[dim]Reading the guides ...[/]")
        questions = list(dict.fromkeys(question for question, _ in self.cells))
        groups = list(dict.fromkeys(group for _, group in self.cells))
        width = max(6, min(8, (self.size.width - LABEL) // max(1, len(groups))))
        room = self.size.width - LABEL - width * len(groups) - 1
        heads = Content.assemble(" " * LABEL, *(_fit(group, width) for group in groups)).stylize("b")
        targets = (_fit(self._target(group, width - 1), width) for group in groups)
        reached = Content.assemble(phrase("[dim]$label[/]", label=t("seen").ljust(LABEL)), *targets)
        lines = [heads, reached, *(self._line(question, groups, width, room) for question in questions)]
        meant = [phrase("[dim]$words[/]", words=t(words)) for words in LEGEND]
        return Content("\n").join([*lines, *packed(meant, "   ", self.size.width)])

    def _target(self, group: str, width: int) -> str:
        """How many of a group were interviewed, of how many planned."""
        cells = self.cells or {}
        interviewed = next((cell.interviewed for (_, of), cell in cells.items() if of == group), 0)
        planned = self.planned.get(group, 0)
        if not planned:
            return str(interviewed)
        told = t("{n} of {all}").format(n=interviewed, all=planned)
        return told if len(told) <= width else f"{interviewed}/{planned}"

    def _line(self, question: str, groups: Sequence[str], width: int, room: int) -> Content:
        parts = [phrase("$question", question=question.ljust(LABEL))]
        for group in groups:
            cell = (self.cells or {})[question, group]
            parts.append(_fit(_figure(cell), width).stylize(_shade(cell)))
        if room >= TEXT_LEAST:
            text = phrase(" [dim]$text[/]", text=self.questions.get(question, ""))
            parts.append(text.truncate(room, ellipsis=True))
        return Content.assemble(*parts)


def _figure(cell: CoverageCell) -> str:
    if cell.mark == "no":
        return "-" if not cell.answered else f"+{cell.answered}"
    if cell.mark == "if_involved":
        return f"({cell.answered})"
    # A sign or none take the same room, so that the figures of a column stand under each other.
    sign = ("f" if cell.mark == "facts" else "") + ("!" if cell.gap else "")
    return f"{cell.answered}/{cell.interviewed} {sign:<1}"


def _shade(cell: CoverageCell) -> str:
    if cell.mark == "no" or not cell.interviewed:
        return "dim"
    return SHADES[min(4, -(-4 * cell.answered // cell.interviewed))]


def _fit(text: str, width: int) -> Content:
    return phrase("$text", text=text[: width - 1].center(width - 1) + " ")
