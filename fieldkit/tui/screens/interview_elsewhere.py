"""Saving elsewhere what the store does not take: a folder is asked for, and a file written there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from fieldkit.say import mark, t
from fieldkit.storage.errors import StoreError
from fieldkit.study.elsewhere import check_folder, save_elsewhere
from fieldkit.study.errors import StudyError
from fieldkit.tui.screens.ask_line import AskLine

if TYPE_CHECKING:
    from fieldkit.tui.screens.interview import InterviewScreen

QUESTION = mark("Write what is not saved to a file in which folder? (on another disk, such as a USB stick)")


def ask_elsewhere(screen: InterviewScreen) -> None:
    """Ask where to, unless the store takes everything after all.

    Args:
        screen: the interview.
    """
    screen.keep_item()
    if screen.study.read_only or not screen.conduct.unkept():
        screen.remark = t("Nothing to save elsewhere: everything typed so far is on disk")
        screen.refresh_place()
        return
    check = partial(check_folder, screen.study)
    screen.app.push_screen(AskLine(t(QUESTION), "", check), partial(_write, screen))


def _write(screen: InterviewScreen, typed: str | None) -> None:
    """Write the file, and say where it lies or why it could not be written."""
    if typed is None:
        return
    try:
        path = save_elsewhere(screen.conduct, check_folder(screen.study, typed))
    except (StudyError, StoreError, OSError) as error:
        screen.elsewhere = t("nor elsewhere: {why}").format(why=error)
    else:
        # Between question and answer the store may have taken it.
        told = t("what was typed so far lies in {path}").format(path=path)
        screen.elsewhere = told if path is not None else None
    screen.remark = screen.elsewhere
    screen.refresh_place()
