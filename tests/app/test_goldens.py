"""Every place as it is seen, at both sizes, in English and French content."""

from __future__ import annotations

import pytest

from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp
from tests.app.frames import SIZES, check_golden, press, settled

PLACES = {
    "desk": (),
    "desk-new-respondent": ("n", *"cida"),
    "desk-help": ("f1",),
    "desk-palette": ("ctrl+p", *"find"),
    "findings-coverage": ("f5",),
    "findings-codes": ("f5", "3"),
    "findings-codes-fr": ("f5", "3", "l"),
    "findings-positions-fr": ("f5", "2", "e", "l", "b"),
    "findings-dispositions": ("f5", "4"),
    "words": ("f5", *["down"] * 9, "enter"),
    "words-fr": ("f5", *["down"] * 9, "enter", "down"),
}
"""Name of the golden to the keys that lead to what it shows."""


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PLACES)
async def test_a_place_looks_as_it_did(world: Study, name: str, size: str) -> None:
    app = FieldkitApp(world)
    async with app.run_test(size=SIZES[size]) as pilot:
        await settled(pilot)
        await press(pilot, *PLACES[name])
        check_golden(app, f"{name}-{size}")
