"""The one door for text that a person or a file supplied: never markup, never a terminal's command."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from fieldkit.say import t
from fieldkit.text import visible, visible_line

if TYPE_CHECKING:
    from rich.text import Text


def literal(text: str) -> Content:
    """A text to show as it is, line breaks and all."""
    return Content(visible(text))


def literal_line(text: str) -> Content:
    """A text to show as it is on one line; a line break shows as a return sign."""
    return Content(visible_line(text))


def phrase(template: str, **values: object) -> Content:
    """Words of the app, in the language of the interface, with values put in.

    Args:
        template: markup of the app's own in English, a literal, with `$name` where a value goes.
        values: what goes there, shown as it is on one line.

    Returns:
        The content; markup in a value is plain text.
    """
    return Content.from_markup(
        t(template), **{name: visible_line(str(value)) for name, value in values.items()}
    )


def rich_lines(lines: Iterable[Text]) -> Text:
    """Several such texts, one below the other."""
    from rich.text import Text

    return Text("\n").join(lines)


def rich_literal(text: str, style: str = "") -> Text:
    """A text on one line for the widgets that take Rich's text, such as a DataTable."""
    from rich.text import Text

    return Text(visible_line(text), style=style, no_wrap=True, end="")
