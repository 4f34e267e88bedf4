"""What can be done where words are found everywhere, and their places coded."""

from __future__ import annotations

from typing import Final

from fieldkit.tui.action import Action

HITS: Final[tuple[Action, ...]] = (
    Action("hits", "give", ("enter",), "Code", "Give codes to the places ticked, all in one", footer=True),
    Action("hits", "tick", ("space",), "Tick", "Tick the place, or take the tick off; go on", footer=True),
    Action("hits", "tick_all", ("a",), "All", "Tick all places that are listed, or none", footer=True),
    Action(
        "hits",
        "speaks_to",
        ("ctrl+o",),
        "Question",
        "Choose the evaluation questions of the codes given next, in place of those of each text",
    ),
    Action("hits", "words", ("slash", "ctrl+f"), "Words", "Look for other words", footer=True),
    Action("hits", "whole_words", ("w",), "Whole words", "Only whole words, or within longer ones too"),
    Action("hits", "open", ("o",), "Open", "Go to the place in Coding"),
    Action("hits", "undo", ("ctrl+z",), "Undo", "Take back the last coding, from all places it was given to"),
    Action("hits", "redo", ("ctrl+y",), "Redo", "Do again what Undo took back last"),
    Action("hits", "back", ("escape", "b"), "Back", "Go back to Coding"),
)
