"""An evaluator at the keyboard of an interview, as fast as keys can arrive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from textual import events
from textual.app import App
from textual.pilot import Pilot

from fieldkit.study.create import create_study
from fieldkit.study.interviews import plan_interview
from fieldkit.study.roster import RosterEntry, add_roster, find_respondent
from fieldkit.study.study import Study
from fieldkit.tui.screens.interview import InterviewScreen
from fieldkit.tui.themes import THEMES

NAMED = ("enter", "backspace", "delete", "tab", "escape", "pagedown", "home", "f8", "f9")
NAMED += ("up", "down", "left", "right")
GROUPS = ("CIC", "DFA", "CIDA", "IOM")


class InterviewApp(App[None], inherit_bindings=False):
    """An app with nothing but one interview."""

    CSS = "Heading { height: 1; }"

    def __init__(self, study: Study, interview: str) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.interview = InterviewScreen(study, interview)

    def on_mount(self) -> None:
        self.push_screen(self.interview)


def study_in(folder: Path) -> Study:
    """A new study of MT's with a respondent of each group, and CIC-02."""
    study = Study.open(create_study(folder, author="MT"))
    add_roster(study, [RosterEntry(f"{group}-01", {"group": group, "language": "en"}) for group in GROUPS])
    add_roster(study, [RosterEntry("CIC-02", {"group": "CIC", "language": "fr"})])
    return study


def app_for(study: Study, *codes: str, language: str | None = None) -> InterviewApp:
    """The app at a new interview with these respondents."""
    people = [find_respondent(study, code).id for code in codes]
    return InterviewApp(study, plan_interview(study, people, language=language).id)


async def keys(pilot: Pilot[Any], *sequence: str) -> None:
    """Send keys in one burst, as they come over a slow link: names such as `ctrl+n`, or text.

    In text a newline is Enter.
    """
    for part in sequence:
        if part.startswith("ctrl+") or part in NAMED:
            pilot.app.post_message(events.Key(part, None))
        else:
            for character in part:
                key = "enter" if character == "\n" else character
                pilot.app.post_message(events.Key(key, None if character == "\n" else character))
    await pilot.pause()


def drawn(app: App[Any]) -> str:
    """What the screen shows, as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def texts(answer: dict[str, Any] | None) -> Sequence[str]:
    """The paragraphs of a stored response."""
    return [paragraph["text"] for paragraph in (answer or {}).get("paragraphs", [])]
