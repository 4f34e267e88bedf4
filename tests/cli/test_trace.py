"""Every id that a command or a report prints with a figure is one that `fieldkit trace` answers."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from fieldkit.findings.grounds import GROUNDS
from fieldkit.findings.tabulate import WHATS
from fieldkit.findings.trace import trace
from fieldkit.study.evidence import evidence
from fieldkit.study.findings import stated_rows
from fieldkit.study.study import Study
from tests.cli.conftest import Run
from tests.findings.practised import QUESTION, make_once, practised_study


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study; the tests here only read it."""
    return practised_study(tmp_path_factory.mktemp("traced") / "practice")


def traced(run: Run, practice: Path, cell: str) -> dict[str, Any]:
    ran = run("trace", cell, "--json", "-s", str(practice))
    assert ran.code == 0, ran.err
    found: dict[str, Any] = json.loads(ran.out)
    assert found["trace"] == cell
    return found


def test_the_figures_of_saturation_are_printed_with_ids_that_trace_answers(run: Run, practice: Path) -> None:
    def series(*arguments: str) -> list[dict[str, Any]]:
        told = json.loads(run("saturation", "--json", "-s", str(practice), *arguments).out)
        return list(told["series"])

    (found,) = series("--question", QUESTION)
    ids, last = found["trace"], found["runs"][-1]
    values = {name: traced(run, practice, ids[name])["value"] for name in ids if name != "curve"}
    assert values == {
        "interviews": found["interviews"],
        "codes": found["curve"][-1],
        "base": found["base"],
        "reached": found["reached"],
    }
    assert [traced(run, practice, each)["value"] for each in ids["curve"]] == found["curve"]
    assert {name: traced(run, practice, last["trace"][name])["value"] for name in last["trace"]} == {
        "new": last["new"],
        "share": last["share"],
    }
    # By another rule these are other figures than those of the tables; the interviews and codes are not.
    (other,) = series("--question", QUESTION, "--base", "3")
    assert other["trace"] == {name: ids[name] for name in ("interviews", "codes", "curve")}
    assert "trace" not in other["runs"][-1]
    of_group = [each for each in series("--group", "CIC") if "reached" in each]
    assert of_group
    for each in of_group:
        assert list(each["trace"]) == ["reached"]
        assert traced(run, practice, each["trace"]["reached"])["value"] == each["reached"]
    assert not any("trace" in each for each in series("--group", "CIC", "--threshold", "20"))


def test_the_figures_of_triangulation_are_printed_with_ids_that_trace_answers(
    run: Run, practice: Path
) -> None:
    told = json.loads(run("triangulate", "--question", QUESTION, "--json", "-s", str(practice)).out)
    (finding,) = told["findings"]
    assert [each["source"] for each in finding["methods"]] == ["interviews", "documents"]
    for source in (*finding["methods"], *finding["groups"]):
        found = traced(run, practice, source["trace"])
        assert found["n"] == source["answering"]
        assert found["text"].startswith(source["verdict"])
    for row in told["matrix"]:
        for source in row["sources"].values():
            found = traced(run, practice, source["trace"])
            assert (found["value"], found["persons"]) == (
                len(source["persons"]) + len(source["documents"]),
                source["persons"],
            )
            assert {each["id"] for each in found["responses"] if not each["persons"]} == set(
                source["documents"]
            )
    assert any(source["documents"] for row in told["matrix"] for source in row["sources"].values())
    for apart in told["divergence"]:
        found = traced(run, practice, apart["trace"])
        assert (found["value"], found["n"]) == (apart["distance"], sum(apart["n"]))
    gaps = json.loads(run("triangulate", "--json", "-s", str(practice)).out)["gaps"]
    lacks = {"not interviewed": "nobody interviewed", "not answered": "nobody answered"}
    assert gaps
    for gap in gaps:
        found = traced(run, practice, gap["trace"])
        assert (found["text"], found["persons"]) == (lacks.get(gap["lack"], "no document"), [])


class _Answers(HTMLParser):
    """The words of each response that a page has, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._inside = self._taking = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "div":
            self._inside = given.get("class") == "answer"
        self._taking = self._inside and tag == "p" and given.get("class") == "words"
        if self._taking:
            self.words.append("")

    def handle_endtag(self, tag: str) -> None:
        self._taking = False

    def handle_data(self, data: str) -> None:
        if self._taking:
            self.words[-1] += data


def test_every_figure_of_a_report_is_traced_to_the_persons_and_the_words_that_its_page_shows(
    run: Run, practice: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "report.html"
    assert run("export", str(page), "-s", str(practice)).code == 0
    text = page.read_text(encoding="utf-8")
    answers = _Answers()
    answers.feed(text)
    (inside,) = re.findall(r'<script type="application/json" id="kept">(.*?)</script>', text)
    kept = json.loads(inside)
    make_once(monkeypatch)
    kinds = set()
    with Study.open(practice) as study:
        gathered, stated = evidence(study), stated_rows(study.records("findings"))
    for figures, behind in zip(kept["tables"], kept["behind"], strict=True):
        for (cell, shown, n), (persons, responses) in zip(figures, behind, strict=True):
            kinds.add(cell.partition("/")[0])
            found = trace(gathered, cell, stated=stated)
            assert (found.cell.text, found.cell.n) == (shown, n), cell
            assert list(found.cell.persons) == [kept["persons"][each] for each in persons], cell
            assert len(found.responses) == len(responses), cell
            page_words = [answers.words[each] for each in responses]
            for response in found.responses:
                words = [each.text for each in response.words]
                assert any(all(each in whole for each in words) for whole in page_words), cell
    assert kinds == {*WHATS, *GROUNDS}


def test_the_profile_is_printed_and_traced_and_tells_of_all_persons(run: Run, practice: Path) -> None:
    tables = json.loads(run("tabulate", "--what", "profile", "--json", "-s", str(practice)).out)["tables"]
    cell = next(each for each in tables[0]["cells"] if each["row"] == "CIC")
    found = traced(run, practice, cell["trace"])
    assert found["value"] == len(found["persons"]) == cell["value"] > 0
    told = run("trace", cell["trace"], "-s", str(practice)).out
    assert all(f"\n{code}\n" in told for code in cell["persons"])
    for option in (["--question", QUESTION], ["--by", "place"]):
        refused = run("tabulate", "--what", "profile", *option, "-s", str(practice))
        assert (refused.code, refused.out) == (1, "")
        assert option[0] in refused.err
