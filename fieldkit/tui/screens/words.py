"""The words behind a number: its persons, their responses, and in each the words; from there to Coding."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fieldkit.findings.traced import Trace, TracedResponse
from fieldkit.say import t
from fieldkit.study.anchoring import Coded, standing_codings
from fieldkit.study.study import Study
from fieldkit.tui.actions import Scope, bindings, own_keys
from fieldkit.tui.counting import Behind
from fieldkit.tui.literal import literal, phrase
from fieldkit.tui.screens.place import Place
from fieldkit.tui.widgets.collected import Wanted
from fieldkit.tui.widgets.traced_words import Line, lines_of


class _Row(NamedTuple):
    """A line of the list: a person, or a response under her; None where only the chart speaks of her."""

    person: str | None
    response: TracedResponse | None


class WordsList(OptionList):
    """Persons with responses, or words; Enter is the screen's own, which the footer shows."""

    BINDINGS: ClassVar[list[BindingType]] = own_keys("words", "enter")


class WordsScreen(Place):
    """What a figure rests on, as `fieldkit trace` tells it."""

    place: ClassVar[str] = "findings"
    CSS_PATH = "../styles/words.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("words")

    def __init__(self, study: Study, behind: Behind) -> None:
        """Make the screen.

        Args:
            study: the study.
            behind: what the figure rests on.
        """
        super().__init__(study)
        self._behind = behind
        self._rows = _rows(behind.trace)
        self._spoken = {row.person for row in self._rows if row.response is not None}
        self._lines: list[Line] = []

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Its own actions, not those of the tables it lies over."""
        return ("words",)

    def compose_body(self) -> ComposeResult:
        """What the figure says, the persons with their responses, the words of the one chosen."""
        yield Static(self._title(), id="words-title")
        with Horizontal():
            yield WordsList(*map(self._option, self._rows), id="words-list", compact=True)
            with Vertical(id="words-right"):
                yield Static(id="words-about")
                yield WordsList(id="words-text")

    def on_mount(self) -> None:
        """Begin with the first response."""
        listing = self.query_one("#words-list", OptionList)
        listing.focus()
        first = next((at for at, row in enumerate(self._rows) if row.response is not None), None)
        listing.highlighted = first

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the response under the cursor."""
        event.stop()
        if event.option_list.id == "words-list":
            response = self._rows[event.option_index].response
            if response is not None:
                self._show(response)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click: go on from there."""
        event.stop()
        event.option_list.focus()
        self.run_worker(self.action_go_on(), group="words")

    async def action_go_on(self) -> None:
        """From the list to the words; from words to where they are coded."""
        words = self.query_one("#words-text", OptionList)
        if self.focused is not words:
            if words.option_count:
                words.focus()
            return
        at = words.highlighted
        row = self._rows[self.query_one("#words-list", OptionList).highlighted or 0]
        if at is None or row.response is None:
            return
        line = self._lines[at]
        await self._to_coding(Wanted((self._table(row.response.id), row.response.id), line.start, line.end))

    def action_back(self) -> None:
        """From the words to the list, from there to the table."""
        if self.focused is self.query_one("#words-text"):
            self.query_one("#words-list").focus()
        else:
            self.dismiss()

    def action_scroll(self, pages: int) -> None:
        """Move the words a page up or down."""
        words = self.query_one("#words-text", OptionList)
        words.scroll_relative(y=pages * max(1, words.size.height - 1), animate=False)

    async def _to_coding(self, wanted: Wanted) -> None:
        from fieldkit.tui.screens.coding import CodingScreen

        self.dismiss()
        await self.app.action_place("coding")
        if isinstance(self.app.screen, CodingScreen):
            self.app.screen.show_wanted(wanted)

    def _title(self) -> Content:
        trace = self._behind.trace
        cell = trace.cell
        figure = cell.text if cell.n is None else t("{n} of {all}").format(n=cell.text, all=cell.n)
        title = phrase(
            "[b]$row · $column · $figure[/]\n[dim]$denominator[/]",
            row=trace.row,
            column=trace.column,
            figure=" ".join(figure.split()),
            denominator=trace.table.counted or trace.table.denominator,
        )
        return title + phrase("\n[dim]fieldkit trace $id[/]", id=cell.trace)

    def _option(self, row: _Row) -> Option:
        if row.response is not None:
            return Option(phrase("  $item", item=self._item(row.response.id)))
        who = phrase("[b]$who[/]", who=row.person or t("of no person in particular"))
        if row.person is not None and row.person not in self._spoken:
            who += phrase(" [dim]in the chart only[/]")
        return Option(who, disabled=True)

    def _table(self, record: str) -> Coded:
        return "responses" if self.study.row("responses", record) is not None else "documents"

    def _item(self, response_id: str) -> str:
        body = self.study.row("responses", response_id) or self.study.row("documents", response_id) or {}
        instance = f" {body['instance']}" if body.get("instance") else ""
        return str(body.get("item") or body.get("name") or response_id) + instance

    def _show(self, response: TracedResponse) -> None:
        self.query_one("#words-about", Static).update(self._about(response))
        whole = self._behind.whole.get(response.id) or response.words
        self._lines = lines_of(
            response, whole, standing_codings(self.study, self._table(response.id), response.id)
        )
        words = self.query_one("#words-text", OptionList)
        words.set_options([Option(line.drawn) for line in self._lines])
        words.highlighted = 0 if self._lines else None
        words.scroll_home(animate=False)

    def _about(self, response: TracedResponse) -> Content:
        fate = t(response.disposition) if response.disposition else ""
        lines = [
            phrase("[b]$who[/]  [dim]$fate[/]", who=" + ".join(response.persons), fate=fate),
            literal(response.item).stylize("italic"),
        ]
        if response.value:
            lines.append(phrase("[b]$value[/]", value=response.value))
        return Content("\n").join(lines)


def _rows(trace: Trace) -> list[_Row]:
    """Each person with her responses below her, then those of nobody in particular."""
    hers: dict[str | None, list[TracedResponse]] = {code: [] for code in trace.cell.persons}
    for response in trace.responses:
        named = [each for each in response.persons if each in hers]
        for code in named or (None,):
            hers.setdefault(code, []).append(response)
    return [row for code, told in hers.items() for row in (_Row(code, None), *(_Row(code, r) for r in told))]
