"""The findings that were stated: the keys with which they are written, reviewed and concluded from."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import ClassVar, Final, Literal

from textual import work
from textual.binding import BindingType

from fieldkit.say import t
from fieldkit.storage.errors import StoreError
from fieldkit.study.errors import StudyError
from fieldkit.study.findings import STATUSES, Viewed, edit_finding, find_finding, set_status
from fieldkit.study.study import Study
from fieldkit.tui.actions import bindings
from fieldkit.tui.first_write import may_write
from fieldkit.tui.screens.stated_view import StatedView
from fieldkit.tui.widgets.prompt import Prompt

TABLES: Final = frozenset({"findings", "conclusions"})
"""What is written here, and taken back."""


class StatedScreen(StatedView):
    """The findings, by keys."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("stated")

    def __init__(self, study: Study, finding: str | None = None) -> None:
        """Make the screen.

        Args:
            study: the study.
            finding: id of the finding to begin with.
        """
        super().__init__(study, finding)
        self._writing = asyncio.Lock()

    def action_add(self) -> None:
        """State a finding."""
        self._add()

    def action_edit(self) -> None:
        """Change what the finding states."""
        self._edit()

    def action_next_side(self) -> None:
        """Say that the proposition holds, then that it does not, then neither."""
        if (viewed := self._finding()) is not None:
            self._write(partial(_turn_side, self.study, viewed.finding.id))

    def action_next_status(self) -> None:
        """Make the draft reviewed, then final, then a draft again."""
        if (viewed := self._finding()) is not None:
            self._write(partial(_raise_status, self.study, viewed.finding.id))

    def action_still_so(self) -> None:
        """Say that the finding stands on what its evidence is now."""
        if (viewed := self._finding()) is not None:
            self._write(lambda: edit_finding(self.study, viewed.finding.id))

    def action_overrule(self) -> None:
        """Put another strength in the place of the rules'."""
        self._overrule()

    def action_note(self) -> None:
        """Write a reviewer's note."""
        self._note()

    def action_passages(self) -> None:
        """Choose the passages for it, against it, and to be quoted."""
        from fieldkit.tui.screens.stated_passages import StatedPassagesScreen

        if (viewed := self._finding()) is not None:
            self.app.push_screen(StatedPassagesScreen(self.study, viewed.finding.id))

    def action_mark(self) -> None:
        """Mark the finding for the next conclusion, or mark it no more."""
        if (viewed := self._finding()) is not None:
            self.marked ^= {viewed.finding.id}
            self.list_lines()

    def action_conclude(self, kind: Literal["conclusion", "recommendation"]) -> None:
        """Write a conclusion or a recommendation from the findings marked, or from the one chosen."""
        self._conclude(kind)

    def action_remove(self) -> None:
        """Take a conclusion or recommendation away."""
        from fieldkit.study.conclusions import remove_conclusion

        chosen = self.chosen
        if chosen is None or isinstance(chosen, Viewed):
            self.say(t("Only a conclusion or recommendation is taken away: a finding stays in the trail"))
            return
        self._write(lambda: remove_conclusion(self.study, chosen.id))

    def action_undo(self) -> None:
        """Take back the last change to findings or conclusions."""
        from fieldkit.study.history import undo

        self._write(lambda: undo(self.study, tables=TABLES), t("Undone. Saved."))

    @work(exclusive=True, group="prompt")
    async def _add(self) -> None:
        from fieldkit.study.findings import add_finding

        if not await self._may_write():
            return
        chosen, prompt, framework = self.chosen, self.query_one(Prompt), self.study.framework
        at = chosen.finding.evaluation_question if isinstance(chosen, Viewed) else ""
        try:
            asked = t("On which evaluation question?")
            question = await prompt.ask(asked, at, [leaf.id for leaf in framework.leaves])
            if not question:
                return
            if not framework.has_question(question):
                self.say(t("No evaluation question {id}").format(id=question))
                return
            statement = await prompt.ask(t("What is found on {question}").format(question=question))
            if statement:
                self._write(lambda: add_finding(self.study, question, statement))
        finally:
            prompt.finish()

    @work(exclusive=True, group="prompt")
    async def _edit(self) -> None:
        viewed, prompt = self._finding(), self.query_one(Prompt)
        if viewed is None or not await self._may_write():
            return
        try:
            statement = await prompt.ask(t("What is found"), viewed.finding.statement)
            if statement is not None and statement != viewed.finding.statement:
                self._write(lambda: edit_finding(self.study, viewed.finding.id, statement=statement))
        finally:
            prompt.finish()

    @work(exclusive=True, group="prompt")
    async def _overrule(self) -> None:
        from fieldkit.study.findings import overrule

        viewed, prompt = self._finding(), self.query_one(Prompt)
        if viewed is None or not await self._may_write():
            return
        try:
            rules = [rule.id for rule in self.study.framework.strength_rules]
            asked = t("Which strength instead? (empty: the rules decide)")
            before = viewed.finding.overruled
            strength = await prompt.ask(asked, before.strength if before else "", rules)
            if strength is None:
                return
            reason = ""
            if strength:
                reason = await prompt.ask(t("Why?"), before.reason if before else "") or ""
            self._write(lambda: overrule(self.study, viewed.finding.id, strength or None, reason))
        finally:
            prompt.finish()

    @work(exclusive=True, group="prompt")
    async def _note(self) -> None:
        from fieldkit.study.findings import add_note

        viewed, prompt = self._finding(), self.query_one(Prompt)
        if viewed is None or not await self._may_write():
            return
        try:
            text = await prompt.ask(t("Reviewer's note"))
            if text:
                self._write(lambda: add_note(self.study, viewed.finding.id, text))
        finally:
            prompt.finish()

    @work(exclusive=True, group="prompt")
    async def _conclude(self, kind: Literal["conclusion", "recommendation"]) -> None:
        from fieldkit.study.conclusions import conclude

        stated, prompt = self.stated, self.query_one(Prompt)
        viewed = self._finding() if not self.marked else None
        if stated is None or not (self.marked or viewed) or not await self._may_write():
            return
        findings = [each.finding.id for each in stated.viewed if each.finding.id in self.marked]
        findings = findings or ([viewed.finding.id] if viewed is not None else [])
        try:
            asked = t("Conclusion") if kind == "conclusion" else t("Recommendation")
            text = await prompt.ask(asked)
            if text:
                self.marked = set()
                self._write(lambda: conclude(self.study, kind, text, findings))
        finally:
            prompt.finish()

    @work(group="stated-write")
    async def _write(self, change: Callable[[], object], told: str | None = None) -> None:
        """Write, looking in a thread at what the finding rests on; then show it."""
        if not await self._may_write():
            return
        try:
            # One after the other: each begins with what the one before has made of the finding.
            async with self._writing:
                await asyncio.to_thread(change)
        except (StudyError, StoreError) as error:
            self.say(str(error))
            return
        self.say(told or t("Saved; Ctrl+Z takes it back"))
        self.refresh_place()

    async def _may_write(self) -> bool:
        if self.study.read_only:
            self.say(t("This study is open for reading only: nothing can be written"))
            return False
        return await may_write(self.app)

    def _finding(self) -> Viewed | None:
        """The finding under the cursor; else that there is none is said."""
        chosen = self.chosen
        if isinstance(chosen, Viewed):
            return chosen
        self.say(t("Choose a finding first"))
        return None


def _turn_side(study: Study, finding: str) -> None:
    after: dict[bool | None, bool | None] = {None: True, True: False, False: None}
    edit_finding(study, finding, holds=after[find_finding(study, finding).holds])


def _raise_status(study: Study, finding: str) -> None:
    at = STATUSES.index(find_finding(study, finding).status)
    set_status(study, finding, STATUSES[(at + 1) % len(STATUSES)])
