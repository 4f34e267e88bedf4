"""What passes the gate of an outgoing report."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldkit.exchange.docx import write_docx
from fieldkit.exchange.html import write_html
from fieldkit.exchange.report import Leaving
from fieldkit.exchange.report_charts import chart_of
from fieldkit.exchange.report_check import check_report
from fieldkit.exchange.report_gather import gather
from fieldkit.exchange.xlsx import write_xlsx
from fieldkit.study.chart import save_chart_cell
from fieldkit.study.interviews import interview_for
from fieldkit.study.recording import record_response
from fieldkit.study.roster import RosterEntry, add_roster, find_respondent
from fieldkit.study.study import Study

SMALL = "half or fewer, or nobody"
WRITERS = {".xlsx": write_xlsx, ".docx": write_docx, ".html": write_html}


def charted(study: Study) -> None:
    """Six more of CIC: five favourable and one unfavourable, beside CIC-01, who is favourable."""
    people = [f"CIC-{number:02}" for number in range(2, 8)]
    add_roster(study, [RosterEntry(code, {"group": "CIC"}) for code in people])
    for code in people:
        position = "unfavourable" if code == "CIC-07" else "favourable"
        save_chart_cell(study, find_respondent(study, code).id, "1.4a", summary="", position=position)


def test_positions_leave_in_words_by_reporting_group(study: Study) -> None:
    charted(study)
    (part,) = [each for each in gather(study, leaving=True).questions if each.id == "1.4a"]
    assert part.positions is not None
    assert [column.label for column in part.positions.columns] == ["CIC", "Other departments", "IOM"]
    told = {line[0]: line[1:] for line in part.positions.grid()[1:]}
    assert told["Favourable"] == ["most or all", "kept back", "kept back"]
    assert told["Unfavourable"] == ["half or fewer, or nobody", "kept back", "kept back"]
    assert part.all_tables == (part.positions,)
    french = gather(study, leaving=True, language="fr")
    (part,) = [each for each in french.questions if each.id == "1.4a"]
    assert part.positions is not None
    assert part.positions.grid()[1][1] == "la plupart ou tous"


@pytest.mark.parametrize("suffix", WRITERS)
def test_what_left_in_words_is_verified_like_numbers(study: Study, tmp_path: Path, suffix: str) -> None:
    charted(study)
    target = tmp_path / f"report{suffix}"
    WRITERS[suffix](study, target, leaving=True)
    assert check_report(study, target).ok
    for code in ("CIC-02", "CIC-03"):
        save_chart_cell(study, find_respondent(study, code).id, "1.4a", summary="", position="mixed")
    assert len(check_report(study, target).problems) == 1


@pytest.mark.parametrize("suffix", WRITERS)
def test_numbers_leave_where_asked_for_and_are_verified_on_the_same_terms(
    study: Study, tmp_path: Path, suffix: str
) -> None:
    charted(study)
    leaving = Leaving(threshold=5, numbers=True)
    (part,) = [each for each in gather(study, leaving=leaving).questions if each.id == "1.4a"]
    assert part.positions is not None
    cells = {place: cell.text for place, cell in part.positions.cells.items() if cell.text != "kept back"}
    group = "reporting_group=CIC"
    assert cells == {("favourable", group): "6", ("total", group): "7"}
    assert chart_of(part.positions) is None
    target = tmp_path / f"report{suffix}"
    WRITERS[suffix](study, target, leaving=leaving)
    assert check_report(study, target).ok


def test_totals_leave_of_items_whose_guide_releases_them_and_of_no_others(study: Study) -> None:
    record_response(study, "CIC-01", "time_shares", value="membership=10-15")
    assert not [table for table in gather(study, leaving=True).tables if table.what == "totals"]
    guide = study.folder / "interview_guides" / "cic.yaml"
    said, line = guide.read_text(encoding="utf-8"), "        answered_for: self\n"
    assert said.count(line) == 1
    guide.write_text(said.replace(line, line + line.replace("answered_for: self", "release: true")), "utf-8")
    study.reload_protocol()
    (table,) = [table for table in gather(study, leaving=True).tables if table.what == "totals"]
    assert table.cells["membership@total", "sum"].text == "~12.5"
    assert "CIC-01" not in str(table.to_json())


def test_ratings_leave_in_words_for_a_group_of_enough_and_are_verified(study: Study, tmp_path: Path) -> None:
    people = [f"CIC-{number:02}" for number in range(1, 10)]
    add_roster(study, [RosterEntry(code, {"group": "CIC"}) for code in people[1:]])
    for code in people:
        point = "2" if code == "CIC-05" else "4"
        interview = interview_for(study, find_respondent(study, code).id)
        record_response(study, interview.id, "strategic_outcome", value=point)
    (table,) = [table for table in gather(study, leaving=True).tables if table.what == "ratings"]
    assert table.grid()[1:] == [
        ["CIC", SMALL, SMALL, SMALL, "most or all", SMALL],
    ]
    assert not [
        table for table in gather(study, leaving=Leaving(numbers=True)).tables if table.what == "ratings"
    ]
    for suffix, write in WRITERS.items():
        write(study, tmp_path / f"report{suffix}", leaving=True)
        assert check_report(study, tmp_path / f"report{suffix}").ok
    for code in people[:4]:
        interview = interview_for(study, find_respondent(study, code).id)
        record_response(study, interview.id, "strategic_outcome", value="1")
    for suffix in WRITERS:
        assert not check_report(study, tmp_path / f"report{suffix}").ok
