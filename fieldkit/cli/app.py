"""From the command line into the app."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from fieldkit.cli.output import interactive, moves_cursor
from fieldkit.say import mark, t

if TYPE_CHECKING:
    from fieldkit.storage.keys import Keyring
    from fieldkit.study.study import Study


def open_app(
    folder: Path,
    *,
    author: str | None = None,
    respondent: str | None = None,
    keys: Keyring | None = None,
    lock_after: int | None = None,
) -> int:
    """Run the app until the user leaves it.

    Args:
        folder: the study's folder.
        author: initials; None takes those kept for this study.
        respondent: id of the respondent whose interview to go to; None begins at the desk.
        keys: of an encrypted study; None has the passphrase asked for on a screen.
        lock_after: minutes without a key after which it locks, kept for later; None takes what was kept.

    Returns:
        The exit code.

    Raises:
        StudyError: there is no terminal to run in, or the study was left locked.
    """
    need_screen()
    from fieldkit.tui.garbage import wait_for_first_paint

    keys = keys or ask_keys(folder)
    wait_for_first_paint()
    from fieldkit.tui.app import run_app

    with _open(folder, author, keys) as study:
        return run_app(study, respondent=respondent, lock_after=lock_after)


NO_SCREEN: Final = mark(
    "the app needs a terminal that can move its cursor; "
    "`fieldkit interview --respondent CODE --plain` holds an interview line by line without one, "
    "and `fieldkit --help` lists the other commands"
)


def has_screen() -> bool:
    """Whether there is a terminal which can show screens."""
    return interactive() and moves_cursor()


def need_screen() -> None:
    """See to it that there is a terminal which can show screens.

    Raises:
        StudyError: there is none; the message names what does without.
    """
    if not has_screen():
        from fieldkit.study.errors import StudyError

        raise StudyError(t(NO_SCREEN))


def ask_keys(folder: Path) -> Keyring | None:
    """Ask on a screen for what opens a study; None where it is not encrypted.

    Args:
        folder: the study's folder.

    Raises:
        StudyError: the user left instead.
    """
    from fieldkit.study.protection import needs_passphrase

    if not needs_passphrase(folder):
        return None
    from fieldkit.study.errors import StudyError
    from fieldkit.tui.unlocking import ask_for_keys

    keys = ask_for_keys(folder)
    if keys is None:
        raise StudyError(t("{folder}: left locked").format(folder=folder))
    return keys


def _open(folder: Path, author: str | None, keys: Keyring | None) -> Study:
    """The study; while another process writes to it, for looking only, with a notice that says so."""
    from fieldkit.storage.errors import StoreLocked
    from fieldkit.study.errors import without_place
    from fieldkit.study.locate import STORE
    from fieldkit.study.study import Study

    try:
        return Study.open(folder, author=author, keys=keys)
    except StoreLocked as locked:
        study = Study.open(folder, write=False, author=author, keys=keys)
        study.held_by = without_place(str(locked), folder / STORE)
        study.notices.append(str(locked))
        return study
