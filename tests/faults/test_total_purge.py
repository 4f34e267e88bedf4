"""A purge of everything that is stopped anywhere is completed by whoever opens the study next."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldkit.records.purges import Purge
from fieldkit.storage.backup import extract_backup
from fieldkit.storage.errors import StoreError
from fieldkit.study.backups import back_up
from fieldkit.study.create import create_study
from fieldkit.study.interviews import interview_for
from fieldkit.study.protection import needs_passphrase, unlock
from fieldkit.study.recording import record_response
from fieldkit.study.roster import RosterEntry, add_respondent
from fieldkit.study.study import Study
from fieldkit.study.total_purge import purge_everything
from tests.faults.layer import Layer
from tests.faults.places import STEP, tried
from tests.faults.processes import FINISHED, in_a_process, lines_of

SECRET = "quatre lunes au-dessus du lac"
WORDS = "Zyxwords-that-nobody-may-keep"


def begun(place: Path, secret: str | None) -> Path:
    """A study with all that may hold words: store, draft, aside, snapshot, backup, scratch folder."""
    folder = create_study(place / "s", author="MT", passphrase=secret)
    with opened(folder) as study:
        one = add_respondent(study, RosterEntry("CIC-01", {"group": "CIC"}, {}, {"name": WORDS})).id
        interview = interview_for(study, one).id
        record_response(study, interview, "role", notes=WORDS)
        study.store.drafts.append(interview, "unit", {"paragraphs": [{"text": WORDS}]})
        study.store.save_snapshot()
        made = back_up(study, place / "stick").path
    extract_backup(made, place / "stick" / ".fieldkit-abcdefgh" / "study")
    (folder / "store" / "aside").mkdir()
    (folder / "store" / "aside" / "torn-1").write_text(WORDS)
    (folder / "store" / "keys.new").write_text("half-written keys")
    return folder


def opened(folder: Path, *, write: bool = True) -> Study:
    keys = unlock(folder, SECRET) if needs_passphrase(folder) else None
    return Study.open(folder, write=write, keys=keys)


def purged(folder: Path) -> None:
    with opened(folder) as study:
        purge_everything(study, "schedule 12", SECRET if study.sealed else None)


def killed(layer: Layer, number: int, work: Callable[[], object]) -> bool:
    """Do something in a process that ends before a call; returns whether it came to its end before."""

    def kill(_: int) -> None:
        with layer.failing(number, "exit before"):
            work()

    child, reader = in_a_process(kill)
    lines_of(reader)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == FINISHED


def left_purged(place: Path, folder: Path, states: int, *named: Path) -> None:
    """Hold what is there, once it was opened, against what a purge of everything promises."""
    with opened(folder) as study:
        (purge,) = study.records("purges")
        assert isinstance(purge, Purge)
        assert (purge.kind, purge.authority, purge.by) == ("everything", "schedule 12", "MT")
        assert len(purge.erased) == states
        assert study.store.tables() == ["purges"]
        assert study.store.drafts.names() == []
        assert study.store.verify().ok
        assert study.notices == []
        add_respondent(study, RosterEntry("CIC-02", {"group": "CIC"}))
    assert {path.name for path in (folder / "store").iterdir()} <= {
        *("journal", "heading", "keys", "keys.copy", "anchor", "lock", "device.json", "local.json"),
        *("local.json.new", "drafts", "aside"),
    }
    assert set((place / "stick").iterdir()) == set(named)
    held = b"".join(path.read_bytes() for path in place.rglob("*") if path.is_file())
    assert WORDS.encode() not in held


@pytest.mark.parametrize("secret", [None, SECRET], ids=["plain", "sealed"])
def test_killed_before_every_call_it_is_completed_by_the_next_opening(
    light: Path, unsynced: None, monkeypatch: pytest.MonkeyPatch, secret: str | None
) -> None:
    layer = Layer(monkeypatch)
    untouched = completed = 0
    for number in tried(1, 1_000):
        place = light / f"{number}"
        folder = begun(place, secret)
        with opened(folder) as study:
            states = len(list(study.store.revisions()))
        finished = killed(layer, number, lambda folder=folder: purged(folder))
        if not (folder / "store" / "purge").exists() and not finished:
            with opened(folder) as study:
                if study.rows("respondents"):
                    assert study.notices == []
                    assert len(list(study.store.revisions())) == states
                    untouched += 1
                    continue
        elif not finished:
            # Looking only is an opening as well.
            with opened(folder, write=completed % 2 == 0) as study:
                (notice,) = [each for each in study.notices if "interrupted and is now complete" in each]
                assert "schedule 12" in notice
                assert ("--recovery" in notice) == (secret is not None)
                completed += 1
        try:
            left_purged(place, folder, states)
        except Exception as error:
            raise AssertionError(f"killed before call {number}") from error
        if finished:
            assert untouched > 3 / STEP
            assert completed > 15 / STEP
            return


@pytest.mark.parametrize("secret", [None, SECRET], ids=["plain", "sealed"])
def test_completing_it_can_be_killed_before_every_call_too(
    light: Path, unsynced: None, monkeypatch: pytest.MonkeyPatch, secret: str | None
) -> None:
    layer = Layer(monkeypatch)
    decided = 0
    for number in tried(1, 1_000):
        place = light / f"{number}"
        folder = begun(place, secret)
        with opened(folder) as study:
            states = len(list(study.store.revisions()))
        while not (folder / "store" / "purge").exists():
            decided += number == 1
            assert not killed(layer, decided, lambda folder=folder: purged(folder))
        finished = killed(layer, number, lambda folder=folder: opened(folder).close())
        opened(folder).close()
        try:
            left_purged(place, folder, states)
        except Exception as error:
            raise AssertionError(f"killed before call {number}") from error
        if finished:
            assert number > 15
            return


@pytest.mark.parametrize("way", ["EIO", "from then on"])
def test_failed_at_any_call_it_writes_nothing_more_and_is_completed_later(
    light: Path, unsynced: None, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    layer = Layer(monkeypatch)
    for number in tried(1, 1_000):
        place = light / f"{number}"
        folder = begun(place, SECRET)
        told, named = None, ()
        with opened(folder) as study:
            states = len(list(study.store.revisions()))
            with layer.failing(number, way):
                try:
                    done = purge_everything(study, "schedule 12", SECRET)
                    named = done.backups_left + done.leftovers_left
                except StoreError as error:
                    told = error
            assert "\n" not in str(told)
            saved = False
            with contextlib.suppress(StoreError):
                study.store.drafts.append("later", "role", {"paragraphs": []})
                saved = True
        opened(folder).close()
        with opened(folder) as study:
            assert ("later" in study.store.drafts.names()) == saved
            study.store.drafts.clear("later")
            if study.rows("respondents"):
                assert told is not None
                continue
        left_purged(place, folder, states, *named)
        if layer.failed is None:
            assert number > 15
            return


def test_a_damaged_decision_destroys_nothing_and_says_what_to_do(tmp_path: Path) -> None:
    folder = begun(tmp_path, None)
    (folder / "store" / "purge").write_text("fieldkit purge 2\n{}\n")
    with pytest.raises(StoreError, match=r"purge: damaged.*or this file if not"):
        opened(folder)
    (folder / "store" / "purge").unlink()
    with opened(folder) as study:
        assert study.rows("respondents")
