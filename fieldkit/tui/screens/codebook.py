"""The codebook, and every change to it by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList

from fieldkit.say import t
from fieldkit.storage.errors import StoreError
from fieldkit.study.errors import StudyError
from fieldkit.tui.actions import bindings
from fieldkit.tui.screens.codebook_view import CodebookView
from fieldkit.tui.widgets.code_fields import EDITED, as_line, from_line
from fieldkit.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Code


class CodebookScreen(CodebookView):
    """The codebook, by keys; what a change needs is asked on the line at the foot."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("codebook")

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
        code = self.code_chosen()
        if code is None or not self.may_write():
            return
        siblings = self.study.codebook.children(code.parent)
        at = [each.id for each in siblings].index(code.id)
        if not 0 <= at + by < len(siblings):
            self.say(t("It is the first or last of its like already"))
            return
        before = at + by if by < 0 else at + by + 1
        from fieldkit.study.code_changes import move_code

        follows = siblings[before].id if before < len(siblings) else None
        self.do(lambda: move_code(self.study, code.id, parent=code.parent, before=follows))

    def action_merge(self) -> None:
        """Let the code's codings become another's."""
        self._merge()

    def action_split(self) -> None:
        """Split the code, passage by passage."""
        self._split()

    def action_retire(self) -> None:
        """Let the code no longer be given; or again, where it is retired."""
        from fieldkit.study.code_changes import bring_back_code, retire_code

        code = self.code_chosen()
        if code is not None and self.may_write():
            change = bring_back_code if code.retired else retire_code
            self.do(lambda: change(self.study, code.id))

    def action_undo(self) -> None:
        """Take back the last change to the codebook."""
        from fieldkit.study.code_changes import undo_codebook

        if self.may_write():
            try:
                undo_codebook(self.study)
            except (StudyError, StoreError) as error:
                self.say(str(error))
                return
            self.refresh_place()
            self.say(t("Undone. Saved."))

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

        chosen, prompt = self.code_chosen(), self.query_one(Prompt)
        if not self.may_write():
            return
        try:
            name = await prompt.ask(t("Name of the new code:"))
            definition = name and await prompt.ask(t("What it is about:"))
            if not name or not definition:
                return
            above = chosen.id if chosen else ""
            parent = await prompt.ask(t("Under which code? (empty: at the top)"), above, self.ids())
            if parent is None:
                return
            texts = {self.language: name}, {self.language: definition}
            self.do(lambda: add_code(self.study, *texts, parent=parent or None))
        finally:
            prompt.finish()

    @work(exclusive=True, group="prompt")
    async def _rename(self) -> None:
        from fieldkit.study.code_changes import rename_code

        code, prompt = self.code_chosen(), self.query_one(Prompt)
        if code is None or not self.may_write():
            return
        try:
            name = await prompt.ask(t("Its name:"), code.name.translations.get(self.language, ""))
            if name:
                self.do(lambda: rename_code(self.study, code.id, {self.language: name}))
        finally:
            prompt.finish()

    @work(exclusive=True, group="prompt")
    async def _edit(self) -> None:
        from fieldkit.study.code_changes import edit_code

        code, prompt = self.code_chosen(), self.query_one(Prompt)
        if code is None or not self.may_write():
            return
        try:
            field = await prompt.ask(t("Edit what?"), "definition", EDITED)
            if not field:
                return
            wanted = field.replace(" ", "_").casefold()
            if wanted not in EDITED:
                self.say(t("One of: {fields}").format(fields=", ".join(EDITED)))
                return
            words = await prompt.ask(f"{wanted}:", as_line(code, wanted, self.language))
            if words is not None:
                value = from_line(code, wanted, words, self.language)
                self.do(lambda: edit_code(self.study, code.id, **{wanted: value}))
        finally:
            prompt.finish()

    @work(exclusive=True, group="prompt")
    async def _under(self) -> None:
        from fieldkit.study.code_changes import move_code

        code, prompt = self.code_chosen(), self.query_one(Prompt)
        if code is None or not self.may_write():
            return
        try:
            question = t("Under which code? (empty: at the top)")
            parent = await prompt.ask(question, code.parent or "", self.ids())
            if parent is not None:
                self.do(lambda: move_code(self.study, code.id, parent=parent or None))
        finally:
            prompt.finish()

    @work(exclusive=True, group="prompt")
    async def _merge(self) -> None:
        from fieldkit.study.code_merging import merge_codes

        code, prompt = self.code_chosen(), self.query_one(Prompt)
        if code is None or not self.may_write():
            return
        try:
            question = t("Which code gets the codings of {code}?").format(code=code.id)
            into = await prompt.ask(question, "", self.ids())
            if into:
                self.do(lambda: merge_codes(self.study, code.id, into))
        finally:
            prompt.finish()

    @work(exclusive=True, group="prompt")
    async def _split(self) -> None:
        from fieldkit.study.code_changes import drafted_code
        from fieldkit.study.code_merging import codings_under, split_code
        from fieldkit.tui.screens.code_split import SplitReview

        code, prompt = self.code_chosen(), self.query_one(Prompt)
        if code is None or not self.may_write():
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
            self.say(str(error))
            return
        finally:
            prompt.finish()
        if new:
            review = SplitReview(code, new, codings_under(self.study, code.id), self.language)
            given = await self.app.push_screen_wait(review)
            if given is not None:
                self.do(lambda: split_code(self.study, code.id, new, given))
