"""Whose work it is: the initials that everything written carries."""

from __future__ import annotations

import contextlib
import re
from pathlib import Path

from fieldkit.say import t
from fieldkit.study.errors import StudyError
from fieldkit.study.local import read_local, write_local
from fieldkit.study.preferences import preferences
from fieldkit.text import shortened

_INITIALS = re.compile(r"[^\W\d_][\w.\-]{0,11}")


def check_initials(text: str) -> str:
    """The initials as they are kept.

    Args:
        text: what was typed.

    Returns:
        The same without blanks around it.

    Raises:
        StudyError: it is empty, too long or not made of letters and digits.
    """
    initials = text.strip()
    if not _INITIALS.fullmatch(initials):
        raise StudyError(
            t(
                "{typed} cannot be someone's initials: "
                "use 1 to 12 letters, digits, dots or hyphens, such as MT"
            ).format(typed=repr(shortened(text, 40)))
        )
    return initials


def known_author(folder: Path) -> str | None:
    """The author given for this study on this laptop, else the platform's configured one.

    Args:
        folder: the study.

    Returns:
        Initials, or None when nobody has said.
    """
    for told in (read_local(folder), preferences()):
        initials = told.get("author")
        if isinstance(initials, str):
            with contextlib.suppress(StudyError):
                return check_initials(initials)
    return None


def remember_author(folder: Path, initials: str) -> None:
    """Keep the author of this study on this laptop; nothing of it travels with the data.

    Args:
        folder: the study; its store folder must exist.
        initials: as `check_initials` returns them.

    Raises:
        OSError: it cannot be written.
    """
    write_local(folder, author=initials)
