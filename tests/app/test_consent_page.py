"""Consent in the room: by digits, taken back at any moment, and a sign while it is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.study.study import Study
from tests.app.evaluator import app_for, drawn, keys, study_in, texts


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with study_in(tmp_path / "study") as opened:
        yield opened


def status(shown: str) -> str:
    return shown.splitlines()[1]


async def test_a_sign_stands_until_everybody_has_agreed(study: Study) -> None:
    app = app_for(study, "CIC-01", "CIC-02")
    async with app.run_test(size=(80, 24)) as pilot:
        assert "NO CONSENT" in status(drawn(app))
        await keys(pilot, "ctrl+n", "ctrl+s")
        # Whatever else is told does not take its place.
        assert "Saved: everything" in drawn(app)
        assert "NO CONSENT" in status(drawn(app))
        assert status(drawn(app)).rstrip().endswith("SAVED")
        await keys(pilot, "ctrl+g", "0\n", "1", "down", "down")
        assert "NO CONSENT" in status(drawn(app))
        await keys(pilot, "1")
        assert "NO CONSENT" not in status(drawn(app))


async def test_withdrawing_shows_what_it_does_before_it_is_done(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "1", "Said early.\nAnd more.", "ctrl+n", "ctrl+g", "0\n", "3")
        shown = drawn(app)
        assert "CIC-01 takes her consent back." in shown
        assert "responses 1, paragraphs 2, coded passages 0, chart cells 0" in shown
        person = app.interview.conduct.respondents[0].id
        assert app.interview.conduct.consents()[person].withdrawn_at is None
        await keys(pilot, "escape")
        assert app.interview.conduct.interview.state == "in progress"
        await keys(pilot, "3", "enter")
        assert app.interview.conduct.consents()[person].withdrawn_at is not None
        assert app.interview.conduct.interview.state == "withdrawn"
        assert "NO CONSENT" in status(drawn(app))
        assert "WITHDRAWN 20" in drawn(app)
        (body,) = study.rows("responses").values()
        assert texts(body) == ["Said early.", "And more."]
        await keys(pilot, "up", "up", "up", "1")
        assert app.interview.conduct.consents()[person].withdrawn_at is None
        assert app.interview.conduct.interview.state == "paused"


async def test_a_note_that_begins_with_the_digit_loses_nothing(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "3 of the members", "ctrl+n")
        (body,) = study.rows("responses").values()
        assert texts(body) == ["3 of the members"]
        assert study.rows("consents") == {}


async def test_a_consent_in_writing_is_told_by_a_digit(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "1", "1", "1")
        assert ", spoken" in drawn(app)
        await keys(pilot, "4")
        assert ", written" in drawn(app)
        person = app.interview.conduct.respondents[0].id
        consent = app.interview.conduct.consents()[person]
        assert (consent.given, consent.quote, consent.mode) == (True, True, "written")
        await keys(pilot, "4")
        assert app.interview.conduct.consents()[person].mode == "spoken"
