"""English or French at any time: labels, help, palette and places say it at once, and it is remembered."""

from __future__ import annotations

import pytest
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from fieldkit.say import language, set_language
from fieldkit.study.preferences import preferences
from fieldkit.study.study import Study
from fieldkit.tui.actions import FOOTER_LIMIT
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.screens.help import HelpScreen
from tests.app.frames import frame, press, settled
from tests.app.test_actions import PLACES


async def test_one_key_speaks_french_and_the_same_one_english_again(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await settled(pilot)
        english = frame(app)
        await press(pilot, "l")
        french = frame(app)
        for words in ("Bureau", "Constatations", "Répondants", "Nouveau répondant", "F1 Aide"):
            assert words in french
            assert words not in english
        assert preferences()["language"] == "fr"
        assert "Langue de l’interface" in next(iter(app._notifications)).message
        await press(pilot, "l")
        assert "Nouveau répondant" not in frame(app)
        assert "New respondent" in frame(app)


async def test_places_come_to_before_speak_the_new_language_too(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "f4", "ctrl+p", *"interface", "enter")
        assert language() == "fr"
        assert "à coder" in frame(app)
        assert "Ctrl+Z Annuler" in frame(app)
        assert "Tableau  CIC-01, question" in frame(app)
        await press(pilot, "f5")
        assert "4 Suites" in frame(app)
        assert "Couverture\N{NO-BREAK SPACE}: ont répondu sur interrogées" in frame(app)
        await press(pilot, "f1")
        assert isinstance(app.screen, HelpScreen)
        assert "Sommes des parts et des nombres" in frame(app)


async def test_the_language_of_the_items_stays(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        before = app.interview.conduct.language if app.interview is not None else None
        await press(pilot, "ctrl+p", *"interface", "enter")
        assert language() == "fr"
        assert app.interview is not None
        assert app.interview.conduct.language == before


async def test_theme_and_language_are_there_the_next_time(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+p", *"high contrast", "enter")
        assert app.theme == "fieldkit-contrast"
    assert FieldkitApp(world).theme == "fieldkit-contrast"


async def test_without_colour_whatever_was_chosen(world: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    app = FieldkitApp(world)
    async with app.run_test() as pilot:
        await settled(pilot)
        app.use_theme("fieldkit-light")
    monkeypatch.setenv("NO_COLOR", "1")
    assert FieldkitApp(world).theme == "fieldkit-monochrome"


@pytest.mark.parametrize("place", PLACES)
async def test_a_french_footer_of_80_columns_shows_its_keys_whole(world: Study, place: str) -> None:
    set_language("fr")
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *PLACES[place])
        keys = list(app.screen.query_one(Footer).query(FooterKey))
        assert 0 < len(keys) <= FOOTER_LIMIT
        assert max(key.region.right for key in keys) <= 80
