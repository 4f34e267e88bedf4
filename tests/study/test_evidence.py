"""What findings are made from follows what is written, as if it were read anew each time."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from fieldkit.findings.tabulate import WHATS, tabulate
from fieldkit.records.responses import ResponseKey
from fieldkit.study.assigning import assign_share, hand_in
from fieldkit.study.chart import save_chart_cell
from fieldkit.study.coding import code_passage, remove_codings, set_coding_questions
from fieldkit.study.consents import record_consent
from fieldkit.study.evidence import Gathered, evidence
from fieldkit.study.history import undo
from fieldkit.study.roster import find_respondent
from fieldkit.study.study import Study, put
from tests.study.conftest import held

KEY = ResponseKey("common_position")


def figures(study: Study) -> list[object]:
    return [table.to_json() for what in WHATS for table in tabulate(evidence(study), what)]


def anew(study: Study) -> list[object]:
    read = Gathered(study).now()
    return [table.to_json() for what in WHATS for table in tabulate(read, what)]


@pytest.fixture
def coded(study: Study) -> str:
    """A response with words, and a coding of it; its figures were asked for."""
    conduct = held(study)
    conduct.set_consent(conduct.respondents[0].id, given=True)
    conduct.note(KEY, "The Council listens, though late.")
    conduct.leave(KEY)
    conduct.complete()
    response = KEY.response_id(conduct.interview.id)
    code_passage(study, response, ["council"], start=0, end=11)
    assert figures(study) == anew(study)
    return response


def test_after_every_change_the_figures_are_those_read_anew(study: Study, coded: str) -> None:
    person = find_respondent(study, "CIC-01").id
    interview = coded.partition(":")[0]

    def other_words() -> None:
        said = study.record("responses", coded)
        later = said.paragraphs[0].model_copy(update={"text": "It listens. The Council does, though late."})
        study.save([put("responses", said.model_copy(update={"paragraphs": [later]}))])

    def undone() -> None:
        assert study.store is not None
        undo(study, study.store.changes(1)[0].id)

    changes: list[Callable[[], object]] = [
        lambda: code_passage(study, coded, ["scbf", "consensus"], start=12, end=19),
        lambda: set_coding_questions(study, next(iter(study.rows("codings"))), ["1.4b"]),
        lambda: remove_codings(study, [next(iter(study.rows("codings")))]),
        undone,
        lambda: save_chart_cell(study, person, "1.1", position="favourable", summary="Yes."),
        lambda: save_chart_cell(study, person, "1.1", position="mixed", summary="Partly."),
        other_words,
        lambda: record_consent(study, interview, person, given=False),
        undone,
    ]
    seen = [figures(study)]
    for change in changes:
        change()
        seen.append(figures(study))
        assert seen[-1] == anew(study)
    assert all(now != before for before, now in pairwise(seen))


def test_a_coding_or_chart_cell_more_reads_nothing_else_again(study: Study, coded: str) -> None:
    before = evidence(study)
    code_passage(study, coded, ["scbf"], start=0, end=11)
    save_chart_cell(study, find_respondent(study, "CIC-01").id, "1.1", position="mixed", summary="So so.")
    after = evidence(study)
    assert len(after.codings) == len(before.codings) + 1
    assert after.heard is before.heard
    assert evidence(study) is after


def test_who_codes_blind_gets_no_figure_of_others(study: Study, coded: str) -> None:
    assign_share(study, "AB", interviews=[coded.partition(":")[0]])
    study.set_author("AB")
    assert not evidence(study).codings
    hand_in(study, "AB")
    assert len(evidence(study).codings) == 1
    study.set_author("MT")
    assert figures(study) == anew(study)


def test_what_two_laptops_changed_differently_is_counted_until_it_is_settled(
    study: Study, coded: str, tmp_path: Path
) -> None:
    person = find_respondent(study, "CIC-01").id
    save_chart_cell(study, person, "1.1", position="mixed", summary="So so.")
    assert study.store is not None
    shutil.copytree(study.folder, tmp_path / "other")
    with Study.open(tmp_path / "other", author="MT") as other:
        save_chart_cell(other, person, "1.1", position="favourable", summary="Yes.")
        assert other.store is not None
        theirs = list(other.store.revisions())
    save_chart_cell(study, person, "1.1", position="unfavourable", summary="No.")
    assert not evidence(study).conflicts
    study.store.absorb(theirs)
    assert [table for table, _ in evidence(study).conflicts] == ["chart"]
    assert figures(study) == anew(study)
    save_chart_cell(study, person, "1.1", position="mixed", summary="Settled.")
    assert not evidence(study).conflicts
    assert figures(study) == anew(study)
