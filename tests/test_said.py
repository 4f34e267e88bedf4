"""Whatever goes wrong below the screens is told through the catalogues, and so is what commands answer."""

from __future__ import annotations

import ast
import re
import runpy
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

import fieldkit
from fieldkit.records.tables import TABLES
from fieldkit.study.none_such import NONE_SUCH

PACKAGE = Path(fieldkit.__file__).parent
CATALOGUE = runpy.run_path(str(PACKAGE.parent / "docs" / "catalogue.py"))
BELOW = ("protocol", "records", "storage", "findings", "study", "exchange")
FILES = sorted(path for name in (*BELOW, "cli") for path in (PACKAGE / name).rglob("*.py"))

SAID = {"t", "tn", "mark"}
WHOLE = {*BELOW, "cli"} - {"findings", "exchange"}
"""Packages in which no sentence at all stands outside; the others hold what reports say, in two languages."""

SENTENCE = re.compile(r"(?:[^\W\d_]{2,}[ ,:;]+){3,}[^\W\d_]{2,}")
AS_IT_IS = {
    "declared off the record in the interview",
    "Made up for practice; there is no such person.",
    "{value: 1, text: {en: Not at all, fr: Pas du tout}}",
    "mapping values are not allowed",
    "yes",
}
"""What records and tables of data hold, what a person is to write, what a library says."""

GATHERED = {"notes", "problems", "warnings", "faults", "lines"}
"""Lists of lines that are told."""

BY_ID = {"UnknownId", "unknown"}
"""These take what an id was meant for, which has a sentence of its own."""

NEVER_TOLD = {
    "storage/overlay.py": "what TinyDB refuses a programmer",
    "storage/tiny.py": "what TinyDB refuses a programmer",
    "storage/snapshot.py": "a snapshot that is not used",
    "storage/keyfile.py": "told as a damaged file",
    "storage/keyslot.py": "told as a damaged file",
    "study/taking_back.py": "told as a file of another make",
    "study/practice/bank.py": "told as an unforeseen fault",
    "findings/agreement_alpha.py": "what statistics refuse a programmer",
    "findings/divergence.py": "what statistics refuse a programmer",
    "findings/quantify.py": "what statistics refuse a programmer",
    "protocol/routing.py": "a guide that was checked",
}
"""Files whose ValueErrors and OSErrors are told in other words, or are no user's, and why."""

_ASKS = ("ask_text", "ask_choice", "ask_secret", "input")
SHOWN: Mapping[str, Mapping[str, int]] = {
    "": {"Notice": 1, "Problem": 3, "refused": 0, "_refused": 0, "_remark": 1},
    "protocol": {"error": 1, "warning": 1, "_problem": 1, "_tell": 1},
    "cli": {
        **dict.fromkeys((*_ASKS, "say", "warn", "complain", "print_table", "ArgumentTypeError"), 0),
        **{"add_argument_group": 0, "action": 1},
    },
}
"""By package, what shows a text, and at which place it takes it; the first entry holds everywhere."""


@cache
def errors() -> set[str]:
    """Names of the errors that the package defines, and of those of Python's that it raises with words."""
    bases = {
        node.name: {getattr(base, "id", "") for base in node.bases}
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    found = {"Exception", "OSError", "ValueError", "TypeError"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


def unsaid(tree: ast.AST, package: str) -> list[tuple[int, str]]:
    """Line and text of what is told past the catalogues: given to an error, or to what shows it."""
    shown = {**SHOWN[""], **SHOWN.get(package, {})}
    found = set()
    for scope in ast.walk(tree):
        if isinstance(scope, ast.Module | ast.FunctionDef):
            known = dict(_assigned(scope))
            for call in _calls(scope):
                for told in _told(call, shown):
                    found |= {(call.lineno, text) for text in _texts(told, known) if text not in AS_IT_IS}
    return sorted(found)


def _calls(scope: ast.AST) -> Iterator[ast.Call]:
    """The calls of a function, without those of functions within."""
    for child in ast.iter_child_nodes(scope):
        if isinstance(child, ast.Call):
            yield child
        if not isinstance(child, ast.FunctionDef):
            yield from _calls(child)


def _assigned(scope: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value


def _told(call: ast.Call, shown: Mapping[str, int]) -> Iterator[ast.expr]:
    """What of a call's arguments a person is told."""
    name = _name(call.func)
    if name in errors() - BY_ID:
        yield from call.args
    elif name in shown:
        yield from call.args[shown[name] : shown[name] + 1]
    elif name in ("append", "extend") and isinstance(call.func, ast.Attribute):
        yield from call.args if _name(call.func.value) in GATHERED else ()
    yield from (each.value for each in call.keywords if each.arg in ("help", "description", "message"))


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def sentences(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of each sentence that no catalogue has."""
    if isinstance(node, ast.Call) and _name(node.func) in SAID | BY_ID | {"Command"}:
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Constant | ast.JoinedStr):
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        text = "…".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
        if SENTENCE.search(text) and text not in AS_IT_IS | set(NONE_SUCH):
            yield node.lineno, text
        return
    for child in ast.iter_child_nodes(node):
        yield from sentences(child)


def _texts(node: ast.expr, known: Mapping[str, ast.expr]) -> Iterator[str]:
    """Words in what is told that pass through no catalogue; a name stands for what it was given."""
    match node:
        case ast.Constant(value=str(text)):
            yield from [text] if CATALOGUE["has_words"](text) else []
        case ast.JoinedStr(values=parts):
            words = "".join(part.value for part in parts if isinstance(part, ast.Constant))
            yield from [words] if CATALOGUE["has_words"](words) else []
        case ast.IfExp(body=one, orelse=other):
            yield from (*_texts(one, known), *_texts(other, known))
        case ast.BinOp(left=one, right=other):
            yield from (*_texts(one, known), *_texts(other, known))
        case ast.BoolOp(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            yield from (text for part in parts for text in _texts(part, known))
        case ast.ListComp(elt=part) | ast.GeneratorExp(elt=part) | ast.Starred(value=part):
            yield from _texts(part, known)
        case ast.Call(func=ast.Attribute(value=part, attr="format")):
            yield from _texts(part, known)
        case ast.Name(id=name) if name in known:
            yield from _texts(known[name], {other: value for other, value in known.items() if other != name})


def test_nothing_is_told_past_the_catalogues() -> None:
    for path in FILES:
        name = path.relative_to(PACKAGE)
        if name.as_posix() not in NEVER_TOLD:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            assert unsaid(tree, name.parts[0]) == [], name
            assert name.parts[0] not in WHOLE or list(sentences(tree)) == [], name


@pytest.mark.parametrize(
    "code",
    [
        "raise StudyError('nothing there')",
        "raise StoreError(f'{path}: cannot be read: {error}')",
        "raise FileRefused(name, [f'{each}: is wrong' for each in found])",
        "def f():\n    told = f'{path}: gone' if gone else t('there')\n    raise NotDurable(told) from error",
        "raise FindingsError('no table {what}'.format(what=what))",
        "say('saved')",
        "notes.append(f'{n} left out')",
        "parser.add_argument('--all', help='everything')",
    ],
)
def test_the_rule_sees_what_it_forbids(code: str) -> None:
    assert unsaid(ast.parse(code), "cli")


@pytest.mark.parametrize(
    "code",
    [
        "raise StudyError(t('nothing there'))",
        "raise StoreError(t('{path}: cannot be read').format(path=path))",
        "def f():\n    told = tn('{n} gone', '{n} gone', n)\n    raise StoreError(told.format(n=n))",
        "raise StoreError(f'{path}: {error}')",
        "raise UnknownId('code', given, known)",
    ],
)
def test_the_rule_lets_pass_what_is_translated(code: str) -> None:
    assert not unsaid(ast.parse(code), "cli")


def test_a_sentence_is_seen_wherever_it_stands() -> None:
    assert list(sentences(ast.parse("return f'{n} bytes of it are damaged'")))
    assert not list(sentences(ast.parse("t('bytes of it are damaged')")))


def test_every_kind_of_id_has_a_sentence() -> None:
    given = {
        call.args[0].value
        for path in PACKAGE.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and _name(call.func) in BY_ID
        if call.args and isinstance(call.args[0], ast.Constant)
    }
    assert given - set(NONE_SUCH) == set()
    assert {table.removesuffix("s") for table in TABLES} - set(NONE_SUCH) == set()
    assert {"group", "reporting group", "place", "level"} - set(NONE_SUCH) == set()
