"""What the four places have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.screen import Screen

from fieldkit.say import language
from fieldkit.study.study import Study
from fieldkit.tui.actions import Scope
from fieldkit.tui.keymap import keymap_of
from fieldkit.tui.widgets.heading import Heading
from fieldkit.tui.widgets.key_footer import KeyFooter
from fieldkit.tui.widgets.tour_line import TourLine

if TYPE_CHECKING:
    from fieldkit.tui.app import FieldkitApp


class Place(Screen[None]):
    """A place: heading at the top, its own content, the footer of keys.

    A place composes its content in `compose_body`, and brings itself up to date in `refresh_place`,
    which runs whenever it is come to and when the guides have been read.

    Attributes:
        place: its name among the places.
        study: the study.
    """

    app: FieldkitApp
    place: ClassVar[str]

    def __init__(self, study: Study) -> None:
        """Make the place on a study."""
        super().__init__()
        self.study = study

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """The scopes of the table of actions whose actions can be taken here."""
        return (cast(Scope, self.place),)

    def compose(self) -> ComposeResult:
        """The heading, the place's own content, the tour's line, the footer."""
        yield Heading(self.place)
        yield from self.compose_body()
        yield TourLine()
        yield KeyFooter()

    def compose_body(self) -> ComposeResult:
        """The place's own content."""
        raise NotImplementedError

    def refresh_place(self) -> None:
        """Bring what is shown up to date."""

    def leave_place(self) -> None:
        """Bring to an end what is being typed or chosen, before another place is gone to."""

    def on_screen_resume(self) -> None:
        """Come to: show what may have changed meanwhile."""
        self.refresh_marks()
        self.refresh_tour()
        self.refresh_place()

    def on_protocol_loaded(self) -> None:
        """The guides are there now."""
        self.refresh_marks()
        self.refresh_place()

    def language_changed(self) -> None:
        """Say everything in the language that the interface has now."""
        self.query_one(Heading).refresh()
        self.query_one(KeyFooter).refresh(recompose=True)
        self.refresh_tour()
        self.refresh_place()

    def refresh_tour(self) -> None:
        """Show the step of the tour, while somebody takes it."""
        self.query_one(TourLine).show(getattr(self.app, "tour", None), keymap_of(self.app))

    def action_interface_language(self) -> None:
        """Speak the next language of the interface."""
        self.app.action_interface_language()

    def refresh_marks(self) -> None:
        """Bring the heading up to date."""
        heading = self.query_one(Heading)
        heading.practice = self.study.practice
        heading.read_only = self.study.read_only
        if self.study.protocol_loaded:
            heading.marking = self.study.marking(language())
