"""Documents in the Coding place: listed beside what was said, and coded with the same keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.records.codings import Coding
from fieldkit.study.anchoring import standing_codings
from fieldkit.study.desk import work_done
from fieldkit.study.documents import DocumentFacts, take_document
from fieldkit.study.study import Study
from tests.app.building import build_study
from tests.app.frames import frame
from tests.app.test_coding import coding_app, keys, listed, said

TEXT = "Le budget [sic] a crû de 4 %.\n\nThe Council approved it. Nobody objected."


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    folder = build_study(tmp_path / "study", said={"CIC-01": {"changes": "Papers come late."}})
    with Study.open(folder) as opened:
        facts = DocumentFacts(name="Report [2004]", language="en", evaluation_questions=["1.4b"])
        take_document(opened, "report.txt", TEXT, facts)
        yield opened


def codings(study: Study) -> list[Coding]:
    return standing_codings(study, "documents", "report")


async def test_a_document_is_listed_and_coded_with_the_keys_of_answers(study: Study) -> None:
    async with coding_app(study, size="80x24") as pilot:
        work = work_done(study)
        assert work.uncoded + work.documents == len(listed(pilot)) == 2
        assert "Doc.    Report [2004]" in listed(pilot)[1]
        assert "2 left to code" in frame(pilot.app)
        await keys(pilot, "down", "enter")
        shown = frame(pilot.app)
        assert "Report [2004]  document  2 of 2" in shown
        assert "Whole document" in shown
        await keys(pilot, "down", "down", *"coun", "enter", "space", "1")
        start = TEXT.index("The Council")
        given = [(each.code, each.start, each.quote) for each in codings(study)]
        assert given == [("council", start, TEXT[start:]), ("council", start, "The Council approved it.")]
        assert {(each.response, each.coder) for each in codings(study)} == {(None, "MT")}
        assert all(each.evaluation_questions == ["1.4b"] for each in codings(study))
        assert work_done(study).documents == 0


async def test_codings_of_a_document_take_questions_memos_and_codes_of_its_own_words(study: Study) -> None:
    async with coding_app(study) as pilot:
        await keys(pilot, "down", "enter", "right", "right", "f8", "enter")
        (coding,) = codings(study)
        assert (coding.code, coding.quote, coding.document) == ("budget", "budget", "report")
        await keys(pilot, "ctrl+o", *"2.1", "enter", "ctrl+e", *"Which?", "enter")
        (coding,) = codings(study)
        assert (coding.evaluation_questions, coding.memo) == (["1.4b", "2.1"], "Which?")
        await keys(pilot, "ctrl+t")
        assert said(pilot) == "The chart holds what persons said: a document has no cell in it"
        await keys(pilot, "delete")
        assert codings(study) == []
        await keys(pilot, "ctrl+z")
        assert [each.code for each in codings(study)] == ["budget"]
        assert "✓1" in listed(pilot)[1]


async def test_the_list_is_narrowed_to_documents_which_are_read_with_what_was_said(study: Study) -> None:
    async with coding_app(study, size="80x24") as pilot:
        groups = len(study.framework.respondent_groups)
        await keys(pilot, *["g"] * (groups + 1))
        assert [line.split()[1] for line in listed(pilot)] == ["Doc."]
        assert "only documents" in frame(pilot.app)
        await keys(pilot, "g", "r")
        await keys(pilot, "down", "enter")
        assert pilot.app.screen.entry.id == "report"
