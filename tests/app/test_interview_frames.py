"""What the interview looks like at 80 by 24 and 120 by 40, in English and French content."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.say import set_language
from fieldkit.study.study import Study
from tests.app.evaluator import app_for, keys, study_in
from tests.app.frames import LARGE, SMALL, check_golden

GUIDE = Path(__file__).with_name("frames_guide.yaml")
SAID = "Oui : « C’est clair » [rire] : trois pays, 10\u00a0%."
CLOSING = {"en": "closing\n", "fr": "clôture\n"}
"""What finds the closing review in each language of the interface."""

SCENES: dict[str, list[tuple[str, ...]]] = {
    "consent": [("1", "2")],
    "words": [("121", "ctrl+n", "2", "ctrl+n", SAID, "f8", "\n", "mine", "ctrl+o")],
    "scale": [("121", "ctrl+n", "1", "ctrl+g", "7\n", "4", "four, she says")],
    "grid": [("121", "ctrl+n", "2", "ctrl+g", "4\n", "34", "ctrl+t")],
    "percent": [("121", "ctrl+n", "2", "ctrl+g", "3\n", "10-15\n", "~2")],
    "choices": [("121", "ctrl+n", "1", "ctrl+g", "6\n", "1", "7")],
    "rank": [("121", "ctrl+n", "2", "ctrl+g", "8\n", "3=1")],
    "year": [("121", "ctrl+n", "2", "ctrl+g", "9\n", "1900\n")],
    "card": [("121", "ctrl+n", "2", "ctrl+g", "5\n")],
    "aside": [("121", "ctrl+n", "2", "ctrl+g", "5\n", "ctrl+f")],
    "hidden": [("121", "ctrl+n", "2", "ctrl+g", "5\n", "4", "ctrl+g", "1\n", "1", "ctrl+g", "5\n")],
    "goto": [("121", "ctrl+n", "2", SAID, "ctrl+g", "1.")],
    "closing": [("121", "ctrl+n", "2", "ctrl+n", "ctrl+t", "4", "ctrl+g", "closing\n")],
    "hostile": [
        ("121", "ctrl+n", "[/] [bold]x[/bold] [@click=app.bell]y[/]", "\n", "\u202eevil\u2066 \u00ad")
    ],
}
"""Keys, in bursts, that lead to a frame."""


FRAMES = [(scene, language) for scene in SCENES for language in ("en", "fr")]
"""Each in both languages."""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """One study for all frames: each scene is an interview of its own."""
    with study_in(tmp_path_factory.mktemp("frames") / "study") as opened:
        shutil.copy(GUIDE, opened.folder / "interview_guides" / "cic.yaml")
        opened.reload_protocol()
        yield opened


@pytest.mark.parametrize(("scene", "language"), FRAMES)
async def test_the_interview_looks_as_it_did(scene: str, language: str, study: Study) -> None:
    set_language(language)
    app = app_for(study, "CIC-01", language=language)
    async with app.run_test(size=SMALL) as pilot:
        app.interview.pane.notes.cursor_blink = False
        for burst in SCENES[scene]:
            await keys(pilot, *(CLOSING[language] if key == "closing\n" else key for key in burst))
        for size in (SMALL, LARGE):
            await pilot.resize_terminal(*size)
            app.interview.look_after()
            await app.workers.wait_for_complete()
            await pilot.pause()
            check_golden(app, f"interview-{scene}-{size[0]}x{size[1]}-{language}")
