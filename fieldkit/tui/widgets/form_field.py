"""A field of a form on one line: the footer says what Enter does in it."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input


class FormField(Input):
    """A compact input whose Enter saves the form that it stands in."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "submit", "Save", key_display="Enter")]

    def __init__(self, *, id: str) -> None:  # noqa: A002  # the name Textual gives it
        """Make the field, empty."""
        super().__init__(id=id, compact=True)
