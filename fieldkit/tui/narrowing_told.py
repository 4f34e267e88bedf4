"""What tables are kept to, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fieldkit.say import mark, t

if TYPE_CHECKING:
    from fieldkit.tui.counting import Counts

LAYER_NAMES: Final = {"own": mark("each coder's own work"), "consensus": mark("what was agreed on")}
"""The layers of coding by their names."""


def attribute_name(by: str) -> str:
    """An attribute that persons are told apart by, in words."""
    return t(by.removeprefix("attributes.").replace("_", " "))


def told_narrowing(counts: Counts, language: str) -> str:
    """What the tables are kept to, in one line; nothing where all counts.

    Args:
        counts: what the figures come from.
        language: language of the values' names.
    """
    narrowing = counts.narrowing
    parts = []
    for by, kept in narrowing.bands.items():
        names = {heading.id: heading.label for heading in counts.bands(by, language).headings}
        values = ", ".join(label for name, label in names.items() if name in kept)
        parts.append(f"{attribute_name(by)} = {values}")
    if narrowing.layer is not None:
        parts.append(t("coding: {layer}").format(layer=t(LAYER_NAMES[narrowing.layer])))
    return "  ·  ".join(parts)
