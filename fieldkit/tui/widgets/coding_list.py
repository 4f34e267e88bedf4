"""The responses to be coded: what each row says, and which of them are shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from textual import events
from textual.content import Content
from textual.widgets import OptionList

from fieldkit.say import t
from fieldkit.study.coding import CodingText, coding_texts, codings_of
from fieldkit.study.study import Study
from fieldkit.text import fold, shortened
from fieldkit.tui.literal import phrase
from fieldkit.tui.widgets.keys import taken_by_screen

MOST_SHOWN: Final = 1_000
"""Responses that the list holds at once; filters bring forth the others."""

_MOST_WORDS: Final = 120
"""Characters of a response that its row is given; the list cuts them to its width."""

_ITEM_SHOWN: Final = 6
"""Characters of an item's id: enough to tell it by beside the words of the question."""

_QUESTION_SHOWN: Final = 34
"""Characters of the question, before the words of the response."""


@dataclass(frozen=True)
class Entry:
    """One response in the list.

    Attributes:
        text: the response with its codings.
        people: ids of the persons whose response it is.
        groups: their groups.
        words: everything it can be found by, folded.
        to_code: whether there are words in it, so that it can be coded.
    """

    text: CodingText
    people: tuple[str, ...]
    groups: frozenset[str]
    words: str
    to_code: bool

    @property
    def left(self) -> bool:
        """Whether there is something in it to code and nobody has, as far as codings are looked at."""
        return self.to_code and not self.text.codings

    @property
    def id(self) -> str:
        """The response's id."""
        return self.text.response.id


@dataclass(frozen=True)
class Filters:
    """Which responses are shown.

    Attributes:
        group: only those of this respondent group.
        interview: only those of this interview; and what its people are called.
        questions: only those that speak to one of these evaluation questions; empty is all.
        uncoded: only those with words that nobody has coded.
        words: only those with these words.
        code: only those that have this code.
        coder: only codings of these initials are looked at: others neither show nor count.
    """

    group: str | None = None
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
            and (self.interview is None or self.interview[0] == entry.text.response.interview)
            and (not self.uncoded or entry.left)
            and wanted in entry.words
            and (self.code is None or any(coding.code == self.code for coding in entry.text.codings))
            and (not self.questions or _speaks_to(entry.text, self.questions))
        ]

    def seen(self, entry: Entry) -> Entry:
        """An entry with the codings that are looked at."""
        if self.coder is None or all(coding.coder == self.coder for coding in entry.text.codings):
            return entry
        own = tuple(coding for coding in entry.text.codings if coding.coder == self.coder)
        return replace(entry, text=replace(entry.text, codings=own))

    def told(self) -> str:
        """The filters in words; empty where all responses are shown."""
        question = self.questions[0] if self.questions else None
        words = f"“{self.words}”" if self.words else None
        uncoded = t("not coded yet") if self.uncoded else None
        who = self.interview[1] if self.interview is not None else None
        mine = t("codings of {coder}").format(coder=self.coder) if self.coder else None
        parts = (self.group, who, question, self.code, mine, uncoded, words)
        return " · ".join(part for part in parts if part)


class ResponseList(OptionList):
    """The list; its screen sees keys first."""

    async def _on_key(self, event: events.Key) -> None:
        if not await taken_by_screen(self, event):
            await super()._on_key(event)


def load_entries(study: Study) -> list[Entry]:
    """All responses with words or a value, ready to be found."""
    people = study.rows("respondents")
    interviews = study.rows("interviews")
    return [_entry(text, interviews.get(text.response.interview, {}), people) for text in coding_texts(study)]


def with_codings(study: Study, entry: Entry) -> Entry:
    """An entry with the codings that stand now."""
    return replace(entry, text=replace(entry.text, codings=tuple(codings_of(study, entry.id))))


def row_of(entry: Entry) -> Content:
    """One row: how many codings, whose response, to which question, and how its words begin."""
    count = len(entry.text.codings)
    response = entry.text.response
    item = shortened(response.item, _ITEM_SHOWN, "…")
    asked = f"{response.instance}: {entry.text.item_text}" if response.instance else entry.text.item_text
    template = "$count" if count else "[dim]$count[/]"
    template += " $code [dim]$item[/] $asked  [dim]$words[/]"
    return phrase(
        template,
        count=f"✓{count:<2}" if count else "·  ",
        code=entry.text.respondent_code.ljust(7),
        item=item.ljust(_ITEM_SHOWN),
        asked=shortened(asked, _QUESTION_SHOWN, "…").ljust(_QUESTION_SHOWN),
        words=response.text[:_MOST_WORDS],
    )


def _entry(text: CodingText, interview: dict[str, Any], people: Any) -> Entry:
    response = text.response
    persons = (response.respondent,) if response.respondent else tuple(interview.get("respondents", ()))
    groups = frozenset(str(people.get(person, {}).get("group", "")) for person in persons)
    words = f"{text.respondent_code} {response.item} {text.item_text}\n{response.text}"
    return Entry(text, persons, groups, fold(words), bool(response.text.strip()))


def _speaks_to(text: CodingText, questions: Collection[str]) -> bool:
    spoken = {*text.questions, *(each for coding in text.codings for each in coding.evaluation_questions)}
    return not spoken.isdisjoint(questions)
