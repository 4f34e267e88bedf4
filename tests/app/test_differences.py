"""Where two coders differ, a key decides, and another takes it back."""

from __future__ import annotations

from fieldkit.findings.positions import held_positions
from fieldkit.study.adjudicating import open_disagreements
from fieldkit.study.adjudicating_chart import open_cell_disagreements
from fieldkit.study.chart import save_chart_cell
from fieldkit.study.coding import code_passage, codings_of
from fieldkit.study.evidence import evidence
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.screens.differences import DifferencesScreen
from tests.app.frames import frame, press, settled


async def test_a_difference_is_decided_by_a_key(world: Study) -> None:
    response = next(
        body["response"]
        for body in world.rows("codings").values()
        if world.row("responses", body["response"])
    )
    author = world.author
    assert author is not None
    world.set_author("SR")
    code_passage(world, response, ["scbf"])
    world.set_author(author)
    mine = codings_of(world, response)
    count = len(open_disagreements(world))
    assert count
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f4", "f9")
        assert isinstance(app.screen, DifferencesScreen)
        assert "not given" in frame(app)
        await press(pilot, "1")
        assert len(open_disagreements(world)) == count - 1
        await press(pilot, *["ctrl+z"])
        assert len(open_disagreements(world)) == count
        await press(pilot, "o", *"oversight", "enter")
        decided = open_disagreements(world, everything=True)
        assert [each.settled.another for each in decided if each.settled] == ["oversight"]
        own = [coding for coding in codings_of(world, response) if coding.layer is None]
        assert own == mine


async def test_a_position_that_coders_differ_on_is_decided_beside_what_each_made_of_it(world: Study) -> None:
    author, cell = world.author, world.records("chart")[0]
    assert author is not None
    world.set_author("SR")
    other = "unfavourable" if cell.position != "unfavourable" else "favourable"
    save_chart_cell(world, cell.respondent, cell.evaluation_question, summary="[b]Not so[/]", position=other)
    world.set_author(author)
    (difference,) = open_cell_disagreements(world)
    app = FieldkitApp(world)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f4", "f9")
        await press(pilot, "end")
        shown = frame(app)
        assert "[b]Not so[/]" in shown
        await press(pilot, str(1 + list(difference.given).index("SR")))
        assert open_cell_disagreements(world) == []
        assert held_positions(evidence(world))[cell.evaluation_question].positions[cell.respondent] == other
        await press(pilot, "ctrl+z")
        assert len(open_cell_disagreements(world)) == 1
