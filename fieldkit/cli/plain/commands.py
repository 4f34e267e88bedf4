"""The commands of an interview held line by line: lines that begin with a full stop."""

from __future__ import annotations

from typing import Final, NamedTuple

from fieldkit.say import t

SIGN: Final = "."


class Command(NamedTuple):
    """A command.

    Attributes:
        name: what stands after the full stop.
        argument: what may come after it.
        help: what it does.
    """

    name: str
    argument: str
    help: str


COMMANDS: Final = (
    Command("n", "", "go to the next item"),
    Command("b", "", "go to the item before"),
    Command(
        "g", "9", "go to item 9; also an evaluation question or words; 0 is consent; alone: back from a jump"
    ),
    Command("r", "", "read this again"),
    Command("v", "3", "give the value; alone: what can be given; .v - takes it back"),
    Command("t", "4", "say what became of the item; alone: which outcomes there are"),
    Command("p", "2", "tick probe 2, or take the tick back; alone: the next probe"),
    Command("k", "verbatim", "say of what kind the last paragraph is; alone: the next kind"),
    Command("a", "", "let the last paragraph never be quoted, or quoted again"),
    Command("i", "", "read the hint, the indicators and the cards"),
    Command("off", "", "off the record: keep nothing that is typed until this comes again"),
    Command("erase", "", "the last paragraph was off the record too: erase it for good"),
    Command("short", "", "go on to open priority items only, or to all again"),
    Command("add", "WORDS", "add an item that the guide does not have; its evaluation question is asked for"),
    Command("another", "", "ask the items of this repeat once more"),
    Command("lang", "", "read the items in the other language"),
    Command("withdraw", "CIC-01", "she takes her consent back; what that does is told first"),
    Command("written", "CIC-01", "her consent is in writing; again: by word of mouth"),
    Command("s", "", "say how far the interview is, and how safe the words are"),
    Command("recovered", "", "read what was recovered after a crash"),
    Command("close", "", "go to the closing review"),
    Command("why", "9 topic", "say why item 9 was not asked, where it is covered, or what will be sent"),
    Command("memo", "", "write your own memo on the interview"),
    Command("elsewhere", "FOLDER", "write what could not be saved to a file in another folder"),
    Command("pause", "", "stop the clock, keep everything and leave; so do Ctrl+D and Ctrl+C"),
    Command("help", "", "read this list"),
)
"""Every command, in the order of use."""

_BY_NAME: Final = {command.name: command for command in COMMANDS}


def command_in(line: str) -> tuple[str, str] | None:
    """The command that a line is, with its argument; None where the line is words.

    Args:
        line: what was typed. `.g9` means `.g 9`; `...and then` is words, as is whatever begins like a
            command and goes on like a sentence.
    """
    if not line.startswith(SIGN):
        return None
    word, _, argument = line[len(SIGN) :].rstrip().partition(" ")
    name, argument = word.casefold(), argument.strip()
    if name not in _BY_NAME and name[:1] in _BY_NAME and name[1:].replace(".", "").isdigit():
        name, argument = name[0], f"{name[1:]} {argument}".strip()
    command = _BY_NAME.get(name)
    if command is None or (argument and not command.argument):
        return None
    return name, argument


def help_lines() -> list[str]:
    """What can be typed, one thing a line."""
    told = [
        f"{SIGN}{command.name} {command.argument}".strip() + f": {t(command.help)}" for command in COMMANDS
    ]
    return [
        t("Every line is a paragraph of notes."),
        t(
            "A line that begins with \" or « is in the official's own words; "
            "one with * is a note of your own."
        ),
        t(
            "One with ! is to come back to; ?2 answers probe 2; "
            "=9 also answers item 9; &2 is the second person."
        ),
        t("These lines are commands:"),
        *told,
    ]
