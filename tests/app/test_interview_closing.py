"""The closing review settles what was left open, keeps the memo, and opens a complete interview again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.study.conduct import Conduct
from fieldkit.study.study import Study
from fieldkit.tui.widgets.closing_page import ClosingPage
from tests.app.evaluator import InterviewApp, app_for, drawn, keys, study_in, texts

TO_CLOSING = ("ctrl+n", "1", "ctrl+g", "closing\n")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with study_in(tmp_path / "study") as opened:
        yield opened


def stored(app: InterviewApp, item: str) -> dict[str, Any]:
    conduct = app.interview.conduct
    return conduct.study.row("responses", ResponseKey(item).response_id(conduct.interview.id)) or {}


def first_gap(app: InterviewApp) -> str:
    return app.interview.query_one(ClosingPage).gaps._gaps[0].step.key.item


async def test_one_items_reason_is_turned_and_turned_back(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, *TO_CLOSING)
        item = first_gap(app)
        reasons = []
        for _ in range(3):
            await keys(pilot, "right")
            await pilot.pause()
            reasons.append((stored(app, item)["disposition"], stored(app, item)["reason"]))
        assert reasons == [("not asked", reason) for reason in ("time", "topic", "respondent")]
        assert "not asked, not for this person" in drawn(app)
        await keys(pilot, "ctrl+z")
        assert stored(app, item)["reason"] == "topic"
        for _ in range(2):
            await keys(pilot, "left")
            await pilot.pause()
        assert stored(app, item) == {}


async def test_an_item_not_asked_without_a_reason_is_listed_and_all_the_rest_get_one(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(120, 40)) as pilot:
        await keys(pilot, "ctrl+n", "1", "ctrl+n", "ctrl+t", "1", "ctrl+g", "closing\n")
        assert stored(app, "role").get("reason") is None
        assert "not asked: → says why" in drawn(app)
        await keys(pilot, "2\n")
        assert stored(app, "role")["reason"] == "topic"


@pytest.mark.parametrize(
    ("digit", "question", "told"),
    [
        ("3", "Where is it covered already?", None),
        ("4", "What will be sent?", "will send  [sic] 2004 budget"),
    ],
)
async def test_where_and_what_are_asked_for_in_words(
    study: Study, digit: str, question: str, told: str | None
) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(120, 40)) as pilot:
        await keys(pilot, "ctrl+n", "1", "ctrl+n", "ctrl+t", digit, *TO_CLOSING[2:])
        gaps = app.interview.query_one(ClosingPage).gaps
        await keys(pilot, *["down"] * [gap.step.key.item for gap in gaps._gaps].index("role"))
        await keys(pilot, "right")
        await pilot.pause()
        assert question in drawn(app)
        await keys(pilot, "[sic] 2004 budget")
        app.interview.look_after()
        await app.workers.wait_for_complete()
        interview = app.interview.interview_id
        assert study.store is not None
        assert "[sic] 2004 budget" in str(study.store.drafts.latest(interview))
        await keys(pilot, "\n")
        assert stored(app, "role")["reason"] == "[sic] 2004 budget"
        assert texts(stored(app, "role")) == []
        assert (told in drawn(app)) if told else ("already covered" not in drawn(app))
        await keys(pilot, "ctrl+z")
        assert stored(app, "role").get("reason") is None


async def test_words_asked_for_are_kept_whatever_key_ends_them_but_escape(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+n", "1", "ctrl+n", "ctrl+t", "4", *TO_CLOSING[2:])
        gaps = app.interview.query_one(ClosingPage).gaps
        await keys(pilot, *["down"] * [gap.step.key.item for gap in gaps._gaps].index("role"))
        await keys(pilot, "right")
        await keys(pilot, "minutes of 2004", "ctrl+r")
        assert app.interview.page == "item"
        assert stored(app, "role")["reason"] == "minutes of 2004"
        await keys(pilot, *TO_CLOSING[2:])
        await keys(pilot, "right")
        await keys(pilot, " and more", "escape")
        assert stored(app, "role")["reason"] == "minutes of 2004"


async def test_what_is_to_be_come_back_to_is_listed_with_its_words(study: Study) -> None:
    app = app_for(study, "CIC-01")
    role = ResponseKey("role")
    app.interview.conduct.type_notes(
        role, [{"text": "aside"}, {"text": "who was at the SCBF?", "follow_up": True}]
    )
    app.interview.conduct.leave(role)
    async with app.run_test(size=(120, 40)) as pilot:
        await keys(pilot, *TO_CLOSING)
        assert "follow-up  who was at the SCBF?" in drawn(app)
        assert "aside" not in drawn(app)


async def test_the_memo_is_drafted_kept_and_there_again(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, *TO_CLOSING, "tab", "Candid [sic],\n*but* «\u00a0tired\u00a0».")
        app.interview.look_after()
        await app.workers.wait_for_complete()
        interview = app.interview.interview_id
        # As after a power cut: another look at the same store finds the words.
        assert Conduct(study, interview).answer(ResponseKey("@memo")).text.startswith("Candid [sic],")
        await keys(pilot, "tab", "5\n")
        assert app.interview.conduct.interview.state == "complete"
    (memo,) = study.rows("memos").values()
    assert memo["text"] == "Candid [sic],\n*but* «\u00a0tired\u00a0»."
    assert (memo["on"], memo["table"], memo["author"]) == (interview, "interviews", "MT")
    again = InterviewApp(study, interview)
    async with again.run_test() as pilot:
        await keys(pilot, "ctrl+g", "closing\n")
        assert "Candid [sic]," in drawn(again)


async def test_confidence_takes_a_digit_and_enter(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, *TO_CLOSING, "7\n")
        assert "confidence medium" in drawn(app)
        await keys(pilot, "7 of them", "ctrl+g", "closing\n", "8\n")
        interview = study.row("interviews", app.interview.interview_id) or {}
        assert interview["confidence"] == "low"
        assert any(texts(body) == ["7 of them"] for body in study.rows("responses").values())


async def test_a_complete_interview_is_opened_again_and_that_is_kept(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, *TO_CLOSING, "1\n", "5\n")
    interview = app.interview.interview_id
    later = InterviewApp(study, interview)
    async with later.run_test() as pilot:
        await keys(pilot, "a correction", "ctrl+n", "ctrl+g", "closing\n")
        complete = study.row("interviews", interview) or {}
        # A correction is no part of the hour: the clock stands.
        assert (complete["state"], len(complete["sittings"])) == ("complete", 1)
        assert "5 open it again" in drawn(later)
        await keys(pilot, "5\n", "she called back\n")
        opened = study.row("interviews", interview) or {}
        assert (opened["state"], opened.get("ended_at")) == ("paused", None)
        (reopening,) = opened["reopened"]
        assert (reopening["by"], reopening["reason"]) == ("MT", "she called back")
        assert "she called back" in drawn(later)
        await keys(pilot, "one thing more", "ctrl+n")
        again = study.row("interviews", interview) or {}
        assert (again["state"], len(again["sittings"])) == ("in progress", 2)


async def test_taking_completion_back_is_kept_as_well(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, *TO_CLOSING, "5\n", "ctrl+z")
        body = study.row("interviews", app.interview.interview_id) or {}
        assert (body["state"], len(body["reopened"]), len(body["sittings"])) == ("in progress", 1, 2)
