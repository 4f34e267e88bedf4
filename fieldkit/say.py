"""The words of the interface in the language of whoever reads them.

The program's own sentences are written in English where they are said; a catalogue has each of them
in another language. What people and files say is never translated, and what is stored stays as it is.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gettext import GNUTranslations


LANGUAGES: Final = {"en": "English", "fr": "Français"}
"""Code to name of the languages that the interface has, each named in itself."""

SOURCE: Final = "en"
"""The language that the sentences are written in; it needs no catalogue."""

THOUSANDS: Final = {"en": ",", "fr": "\N{NO-BREAK SPACE}"}
"""What each language sets between thousands."""

CATALOGUES: Final = Path(__file__).parent / "locale"
DOMAIN: Final = "fieldkit"

_spoken: list[str] = []
"""The language chosen, alone; empty until one is."""


def t(text: str) -> str:
    """A sentence or label in the language of the interface.

    Args:
        text: it in English, a literal; values are put in afterwards, with `format`.

    Returns:
        It as the catalogue has it; where it has it not, as it is.
    """
    catalogue = _catalogue(language())
    return catalogue.gettext(text) if catalogue is not None and text else text


def tn(one: str, many: str, n: int) -> str:
    """A sentence that depends on a number, in the language of the interface.

    Args:
        one: it in English for one, a literal.
        many: for any other number.
        n: the number; to be put in afterwards, with `format`.

    Returns:
        The form that the language has for this number.
    """
    catalogue = _catalogue(language())
    if catalogue is not None:
        return catalogue.ngettext(one, many, n)
    return one if n == 1 else many


def mark(text: str) -> str:
    """A literal that is shown elsewhere, through `t`: the catalogue is to have it.

    Args:
        text: it in English.

    Returns:
        The same.
    """
    return text


def grouped(n: int) -> str:
    """A whole number as the language of the interface sets it, its thousands apart.

    Args:
        n: the number.
    """
    return f"{n:,}".replace(",", THOUSANDS[language()])


def reason_of(error: OSError) -> str:
    """What the system says of a failure, in the language of the interface where a catalogue has it.

    Args:
        error: the failure.
    """
    return t(error.strerror) if error.strerror else str(error)


def language() -> str:
    """Code of the language of the interface: the one chosen, else the environment's."""
    if not _spoken:
        _spoken.append(environment_language(os.environ))
    return _spoken[0]


def set_language(code: str) -> None:
    """Speak another language from now on.

    Args:
        code: `en` or `fr`.

    Raises:
        ValueError: the interface does not have this language.
    """
    if code not in LANGUAGES:
        raise ValueError(f"no language {code!r}: {', '.join(LANGUAGES)}")
    _spoken[:] = [code]


def environment_language(environ: Mapping[str, str]) -> str:
    """The language that the environment asks for, English where it asks for one that is not there.

    Args:
        environ: the environment's variables.
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if told := environ.get(name):
            code = told[:2].lower()
            return code if code in LANGUAGES else SOURCE
    return SOURCE


@cache
def _catalogue(code: str) -> GNUTranslations | None:
    if code == SOURCE:
        return None
    from gettext import GNUTranslations

    with (CATALOGUES / code / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        return GNUTranslations(file)
