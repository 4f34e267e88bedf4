"""The codebook: its tree, what each code says, and every change to it by keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from fieldkit.say import t, tn
from fieldkit.storage.errors import StoreError
from fieldkit.study.codebook import in_tree
from fieldkit.study.drift import Drifted, definition_drift
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study
from fieldkit.tui.actions import Scope, bindings
from fieldkit.tui.literal import literal_line
from fieldkit.tui.screens.place import Place
from fieldkit.tui.widgets.code_tree import CodeTree, drift_lines, full_code
from fieldkit.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Code
    from fieldkit.study.code_changes import CodeChanged

EDITED = ("definition", "use_when", "not_when", "examples", "aliases", "colour", "pattern")
"""What the key for editing offers, in this order."""


class CodebookScreen(Place):
    """The tree of codes, and the one under the cursor in full."""

    place: ClassVar[str] = "coding"
    CSS_PATH = "../styles/codebook.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("codebook")

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
            self._say(str(error))
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

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click only chooses; editing takes Enter."""
        event.stop()

    def action_edit(self) -> None:
        """Change what the code says."""
        self._edit()

    def action_add(self) -> None:
        """Add a code."""
        self._add()

    def action_rename(self) -> None:
        """Give the code another name."""
        self._rename()

    def action_under(self) -> None:
        """Put the code under another one."""
        self._under()

    def action_shift(self, by: int) -> None:
        """Move the code up or down among those it stands with."""
        code = self._code()
        if code is None or not self._may_write():
            return
        siblings = self.study.codebook.children(code.parent)
        at = [each.id for each in siblings].index(code.id)
        if not 0 <= at + by < len(siblings):
            self._say(t("It is the first or last of its like already"))
            return
        before = at + by if by < 0 else at + by + 1
        from fieldkit.study.code_changes import move_code

        follows = siblings[before].id if before < len(siblings) else None
        self._do(lambda: move_code(self.study, code.id, parent=code.parent, before=follows))

    def action_merge(self) -> None:
        """Let the code's codings become another's."""
        self._merge()

    def action_split(self) -> None:
        """Split the code, passage by passage."""
        self._split()

    def action_retire(self) -> None:
        """Let the code no longer be given; or again, where it is retired."""
        from fieldkit.study.code_changes import bring_back_code, retire_code

        code = self._code()
        if code is not None and self._may_write():
            change = bring_back_code if code.retired else retire_code
            self._do(lambda: change(self.study, code.id))

    def action_undo(self) -> None:
        """Take back the last change to the codebook."""
        from fieldkit.study.code_changes import undo_codebook

        if self._may_write():
            try:
                undo_codebook(self.study)
            except (StudyError, StoreError) as error:
                self._say(str(error))
                return
            self.refresh_place()
            self._say(t("Undone. Saved."))

    def action_next_language(self) -> None:
        """Show and edit codes in the next language."""
        languages = self.study.framework.languages
        self._language = languages[(languages.index(self.language) + 1) % len(languages)]
        self.refresh_place()

    def action_scroll(self, pages: int) -> None:
        """Move the words a page up or down."""
        pane = self.query_one("#codebook-scroll", VerticalScroll)
        pane.scroll_relative(y=pages * max(1, pane.size.height - 1), animate=False)

    def action_back(self) -> None:
        """Back to Coding."""
        self.dismiss()

    @work(exclusive=True, group="prompt")
    async def _add(self) -> None:
        from fieldkit.study.code_changes import add_code

        chosen, prompt = self._code(), self.query_one(Prompt)
        if not self._may_write():
            return
        try:
            name = await prompt.ask(t("Name of the new code:"))
            definition = name and await prompt.ask(t("What it is about:"))
            if not name or not definition:
                return
            above = chosen.id if chosen else ""
            parent = await prompt.ask(t("Under which code? (empty: at the top)"), above, self._ids())
            if parent is None:
                return
            texts = {self.language: name}, {self.language: definition}
            self._do(lambda: add_code(self.study, *texts, parent=parent or None))
        finally:
            prompt.finish()

    @work(exclusive=True, group="prompt")
    async def _rename(self) -> None:
        from fieldkit.study.code_changes import rename_code

        code, prompt = self._code(), self.query_one(Prompt)
        if code is None or not self._may_write():
            return
        try:
            name = await prompt.ask(t("Its name:"), code.name.translations.get(self.language, ""))
            if name:
                self._do(lambda: rename_code(self.study, code.id, {self.language: name}))
        finally:
            prompt.finish()

    @work(exclusive=True, group="prompt")
    async def _edit(self) -> None:
        from fieldkit.study.code_changes import edit_code

        code, prompt = self._code(), self.query_one(Prompt)
        if code is None or not self._may_write():
            return
        try:
            field = await prompt.ask(t("Edit what?"), "definition", EDITED)
            if not field:
                return
            wanted = field.replace(" ", "_").casefold()
            if wanted not in EDITED:
                self._say(t("One of: {fields}").format(fields=", ".join(EDITED)))
                return
            words = await prompt.ask(f"{wanted}:", _as_line(code, wanted, self.language))
            if words is not None:
                value = _from_line(code, wanted, words, self.language)
                self._do(lambda: edit_code(self.study, code.id, **{wanted: value}))
        finally:
            prompt.finish()

    @work(exclusive=True, group="prompt")
    async def _under(self) -> None:
        from fieldkit.study.code_changes import move_code

        code, prompt = self._code(), self.query_one(Prompt)
        if code is None or not self._may_write():
            return
        try:
            question = t("Under which code? (empty: at the top)")
            parent = await prompt.ask(question, code.parent or "", self._ids())
            if parent is not None:
                self._do(lambda: move_code(self.study, code.id, parent=parent or None))
        finally:
            prompt.finish()

    @work(exclusive=True, group="prompt")
    async def _merge(self) -> None:
        from fieldkit.study.code_merging import merge_codes

        code, prompt = self._code(), self.query_one(Prompt)
        if code is None or not self._may_write():
            return
        try:
            question = t("Which code gets the codings of {code}?").format(code=code.id)
            into = await prompt.ask(question, "", self._ids())
            if into:
                self._do(lambda: merge_codes(self.study, code.id, into))
        finally:
            prompt.finish()

    @work(exclusive=True, group="prompt")
    async def _split(self) -> None:
        from fieldkit.study.code_changes import drafted_code
        from fieldkit.study.code_merging import codings_under, split_code
        from fieldkit.tui.screens.code_split import SplitReview

        code, prompt = self._code(), self.query_one(Prompt)
        if code is None or not self._may_write():
            return
        new: list[Code] = []
        try:
            while len(new) < 9:
                question = t("New code {n}: its name (empty: no more)").format(n=len(new) + 1)
                name = await prompt.ask(question)
                definition = name and await prompt.ask(t("What it is about:"))
                if not name or not definition:
                    break
                texts = {self.language: name}, {self.language: definition}
                taken = [each.id for each in new]
                new.append(drafted_code(self.study, *texts, parent=code.parent, taken=taken))
        except StudyError as error:
            self._say(str(error))
            return
        finally:
            prompt.finish()
        if new:
            review = SplitReview(code, new, codings_under(self.study, code.id), self.language)
            given = await self.app.push_screen_wait(review)
            if given is not None:
                self._do(lambda: split_code(self.study, code.id, new, given))

    def _do(self, change: Callable[[], CodeChanged | object]) -> None:
        """Make a change, and say what came of it."""
        try:
            done = change()
        except (StudyError, StoreError) as error:
            self._say(str(error))
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
        self._say(said)

    def _may_write(self) -> bool:
        if self.study.read_only:
            self._say(t("This study is open for reading only: nothing can be written"))
        elif self.study.author is None:
            self._say(t("Say on the Desk whose work it is; then the codebook can be changed"))
        return not self.study.read_only and self.study.author is not None

    def _code(self) -> Code | None:
        chosen = self.query_one(CodeTree).chosen
        return None if chosen is None else self.study.codebook.code(chosen)

    def _ids(self) -> list[str]:
        return [code.id for code in self.study.codebook.codes if not code.retired]

    def _show_code(self) -> None:
        code = self._code()
        if code is not None:
            path = self.study.codebook.path(code.id)
            shown = full_code(code, path, self._counts.get(code.id, 0), self.language)
            drifted = [each for each in self._drifted if each.code.id == code.id]
            if drifted:
                shown += Content("\n\n") + drift_lines(drifted, self.language)
            self.query_one("#codebook-text", Static).update(shown)

    def _say(self, text: str) -> None:
        self.query_one("#codebook-said", Static).update(literal_line(text))


def _as_line(code: Code, field: str, language: str) -> str:
    """What a field says, on the one line it is edited on."""
    value = getattr(code, field)
    if field == "examples":
        return " | ".join(each.translations.get(language, "") for each in value)
    if field == "aliases":
        return ", ".join(value)
    if field in ("colour", "pattern"):
        return value or ""
    return " ".join(value.translations.get(language, "").split("\n")) if value is not None else ""


def _from_line(code: Code, field: str, line: str, language: str) -> object:
    """What a line makes of a field; examples keep their words in other languages, by their order."""
    if field == "aliases":
        return [each.strip() for each in line.split(",")]
    if field in ("colour", "pattern"):
        return line or None
    if field != "examples":
        return {language: line}
    given = [each.strip() for each in line.split("|")]
    others = [dict(each.translations) for each in code.examples]
    return [{**(others[at] if at < len(others) else {}), language: words} for at, words in enumerate(given)]
