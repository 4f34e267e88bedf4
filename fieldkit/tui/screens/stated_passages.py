"""Choosing the passages that speak for a finding, against it, and those to be quoted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from fieldkit.say import t, tn
from fieldkit.storage.errors import StoreError
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study
from fieldkit.tui.actions import Scope, bindings, own_keys
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.screens.place import Place
from fieldkit.tui.widgets.collected import Wanted
from fieldkit.tui.widgets.stated_text import passage_words

if TYPE_CHECKING:
    from fieldkit.records.findings import Finding
    from fieldkit.study.finding_passages import NamedPassage


class PassagesList(OptionList):
    """The passages; Enter is the screen's own, which the footer shows."""

    BINDINGS: ClassVar[list[BindingType]] = own_keys("passages", "enter")


class StatedPassagesScreen(Place):
    """All passages on the finding's evaluation question, one under the other."""

    place: ClassVar[str] = "findings"
    CSS_PATH = "../styles/stated.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("passages")

    def __init__(self, study: Study, finding: str) -> None:
        """Make the screen.

        Args:
            study: the study.
            finding: id of the finding.
        """
        super().__init__(study)
        self._finding_id = finding
        self._finding: Finding | None = None
        self._passages: list[NamedPassage] = []
        self._writing = asyncio.Lock()

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Its own actions, not those of the findings it lies over."""
        return ("passages",)

    def compose_body(self) -> ComposeResult:
        """The finding, the passages, what was done."""
        yield Static(id="passages-title")
        yield PassagesList(id="passages-list")
        yield Static(id="passages-said")

    def on_mount(self) -> None:
        """Let the keys go to the list."""
        self.query_one(PassagesList).focus()

    def refresh_place(self) -> None:
        """Read the passages anew."""
        self._read()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click only chooses; going to Coding takes Enter."""
        event.stop()

    def action_side(self, side: str) -> None:
        """Let the passage speak for the finding, or against it; once more lets it do neither."""
        passage = self._chosen()
        if passage is not None:
            self._change(partial(_sided, passage, side))

    def action_quote(self) -> None:
        """Choose the passage to be quoted, or choose it no more."""
        passage, finding = self._chosen(), self._finding
        if passage is None or finding is None:
            return
        if passage.why_not is not None and not passage.named_in(finding.quotes):
            self._say(t("It cannot be quoted: {why}").format(why=passage.why_not))
            return
        self._change(partial(_quoted, passage))

    def action_undo(self) -> None:
        """Take back the last change to findings."""
        from fieldkit.study.history import undo

        undo(self.study, tables=frozenset({"findings"}))
        self._read()
        self._say(t("Undone. Saved."))

    async def action_go_on(self) -> None:
        """Go to the passage in Coding."""
        from fieldkit.tui.screens.coding import CodingScreen

        passage = self._chosen()
        if passage is None:
            return
        await self.app.action_place("coding")
        if isinstance(self.app.screen, CodingScreen):
            self.app.screen.show_wanted(Wanted(passage.place, passage.start, passage.end))

    def action_back(self) -> None:
        """Back to the findings."""
        self.dismiss()

    @work(exclusive=True, group="passages")
    async def _read(self) -> None:
        try:
            self._finding, self._passages = await asyncio.to_thread(self._gathered)
        except StudyError as error:
            self._say(str(error))
            return
        self._list()

    def _gathered(self) -> tuple[Finding, list[NamedPassage]]:
        from fieldkit.study.evidence import evidence
        from fieldkit.study.finding_passages import FindingPassages
        from fieldkit.study.findings import find_finding

        finding = find_finding(self.study, self._finding_id)
        passages = FindingPassages(self.study, evidence(self.study))
        return finding, passages.on(finding.evaluation_question, finding)

    @work(group="passages-write")
    async def _change(self, changed: Callable[[Finding], dict[str, list[str]]]) -> None:
        from fieldkit.tui.first_write import may_write

        if self.study.read_only:
            self._say(t("This study is open for reading only: nothing can be written"))
            return
        if not await may_write(self.app):
            return
        try:
            # One after the other: each begins with what the one before has made of the finding.
            async with self._writing:
                self._finding = await asyncio.to_thread(self._edited, changed)
        except (StudyError, StoreError) as error:
            self._say(str(error))
            return
        self._list()
        self._say(t("Saved; Ctrl+Z takes it back"))

    def _edited(self, changed: Callable[[Finding], dict[str, list[str]]]) -> Finding:
        from fieldkit.study.findings import edit_finding, find_finding

        return edit_finding(
            self.study, self._finding_id, **changed(find_finding(self.study, self._finding_id))
        )

    def _list(self) -> None:
        finding = self._finding
        if finding is None:
            return
        count = len(self._passages)
        told = tn("{n} passage", "{n} passages", count).format(n=count)
        self.query_one("#passages-title", Static).update(
            phrase(
                "[b]$question $statement[/]\n[dim]$told   + for it   - against it   v to be quoted[/]",
                question=finding.evaluation_question,
                statement=finding.statement,
                told=told,
            )
        )
        listing = self.query_one(PassagesList)
        at = listing.highlighted or 0
        listing.set_options([Option(self._drawn(finding, each)) for each in self._passages])
        listing.highlighted = min(at, count - 1) if count else None

    def _drawn(self, finding: Finding, passage: NamedPassage) -> Content:
        side = (
            "+"
            if passage.named_in(finding.supports)
            else "-"
            if passage.named_in(finding.contradicts)
            else " "
        )
        quoted = "”" if passage.named_in(finding.quotes) else " "
        head = phrase(
            "[b]$side$quoted[/] [b]$about[/]  [dim]$codes[/]",
            side=side,
            quoted=quoted,
            about=passage.about,
            codes=", ".join(passage.codes),
        )
        return Content("\n").join([head, Content("   ") + passage_words(passage)])

    def _chosen(self) -> NamedPassage | None:
        at = self.query_one(PassagesList).highlighted
        return self._passages[at] if at is not None and at < len(self._passages) else None

    def _say(self, text: str) -> None:
        self.query_one("#passages-said", Static).update(literal_line(text))


def _sided(passage: NamedPassage, side: str, finding: Finding) -> dict[str, list[str]]:
    supports = [each for each in finding.supports if each not in passage.codings]
    contradicts = [each for each in finding.contradicts if each not in passage.codings]
    if side == "for" and not passage.named_in(finding.supports):
        supports.append(passage.codings[0])
    if side == "against" and not passage.named_in(finding.contradicts):
        contradicts.append(passage.codings[0])
    return {"supports": supports, "contradicts": contradicts}


def _quoted(passage: NamedPassage, finding: Finding) -> dict[str, list[str]]:
    quotes = [each for each in finding.quotes if each not in passage.codings]
    if len(quotes) == len(finding.quotes):
        quotes.append(passage.codings[0])
    return {"quotes": quotes}
