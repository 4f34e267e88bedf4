"""One item: what is asked, its value, the notes, the probes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from fieldkit.protocol.items import RepeatItem
from fieldkit.say import mark, t
from fieldkit.study.answers import Answer
from fieldkit.study.marks import NOTE, PARAPHRASE, SPEAKER_SIGN, VERBATIM, Numbered
from fieldkit.study.steps import StepView
from fieldkit.tui.literal import literal, literal_line, phrase
from fieldkit.tui.widgets.notes import Notes
from fieldkit.tui.widgets.probes import Probes
from fieldkit.tui.widgets.redraw import show
from fieldkit.tui.widgets.value_form import POINTER, ValueForm
from fieldkit.tui.widgets.value_strip import ValueStrip
from fieldkit.tui.widgets.values import value_form

_KIND_TITLES: Final = {
    VERBATIM: mark("Notes: the official's own words"),
    NOTE: mark("Notes: the interviewer's own"),
}

_NOTES: Final = mark("Notes")


class ItemPane(Vertical):
    """The item being asked, as the interviewer works on it."""

    def __init__(
        self, clock: Callable[[], float | None], codes: Mapping[str, str], *, read_only: bool
    ) -> None:
        """Make the pane.

        Args:
            clock: tells the seconds since the interview began, or None while it has not.
            codes: id to code of each person present.
            read_only: whether nothing can be typed.
        """
        super().__init__(id="item")
        self._codes = codes
        self._clock = clock
        self._read_only = read_only
        self._title = Content("")

    def compose(self) -> ComposeResult:
        """Heading, text, value, notes, probes."""
        yield Static(id="heading")
        yield Static(id="question")
        yield ValueStrip(read_only=self._read_only)
        yield Notes(clock=self._clock, placeholder=_placeholder(), id="notes")
        yield Probes()

    def on_mount(self) -> None:
        """Set what stays."""
        self.notes.read_only = self._read_only
        self.show_kind()

    @property
    def notes(self) -> Notes:
        """Where words are typed."""
        return self.query_one("#notes", Notes)

    @property
    def strip(self) -> ValueStrip:
        """Where the value is given."""
        return self.query_one(ValueStrip)

    @property
    def form(self) -> ValueForm | None:
        """How the item's value is given, or None where it has none."""
        return self.strip.form

    @property
    def probes(self) -> Probes:
        """The probes."""
        return self.query_one(Probes)

    def show_item(self, step: StepView, answer: Answer, language: str, numbered: Numbered) -> None:
        """Show an item, its value and its notes.

        Args:
            step: the item.
            answer: what was noted.
            language: language of the texts.
            numbered: what the numbers in marks stand for here.
        """
        self.notes.load(answer.paragraphs, numbered)
        self.show_kind()
        self.show_value(step, answer, language)

    def show_value(self, step: StepView, answer: Answer, language: str) -> None:
        """Show an item's value afresh, in a language."""
        form = value_form(step.item, answer.value, language, answer.disposition)
        if form is not None:
            form.aside = answer.aside
        self.strip.show(form)

    def language_changed(self) -> None:
        """Say anew what would else stay as it is until another item is shown."""
        self.notes.placeholder = _placeholder()
        self.strip.refresh(layout=True)
        self.show_kind()

    def show_words(self, step: StepView, language: str, repeat: RepeatItem | None, part: str) -> None:
        """Show what is asked, and how far it has got.

        Args:
            step: the item.
            language: language of the texts.
            repeat: the repeat it stands in, where that one's own text is to be read first; or None.
            part: which of how many times it is asked, such as `1 of 3`; or nothing.
        """
        told = [t("for {person}").format(person=step.person)] if step.person else []
        told += [t("PRIORITY")] if step.item.priority else []
        told += [t("hidden by a condition, kept")] if step.done and not step.relevant else []
        if step.value_missing:
            told.append(t("VALUE MISSING"))
        elif step.covered_under is not None:
            told.append(t("covered under {number}").format(number=step.covered_under))
        elif step.done:
            told.append(t(step.state))
        if step.also_answers:
            numbers = ", ".join(map(str, step.also_answers))
            told.append(t("also answers {numbers}").format(numbers=numbers))
        # The number of a repeat is no name for it.
        named = step.instance_text if step.instance_text and not step.instance_text.isdigit() else ""
        instance = [words for words in (part, named) if words]
        parts = [*told, *instance, step.section.title.get(language)]
        heading = phrase("[b]$number[/b]  ", number=step.number) + literal_line(" \u00b7 ".join(parts))
        show(self.query_one("#heading", Static), heading)
        words = literal(step.fill(step.item.text, language)).stylize("bold")
        if repeat is not None:
            words = literal_line(repeat.text.get(language)) + Content("\n") + words
        show(self.query_one("#question", Static), words)

    def show_kind(self) -> None:
        """Say over the notes what kind the paragraph being typed is, who speaks, and who has which digit."""
        said = self.notes.mark
        kind, speaker = str(said.get("kind", PARAPHRASE)), said.get("respondent")
        legend = [
            f"{POINTER if person == speaker else ''}{SPEAKER_SIGN}{number} {self._codes.get(person, person)}"
            for number, person in self.notes.numbered.speakers.items()
        ]
        title = Content(t(_KIND_TITLES.get(kind, _NOTES)))
        if legend:
            # Where several are named there is no room for more than the word.
            told = t(_NOTES) if kind == PARAPHRASE else t("Notes: {kind}").format(kind=t(kind))
            title = literal_line(told)
            title += Content(" \u00b7 ") + literal_line("  ".join(legend))
        if not self.notes.attributable:
            title += Content(" \u00b7 ") + Content(t("not for attribution"))
        if title != self._title:
            # Set anew, it would draw the whole of the notes with each key.
            self._title = title
            self.notes.border_title = title


def _placeholder() -> Content:
    """What stands in the notes while there are none."""
    return Content(t("  Type what is said."))
