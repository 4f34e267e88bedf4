"""Codings whose words were changed since, decided on by keys in the Coding place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fieldkit.study.anchoring import waiting_codings
from fieldkit.study.coding import code_passage, codings_of
from fieldkit.study.recording import record_response
from fieldkit.study.study import Study
from fieldkit.tui.screens.coding import CodingScreen
from fieldkit.tui.screens.waiting import WaitingScreen
from fieldkit.tui.widgets.coding_bench import CodingSaid
from tests.app.building import build_study, response_id
from tests.app.frames import SIZES, frame
from tests.app.test_coding import coding_app, keys, said

BEFORE = "The [budget] papers come late. He would say no more. Rien de plus, dit-il."
AFTER = "The papers on the [budget] come late. Rien de plus, dit-il."


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    folder = build_study(tmp_path / "study", said={"CIC-01": {"changes": BEFORE}})
    with Study.open(folder) as opened:
        record = response_id(opened, "CIC-01", "changes")
        for code, words in (("budget-information", "The [budget] papers come late"), ("council", "He would")):
            start = BEFORE.index(words)
            code_passage(opened, record, [code], start=start, end=start + len(words))
        record_response(opened, record.partition(":")[0], "changes", notes=AFTER)
        yield opened


def given(study: Study) -> dict[str, str]:
    return {each.code: each.quote for each in codings_of(study, response_id(study, "CIC-01", "changes"))}


def said_here(pilot: Any) -> str:
    return str(pilot.app.screen.query_one("#waiting-said", CodingSaid).render())


@pytest.mark.parametrize("size", SIZES)
async def test_old_words_stand_beside_new_ones_and_a_key_keeps_them(study: Study, size: str) -> None:
    async with coding_app(study, size=size) as pilot:
        assert "2 wait for a decision: Ctrl+D" in frame(pilot.app)
        await keys(pilot, "ctrl+d")
        shown = " ".join(line.split("│")[-1].strip() for line in frame(pilot.app).splitlines())
        assert "its words were changed" in shown
        assert "Was “The [budget] papers come late”" in shown
        assert "Now “The papers on the [budget] come late”" in shown
        await keys(pilot, "k")
        assert given(study)["budget-information"] == "The papers on the [budget] come late"
        assert "Saved; Ctrl+Z takes it back. 1 waits still" in said_here(pilot)
        await keys(pilot, "ctrl+z")
        assert len(waiting_codings(study)) == 2
        assert "stands on “The [budget] papers come late” again" in said_here(pilot)
        await keys(pilot, "ctrl+y")
        assert [each.coding.code for each in waiting_codings(study)] == ["council"]


async def test_one_whose_words_are_gone_is_dropped_or_placed_anew_never_kept(study: Study) -> None:
    async with coding_app(study, size="80x24") as pilot:
        await keys(pilot, "ctrl+d")
        await keys(pilot, "k", "k")
        assert said_here(pilot) == "Its words are gone: place it anew, or drop it"
        await keys(pilot, "x")
        assert "council" not in given(study)
        await keys(pilot, "ctrl+z", "p")
        assert isinstance(pilot.app.screen, CodingScreen)
        assert said(pilot) == "Choose the words for Council: Enter places it there, Esc leaves it"
        await keys(pilot, "escape")
        assert isinstance(pilot.app.screen, WaitingScreen)
        await keys(pilot, "p")
        await keys(pilot, "f2")
        await keys(pilot, "f4")
        await keys(pilot, "down", "enter", "escape")
        assert len(waiting_codings(study)) == 1, "what is left half-way is left as it was"
        await keys(pilot, "ctrl+d")
        await keys(pilot, "p")
        await keys(pilot, "down", "down", "enter")
        assert given(study)["council"] == "Rien de plus, dit-il."
        assert said(pilot).startswith("Council stands on “Rien de plus, dit-il.” now. Saved")
        assert waiting_codings(study) == []
        assert "wait for a decision" not in frame(pilot.app)
        await keys(pilot, "ctrl+z", "escape", "escape")
        assert "1 waits for a decision: Ctrl+D" in frame(pilot.app)


async def test_another_coders_waits_for_her(study: Study) -> None:
    study.set_author("JL")
    async with coding_app(study) as pilot:
        await keys(pilot, "ctrl+d")
        await keys(pilot, "k", "x")
        assert said_here(pilot) == "This coding is MT's: only MT decides on it"
        assert len(waiting_codings(study)) == 2
