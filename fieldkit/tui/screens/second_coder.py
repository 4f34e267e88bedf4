"""A share for a second coder: who, how much, drawn with what; what is drawn is shown before it is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from fieldkit.say import mark, t, tn
from fieldkit.storage.errors import StoreError
from fieldkit.study.assigning import Size, assign_share, assignments, draw, interviews_by_group, size_given
from fieldkit.study.author import check_initials
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study
from fieldkit.tui.first_write import may_write
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.widgets.form_field import FormField

if TYPE_CHECKING:
    from fieldkit.records.assignments import Assignment
    from fieldkit.tui.app import FieldkitApp

_FIELDS: Final = {
    "share-coder": (mark("Initials of the second coder"), ""),
    "share-size": (mark("How much: 25% or 1/4 of each group, or how many interviews"), "25%"),
    "share-seed": (mark("Drawn with (the same number draws the same)"), "1"),
}
"""Id of each field to what is asked and what stands in it at first."""

_SHOWN: Final = 2
"""Shares given last that are listed; `fieldkit assign --list` has them all."""


class SecondCoderScreen(ModalScreen[None]):
    """The shares given so far, three fields, and what would be drawn as they stand."""

    app: FieldkitApp
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", key_display="Esc")]

    def __init__(self, study: Study) -> None:
        """Make the screen.

        Args:
            study: the study.
        """
        super().__init__()
        self._study = study
        self._groups: Mapping[str, Sequence[str]] = {}

    def compose(self) -> ComposeResult:
        """The shares so far, the fields, what is drawn, what was done."""
        with Vertical(id="share", classes="asked"):
            yield Static(id="share-given")
            for field, (asked, _) in _FIELDS.items():
                yield Label(literal_line(t(asked)))
                yield FormField(id=field)
            yield Static(id="share-drawn")
            yield Static(id="share-said")

    def on_mount(self) -> None:
        """Begin with the initials."""
        self._groups = interviews_by_group(self._study)
        with self.prevent(Input.Changed):
            for field, (_, value) in _FIELDS.items():
                self._field(field).value = value
        self._show_given()
        self._show_drawn()
        self._field("share-coder").focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what is drawn now."""
        event.stop()
        self._show_drawn()

    @work(exclusive=True, group="prompt")
    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the share."""
        event.stop()
        try:
            coder = check_initials(self._field("share-coder").value)
            size, seed = self._how_much(), self._seed()
            draw(self._groups, size, seed)
            if not await may_write(self.app):
                return
            given = assign_share(self._study, coder, share=size, seed=seed)
        except (StudyError, StoreError) as error:
            self._say(str(error))
            return
        with self.prevent(Input.Changed):
            self._field("share-coder").value = ""
        self._show_given()
        self._show_drawn(given)
        said = t(
            "Saved. {coder} codes it blind: under these initials nothing that others made of it shows, "
            "until it is handed in. Esc: done"
        )
        self._say(said.format(coder=coder))

    def action_close(self) -> None:
        """Give no more."""
        self.dismiss()

    def _how_much(self) -> Size:
        return size_given(self._field("share-size").value)

    def _seed(self) -> int:
        typed = self._field("share-seed").value.strip()
        if not (typed.isascii() and typed.isdecimal() and len(typed) <= 9):
            raise StudyError(t("a share is drawn with a whole number, such as 1"))
        return int(typed)

    def _show_given(self) -> None:
        lines = [phrase("[b]A share for a second coder, who works blind[/]")]
        lines += [phrase("  $told", told=_told(each)) for each in assignments(self._study)[-_SHOWN:]]
        self.query_one("#share-given", Static).update(Content("\n").join(lines))

    def _show_drawn(self, given: Assignment | None = None) -> None:
        try:
            interviews = given.interviews if given is not None else self._drawn()
        except StudyError as error:
            self.query_one("#share-drawn", Static).update(literal_line(str(error)))
            return
        lines = [
            phrase(
                "[b]$n of $of[/] $group  $codes",
                n=len(mine),
                of=len(each),
                group=group,
                codes=self._codes(mine),
            )
            for group, each in self._groups.items()
            if (mine := sorted(set(each) & set(interviews))) or each
        ]
        self.query_one("#share-drawn", Static).update(Content("\n").join(lines))
        self._say(t("Enter: give this share   Esc: close"))

    def _drawn(self) -> list[str]:
        return draw(self._groups, self._how_much(), self._seed())

    def _codes(self, interviews: Sequence[str]) -> str:
        rows = (self._study.row("interviews", each) or {} for each in interviews)
        people = [[self._study.row("respondents", each) or {} for each in row["respondents"]] for row in rows]
        return ", ".join(sorted(" + ".join(str(row.get("code", "")) for row in each) for each in people))

    def _field(self, name: str) -> Input:
        return self.query_one(f"#{name}", Input)

    def _say(self, text: str) -> None:
        self.query_one("#share-said", Static).update(literal_line(text))


def _told(assignment: Assignment) -> str:
    """A share that was given, on one line."""
    count = len(assignment.interviews)
    told = tn("{coder}: {n} interview, handed in", "{coder}: {n} interviews, handed in", count)
    if assignment.handed_in_at is None:
        told = tn("{coder}: {n} interview, coding blind", "{coder}: {n} interviews, coding blind", count)
    return told.format(coder=assignment.coder, n=count)
