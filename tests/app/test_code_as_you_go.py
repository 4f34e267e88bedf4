"""Codes given in the interview to what was just typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.study.coding import codings_of
from fieldkit.study.study import Study
from tests.app.evaluator import InterviewApp, app_for, drawn, keys, study_in, texts


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with study_in(tmp_path / "study") as opened:
        yield opened


def codings(app: InterviewApp) -> list[tuple[str, str, int]]:
    record = ResponseKey("role").response_id(app.interview.conduct.interview.id)
    return [(each.code, each.quote, each.start) for each in codings_of(app.interview.study, record)]


async def test_letters_code_the_paragraph_just_typed_and_a_digit_repeats(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "ctrl+g", "2\n", "Arrive prêt 👩‍💼.\n", "Tard.\n", "ctrl+d", "coun")
        assert "Council" in drawn(app)
        await keys(pilot, "\n")
        start = len("Arrive prêt 👩‍💼.\n")
        assert codings(app) == [("council", "Tard.", start)]
        await keys(pilot, "Encore.", "ctrl+d", "1")
        assert codings(app)[1] == ("council", "Encore.", start + 6)
        await keys(pilot, " Oui.", "ctrl+n")
        (row,) = [row for row in study.rows("responses").values() if row["item"] == "role"]
        assert texts(row)[1:] == ["Tard.", "Encore. Oui."], "what is typed next goes to the notes"


async def test_several_codes_and_none(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "ctrl+g", "2\n", "ctrl+d")
        assert "There is no paragraph to code yet" in drawn(app)
        await keys(pilot, "Words.", "ctrl+d", "coun", "tab", "scbf", "tab", "\n")
        assert {code for code, _, _ in codings(app)} == {"council", "scbf"}
        await keys(pilot, "ctrl+d", "zzz", "\n", "escape")
        assert len(codings(app)) == 2


async def test_cut_and_paste_move_words_in_the_notes(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "ctrl+g", "2\n", "First.\n", "Second.", "ctrl+x")
        assert app.interview.pane.notes.text == "First.\n"
        await keys(pilot, "ctrl+v", " Third.", "ctrl+n")
        (row,) = [row for row in study.rows("responses").values() if row["item"] == "role"]
        assert texts(row) == ["First.", "Second. Third."]
