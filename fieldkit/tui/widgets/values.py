"""The form for each type of item that has a value."""

from __future__ import annotations

from typing import Any, Final

from fieldkit.protocol.items import Item
from fieldkit.tui.widgets.value_form import ValueForm
from fieldkit.tui.widgets.values_choice import ChoiceForm
from fieldkit.tui.widgets.values_entry import EntryForm
from fieldkit.tui.widgets.values_grid import GridForm
from fieldkit.tui.widgets.values_rank import RankForm

FORMS: Final[dict[str, type[ValueForm]]] = {
    "single": ChoiceForm,
    "multiple": ChoiceForm,
    "scale": ChoiceForm,
    "grid": GridForm,
    "number": EntryForm,
    "percent": EntryForm,
    "date": EntryForm,
    "year": EntryForm,
    "rank": RankForm,
}
"""Item type to its form; what is not here is answered in words, or only read aloud."""


def value_form(item: Item, value: Any, language: str, disposition: str | None = None) -> ValueForm | None:
    """The form to give an item's value with, or None where it has none.

    Args:
        item: the item.
        value: its value so far, or None.
        language: language of its choices.
        disposition: its disposition so far, or None.
    """
    form = FORMS.get(item.type)
    return None if form is None else form(item, value, language, disposition)
