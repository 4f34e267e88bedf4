"""The users of another program's project as initials, which is how coders are known here."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fieldkit.study.author import check_initials
from fieldkit.study.errors import StudyError
from fieldkit.text import normalise, shortened, visible_line

_WORD = re.compile(r"[^\W\d_]+")


def initials_of(users: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Initials for each user, the same for the same name.

    Args:
        users: GUID to name.

    Returns:
        GUID to initials, and what the user should know: who stands under which.
    """
    by_name: dict[str, str] = {}
    notes = []
    for name in dict.fromkeys(normalise(name).text.strip() for name in users.values()):
        plain = _as_given(name)
        initials = _free(plain or _shortened_name(name), set(by_name.values()))
        by_name[name] = initials
        if initials != name:
            notes.append(f"the user {visible_line(shortened(name, 60))} stands as {initials}")
    return {guid: by_name[normalise(name).text.strip()] for guid, name in users.items()}, notes


def _as_given(name: str) -> str | None:
    try:
        return check_initials(name)
    except StudyError:
        return None


def _shortened_name(name: str) -> str:
    words = _WORD.findall(name)
    return "".join(word[0] for word in words[:8]).upper() or "U"


def _free(wanted: str, taken: set[str]) -> str:
    initials, number = wanted, 1
    while initials in taken:
        number += 1
        initials = f"{wanted[:9]}{number}"
    return initials
