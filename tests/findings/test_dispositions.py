"""Dispositions, against outcomes counted by hand."""

from __future__ import annotations

from fieldkit.findings.dispositions import COLUMN_IDS
from fieldkit.findings.table import Table
from fieldkit.findings.tabulate import tabulate
from fieldkit.records.interviews import AddedItem
from tests.findings.world import GUIDES, World, guide, item


def values(table: Table, row: str) -> dict[str, int | None]:
    return {column.id: table.cells[row, column.id].value for column in table.columns}


def filled() -> World:
    world = World()
    outcomes = (
        ("change", "answered"),
        ("change", "not asked"),
        ("change", "refused"),
        ("bodies", "will send"),
        ("bodies", "skipped by condition"),
    )
    for number, (asked, disposition) in enumerate(outcomes, start=1):
        world.response(world.interviewed(f"CIC-0{number}"), asked, disposition=disposition)
    world.response("i-CIC-02", "bodies", disposition="don't know")
    world.interviewed("CIC-06")
    world.person("CIC-07")
    return world


def test_each_person_has_one_outcome_and_they_add_up_to_those_interviewed() -> None:
    table = tabulate(filled().evidence(), "dispositions", question="1.4")[0]
    assert values(table, "CIC") == {
        "identified": 7,
        "interviewed": 6,
        "asked": 4,
        "answered": 1,
        "already_covered": 0,
        "will_send": 1,
        "dont_know": 1,
        "refused": 1,
        "not_applicable": 0,
        "not_asked": 0,
        "skipped_by_condition": 1,
        "no_record": 1,
    }
    cell = table.cells["CIC", "dont_know"]
    assert (cell.persons, cell.responses, cell.n) == (("CIC-02",), ("i-CIC-02:bodies",), 6)
    assert cell.trace == "dispositions/1.4/CIC/dont_know"
    assert table.cells["CIC", "no_record"].persons == ("CIC-06",)


def test_every_evaluation_question_has_a_table_and_says_which_guides_are_silent() -> None:
    tables = tabulate(filled().evidence(), "dispositions")
    assert [table.question for table in tables] == ["1.1", "1.4", "3.3"]
    part = tabulate(filled().evidence(), "dispositions", question="1.4b")[0]
    assert values(part, "total")["answered"] == 1
    silent = guide("iom", "IOM", [item("forum", "text", ["1.4a"])])
    notes = [
        table.notes[0]
        for table in tabulate(filled().evidence(guides=GUIDES | {"iom": silent}), "dispositions")
    ]
    assert [note == "No item of the guide asks about it: iom." for note in notes] == [True, False, True]


def test_items_of_a_question_with_those_interviewed_with_their_guide() -> None:
    world = filled()
    world.response(world.interviewed("DFA-01"), "bodies", "Well enough.")
    items = tabulate(world.evidence(), "dispositions", question="1.4")[1]
    assert [row.id for row in items.rows] == ["cic:bodies", "cic:change", "dfa:bodies"]
    assert values(items, "cic:change")["interviewed"] == 6
    assert values(items, "cic:change")["refused"] == 1
    assert values(items, "cic:change")["no_record"] == 3
    assert values(items, "dfa:bodies")["answered"] == 1
    assert values(items, "dfa:bodies")["interviewed"] == 1
    assert items.cells["dfa:bodies", "answered"].trace == "dispositions/1.4/dfa:bodies/answered"


def test_an_answer_that_also_answers_another_item_counts_there_too() -> None:
    world = World()
    world.response(
        world.interviewed("CIC-01"), "worth", "Worth it, if they met less.", also_answers=["change"]
    )
    world.response("i-CIC-01", "change", disposition="already covered")
    group, items = tabulate(world.evidence(), "dispositions", question="1.4")
    assert values(group, "CIC")["answered"] == 1
    assert items.cells["cic:change", "answered"].responses == ("i-CIC-01:worth",)
    unasked = world.interviewed("CIC-02")
    world.response(unasked, "worth", disposition="refused", also_answers=["change"])
    group, items = tabulate(world.evidence(), "dispositions", question="1.4")
    assert group.cells["CIC", "no_record"].persons == ("CIC-02",)
    assert items.cells["cic:change", "no_record"].persons == ("CIC-02",)


def test_an_added_item_counts_for_its_question_and_has_a_row_of_its_own() -> None:
    world = World()
    for code, words in (("CIC-01", "Why two?"), ("CIC-02", "Who chairs?")):
        world.interviewed(code)
        added = AddedItem(id="added_1", text=words, evaluation_questions=["1.4b"])
        world.interviews[-1] = world.interviews[-1].model_copy(update={"added_items": [added]})
    world.response("i-CIC-01", "added_1", "They grew.")
    group, items = tabulate(world.evidence(), "dispositions", question="1.4")
    assert values(group, "CIC")["answered"] == 1
    rows = {row.id: row.label for row in items.rows}
    assert rows["i-CIC-01:added_1"] == "cic: Why two?"
    assert rows["i-CIC-02:added_1"] == "cic: Who chairs?"
    assert items.cells["i-CIC-01:added_1", "answered"].persons == ("CIC-01",)
    assert values(items, "i-CIC-02:added_1")["interviewed"] == 1
    assert values(items, "i-CIC-02:added_1")["no_record"] == 1


def test_several_attributes_and_languages() -> None:
    world = filled()
    world.respondents[0] = world.respondents[0].model_copy(update={"attributes": {"unit": "BSK"}})
    table = tabulate(world.evidence(), "dispositions", by="attributes.unit", question="1.4", language="fr")[0]
    assert [(row.id, row.label) for row in table.rows] == [
        ("attributes.unit=BSK", "BSK"),
        ("attributes.unit=", "non précisé"),
        ("total", "Ensemble"),
    ]
    assert table.cells["attributes.unit=BSK", "answered"].value == 1
    other = tabulate(world.evidence(), "dispositions", by="reporting_group", language="fr")[0]
    assert [row.label for row in other.rows][1] == "Autres ministères"
    assert other.cells["reporting_group=CIC", "interviewed"].value == 6


def test_every_disposition_has_a_column_fit_for_a_shell() -> None:
    assert all(column.replace("_", "").isalpha() for column in COLUMN_IDS.values())
