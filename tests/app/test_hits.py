"""Words found everywhere by keys, looked at, and coded in one change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.study.coding import code_passage, guide_of
from fieldkit.study.documents import DocumentFacts, take_document
from fieldkit.study.finding_text import Hit
from fieldkit.study.study import Study
from fieldkit.tui.screens.coding import CodingScreen
from fieldkit.tui.screens.hits import HitsScreen
from fieldkit.tui.widgets.hit_list import HitList, around
from tests.app.building import build_study, response_id
from tests.app.frames import check_golden, frame, press
from tests.app.test_coding import coding_app, keys, said

SAID = {
    "CIC-01": {"changes": "The Council listens. The council’s papers [sic] come late."},
    "DFA-01": {"influence": "Au COUNCIL, oui; councillors less so."},
}
REPORT = "A made-up report.\nThe Council met in 2005."


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with Study.open(build_study(tmp_path / "study", said=SAID)) as opened:
        take_document(opened, "report.txt", REPORT, DocumentFacts())
        yield opened


def given(study: Study) -> set[tuple[str, str, int, str]]:
    """Where codes stand: text, words, first code point, code."""
    return {
        (body.get("response") or body["document"], body["quote"], body["start"], body["code"])
        for body in study.rows("codings").values()
    }


async def test_some_of_the_places_are_coded_in_one_change(study: Study) -> None:
    cic, dfa = response_id(study, "CIC-01", "changes"), response_id(study, "DFA-01", "influence")
    code_passage(study, cic, ["council"], start=0, end=20)
    before = given(study)
    async with coding_app(study, size="80x24") as pilot:
        await press(pilot, "ctrl+f", *"council", "enter")
        assert isinstance(pilot.app.screen, HitsScreen)
        check_golden(pilot.app, "hits-80x24")
        await keys(pilot, "enter")
        assert "Tick the places first" in said(pilot)
        # All five, then not the fourth, which is within a longer word.
        await keys(pilot, "a", "down", "down", "down", "space", "enter", *"scbf", "enter")
        made = {
            (cic, "Council", 4, "scbf"),
            (cic, "council", 25, "scbf"),
            (dfa, "COUNCIL", 3, "scbf"),
            ("report", "Council", 22, "scbf"),
        }
        assert given(study) - before == made
        assert "given to 4 places. Saved; Ctrl+Z takes it back from all" in said(pilot)
        await keys(pilot, "ctrl+z")
        assert given(study) == before
        await keys(pilot, "ctrl+y")
        assert given(study) - before == made
        await press(pilot, "o")
        assert isinstance(pilot.app.screen, CodingScreen)
        assert pilot.app.screen.entry.id == "report"
        assert REPORT[slice(*pilot.app.screen.passage)] == "Council"


async def test_whole_words_other_words_and_none(study: Study) -> None:
    async with coding_app(study, size="80x24") as pilot:
        await press(pilot, "ctrl+f", *"council", "enter", "w")
        assert pilot.app.screen.query_one(HitList).option_count == 4
        await keys(pilot, "slash", *"zz", "enter", "a", "enter")
        assert "0 places" in frame(pilot.app)
        assert "Find: zz\n" in frame(pilot.app)
        assert given(study) == set()
        await keys(pilot, "slash", *"--", "enter")
        assert "there is nothing to search for: give words" in said(pilot)
        await keys(pilot, "escape")
        assert isinstance(pilot.app.screen, CodingScreen)


@pytest.mark.parametrize("width", [12, 20, 30, 200])
def test_the_words_found_are_never_cut_off_by_what_stands_around(width: int) -> None:
    before, words, after = "a long beginning, ", "Council", " and as long an end of it"
    hit = Hit("responses", "i:x", "", 0, 7, words, before, after, ())
    first, last = around(hit, width)
    assert len(first) + len(words) + len(last) <= max(width, len(words))
    assert before.endswith(first.removeprefix("…"))
    assert after.startswith(last.removesuffix("…"))
    assert (first, last) == (before, after) or len(first) + len(last) >= width - len(words) - 1


async def test_what_is_coded_from_here_speaks_to_the_questions_chosen(study: Study) -> None:
    async with coding_app(study, size="80x24") as pilot:
        await press(pilot, "ctrl+f", *"papers", "enter", "ctrl+o", *"2.5", "enter")
        assert "speaks to 2.5" in frame(pilot.app)
        await keys(pilot, "a", "enter", *"scbf", "enter")
        (coding,) = study.records("codings")
        assert coding.evaluation_questions == ["2.5"]
        # With none chosen they are those of the item again.
        await keys(pilot, "ctrl+o", *"2.5", "enter")
        assert "speaks to" not in frame(pilot.app)
        await keys(pilot, "a", "enter", *"council", "enter")
        other = next(each for each in study.records("codings") if each.code == "council")
        (response,) = [each for each in study.records("responses") if each.id == other.response]
        served = guide_of(study, response)
        assert served is not None
        assert other.evaluation_questions == list(served.questions_of(response.item)) != ["2.5"]
