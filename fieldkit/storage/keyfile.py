"""The key file: a study's data keys, wrapped once for each secret that opens them.

It is two lines of text, `fieldkit keys 1` and one JSON object with a checksum, and stands twice in the
store, as `keys` and `keys.copy`, since without it everything is lost (`keycopies` keeps the two in order).
Each slot wraps the keys with AES-256-GCM under a key that Argon2id (RFC 9106) makes of its secret; what the
slot says of itself is bound to the wrapping.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from os import urandom
from pathlib import Path
from typing import Any
from unicodedata import normalize
from zlib import crc32

import orjson

from fieldkit.say import reason_of, t
from fieldkit.storage import files
from fieldkit.storage.errors import StoreDamaged, StoreError, StoreSealed, StoreTooNew, WrongPassphrase
from fieldkit.storage.keys import KEY_SIZE, NONCE_SIZE, Keyring
from fieldkit.storage.keyslot import KINDS, LANES, MEMORY_KIB, PASSES, SALT_SIZE, Slot, SlotKind, slot_of
from fieldkit.storage.recoverycode import (
    is_recovery_code,
    looks_misread,
    make_recovery_code,
    normal_recovery_code,
)

FORMAT = 1
NAME, COPY = "keys", "keys.copy"
SIZE_LIMIT = 64 << 10
_VAULT_BYTES = 10


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What a key file says; at most one slot of a kind.

    Attributes:
        vault: a random id of what the keys are of.
        epoch: of its keys.
        slots: by kind.
        unfinished: whether it was written before the journal that its keys seal.
    """

    vault: str
    epoch: int
    slots: dict[SlotKind, Slot]
    unfinished: bool = False


def make_keys(folder: Path, passphrase: str, *, epoch: int = 1) -> tuple[Keyring, str]:
    """Make new keys for a store and write their file, unfinished until a journal is sealed with them.

    Args:
        folder: the store.
        passphrase: what shall open it.
        epoch: of the keys.

    Returns:
        The keyring, and the recovery code, which is kept nowhere.

    Raises:
        OSError: the file could not be written.
    """
    keyring, code, content = new_keys(passphrase, epoch=epoch, unfinished=True)
    place_keys(folder, content)
    return keyring, code


def new_keys(passphrase: str, *, epoch: int = 1, unfinished: bool = False) -> tuple[Keyring, str, bytes]:
    """Make new keys that are kept nowhere yet; returns them, the recovery code, and a key file's content."""
    keyring = Keyring.random(urandom(_VAULT_BYTES).hex(), epoch)
    code = make_recovery_code()
    slots: dict[SlotKind, Slot] = {
        "passphrase": _wrap(keyring, "passphrase", passphrase),
        "recovery": _wrap(keyring, "recovery", code),
    }
    keyring.slot = slots["passphrase"]
    return keyring, code, _content(KeyFile(keyring.vault, epoch, slots, unfinished))


def place_keys(folder: Path, content: bytes) -> None:
    """Write both copies of a key file, each at once or not at all, the file itself first."""
    for name in (NAME, COPY):
        files.replace_file(folder / name, content)


def unlock(folder: Path, secret: str) -> Keyring:
    """Open a store's keys with a passphrase or a recovery code; takes a moment, by intention.

    What one copy of the key file does not open, the other may: one of them can have been put there.

    Args:
        folder: the store.
        secret: what was typed.

    Raises:
        WrongPassphrase: when no slot opens with it.
        StoreDamaged: when both copies of the key file are damaged.
        StoreTooNew: when a newer version wrote it.
        StoreError: when there is none.
    """
    tried: list[tuple[str, int, Slot]] = []
    for keyfile in read_copies(folder).values():
        for kind in KINDS:
            slot = keyfile.slots.get(kind)
            if slot is None or (kind == "recovery" and not is_recovery_code(secret)):
                continue
            told = keyfile.vault, keyfile.epoch, slot
            found = None if told in tried else _unwrap(*told, secret)
            if found is not None:
                return found
            tried.append(told)
    if looks_misread(secret):
        raise WrongPassphrase(
            t("this is no recovery code as one is printed: hold each group against the paper")
        )
    raise WrongPassphrase(
        t("{folder}: not opened: a wrong passphrase or recovery code, or an altered key file").format(
            folder=folder
        )
    )


def change_passphrase(folder: Path, keyring: Keyring, passphrase: str) -> None:
    """Wrap the keys for a new passphrase; the old one, or the new one, opens them at every moment."""
    _rewrap(folder, keyring, "passphrase", passphrase)


def renew_recovery_code(folder: Path, keyring: Keyring) -> str:
    """Wrap the keys for a new recovery code, which is returned; the one before opens nothing any more."""
    code = make_recovery_code()
    _rewrap(folder, keyring, "recovery", code)
    return code


def read_copies(folder: Path) -> dict[str, KeyFile]:
    """Read both copies of the key file; returns name -> content of those that can be read.

    Raises:
        StoreDamaged: when neither can be read.
        StoreTooNew: when a newer version wrote it.
        StoreError: when there is none.
    """
    told: StoreError | None = None
    found: dict[str, KeyFile] = {}
    for name in (NAME, COPY):
        try:
            found[name] = parse_keyfile(folder / name)
        except FileNotFoundError:
            continue
        except (StoreError, OSError) as error:
            told = told or (
                error if isinstance(error, StoreError) else StoreError(f"{folder / name}: {reason_of(error)}")
            )
    if found:
        return found
    raise told or StoreError(
        t(
            "{path}: the key file is missing: put it back from a backup, without it nothing can be read"
        ).format(path=folder / NAME)
    )


def parse_keyfile(path: Path) -> KeyFile:
    """Read one key file, trusting nothing in it.

    Raises:
        StoreDamaged: when it is not what was written, or claims what it must not.
        StoreTooNew: when a newer version wrote it.
        OSError: when it cannot be read.
    """
    with files.reading(path) as fd:
        data = files.read_at(fd, SIZE_LIMIT, 0)
    first, _, line = data.partition(b"\n")
    words = first.split(b" ")
    if len(words) != 3 or words[:2] != [b"fieldkit", b"keys"] or not words[2].isdigit() or len(words[2]) > 9:
        raise StoreDamaged(t("{path}: this is no key file of fieldkit, or it is damaged").format(path=path))
    if int(words[2]) > FORMAT:
        raise StoreTooNew(
            t(
                "{path}: written by a newer fieldkit (format {format}; this one reads {known}): "
                "update fieldkit"
            ).format(path=path, format=int(words[2]), known=FORMAT)
        )
    try:
        told = orjson.loads(line)
        check = told.pop("check")
        if check != crc32(_dump(told)):
            raise ValueError("checksum")
        slots = [slot_of(path, slot) for slot in told["slots"]]
        vault, epoch, unfinished = told["vault"], told["epoch"], told.get("unfinished", False)
        if not isinstance(vault, str) or type(epoch) is not int or not 0 < epoch < 1 << 32:
            raise ValueError("vault or epoch")
        if not isinstance(unfinished, bool):
            raise ValueError("unfinished")
    except (ValueError, KeyError, TypeError, AttributeError):
        raise StoreDamaged(t("{path}: damaged").format(path=path)) from None
    by_kind = {slot.kind: slot for slot in slots}
    if len(by_kind) != len(slots):
        raise StoreDamaged(t("{path}: two slots of one kind").format(path=path))
    return KeyFile(vault, epoch, by_kind, unfinished)


def write_keyfile(folder: Path, keyfile: KeyFile) -> None:
    """Write both copies as `place_keys` does."""
    place_keys(folder, _content(keyfile))


def _rewrap(folder: Path, keyring: Keyring, kind: SlotKind, secret: str) -> None:
    """Put a new slot into both copies; each keeps its own other slot, which this secret cannot vouch for."""
    own = {
        name: keyfile
        for name, keyfile in read_copies(folder).items()
        if (keyfile.vault, keyfile.epoch) == (keyring.vault, keyring.epoch)
    }
    if not own:
        raise StoreSealed(t("{path}: these are the keys of another study").format(path=folder / NAME))
    slot = _wrap(keyring, kind, secret)
    for name in (NAME, COPY):
        keyfile = own.get(name) or next(iter(own.values()))
        slots = {**keyfile.slots, kind: slot}
        files.replace_file(folder / name, _content(replace(keyfile, slots=slots)))


def _content(keyfile: KeyFile) -> bytes:
    told: dict[str, Any] = {
        "vault": keyfile.vault,
        "epoch": keyfile.epoch,
        "slots": [asdict(slot) for slot in keyfile.slots.values()],
    }
    if keyfile.unfinished:
        told["unfinished"] = True
    return f"fieldkit keys {FORMAT}\n".encode() + _dump({**told, "check": crc32(_dump(told))}) + b"\n"


def _wrap(keyring: Keyring, kind: SlotKind, secret: str) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = urandom(SALT_SIZE), urandom(NONCE_SIZE)
    slot = Slot(kind, "argon2id", MEMORY_KIB, PASSES, LANES, salt.hex(), nonce.hex(), "")
    cipher = AESGCM(_derive(slot, secret))
    wrapped = cipher.encrypt(nonce, keyring.secret(), _bound(keyring.vault, keyring.epoch, slot))
    return Slot(**{**asdict(slot), "wrapped": wrapped.hex()})


def _unwrap(vault: str, epoch: int, slot: Slot, secret: str) -> Keyring | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher = AESGCM(_derive(slot, secret))
    try:
        raw = cipher.decrypt(
            bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped), _bound(vault, epoch, slot)
        )
    except InvalidTag:
        return None
    keyring = Keyring(vault, epoch, raw[:KEY_SIZE], raw[KEY_SIZE:])
    keyring.slot = slot
    return keyring


def _derive(slot: Slot, secret: str) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    typed = normal_recovery_code(secret) if slot.kind == "recovery" else normalize("NFC", secret)
    kdf = Argon2id(
        salt=bytes.fromhex(slot.salt),
        length=KEY_SIZE,
        iterations=slot.passes,
        lanes=slot.lanes,
        memory_cost=slot.memory_kib,
    )
    return kdf.derive(typed.encode("utf-8", "surrogatepass"))


def _bound(vault: str, epoch: int, slot: Slot) -> bytes:
    """Return what a wrapping is bound to: the vault, and all that the slot says of how it was made."""
    told = {name: value for name, value in asdict(slot).items() if name not in ("nonce", "wrapped")}
    return _dump({"vault": vault, "epoch": epoch, **told})


def _dump(told: dict[str, Any]) -> bytes:
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS)
