"""Off the record: one key on and off, and nothing of what is typed meanwhile is anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual import events

from fieldkit.study.conduct import Conduct
from fieldkit.study.holds import place_hold
from fieldkit.study.study import Study
from tests.app.evaluator import app_for, drawn, keys, study_in, texts

SECRET = "zirconium"


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with study_in(tmp_path / "study") as opened:
        yield opened


def anywhere(study: Study, words: str) -> list[str]:
    """The files of a study that hold words."""
    files = [path for path in study.folder.rglob("*") if path.is_file()]
    return [path.name for path in files if words.encode() in path.read_bytes()]


async def test_nothing_typed_or_pasted_meanwhile_is_kept(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "Before.", "ctrl+k", SECRET, "\n", "ctrl+n", "ctrl+g", SECRET, "enter", "8")
        shown = drawn(app)
        assert "OFF RECORD" in shown.splitlines()[1]
        assert "OFF THE RECORD" in shown
        assert "since 0:00: nothing is kept" in shown
        assert SECRET not in shown
        app.post_message(events.Paste(SECRET))
        await pilot.pause(1.3)
        (stretch,) = study.row("interviews", app.interview.interview_id)["off_record"]
        assert stretch.get("ended_at") is None
        await keys(pilot, "ctrl+k", " After.", "ctrl+z", "ctrl+z", "ctrl+z")
        assert SECRET not in app.interview.pane.notes.text
        await keys(pilot, "ctrl+y", "ctrl+y", "ctrl+y", "ctrl+n")
        assert [texts(body) for body in study.rows("responses").values()] == [["Before. After."]]
    (stretch,) = study.row("interviews", app.interview.interview_id)["off_record"]
    assert set(stretch) == {"started_at", "ended_at"}
    assert stretch["started_at"] <= stretch["ended_at"]
    assert anywhere(study, "Before.")
    assert anywhere(study, SECRET) == []


async def test_what_was_typed_before_is_kept_when_it_begins(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "Said openly.", "ctrl+k")
        assert [texts(body) for body in study.rows("responses").values()] == [["Said openly."]]
        assert app.interview.conduct.saved == "saved"


async def test_it_begins_from_every_page_and_goes_back_there(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+k", SECRET, "1", "ctrl+k")
        assert app.interview.page == "consent"
        assert study.rows("consents") == {}
        assert study.rows("responses") == {}


async def test_pausing_ends_it(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "Before.", "ctrl+k")
        app.interview.action_pause()
        await pilot.pause()
        body = study.row("interviews", app.interview.interview_id)
        assert body["state"] == "paused"
        assert body["off_record"][0]["ended_at"] == body["sittings"][-1]["ended_at"]
        await keys(pilot, " Again.", "ctrl+n")
        assert [texts(each) for each in study.rows("responses").values()] == [["Before. Again."]]


async def test_the_bar_holds_though_it_cannot_be_written_down(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fieldkit.storage.errors import NotDurable

    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "Before.", "ctrl+s")

        def full(*_: object, **__: object) -> None:
            raise NotDurable("the disk is full")

        with monkeypatch.context() as broken:
            broken.setattr(study.store, "commit", full)
            await keys(pilot, "ctrl+k", SECRET)
            assert "OFF RECORD" in drawn(app)
        await keys(pilot, "ctrl+k")
        (stretch,) = study.row("interviews", app.interview.interview_id)["off_record"]
        assert stretch["ended_at"] is not None
    assert anywhere(study, SECRET) == []


async def test_a_stretch_that_a_crash_left_open_is_closed_at_the_next_start(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "Before.", "ctrl+k")
        conduct = Conduct(study, app.interview.interview_id)
        conduct.start()
        (stretch,) = conduct.interview.off_record
        assert stretch.ended_at is not None
        assert stretch.ended_at >= stretch.started_at


async def test_the_paragraph_before_is_declared_off_the_record_too(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "Open.\n", SECRET, " one.", "ctrl+k", "delete")
        assert f"Off the record too?  {SECRET} one." in drawn(app)
        # Typing on, as whoever looks at the respondent does, erases nothing.
        await keys(pilot, "words", "enter")
        assert anywhere(study, SECRET)
        await keys(pilot, "delete", "enter")
        assert "Erased for good" in drawn(app)
        assert "OFF RECORD" in drawn(app)
        await keys(pilot, "ctrl+k", "ctrl+z", "ctrl+z", "ctrl+y", " And on.", "ctrl+n")
        assert [texts(body) for body in study.rows("responses").values()] == [["Open. And on."]]
    study.close()
    assert anywhere(study, SECRET) == []


async def test_the_palette_declares_it_without_a_stretch(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, SECRET)
        app.interview.action_redact()
        await keys(pilot, "enter")
        assert study.rows("responses") == {}
        assert anywhere(study, SECRET) == []


async def test_while_a_hold_stands_it_is_not_for_attribution_instead(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, SECRET, "ctrl+s")
        place_hold(study, "access request", "ATIP office")
        await keys(pilot, "ctrl+k", "delete")
        assert "A hold stands" in drawn(app)
        (body,) = study.rows("responses").values()
        assert [(each["text"], each["attribution"]) for each in body["paragraphs"]] == [(SECRET, "none")]
