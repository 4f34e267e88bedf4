"""Every place as it is seen, at both sizes, in English and French content."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.say import set_language
from fieldkit.study.coding import codings_of
from fieldkit.study.conclusions import conclude
from fieldkit.study.findings import add_finding, overrule
from fieldkit.study.practice import make_practice_study
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from tests.app.building import response_id
from tests.app.frames import SMALL, check_both_sizes, press, settled

PLACES = {
    "desk": (),
    "desk-new-respondent": ("n", *"cida"),
    "desk-help": ("f1",),
    "desk-palette": ("ctrl+p", *"find"),
    "codebook": ("f4", "ctrl+k", *["down"] * 2),
    "findings-coverage": ("f5",),
    "findings-positions": ("f5", "2", "e"),
    "findings-codes": ("f5", "3"),
    "findings-dispositions": ("f5", "4"),
    "findings-picture": ("f5", "3", "down", "down", "v"),
    "findings-gaps": ("f5", "9", "n"),
    "findings-filter": ("f5", "slash"),
    "findings-filtered": ("f5", "3", "slash", "enter", "escape"),
    "words": ("f5", *["down"] * 9, "enter"),
}
"""Name of the golden to the keys that lead to what it shows."""

PRACTICE = {
    "practice-desk": (),
    "practice-coding": ("f4", "enter"),
    "practice-differences": ("f4", "f9", "down"),
    "practice-ratings": ("f5", "5"),
    "practice-ratings-fr": ("f5", "5", "l"),
    "practice-totals": ("f5", "6"),
    "practice-totals-fr": ("f5", "6", "l"),
    "practice-saturation": ("f5", "7", "down", "v"),
    "practice-indicators": ("f5", "9"),
    "practice-words": ("f5", *["down"] * 9, "enter"),
}
"""The same of the practice study, which has values of every kind and its mark on every screen."""


STATED = {
    "findings-methods": ("f5", "8"),
    "stated": ("f5", "s", "down"),
    "stated-passages": ("f5", "s", "down", "p"),
}
"""The same where findings were stated."""

FOUND = "Departments rarely carry one position, since papers come late [sic]."


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The practice study; nothing is written to it here."""
    return make_practice_study(tmp_path_factory.mktemp("practice") / "study")


@pytest.fixture(params=["en", "fr"])
def spoken(request: pytest.FixtureRequest, folder: Path) -> Iterator[tuple[Study, str]]:
    """The small study with one language or the other as its first and the interface's, and which one."""
    set_language(request.param)
    if request.param == "fr":
        framework = folder / "interview_guides" / "framework.yaml"
        text = framework.read_text(encoding="utf-8")
        assert text.count("languages: [en, fr]") == 1
        framework.write_text(text.replace("languages: [en, fr]", "languages: [fr, en]"), encoding="utf-8")
    with Study.open(folder) as study:
        yield study, "" if request.param == "en" else "-fr"


@pytest.mark.parametrize("name", PLACES)
async def test_a_place_looks_as_it_did(spoken: tuple[Study, str], name: str) -> None:
    study, language = spoken
    app = FieldkitApp(study)
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await press(pilot, *PLACES[name])
        await check_both_sizes(app, pilot, f"{name}{language}")


async def test_what_is_wrong_with_the_files_looks_as_it_did(spoken: tuple[Study, str]) -> None:
    study, language = spoken
    guide = study.folder / "interview_guides" / "dfa.yaml"
    text = guide.read_text(encoding="utf-8")
    guide.write_text(text.replace("type: scale", "type: scal", 1), encoding="utf-8")
    (study.folder / "interview_guides" / "notes.yaml").write_text("[été", encoding="utf-8")
    app = FieldkitApp(study)
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await press(pilot, "p")
        await check_both_sizes(app, pilot, f"problems{language}")


@pytest.mark.parametrize("name", STATED)
async def test_what_was_stated_looks_as_it_did(spoken: tuple[Study, str], name: str) -> None:
    study, language = spoken
    first = response_id(study, "CIC-01", "common_position")
    late, ours = (
        each.id for each in codings_of(study, first) if each.code in ("position-forming", "one-voice")
    )
    finding = add_finding(study, "2.5", FOUND, holds=False, supports=[late], contradicts=[ours])
    add_finding(study, "2.1", "Canada was heard on zero growth.", holds=True)
    overrule(study, finding.id, "limited", "Two people of one department.")
    conclude(study, "recommendation", "Agree by when papers are shared.", [finding.id])
    app = FieldkitApp(study)
    async with app.run_test(size=SMALL) as pilot:
        await settled(pilot)
        await press(pilot, *STATED[name])
        await check_both_sizes(app, pilot, f"{name}{language}")


@pytest.mark.parametrize("name", PRACTICE)
async def test_the_practice_study_looks_as_it_did(practice: Path, name: str) -> None:
    with Study.open(practice, write=False) as study:
        app = FieldkitApp(study)
        async with app.run_test(size=SMALL) as pilot:
            await settled(pilot)
            await press(pilot, *PRACTICE[name])
            await check_both_sizes(app, pilot, name)
