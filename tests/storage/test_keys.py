"""Who can open an encrypted store: the key file under honest mistakes and in hostile hands."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from fieldkit.storage import Put, Store, StoreDamaged, StoreError, StoreTooNew, files, keyfile
from fieldkit.storage.errors import StoreSealed, WrongPassphrase
from fieldkit.storage.keyfile import change_passphrase, parse_keyfile, renew_recovery_code, unlock
from fieldkit.storage.keys import Keyring
from fieldkit.storage.recoverycode import ALPHABET, is_recovery_code, make_recovery_code

SECRET = "quatre lunes au-dessus du lac"
OTHER = "seven herons cross the bay"


class Made:
    """A sealed store, what opens it, and what is in it."""

    def __init__(self, folder: Path, code: str, keys: Keyring) -> None:
        self.folder, self.code, self.keys = folder, code, keys


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("sealed") / "store"
    with Store.create(folder, study_id="study", passphrase=SECRET) as store:
        assert store.recovery_code is not None
        store.commit([Put("notes", "n1", {"text": "marked-word"})], author="AB")
        store.commit([Put("contacts", "k1", {"name": "Zoë Marked"})], author="AB")
        assert isinstance(store.keys, Keyring)
        return Made(folder, store.recovery_code, store.keys)


@pytest.fixture
def made(original: Made, folder: Path) -> Made:
    shutil.copytree(original.folder, folder)
    return Made(folder, original.code, original.keys)


def opened_with(folder: Path, secret: str) -> set[str]:
    with Store.open(folder, keys=unlock(folder, secret)) as store:
        return {record for table in store.tables() for record in store.rows(table)}


def rewritten(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change what a key file says, with its checksum made right again."""
    first, line = path.read_bytes().split(b"\n", 1)
    told = json.loads(line)
    told.pop("check")
    change(told)
    body = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    told["check"] = crc32(body)
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    path.write_bytes(first + b"\n" + text + b"\n")


def one_line(error: BaseException) -> str:
    text = str(error)
    assert text
    assert "\n" not in text
    assert len(text) < 400
    return text


class TestSecrets:
    def test_the_passphrase_opens_and_a_wrong_one_does_not(self, made: Made) -> None:
        assert opened_with(made.folder, SECRET) == {"n1", "k1"}
        with pytest.raises(WrongPassphrase) as refused:
            unlock(made.folder, SECRET + "!")
        assert SECRET not in one_line(refused.value)

    def test_a_passphrase_typed_on_another_keyboard_opens(self, folder: Path) -> None:
        with Store.create(folder, passphrase="de\u0301ja\u0300 vu, deux fois"):
            pass
        assert opened_with(folder, "d\u00e9j\u00e0 vu, deux fois") == set()

    def test_without_keys_nothing_opens(self, made: Made) -> None:
        with pytest.raises(StoreSealed):
            Store.open(made.folder)
        with pytest.raises(StoreSealed):
            Store.verify_folder(made.folder)

    def test_the_keys_of_another_study_open_nothing(self, made: Made) -> None:
        with pytest.raises(StoreSealed):
            Store.open(made.folder, keys=Keyring.random("another", 1))
        same_name = Keyring.random(made.keys.vault, made.keys.epoch)
        with Store.open(made.folder, keys=same_name, write=False) as store:
            assert store.tables() == []
            assert {notice.kind for notice in store.notices} >= {"damage"}

    @pytest.mark.parametrize(
        "typed",
        [
            str,
            str.lower,
            lambda code: code.replace("-", " "),
            lambda code: f"  {code.replace('-', '')}\n",
            lambda code: code.replace("0", "O").replace("1", "I"),
            lambda code: code.replace("0", "o").replace("1", "l"),
        ],
    )
    def test_the_recovery_code_opens_however_it_is_copied(
        self, made: Made, monkeypatch: pytest.MonkeyPatch, typed: Callable[[str], str]
    ) -> None:
        # Every code is tried for its reading; this study's own, as printed, for opening.
        for code in [made.code, *(make_recovery_code() for _ in range(50))]:
            assert is_recovery_code(typed(code))
        assert unlock(made.folder, typed(made.code)).secret() == made.keys.secret()

    def test_a_misread_character_is_told_before_anything_is_tried(
        self, made: Made, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tried: list[str] = []
        derive = keyfile._derive
        monkeypatch.setattr(
            keyfile, "_derive", lambda slot, secret: tried.append(slot.kind) or derive(slot, secret)
        )
        signs = [place for place, sign in enumerate(made.code) if sign != "-"]
        for place in signs:
            for sign in ALPHABET:
                wrong = made.code[:place] + sign + made.code[place + 1 :]
                assert is_recovery_code(wrong) == (wrong == made.code)
        place = signs[9]
        other = "Z" if made.code[place] != "Z" else "Y"
        with pytest.raises(WrongPassphrase, match="hold each group against the paper") as refused:
            unlock(made.folder, made.code[:place] + other + made.code[place + 1 :])
        assert made.code[:4] not in one_line(refused.value)
        assert "recovery" not in tried

    def test_a_change_of_passphrase_leaves_the_code_and_a_renewed_code_the_passphrase(
        self, made: Made
    ) -> None:
        change_passphrase(made.folder, made.keys, OTHER)
        assert opened_with(made.folder, OTHER) == {"n1", "k1"}
        with pytest.raises(WrongPassphrase):
            unlock(made.folder, SECRET)
        code = renew_recovery_code(made.folder, unlock(made.folder, made.code))
        assert unlock(made.folder, code).secret() == made.keys.secret()
        with pytest.raises(WrongPassphrase):
            unlock(made.folder, made.code)
        assert opened_with(made.folder, OTHER) == {"n1", "k1"}

    def test_no_file_holds_a_secret(self, made: Made) -> None:
        with Store.open(made.folder, keys=made.keys) as store:
            store.drafts.append("i1", "role", {"text": "draft"})
            store.save_snapshot()
            store.compact()
            store.save_snapshot()
        change_passphrase(made.folder, made.keys, OTHER)
        raw = made.keys.secret()
        plain = made.code.replace("-", "")
        told = [SECRET, OTHER, made.code, plain, made.code.lower(), plain.lower()]
        told += [SECRET.encode().hex(), OTHER.encode().hex(), plain.encode().hex()]
        forbidden = [text.encode() for text in told]
        for key in (raw, raw[:32], raw[32:]):
            forbidden += [key, key.hex().encode(), base64.b64encode(key).rstrip(b"=")]
        held = [path for path in made.folder.rglob("*") if path.is_file()]
        assert len(held) >= 7
        for path in held:
            content = path.read_bytes()
            assert [text for text in forbidden if text in content] == [], path.name


class TestWrapping:
    def test_argon2id_is_that_of_rfc_9106(self) -> None:
        # Section 5.3: the one published vector of Argon2id.
        made = Argon2id(
            salt=b"\x02" * 16,
            length=32,
            iterations=3,
            lanes=4,
            memory_cost=32,
            ad=b"\x04" * 12,
            secret=b"\x03" * 8,
        )
        assert made.derive(b"\x01" * 32).hex() == (
            "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
        )

    def test_a_slot_unwraps_by_its_own_description(self, made: Made) -> None:
        told = json.loads((made.folder / "keys").read_bytes().split(b"\n", 1)[1])
        assert {slot["kind"] for slot in told["slots"]} == {"passphrase", "recovery"}
        for slot in told["slots"]:
            assert (slot["memory_kib"], slot["passes"], slot["lanes"]) == (65_536, 3, 4)
            typed = SECRET if slot["kind"] == "passphrase" else made.code.replace("-", "")
            kdf = Argon2id(
                salt=bytes.fromhex(slot["salt"]), length=32, iterations=3, lanes=4, memory_cost=65_536
            )
            nonce, wrapped = bytes.fromhex(slot.pop("nonce")), bytes.fromhex(slot.pop("wrapped"))
            bound = json.dumps(
                {"vault": told["vault"], "epoch": told["epoch"], **slot},
                sort_keys=True,
                separators=(",", ":"),
            ).encode()
            key = kdf.derive(typed.encode())
            assert AESGCM(key).decrypt(nonce, wrapped, bound) == made.keys.secret()
            with pytest.raises(InvalidTag):
                AESGCM(key).decrypt(nonce, wrapped, bound.replace(b"65536", b"65537"))


def slot_says(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda told: told["slots"][0].update(changes)


HOSTILE: dict[str, Callable[[dict[str, Any]], None]] = {
    "memory below the floor": slot_says(memory_kib=8),
    "memory just below the floor": slot_says(memory_kib=65_535),
    "memory to hang on": slot_says(memory_kib=10**9),
    "passes below the floor": slot_says(passes=1),
    "passes to hang on": slot_says(passes=1_000),
    "no lanes": slot_says(lanes=0),
    "lanes to choke on": slot_says(lanes=99),
    "a truth value for lanes": slot_says(lanes=True),
    "memory that is no integer": slot_says(memory_kib=65_536.5),
    "memory as text": slot_says(memory_kib="65536"),
    "an unknown derivation": slot_says(kdf="pbkdf2"),
    "an unknown kind": slot_says(kind="everyone"),
    "a field that nobody knows": slot_says(admin=True),
    "a short salt": slot_says(salt="00" * 8),
    "a long nonce": slot_says(nonce="00" * 16),
    "an empty nonce": slot_says(nonce=""),
    "one key only": slot_says(wrapped="00" * 48),
    "a salt that is no hexadecimal": slot_says(salt="zz" * 16),
    "a salt that is a number": slot_says(salt=7),
    "two slots of a kind": lambda told: told["slots"].append(dict(told["slots"][0])),
    "slots that are text": lambda told: told.update(slots="none"),
    "a slot that is none": lambda told: told.update(slots=[None]),
    "epoch zero": lambda told: told.update(epoch=0),
    "an epoch too large": lambda told: told.update(epoch=1 << 32),
    "a vault that is a number": lambda told: told.update(vault=5),
}


class TestHostileKeyFiles:
    @pytest.fixture(autouse=True)
    def _nothing_is_derived(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is refused is refused from reading alone: no claimed memory is ever asked for."""
        monkeypatch.setattr(keyfile, "Argon2id", None, raising=False)
        monkeypatch.setattr(keyfile, "_derive", lambda slot, secret: pytest.fail("derived a key"))

    def refused(self, folder: Path, kind: type[StoreError] = StoreDamaged) -> None:
        shutil.copy(folder / "keys", folder / "keys.copy")
        with pytest.raises(kind) as error:
            unlock(folder, SECRET)
        assert str(folder / "keys") in one_line(error.value)
        assert SECRET not in str(error.value)

    @pytest.mark.parametrize("claim", HOSTILE)
    def test_what_a_file_must_not_claim(self, made: Made, claim: str) -> None:
        rewritten(made.folder / "keys", HOSTILE[claim])
        self.refused(made.folder)

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\n",
            b"fieldkit keys 1\n",
            b"fieldkit keys 1\n[]\n",
            b"fieldkit keys 1\nnull\n",
            b"fieldkit keys 1\n{}\n",
            b"fieldkit keys 1\nnot JSON\n",
            b"fieldkit keys 1\n" + b"[" * 60_000,
            b"fieldkit keys 1\n{" + b" " * (1 << 20) + b"}\n",
            b"fieldkit keys -1\n{}\n",
            b"fieldkit keys 1" + b"0" * 40 + b"\n{}\n",
            b"\xff" * (1 << 20),
            b"fieldkit journal 1\n{}\n",
        ],
        ids=lambda content: content[:20].hex() + f"-{len(content)}",
    )
    def test_what_is_no_key_file(self, made: Made, content: bytes) -> None:
        (made.folder / "keys").write_bytes(content)
        self.refused(made.folder)

    def test_a_newer_key_file_is_left_alone(self, made: Made) -> None:
        path = made.folder / "keys"
        path.write_bytes(path.read_bytes().replace(b"fieldkit keys 1\n", b"fieldkit keys 2\n"))
        before = path.read_bytes()
        self.refused(made.folder, StoreTooNew)
        assert path.read_bytes() == before

    def test_no_key_file_at_all(self, made: Made) -> None:
        for name in ("keys", "keys.copy"):
            (made.folder / name).unlink()
        with pytest.raises(StoreError, match="the key file is missing") as error:
            unlock(made.folder, SECRET)
        one_line(error.value)


@pytest.mark.parametrize(
    "change",
    [
        slot_says(memory_kib=65_537),
        slot_says(passes=4),
        slot_says(lanes=3),
        slot_says(salt="00" * 16),
        slot_says(nonce="00" * 12),
        lambda told: told.update(vault="another"),
        lambda told: told.update(epoch=2),
        lambda told: told["slots"][0].update(kind="recovery") or told["slots"].pop(),
    ],
)
def test_slots_altered_within_the_limits_do_not_open(
    made: Made, change: Callable[[dict[str, Any]], None]
) -> None:
    rewritten(made.folder / "keys", change)
    shutil.copy(made.folder / "keys", made.folder / "keys.copy")
    parse_keyfile(made.folder / "keys")
    with pytest.raises(WrongPassphrase) as error:
        unlock(made.folder, SECRET)
    one_line(error.value)


class TestTwoCopies:
    @pytest.mark.parametrize("name", ["keys", "keys.copy"])
    @pytest.mark.parametrize("fault", ["gone", "flipped", "empty", "cut"])
    def test_one_copy_is_enough_and_the_other_is_mended(self, made: Made, name: str, fault: str) -> None:
        path = made.folder / name
        whole = path.read_bytes()
        if fault == "gone":
            path.unlink()
        else:
            flipped = whole[:90] + bytes([whole[90] ^ 4]) + whole[91:]
            path.write_bytes({"flipped": flipped, "empty": b"", "cut": whole[:-9]}[fault])
        problems = Store.verify_folder(made.folder, made.keys).problems
        assert len(problems) == 1
        assert str(path) in problems[0]
        with Store.open(made.folder, keys=unlock(made.folder, SECRET)) as store:
            assert store.get("notes", "n1") == {"text": "marked-word"}
            assert any(str(path) in notice.message for notice in store.notices)
        assert path.read_bytes() == whole
        assert Store.verify_folder(made.folder, made.keys).ok

    def test_a_change_of_passphrase_killed_between_the_copies(
        self, made: Made, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        replace = files.replace_file

        def killed(path: Path, data: bytes) -> None:
            if path.name == "keys.copy":
                raise KeyboardInterrupt
            replace(path, data)

        with monkeypatch.context() as patch:
            patch.setattr(files, "replace_file", killed)
            with pytest.raises(KeyboardInterrupt):
                change_passphrase(made.folder, made.keys, OTHER)
        # The old one opens the old copy, were the new one lost; the new one opens, and is spread.
        alone = made.folder.parent / "alone"
        shutil.copytree(made.folder, alone)
        (alone / "keys").unlink()
        assert opened_with(alone, SECRET) == {"n1", "k1"}
        assert opened_with(made.folder, OTHER) == {"n1", "k1"}
        assert (made.folder / "keys").read_bytes() == (made.folder / "keys.copy").read_bytes()
        with pytest.raises(WrongPassphrase):
            unlock(made.folder, SECRET)
