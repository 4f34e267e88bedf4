"""Marks typed in an interview: what they do beside the sign, and what taking them back undoes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.study.study import Study
from tests.app.evaluator import InterviewApp, app_for, drawn, keys, study_in, texts


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with study_in(tmp_path / "study") as opened:
        yield opened


def stored(app: InterviewApp, item: str, person: str | None = None) -> dict | None:
    conduct = app.interview.conduct
    record = ResponseKey(item, None, person).response_id(conduct.interview.id)
    return conduct.study.row("responses", record)


async def test_a_mark_ticks_the_probe_and_taking_it_back_unticks_it(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test(size=(120, 40)) as pilot:
        await keys(pilot, "ctrl+g", "2\n", "?2")
        assert "2 [x]" in drawn(app)
        await keys(pilot, "backspace")
        assert "2 [x]" not in drawn(app)
        await keys(pilot, "?2directly", "ctrl+n")
        answer = stored(app, "role")
        assert answer["probes"] == ["direct"]
        assert answer["paragraphs"][0]["probe"] == "direct"
        await keys(pilot, "ctrl+r", "home", *["backspace"], "ctrl+n")
        assert stored(app, "role")["probes"] == []


async def test_marks_are_read_where_the_first_letter_falls_into_the_notes(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, '"We begin early', "ctrl+n")
        (paragraph,) = stored(app, "unit")["paragraphs"]
        assert (paragraph["text"], paragraph["kind"]) == ("We begin early", "verbatim")


async def test_an_unknown_number_is_remarked_on(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+g", "2\n", "?9 words")
        assert "?9 stays as text: this item has no probe 9" in drawn(app)
        await keys(pilot, "ctrl+n")
        assert texts(stored(app, "role")) == ["?9 words"]


async def test_in_a_joint_interview_a_digit_says_who_speaks(study: Study) -> None:
    app = app_for(study, "CIC-01", "CIC-02")
    async with app.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "ctrl+g", "important that\n")
        item = app.interview.conduct.current
        assert "&1 CIC-01  &2 CIC-02" in drawn(app)
        await keys(pilot, "&2", '"We are late\n', "they nod\n", "&1 not always")
        assert "2“ We are late" in drawn(app)
        assert "›&1 CIC-01  &2 CIC-02" in drawn(app), "who speaks in the paragraph is pointed at"
        await keys(pilot, "ctrl+n")
        first, second = (person.id for person in app.interview.conduct.respondents)
        paragraphs = stored(app, item.item, item.respondent)["paragraphs"]
        assert [each.get("respondent") for each in paragraphs] == [second, None, first]


async def test_one_key_goes_through_the_kinds(study: Study) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, "ctrl+g", "2\n", "words")
        shown = []
        for _ in range(3):
            await keys(pilot, "f8")
            shown.append(next(line for line in drawn(app).splitlines() if "Notes" in line).strip())
        assert "the official's own words" in shown[0]
        assert "the interviewer's own" in shown[1]
        assert "own" not in shown[2]
