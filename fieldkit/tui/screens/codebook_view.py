"""What the codebook's screen shows: the tree, what the code under the cursor says, what was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from fieldkit.say import t, tn
from fieldkit.storage.errors import StoreError
from fieldkit.study.codebook import in_tree
from fieldkit.study.drift import Drifted, definition_drift
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study
from fieldkit.tui.actions import Scope
from fieldkit.tui.literal import literal_line
from fieldkit.tui.screens.place import Place
from fieldkit.tui.widgets.code_tree import CodeTree, drift_lines, full_code
from fieldkit.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Code
    from fieldkit.study.code_changes import CodeChanged


class CodebookView(Place):
    """The tree of codes, and the one under the cursor in full."""

    place: ClassVar[str] = "coding"
    CSS_PATH = "../styles/codebook.tcss"

    def __init__(self, study: Study) -> None:
        """Make the screen on a study."""
        super().__init__(study)
        self._counts: dict[str, int] = {}
        self._drifted: list[Drifted] = []
        self._language: str | None = None

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Its own actions, not those of Coding, which it lies over."""
        return ("codebook",)

    def compose_body(self) -> ComposeResult:
        """The tree, the code chosen, the line for answers, what was done."""
        with Horizontal():
            yield CodeTree(id="codebook-list", compact=True)
            with VerticalScroll(id="codebook-scroll", can_focus=False):
                yield Static(id="codebook-text")
        yield Static(id="codebook-said")
        yield Prompt(id="prompt")

    def on_mount(self) -> None:
        """Let the keys go to the tree."""
        self.query_one(CodeTree).focus()

    def refresh_place(self) -> None:
        """Read the codebook anew."""
        try:
            codes = self.study.codebook.codes
        except StudyError as error:
            self.say(str(error))
            return
        self._drifted = definition_drift(self.study)
        self._counts = {}
        for body in self.study.rows("codings").values():
            self._counts[body["code"]] = self._counts.get(body["code"], 0) + 1
        self.query_one(CodeTree).show(in_tree(codes), self._counts, self.language)
        self._show_code()

    @property
    def language(self) -> str:
        """The language that codes are shown and edited in."""
        languages = self.study.framework.languages
        if self._language is None and self.app.words_language in languages:
            return self.app.words_language
        return self._language or languages[0]

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Show the code under the cursor."""
        event.stop()
        self._show_code()
        self.query_one("#codebook-scroll").scroll_home(animate=False)

    def do(self, change: Callable[[], CodeChanged | object]) -> None:
        """Make a change, and say what came of it.

        Args:
            change: makes it.
        """
        try:
            done = change()
        except (StudyError, StoreError) as error:
            self.say(str(error))
            return
        code = getattr(done, "code", None)
        self.refresh_place()
        if code is not None:
            self.query_one(CodeTree).choose(code.id)
        moved = getattr(done, "codings", 0)
        count = sum(moved.values()) if isinstance(moved, dict) else moved
        said = t("Saved; Ctrl+Z takes it back")
        if count:
            said = tn("{n} coding changed. Saved; Ctrl+Z", "{n} codings changed. Saved; Ctrl+Z", count)
        said = said.format(n=count)
        if again := getattr(done, "reopened", 0):
            told = tn("{n} decision to make again (F9)", "{n} decisions to make again (F9)", again)
            said = f"{said}   {told.format(n=again)}"
        self.say(said)

    def may_write(self) -> bool:
        """Whether the codebook can be changed; where it cannot, that is said."""
        if self.study.read_only:
            self.say(t("This study is open for reading only: nothing can be written"))
        elif self.study.author is None:
            self.say(t("Say on the Desk whose work it is; then the codebook can be changed"))
        return not self.study.read_only and self.study.author is not None

    def code_chosen(self) -> Code | None:
        """The code under the cursor."""
        chosen = self.query_one(CodeTree).chosen
        return None if chosen is None else self.study.codebook.code(chosen)

    def ids(self) -> list[str]:
        """Ids of the codes that are still given."""
        return [code.id for code in self.study.codebook.codes if not code.retired]

    def say(self, text: str) -> None:
        """Say what was done."""
        self.query_one("#codebook-said", Static).update(literal_line(text))

    def _show_code(self) -> None:
        code = self.code_chosen()
        if code is not None:
            path = self.study.codebook.path(code.id)
            shown = full_code(code, path, self._counts.get(code.id, 0), self.language)
            drifted = [each for each in self._drifted if each.code.id == code.id]
            if drifted:
                shown += Content("\n\n") + drift_lines(drifted, self.language)
            self.query_one("#codebook-text", Static).update(shown)
