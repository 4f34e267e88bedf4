"""Text from people and files reaches widgets through `tui/literal.py` only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import fieldkit.tui
from fieldkit.tui.literal import literal, literal_line, phrase, rich_literal

TUI = Path(fieldkit.tui.__file__).parent
FILES = sorted(TUI.rglob("*.py"))

TAKERS = {
    "Static",
    "Label",
    "Option",
    "Button",
    "Checkbox",
    "RadioButton",
    "Collapsible",
    "TabPane",
    "Selection",
}
"""Widgets and options that read a string as markup."""

METHODS = {"update", "notify", "add_row", "add_column", "add_option", "update_cell", "update_cell_at"}
"""Methods that hand text to such a widget."""

TITLES = {"tooltip", "border_title", "border_subtitle", "title", "sub_title", "label"}
"""Attributes that are read as markup."""


def is_raw(node: ast.expr) -> bool:
    """Whether an expression is a string that is put together from values, or a bare string."""
    if isinstance(node, ast.JoinedStr):
        return True
    if isinstance(node, ast.Constant):
        # Words of ours without markup in them can do no harm.
        return isinstance(node.value, str) and "[" in node.value
    if isinstance(node, ast.BinOp):
        return is_raw(node.left) or is_raw(node.right)
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return called in {
            "str",
            "join",
            "format",
            "get",
            "visible",
            "visible_line",
            "ljust",
            "replace",
        } and not (
            called == "join"
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Call)
        )
    return False


def raw_strings(tree: ast.AST) -> list[int]:
    """Lines on which a string goes into a widget past the door."""
    lines = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            marked_off = any(
                k.arg == "markup" and getattr(k.value, "value", True) is False for k in node.keywords
            )
            if name in TAKERS | METHODS and not marked_off and any(is_raw(each) for each in node.args):
                lines.append(node.lineno)
        elif isinstance(node, ast.Assign) and is_raw(node.value):
            targets = [each.attr for each in node.targets if isinstance(each, ast.Attribute)]
            lines.extend(node.lineno for target in targets if target in TITLES)
    return lines


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TUI)))
def test_no_string_goes_past_the_door(path: Path) -> None:
    assert raw_strings(ast.parse(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "code",
    [
        "Static(f'{name}')",
        "Label(str(error))",
        "Option(text.get(language))",
        "self.notify('x' + str(error))",
        "table.add_row(', '.join(codes))",
        "widget.tooltip = f'{code}'",
        "Static('[b]x')",
    ],
)
def test_the_ban_sees_what_it_bans(code: str) -> None:
    assert raw_strings(ast.parse(code)) == [1]


HOSTILE = "[/] [bold]x[/bold] [sic] \x1b[31m \x00 \u202e [/a/b] $name"


def test_the_door_shows_text_as_it_is_and_lets_nothing_act() -> None:
    for shown in (literal(HOSTILE).plain, literal_line(HOSTILE).plain, rich_literal(HOSTILE).plain):
        assert "[/] [bold]x[/bold] [sic]" in shown
        assert "[/a/b] $name" in shown
        assert not {"\x1b", "\x00", "\u202e"} & set(shown)
    content = phrase("[b]$who[/b] said $name", who="A", name=HOSTILE)
    assert "[/] [bold]x[/bold] [sic]" in content.plain
    assert "\x1b" not in content.plain


def test_lines_stay_lines_and_one_line_stays_one() -> None:
    assert literal("a\nb").plain == "a\nb"
    assert literal_line("a\nb\tc").plain == "a↵b c"
    assert phrase("$x", x="a\nb").plain == "a↵b"
