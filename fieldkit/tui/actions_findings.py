"""What can be done with figures, their words, and the findings that are stated on them."""

from __future__ import annotations

from typing import Final

from fieldkit.tui.action import Action

FINDINGS: Final[tuple[Action, ...]] = (
    Action("findings", "words", ("enter",), "Words", "Show the words behind the figure", footer=True),
    Action("findings", "kind('coverage')", ("1",), "Coverage", "Who was asked, who answered, what is coded"),
    Action("findings", "kind('positions')", ("2",), "Positions", "Persons by position on each proposition"),
    Action("findings", "kind('codes')", ("3",), "Codes", "Persons and passages by code"),
    Action("findings", "kind('dispositions')", ("4",), "Outcomes", "What became of each evaluation question"),
    Action("findings", "kind('ratings')", ("5",), "Ratings", "How scales and grids were rated"),
    Action("findings", "kind('totals')", ("6",), "Totals", "Sums of shares and numbers"),
    Action(
        "findings", "kind('saturation')", ("7",), "Saturation", "Whether interviews still bring new codes"
    ),
    Action(
        "findings",
        "kind('methods')",
        ("8",),
        "Methods",
        "Which methods and groups agree with each finding, and how far groups differ",
    ),
    Action(
        "findings",
        "kind('indicators')",
        ("9",),
        "Indicators",
        "Evidence on each indicator by source, and what is wanted and lacks",
    ),
    Action("findings", "next_table", ("n", "ctrl+n"), "Next", "Show the next table", footer=True),
    Action("findings", "previous_table", ("b", "ctrl+r"), "Table before", "Show the table before"),
    Action(
        "findings",
        "one_question",
        ("e",),
        "This one",
        "Keep to this evaluation question, or all",
    ),
    Action("findings", "next_attribute", ("g",), "By", "Tell persons apart by the next attribute"),
    Action(
        "findings",
        "narrow",
        ("slash",),
        "Filter",
        "Keep to some groups, places, languages, statuses, or to one layer of coding",
        footer=True,
    ),
    Action("findings", "everything", ("a",), "All of it", "Leave nothing out, by group again"),
    Action("findings", "picture", ("v",), "Picture", "Draw the row as bars or as a curve, or no more"),
    Action("findings", "undo", ("ctrl+z",), "Undo", "Take back the last coding or chart cell"),
    Action(
        "findings",
        "stated",
        ("s",),
        "Findings",
        "Read, state and review findings; write conclusions and recommendations",
        footer=True,
    ),
    Action("findings", "next_language", ("l",), "Language", "Read the tables in the other language"),
    Action(
        "words", "go_on", ("enter",), "Go on", "Go to the words; there, to the passage in Coding", footer=True
    ),
    Action("words", "back", ("escape", "b"), "Back", "Go back to the list, or to the table", footer=True),
    Action("words", "scroll(1)", ("space",), "Page down", "Move the words a page down", footer=True),
    Action("words", "scroll(-1)", ("u",), "Page up", "Move the words a page up"),
    Action(
        "stated",
        "edit",
        ("enter",),
        "Edit",
        "Change what the finding, the conclusion or the recommendation says",
        footer=True,
    ),
    Action("stated", "add", ("n",), "New", "State a finding on an evaluation question", footer=True),
    Action(
        "stated",
        "passages",
        ("p",),
        "Passages",
        "Choose the passages for it, against it, and those to be quoted",
        footer=True,
    ),
    Action(
        "stated", "next_side", ("h",), "Holds", "Say that the proposition holds, that it does not, neither"
    ),
    Action(
        "stated", "next_status", ("s",), "Status", "Make it reviewed, final, or a draft again", footer=True
    ),
    Action("stated", "still_so", ("t",), "Still so", "Say that it stands on what its evidence is now"),
    Action(
        "stated", "overrule", ("o",), "Overrule", "Put another strength in the rules' place, with a reason"
    ),
    Action("stated", "note", ("r",), "Note", "Write a reviewer's note"),
    Action("stated", "mark", ("k",), "Mark", "Mark it for the next conclusion, or mark it no more"),
    Action(
        "stated",
        "conclude('conclusion')",
        ("w",),
        "Conclude",
        "Write a conclusion from the findings marked, or from this one",
    ),
    Action(
        "stated",
        "conclude('recommendation')",
        ("m",),
        "Recommend",
        "Write a recommendation on the findings marked, or on this one",
    ),
    Action(
        "stated",
        "link",
        ("l",),
        "Link",
        "Draw the conclusion from the findings marked; with none marked, mark those it is drawn from",
    ),
    Action("stated", "find", ("slash",), "Filter", "List only what has some words"),
    Action("stated", "all_of_it", ("a",), "All of it", "List all findings and conclusions again"),
    Action("stated", "remove", ("delete",), "Remove", "Take a conclusion or recommendation away"),
    Action("stated", "undo", ("ctrl+z",), "Undo", "Take back the last change to findings or conclusions"),
    Action("stated", "scroll(1)", ("space",), "Page down", "Move the words a page down"),
    Action("stated", "scroll(-1)", ("u",), "Page up", "Move the words a page up"),
    Action("stated", "back", ("escape", "b"), "Back", "Go back to the tables"),
    Action("passages", "go_on", ("enter",), "Code", "Go to the passage in Coding", footer=True),
    Action(
        "passages", "side('for')", ("plus",), "For", "It speaks for the finding, or does not", footer=True
    ),
    Action(
        "passages", "side('against')", ("minus",), "Against", "It speaks against it, or does not", footer=True
    ),
    Action("passages", "quote", ("v",), "Quote", "Choose it to be quoted, or not", footer=True),
    Action("passages", "undo", ("ctrl+z",), "Undo", "Take back the last change to findings"),
    Action("passages", "back", ("escape", "b"), "Back", "Go back to the findings"),
)
