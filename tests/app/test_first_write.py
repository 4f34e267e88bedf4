"""The first write to a study without a store: who may read it is asked in the app, and then it is done."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from fieldkit.study.create import create_study
from fieldkit.study.protection import needs_passphrase, unlock
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.messages import InterviewWanted
from fieldkit.tui.screens import protect
from fieldkit.tui.screens.protect import ProtectScreen
from tests.app.frames import SIZES, check_golden, frame, press, settled
from tests.app.sealed import SECRET

WORDS = "slot uncle ribbon zebra cargo maple"


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    """A study in which nothing was ever kept, as a fresh checkout is."""
    monkeypatch.setattr(protect, "offer_passphrase", lambda language: WORDS)
    folder = create_study(tmp_path / "study")
    shutil.rmtree(folder / "store")
    with Study.open(folder) as study:
        yield study


def codes(study: Study) -> list[str]:
    return [row["code"] for row in study.rows("respondents").values()]


async def test_the_offered_words_protect_it_and_the_code_is_shown_once(bare: Study) -> None:
    app = FieldkitApp(bare)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "n", *"CIC", "enter", *"MT", "enter")
        assert isinstance(app.screen, ProtectScreen)
        assert WORDS in frame(app)
        assert "write them down" in frame(app)
        await press(pilot, "enter")
        assert bare.store is not None
        code = bare.store.recovery_code
        assert code is not None
        assert code in frame(app)
        # Nothing but Enter puts it away.
        await press(pilot, "escape", "q", "enter")
        assert code in frame(app)
        await pilot.pause(protect.READ_S)
        await press(pilot, "enter")
        assert codes(bare) == ["CIC-01"]
        assert code not in frame(app)
        assert "CIC-01" in frame(app)
    assert needs_passphrase(bare.folder)
    assert unlock(bare.folder, WORDS).secret() == unlock(bare.folder, code).secret()


async def test_ones_own_passphrase_is_typed_twice_and_checked(bare: Study) -> None:
    bare.set_author("MT")
    app = FieldkitApp(bare)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "n", *"CIC", "enter", "down", "enter")
        for first, again, said in (("short", "short", "too short"), (SECRET, SECRET + "x", "differ")):
            app.screen.query_one("#protect-first", Input).value = first
            await press(pilot, "enter")
            app.screen.query_one("#protect-again", Input).value = again
            await press(pilot, "enter")
            assert said in frame(app)
            assert bare.store is None
        app.screen.query_one("#protect-first", Input).value = SECRET
        await press(pilot, "enter")
        app.screen.query_one("#protect-again", Input).value = SECRET
        await press(pilot, "enter")
        assert SECRET not in frame(app)
        await pilot.pause(protect.READ_S)
        await press(pilot, "enter")
        assert codes(bare) == ["CIC-01"]
    assert unlock(bare.folder, SECRET)


async def test_none_says_what_it_means_and_not_now_keeps_nothing(bare: Study) -> None:
    bare.set_author("MT")
    app = FieldkitApp(bare)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "n", *"CIC", "enter", "escape")
        assert app.screen.place == "desk"
        assert bare.store is None
        await press(pilot, "enter")
        assert "can read every word" in frame(app)
        await press(pilot, "down", "down", "enter")
        assert codes(bare) == ["CIC-01"]
        assert not bare.sealed


async def test_whatever_meets_the_question_is_done_after_it(
    bare: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = FieldkitApp(bare)
    done = []

    async def open_interview(wanted: InterviewWanted) -> None:
        bare.need_author()
        bare.begin_store()
        done.append(wanted.respondent)

    async def action_help() -> None:
        await open_interview(InterviewWanted("by action"))

    monkeypatch.setattr(app, "open_interview", open_interview)
    monkeypatch.setattr(app, "action_help", action_help)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        app.post_message(InterviewWanted("by message"))
        await settled(pilot)
        await press(pilot, *"1", "enter")
        assert "initials" in frame(app)
        await press(pilot, "backspace", *"MT", "enter", "escape")
        assert done == []
        await press(pilot, "f1", "down", "down", "enter")
        assert done == ["by action"]
        app.post_message(InterviewWanted("by message"))
        await settled(pilot)
        assert done == ["by action", "by message"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["protect", "protect-own", "protect-code"])
async def test_it_looks_as_it_did(bare: Study, name: str, size: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bare.set_author("MT")
    app = FieldkitApp(bare)
    code = "7K3M-9QTX-2B4N-HJ8W-PC5R-6VDY-M2KS"
    async with app.run_test(size=SIZES[size]) as pilot:
        await settled(pilot)
        await press(pilot, "n", *"CIC", "enter")
        if name == "protect-own":
            await press(pilot, "down", "enter")
        elif name == "protect-code":
            app.screen._turn_to("protect-code")
            app.screen._made(code)
            await settled(pilot)
        check_golden(app, f"{name}-{size}")
