"""The key file's two copies: what may be written over what, and what they tell of a journal beside them."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import pytest

from fieldkit.storage import Put, Store, keyfile
from fieldkit.storage.errors import StoreDamaged, StoreSealed, WrongPassphrase
from fieldkit.storage.keyfile import change_passphrase, make_keys, renew_recovery_code, unlock
from fieldkit.storage.keys import Keyring

SECRET = "quatre lunes au-dessus du lac"
OTHER = "seven herons cross the bay"
THEIRS = "what somebody else has chosen"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shown here does not depend on how dear a passphrase is."""
    monkeypatch.setattr(
        keyfile, "_derive", lambda slot, secret: sha256(f"{slot.salt}{secret}".encode()).digest()
    )


@pytest.fixture
def code(folder: Path) -> str:
    """A sealed store with one note; its recovery code."""
    with Store.create(folder, study_id="study", passphrase=SECRET) as store:
        store.commit([Put("notes", "n1", {"text": "marked-word"})], author="AB")
        assert store.recovery_code is not None
        return store.recovery_code


def told_on_opening(folder: Path, secret: str) -> list[str]:
    with Store.open(folder, keys=unlock(folder, secret)) as store:
        assert store.get("notes", "n1") == {"text": "marked-word"}
        return [notice.message for notice in store.notices]


def rewritten(path: Path, **changes: object) -> None:
    """Change what a key file says, as somebody who can write to the folder may."""
    first, line = path.read_bytes().split(b"\n", 1)
    told = {**json.loads(line), **changes}
    told.pop("check")
    told["check"] = crc32(json.dumps(told, sort_keys=True, separators=(",", ":")).encode())
    path.write_bytes(first + b"\n" + json.dumps(told, sort_keys=True, separators=(",", ":")).encode() + b"\n")


def foreign(folder: Path) -> bytes:
    """A key file somebody made with a passphrase of his own, under the name of this store's vault."""
    elsewhere = folder.with_name("elsewhere")
    elsewhere.mkdir()
    make_keys(elsewhere, THEIRS)
    vault = json.loads((folder / "keys").read_bytes().split(b"\n", 1)[1])["vault"]
    rewritten(elsewhere / "keys", vault=vault, unfinished=False)
    return (elsewhere / "keys").read_bytes()


@pytest.mark.parametrize("name", ["keys", "keys.copy"])
def test_a_copy_that_was_put_there_is_never_spread(folder: Path, code: str, name: str) -> None:
    whole, planted = (folder / name).read_bytes(), foreign(folder)
    (folder / name).write_bytes(planted)
    with pytest.raises(WrongPassphrase):
        unlock(folder, THEIRS)
    (told,) = told_on_opening(folder, SECRET)
    assert str(folder / name) in told
    assert (folder / "keys").read_bytes() == (folder / "keys.copy").read_bytes() == whole
    (folder / name).write_bytes(planted)
    assert told_on_opening(folder, code)
    assert (folder / "keys").read_bytes() == (folder / "keys.copy").read_bytes() == whole


@pytest.mark.parametrize("name", ["keys", "keys.copy"])
def test_a_slot_that_was_not_used_is_not_spread_either(folder: Path, code: str, name: str) -> None:
    slots = json.loads((folder / name).read_bytes().split(b"\n", 1)[1])["slots"]
    rewritten(folder / name, slots=[slots[0], {**slots[1], "wrapped": "00" * 80}])
    before = {copy: (folder / copy).read_bytes() for copy in ("keys", "keys.copy")}
    (told,) = told_on_opening(folder, SECRET)
    assert "fieldkit passphrase --recovery" in told
    assert before == {copy: (folder / copy).read_bytes() for copy in before}
    change_passphrase(folder, unlock(folder, SECRET), OTHER)
    # The code on paper still opens, by the copy that was not touched; opened with it, that copy is the one.
    assert unlock(folder, code).secret() == unlock(folder, OTHER).secret()
    new = renew_recovery_code(folder, unlock(folder, OTHER))
    assert told_on_opening(folder, OTHER) == told_on_opening(folder, new) == []
    with pytest.raises(WrongPassphrase):
        unlock(folder, code)


def test_keys_that_no_copy_holds_mend_nothing(folder: Path, code: str) -> None:
    earlier = unlock(folder, SECRET)
    change_passphrase(folder, earlier, OTHER)
    (folder / "keys.copy").unlink()
    with Store.open(folder, keys=earlier):
        assert not (folder / "keys.copy").exists()
    unlock(folder, OTHER)


def plain_journal(folder: Path) -> None:
    """Put the journal of a plain store, with a note in it, in the place of a store's own."""
    other = folder.with_name("plain")
    with Store.create(other, study_id="study") as store:
        store.commit([Put("notes", "n2", {"text": "planted"})], author="XX")
    for name in ("journal", "heading", "anchor"):
        shutil.copy(other / name, folder / name)


@pytest.mark.parametrize("left", ["keys", "keys.copy", "both", "a damaged one"])
@pytest.mark.parametrize("write", [True, False])
def test_a_plain_journal_beside_keys_is_refused(folder: Path, code: str, left: str, write: bool) -> None:
    plain_journal(folder)
    for name in {"keys": ["keys.copy"], "keys.copy": ["keys"]}.get(left, []):
        (folder / name).unlink()
    if left == "a damaged one":
        (folder / "keys").write_bytes(b"")
    before = (folder / "journal").read_bytes()
    with pytest.raises(StoreSealed) as refused:
        Store.open(folder, write=write)
    told = str(refused.value)
    assert "\n" not in told
    assert str(folder / ("keys.copy" if left == "keys.copy" else "keys")) in told
    assert "restore a backup" in told
    assert (folder / "journal").read_bytes() == before
    assert Store.verify_folder(folder).problems == (told,)


def test_keys_of_a_passphrase_that_never_was_finished_are_dropped_and_told_of(folder: Path) -> None:
    with Store.create(folder) as store:
        store.commit([Put("notes", "n1", {"text": "in the clear"})], author="AB")
    make_keys(folder, SECRET)
    with Store.open(folder) as store:
        assert store.get("notes", "n1") == {"text": "in the clear"}
        (told,) = store.notices
        assert told.kind == "protection"
        assert "`fieldkit passphrase --add`" in told.message
    assert not (folder / "keys").exists()
    with Store.open(folder) as store:
        assert store.notices == []


def test_keys_without_their_journal_are_not_written_over(folder: Path, code: str) -> None:
    keys = unlock(folder, SECRET)
    for name in ("journal", "anchor", "heading"):
        (folder / name).rename(folder.with_name(name))
    before = (folder / "keys").read_bytes()
    for passphrase in (None, OTHER):
        with pytest.raises(StoreDamaged, match="keys beside it shows that there was a store"):
            Store.create(folder, passphrase=passphrase)
    assert (folder / "keys").read_bytes() == before
    (folder.with_name("journal")).rename(folder / "journal")
    with Store.open(folder, keys=keys) as store:
        assert store.get("notes", "n1") == {"text": "marked-word"}


def test_a_store_that_was_made_or_sealed_says_so_in_its_key_file(folder: Path, tmp_path: Path) -> None:
    with Store.create(tmp_path / "later") as store:
        store.commit([Put("notes", "n1", {"text": "marked-word"})], author="AB")
        store.protect(SECRET)
        assert isinstance(store.keys, Keyring)
    Store.create(folder, passphrase=SECRET).close()
    with Store.create(tmp_path / "anew", passphrase=SECRET) as store:
        store.start_over(OTHER, Put("purges", "p", {"erased": []}), "AB")
        assert b"unfinished" not in (tmp_path / "anew" / "keys").read_bytes()
    for sealed in (folder, tmp_path / "later", tmp_path / "anew"):
        for name in ("keys", "keys.copy"):
            assert b"unfinished" not in (sealed / name).read_bytes()
