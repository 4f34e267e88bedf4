"""The chart cell of a person and an evaluation question, filled by keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from fieldkit.say import t
from fieldkit.study.chart import chart_cell
from fieldkit.study.chart_passages import Passages
from fieldkit.study.chart_stale import is_stale
from fieldkit.study.study import Study
from fieldkit.text import shortened
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.widgets.coding_bench import in_rows
from fieldkit.tui.widgets.keys import paste_into_screen, taken_by_screen

if TYPE_CHECKING:
    from fieldkit.records.codings import ChartCell

KEPT: Final = 4
"""Rows above the pane that the codings keep in Coding: their heading and three of them."""

Choices = tuple[tuple[str, str, str], ...]
"""Key, id and name of each choice."""


@dataclass(frozen=True)
class CellView:
    """What the chart pane shows.

    Attributes:
        respondent: id of the person.
        code: her code.
        interview: the interview that is being read.
        persons: how many persons of the response she can be exchanged for, herself included.
        question: id of the evaluation question or part.
        proposition: what positions refer to.
        cell: the coder's own cell, or None while it is empty.
        others: another coder's cell, where there is one.
        stale: whether the passages have changed since the coder's own cell was charted.
        positions: key, id and name of each position.
        bases: key, id and name of each basis.
    """

    respondent: str
    code: str
    interview: str
    persons: int
    question: str
    proposition: str
    cell: ChartCell | None
    others: ChartCell | None
    stale: bool
    positions: Choices
    bases: Choices

    @property
    def settled(self) -> bool:
        """Whether position and basis are chosen, so that every letter is the summary's."""
        return self.cell is not None and None not in (self.cell.position, self.cell.basis)

    def told(self, position: str | None, basis: str | None) -> str:
        """A position and a basis by their names; an id that the framework has no more as it is."""
        parts = []
        for chosen, choices in ((position, self.positions), (basis, self.bases)):
            names = {each: name for _, each, name in choices}
            parts += [names.get(chosen, chosen)] if chosen else []
        return ", ".join(parts) or t("no position")

    def meaning(self, key: str) -> dict[str, str | None]:
        """What a key says of the cell: a position, or a basis while the cell is not settled.

        0 takes both back; empty for keys that say nothing of them.
        """
        if key == "0":
            return {"position": None, "basis": None}
        # A sentence that begins with the letter of a basis must not change the basis given.
        bases = () if self.settled else self.bases
        for field, choices in (("position", self.positions), ("basis", bases)):
            for choice_key, chosen, _ in choices:
                if key == choice_key != "":
                    return {field: chosen}
        return {}


class ChartPane(Widget, can_focus=True):
    """One cell of the chart: its proposition, positions on digits, bases on letters, the summary.

    Attributes:
        view: the cell, or None while there is none to fill.
        brief: whether only what is chosen is shown, because there is no room for what is not.
    """

    view: reactive[CellView | None] = reactive(None, layout=True)
    brief: reactive[bool] = reactive(False, layout=True)

    def __init__(self, *, id: str | None = None, kept: int = KEPT) -> None:  # noqa: A002  # Textual's name
        """Make it, empty.

        Args:
            id: its id.
            kept: rows of its container that it leaves to others.
        """
        super().__init__(id=id)
        self._kept = kept
        self._room = 18

    def render(self) -> RenderResult:
        """Draw the cell."""
        return self._drawn(self.size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The rows that are drawn, no more than there are beside the codings."""
        self._room = max(1, container.height - self._kept - self.gutter.height)
        return min(self._drawn(width).get_height({}, width), self._room)

    def _drawn(self, width: int) -> Content:
        """The cell, with choices put together where it has more rows than there is room for."""
        if self.view is None:
            return phrase("[b]Chart[/]")
        content = Content("")
        for packing in range(4):
            content = Content("\n").join(_lines(self.view, self.brief, width, packing))
            if content.get_height({}, width) <= self._room:
                break
        return content

    async def _on_key(self, event: events.Key) -> None:
        if not await taken_by_screen(self, event):
            await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        paste_into_screen(self, event)


def cell_view(
    study: Study, interview: str, people: Sequence[str], person: int, question: str, language: str
) -> CellView:
    """Bring together what the pane shows.

    Args:
        study: the study.
        interview: id of the interview.
        people: ids of the persons whose response it is.
        person: which of them.
        question: id of an evaluation question without parts, or of a part.
        language: language of the framework's texts.
    """
    framework = study.framework
    respondent = people[person]
    proposition = framework.question(question).proposition
    shown = chart_cell(study, respondent, question)
    own = chart_cell(study, respondent, question, study.author) if study.author is not None else None
    stale = False
    if own is not None and own.rests_on is not None:
        stale = is_stale(study, own, Passages(study).of(respondent, study.author).get(question, ()))
    positions, bases = chart_choices(study, language)
    return CellView(
        respondent=respondent,
        code=str((study.row("respondents", respondent) or {}).get("code", "?")),
        interview=interview,
        persons=len(people),
        question=question,
        proposition=proposition.get(language) if proposition is not None else "",
        cell=own,
        others=shown if shown is not None and shown.coder != study.author else None,
        stale=stale,
        positions=positions,
        bases=bases,
    )


def chart_choices(study: Study, language: str) -> tuple[Choices, Choices]:
    """Positions on digits, and bases on letters.

    Args:
        study: the study.
        language: language of their names.
    """
    framework = study.framework
    keys = letters([basis.id for basis in framework.bases])
    return (
        tuple(
            (str(digit), position.id, position.name.get(language))
            for digit, position in enumerate(framework.positions[:9], start=1)
        ),
        tuple(
            (key, basis.id, basis.name.get(language))
            for key, basis in zip(keys, framework.bases, strict=True)
        ),
    )


def letters(ids: Sequence[str]) -> list[str]:
    """A letter for each id: its first that none before it has taken; empty where all are taken."""
    taken: list[str] = []
    for each in ids:
        free = (letter for letter in each.casefold() if letter.isalpha() and letter not in taken)
        taken.append(next(free, ""))
    return taken


def _lines(view: CellView, brief: bool, width: int, packing: int) -> list[Content]:
    """What is drawn.

    Args:
        view: the cell.
        brief: only what is chosen.
        width: columns there are.
        packing: 0 for all, each on a row; from 1 short choices side by side; from 2, where a choice is made,
            only that; from 3 of the proposition one line.
    """
    packed, folded = packing >= 1, packing >= 2
    title = phrase("[b]Chart  $code on $question[/]", code=view.code, question=view.question)
    if view.persons > 1:
        title += phrase("  [dim]Down: next person[/]")
    cell = view.cell
    proposition = shortened(view.proposition, width, "…") if packing >= 3 else view.proposition
    lines = [
        title,
        literal_line(proposition).stylize("italic"),
    ]
    for chosen, choices in (
        (cell.position if cell else None, view.positions),
        (cell.basis if cell else None, view.bases),
    ):
        few = brief or (folded and chosen is not None)
        rows = [
            _choice(key, name, chosen == each) for key, each, name in choices if chosen == each or not few
        ]
        lines += in_rows(rows, width) if packed else rows
    if brief and cell is None:
        lines.append(phrase("[dim]Empty[/]"))
    elif cell is not None and cell.summary:
        lines.append(literal_line(cell.summary))
    else:
        lines.append(phrase("[dim]No summary yet: type it[/]"))
    if view.stale:
        lines.append(phrase("[b]![/] the passages have changed since: fill it again, or Space: still so"))
    if view.others is not None:
        told = view.told(view.others.position, view.others.basis)
        lines.append(phrase("[dim]$coder: $told[/]", coder=view.others.coder or "?", told=told))
    return lines


def _choice(key: str, name: str, chosen: bool) -> Content:
    if chosen:
        return phrase("[b]$key ● $name[/]", key=key or " ", name=name)
    return phrase("$key [dim]○[/] $name", key=key or " ", name=name)
