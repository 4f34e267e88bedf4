"""Everything the app can be told to do: one table makes keys, footer, palette, help and key tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from textual.binding import Binding, BindingType

from fieldkit.say import mark, t
from fieldkit.tui.key_names import show_key

Scope = Literal[
    "everywhere",
    "desk",
    "interview",
    "coding",
    "chart",
    "collected",
    "codebook",
    "differences",
    "findings",
    "words",
    "history",
    "search",
]

SCOPES: Final[dict[Scope, str]] = {
    "everywhere": mark("Everywhere"),
    "desk": mark("Desk"),
    "interview": mark("Interview"),
    "coding": mark("Coding"),
    "chart": mark("Chart"),
    "collected": mark("Passages under each other"),
    "codebook": mark("Codebook"),
    "differences": mark("Where coders differ"),
    "findings": mark("Findings"),
    "words": mark("Words behind a figure"),
    "history": mark("What this was before"),
    "search": mark("Search"),
}

NO_KEY: Final = "no_key"
"""What stands in place of a key where an action has none, so that a keymap can give it one."""

_TABLE_HEAD: Final = ("| place | key | what it does |", "|---|---|---|")

_TABLE_MARK: Final = "| Paragraph begins | {signs} | {said} |"

FOOTER_LIMIT: Final = 6
"""Most keys that a footer of 80 columns can show."""


@dataclass(frozen=True)
class Action:
    """One thing the app can be told to do.

    Attributes:
        scope: the place where it can be told; the action of a screen is its method `action_NAME`.
        name: the method's name without `action_`, with arguments where it has any.
        keys: the keys for it where no keymap says otherwise, the one that is shown first.
        label: one or two words, for the footer.
        help: one line, for the palette and the help page.
        footer: whether the footer shows it.
        priority: whether it works even where a widget takes the key.
    """

    scope: Scope
    name: str
    keys: tuple[str, ...]
    label: str
    help: str
    footer: bool = False
    priority: bool = False

    @property
    def id(self) -> str:
        """The name by which a keymap knows it."""
        return f"{self.scope}.{self.name}"

    @property
    def command(self) -> str:
        """What Textual is asked to run."""
        return f"app.{self.name}" if self.scope == "everywhere" else f"screen.{self.name}"

    @property
    def key_shown(self) -> str:
        """The first key as a person reads it: `Ctrl+N`, `F2`, `d`."""
        return show_key(self.keys[0]) if self.keys else ""

    @property
    def told(self) -> str:
        """Its label in the language of the interface."""
        return t(self.label)


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
    Action(
        "desk",
        "share",
        ("h",),
        "Second coder",
        "Give a second coder a share to code blind; what is drawn shows first",
    ),
    Action("desk", "hand_in", (), "Hand in", "Hand in the share that you coded blind: you see all again"),
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
        ("ctrl+d",),
        "Save elsewhere",
        "Write what could not be saved to a file in another folder, such as on a USB stick",
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
        ("ctrl+x",),
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
    Action(
        "coding", "next_response(1)", ("ctrl+n",), "Next", "Go to the next response of the list", footer=True
    ),
    Action("coding", "next_response(-1)", ("ctrl+r",), "Back", "Go to the response before"),
    Action(
        "coding",
        "go_on",
        ("enter",),
        "Code",
        "Read; then, in the words: list all codes (letters find one, digits repeat one)",
    ),
    Action("coding", "widen", ("space",), "Wider", "Choose what is around: word, sentence, paragraph, all"),
    Action("coding", "narrow", ("backspace",), "Narrower", "Choose what was chosen before widening"),
    Action(
        "coding", "sideways(1)", ("right",), "Word", "Choose the next word; in the chart the next question"
    ),
    Action("coding", "sideways(-1)", ("left",), "Word before", "Choose the word, or the question, before"),
    Action(
        "coding",
        "lengthwise(1)",
        ("down",),
        "Sentence",
        "Choose the next sentence; in the chart the next person of a joint interview",
    ),
    Action(
        "coding", "lengthwise(-1)", ("up",), "Sentence before", "Choose the sentence, or the person, before"
    ),
    Action("coding", "select('paragraph', 1)", ("ctrl+down",), "Paragraph", "Choose the next paragraph"),
    Action(
        "coding", "select('paragraph', -1)", ("ctrl+up",), "Paragraph before", "Choose the paragraph before"
    ),
    Action(
        "coding", "extend('word', 1)", ("shift+right", "full_stop"), "Word on", "Move the end on by a word"
    ),
    Action(
        "coding", "extend('word', -1)", ("shift+left", "comma"), "Word back", "Move the end back by a word"
    ),
    Action(
        "coding", "extend('sentence', 1)", ("shift+down",), "Sentence on", "Move the end on by a sentence"
    ),
    Action("coding", "extend('sentence', -1)", ("shift+up",), "Sentence back", "Move it back by a sentence"),
    Action(
        "coding", "extend('character', 1)", ("ctrl+right", "plus"), "Letter on", "Move the end on by a letter"
    ),
    Action(
        "coding", "extend('character', -1)", ("ctrl+left", "minus"), "Letter back", "Move it back by a letter"
    ),
    Action("coding", "move_side('start')", ("home",), "Move start", "Let the start of the passage move"),
    Action("coding", "move_side('end')", ("end",), "Move end", "Let the end of the passage move"),
    Action("coding", "back", ("escape",), "Back", "Choose the whole response; then back to the list"),
    Action(
        "coding",
        "speaks_to",
        ("ctrl+o",),
        "Question",
        "Change the evaluation questions of what is coded",
        footer=True,
    ),
    Action(
        "coding",
        "chart",
        ("ctrl+t",),
        "Chart",
        "Fill the chart's cell: a digit, a basis letter, then type the summary; or go back",
        footer=True,
    ),
    Action("coding", "in_vivo", ("f8",), "In vivo", "Make a code of the words chosen, and give it to them"),
    Action("coding", "memo", ("ctrl+e",), "Memo", "Write a memo on the coding of the passage chosen"),
    Action(
        "coding",
        "grid",
        ("ctrl+g",),
        "Whole chart",
        "Show the whole chart: persons by evaluation questions, what is empty, what is stale",
    ),
    Action("coding", "remove", ("delete",), "Remove", "Take a coding away"),
    Action("coding", "undo", ("ctrl+z",), "Undo", "Take back the last coding or chart cell", footer=True),
    Action(
        "coding",
        "other_part(1)",
        ("tab",),
        "Next pane",
        "Go on to the words, the codings, the chart, the list",
    ),
    Action("coding", "other_part(-1)", ("shift+tab",), "Pane before", "Go to the pane before"),
    Action("coding", "find", ("slash", "ctrl+f"), "Words", "In the list: look for words"),
    Action("coding", "next_group", ("g",), "Group", "In the list: the next respondent group only"),
    Action("coding", "by_question", ("e",), "Question", "In the list: one evaluation question only"),
    Action("coding", "by_code", ("k",), "Code", "In the list: what has one code only"),
    Action("coding", "one_interview", ("o",), "Interview", "In the list: this interview only, or all again"),
    Action("coding", "mine", ("m",), "Mine", "In the list: only your own codings show and count, or all"),
    Action(
        "coding", "collect", ("r",), "Read", "In the list: read all that is listed, passage under passage"
    ),
    Action("coding", "uncoded", ("u",), "Uncoded", "In the list: only what has words and is not coded yet"),
    Action("coding", "all_responses", ("a",), "All responses", "In the list: all of it again, unfiltered"),
    Action("coding", "next_language", ("l",), "Language", "In the list: name codes in the next language"),
    Action(
        "coding",
        "versions",
        ("f10",),
        "What this was before",
        "Show what the response was before, and bring it back",
    ),
    Action(
        "coding",
        "codebook",
        ("ctrl+k",),
        "Codebook",
        "Open the codebook: read, add, change, merge, split codes",
    ),
    Action("coding", "differences", ("f9",), "Differences", "Decide where coders differ, side by side"),
    Action("coding", "save", ("ctrl+s",), "Saved", "Say that everything is saved"),
    Action("chart", "move(0, 1)", ("right",), "Question", "Go to the next evaluation question"),
    Action("chart", "move(0, -1)", ("left",), "Question before", "Go to the evaluation question before"),
    Action("chart", "move(1, 0)", ("down",), "Person", "Go to the next person"),
    Action("chart", "move(-1, 0)", ("up",), "Person before", "Go to the person before"),
    Action(
        "chart",
        "next_open",
        ("ctrl+n",),
        "Next open",
        "Go to the next cell that is empty though there are passages, or is stale",
        footer=True,
    ),
    Action(
        "chart",
        "summary",
        ("enter",),
        "Summary",
        "Type the summary (a digit gives the position, a letter the basis)",
        footer=True,
    ),
    Action("chart", "draft", ("ctrl+d",), "Draft", "Begin the summary with the official's own words"),
    Action("chart", "still_so", ("space",), "Still so", "Say that a stale cell holds of the passages now"),
    Action("chart", "words", ("ctrl+o",), "Words", "Go to the passages in Coding", footer=True),
    Action("chart", "next_group", ("tab",), "Group", "Show the next respondent group only", footer=True),
    Action("chart", "scroll(1)", ("pagedown",), "Page down", "Move the passages a page down"),
    Action("chart", "scroll(-1)", ("pageup",), "Page up", "Move the passages a page up"),
    Action("chart", "undo", ("ctrl+z",), "Undo", "Take back the last coding or chart cell"),
    Action("chart", "back", ("escape", "ctrl+g"), "Back", "Go back to Coding"),
    Action("collected", "open", ("enter",), "Code", "Go to the passage in Coding", footer=True),
    Action("collected", "back", ("escape", "b"), "Back", "Go back to Coding", footer=True),
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
    Action("differences", "take(1)", ("1",), "First's", "Let the first coder's codings stand", footer=True),
    Action("differences", "take(2)", ("2",), "Second's", "Let the second coder's codings stand", footer=True),
    Action("differences", "take(3)", ("3",), "Third's", "Let the third coder's codings stand"),
    Action("differences", "take(4)", ("4",), "Fourth's", "Let the fourth coder's codings stand"),
    Action("differences", "take_all", ("a",), "All", "Let the codings of all who gave the code stand"),
    Action("differences", "neither", ("0",), "Nobody's", "Let the code not stand here", footer=True),
    Action("differences", "another", ("o",), "Another", "Let another code stand instead"),
    Action("differences", "undo", ("ctrl+z",), "Undo", "Take back the last decision", footer=True),
    Action("differences", "scroll(1)", ("space",), "Page down", "Move the words a page down"),
    Action("differences", "scroll(-1)", ("u",), "Page up", "Move the words a page up"),
    Action("differences", "back", ("escape", "b"), "Back", "Go back to Coding"),
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
