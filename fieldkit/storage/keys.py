"""The data keys of a study, and what they seal: frames and whole files, each bound to its place.

AES-256-GCM with a random nonce before each ciphertext. The associated data name the vault (which the keys are
of), the kind of file and what the frame's header says of itself, the tag of the frame before it included;
the first frame's is that of the heading, which names the study. So a frame taken from another study, file,
epoch or place does not open.
"""

from __future__ import annotations

from os import urandom
from typing import TYPE_CHECKING, Protocol

from fieldkit.say import t
from fieldkit.storage.errors import StoreDamaged, StoreSealed
from fieldkit.storage.frames import SEALED, Header, PlainSealer, Sealer

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from fieldkit.storage.keyslot import Slot

KEY_SIZE = 32
"""Bytes of a data key."""

NONCE_SIZE = 12
MAIN = b"main\0\0\0\0"
"""Name, in frames, of the key of everything but contacts."""

CONTACTS = b"contacts"
"""Name, in frames, of the key of names and addresses."""

PRIVATE_TABLES = frozenset({"contacts"})
"""The tables whose revisions are sealed with the key of contacts."""

_SEPARATOR = b"\0"


class Keys(Protocol):
    """What seals the files of a store: its keyring, or nothing.

    Attributes:
        sealed: whether anything is encrypted.
        vault: a random id of what the keys are of; None without keys.
    """

    sealed: bool

    @property
    def vault(self) -> str | None:
        """What the keys are of."""
        ...

    def sealer(self, purpose: str) -> Sealer:
        """Return what seals one kind of file, such as `journal`."""
        ...


class NoKeys:
    """Of a study without a passphrase."""

    sealed = False
    vault = None

    def sealer(self, purpose: str) -> Sealer:
        """Return what leaves bytes as they are."""
        return PlainSealer()


class Keyring:
    """The two data keys of a study; what it seals with can be taken from it and given back.

    Attributes:
        vault: a random id of what the keys are of; it stays when a store without revisions changes its study.
        epoch: counts the vault's keys, from 1.
        slot: the slot of the key file that they came out of, or were first put into.
    """

    sealed = True

    def __init__(self, vault: str, epoch: int, main: bytes, contacts: bytes) -> None:
        self.vault = vault
        self.epoch = epoch
        self.slot: Slot | None = None
        self._raw: dict[bytes, bytes] = {}
        self._ciphers: dict[bytes, AESGCM] = {}
        self._take({MAIN: main, CONTACTS: contacts})

    @classmethod
    def random(cls, vault: str, epoch: int) -> Keyring:
        """Make new keys."""
        return cls(vault, epoch, urandom(KEY_SIZE), urandom(KEY_SIZE))

    @property
    def dropped(self) -> bool:
        """Whether the keys are not in memory now."""
        return not self._raw

    def drop(self) -> None:
        """Forget the keys: from now on nothing is sealed or opened until `restore`."""
        self._raw = {}
        self._ciphers = {}

    def restore(self, unlocked: Keyring) -> None:
        """Take the keys back from a keyring that was unlocked anew.

        Raises:
            StoreSealed: when it is that of another study or epoch.
        """
        if (unlocked.vault, unlocked.epoch) != (self.vault, self.epoch):
            raise StoreSealed(t("these are the keys of another study"))
        self._take(unlocked._raw)

    def secret(self) -> bytes:
        """Return both keys' bytes, for wrapping.

        Raises:
            StoreSealed: when they were dropped.
        """
        if self.dropped:
            raise StoreSealed(t("locked: unlock the study to go on"))
        return self._raw[MAIN] + self._raw[CONTACTS]

    def cipher(self, name: bytes) -> AESGCM:
        """Return the cipher of a key.

        Raises:
            StoreSealed: when the keys were dropped.
            StoreDamaged: when there is no such key.
        """
        found = self._ciphers.get(name)
        if found is None:
            if self.dropped:
                raise StoreSealed(t("locked: unlock the study to go on"))
            raise StoreDamaged(t("sealed with a key that this study does not have"))
        return found

    def keystream(self, name: bytes, nonce: bytes, stored: bytes) -> bytes:
        """Decrypt without checking that anything is as it was written; for naming what is damaged only."""
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

        # GCM encrypts in counter mode, and its first counter is spent on the tag.
        counter = modes.CTR(nonce + (2).to_bytes(4, "big"))
        return Cipher(algorithms.AES(self._raw[name]), counter).decryptor().update(stored)

    def sealer(self, purpose: str) -> KeySealer:
        """Return what seals one kind of file."""
        return KeySealer(self, purpose)

    def _take(self, raw: dict[bytes, bytes]) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._ciphers = {name: AESGCM(key) for name, key in raw.items()}
        self._raw = dict(raw)


class KeySealer:
    """Seals the frames of one kind of file with a study's keys."""

    def __init__(self, keyring: Keyring, purpose: str) -> None:
        self._keyring = keyring
        self._context = _SEPARATOR.join(
            (b"fieldkit", keyring.vault.encode("utf-8", "surrogatepass"), purpose.encode(), b"")
        )

    def mark(self, private: bool) -> tuple[int, bytes, int]:
        """Return what a frame's header says of how it is sealed: flag, key name, epoch."""
        return SEALED, CONTACTS if private else MAIN, self._keyring.epoch

    def seal(self, key: bytes, bound: bytes, payload: bytes) -> bytes:
        """Return nonce and ciphertext of a payload, bound to its header."""
        nonce = urandom(NONCE_SIZE)
        return nonce + self._keyring.cipher(key).encrypt(nonce, payload, self._context + bound)

    def open(self, header: Header, stored: bytes) -> bytes:
        """Return the payload of a frame.

        Raises:
            StoreDamaged: when it is not what this study sealed at this place.
            StoreSealed: when the keys were dropped.
        """
        if not header.flags & SEALED or header.epoch != self._keyring.epoch:
            raise StoreDamaged(t("not sealed with this study's keys"))
        return self.open_bytes(header.key, header.bound(), stored)

    def open_bytes(self, key: bytes, bound: bytes, stored: bytes) -> bytes:
        """Return what `seal` made `stored` of."""
        from cryptography.exceptions import InvalidTag

        cipher = self._keyring.cipher(key)
        try:
            return cipher.decrypt(stored[:NONCE_SIZE], stored[NONCE_SIZE:], self._context + bound)
        except (InvalidTag, ValueError):
            raise StoreDamaged(t("not what was sealed here")) from None

    def guess(self, stored: bytes) -> list[bytes]:
        """Return what damaged ciphertext may have said, by each key; nothing in it can be relied on."""
        if self._keyring.dropped:
            return []
        nonce, rest = stored[:NONCE_SIZE], stored[NONCE_SIZE:]
        return [self._keyring.keystream(name, nonce, rest) for name in (MAIN, CONTACTS)] if rest else []


def seal_file(keys: Keys, purpose: str, content: bytes) -> bytes:
    """Seal the whole content of a small file, or leave it as it is where there are no keys."""
    sealer = keys.sealer(purpose)
    _, key, _ = sealer.mark(private=False)
    return sealer.seal(key, b"", content)


def open_file(keys: Keys, purpose: str, stored: bytes) -> bytes:
    """Return what `seal_file` was given.

    Raises:
        StoreDamaged: when these bytes are not what was sealed for this purpose.
    """
    sealer = keys.sealer(purpose)
    return sealer.open_bytes(MAIN, b"", stored) if isinstance(sealer, KeySealer) else stored
