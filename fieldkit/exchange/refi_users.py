"""The users of a project and the coders of a study, who are known by their initials.

What was agreed between coders is a layer here and a user of its own there: `MT (consensus)`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from fieldkit.say import t
from fieldkit.study.author import check_initials
from fieldkit.study.errors import StudyError
from fieldkit.text import normalise, shortened, visible_line

_WORD = re.compile(r"[^\W\d_]+")


_LAYER = re.compile(r"(.+) \((consensus)\)")


class Coder(NamedTuple):
    """Who coded: initials, and the layer, which is None for a coder's own work."""

    initials: str
    layer: str | None = None


def user_name(coder: str | None, layer: str | None) -> str | None:
    """The name of the user that a coding is of, or None where nobody is named."""
    return f"{coder} ({layer})" if coder and layer else coder


def coders_of(users: Mapping[str, str]) -> tuple[dict[str, Coder], list[str]]:
    """The coder that each user is here, the same for the same name.

    Args:
        users: GUID to name.

    Returns:
        GUID to coder, and what the user should know: who stands under which initials.
    """
    by_name: dict[str, str] = {}
    notes = []
    found: dict[str, Coder] = {}
    for guid, given in users.items():
        name = normalise(given).text.strip()
        layered = _LAYER.fullmatch(name)
        name, layer = layered.groups() if layered else (name, None)
        if name not in by_name:
            by_name[name] = _free(_as_given(name) or _shortened_name(name), set(by_name.values()))
            if by_name[name] != name:
                notes.append(
                    t("the user {name} stands as {coder}").format(
                        name=visible_line(shortened(name, 60)), coder=by_name[name]
                    )
                )
        found[guid] = Coder(by_name[name], layer)
    return found, notes


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
