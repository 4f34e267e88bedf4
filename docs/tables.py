"""Fill the tables of keys and commands in the README from the program: `python docs/tables.py`."""

from __future__ import annotations

from pathlib import Path

from fieldkit.cli.main import COMMANDS
from fieldkit.say import set_language
from fieldkit.tui.actions import key_table

README = Path(__file__).parent.parent / "README.md"


def command_table() -> str:
    """The commands as a Markdown table."""
    rows = [f"| `fieldkit {command.name}` | {command.help.replace('|', '/')} |" for command in COMMANDS]
    return "\n".join(["| command | what it does |", "|---|---|", *rows]) + "\n"


def filled(text: str) -> str:
    """A README with its tables as the program has them now."""
    for name, table in (("keys", key_table()), ("commands", command_table())):
        start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, _, rest = text.partition(start)
        text = before + start + table + end + rest.partition(end)[2]
    return text


if __name__ == "__main__":
    set_language("en")
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
    print("README.md: tables filled")
