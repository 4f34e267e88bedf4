"""Findings are stated, reviewed and concluded from by keys, and what the screen says is what is kept."""

from __future__ import annotations

import pytest
from textual.widgets import OptionList

from fieldkit.records.responses import ResponseKey
from fieldkit.storage.errors import StoreError
from fieldkit.study.coding import code_passage
from fieldkit.study.conclusions import conclude
from fieldkit.study.conduct import Conduct
from fieldkit.study.findings import add_finding, add_note, view_findings
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.screens.coding import CodingScreen
from fieldkit.tui.screens.findings import FindingsScreen
from tests.app.building import hold, person, response_id
from tests.app.frames import frame, press, settled


def full(app: FieldkitApp) -> str:
    return " ".join(str(app.screen.query_one("#stated-text").render()).split())


async def test_a_finding_is_stated_reviewed_and_concluded_from_by_keys(world: Study) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(
            pilot, "f5", "s", "n", *"2.5", "enter", *"Papers", "space", *"come", "space", *"late", "enter"
        )
        (viewed,) = view_findings(world)
        assert (viewed.finding.evaluation_question, viewed.finding.statement) == ("2.5", "Papers come late")
        assert "It does not say whether" in full(app)
        await press(pilot, "h")
        (viewed,) = view_findings(world)
        assert viewed.finding.holds is True
        for reason in viewed.computed.explain("en"):
            assert " ".join(reason.split()) in full(app)
        await press(pilot, "o", *"limited", "enter", *"few", "enter")
        assert "overruled by MT" in full(app)
        await press(pilot, "r", *"check", "enter", "s")
        (viewed,) = view_findings(world)
        assert [note.text for note in viewed.finding.notes] == ["check"]
        assert (viewed.strength, viewed.finding.status) == ("limited", "reviewed")
        assert "MT" in full(app)
        assert "check" in full(app)
        await press(pilot, "w", *"late", "enter", "m", *"earlier", "enter")
        drawn = {each.kind: (each.text, each.findings) for each in world.records("conclusions")}
        assert drawn == {
            "conclusion": ("late", [viewed.finding.id]),
            "recommendation": ("earlier", [viewed.finding.id]),
        }
        await press(pilot, "ctrl+z")
        assert [each.kind for each in world.records("conclusions")] == ["conclusion"]
        await press(pilot, "down", "delete")
        assert not world.records("conclusions")
        await press(pilot, "escape")
        assert isinstance(app.screen, FindingsScreen)


async def test_a_conclusion_is_changed_in_its_words_and_in_what_it_is_drawn_from(world: Study) -> None:
    late = add_finding(world, "2.5", "Papers come late.")
    seats = add_finding(world, "1.1", "Canada has a seat.")
    made = conclude(world, "conclusion", "So it is.", [late.id])
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "s", "end", "enter", "end", "backspace", "space", *"not.", "enter")
        (kept,) = world.records("conclusions")
        assert (kept.id, kept.text, kept.findings) == (made.id, "So it is not.", [late.id])
        assert "So it is not." in full(app)
        await press(pilot, "l", "home", "k", "end", "l")
        (kept,) = world.records("conclusions")
        assert set(kept.findings) == {late.id, seats.id}
        assert "Canada has a seat." in full(app)
        await press(pilot, "l", "home", "k", "down", "k", "end", "l")
        (kept,) = world.records("conclusions")
        assert set(kept.findings) == {late.id, seats.id}, "drawn from nothing it would be none"
        await press(pilot, "ctrl+z", "ctrl+z")
        (kept,) = world.records("conclusions")
        assert (kept.text, kept.findings) == ("So it is.", [late.id])


async def test_the_list_is_kept_to_what_has_some_words(world: Study) -> None:
    add_finding(world, "2.5", "Les dossiers arrivent en retard, dit le Conseil [sic].")
    seats = add_finding(world, "1.1", "Canada has a seat.")
    add_note(world, seats.id, "The Council minutes?")
    conclude(world, "recommendation", "Stay on the COUNCIL.", [seats.id])
    conclude(world, "conclusion", "Leave.", [seats.id])
    app = FieldkitApp(world)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "s", "slash", *"council", "enter")
        rows = app.screen.query_one("#stated-list", OptionList).options
        told = [str(each.prompt) for each in rows]
        assert [line.rpartition("  ")[2] for line in told] == ["Canada has a seat.", "Stay on the COUNCIL."]
        assert "2 of 4" in frame(app)
        await press(pilot, "slash", "end", *"x", "enter")
        assert "Nothing that was stated has these words" in full(app)
        await press(pilot, "a", "slash", *"[SIC]", "enter")
        assert "Les dossiers" in full(app)


async def test_what_cannot_be_written_stays_on_the_line_until_it_is(
    world: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_finding(world, "2.5", "Papers come late.")
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "s", "w", *"Plan", "space", *"earlier")
        assert world.store is not None
        with monkeypatch.context() as full_disk:
            full_disk.setattr(type(world.store), "commit", no_room)
            await press(pilot, "enter")
            assert "no room" in frame(app)
            await press(pilot, "enter")
            assert not world.records("conclusions")
        await press(pilot, "enter")
        assert [each.text for each in world.records("conclusions")] == ["Plan earlier"]


def no_room(*_: object, **__: object) -> None:
    raise StoreError("there is no room on the disk")


async def test_a_stale_finding_says_so_and_goes_no_further_before_it_is_looked_at(world: Study) -> None:
    finding = add_finding(world, "2.5", "Papers come late.", holds=True)
    code_passage(world, response_id(world, "CIC-02", "common_position"), ["council"])
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "s")
        hold(world, "CIDA-01", {"position": "Late."})
        from fieldkit.study.chart import save_chart_cell

        save_chart_cell(world, person(world, "CIDA-01"), "2.5", position="unfavourable")
        await press(pilot, "escape", "s")
        assert "What it rests on has changed" in full(app)
        await press(pilot, "s")
        assert "what it rests on has changed" in frame(app)
        assert view_findings(world)[0].finding.status == "draft"
        await press(pilot, "t", "s")
        (viewed,) = view_findings(world)
        assert (viewed.finding.id, viewed.stale, viewed.finding.status) == (finding.id, False, "reviewed")


@pytest.mark.parametrize("size", [(80, 24)])
async def test_passages_speak_for_a_finding_or_against_it_and_only_verbatim_ones_are_quoted(
    world: Study, size: tuple[int, int]
) -> None:
    interview = hold(world, "IOM-01", {"results": "placeholder"})
    conduct = Conduct(world, interview)
    conduct.type_notes(ResponseKey("results"), [{"text": "We delivered.", "kind": "verbatim"}])
    conduct.set_consent(person(world, "IOM-01"), given=True, quote=True)
    conduct.save_all()
    response = ResponseKey("results").response_id(interview)
    code_passage(world, response, ["service-quality"], start=0, end=13, evaluation_questions=["2.5"])
    finding = add_finding(world, "2.5", "Papers come late.", holds=True)
    app = FieldkitApp(world)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, "f5", "s", "p", "plus", "v")
        assert "It cannot be quoted" in frame(app)
        await press(pilot, "down", "minus", "end", "v")
        (kept,) = [each.finding for each in view_findings(world)]
        codings = world.rows("codings")
        said = [
            [codings[each]["quote"] for each in ids] for ids in (kept.supports, kept.contradicts, kept.quotes)
        ]
        assert said == [["The papers come late"], ["the position is often ours alone"], ["We delivered."]]
        assert kept.id == finding.id
        await press(pilot, "home", "minus", "plus")
        (kept,) = [each.finding for each in view_findings(world)]
        assert (len(kept.supports), len(kept.contradicts)) == (1, 1), "never both, and off again"
        await press(pilot, "enter")
        assert isinstance(app.screen, CodingScreen)
        start, end = app.screen.passage
        assert app.screen.text[start:end] == codings[kept.supports[0]]["quote"]
