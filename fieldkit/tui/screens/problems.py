"""What is wrong with the study's files, with file and line."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from fieldkit.study.study import Study
from fieldkit.tui.literal import literal_line, phrase


class ProblemsScreen(ModalScreen[None]):
    """A list of problems; any of the keys puts it away."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,p,q,enter", "dismiss", "Back")]

    def __init__(self, study: Study) -> None:
        """Make the list for a study."""
        super().__init__()
        self._study = study

    def compose(self) -> ComposeResult:
        """One line for each problem."""
        problems = sorted(self._study.protocol.problems)
        lines = [literal_line(str(problem)) for problem in problems]
        with VerticalScroll(id="problems"):
            yield Static(phrase("[b]What is wrong with the study's files[/]  [dim]Esc: back[/]"))
            yield Static(Content("\n").join(lines) if lines else phrase("Nothing is wrong with them."))
