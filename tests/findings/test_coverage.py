"""Coverage, against figures counted by hand."""

from __future__ import annotations

from fieldkit.findings.coverage import coverage
from fieldkit.findings.tabulate import WHATS, tabulate
from tests.findings.world import World


def filled() -> World:
    """Three of CIC (one refuses), one of DFA, one of CIDA that nobody has met yet."""
    world = World()
    one = world.interviewed("CIC-01", place="headquarters")
    two = world.interviewed("CIC-02", place="geneva")
    three = world.interviewed("CIC-03", place="geneva")
    four = world.interviewed("DFA-01", place="headquarters")
    world.person("CIDA-01")
    world.consent(three, "CIC-03", given=False)
    spoken = world.response(one, "change", "Meet less often.")
    world.response(one, "bodies", value={"council": 3, "scbf": 4})
    world.response(one, "oversight", value=2)
    world.response(two, "oversight", disposition="not asked", reason="time")
    world.response(two, "change", disposition="don't know")
    refused = world.response(three, "oversight", value=4)
    both = world.response(four, "bodies", "The Council works, but too slowly.")
    world.code(spoken, "council", "1.4b")
    world.code(refused, "council", "1.1")
    world.code(both, "council", "1.4")
    world.code(both, "council", "1.4", coder="AB")
    world.position("CIC-01", "1.4b", "favourable")
    world.position("DFA-01", "1.4a", None)
    return world


def test_the_heat_map_counts_persons_with_parts_rolled_up() -> None:
    cells = coverage(filled().evidence())
    bodies = cells["1.4", "CIC"]
    assert (bodies.mark, bodies.interviewed, bodies.asked, bodies.answered) == ("asked", 2, 2, 1)
    assert (bodies.coded, bodies.charted, bodies.gap) == (1, 1, False)
    oversight = cells["1.1", "CIC"]
    assert (oversight.asked, oversight.answered, oversight.coded) == (1, 1, 0)
    abroad = cells["1.4", "DFA"]
    assert (abroad.interviewed, abroad.asked, abroad.answered, abroad.coded, abroad.charted) == (
        1,
        1,
        1,
        1,
        0,
    )
    assert cells["1.4", "IOM"].mark == "facts"
    assert len(cells) == 3 * 4


def test_a_gap_is_where_the_matrix_wants_an_answer_and_those_interviewed_gave_none() -> None:
    cells = coverage(filled().evidence())
    assert {place for place, cell in cells.items() if cell.gap} == {("3.3", "CIC"), ("3.3", "DFA")}
    answered = tabulate(filled().evidence(), "coverage")[2]
    assert "Marked as asked, yet nobody interviewed has answered: 3.3 CIC, 3.3 DFA." in answered.notes


def test_tables_of_coverage_carry_marks_denominators_and_what_they_rest_on() -> None:
    marks, asked, answered, coded, charted, passages, reached = tabulate(filled().evidence(), "coverage")
    assert [row[1:] for row in marks.grid()[1:]] == [
        ["X", "x", "-", "X"],
        ["X", "X", "-", "X facts"],
        ["X", "X", "X", "-"],
    ]
    cell = asked.cells["1.4", "CIC:asked"]
    assert (cell.value, cell.n, cell.persons) == (2, 2, ("CIC-01", "CIC-02"))
    assert cell.trace == "coverage/all/1.4/CIC:asked"
    assert answered.cells["1.4", "total:answered"].responses == (
        "i-CIC-01:bodies",
        "i-CIC-01:change",
        "i-DFA-01:bodies",
    )
    assert (answered.cells["1.4", "CIC:answered"].value, answered.cells["1.4", "CIC:answered"].n) == (1, 2)
    assert coded.cells["1.4", "total:coded"].persons == ("CIC-01", "DFA-01")
    assert charted.cells["1.4", "CIC:charted"].responses == ("i-CIC-01:bodies", "i-CIC-01:change")
    # Two coders of the same words make one passage.
    assert passages.cells["1.4", "DFA:passages"].value == 1
    # Of CIC-03, who refused, there is no interview; CIDA-01 nobody has met.
    assert reached.grid()[1:] == [
        ["identified", "3", "1", "1", "0", "5"],
        ["interviewed", "2", "1", "0", "–", "3"],
        ["interviews", "2", "1", "0", "0", "3"],
    ]


def test_where_nobody_was_interviewed_there_is_no_nought() -> None:
    asked = tabulate(filled().evidence(), "coverage")[1]
    cell = asked.cells["3.3", "CIDA:asked"]
    assert (cell.value, cell.text, cell.n) == (None, "–", 0)
    assert "– : there is nobody to count." in asked.notes
    assert asked.cells["3.3", "CIC:asked"].value == 0


def test_the_parts_of_a_question_on_request_and_by_place() -> None:
    tables = tabulate(filled().evidence(), "coverage", question="1.4", by="place", language="fr")
    asked = tables[0]
    assert [row.id for row in asked.rows] == ["1.4a", "1.4b"]
    assert [column.label for column in asked.columns] == [
        "Administration centrale",
        "Genève",
        "non précisé",
        "Ensemble",
    ]
    assert asked.cells["1.4b", "place=geneva:asked"].persons == ("CIC-02",)
    assert asked.cells["1.4b", "place=geneva:asked"].trace == "coverage/1.4/1.4b/place=geneva:asked"
    assert asked.cells["1.4a", "place=headquarters:asked"].value == 2


def test_what_is_left_out_is_said() -> None:
    world = filled()
    world.interview(world.person("IOM-01"), state="withdrawn")
    world.interview(world.person("DFA-02"), given=None)
    notes = tabulate(world.evidence(), "coverage")[1].notes
    assert "Persons whose consent is refused or withdrawn, not counted: CIC-03." in notes
    assert "Withdrawn interviews, not counted: 1." in notes
    assert not any("until their consent" in note for note in notes)
    assert "Interviews counted although no consent to take part is recorded: 1." in notes


def test_who_is_left_out_until_consent_is_recorded_is_said_by_every_table_that_counts() -> None:
    world = filled()
    met = world.interview(world.person("DFA-02"), given=None, live=True)
    joint = world.interview(world.person("CIDA-02"), world.person("CIDA-03"), given=None, live=True)
    world.consent(joint, "CIDA-02", given=True)
    world.response(met, "bodies", "Never said yes.")
    told = "Not counted until their consent to take part is recorded: CIDA-03, DFA-02 (interviews: 2)."
    for table in (each for what in WHATS for each in tabulate(world.evidence(), what)):
        assert told in table.notes or table.denominator == "none: these are marks, not counts"
        assert not any("although no consent" in note for note in table.notes)
        counted = [cell for cell in table.cells.values() if "identified" not in cell.trace.split("/")]
        assert not any("DFA-02" in cell.persons for cell in counted)
