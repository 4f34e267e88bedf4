"""The responses and documents to be coded: what each row says, and which of them are shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final

from textual import events
from textual.content import Content
from textual.visual import VisualType
from textual.widgets import OptionList

from fieldkit.say import t
from fieldkit.text import fold, shortened
from fieldkit.tui.literal import phrase
from fieldkit.tui.widgets.coding_entries import Entry
from fieldkit.tui.widgets.keys import taken_by_screen

MOST_SHOWN: Final = 1_000
"""Responses that the list holds at once; filters bring forth the others."""

_MOST_WORDS: Final = 120
"""Characters of a response that its row is given; the list cuts them to its width."""

_ITEM_SHOWN: Final = 6
"""Characters of an item's id: enough to tell it by beside the words of the question."""

_QUESTION_SHOWN: Final = 34
"""Characters of the question, before the words of the response."""

_CODE_SHOWN: Final = 7
"""Characters of a respondent's code, or of the word for a document."""

_NAME_SHOWN: Final = _ITEM_SHOWN + 1 + _QUESTION_SHOWN
"""Characters of a document's name, which stands where others have item and question."""


@dataclass(frozen=True)
class Filters:
    """Which responses and documents are shown.

    Attributes:
        group: only those of this respondent group.
        documents: only documents.
        interview: only those of this interview; and what its people are called.
        questions: only those that speak to one of these evaluation questions; empty is all.
        uncoded: only those with words that nobody has coded.
        words: only those with these words.
        code: only those that have this code.
        coder: only codings of these initials are looked at: others neither show nor count.
    """

    group: str | None = None
    documents: bool = False
    interview: tuple[str, str] | None = None
    questions: tuple[str, ...] = ()
    uncoded: bool = False
    words: str = ""
    code: str | None = None
    coder: str | None = None

    def select(self, entries: Iterable[Entry]) -> list[Entry]:
        """The responses that pass, in their order."""
        wanted = fold(self.words.strip())
        return [
            entry
            for entry in map(self.seen, entries)
            if (self.group is None or self.group in entry.groups)
            and (entry.document or not self.documents)
            and (self.interview is None or self.interview[0] == entry.interview)
            and (not self.uncoded or entry.left)
            and wanted in entry.found_by
            and (self.code is None or any(coding.code == self.code for coding in entry.codings))
            and (not self.questions or _speaks_to(entry, self.questions))
        ]

    def seen(self, entry: Entry) -> Entry:
        """An entry with the codings that are looked at."""
        if self.coder is None or all(coding.coder == self.coder for coding in entry.codings):
            return entry
        own = tuple(coding for coding in entry.codings if coding.coder == self.coder)
        return replace(entry, codings=own)

    def told(self) -> str:
        """The filters in words; empty where all responses are shown."""
        question = self.questions[0] if self.questions else None
        words = f"“{self.words}”" if self.words else None
        uncoded = t("not coded yet") if self.uncoded else None
        who = self.interview[1] if self.interview is not None else None
        mine = t("codings of {coder}").format(coder=self.coder) if self.coder else None
        kind = t("documents") if self.documents else None
        parts = (self.group, kind, who, question, self.code, mine, uncoded, words)
        return " · ".join(part for part in parts if part)


class ResponseList(OptionList):
    """The list, each row one line; its screen sees keys first."""

    async def _on_key(self, event: events.Key) -> None:
        if not await taken_by_screen(self, event):
            await super()._on_key(event)

    def _replace_option_prompt(self, index: int, prompt: VisualType) -> None:
        """Draw one row anew, where Textual measures and draws all: that would cost more than the coding."""
        option = self.get_option_at_index(index)
        option._set_prompt(prompt)
        drawn = self._option_render_cache
        for key in list(drawn.keys()):
            if key[0] is option:
                drawn.discard(key)
        self.refresh_line(index)


def row_of(entry: Entry) -> Content:
    """One row: how many codings, whose response, to which question, and how its words begin."""
    count = len(entry.codings)
    coded = f"✓{count:<2}" if count else "·  "
    words = entry.text[:_MOST_WORDS]
    template = "$count" if count else "[dim]$count[/]"
    if entry.response is None:
        name = shortened(entry.who, _NAME_SHOWN, "…").ljust(_NAME_SHOWN)
        kind = t("Doc.").ljust(_CODE_SHOWN)
        template += " $kind [b]$name[/]  [dim]$words[/]"
        return phrase(template, count=coded, kind=kind, name=name, words=words)
    response = entry.response
    item = shortened(response.item, _ITEM_SHOWN, "…")
    asked = f"{response.instance}: {entry.heading}" if response.instance else entry.heading
    template += " $code [dim]$item[/] $asked  [dim]$words[/]"
    return phrase(
        template,
        count=coded,
        code=entry.who.ljust(_CODE_SHOWN),
        item=item.ljust(_ITEM_SHOWN),
        asked=shortened(asked, _QUESTION_SHOWN, "…").ljust(_QUESTION_SHOWN),
        words=words,
    )


def _speaks_to(entry: Entry, questions: Collection[str]) -> bool:
    spoken = {*entry.questions, *(each for coding in entry.codings for each in coding.evaluation_questions)}
    return not spoken.isdisjoint(questions)
