"""Where coders differ, one below the other: who gave what, and a digit that decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fieldkit.findings.cell_disagreements import CellDisagreement
from fieldkit.findings.disagreements import Disagreement
from fieldkit.say import t, tn
from fieldkit.storage.errors import StoreError
from fieldkit.study.adjudicating import adjudicate, is_decision, open_disagreements
from fieldkit.study.adjudicating_chart import adjudicate_cell, open_cell_disagreements
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study
from fieldkit.study.undo_of_kind import undo_last_of
from fieldkit.tui.actions import Scope, bindings
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.screens.place import Place
from fieldkit.tui.widgets.difference import difference_in_full, difference_line
from fieldkit.tui.widgets.prompt import Prompt

Difference = Disagreement | CellDisagreement


class DifferencesScreen(Place):
    """The differences that nothing was decided on, and the one under the cursor in full."""

    place: ClassVar[str] = "coding"
    CSS_PATH = "../styles/codebook.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("differences")

    def __init__(self, study: Study) -> None:
        """Make the screen on a study."""
        super().__init__(study)
        self._found: list[Difference] = []

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Its own actions, not those of Coding, which it lies over."""
        return ("differences",)

    def compose_body(self) -> ComposeResult:
        """The differences, the one chosen, the line for another code, what was done."""
        with Horizontal():
            yield OptionList(id="differences-list", compact=True)
            with VerticalScroll(id="differences-scroll", can_focus=False):
                yield Static(id="differences-text")
        yield Static(id="differences-said")
        yield Prompt(id="prompt")

    def on_mount(self) -> None:
        """Let the keys go to the list."""
        self.query_one(OptionList).focus()

    def refresh_place(self) -> None:
        """Read the differences anew; the cursor stays where it was, on the next one."""
        listing = self.query_one(OptionList)
        at = listing.highlighted or 0
        try:
            if self.study.blind is not None:
                raise StudyError(t("Hand in your share first: this shows what others made of it"))
            self._found = [*open_disagreements(self.study), *open_cell_disagreements(self.study)]
        except StudyError as error:
            self._found = []
            self._say(str(error))
        listing.set_options([Option(difference_line(self.study, each)) for each in self._found])
        listing.highlighted = min(at, len(self._found) - 1) if self._found else None
        self._show()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the difference under the cursor."""
        event.stop()
        self._show()
        self.query_one("#differences-scroll").scroll_home(animate=False)

    def action_take(self, place: int) -> None:
        """Let the codings, or the cell, of one coder stand."""
        chosen = self._chosen()
        if chosen is not None and place <= len(chosen.given):
            self._decide(chosen, [list(chosen.given)[place - 1]])

    def action_take_all(self) -> None:
        """Let the codings of all who gave the code stand."""
        chosen = self._chosen()
        if isinstance(chosen, CellDisagreement):
            self._say(t("Only one of the cells can stand: choose whose, or another position"))
        elif chosen is not None:
            self._decide(chosen, [coder for coder, codings in chosen.given.items() if codings])

    def action_neither(self) -> None:
        """Let nobody's stand."""
        chosen = self._chosen()
        if chosen is not None:
            self._decide(chosen, [])

    def action_another(self) -> None:
        """Let another code, or another position, stand."""
        self._another()

    def action_undo(self) -> None:
        """Take back the last decision."""
        try:
            undone = undo_last_of(self.study, is_decision)
        except (StudyError, StoreError) as error:
            self._say(str(error))
            return
        self.refresh_place()
        self._say(t("Undone. Saved.") if undone is not None else t("No decision of yours is left to undo"))

    def action_scroll(self, pages: int) -> None:
        """Move the words a page up or down."""
        pane = self.query_one("#differences-scroll", VerticalScroll)
        pane.scroll_relative(y=pages * max(1, pane.size.height - 1), animate=False)

    def action_back(self) -> None:
        """Back to Coding."""
        self.dismiss()

    @work(exclusive=True, group="prompt")
    async def _another(self) -> None:
        chosen, prompt = self._chosen(), self.query_one(Prompt)
        if chosen is None:
            return
        try:
            if isinstance(chosen, CellDisagreement):
                asked, known = t("Which position stands instead?"), self.study.framework.positions
                another = await prompt.ask(asked, "", [position.id for position in known])
            else:
                codes = [code.id for code in self.study.codebook.codes if not code.retired]
                another = await prompt.ask(t("Which code stands instead?"), "", codes)
            if another:
                self._decide(chosen, [], another)
        finally:
            prompt.finish()

    def _decide(self, chosen: Difference, takes: Sequence[str], another: str | None = None) -> None:
        if self.study.read_only:
            self._say(t("This study is open for reading only: nothing can be written"))
            return
        try:
            if isinstance(chosen, CellDisagreement):
                place = chosen.respondent, chosen.evaluation_question
                adjudicate_cell(self.study, *place, takes=next(iter(takes), None), position=another)
            else:
                response = chosen.heard.response.id
                adjudicate(self.study, response, chosen.code, takes=takes, another=another)
        except (StudyError, StoreError) as error:
            self._say(str(error))
            return
        self.refresh_place()
        left = len(self._found)
        told = tn(
            "Decided. Saved; Ctrl+Z takes it back. {n} difference left",
            "Decided. Saved; Ctrl+Z takes it back. {n} differences left",
            left,
        )
        self._say(told.format(n=left))

    def _chosen(self) -> Difference | None:
        at = self.query_one(OptionList).highlighted
        return self._found[at] if at is not None and at < len(self._found) else None

    def _show(self) -> None:
        chosen = self._chosen()
        shown = phrase("[dim]Coders differ nowhere that is not decided[/]")
        if chosen is not None:
            shown = difference_in_full(self.study, chosen, self.app.words_language)
        self.query_one("#differences-text", Static).update(shown)

    def _say(self, text: str) -> None:
        self.query_one("#differences-said", Static).update(literal_line(text))
