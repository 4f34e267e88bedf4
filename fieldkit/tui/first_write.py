"""What has to be known before anything is written: whose work it is, and who may read the study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.say import t
from fieldkit.study.author import check_initials

if TYPE_CHECKING:
    from fieldkit.tui.app import FieldkitApp


async def may_write(app: FieldkitApp) -> bool:
    """Ask what is not known yet; to be awaited in a worker, since it waits for answers.

    Args:
        app: the app.

    Returns:
        Whether all is known now; False where a question was put away.
    """
    study = app.study
    if study.author is None:
        from fieldkit.tui.screens.ask_line import AskLine

        initials = await app.push_screen_wait(
            AskLine(t("Your initials, for everything you write"), "", check_initials)
        )
        if initials is None:
            return False
        study.set_author(initials)
    if study.store is None:
        from fieldkit.tui.screens.protect import ProtectScreen

        return await app.push_screen_wait(ProtectScreen(study))
    return True
