"""How many keys the interview needs for what is done most: counted here, told in docs/keys.md."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from fieldkit.records.responses import ResponseKey
from fieldkit.study.closing import asked_steps
from fieldkit.study.study import Study
from fieldkit.tui.actions import show_key
from tests.app.evaluator import InterviewApp, app_for, keys, study_in
from tests.app.test_coding_keys_needed import HEADER as CODING_HEADER
from tests.app.test_coding_keys_needed import coding_rows

DOCUMENT = Path(__file__).parents[2] / "docs" / "keys.md"
LETTERS = "important"
HEADER = """\
# Keys needed

What an evaluator does most in an interview, and the keys it takes. A test drives the app with these keys,
sees that the last of them does it and none before, and counts them;
`FIELDKIT_GOLDENS=write .venv/bin/pytest tests/app/test_keys_needed.py` writes this page.

| what | keys | how many |
|---|---|---|
"""


class Task(NamedTuple):
    """Something done often.

    Attributes:
        what: what is done.
        before: the keys that lead to where it is done; they are not counted.
        keys: the keys that do it; text stands for as many keys as it has letters.
        most: how many it may take, letters of a word that is looked for left out.
        done: whether it is done.
    """

    what: str
    before: tuple[str, ...]
    keys: tuple[str, ...]
    most: int
    done: Callable[[InterviewApp], bool]


def current(app: InterviewApp) -> ResponseKey:
    return app.interview.conduct.current


def mark(app: InterviewApp, name: str) -> object:
    return app.interview.pane.notes.mark.get(name)


ITEM = ("ctrl+g", "2", "enter")
SCALE = ("ctrl+g", "roles today serve", "enter")

TASKS = (
    Task("Next item", ITEM, ("ctrl+n",), 1, lambda app: current(app).item == "since"),
    Task(
        "Disposition: don't know",
        ITEM,
        ("ctrl+t", "8"),
        2,
        lambda app: app.interview.conduct.answer(current(app)).disposition == "don't know",
    ),
    Task(
        "Next probe",
        ITEM,
        ("ctrl+o",),
        1,
        lambda app: app.interview.conduct.answer(current(app)).used_probes == ["contacts"],
    ),
    Task("Verbatim, as a paragraph begins", ITEM, ('"',), 1, lambda app: mark(app, "kind") == "verbatim"),
    Task("Follow-up, as a paragraph begins", ITEM, ("!",), 1, lambda app: mark(app, "follow_up") is True),
    Task(
        "Also answers item 9, as a paragraph begins",
        ITEM,
        ("=9",),
        2,
        lambda app: bool(mark(app, "also_answers")),
    ),
    Task(
        "Jump by letters of an item",
        ITEM,
        ("ctrl+g", LETTERS, "enter"),
        2,
        lambda app: current(app).item == "missed",
    ),
    Task(
        "Jump back",
        (*ITEM, "ctrl+g", LETTERS, "enter"),
        ("ctrl+g", "enter"),
        2,
        lambda app: current(app).item == "role",
    ),
    Task(
        "Value of a scale",
        SCALE,
        ("4",),
        1,
        lambda app: app.interview.conduct.answer(current(app)).value == 4,
    ),
    Task(
        "A code given before, to the paragraph just typed",
        (*ITEM, "One.\n", "ctrl+d", "coun\n", "Two."),
        ("ctrl+d", "1"),
        2,
        lambda app: len(app.interview.study.rows("codings")) == 2,
    ),
    Task(
        "All the rest: not asked, time, in the closing review",
        ("ctrl+g", "closing", "enter"),
        ("ctrl+t",),
        1,
        lambda app: all(step.state == "not asked" for step in asked_steps(app.interview.conduct)),
    ),
    Task(
        "Pause",
        (*ITEM, "words"),
        ("ctrl+e",),
        1,
        lambda app: app.interview.conduct.interview.state == "paused",
    ),
)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with study_in(tmp_path / "study") as opened:
        yield opened


def single_keys(*parts: str) -> list[str]:
    """Keys one by one."""
    named = ("enter", "escape", "tab")
    return [key for part in parts for key in ([part] if "+" in part or part in named else part)]


def row(task: Task) -> str:
    """The task's row of the table."""
    letters = LETTERS in task.keys
    counted = single_keys(*(part for part in task.keys if part != LETTERS))
    count = len(counted)
    shown = [f"`{show_key(key)}`" for key in counted]
    if letters:
        shown.insert(1, "letters")
    assert count <= task.most
    return f"| {task.what} | {' '.join(shown)} | {count}{' + letters' if letters else ''} |\n"


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.what)
async def test_the_last_of_so_many_keys_does_it(study: Study, task: Task) -> None:
    app = app_for(study, "CIC-01")
    async with app.run_test() as pilot:
        await keys(pilot, *task.before)
        for key in single_keys(*task.keys):
            assert not task.done(app)
            await keys(pilot, key)
        assert task.done(app)


def test_the_page_says_what_was_counted() -> None:
    page = HEADER + "".join(row(task) for task in TASKS) + CODING_HEADER + coding_rows()
    if os.environ.get("FIELDKIT_GOLDENS") == "write":
        DOCUMENT.write_text(page, encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == page
