"""Everything the app can be told to do: one table makes keys, footer, palette, help and key tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual.binding import Binding, BindingType

from fieldkit.say import mark
from fieldkit.tui.action import SCOPES as SCOPES
from fieldkit.tui.action import Action as Action
from fieldkit.tui.action import Scope as Scope
from fieldkit.tui.actions_codebook import CODEBOOK
from fieldkit.tui.actions_coding import CODING
from fieldkit.tui.actions_hits import HITS
from fieldkit.tui.key_names import show_key as show_key

NO_KEY: Final = "no_key"
"""What stands in place of a key where an action has none, so that a keymap can give it one."""

_TABLE_HEAD: Final = ("| place | key | what it does |", "|---|---|---|")

_TABLE_MARK: Final = "| Paragraph begins | {signs} | {said} |"

FOOTER_LIMIT: Final = 6
"""Most keys that a footer of 80 columns can show."""


# Letters work outside text fields only; every one of them has a function key or the palette beside it.
ACTIONS: Final[tuple[Action, ...]] = (
    Action("everywhere", "place('desk')", ("f2", "d"), "Desk", "Go to the Desk: who is next, what waits"),
    Action(
        "everywhere", "place('interview')", ("f3", "i"), "Interview", "Go back to the interview being held"
    ),
    Action(
        "everywhere", "place('coding')", ("f4", "c"), "Coding", "Go to Coding: codes, passages, the chart"
    ),
    Action(
        "everywhere", "place('findings')", ("f5", "f"), "Findings", "Go to Findings: tables and their words"
    ),
    Action("everywhere", "help", ("f1", "question_mark"), "Help", "Show what can be done here", footer=True),
    Action("everywhere", "command_palette", ("ctrl+p",), "Find", "Find anything the app can do", footer=True),
    Action("everywhere", "next_theme", (), "Theme", "Use the next theme: dark, light, contrast, monochrome"),
    Action(
        "everywhere",
        "interface_language",
        (),
        "Language of the interface",
        "Speak the next language: English, French",
    ),
    Action("everywhere", "tour", (), "Tour", "Be shown around in two minutes; once more ends it"),
    Action(
        "everywhere",
        "lock",
        ("f12",),
        "Lock now",
        "Save everything and blank the screen until the passphrase is typed",
        priority=True,
    ),
    Action(
        "everywhere",
        "lock_after",
        (),
        "Lock after ... minutes",
        "Say after how many minutes without a key or the mouse it locks by itself",
    ),
    Action("everywhere", "leave", ("q",), "Quit", "Save everything and close fieldkit"),
    Action(
        "desk",
        "open_interview",
        ("enter",),
        "Interview",
        "Begin, go on with or read the interview",
        footer=True,
    ),
    Action("desk", "add_respondent", ("n",), "New respondent", "Put a respondent on the roster", footer=True),
    Action("desk", "plan", ("w",), "When", "Say when the respondent is to be interviewed", footer=True),
    Action("desk", "status", ("t",), "Status", "Say how far arranging it has got: invited, declined, ..."),
    Action("desk", "next_state", ("s",), "State", "Show the next state of interviews only"),
    Action("desk", "search", ("slash",), "Search", "Search all notes as you type", footer=True),
    Action("desk", "set_author", ("a",), "Initials", "Say whose work this is"),
    Action("desk", "interface_language", ("l",), "Language", "Speak the next language: English, French"),
    Action("desk", "show_problems", ("p",), "Problems", "Show what is wrong with the study's files"),
    Action(
        "desk", "another_interview", (), "Another interview", "Interview a respondent again; both are kept"
    ),
    Action("interview", "next_item", ("ctrl+n",), "Next", "Go to the next item", footer=True),
    Action("interview", "previous_item", ("ctrl+r",), "Back", "Go to the item before"),
    Action(
        "interview",
        "go_to",
        ("ctrl+g",),
        "Go to",
        "Jump (number, letters, evaluation question), back (Enter), or add an item (words)",
        footer=True,
    ),
    Action(
        "interview",
        "disposition",
        ("ctrl+t",),
        "Outcome",
        "Say what became of the item: then a digit",
        footer=True,
    ),
    Action(
        "interview", "probe", ("ctrl+o",), "Probe", "Tick the next probe; a digit picks another", footer=True
    ),
    Action(
        "interview",
        "side",
        ("ctrl+f",),
        "Aside",
        "Indicators and minutes as well (PgDn: read on); then put it all away",
    ),
    Action(
        "interview",
        "other_field",
        ("tab", "shift+tab"),
        "Value",
        "From the notes to the value, from the gaps to the memo, and back",
    ),
    Action("interview", "save", ("ctrl+s",), "Save", "Save now, and say so"),
    Action(
        "interview",
        "save_elsewhere",
        ("ctrl+w",),
        "Save elsewhere",
        "Write what could not be saved to a file in another folder; while all is saved, delete a word",
    ),
    Action(
        "interview",
        "verbatim",
        ("f8",),
        "Verbatim",
        "Mark the paragraph as the official's own words; then as your note; then neither",
    ),
    Action(
        "interview",
        "attribution",
        ("ctrl+u",),
        "Not for attribution",
        "Let the paragraph be analysed and never quoted, or quoted again",
    ),
    Action(
        "interview",
        "off_record",
        ("ctrl+k",),
        "Off the record",
        "Keep nothing of what is said and typed from now on; again: on the record",
    ),
    Action(
        "interview",
        "redact",
        (),
        "Off the record too",
        "Erase for good the paragraph noted just before: it was off the record too",
    ),
    Action(
        "interview",
        "code",
        ("ctrl+d",),
        "Code",
        "Code the paragraph just typed: letters find a code, a digit repeats one",
    ),
    Action("interview", "language", ("f9",), "Language", "Read the items in the other language"),
    Action(
        "interview",
        "versions",
        ("f10",),
        "What this was before",
        "Show what the answer was before, and bring it back",
    ),
    Action("interview", "another", (), "Another", "Ask the items of an open repeat once more"),
    Action(
        "interview",
        "short_path",
        (),
        "Short path",
        "Let Next go to open priority items only, or to all",
    ),
    Action("interview", "recovered", (), "Recovered", "Show the words that were recovered after a crash"),
    Action("interview", "reopen", (), "Open again", "Open a complete interview again; that it was is kept"),
    Action("interview", "pause", ("ctrl+e",), "Pause", "Stop the clock, keeping everything and the place"),
    *CODING,
    *HITS,
    *CODEBOOK,
    Action("findings", "words", ("enter",), "Words", "Show the words behind the figure", footer=True),
    Action("findings", "kind('coverage')", ("1",), "Coverage", "Who was asked, who answered, what is coded"),
    Action("findings", "kind('positions')", ("2",), "Positions", "Persons by position on each proposition"),
    Action("findings", "kind('codes')", ("3",), "Codes", "Persons and passages by code"),
    Action("findings", "kind('dispositions')", ("4",), "Outcomes", "What became of each evaluation question"),
    Action("findings", "kind('ratings')", ("5",), "Ratings", "How scales and grids were rated"),
    Action("findings", "kind('totals')", ("6",), "Totals", "Sums of shares and numbers"),
    Action("findings", "next_table", ("n", "ctrl+n"), "Next table", "Show the next table", footer=True),
    Action("findings", "previous_table", ("b", "ctrl+r"), "Table before", "Show the table before"),
    Action(
        "findings",
        "one_question",
        ("e",),
        "This one",
        "Keep to this evaluation question, or all",
        footer=True,
    ),
    Action(
        "findings", "next_attribute", ("g",), "By", "Tell persons apart by the next attribute", footer=True
    ),
    Action("findings", "next_language", ("l",), "Language", "Read the tables in the other language"),
    Action("words", "back", ("escape", "b"), "Back", "Go back to the table", footer=True),
    Action("words", "scroll(1)", ("space",), "Page down", "Move the words a page down", footer=True),
    Action("words", "scroll(-1)", ("u",), "Page up", "Move the words a page up"),
    Action(
        "history", "restore", ("enter",), "Bring back", "Let it be so again; nothing is lost", footer=True
    ),
    Action("history", "undo", ("ctrl+z",), "Undo", "Take back what was brought back here", footer=True),
    Action("history", "back", ("escape", "b"), "Back", "Go back to where one came from", footer=True),
    Action("history", "scroll(1)", ("space",), "Page down", "Move the words a page down", footer=True),
    Action("history", "scroll(-1)", ("u",), "Page up", "Move the words a page up"),
    Action("search", "open", ("enter",), "Open", "Go to the item in its interview", footer=True),
    Action("search", "move(1)", ("down",), "Down", "Choose the next of what was found"),
    Action("search", "move(-1)", ("up",), "Up", "Choose the one before"),
    Action("search", "move(10)", ("pagedown",), "Page down", "Move down by ten"),
    Action("search", "move(-10)", ("pageup",), "Page up", "Move up by ten"),
    Action("search", "next_group", ("ctrl+g",), "Group", "Search one respondent group only", footer=True),
    Action(
        "search", "next_question", ("ctrl+o",), "Question", "Search one evaluation question only", footer=True
    ),
    Action("search", "next_state", ("ctrl+t",), "State", "Search interviews of one state only"),
    Action("search", "back", ("escape", "ctrl+r"), "Back", "Go back to the Desk", footer=True),
)


MARKS: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (('"', "\u00ab"), mark("The official's own words")),
    (("*",), mark("The interviewer's own note")),
    (("!",), mark("To come back to")),
    (("?2",), mark("Answers probe 2, which is ticked")),
    (("=9",), mark("Also answers item 9, which is covered then")),
    (("&2",), mark("Said by the second person of a joint interview")),
)
"""Signs typed at the start of a paragraph of notes, and what each says of it."""

MARKS_TITLE: Final = mark("As a paragraph begins (Backspace takes it back, twice is text)")


def bindings(*scopes: Scope) -> list[BindingType]:
    """The bindings of an app or screen.

    Args:
        scopes: whose actions.

    Returns:
        One binding for each action; one without a key can be given one by a keymap.
    """
    return [
        Binding(
            ",".join(action.keys) or NO_KEY,
            action.command,
            action.label,
            show=action.footer,
            priority=action.priority,
            tooltip=action.help,
            id=action.id,
        )
        for action in actions_of(*scopes)
    ]


def own_keys(scope: Scope, *keys: str) -> list[BindingType]:
    """The bindings of some keys of a screen, for its widget that would else take them for itself.

    Args:
        scope: the screen's scope.
        keys: the keys that the widget is to leave to the screen.
    """
    return [each for each in bindings(scope) if isinstance(each, Binding) and each.key in keys]


def actions_of(*scopes: Scope) -> list[Action]:
    """The actions of some scopes, in the table's order."""
    return [action for action in ACTIONS if action.scope in scopes]


def key_table(scopes: Iterable[Scope] = SCOPES) -> str:
    """The keys as a Markdown table, one row for each action that has any."""
    lines = [*_TABLE_HEAD]
    for scope in scopes:
        for action in actions_of(scope):
            if action.keys:
                keys = ", ".join(f"`{show_key(key)}`" for key in action.keys)
                lines.append(f"| {SCOPES[scope]} | {keys} | {action.help} |")
        if scope == "interview":
            for signs, said in MARKS:
                lines.append(_TABLE_MARK.format(signs=", ".join(f"`{sign}`" for sign in signs), said=said))
    return "\n".join(lines) + "\n"
