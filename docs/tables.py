"""Fill the tables in the documents from the program: `python docs/tables.py`."""

from __future__ import annotations

from pathlib import Path

from fieldkit.cli.main import COMMANDS
from fieldkit.say import set_language
from fieldkit.tui.actions import ACTIONS, key_table

README = Path(__file__).parent.parent / "README.md"
OWN_KEYS = Path(__file__).parent / "own-keys.md"


def command_table() -> str:
    """The commands as a Markdown table."""
    rows = [f"| `fieldkit {command.name}` | {command.help.replace('|', '/')} |" for command in COMMANDS]
    return "\n".join(["| command | what it does |", "|---|---|", *rows]) + "\n"


def action_table() -> str:
    """Place and action as a keymap names them, and their keys, as a Markdown table."""
    rows = [
        f"| `[{action.scope}]` | `{quoted(action.name)}` | {action.key_shown or 'none'} | {action.help} |"
        for action in ACTIONS
    ]
    return "\n".join(["| place | action | key | what it does |", "|---|---|---|---|", *rows]) + "\n"


def quoted(name: str) -> str:
    """An action's name as it is written in TOML."""
    return name if name.isidentifier() else f'"{name}"'


def filled(text: str) -> str:
    """A document with its tables as the program has them now."""
    tables = (("keys", key_table), ("commands", command_table), ("actions", action_table))
    for name, table in tables:
        start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, found, rest = text.partition(start)
        if found:
            text = before + start + table() + end + rest.partition(end)[2]
    return text


if __name__ == "__main__":
    set_language("en")
    for document in (README, OWN_KEYS):
        document.write_text(filled(document.read_text(encoding="utf-8")), encoding="utf-8")
        print(f"{document.name}: tables filled")
