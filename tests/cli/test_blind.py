"""A second coder who works blind meets nothing of the first coder's work, whatever she reads."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pyarrow.parquet
import pytest

from fieldkit.cli.main import COMMANDS
from fieldkit.findings.grounds import GROUNDS
from fieldkit.findings.tabulate import WHATS, tabulate
from fieldkit.records.adjudications import Adjudication, adjudication_id
from fieldkit.records.codings import Coding
from fieldkit.study.assigning import assign_share, interviews_by_group
from fieldkit.study.chart import save_chart_cell
from fieldkit.study.conclusions import conclude
from fieldkit.study.documents import DocumentFacts, take_document
from fieldkit.study.errors import StudyError
from fieldkit.study.evidence import evidence
from fieldkit.study.findings import add_finding
from fieldkit.study.giving import ToCode, give_codes
from fieldkit.study.history import log, restore, undo
from fieldkit.study.memos import write_memo
from fieldkit.study.study import Study, put
from fieldkit.tui.app import FieldkitApp
from tests.app.building import SAID, build_study, person, response_id
from tests.app.frames import frame, press, settled
from tests.cli.conftest import Run

FIRST, SECOND = "QXZ", "SR"
MARK = "zibeline"
"""A word that stands in all that the first coder wrote, and nowhere else."""

COMPLETE = ("CIC-01", "DFA-01", "CIDA-01", "IOM-01")
CODE, QUESTION = "zero-growth", "2.5"

READS = (
    "status", "respondent list", "texts", "texts --json", f"texts --code {CODE}", "texts --coder QXZ",
    "find Canada", "codings", "memo", "memo --json", "codebook list", f"codebook show {CODE}",
    f"codebook passages {CODE}", "codebook drift", "assign --list", "findings", "findings --json",
    "findings --waiting", "triangulate", "saturation", "agreement", "agreement --unit passage",
    "agreement --unit position --json", "adjudicate --list", "adjudicate --list --all --json",
    "log", "log --json", "log --table codings", "log --by QXZ", "check", "verify", "schema",
    *(f"tabulate --what {what} --json" for what in (*WHATS, *GROUNDS)),
)  # fmt: skip

FILES = tuple(
    f"out{ending}"
    for ending in (".csv", ".md", ".json", ".qdpx", ".qdc", ".yaml", ".html", ".docx", ".xlsx", ".parquet")
)

ELSEWHERE = {"trace", "export", "undo"}
"""Commands that the tests below run with what they find."""

READS_NOTHING = {
    "open", "demo", "new", "interview", "record", "notes", "code", "import", "redo", "backup", "restore",
    "purge", "passphrase",
}  # fmt: skip
"""Commands that show nothing that coders made: they write, copy a study whole, or open the app."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A study of MT's, coded by another, and given to a third as a share."""
    return shared_study(tmp_path / "study")


def shared_study(path: Path, *, first_works: bool = True) -> Path:
    """The study; the first coder may have made nothing of it."""
    made = build_study(path, said=SAID)
    with Study.open(made) as study:
        study.set_author("MT")
        taken = take_document(study, "report.txt", "Canada is heard.\nA made-up report.", DocumentFacts())
        study.set_author(FIRST)
        if first_works:
            _first_works(study, taken.document.id)
        study.set_author("MT")
        assert {"CIC", "DFA", "CIDA", "IOM"} == set(interviews_by_group(study))
        assign_share(study, SECOND, share=Fraction(1))
        study.set_author(SECOND)
    return made


def _first_works(study: Study, document: str) -> None:
    for code in COMPLETE:
        item = next(iter(SAID[code]))
        coded = give_codes(study, [ToCode("responses", response_id(study, code, item))], [CODE], memo=MARK)
        save_chart_cell(study, person(study, code), QUESTION, summary=MARK, position="favourable")
    give_codes(study, [ToCode("documents", document, 0, 6)], [CODE], memo=MARK, evaluation_questions=["2.1"])
    coding = coded.codings[0]
    response = coding.response or ""
    finding = add_finding(study, QUESTION, f"What {MARK} finds.", supports=[coding.id])
    conclude(study, "conclusion", f"What {MARK} concludes.", [finding.id])
    for table, record in (
        (None, None), ("codings", coding.id), ("codes", CODE), ("documents", document),
        ("responses", response), ("interviews", response.partition(":")[0]),
    ):  # fmt: skip
        write_memo(study, MARK, table=table, record=record)
    agreed = {**coding.body(), "id": "agreed", "layer": "consensus", "memo": MARK}
    decided = Adjudication(
        id=adjudication_id(response, CODE),
        response=response,
        code=CODE,
        by=FIRST,
        memo=MARK,
        codings=["agreed"],
    )
    study.save([put("codings", Coding.of(agreed)), put("adjudications", decided)])


def told(run: Run, command: str) -> str:
    """What a command prints, whether it does what it is asked or refuses to."""
    ran = run(*command.split(" "))
    assert ran.code in (0, 1), ran.err
    return ran.out + ran.err


def written(run: Run, name: str) -> str:
    """What is in an exported file, unpacked."""
    ran = run("export", name, "--force")
    assert ran.code == 0, ran.err
    path = Path(name)
    if path.suffix == ".parquet":
        return str(pyarrow.parquet.read_table(path).to_pydict())
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            return "\n".join(packed.read(each).decode("utf-8", "replace") for each in packed.namelist())
    return path.read_text(encoding="utf-8")


def seen(text: str) -> bool:
    return MARK in text or FIRST in text


def test_every_command_is_one_of_those_that_she_is_followed_through() -> None:
    read = {command.split(" ")[0] for command in READS}
    assert read | ELSEWHERE | READS_NOTHING == {command.name for command in COMMANDS}
    assert not read & READS_NOTHING


def test_no_command_and_no_file_shows_her_what_the_first_coder_made(run: Run, folder: Path) -> None:
    shown = [command for command in READS if seen(told(run, command).replace(command, ""))]
    assert shown == []
    assert [name for name in FILES if seen(written(run, name))] == []


def test_the_same_reads_show_it_to_others(run: Run, folder: Path) -> None:
    with Study.open(folder) as study:
        study.set_author("MT")
    commands = ("texts", "memo", "findings", "log", "codebook list", "adjudicate --list --all", "agreement")
    counted = {command: told(run, command) for command in commands}
    for command in ("texts", "memo", "findings", "log"):
        assert seen(counted[command]), command
    for name in (".csv", ".json", ".qdpx", ".md"):
        assert seen(written(run, f"out{name}")), name


def test_figures_count_none_of_it_and_none_is_traced(run: Run, folder: Path) -> None:
    with Study.open(folder) as study:
        study.set_author("MT")
        theirs = list(_traces(study))
        assert theirs
        study.set_author(SECOND)
        assert not evidence(study).codings
        assert not list(_traces(study))
    for trace in theirs:
        assert not seen(told(run, f"trace {trace}").replace(trace, ""))


def _traces(study: Study) -> Iterator[str]:
    """Ids of the figures that rest on codings or cells of the chart and are not nought."""
    for what in ("codes", "positions"):
        for table in tabulate(evidence(study), what):
            for (row, _), cell in table.cells.items():
                if cell.persons and row in (CODE, "favourable") and cell.trace:
                    yield cell.trace


def test_she_neither_takes_back_nor_brings_back_what_she_does_not_see(folder: Path) -> None:
    with Study.open(folder) as study:
        study.set_author("MT")
        entries = [each for each in log(study) if each.author == FIRST]
        study.set_author(SECOND)
        for entry in entries:
            with pytest.raises(StudyError, match="hand in your share first"):
                undo(study, entry.change)
            with pytest.raises(StudyError, match="there is no revision"):
                restore(study, entry.revision)


async def test_the_app_looks_as_if_the_first_coder_had_made_nothing(folder: Path, tmp_path: Path) -> None:
    assert await _looks(folder) == await _looks(shared_study(tmp_path / "untouched", first_works=False))


async def _looks(folder: Path) -> list[str]:
    """What the places show of coding: the Desk, the words and the chart of an answer, all, and figures."""
    frames = []
    with Study.open(folder) as study:
        app = FieldkitApp(study)
        async with app.run_test(size=(120, 40)) as pilot:
            await settled(pilot)
            for keys in ((), ("f4", "enter"), ("ctrl+g",), ("escape", "f5", "3")):
                await press(pilot, *keys)
                frames.append(frame(app))
    assert "left to code" in frames[1]
    return frames
