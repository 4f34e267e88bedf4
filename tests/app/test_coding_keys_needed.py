"""How many keys coding needs for what is done most: counted here, told in docs/keys.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pytest

from fieldkit.study.chart import chart_cell
from fieldkit.study.codebook import search_codes
from fieldkit.study.coding import codings_of
from fieldkit.study.study import Study
from fieldkit.tui.actions import show_key
from tests.app.building import build_study, person, response_id
from tests.app.test_coding import coding_app, keys

LETTERS = "coun"
HEADER = """
## Coding

The passage is chosen; letters are those of the code's name, id or alias, three at the median or fewer.

| what | keys | how many |
|---|---|---|
"""


class Task(NamedTuple):
    """Something done often.

    Attributes:
        what: what is done.
        before: the keys that lead to where it is done; they are not counted.
        keys: the keys that do it; `LETTERS` stands for a few letters.
        most: how many it may take, letters left out.
        done: whether it is done.
    """

    what: str
    before: tuple[str, ...]
    keys: tuple[str, ...]
    most: int
    done: Callable[[Study], bool]


def codes(study: Study) -> list[str]:
    return [each.code for each in codings_of(study, response_id(study, "CIC-01", "changes"))]


def cell(study: Study) -> tuple[object, object] | None:
    found = chart_cell(study, person(study, "CIC-01"), "1.4b", study.author)
    return (found.position, found.basis) if found is not None else None


CHOSEN = ("enter", "down")

TASKS = (
    Task("A known code", CHOSEN, (LETTERS, "enter"), 1, lambda study: codes(study) == ["council"]),
    Task(
        "A code given before",
        (*CHOSEN, *LETTERS, "enter", "down"),
        ("1",),
        1,
        lambda study: codes(study) == ["council", "council"],
    ),
    Task(
        "A code for the whole answer",
        ("enter",),
        (LETTERS, "enter"),
        1,
        lambda study: codes(study) == ["council"],
    ),
    Task("A code made of the words", CHOSEN, ("f8", "enter"), 2, lambda study: len(codes(study)) == 1),
    Task(
        "Position and basis of a cell",
        (*CHOSEN, "ctrl+t"),
        ("2", "f"),
        2,
        lambda study: cell(study) == ("qualified", "first-hand"),
    ),
)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    said = {"CIC-01": {"changes": "The Council listens. Nothing moves."}}
    with Study.open(build_study(tmp_path / "study", said=said)) as opened:
        yield opened


def single_keys(task: Task) -> list[str]:
    return [key for part in task.keys for key in (part if part == LETTERS else [part])]


def coding_rows() -> str:
    """The rows of the table."""
    rows = []
    for task in TASKS:
        counted = [part for part in task.keys if part != LETTERS]
        assert len(counted) <= task.most
        shown = " ".join("letters" if part == LETTERS else f"`{show_key(part)}`" for part in task.keys)
        letters = " + letters" if LETTERS in task.keys else ""
        rows.append(f"| {task.what} | {shown} | {len(counted)}{letters} |\n")
    return "".join(rows)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.what)
async def test_the_last_of_so_many_keys_does_it(study: Study, task: Task) -> None:
    async with coding_app(study, size="80x24") as pilot:
        await keys(pilot, *task.before)
        for key in single_keys(task):
            assert not task.done(study)
            await keys(pilot, key)
        assert task.done(study)


def test_three_letters_or_fewer_find_half_of_the_shipped_codes_first(study: Study) -> None:
    needed = []
    for code in study.codebook.codes:
        names = [code.id, *(code.name.get(language) for language in code.name.languages), *code.aliases]
        tries = ((n, name) for n in range(1, 40) for name in names if len(name) >= n)
        first = (n for n, name in tries if search_codes(study, name[:n], limit=1)[:1] == [code])
        needed.append(next(first))
    assert median(needed) <= 3
