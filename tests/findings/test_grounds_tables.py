"""Saturation, triangulation, evidence, gaps and divergence as tables, and what of them may leave."""

from __future__ import annotations

from fieldkit.findings.release_grounds import release_documents, release_saturation
from fieldkit.findings.saturation_tables import saturation_tables
from fieldkit.findings.standpoints import Statement
from fieldkit.findings.table import Heading, Table
from fieldkit.findings.triangulation_tables import (
    divergence_table,
    evidence_table,
    gaps_table,
    triangulation_table,
)
from tests.findings.test_triangulate import CODING, MINUTES, OWN, framework, world
from tests.findings.world import World


def row(table: Table, name: str) -> list[str]:
    """The texts of a row."""
    return [table.cells[name, column.id].text for column in table.columns]


def seven_interviews() -> World:
    """Six of CIC on 3.3, the first two of which bring a code each, and one of DFA on 1.1."""
    made = World()
    for number in range(1, 7):
        made.interviewed(f"CIC-0{number}")
        response = made.response(f"i-CIC-0{number}", "worth", "Worth it.", disposition="answered")
        made.code(response, "value" if number == 2 else "costs", "3.3")
    made.interviewed("DFA-01")
    made.response("i-DFA-01", "oversight", "Yes.", disposition="answered")
    made.interviews = [
        each.model_copy(update={"started_at": f"2005-03-{number + 1:02}T09:00:00Z"})
        for number, each in enumerate(made.interviews)
    ]
    return made


def test_saturation_is_told_by_question_by_group_and_interview_by_interview() -> None:
    summary, groups, curve = saturation_tables(seven_interviews().evidence(), "en")
    # Two codes came in the base of four, none in the run of the fifth and sixth.
    assert row(summary, "3.3") == ["6", "2", "2", "0", "0%", "after 6"]
    assert row(summary, "1.1") == ["1", "", "", "", "", "too few (1)"]
    assert row(summary, "total") == ["7", "2", "2", "0", "0%", "after 6"]
    assert row(groups, "3.3") == ["after 6", "too few (0)", "too few (0)", "too few (0)"]
    assert [column.label for column in curve.columns] == ["All", "3.3"]
    assert [row(curve, str(number)) for number in range(1, 8)] == [
        ["1", "1"],
        ["2", "2"],
        *[["2", "2"]] * 4,
        ["2", ""],
    ]
    cell = summary.cells["3.3", "codes"]
    assert cell.persons == tuple(f"CIC-0{number}" for number in range(1, 7))
    assert len(cell.responses) == 6
    assert curve.cells["2", "codes after 3.3"].persons == ("CIC-02",)
    assert row(saturation_tables(seven_interviews().evidence(), "fr")[0], "3.3")[4:] == ["0\xa0%", "après 6"]


def test_of_fewer_than_six_interviews_there_is_no_curve() -> None:
    assert len(saturation_tables(World().evidence(), "en")) == 2


def test_each_finding_has_a_row_with_what_every_source_says() -> None:
    made = world()
    made.codings.append(CODING)
    evidence = made.evidence(framework=framework(), documents=(MINUTES, OWN))
    table = triangulation_table(
        evidence, [(Heading("f", "1.1 They do."), Statement("1.1", True, ("m",)))], "en"
    )
    assert table is not None
    assert [column.label for column in table.columns] == [
        *("Interviews", "· CIC", "· DFA", "· CIDA", "· IOM", "Documents")
    ]
    assert row(table, "f") == [
        "partly (3 of 6)",
        "partly (2 of 3)",
        "contradicts (0 of 2)",
        "silent",
        "agrees (1 of 1)",
        "agrees (1 of 1)",
    ]
    assert table.cells["f", "CIC"].persons == ("CIC-01", "CIC-02", "CIC-03")
    assert table.cells["f", "method=papers"].responses == ("minutes",)
    assert triangulation_table(evidence, [], "en") is None


def test_evidence_and_what_is_missing_stand_by_source() -> None:
    evidence = world().evidence(framework=framework(), documents=(MINUTES, OWN))
    table = evidence_table(evidence, "en")
    assert row(table, "1.1.2") == ["3", "2", "", "", "1"]
    assert table.cells["1.1.2", "DFA"].persons == ("DFA-01", "DFA-02")
    lacking = gaps_table(evidence, "en")
    assert row(lacking, "1.1") == ["", "", "", "nobody answered", ""]
    assert row(lacking, "3.3") == [
        *("nobody answered", "nobody answered", "nobody interviewed", "", "no document")
    ]


def test_divergence_names_the_pairs_that_are_furthest_apart() -> None:
    """CIC 2/3 for and 1/3 between, DFA all against, IOM all for."""
    table = divergence_table(world().evidence(), "en")
    assert table is not None
    assert [column.label for column in table.columns] == [
        *("CIC – DFA", "CIC – IOM", "DFA – IOM", "furthest apart")
    ]
    assert row(table, "1.1") == ["1.00", "0.33", "1.00", "CIC – DFA; DFA – IOM"]
    # DFA-02 holds no view, and so takes no side.
    assert table.cells["1.1", "CIC DFA"].persons == ("CIC-01", "CIC-02", "CIC-03", "DFA-01")
    assert table.cells["1.1", "CIC DFA"].n == 4
    assert divergence_table(World().evidence(), "en") is None


def test_only_whether_saturation_is_reached_leaves_and_not_of_fewer_than_six_interviews() -> None:
    summary, groups, curve = saturation_tables(seven_interviews().evidence(), "en")
    table = release_saturation(summary, "en")
    assert table is not None
    assert {line[0][:3]: line[1:] for line in table.grid()[1:]} == {
        "All": ["reached"],
        "1.1": ["kept back"],
        "1.4": ["kept back"],
        "3.3": ["reached"],
    }
    cells = table.cells.values()
    assert all(cell.value is None and not cell.persons and not cell.responses for cell in cells)
    assert release_saturation(groups, "en") is None
    assert release_saturation(curve, "en") is None


def test_only_what_documents_say_leaves_of_the_evidence() -> None:
    evidence = world().evidence(framework=framework(), documents=(MINUTES, OWN))
    table = release_documents(evidence_table(evidence, "en"), "en")
    assert table is not None
    assert [column.label for column in table.columns] == ["Documents"]
    assert row(table, "1.1.1") == ["1"]
    lacking = release_documents(gaps_table(evidence, "en"), "en")
    assert lacking is not None
    # 1.1 lacks answers of a group only, which is not said outside.
    assert [each.id for each in lacking.rows] == ["3.3"]
    assert row(lacking, "3.3") == ["no document"]
    no_documents = divergence_table(evidence, "en")
    assert no_documents is not None
    assert release_documents(no_documents, "en") is None
