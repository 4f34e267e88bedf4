"""A place from which the study is written at once: who is at work is asked the first time."""

from __future__ import annotations

from collections.abc import Callable

from fieldkit.say import mark, t
from fieldkit.storage.errors import StoreError
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study
from fieldkit.tui.screens.place import Place
from fieldkit.tui.widgets.coding_bench import CodingSaid
from fieldkit.tui.widgets.coding_line import CodingLine

READ_ONLY = mark("This study is open for reading only: codings and chart can be looked at, not changed")


class WritingPlace(Place):
    """A place with a line that says what was done, and one on which words are typed."""

    def __init__(self, study: Study) -> None:
        """Make the place on a study."""
        super().__init__(study)
        self._waiting: Callable[[], None] | None = None

    def say(self, text: str) -> None:
        """Say what was done, on the line above the keys."""
        self.query_one(CodingSaid).say(text)

    def write(self, work: Callable[[], None]) -> None:
        """Do what writes to the study; the first time ask whose work it is, and do it then."""
        if self.study.read_only:
            self.app.tell(t(READ_ONLY), "warning")
            return
        if self.study.author is None:
            self._waiting = work
            self.query_one(CodingLine).begin("initials", t("Your initials, for everything you write"))
            return
        try:
            work()
        except (StudyError, StoreError) as error:
            self.app.tell(str(error), "error")

    def author_given(self, initials: str) -> None:
        """Take the initials, and do what waited for them."""
        work, self._waiting = self._waiting, None
        try:
            self.study.set_author(initials)
        except StudyError as error:
            self.app.tell(str(error), "error")
            return
        if work is not None:
            self.write(work)
