"""A slot of the key file: the data keys wrapped for one secret, and what such a slot may claim."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from fieldkit.say import t
from fieldkit.storage.errors import StoreDamaged
from fieldkit.storage.keys import KEY_SIZE, NONCE_SIZE

SALT_SIZE = 16

MEMORY_KIB, PASSES, LANES = 64 << 10, 3, 4
"""What Argon2id costs: 64 MiB, three passes, four lanes (RFC 9106, second recommended option)."""

_LIMITS = {"memory_kib": (MEMORY_KIB, 256 << 10), "passes": (PASSES, 6), "lanes": (1, 8)}
"""What a file may claim: less would weaken the wrapping, more would hang whoever opens it."""

SlotKind = Literal["passphrase", "recovery"]
KINDS: tuple[SlotKind, ...] = ("passphrase", "recovery")


@dataclass(frozen=True, slots=True)
class Slot:
    """The data keys wrapped for one secret; bytes stand as hexadecimal.

    Attributes:
        kind: what the secret is.
        kdf: what makes a key of the secret; always `argon2id`.
        memory_kib: its memory, in KiB.
        passes: how often it goes over that memory.
        lanes: how many lanes that memory has.
        salt: random.
        nonce: of the wrapping.
        wrapped: the keys.
    """

    kind: SlotKind
    kdf: str
    memory_kib: int
    passes: int
    lanes: int
    salt: str
    nonce: str
    wrapped: str


def slot_of(path: Path, told: dict[str, Any]) -> Slot:
    """Return the slot that a key file tells of.

    Args:
        path: the key file.
        told: what it says.

    Raises:
        StoreDamaged: when it claims what is not accepted.
        ValueError: when it is no slot; `TypeError` likewise.
    """
    slot = Slot(**told)
    if slot.kind not in KINDS or slot.kdf != "argon2id":
        raise ValueError("kind")
    for name, (least, most) in _LIMITS.items():
        given = getattr(slot, name)
        if type(given) is not int or not least <= given <= most:
            raise StoreDamaged(
                t("{path}: claims {name} {given}, and only {least} to {most} is accepted").format(
                    path=path, name=name, given=repr(given), least=least, most=most
                )
            )
    sizes = {"salt": SALT_SIZE, "nonce": NONCE_SIZE, "wrapped": 2 * KEY_SIZE + 16}
    if any(len(bytes.fromhex(getattr(slot, name))) != size for name, size in sizes.items()):
        raise ValueError("size")
    return slot
