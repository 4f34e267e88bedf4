"""What can be done with the codebook, where coders differ, and with codings that wait."""

from __future__ import annotations

from typing import Final

from fieldkit.tui.action import Action

CODEBOOK: Final[tuple[Action, ...]] = (
    Action("codebook", "edit", ("enter",), "Edit", "Change what the code says", footer=True),
    Action("codebook", "add", ("n",), "New", "Add a code", footer=True),
    Action("codebook", "rename", ("r",), "Rename", "Give the code another name; its codings stay"),
    Action("codebook", "under", ("v",), "Under", "Put the code under another one, or at the top"),
    Action("codebook", "shift(-1)", ("minus", "shift+up"), "Up", "Move the code up among its like"),
    Action("codebook", "shift(1)", ("plus", "shift+down"), "Down", "Move the code down among its like"),
    Action("codebook", "merge", ("m",), "Merge", "Let its codings become another code's", footer=True),
    Action("codebook", "split", ("s",), "Split", "Give each of its passages to one of several new codes"),
    Action("codebook", "retire", ("x",), "Retire", "Let it no longer be given; or bring it back"),
    Action("codebook", "undo", ("ctrl+z",), "Undo", "Take back the last change to the codebook", footer=True),
    Action("codebook", "next_language", ("l",), "Language", "Show and edit codes in the next language"),
    Action("codebook", "scroll(1)", ("space",), "Page down", "Move the words a page down"),
    Action("codebook", "scroll(-1)", ("u",), "Page up", "Move the words a page up"),
    Action("codebook", "back", ("escape", "b"), "Back", "Go back to Coding"),
    Action(
        "differences", "take(1)", ("1",), "First's", "Let what the first coder made of it stand", footer=True
    ),
    Action(
        "differences",
        "take(2)",
        ("2",),
        "Second's",
        "Let what the second coder made of it stand",
        footer=True,
    ),
    Action("differences", "take(3)", ("3",), "Third's", "Let what the third coder made of it stand"),
    Action("differences", "take(4)", ("4",), "Fourth's", "Let what the fourth coder made of it stand"),
    Action("differences", "take_all", ("a",), "All", "Let the codings of all who gave the code stand"),
    Action(
        "differences",
        "neither",
        ("0",),
        "Nobody's",
        "Let the code, or any position, not stand here",
        footer=True,
    ),
    Action(
        "differences", "another", ("o",), "Another", "Let another code, or another position, stand instead"
    ),
    Action("differences", "undo", ("ctrl+z",), "Undo", "Take back the last decision", footer=True),
    Action("differences", "scroll(1)", ("space",), "Page down", "Move the words a page down"),
    Action("differences", "scroll(-1)", ("u",), "Page up", "Move the words a page up"),
    Action("differences", "back", ("escape", "b"), "Back", "Go back to Coding"),
    Action("waiting", "keep", ("k",), "Keep", "Let it stand on the words it has now", footer=True),
    Action("waiting", "drop", ("x", "delete"), "Drop", "Take the coding away; the log keeps it", footer=True),
    Action("waiting", "anew", ("p",), "Place", "Choose the words it shall stand on, in Coding", footer=True),
    Action("waiting", "next_place(1)", ("right",), "Next place", "Show the next place its words stand in"),
    Action("waiting", "next_place(-1)", ("left",), "Place before", "Show the place before"),
    Action("waiting", "undo", ("ctrl+z",), "Undo", "Take back the last decision", footer=True),
    Action("waiting", "redo", ("ctrl+y",), "Redo", "Do again what Undo took back last"),
    Action("waiting", "scroll(1)", ("space",), "Page down", "Move the words a page down"),
    Action("waiting", "scroll(-1)", ("u",), "Page up", "Move the words a page up"),
    Action("waiting", "back", ("escape", "b"), "Back", "Go back to Coding"),
)
