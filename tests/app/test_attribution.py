"""Not for attribution: one key, told by a sign and in words, and never lost with what is typed on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.study.study import Study
from tests.app.evaluator import app_for, drawn, keys, study_in


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with study_in(tmp_path / "study") as opened:
        yield opened


async def test_one_key_marks_the_paragraph_and_takes_it_back(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "Said openly.\nBetween us, no", "ctrl+u", " more.", "ctrl+r", "ctrl+n")
        shown = drawn(app)
        assert "ø Between us, no more." in shown
        assert "not for attribution" in shown
        (body,) = study.rows("responses").values()
        assert [each.get("attribution") for each in body["paragraphs"]] == [None, "none"]
        await keys(pilot, "tab", "ctrl+u", "ctrl+r")
        (body,) = study.rows("responses").values()
        assert [each.get("attribution") for each in body["paragraphs"]] == [None, None]
        assert [each["text"] for each in body["paragraphs"]] == ["Said openly.", "Between us, no more."]


async def test_the_key_deletes_nothing_and_can_be_undone(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "Words", "f8", "ctrl+u")
        assert "ø“ Words" in drawn(app)
        assert "the official's own words · not for attribution" in drawn(app)
        await keys(pilot, "ctrl+z")
        assert "“ Words" in drawn(app)
        assert app.interview.pane.notes.text == "Words"
