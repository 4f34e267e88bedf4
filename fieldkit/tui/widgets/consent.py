"""The page before the first item: the statement to read out, and what each person agrees to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from fieldkit.protocol.guide import CONSENT_IDS, Guide
from fieldkit.protocol.texts import Text
from fieldkit.records.interviews import Consent
from fieldkit.records.respondents import Respondent
from fieldkit.say import mark, t
from fieldkit.tui.literal import literal, literal_line, phrase
from fieldkit.tui.widgets.keys import paste_into_screen, taken_by_screen
from fieldkit.tui.widgets.phrases import hanging

ANSWERS: Final = {"1": True, "2": False}
"""Digits of yes and no."""

TAKE_BACK: Final = "3"
OTHER_MODE: Final = "4"

_KEYS: Final = mark(
    "1 yes   2 no   3 takes it back   4 spoken or written   Up, Down   PgUp, PgDn\n"
    "Nothing waits for this: start typing, and it goes to the notes of item $number"
)


class ConsentList(Widget, can_focus=True):
    """A line for each person and consent; 1 is yes, 2 is no, and the next line follows.

    Attributes:
        said: what was just given: respondent, consent, answer; the screen takes it.
        taken_back_by: who is to take her consent back, if the last key asked for that.
        other_mode_of: whose consent is given in the other mode, if the last key said so.
    """

    def __init__(self) -> None:
        super().__init__(id="consents")
        self.said: tuple[str, str, bool] | None = None
        self.taken_back_by: Respondent | None = None
        self.other_mode_of: Respondent | None = None
        self._at = 0
        self._people: Sequence[Respondent] = ()
        self._consents: Mapping[str, Consent] = {}
        self._guide: Guide | None = None
        self._language = ""

    @property
    def rows(self) -> list[tuple[Respondent, str]]:
        """Person and consent of each line."""
        return [(person, consent) for person in self._people for consent in CONSENT_IDS]

    def show(
        self, guide: Guide, people: Sequence[Respondent], consents: Mapping[str, Consent], language: str
    ) -> None:
        """Show what each person has agreed to so far."""
        self._guide, self._people, self._consents, self._language = guide, people, consents, language
        self.refresh(layout=True)

    def render(self) -> Content:
        """All lines."""
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Rows that all lines take."""
        return len(self._lines(width))

    def take_key(self, event: events.Key) -> bool:
        """Arrows move, digits answer; whether the key was one for here."""
        self.said = self.taken_back_by = self.other_mode_of = None
        if event.key in ("up", "down"):
            self._at = max(0, min(len(self.rows) - 1, self._at + (1 if event.key == "down" else -1)))
        elif event.character in ANSWERS and self.rows:
            person, consent = self.rows[self._at]
            self.said = person.id, consent, ANSWERS[event.character]
            self._at = min(len(self.rows) - 1, self._at + 1)
        elif event.character == TAKE_BACK and self.rows:
            self.taken_back_by = self.rows[self._at][0]
        elif event.character == OTHER_MODE and self.rows:
            self.other_mode_of = self.rows[self._at][0]
        else:
            return False
        self.refresh()
        return True

    async def _on_key(self, event: events.Key) -> None:
        await taken_by_screen(self, event)

    def _on_paste(self, event: events.Paste) -> None:
        paste_into_screen(self, event)

    def _lines(self, width: int) -> list[Content]:
        consents = self._guide.consents if self._guide else []
        texts: dict[str, Text] = {consent.id: consent.text for consent in consents}
        lines: list[Content] = []
        for at, (person, consent) in enumerate(self.rows):
            answer = getattr(self._consents[person.id], consent)
            word = " \u2013 " if answer is None else t("yes" if answer else "no")
            pointer = "\u203a" if at == self._at and self.has_focus else " "
            sign = Content(f"[{word:<3}] ").stylize("bold" if answer else "")
            head = literal_line(f"{pointer} {person.code} ") + sign
            lines += hanging(head, literal_line(texts[consent].get(self._language)), width)
            if consent == CONSENT_IDS[-1] and (how := _how(self._consents[person.id])):
                lines.append(literal_line(f"  {person.code} {how}").stylize("dim"))
        return lines


def _how(consent: Consent) -> str:
    """When and how a consent was given, and when it was taken back; nothing while nothing is recorded."""
    told = [f"{_moment(consent.at)}, {t(consent.mode or '')}"] if consent.at else []
    if consent.withdrawn_at:
        told.append(t("WITHDRAWN {when}").format(when=_moment(consent.withdrawn_at)))
    return "   ".join(told)


def _moment(at: str) -> str:
    """A recorded time as the clock on the wall shows it."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")


class ConsentPage(Vertical):
    """The statement, scrolled by page keys, and the consents under it. Nothing here locks."""

    def compose(self) -> ComposeResult:
        """Statement, consents, keys."""
        with VerticalScroll(id="statement", can_focus=False):
            yield Static(id="statement-text")
        yield ConsentList()
        yield Static(id="consent-keys")

    @property
    def consents(self) -> ConsentList:
        """The lines of consent."""
        return self.query_one(ConsentList)

    def show(
        self,
        guide: Guide,
        people: Sequence[Respondent],
        consents: Mapping[str, Consent],
        language: str,
        item: int,
    ) -> None:
        """Show the statement in a language and what each person has agreed to so far.

        Args:
            guide: the guide, with the statement and the consents.
            people: who is present.
            consents: respondent id to what she agreed to.
            language: language of the texts.
            item: number of the item that typed words go to.
        """
        self.query_one("#consent-keys", Static).update(phrase(_KEYS, number=item))
        self.query_one("#statement-text", Static).update(literal(guide.statement.get(language)))
        self.consents.show(guide, people, consents, language)

    def take_key(self, event: events.Key) -> bool:
        """Page keys scroll the statement; the rest is for the consents."""
        statement = self.query_one("#statement", VerticalScroll)
        if event.key == "pagedown":
            statement.scroll_page_down(animate=False)
        elif event.key == "pageup":
            statement.scroll_page_up(animate=False)
        else:
            return self.consents.take_key(event)
        return True
