"""What stands beside an item: hint, evaluation questions, indicators, show cards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from fieldkit.protocol.framework import Framework
from fieldkit.protocol.guide import Guide, ShowCard
from fieldkit.protocol.items import Item
from fieldkit.say import t
from fieldkit.study.steps import StepView
from fieldkit.tui.literal import literal, literal_line, phrase, rich_literal
from fieldkit.tui.widgets.redraw import show

if TYPE_CHECKING:
    from rich.console import Group
    from rich.text import Text as RichText


class SidePane(VerticalScroll, can_focus=False):
    """Beside the item where there is room, else under it and only when asked for.

    Attributes:
        whole: whether indicators and minutes are shown as well; they are when they are asked for.
    """

    whole = False
    _cards: tuple[list[ShowCard], str] | None = None

    def compose(self) -> ComposeResult:
        """The show card, which is read from, and the texts below it."""
        yield Static(id="card")
        yield Static(id="aside")

    def take_key(self, key: str) -> bool:
        """Page keys read on where not all of it is shown; whether the key was one for here."""
        if key not in ("pagedown", "pageup") or not self.display or not self.max_scroll_y:
            return False
        if key == "pagedown":
            self.scroll_page_down(animate=False)
        else:
            self.scroll_page_up(animate=False)
        return True

    def show(self, step: StepView, guide: Guide, framework: Framework | None, language: str) -> None:
        """Show what belongs to an item."""
        # Where it is laid over the item, its lower edge says how it is read on.
        self.border_subtitle = Content(t("PgDn, PgUp: read on   Ctrl+F: put away"))
        show(self.query_one("#aside", Static), Content("\n").join(self._lines(step, framework, language)))
        cards = [guide.show_card(card) for card in step.item.show_cards]
        card = self.query_one("#card", Static)
        card.display = bool(cards)
        if cards and (cards, language) != self._cards:
            self._cards = (cards, language)
            from rich.console import Group

            card.update(Group(*(card_lines(shown, language) for shown in cards)))

    def _lines(self, step: StepView, framework: Framework | None, language: str) -> Iterator[Content]:
        """The texts beside an item, line by line."""
        item = step.item
        if item.hint is not None:
            yield Content(t("For the interviewer")).stylize("bold")
            yield literal(step.fill(item.hint, language))
            yield Content("")
        if framework is not None:
            yield from self._questions(item, framework, language)
        if self.whole:
            told = t("facts only, {minutes} min" if item.facts else "{minutes} min")
            yield literal_line(told.format(minutes=f"{item.minutes:g}"))

    def _questions(self, item: Item, framework: Framework, language: str) -> Iterator[Content]:
        for question in item.evaluation_questions:
            yield phrase("[b]Evaluation question $id[/b]", id=question)
            yield literal_line(framework.question(question).text.get(language))
            for indicator in framework.question(question).indicators if self.whole else ():
                if indicator.id in item.indicators:
                    yield Content("\u2022 ") + literal_line(indicator.text.get(language))
            yield Content("")


def card_lines(card: ShowCard, language: str) -> Group:
    """A show card to read from: its title, the table, its note. Nothing in it is cut off."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Group
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, expand=True, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    rows = card.cells(language)
    for at, column in enumerate(card.columns):
        justify: Literal["left", "right"] = "right" if at else "left"
        head = column.get(language)
        # Shared out by the longest words, so that few of them are broken where room is short.
        longest = max(
            len(word) for text in (head, *(row[at] for row in rows)) for word in (text.split() or [""])
        )
        table.add_column(_wrapped(head), justify=justify, overflow="fold", ratio=longest + 1)
    for row in rows:
        table.add_row(*(_wrapped(cell) for cell in row))
    note: list[RichText | str] = ["", _wrapped(card.note.get(language))] if card.note is not None else []
    return Group(_wrapped(card.title.get(language), "bold"), table, *note, "")


def _wrapped(text: str, style: str = "") -> RichText:
    words = rich_literal(text, style)
    words.no_wrap, words.end = False, "\n"
    return words
