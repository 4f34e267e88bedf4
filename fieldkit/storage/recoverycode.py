"""The recovery code: random, printed once, and typed from paper by someone in trouble.

Seven groups of four characters of Crockford's base 32, which has no I, L, O and U: 24 random ones (120 bits)
and four that check them, so that a misread character is told before anything is tried.
"""

from __future__ import annotations

import re
import secrets
from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM, _CHECKED, _GROUP = 24, 4, 4
_SHAPE = re.compile(r"(?:[0-9A-Za-z]{4}[-\s]+){6}[0-9A-Za-z]{4}")
_MISREAD = str.maketrans("OIL", "011")


def make_recovery_code() -> str:
    """Return a new code, as it is printed."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM))
    code = drawn + _check(drawn)
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))


def normal_recovery_code(text: str) -> str:
    """Return a typed code without blanks and hyphens, its letters as they are printed."""
    return re.sub(r"[-\s]", "", text).upper().translate(_MISREAD)


def is_recovery_code(text: str) -> bool:
    """Whether a text is a code typed without a mistake."""
    code = normal_recovery_code(text)
    return (
        len(code) == _RANDOM + _CHECKED
        and set(code) <= set(ALPHABET)
        and _check(code[:_RANDOM]) == code[_RANDOM:]
    )


def looks_misread(text: str) -> bool:
    """Whether a text has the shape of a code, but a character of it is wrong."""
    return _SHAPE.fullmatch(text.strip()) is not None and not is_recovery_code(text)


def _check(drawn: str) -> str:
    number = int.from_bytes(sha256(drawn.encode()).digest()[:4], "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(_CHECKED))
