"""Passphrases: which will do, and one that is offered."""

from __future__ import annotations

import secrets
import unicodedata

from fieldkit.say import t
from fieldkit.storage.recoverycode import is_recovery_code
from fieldkit.study.errors import StudyError

LEAST = 12
"""Fewest characters of a passphrase that somebody thinks up."""

OFFERED = 6
"""Words of one that is offered: 66 bits, since each is drawn from 2,048."""

_LISTS = {"en": "english", "fr": "french"}

# Parts that guessing programs try first, in the languages of the people who use fieldkit.
_COMMON = [
    "password",
    "passw0rd",
    "passphrase",
    "motdepasse",
    "azerty",
    "qwerty",
    "qwertz",
    "asdf",
    "zxcv",
    "letmein",
    "welcome",
    "bienvenue",
    "bonjour",
    "iloveyou",
    "jetaime",
    "administrator",
    "admin",
    "secret",
    "changeme",
    "canada",
    "ottawa",
    "quebec",
    "montreal",
    "geneva",
    "geneve",
    "manila",
    "evaluation",
    "interview",
    "entrevue",
    "fieldkit",
    "membership",
    "migration",
    "football",
    "hockey",
    "soleil",
    "sunshine",
    "princess",
    "monkey",
    "dragon",
    "master",
    "superman",
    "batman",
    "trustno",
    "whatever",
    "starwars",
    "pokemon",
    "summer",
    "winter",
    "spring",
    "autumn",
    "printemps",
    "automne",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "abcdefghijklmnopqrstuvwxyz",
    "uiop",
    "ghjkl",
]


def check_passphrase(text: str) -> str:
    """The passphrase as it will be used.

    Args:
        text: what was typed.

    Returns:
        The same, in Unicode normal form C.

    Raises:
        StudyError: it is too short, or made of what guessing programs try first; the message says which.
    """
    passphrase = unicodedata.normalize("NFC", text)
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in passphrase):
        raise StudyError(
            t("the passphrase holds a character that cannot be typed again: use letters and blanks")
        )
    if is_recovery_code(passphrase):
        raise StudyError(
            t("this is a recovery code: a passphrase is another thing, think one up or take six words")
        )
    if len(passphrase.strip()) < LEAST:
        raise StudyError(
            t("the passphrase is too short: use at least {least} characters, such as several words").format(
                least=LEAST
            )
        )
    if len(set(passphrase.casefold())) < 6 or len(_uncommon(passphrase)) < 6:
        raise StudyError(
            t("the passphrase is among those that are tried first: use several words of your own")
        )
    return passphrase


def offer_passphrase(language: str) -> str:
    """A passphrase drawn at random, easy to type and to remember.

    Args:
        language: of its words; English unless it is French.

    Returns:
        Six words with blanks between them.
    """
    from mnemonic import Mnemonic

    words = Mnemonic(_LISTS.get(language, "english")).wordlist
    return " ".join(unicodedata.normalize("NFC", secrets.choice(words)) for _ in range(OFFERED))


def _uncommon(passphrase: str) -> str:
    """What is left of a passphrase without common words, repeated characters and runs of digits."""
    rest = passphrase.casefold().replace(" ", "")
    for word in _COMMON:
        rest = rest.replace(word, "")
    kept = ""
    for sign in rest:
        if not kept.endswith(sign) and not sign.isdigit():
            kept += sign
    return kept
