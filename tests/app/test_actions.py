"""One table of actions: keys, footer, palette, help and the key table say the same."""

from __future__ import annotations

import pytest
from textual.binding import Binding
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

from fieldkit.cli.main import COMMANDS
from fieldkit.study.study import Study
from fieldkit.tui.actions import ACTIONS, FOOTER_LIMIT, NO_KEY, SCOPES, actions_of, bindings, key_table
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.commands import OUTSIDE, ActionCommands, command_name
from fieldkit.tui.screens.chart import ChartScreen
from fieldkit.tui.screens.codebook import CodebookScreen
from fieldkit.tui.screens.coding import CodingScreen
from fieldkit.tui.screens.collected import CollectedScreen
from fieldkit.tui.screens.desk import DeskScreen
from fieldkit.tui.screens.differences import DifferencesScreen
from fieldkit.tui.screens.findings import FindingsScreen
from fieldkit.tui.screens.help import HelpScreen
from fieldkit.tui.screens.history import HistoryScreen
from fieldkit.tui.screens.hits import HitsScreen
from fieldkit.tui.screens.interview import InterviewScreen
from fieldkit.tui.screens.search import SearchScreen
from fieldkit.tui.screens.waiting import WaitingScreen
from fieldkit.tui.screens.words import WordsScreen
from tests.app.frames import frame, press, settled

OWNERS = {
    "everywhere": FieldkitApp,
    "desk": DeskScreen,
    "interview": InterviewScreen,
    "coding": CodingScreen,
    "chart": ChartScreen,
    "collected": CollectedScreen,
    "hits": HitsScreen,
    "codebook": CodebookScreen,
    "differences": DifferencesScreen,
    "waiting": WaitingScreen,
    "findings": FindingsScreen,
    "words": WordsScreen,
    "history": HistoryScreen,
    "search": SearchScreen,
}

NEVER = {"ctrl+q", "ctrl+a", "ctrl+b", "ctrl+l", "ctrl+h", "ctrl+i", "ctrl+m", "ctrl+c", "f6", "f7"}
"""Keys that terminals send as others, that end things, or that a text field has for itself."""

ALTGR = {
    "at",
    "left_square_bracket",
    "right_square_bracket",
    "left_curly_bracket",
    "vertical_line",
    "number_sign",
}
"""Characters that Canadian French keyboards have behind AltGr."""


def test_every_action_has_a_method_where_it_is_told() -> None:
    assert set(OWNERS) == set(SCOPES)
    for action in ACTIONS:
        method = f"action_{action.name.partition('(')[0]}"
        assert callable(getattr(OWNERS[action.scope], method, None)), f"{action.id}: no {method}"


@pytest.mark.parametrize("scope", SCOPES)
def test_keys_are_given_once_and_work_everywhere(scope: str) -> None:
    keys = [key for action in actions_of(scope, "everywhere") for key in action.keys]
    assert sorted(keys) == sorted(set(keys))
    assert not NEVER & set(keys)
    assert not ALTGR & set(keys)
    for action in actions_of(scope):
        # A function key is never the only way; the palette is always another.
        assert action.label
        assert action.help
        assert "[" not in action.label + action.help


@pytest.mark.parametrize("scope", SCOPES)
def test_bindings_say_what_the_table_says(scope: str) -> None:
    made = {binding.id: binding for binding in bindings(scope) if isinstance(binding, Binding)}
    for action in actions_of(scope):
        binding = made.pop(action.id)
        assert (binding.key, binding.description) == (",".join(action.keys) or NO_KEY, action.label)
        assert (binding.show, binding.tooltip) == (action.footer, action.help)
    assert not made


def test_the_key_table_has_every_key() -> None:
    table = key_table()
    for action in ACTIONS:
        if action.keys:
            assert f"`{action.key_shown}`" in table
            assert action.help in table


PLACES = {
    "desk": (),
    "findings": ("f5",),
    "coding": ("f4",),
    "chart": ("f4", "ctrl+g"),
    "collected": ("f4", "r"),
    "hits": ("f4", "ctrl+f", *"counc", "enter"),
    "codebook": ("f4", "ctrl+k"),
    "differences": ("f4", "f9"),
    "waiting": ("f4", "ctrl+d"),
    "interview": ("enter",),
    "words": ("f5", *["down"] * 9, "enter"),
    "history": ("f4", "f10"),
}


@pytest.mark.parametrize("place", PLACES)
async def test_a_footer_of_80_columns_shows_its_keys_whole(world: Study, place: str) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *PLACES[place])
        keys = list(app.screen.query_one(Footer).query(FooterKey))
        assert 0 < len(keys) <= FOOTER_LIMIT
        last = max(key.region.right for key in keys)
        assert last <= 80
        shown = frame(app).splitlines()[-1]
        for key in keys:
            assert key.description in shown


@pytest.mark.parametrize("place", PLACES)
async def test_help_and_palette_tell_every_action_of_a_place(world: Study, place: str) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 80)) as pilot:
        await settled(pilot)
        await press(pilot, *PLACES[place])
        here = actions_of(*app.screen.scopes, "everywhere")
        found = [hit.text async for hit in ActionCommands(app.screen).discover()]
        assert found == [
            command_name(action, app.keymap) for action in here if action.name != "command_palette"
        ]
        await press(pilot, "f1")
        assert isinstance(app.screen, HelpScreen)
        shown = "\n".join(str(widget.render()) for widget in app.screen.query("Static"))
        for action in here:
            assert action.help in shown


async def test_the_palette_says_what_is_done_elsewhere_and_that_nothing_is_found(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+p", *"export")
        assert "fieldkit export findings.xlsx" in frame(app)
        await press(pilot, "enter")
        assert "on the command line: fieldkit export" in next(note.message for note in app._notifications)
        await press(pilot, "ctrl+p", *"zzzz")
        assert "Nothing has these letters" in frame(app)
        await press(pilot, "enter", "f1")
        assert isinstance(app.screen, HelpScreen)


def test_what_the_palette_tells_of_the_command_line_is_a_command() -> None:
    assert {line.split()[1] for line, _ in OUTSIDE} <= {command.name for command in COMMANDS}


async def test_the_palette_finds_an_interview_and_a_table(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "ctrl+p", *"positions", "enter")
        assert app.screen.kind == "positions"
        await press(pilot, "f2", "ctrl+p", *"cida-01", "enter")
        assert app.screen.place == "interview"
