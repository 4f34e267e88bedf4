"""Distinct persons by evaluation question, code and group, against four programs; and one coding more.

A study that is open keeps its counts up to date as codings arrive: what is measured is the answer, and what
one coding costs. The rivals read a file of the same codings and count, with both trees rolled up; all must
come to the same figures. Then a coding is given in a study of 50,000, and the time taken until the table of
codes, and the matrix of coverage, is drawn with it.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from textual.pilot import Pilot

from benchmarks._coded import build
from benchmarks._rivals import RIVALS, Above, Figures, write_codings
from benchmarks._workload import Table
from fieldkit.findings.code_counts import CodeCounts, CodedPersons
from fieldkit.findings.code_documents import codes_above
from fieldkit.findings.evidence import Evidence
from fieldkit.records.interviews import Consent, Interview, consent_id
from fieldkit.records.respondents import Respondent
from fieldkit.records.responses import Paragraph, Response
from fieldkit.storage.writes import Put
from fieldkit.study.coding import code_passage
from fieldkit.study.evidence import evidence
from fieldkit.study.study import Study, put
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.garbage import wait_for_first_paint
from fieldkit.tui.widgets.findings_table import FindingsTable

FEW: Final = 50_000
MANY: Final = 1_000_000
CODINGS_EACH: Final = 75
"""Codings of one person, as in the study of 50,000."""

GROUPS: Final = ("CIC", "DFA", "CIDA", "IOM")
SIZE: Final = (120, 40)
WORDS: Final = "The papers came late, and nobody could tell why."

Coded = tuple[str, str, str]
"""Leaf, code and person of a coding."""


@dataclass(frozen=True)
class Trees:
    """What is rolled up into what.

    Attributes:
        questions: evaluation question to its leaves.
        codes: code to itself and those below it.
    """

    questions: dict[str, list[str]]
    codes: dict[str, list[str]]

    def pairs(self) -> tuple[Above, Above]:
        """Both as rows to be joined: what is counted, and what it counts under."""
        found = [
            [(one, above) for above, below in tree.items() for one in below]
            for tree in (self.questions, self.codes)
        ]
        return found[0], found[1]


def run(arguments: list[str]) -> bool:
    """Measure, print, and return whether every promise holds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks findings")
    parser.add_argument("--quick", action="store_true", help="fewer codings, and fewer of each measured")
    parser.add_argument("--folder", type=Path, help="where to work: the disk to be measured")
    options = parser.parse_args(arguments)
    few, many, rounds = (5_000, 100_000, 10) if options.quick else (FEW, MANY, 40)
    table = Table()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        folder = Path(name)
        study = build(folder / "study", few)
        with Study.open(study) as opened:
            trees, codings, people = _of_study(evidence(opened))
            print(f"{len(codings):,} codings of {len(people):,} persons, in a study that is open")
            ask = lambda: _figures(evidence(opened).coded, trees, people)  # noqa: E731
            _against(table, folder / "few.csv", codings, people, trees, ask)
        _fed(table, folder / "many.csv", trees, many)
        _painted(table, study, few, rounds)
    print("all promises hold" if table.passed else "a promise is missed")
    return table.passed


def _of_study(gathered: Evidence) -> tuple[Trees, list[Coded], dict[str, str]]:
    """The trees of a study, its codings, and each person's group."""
    framework, codebook = gathered.framework, gathered.codebook
    questions = {each.id: framework.leaf_ids(each.id) for each in framework.evaluation_questions}
    below: dict[str, list[str]] = {}
    for code in codebook.codes:
        for above in codes_above(codebook, code.id):
            below.setdefault(above, []).append(code.id)
    codings = [
        (leaf, passage.coding.code, person)
        for passage in gathered.passages
        for leaf in passage.leaves
        for person in passage.persons
    ]
    return Trees(questions, below), codings, {each.id: each.group for each in gathered.respondents}


def _figures(coded: CodedPersons, trees: Trees, people: dict[str, str]) -> Figures:
    """The figures, of counts that are kept."""
    groups = {group: coded.marks(each for each in people if people[each] == group) for group in GROUPS}
    found: Figures = {}
    for question, leaves in trees.questions.items():
        for code, below in trees.codes.items():
            marks = coded.of(below, leaves)
            for group, of_group in groups.items():
                if persons := (marks & of_group).bit_count():
                    found[question, code, group] = persons
    return found


def _fed(table: Table, path: Path, trees: Trees, count: int) -> None:
    """Made-up codings, counted one by one; then the same question."""
    people = {f"person{n:06}": GROUPS[n % len(GROUPS)] for n in range(count // CODINGS_EACH + 1)}
    codings = list(_made_up(trees, count))
    counts = CodeCounts(people)
    add = counts.add
    begun = time.process_time()
    for leaf, code, person in codings:
        add(code, (leaf,), (person,))
    spent = time.process_time() - begun
    print(f"{count:,} codings of {len(people):,} persons, counted as they arrive")
    table.value("one coding counted, mean", spent / count)
    _against(table, path, codings, people, trees, lambda: _figures(counts.now(), trees, people))


def _made_up(trees: Trees, count: int) -> Iterator[Coded]:
    source = random.Random(13)
    leaves = [leaf for below in trees.questions.values() for leaf in below]
    codes = list(trees.codes)
    for number in range(count):
        yield source.choice(leaves), source.choice(codes), f"person{number // CODINGS_EACH:06}"


def _against(
    table: Table,
    path: Path,
    codings: Sequence[Coded],
    people: dict[str, str],
    trees: Trees,
    ask: Callable[[], Figures],
) -> None:
    """Our answer, and each rival's with its load of the same codings; the best of several turns each."""
    write_codings(path, ((leaf, code, people[person], person) for leaf, code, person in codings))
    expected, ours = _best(ask, 5)
    table.value("ours, from counts kept", ours)
    for module, count in RIVALS.items():
        if importlib.util.find_spec(module) is None:
            print(f"  {module} is not installed: `pip install 'fieldkit[bench]'` brings it")
            continue
        importlib.import_module(module)
        found, theirs = _best(lambda count=count: count(path, *trees.pairs()), 2)
        if found != expected:
            raise AssertionError(f"{module} comes to other figures")
        table.value(f"{module}, with its load", theirs)
        table.promise(f"against {module}", ours / theirs, 1)


def _best(work: Callable[[], Figures], turns: int) -> tuple[Figures, float]:
    spent = []
    for _ in range(turns):
        begun = time.perf_counter()
        found = work()
        spent.append(time.perf_counter() - begun)
    return found, min(spent)


def _painted(table: Table, study: Path, codings: int, rounds: int) -> None:
    """From a coding of somebody not coded before to the table that counts her."""
    for name, digit in (("table of codes", "3"), ("matrix of coverage", "1")):
        print(f"a coding, until it is durable and the {name} is drawn with it: {codings:,} codings")
        spent = asyncio.run(_drawn(study, rounds, digit))
        table.value("median", statistics.median(spent))
        table.promise("p95, in ms", statistics.quantiles(spent, n=20)[18] * 1000, 100)


async def _drawn(folder: Path, rounds: int, digit: str) -> list[float]:
    with Study.open(folder) as study:
        responses = _newcomers(study, rounds + 1, digit)
        wait_for_first_paint()
        app = FieldkitApp(study)
        async with app.run_test(size=SIZE) as pilot:
            await _quiet(pilot)
            await pilot.press("f5")
            await _quiet(pilot)
            await pilot.press(digit)
            await _quiet(pilot)
            spent = []
            before, asked = _counted(pilot), [study.framework.evaluation_questions[0].id]
            for response in responses:
                begun = time.process_time()
                code_passage(study, response, ["council"], start=0, end=10, evaluation_questions=asked)
                pilot.app.screen.refresh_place()
                await _quiet(pilot)
                spent.append(time.process_time() - begun)
                if _counted(pilot) != before + 1:
                    raise AssertionError("the table is drawn without the coding")
                before += 1
            # Of the first, Python still compiles what it comes by.
            return spent[1:]


def _newcomers(study: Study, count: int, named: str) -> list[str]:
    """Responses of as many persons who are not coded yet.

    Args:
        study: where to put them.
        count: how many.
        named: what tells them from other newcomers.
    """
    writes: list[Put] = []
    responses = []
    for number in range(count):
        person, interview = f"newcomer{named}-{number}", f"first{named}-{number}"
        said = Response(
            id=f"{interview}:role",
            interview=interview,
            item="role",
            disposition="answered",
            paragraphs=[Paragraph(text=WORDS)],
        )
        held = Interview(id=interview, guide="cic", guide_version="1", respondents=[person], state="complete")
        agreed = Consent(
            id=consent_id(interview, person), interview=interview, respondent=person, given=True, quote=True
        )
        who = Respondent(id=person, code=f"CIC-N{named}{number:03}", group="CIC")
        writes += [put("respondents", who), put("interviews", held), put("consents", agreed)]
        writes.append(put("responses", said))
        responses.append(said.id)
    study.save(writes)
    return responses


def _counted(pilot: Pilot[None]) -> int:
    """The last figure in the cell under the cursor: persons coded, or coded passages."""
    found = pilot.app.screen.query_one(FindingsTable).under_cursor()
    return int(found[2].text.rpartition("·")[2]) if found is not None else -1


async def _quiet(pilot: Pilot[None]) -> None:
    """Wait until everything is read and drawn."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
