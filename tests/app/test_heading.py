"""The marks stand whole on every screen of 80 columns, whatever else there would be to show."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from fieldkit.say import set_language
from fieldkit.tui.widgets.heading import PLACE_NAMES, Heading
from tests.app.frames import frame


class Headed(App[None]):
    """A screen with nothing but the headings of all places, all marked in every way."""

    def compose(self) -> ComposeResult:
        """One heading below the other."""
        for place in PLACE_NAMES:
            heading = Heading(place)
            heading.styles.height = 1
            heading.practice = heading.read_only = True
            heading.marking = "PROTÉGÉ B"
            yield heading


@pytest.mark.parametrize(
    ("language", "marks"),
    [
        ("en", "READING ONLY  PRACTICE DATA  PROTÉGÉ B"),
        ("fr", "LECTURE SEULE  DONNÉES D’EXERCICE  PROTÉGÉ B"),
    ],
)
async def test_all_marks_and_the_present_place_are_there(language: str, marks: str) -> None:
    set_language(language)
    app = Headed()
    async with app.run_test(size=(80, 24)):
        rows = frame(app).splitlines()[: len(PLACE_NAMES)]
    assert [row.rstrip().endswith(marks) for row in rows] == [True] * len(PLACE_NAMES)
