"""Every figure that any table of the practice study has leads back to what it counts, by its id alone."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from fieldkit.findings.errors import FindingsError
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.grounds import GROUNDS, Stated, ground_tables
from fieldkit.findings.table import Table
from fieldkit.findings.tabulate import WHATS, tabulate
from fieldkit.findings.trace import trace
from fieldkit.study.evidence import evidence
from fieldkit.study.findings import stated_rows
from fieldkit.study.study import Study
from tests.findings.practised import PASSAGE, QUESTION, make_once, practised_study


@dataclass(frozen=True)
class Practised:
    """What the figures are made from.

    Attributes:
        evidence: the evidence of the practice study.
        stated: its findings.
        texts: id of each response and document to all its words.
    """

    evidence: Evidence
    stated: Stated
    texts: dict[str, str]


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Practised:
    folder = practised_study(tmp_path_factory.mktemp("figures") / "demo")
    with Study.open(folder, write=False) as study:
        texts = {
            name: "\n".join(paragraph["text"] for paragraph in body.get("paragraphs", ()))
            for name, body in study.rows("responses").items()
        } | {name: body["text"] for name, body in study.rows("documents").items()}
        return Practised(evidence(study), stated_rows(study.records("findings")), texts)


def tables_of(study: Practised, what: str) -> list[Table]:
    if what in GROUNDS:
        return ground_tables(study.evidence, what, study.stated)
    # Codes are told on one evaluation question, too: their ids name it.
    asked = [None, QUESTION] if what in ("codes", "coverage") else [None]
    return [table for question in asked for table in tabulate(study.evidence, what, question=question)]


@pytest.mark.parametrize("what", [*WHATS, *GROUNDS])
def test_every_figure_is_found_by_its_id_with_the_persons_the_responses_and_the_words_behind_it(
    practised: Practised, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_once(monkeypatch)
    gathered = practised.evidence
    spoke, ids = 0, []
    for table in tables_of(practised, what):
        for (row, column), cell in table.cells.items():
            ids.append(cell.trace)
            found = trace(gathered, cell.trace, stated=practised.stated)
            assert (found.cell.value, found.cell.text, found.cell.n) == (cell.value, cell.text, cell.n)
            assert found.cell.persons == cell.persons
            if row != "total" or what != "profile":
                # All persons together stand in each of the profile's tables, by the same id.
                assert found.row == next(each.label for each in table.rows if each.id == row)
                assert found.table.title == table.title
            assert sorted(each.id for each in found.responses) == sorted(cell.responses), (row, column)
            spoken = {code for each in found.responses for code in each.persons}
            if what == "codes":
                assert set(cell.persons) <= spoken
            elif what == "saturation":
                assert spoken <= set(cell.persons)
            for response in found.responses:
                spoke += len(response.words)
                words, whole = [each.text for each in response.words], practised.texts[response.id]
                if what == "codes" or response.id not in gathered.heard:
                    assert words
                    assert all(each in whole for each in words)
                else:
                    assert "\n".join(words) == whole
    assert len(set(ids)) == len(ids) or what == "profile"
    # Nobody answered for a gap, and the roster is no answer: there only the persons are told.
    assert (spoke == 0) == (what in ("gaps", "profile"))


@pytest.mark.parametrize("what", ["triangulation", "evidence"])
def test_what_a_document_says_is_traced_to_its_passage(practised: Practised, what: str) -> None:
    (table,) = tables_of(practised, what)
    told = [
        [(each.persons, words.text) for each in found.responses for words in each.words]
        for (_, column), cell in table.cells.items()
        if column == "method=documents" and cell.responses
        for found in [trace(practised.evidence, cell.trace, stated=practised.stated)]
    ]
    assert told
    assert all(each == [((), PASSAGE)] for each in told)


@pytest.mark.parametrize(
    ("cell", "remedy"),
    [
        ("profile/all/XYZ/identified", "fieldkit tabulate --what profile --json"),
        ("divergence/all/1.1/CIC XYZ", "fieldkit tabulate --what divergence --json"),
        ("evidence/all/9.9/CIC", "fieldkit tabulate --what evidence --json"),
        ("sums/all/1.1/CIC", "fieldkit tabulate --what KIND --json"),
        ("sums/all/1.1/CIC", "fieldkit agreement --json"),
        ("sums/all", "fieldkit tabulate --what positions --json"),
    ],
)
def test_what_is_no_figure_is_told_with_the_command_that_prints_those_there_are(
    practised: Practised, cell: str, remedy: str
) -> None:
    with pytest.raises(FindingsError) as refused:
        trace(practised.evidence, cell, stated=practised.stated)
    assert remedy in str(refused.value)
    assert "\n" not in str(refused.value)
