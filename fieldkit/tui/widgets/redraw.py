"""Text that is shown again and again: the screen is laid out anew only where it has changed."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


def show(where: Static, content: Content) -> None:
    """Show a content; nothing is laid out or drawn where it reads as before.

    Args:
        where: the widget.
        content: what it is to show.
    """
    if where.content != content:
        where.update(content)
