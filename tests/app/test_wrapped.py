"""Whatever the app says goes through the catalogues."""

from __future__ import annotations

import ast
import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest

import fieldkit.tui

TUI = Path(fieldkit.tui.__file__).parent
ROOT = TUI.parent.parent
CATALOGUE = runpy.run_path(str(ROOT / "docs" / "catalogue.py"))
WRAPPED = {*CATALOGUE["SPOKEN"], "tn"}
TOKENS = {word for words in CATALOGUE["TOKENS"] for word in words}

FILES = sorted(path for path in TUI.rglob("*.py"))

SHOWS = {"literal", "literal_line", "rich_literal", "Content", "Static", "Label", "Option", "tell", "notify"}
SHOWS |= {"say", "_say", "update", "AskLine", "ask", "begin", "_again", "add_row", "add_option"}
"""What a text is given to in order to be shown."""

NEVER_SHOWN = {"CSS", "DEFAULT_CSS", "_AT_LINE", "OUTSIDE", "_TABLE_HEAD", "_TABLE_MARK", "_FOUND_STYLE"}
NEVER_SHOWN |= {"_OTHER_WORDS"}
"""What holds no words of the app's: styles, patterns, lines to type, the README's table, an item's words."""


def unwrapped(tree: ast.AST) -> list[tuple[int, str]]:
    """Line and text of what is said past the catalogues: sentences anywhere, words where they are shown."""
    found = []
    for node, shown in _texts(tree, False):
        if node.value not in TOKENS and (re.search(r"[^\W\d_]{2,}[ ,:]+[^\W\d_]{2,}", node.value) or shown):
            found.append((node.lineno, node.value))
    return found


def _texts(node: ast.AST, shown: bool) -> Iterator[tuple[ast.Constant, bool]]:
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and CATALOGUE["has_words"](node.value):
            yield node, shown
        return
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        yield from _texts(node.func, False)
        for place, argument in enumerate(node.args):
            if name not in WRAPPED or not CATALOGUE["literals"](argument):
                yield from _texts(
                    argument, name in SHOWS | WRAPPED and place == (1 if name == "begin" else 0)
                )
        for keyword in node.keywords:
            yield from _texts(keyword.value, keyword.arg == "placeholder")
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Assign | ast.AnnAssign):
        target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
        if getattr(target, "id", "") in NEVER_SHOWN:
            return
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "attr", "") in ("remark", "border_title"):
        yield from _texts(node.value, True)
        return
    passes = isinstance(node, ast.IfExp | ast.JoinedStr | ast.BinOp)
    for child in ast.iter_child_nodes(node):
        yield from _texts(child, shown and passes)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TUI)))
def test_nothing_is_said_past_the_catalogues(path: Path) -> None:
    assert unwrapped(ast.parse(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "code",
    [
        "self.tell('Saved')",
        "Static(literal('Reading the guides'))",
        "x = f'{n} codings here'",
        "self.remark = 'Saved' if done else None",
        "phrase('[b]$n[/] words ' + more)",
        "Input(placeholder='Words')",
        "return 'as it was'",
    ],
)
def test_the_rule_sees_what_it_forbids(code: str) -> None:
    assert unwrapped(ast.parse(code))


@pytest.mark.parametrize(
    "code", ["t('Saved so far')", "phrase('[b]Reading on[/]')", "x == 'in progress'", "self.tell(t('Saved'))"]
)
def test_the_rule_lets_pass_what_is_translated(code: str) -> None:
    assert not unwrapped(ast.parse(code))
