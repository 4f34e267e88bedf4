"""Stores of every format that there ever was open for ever, and become new ones whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from fieldkit.storage import Delete, Put, Store, keyfile
from fieldkit.storage.keyfile import unlock
from fieldkit.storage.keys import Keyring
from fieldkit.storage.opening import is_sealed
from tests.faults.layer import Layer
from tests.faults.processes import FINISHED, in_a_process, lines_of
from tests.storage.by_hand import CONTACTS, PACKED, split

FIXTURES = Path(__file__).parents[1] / "fixtures"
PASSPHRASE = "six made-up words for a fixture"
CODE = "8KG2-TEK8-DF3G-92ZP-X8SH-P9N8-1ZF5"

RESPONDENT = {"code": "CIC-01", "group": "CIC", "id": "r1"}
CONTACT = {"id": "k1", "name": "Zoë Made-Up", "respondent": "r1"}
CODING = {"code": "council", "end": 9, "id": "c1", "quote": "Corrected", "response": "i1:role", "start": 0}
DRAFT = {"role": {"paragraphs": [{"text": "still being typed"}]}}
NOTE, GONE = "ba2370cf94b5c2283b1c", "cf5bb09fb1fe8364ddde"


def response(kind: str, text: str) -> dict[str, Any]:
    paragraphs = [{"kind": kind, "text": text}]
    return {"id": "i1:role", "interview": "i1", "item": "role", "paragraphs": paragraphs}


FIRST, CORRECTED = response("note", "First words, été."), response("verbatim", "Corrected words, été.")

HISTORY: list[tuple[str, str, str, dict[str, Any] | None, str | None]] = [
    ("52f3d538", "respondents", "r1", RESPONDENT, "MT"),
    ("04a690f7", "contacts", "k1", CONTACT, "MT"),
    ("32cc4872", "responses", "i1:role", FIRST, "MT"),
    ("3b1d9a0c", "responses", "i1:role", CORRECTED, "LB"),
    ("874232fc", "memos", "m1", {"id": "m1", "text": "gone soon"}, "MT"),
    ("6c0800fa", "memos", "m1", None, "MT"),
    ("ffc24200", "memos", "m1", {"id": "m1", "text": "gone soon"}, "MT"),
    ("a58c8f2a", "notes", GONE, {"n": 1}, None),
    ("f6fadfd1", "notes", NOTE, {"n": 2}, None),
    ("3562d03c", "notes", GONE, None, None),
    ("b54ca66e", "codings", "c1", CODING, "LB"),
]
"""Of format 1's store: the beginning of each revision's id, whose state it is, and by whom."""

SHOWN = {
    ("respondents", "r1"): RESPONDENT,
    ("contacts", "k1"): CONTACT,
    ("responses", "i1:role"): CORRECTED,
    ("memos", "m1"): {"id": "m1", "text": "gone soon"},
    ("notes", NOTE): {"n": 2},
    ("codings", "c1"): CODING,
}

UNIT = {"id": "i1:unit", "interview": "i1", "item": "unit", "value": "geneva"}
CONTACT_2 = {"id": "k2", "name": "Anaïs Made-Up", "respondent": "r1"}
LATER = [
    ("77aa4ac5", "responses", "i1:unit", UNIT, "MT"),
    ("1ca165c0", "contacts", "k2", CONTACT_2, "MT"),
    ("94298f39", "codings", "c1", None, "LB"),
]
"""What was added to it once it was encrypted, in the store of format 2."""


@pytest.fixture
def first(folder: Path) -> Path:
    """The store of format 1."""
    shutil.copytree(FIXTURES / "store-format-1", folder)
    return folder


@pytest.fixture
def second(folder: Path) -> Path:
    """The encrypted store of format 2: packed, written on, and with a snapshot behind its end."""
    shutil.copytree(FIXTURES / "store-format-2-sealed", folder)
    return folder


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        keyfile, "_derive", lambda slot, secret: sha256(f"{slot.salt}{secret}".encode()).digest()
    )


def told(store: Store) -> list[tuple[str, str, str, dict[str, Any] | None, str | None]]:
    return [(r.id[:8], r.table, r.record, r.body, r.author) for r in store.revisions()]


def shown(store: Store) -> dict[tuple[str, str], dict[str, Any]]:
    return {(table, record): body for table in store.tables() for record, body in store.rows(table).items()}


def holds_the_first(store: Store, *, draft: bool = True) -> None:
    """Hold a store against everything that the store of format 1 held."""
    assert store.study_id == "fixture-study"
    assert told(store) == HISTORY
    assert shown(store) == SHOWN
    assert [(document.doc_id, dict(document)) for document in store.db.table("notes")] == [(2, {"n": 2})]
    assert store.drafts.names() == (["i1"] if draft else [])
    assert store.drafts.latest("i1") == (DRAFT if draft else {})
    changes = store.changes(2)
    assert [(change.author, len(change.revisions)) for change in changes] == [("LB", 1), (None, 1)]
    memo = [revision.undoes is not None for revision in store.history(table="memos", record="m1")]
    assert memo == [False, False, True]
    assert store.conflicts() == []
    # A passphrase that was on its way when the process was killed is told of.
    assert [notice for notice in store.notices if notice.kind != "protection"] == []
    assert store.verify().problems == ()


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


class TestFormat1:
    def test_it_opens_for_reading_and_stays_as_it_is(self, first: Path) -> None:
        before = contents(first)
        with Store.open(first, write=False) as store:
            holds_the_first(store)
        (first / "snapshot").unlink()
        with Store.open(first, write=False) as store:
            holds_the_first(store)
        del before["snapshot"]
        assert contents(first) == before

    def test_it_goes_on_being_written_in_its_own_format(self, first: Path) -> None:
        journal = first / "journal"
        before = journal.read_bytes()
        with Store.open(first) as store:
            holds_the_first(store)
            assert journal.read_bytes() == before
            store.commit([Put("responses", "i1:role", FIRST), Delete("contacts", "k1")], author="MT")
            assert store.db.table("notes").insert({"n": 3}) == 3
            store.drafts.append("i1", "unit", {"value": "x"})
        assert journal.read_bytes().startswith(before)
        heading, frames = split(journal.read_bytes())
        assert heading.startswith(b"fieldkit journal 1\n")
        # Only what format 1 knows: neither sealed nor packed.
        assert {frame.flags & ~9 for frame in frames} == {0}
        with Store.open(first) as store:
            assert told(store)[: len(HISTORY)] == HISTORY
            assert store.get("responses", "i1:role") == FIRST
            assert store.get("contacts", "k1") is None
            assert [document.doc_id for document in store.db.table("notes")] == [2, 3]
            assert store.drafts.latest("i1") == {**DRAFT, "unit": {"value": "x"}}
            assert store.verify().problems == ()

    def test_it_is_packed_into_format_2(self, first: Path) -> None:
        with Store.open(first) as store:
            store.compact()
            holds_the_first(store)
        with Store.open(first) as store:
            holds_the_first(store)
            assert store.db.table("notes").insert({"n": 3}) == 3
        heading, frames = split((first / "journal").read_bytes())
        assert heading.startswith(b"fieldkit journal 2\n")
        assert json.loads(heading.splitlines()[1])["created"] == "2026-11-25T14:25:01.360Z"
        assert any(frame.flags & PACKED for frame in frames)

    def test_it_is_sealed_into_format_2(self, first: Path, quick: None) -> None:
        with Store.open(first) as store:
            store.drafts.clear("i1")
            store.protect(PASSPHRASE)
            holds_the_first(store, draft=False)
        with Store.open(first, keys=unlock(first, PASSPHRASE)) as store:
            holds_the_first(store, draft=False)
        for content in contents(first).values():
            assert not any(word in content for word in (b"Made-Up", b"Corrected", b"CIC-01", b"gone soon"))


class TestFormat2Sealed:
    def holds(self, store: Store) -> None:
        assert store.study_id == "fixture-study"
        assert told(store) == [*HISTORY, *LATER]
        expected = {**SHOWN, ("responses", "i1:unit"): UNIT, ("contacts", "k2"): CONTACT_2}
        del expected["codings", "c1"]
        assert shown(store) == expected
        assert [document.doc_id for document in store.db.table("notes")] == [2]
        assert store.drafts.latest("i1") == DRAFT
        assert store.notices == []
        assert store.verify().problems == ()

    @pytest.mark.parametrize("secret", [PASSPHRASE, CODE, CODE.lower().replace("-", " ")])
    def test_it_opens_by_either_secret_and_stays_as_it_is(self, second: Path, secret: str) -> None:
        before = contents(second)
        with Store.open(second, write=False, keys=unlock(second, secret)) as store:
            self.holds(store)
        assert contents(second) == before

    def test_it_is_what_its_description_says(self, second: Path) -> None:
        keys = unlock(second, PASSPHRASE)
        heading, frames = split((second / "journal").read_bytes())
        meta = json.loads(heading.splitlines()[1])
        assert (meta["study"], meta["sealed"]) == ("fixture-study", keys.vault)
        main, contacts = keys.secret()[:32], keys.secret()[32:]
        found = []
        for frame in frames:
            payload = frame.opened(contacts if frame.key == CONTACTS else main, keys.vault)
            if not frame.flags & (PACKED | 8):
                found.append(sha256(payload).hexdigest()[:8])
        assert found == [revision for revision, *_ in LATER]

    def test_it_goes_on(self, second: Path) -> None:
        keys = unlock(second, PASSPHRASE)
        with Store.open(second, keys=keys) as store:
            self.holds(store)
            store.commit([Put("codings", "c1", CODING)], author="LB")
            store.compact()
        (second / "snapshot").unlink(missing_ok=True)
        with Store.open(second, keys=keys) as store:
            assert told(store)[:-1] == [*HISTORY, *LATER]
            assert store.get("codings", "c1") == CODING
            assert store.drafts.latest("i1") == DRAFT
            assert store.db.table("notes").insert({"n": 3}) == 3
            assert store.verify().problems == ()


@pytest.mark.parametrize("upgrade", ["compact", "protect"])
def test_an_upgrade_killed_before_any_call_leaves_the_old_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quick: None, upgrade: str
) -> None:
    layer = Layer(monkeypatch)
    seen = set()
    for number in range(1, 1_000):
        folder = tmp_path / f"{number}"
        shutil.copytree(FIXTURES / "store-format-1", folder)

        def work(writer: int, folder: Path = folder, number: int = number) -> None:
            with Store.open(folder) as store:
                if upgrade == "protect":
                    store.drafts.clear("i1")
                with layer.failing(number, "exit before"):
                    store.compact() if upgrade == "compact" else store.protect(PASSPHRASE)

        child, reader = in_a_process(work)
        lines_of(reader)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        seen.add((folder / "journal").read_bytes().split(b"\n", 1)[0])
        keys: Keyring | None = unlock(folder, PASSPHRASE) if is_sealed(folder) else None
        for _ in range(2):
            with Store.open(folder, keys=keys) as store:
                holds_the_first(store, draft=upgrade == "compact")
        if code == FINISHED:
            break
    assert seen == {b"fieldkit journal 1", b"fieldkit journal 2"}
