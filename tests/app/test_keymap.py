"""Keys as a person wants them: read from a file, refused by line, shown wherever keys are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.cli.main import main
from fieldkit.study.preferences import config_folder
from fieldkit.study.study import Study
from fieldkit.tui.actions import ACTIONS, SCOPES, actions_of
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.keymap import Keymap
from fieldkit.tui.keymap_file import read_keymap
from fieldkit.tui.screens.coding import CodingScreen
from fieldkit.tui.screens.interview import InterviewScreen
from tests.app.frames import frame, press, settled
from tests.app.test_actions import ALTGR, NEVER


def write_keymap(text: str) -> Path:
    """The keymap of whoever runs the app."""
    config_folder().mkdir(parents=True, exist_ok=True)
    path = config_folder() / "keymap.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[interview]\nnext_itm = 'f5'", "keymap.toml:2: interview.next_itm: there is no action 'next_itm'"),
        ("[intervew]\nnext_item = 'f11'", "keymap.toml:2: intervew.next_item: there is no place 'intervew'"),
        ("\n\ninterview.save = 'ctrl+q'", "keymap.toml:3: interview.save: “ctrl+q” is not free"),
        ("[desk]\nnext_state = '@'", "keymap.toml:2: desk.next_state: “@” is not free"),
        ("[desk]\nnext_state = 'alt+s'", "keymap.toml:2: desk.next_state: not every terminal sends"),
        ("[desk]\nnext_state = 'shift+s'", "keymap.toml:2: desk.next_state: not every terminal sends"),
        ("[desk]\nnext_state = 'ctrl+wibble'", "keymap.toml:2: desk.next_state: there is no key"),
        ("[desk]\nnext_state = 7", "keymap.toml:2: desk.next_state: give it a key"),
        ("[desk]\nnext_state = []", "keymap.toml:2: desk.next_state: give it a key"),
        ("[interview]\nsave = 'x'", "keymap.toml:2: interview.save: “x” is typed into the notes here"),
        ("[interview]\nsave = 'enter'", "keymap.toml:2: interview.save: “enter” is typed into the notes"),
        ("[desk]\nnext_state = 'n'", "keymap.toml:2: desk.next_state: “n” does this already"),
        ("[everywhere]\nhelp = 'ctrl+n'", "keymap.toml:2: everywhere.help: “Ctrl+N” does this already"),
        ("[desk\n", "keymap.toml:1: "),
        ("[desk]\nnext_state = s", "keymap.toml:2: "),
    ],
)
def test_what_is_wrong_is_told_by_line_and_changes_nothing(text: str, problem: str) -> None:
    keymap = read_keymap(text)
    assert len(keymap.problems) == 1
    assert keymap.problems[0].startswith(problem)
    assert not keymap.changed


def test_no_key_can_be_given_that_terminals_or_keyboards_do_not_have() -> None:
    for key in NEVER:
        assert read_keymap(f"[desk]\nset_author = '{key}'").problems, key
    for name, sign in zip(sorted(ALTGR), "@{[#]|", strict=True):
        assert read_keymap(f"[desk]\nset_author = '{name}'").problems, name
        assert read_keymap(f"[desk]\nset_author = '{sign}'").problems, sign


def test_two_actions_can_exchange_their_keys_and_a_row_beside_a_wrong_one_counts() -> None:
    keymap = read_keymap('[desk]\nadd_respondent = "s"\nnext_state = ["n", "f11"]\nset_author = "ctrl+m"\n')
    assert keymap.changed == {"desk.add_respondent": "s", "desk.next_state": "n,f11"}
    assert [line[:14] for line in keymap.problems] == ["keymap.toml:4:"]


def test_every_action_can_be_given_a_key() -> None:
    free = ("f13", "f14", "f15")
    for at, action in enumerate(ACTIONS):
        key = free[at % len(free)]
        keymap = read_keymap(f'[{action.scope}]\n"{action.name}" = "{key}"')
        assert keymap.problems == (), action.id
        assert keymap.keys(action) == (key,)
    for scope in SCOPES:
        assert Keymap().commands(scope) == {
            key: action.command for action in actions_of(scope) for key in action.keys
        }


async def test_keys_of_ones_own_work_and_are_shown_and_the_old_ones_do_not(world: Study) -> None:
    write_keymap(
        '[desk]\nplan = "ctrl+t"\nopen_interview = "o"\n'
        '[interview]\nnext_item = "f11"\n'
        '[coding]\n"next_response(1)" = "f11"\n'
        '[everywhere]\nnext_theme = "f14"\n'
    )
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "Ctrl+T When" in frame(app)
        assert "o Interview" in frame(app)
        before = frame(app)
        await press(pilot, "w")
        assert frame(app) == before
        await press(pilot, "f14")
        assert app.theme == "fieldkit-light"
        await press(pilot, "f1")
        assert "Ctrl+T           Say when the respondent" in frame(app)
        await press(pilot, "escape", "o")
        screen = app.screen
        assert isinstance(screen, InterviewScreen)
        screen.go_to(screen.conduct.steps()[0].key)
        assert "F11 Next" in frame(app)
        at = screen.current_step().number
        await press(pilot, "ctrl+n")
        assert screen.current_step().number == at
        await press(pilot, "f11")
        assert screen.current_step().number > at
        await press(pilot, "f4")
        coding = app.screen
        assert isinstance(coding, CodingScreen)
        first = coding.entry
        await press(pilot, "f11")
        assert coding.entry is not first


async def test_a_wrong_keymap_is_told_on_the_desk_and_the_app_works(world: Study) -> None:
    write_keymap('[desk]\nadd_respondent = "ctrl+h"\n')
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "keymap.toml:2: desk.add_respondent" in frame(app)
        assert "n New respondent" in frame(app)


def test_check_tells_what_is_wrong_with_the_keymap(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_keymap('[desk]\nadd_respondent = "ctrl+h"\n')
    main(["check", str(folder)])
    assert "keymap.toml:2: desk.add_respondent: “ctrl+h” is not free" in capsys.readouterr().err
