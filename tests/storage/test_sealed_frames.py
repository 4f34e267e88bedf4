"""Sealed frames: opened only where they were sealed, by the key that they were sealed with."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from fieldkit.storage import Put, Store, keyfile
from fieldkit.storage.keys import Keyring
from tests.storage.by_hand import CONTACTS, LAST, LOCAL, MAIN, PACKED, SEALED, Raw, frames_of, join, split

Frames = list[Raw]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shown here does not depend on how dear a passphrase is."""
    monkeypatch.setattr(
        keyfile, "_derive", lambda slot, secret: sha256(f"{slot.salt}{secret}".encode()).digest()
    )


def filled(folder: Path, word: str) -> Keyring:
    """Make a sealed store of five commits, a frame each; the third is a contact's."""
    with Store.create(folder, study_id="study", passphrase="not the point") as store:
        for number in range(5):
            table = "contacts" if number == 2 else "notes"
            store.commit([Put(table, f"r{number}", {"text": f"{word} {number}"})], author="AB")
        assert isinstance(store.keys, Keyring)
        return store.keys


def shown(folder: Path, keys: Keyring) -> tuple[dict[str, dict], list[str]]:
    with Store.open(folder, keys=keys) as store:
        bodies = {record: body for table in store.tables() for record, body in store.rows(table).items()}
        return bodies, [notice.kind for notice in store.notices]


def test_every_frame_opens_by_its_documented_key_and_associated_data(folder: Path) -> None:
    keys = filled(folder, "word")
    raw = {MAIN: keys.secret()[:32], CONTACTS: keys.secret()[32:]}
    heading, frames = split((folder / "journal").read_bytes())
    assert json.loads(heading.splitlines()[1])["sealed"] == keys.vault
    previous = sha256(heading).digest()[:16]
    for number, frame in enumerate(frames):
        assert (frame.flags, frame.epoch, frame.sequence) == (LAST | SEALED, 1, number + 1)
        assert frame.key == (CONTACTS if number == 2 else MAIN)
        assert frame.previous == previous
        told = json.loads(frame.opened(raw[frame.key], keys.vault))
        assert (told["record"], told["body"]) == (f"r{number}", {"text": f"word {number}"})
        for other in (
            frame._replace(flags=frame.flags ^ LOCAL),
            frame._replace(epoch=2),
            frame._replace(sequence=frame.sequence + 1),
            frame._replace(previous=bytes(16)),
            frame._replace(key=CONTACTS if frame.key == MAIN else MAIN),
        ):
            with pytest.raises(InvalidTag):
                other.opened(raw[frame.key], keys.vault)
        with pytest.raises(InvalidTag):
            frame.opened(raw[frame.key], keys.vault, "draft i1")
        with pytest.raises(InvalidTag):
            frame.opened(raw[frame.key], "another")
        previous = frame.tag
    nonces = [frame.stored[:12] for frame in frames]
    assert len(set(nonces)) == len(nonces)


def test_neither_key_opens_what_the_other_sealed(folder: Path) -> None:
    keys = filled(folder, "word")
    main, contacts = keys.secret()[:32], keys.secret()[32:]
    for frame in frames_of(folder):
        wrong = main if frame.key == CONTACTS else contacts
        with pytest.raises(InvalidTag):
            frame.opened(wrong, keys.vault)
    with Store.open(folder, keys=keys) as store:
        store.compact()
    for frame in frames_of(folder):
        assert frame.flags & PACKED
        wrong = main if frame.key == CONTACTS else contacts
        with pytest.raises(InvalidTag):
            frame.opened(wrong, keys.vault)
    # Whoever has one key only reads what it sealed, and is told that the rest could not be read.
    for half, has, lacks in (
        ((main, bytes(32)), "r0", "r2"),
        ((bytes(32), contacts), "r2", "r0"),
    ):
        with Store.open(folder, write=False, keys=Keyring(keys.vault, 1, *half)) as store:
            found = {record for table in store.tables() for record in store.rows(table)}
            assert has in found
            assert lacks not in found
            assert "damage" in {notice.kind for notice in store.notices}


FORGED: dict[str, Callable[[Frames, Frames], Frames]] = {
    "a frame of another study in one's place": lambda own, other: [*own[:1], other[1], *own[2:]],
    "a frame of another study between": lambda own, other: [*own[:1], other[1], *own[1:]],
    "a frame of another study, numbered to fit": lambda own, other: [
        *own[:1],
        other[1]._replace(previous=own[0].tag),
        *own[2:],
    ],
    "two frames in the wrong order": lambda own, other: [own[0], own[2], own[1], *own[3:]],
    "all frames in the wrong order": lambda own, other: own[::-1],
    "a frame a second time": lambda own, other: [*own[:3], own[1], *own[3:]],
    "a frame a second time, at the end": lambda own, other: [*own, own[1]],
    "a frame a second time, numbered to fit": lambda own, other: [
        *own,
        own[1]._replace(sequence=6, previous=own[4].tag),
    ],
    "another number": lambda own, other: [own[0], own[1]._replace(sequence=9), *own[2:]],
    "another epoch": lambda own, other: [own[0], own[1]._replace(epoch=2), *own[2:]],
    "another key's name": lambda own, other: [own[0], own[1]._replace(key=CONTACTS), *own[2:]],
    "a key that nobody has": lambda own, other: [own[0], own[1]._replace(key=b"\0" * 8), *own[2:]],
    "another predecessor": lambda own, other: [own[0], own[1]._replace(previous=bytes(16)), *own[2:]],
    "said to be a note": lambda own, other: [own[0], own[1]._replace(flags=own[1].flags | LOCAL), *own[2:]],
    "said to be packed": lambda own, other: [own[0], own[1]._replace(flags=own[1].flags | PACKED), *own[2:]],
    "said not to end its commit": lambda own, other: [own[0], own[1]._replace(flags=SEALED), *own[2:]],
    "the last said not to end its commit": lambda own, other: [*own[:4], own[4]._replace(flags=SEALED)],
    "said to be plain": lambda own, other: [own[0], own[1]._replace(flags=LAST), *own[2:]],
    "plain words in its place": lambda own, other: [
        own[0],
        own[1]._replace(flags=LAST, key=b"plain\0\0\0", epoch=0, stored=plain_words()),
        *own[2:],
    ],
    "plain words after the end": lambda own, other: [
        *own,
        Raw(0, LAST, b"plain\0\0\0", 0, 6, own[4].tag, plain_words(), b""),
    ],
    "a ciphertext that is too short": lambda own, other: [own[0], own[1]._replace(stored=b"few"), *own[2:]],
    "an empty ciphertext": lambda own, other: [own[0], own[1]._replace(stored=b""), *own[2:]],
    "a bit of the ciphertext": lambda own, other: [
        own[0],
        own[1]._replace(stored=own[1].stored[:-30] + bytes([own[1].stored[-30] ^ 1]) + own[1].stored[-29:]),
        *own[2:],
    ],
    "one taken out": lambda own, other: [own[0], *own[2:]],
}


def plain_words() -> bytes:
    told = {"at": "2005-03-01T09:00:00.000Z", "author": "XX", "body": {"text": "forged"}, "change": "c"}
    told |= {"device": "d", "lamport": 99, "nonce": "n", "parents": [], "record": "r1", "table": "notes"}
    return json.dumps(told, sort_keys=True, separators=(",", ":")).encode()


@pytest.mark.parametrize("forgery", FORGED)
def test_a_forged_frame_is_never_opened_and_always_reported(
    folder: Path, tmp_path: Path, forgery: str
) -> None:
    keys = filled(folder, "word")
    filled(tmp_path / "other", "foreign")
    heading, own = split((folder / "journal").read_bytes())
    _, other = split((tmp_path / "other" / "journal").read_bytes())
    forged = FORGED[forgery](own, other)
    (folder / "journal").write_bytes(join(heading, forged))
    problems = Store.verify_folder(folder, keys).problems
    bodies, kinds = shown(folder, keys)

    whole = {frame.encoded() for frame in own}
    kept: set[str] = set()
    highest = 0
    for frame in forged:
        if frame.encoded() in whole and frame.sequence > highest:
            highest = frame.sequence
            kept.add(f"r{frame.sequence - 1}")
    assert bodies == {record: {"text": f"word {record[1]}"} for record in kept}
    assert kinds
    assert set(kinds) <= {"damage", "torn"}
    assert problems
