"""Make the picture in the README anew: `python docs/pictures.py` writes docs/interview.svg.

It opens a fresh practice study in the app, without a terminal, goes to an interview that is planned,
and types what an evaluator would.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from fieldkit.study.practice import make_practice_study
from fieldkit.study.roster import find_respondent
from fieldkit.study.study import Study
from fieldkit.tui.app import FieldkitApp

RESPONDENT = "DFA-05"
PICTURE = Path(__file__).parent / "interview.svg"
NOTES = (
    "Two desks look after it; she keeps the file on the governing bodies.",
    "“We see the papers late, never the choices behind them.”",
    "Will send the list of meetings since 2002 [paper only].",
)


async def draw(folder: Path) -> str:
    """The interview screen of a practice study, as SVG."""
    with Study.open(folder) as study:
        app = FieldkitApp(study, respondent=find_respondent(study, RESPONDENT).id)
        async with app.run_test(size=(120, 32)) as pilot:
            await pilot.pause(1.5)
            for key in ("1", "1", "2", "f9", "ctrl+g", "7", "enter"):
                await pilot.press(key)
            for number, line in enumerate(NOTES):
                await pilot.press(*(["enter"] if number else []), *line)
                if line.startswith("“"):
                    await pilot.press("f8")
            await pilot.press("ctrl+o")
            await pilot.pause(1.2)
            return app.export_screenshot(title="fieldkit: practice data")


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = make_practice_study(Path(scratch) / "practice")
        PICTURE.write_text(asyncio.run(draw(folder)), encoding="utf-8")
    print(f"{PICTURE.name} written")


if __name__ == "__main__":
    main()
