"""A full disk: the words stay on the screen, go to a file elsewhere, and are saved once there is room."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from fieldkit.cli.main import main
from fieldkit.records.responses import ResponseKey
from fieldkit.storage import files
from fieldkit.storage.errors import StoreError
from fieldkit.study.conduct import Conduct
from fieldkit.study.elsewhere import check_folder, save_elsewhere
from fieldkit.study.errors import StudyError
from fieldkit.study.interviews import interview_for
from fieldkit.study.roster import find_respondent
from fieldkit.study.study import Study
from fieldkit.study.taking_back import take_back
from fieldkit.tui.app import FieldkitApp
from fieldkit.tui.screens.ask_line import AskLine
from tests.app.building import build_study
from tests.app.evaluator import keys, study_in
from tests.app.frames import frame, press, settled
from tests.app.sealed import WORDS, sealed_study
from tests.app.test_lock import stored, to_interview

ROLE = ResponseKey("role")
Full = Callable[[bool], None]


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> Full:
    """Fills the study's disk, or frees it."""
    state = {"full": False}

    def filling(real: Callable[..., Any]) -> Callable[..., Any]:
        def write(*arguments: Any) -> Any:
            if state["full"]:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(*arguments)

        return write

    for name in ("write", "write_at"):
        monkeypatch.setattr(files, name, filling(getattr(files, name)))
    return lambda now: state.update(full=now)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "clé USB [1]"
    folder.mkdir()
    return folder


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with study_in(tmp_path / "study") as study:
        yield study


@pytest.fixture
def conduct(study: Study) -> Conduct:
    held = Conduct(study, interview_for(study, find_respondent(study, "CIC-01").id).id)
    held.start()
    return held


async def save_to(pilot: Pilot[Any], folder: Path) -> None:
    await press(pilot, "ctrl+w")
    pilot.app.screen.query_one(Input).value = str(folder)
    await press(pilot, "enter")


@pytest.mark.parametrize("passphrase", [True, False])
async def test_words_stay_are_saved_elsewhere_and_then_here(
    tmp_path: Path, full: Full, stick: Path, passphrase: bool
) -> None:
    study = sealed_study(tmp_path / "s") if passphrase else Study.open(build_study(tmp_path / "s"))
    app = FieldkitApp(study)
    async with app.run_test(size=(120, 40)) as pilot:
        await to_interview(pilot)
        full(True)
        await keys(pilot, " and this")
        await pilot.pause(1)
        assert "NOT SAVED (Ctrl+W saves elsewhere)" in frame(app)
        await press(pilot, "ctrl+w", *"nowhere", "enter")
        assert "there is no such folder" in frame(app)
        assert isinstance(app.screen, AskLine)
        await press(pilot, "escape")
        await save_to(pilot, stick)
        (path,) = stick.iterdir()
        assert path.name.startswith(f"{app.screen.interview_id}-")
        assert path.suffix == ".draft"
        assert path.stat().st_mode & 0o777 == 0o600
        assert (WORDS.encode() in path.read_bytes()) is not passphrase
        shown = frame(app)
        assert f"{WORDS} and this" in shown
        assert "NOT SAVED (Ctrl+W saves elsewhere): what was typed so far lies in" in shown
        assert not app.nothing_unsaved
        # Nothing that is there is written over.
        before = path.read_bytes()
        await save_to(pilot, stick)
        assert path.read_bytes() == before
        assert len(list(stick.iterdir())) == 2
        full(False)
        await pilot.pause(4.5)
        assert "NOT SAVED" not in frame(app)
        assert app.nothing_unsaved
        assert f"{WORDS} and this" in stored(study)
        app.screen.action_save_elsewhere()
        await settled(pilot)
        assert "Nothing to save elsewhere" in frame(app)
        await press(pilot, "ctrl+w")
        assert f"{WORDS} and " in frame(app)
        assert f"{WORDS} and this" not in frame(app), "while all is saved the key deletes a word"
    study.close()


async def test_where_it_could_not_be_written_either_it_says_so(
    study: Study, full: Full, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = FieldkitApp(study)
    async with app.run_test(size=(120, 40)) as pilot:
        await to_interview(pilot)
        full(True)
        await keys(pilot, " and this")
        await press(pilot, "ctrl+s")
        monkeypatch.setattr(files, "writing", refusing)
        await save_to(pilot, stick)
        assert "nor elsewhere" in frame(app)
        assert f"{WORDS} and this" in frame(app)
        assert list(stick.iterdir()) == []
        full(False)


def refusing(path: Path) -> Any:
    raise OSError(errno.EROFS, "Read-only file system", str(path))


def refused(conduct: Conduct, full: Full, stick: Path, act: Callable[[], object]) -> Path:
    """Save elsewhere what is done while the disk is full."""
    full(True)
    act()
    conduct.save_all()
    path = save_elsewhere(conduct, stick)
    full(False)
    assert path is not None
    return path


def test_words_come_back_as_after_a_crash_and_only_once(
    study: Study, conduct: Conduct, full: Full, stick: Path
) -> None:
    conduct.note(ROLE, "first")
    conduct.autosave()
    path = refused(conduct, full, stick, lambda: conduct.note(ROLE, "second, in place of it"))
    taken = take_back(study, path)
    assert (taken.drafted, taken.recorded, taken.notes) == (1, 0, [])
    again = Conduct(study, conduct.interview.id)
    assert again.recovered == [ROLE]
    assert again.answer(ROLE).text == "second, in place of it"
    assert take_back(study, path).known == 1
    again.save_all()
    assert take_back(study, path).known == 1
    assert Conduct(study, conduct.interview.id).answer(ROLE).text == "second, in place of it"


def test_a_mark_alone_comes_back_too(study: Study, conduct: Conduct, full: Full, stick: Path) -> None:
    conduct.note(ROLE, "to come back to")
    conduct.save_all()
    marked = [{**paragraph, "follow_up": True} for paragraph in conduct.answer(ROLE).paragraphs]
    path = refused(conduct, full, stick, lambda: conduct.type_notes(ROLE, marked))
    take_back(study, path)
    assert Conduct(study, conduct.interview.id).answer(ROLE).paragraphs == marked
    assert take_back(study, path).known == 1


@pytest.mark.parametrize("kept", [True, False])
def test_other_words_that_came_since_are_not_lost(
    study: Study, conduct: Conduct, full: Full, stick: Path, kept: bool
) -> None:
    path = refused(conduct, full, stick, lambda: conduct.note(ROLE, "no"))
    later = Conduct(study, conduct.interview.id)
    later.note(ROLE, "nobody knows")
    if kept:
        later.save_all()
    else:
        later.autosave()
    taken = take_back(study, path)
    assert "stand below them" in taken.notes[0]
    assert Conduct(study, conduct.interview.id).answer(ROLE).text == "nobody knows\nno"
    assert take_back(study, path).known == 1


def test_values_outcomes_and_probes_are_recorded(
    study: Study, conduct: Conduct, full: Full, stick: Path
) -> None:
    valued = next(step for step in conduct.steps() if step.item.type == "single")
    value = valued.item.choices[0].id
    probed = next(step for step in conduct.steps() if step.item.probes and step.key != valued.key)
    refusal = next(step.key for step in conduct.steps() if step.key not in (valued.key, probed.key))

    def act() -> None:
        conduct.set_value(valued.key, value)
        conduct.note(valued.key, "and said why")
        conduct.toggle_probe(probed.key, probed.item.probes[0].id)
        conduct.set_disposition(refusal, "refused")

    taken = take_back(study, refused(conduct, full, stick, act))
    assert (taken.recorded, taken.drafted) == (3, 0)
    again = Conduct(study, conduct.interview.id)
    assert again.answer(valued.key).value == value
    assert again.answer(valued.key).text == "and said why"
    assert again.answer(probed.key).probes == [probed.item.probes[0].id]
    assert again.answer(refusal).disposition == "refused"
    assert again.saved == "saved"


def test_another_value_that_came_since_stays_and_the_files_stands_in_a_note(
    study: Study, conduct: Conduct, full: Full, stick: Path
) -> None:
    path = refused(conduct, full, stick, lambda: conduct.set_disposition(ROLE, "refused"))
    Conduct(study, conduct.interview.id).set_disposition(ROLE, "will send", "the list")
    taken = take_back(study, path)
    assert "stands in a note" in taken.notes[0]
    again = Conduct(study, conduct.interview.id).answer(ROLE)
    assert (again.disposition, again.reason) == ("will send", "the list")
    assert '"refused"' in again.text
    assert take_back(study, path).known == 1


def test_what_was_emptied_is_emptied_unless_it_changed_since(
    study: Study, conduct: Conduct, full: Full, stick: Path
) -> None:
    conduct.set_disposition(ROLE, "refused")
    path = refused(conduct, full, stick, lambda: conduct.set_disposition(ROLE, None))
    later = Conduct(study, conduct.interview.id)
    later.set_disposition(ROLE, "don't know")
    assert "emptied" in take_back(study, path).notes[0]
    later.set_disposition(ROLE, "refused")
    assert take_back(study, path).recorded == 1
    assert not Conduct(study, conduct.interview.id).recorded(ROLE)


def test_an_interview_that_was_refused_as_a_whole_comes_too(study: Study, full: Full, stick: Path) -> None:
    from fieldkit.study.interviews import interview_meant

    held = Conduct(study, interview_meant(study, find_respondent(study, "CIC-02").id))
    path = refused(held, full, stick, lambda: held.note(ROLE, "from the start"))
    assert study.row("interviews", held.interview.id) is None
    take_back(study, path)
    assert Conduct(study, held.interview.id).answer(ROLE).text == "from the start"


def test_the_store_itself_and_what_is_no_folder_will_not_do(study: Study, stick: Path) -> None:
    for typed in (
        "",
        "  ",
        str(study.folder / "store"),
        str(study.folder / "store" / "drafts"),
        "\0",
        "nope",
    ):
        with pytest.raises(StudyError) as told:
            check_folder(study, typed)
        assert "\n" not in str(told.value)
    assert check_folder(study, f" {stick} ") == stick


def test_the_command_takes_it_in_and_says_what_is_wrong(
    study: Study,
    conduct: Conduct,
    full: Full,
    stick: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = refused(conduct, full, stick, lambda: conduct.note(ROLE, WORDS))
    study.close()
    whole = path.read_bytes()
    other = study_in(tmp_path / "other")
    other.close()

    def run(folder: Path) -> tuple[int, str]:
        code = main(["import", str(path), "--study", str(folder)])
        told = capsys.readouterr()
        return code, told.out + told.err

    for at in range(0, len(whole), 97):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        code, told = run(study.folder)
        assert code == 1
        assert told.count("\n") == 1, told
        assert str(path) in told
    path.write_bytes(whole[:-5])
    assert run(study.folder)[0] == 1
    path.write_bytes(whole)
    assert "belongs to another study" in run(other.folder)[1]
    assert "taken in: 1 drafts" in run(study.folder)[1]
    assert "nothing new" in run(study.folder)[1]
    with Study.open(study.folder) as again:
        assert Conduct(again, conduct.interview.id).answer(ROLE).text == WORDS


def test_a_draft_of_the_store_and_made_up_contents_are_refused(
    study: Study, conduct: Conduct, full: Full, stick: Path
) -> None:
    from fieldkit.storage.draft_copy import read_copy, write_copy

    conduct.note(ROLE, "drafted")
    conduct.autosave()
    (own,) = (study.folder / "store" / "drafts").iterdir()
    with pytest.raises(StoreError, match="not one that was saved elsewhere"):
        take_back(study, own)
    path = refused(conduct, full, stick, lambda: conduct.note(ROLE, "more"))
    name, values = read_copy(path, study.store)
    entry = values[":role"]
    for number, strange in enumerate(
        (
            {},
            {**values, ":role": 1},
            {**values, ":role": {**entry, "key": ["age", None, None]}},
            {**values, ":role": {**entry, "response": {**entry["response"], "interview": "another"}}},
            {**values, ":role": {**entry, "paragraphs": "words"}},
            {**values, "@about": {}},
        )
    ):
        made = stick / f"{number}.draft"
        write_copy(made, study.store, name, json.loads(json.dumps(strange)))
        with pytest.raises(StoreError, match="nothing was taken in"):
            take_back(study, made)
    assert Conduct(study, conduct.interview.id).answer(ROLE).text == "drafted"
