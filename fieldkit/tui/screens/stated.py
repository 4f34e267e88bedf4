"""The findings that were stated: the keys with which they are written, reviewed and concluded from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from textual import work
from textual.binding import BindingType

from fieldkit.say import t
from fieldkit.study.findings import STATUSES, Viewed, edit_finding, find_finding, set_status
from fieldkit.study.study import Study
from fieldkit.tui.actions import bindings
from fieldkit.tui.screens.stated_writing import StatedWriting
from fieldkit.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from fieldkit.records.findings import Conclusion

Kind = Literal["conclusion", "recommendation"]

TABLES: Final = frozenset({"findings", "conclusions"})
"""What is written here, and taken back."""


class StatedScreen(StatedWriting):
    """The findings, by keys."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("stated")

    def action_add(self) -> None:
        """State a finding."""
        self._add()

    def action_edit(self) -> None:
        """Change what the finding, the conclusion or the recommendation says."""
        if (chosen := self.chosen) is not None:
            self._edit(chosen)

    def action_next_side(self) -> None:
        """Say that the proposition holds, then that it does not, then neither."""
        if (viewed := self.finding()) is not None:
            self.write(partial(_turn_side, self.study, viewed.finding.id))

    def action_next_status(self) -> None:
        """Make the draft reviewed, then final, then a draft again."""
        if (viewed := self.finding()) is not None:
            self.write(partial(_raise_status, self.study, viewed.finding.id))

    def action_still_so(self) -> None:
        """Say that the finding stands on what its evidence is now."""
        if (viewed := self.finding()) is not None:
            self.write(lambda: edit_finding(self.study, viewed.finding.id))

    def action_overrule(self) -> None:
        """Put another strength in the place of the rules'."""
        self._overrule()

    def action_note(self) -> None:
        """Write a reviewer's note."""
        self._note()

    def action_passages(self) -> None:
        """Choose the passages for it, against it, and to be quoted."""
        from fieldkit.tui.screens.stated_passages import StatedPassagesScreen

        if (viewed := self.finding()) is not None:
            self.app.push_screen(StatedPassagesScreen(self.study, viewed.finding.id))

    def action_mark(self) -> None:
        """Mark the finding for the next conclusion, or mark it no more."""
        if (viewed := self.finding()) is not None:
            self.marked ^= {viewed.finding.id}
            self.list_lines()

    def action_conclude(self, kind: Kind) -> None:
        """Write a conclusion or a recommendation from the findings marked, or from the one chosen."""
        self._conclude(kind)

    def action_link(self) -> None:
        """Draw the conclusion from the findings marked; with none marked, mark those it is drawn from."""
        from fieldkit.study.conclusions import edit_conclusion

        chosen = self.chosen
        if chosen is None or isinstance(chosen, Viewed):
            self.say(t("Choose a conclusion or recommendation first"))
        elif marked := self._marked():
            self.marked = set()
            self.write(partial(edit_conclusion, self.study, chosen.id, findings=marked))
        else:
            self.marked = set(chosen.findings)
            self.list_lines()
            self.say(t("Marked: what it is drawn from. k marks others or fewer; then l on it once more"))

    def action_find(self) -> None:
        """List only what has some words."""
        self._find()

    def action_all_of_it(self) -> None:
        """List all findings and conclusions again."""
        self.words = ""
        self.list_lines()

    def action_remove(self) -> None:
        """Take a conclusion or recommendation away."""
        from fieldkit.study.conclusions import remove_conclusion

        chosen = self.chosen
        if chosen is None or isinstance(chosen, Viewed):
            self.say(t("Only a conclusion or recommendation is taken away: a finding stays in the trail"))
            return
        self.write(lambda: remove_conclusion(self.study, chosen.id))

    def action_undo(self) -> None:
        """Take back the last change to findings or conclusions."""
        from fieldkit.study.history import undo

        self.write(lambda: undo(self.study, tables=TABLES), t("Undone. Saved."))

    @work(exclusive=True, group="prompt")
    async def _add(self) -> None:
        from fieldkit.study.findings import add_finding

        if not await self.may_write():
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
            asked = t("What is found on {question}").format(question=question)
            await self.ask_until_written(asked, "", partial(add_finding, self.study, question))
        finally:
            prompt.finish()

    @work(exclusive=True, group="prompt")
    async def _edit(self, chosen: Viewed | Conclusion) -> None:
        if not await self.may_write():
            return
        if isinstance(chosen, Viewed):
            asked, before = t("What is found"), chosen.finding.statement
            change = partial(_restate, self.study, chosen.finding.id)
        else:
            asked, before = _named(chosen.kind), chosen.text
            change = partial(_reword, self.study, chosen.id)
        try:
            await self.ask_until_written(asked, before, change)
        finally:
            self.query_one(Prompt).finish()

    @work(exclusive=True, group="prompt")
    async def _overrule(self) -> None:
        from fieldkit.study.findings import overrule

        viewed, prompt = self.finding(), self.query_one(Prompt)
        if viewed is None or not await self.may_write():
            return
        try:
            rules = [rule.id for rule in self.study.framework.strength_rules]
            asked = t("Which strength instead? (empty: the rules decide)")
            before = viewed.finding.overruled
            strength = await prompt.ask(asked, before.strength if before else "", rules)
            if strength is None:
                return
            change = partial(overrule, self.study, viewed.finding.id, strength or None)
            if strength:
                reason = before.reason if before else ""
                await self.ask_until_written(t("Why?"), reason, change, as_they_are=True)
            else:
                await self.written(change)
        finally:
            prompt.finish()

    @work(exclusive=True, group="prompt")
    async def _note(self) -> None:
        from fieldkit.study.findings import add_note

        viewed = self.finding()
        if viewed is None or not await self.may_write():
            return
        try:
            change = partial(add_note, self.study, viewed.finding.id)
            await self.ask_until_written(t("Reviewer's note"), "", change)
        finally:
            self.query_one(Prompt).finish()

    @work(exclusive=True, group="prompt")
    async def _conclude(self, kind: Kind) -> None:
        findings = self._marked()
        viewed = self.finding() if not findings else None
        findings = findings or ([viewed.finding.id] if viewed is not None else [])
        if not findings or not await self.may_write():
            return
        try:
            if await self.ask_until_written(_named(kind), "", partial(_drawn, self.study, kind, findings)):
                self.marked = set()
                self.list_lines()
        finally:
            self.query_one(Prompt).finish()

    @work(exclusive=True, group="prompt")
    async def _find(self) -> None:
        prompt = self.query_one(Prompt)
        try:
            words = await prompt.ask(t("List only what has the words"), self.words)
            if words is not None:
                self.words = words
                self.list_lines()
        finally:
            prompt.finish()

    def _marked(self) -> list[str]:
        """Ids of the findings that are marked, in their order."""
        viewed = self.stated.viewed if self.stated is not None else ()
        return [each.finding.id for each in viewed if each.finding.id in self.marked]


def _named(kind: Kind) -> str:
    return t("Conclusion") if kind == "conclusion" else t("Recommendation")


def _restate(study: Study, finding: str, statement: str) -> None:
    edit_finding(study, finding, statement=statement)


def _reword(study: Study, conclusion: str, text: str) -> None:
    from fieldkit.study.conclusions import edit_conclusion

    edit_conclusion(study, conclusion, text=text)


def _drawn(study: Study, kind: Kind, findings: list[str], text: str) -> None:
    from fieldkit.study.conclusions import conclude

    conclude(study, kind, text, findings)


def _turn_side(study: Study, finding: str) -> None:
    after: dict[bool | None, bool | None] = {None: True, True: False, False: None}
    edit_finding(study, finding, holds=after[find_finding(study, finding).holds])


def _raise_status(study: Study, finding: str) -> None:
    at = STATUSES.index(find_finding(study, finding).status)
    set_status(study, finding, STATUSES[(at + 1) % len(STATUSES)])
