"""The Desk's keys for a second coder: a share is given, and handed in."""

from __future__ import annotations

from textual import work

from fieldkit.say import t, tn
from fieldkit.storage.errors import StoreError
from fieldkit.study.errors import StudyError
from fieldkit.tui.screens.desk_arranging import ArrangingKeys


class SharingKeys(ArrangingKeys):
    """What is done about the share of a second coder."""

    def action_share(self) -> None:
        """Show what a second coder would be given, and give it."""
        from fieldkit.tui.screens.second_coder import SecondCoderScreen

        try:
            _ = self.study.framework
        except StudyError as error:
            self.app.tell(str(error), "error")
            return
        if self.study.read_only:
            self.app.tell(t("This study is open for reading only: nothing can be written"), "warning")
            return
        self.app.push_screen(SecondCoderScreen(self.study))

    @work(exclusive=True, group="prompt")
    async def action_hand_in(self) -> None:
        """Hand in the author's own share, once she has said so by her initials."""
        from fieldkit.study.assigning import hand_in, open_assignment
        from fieldkit.tui.first_write import may_write
        from fieldkit.tui.screens.ask_line import AskLine

        if self.study.read_only:
            self.app.tell(t("This study is open for reading only: nothing can be written"), "warning")
            return
        try:
            if not await may_write(self.app):
                return
            author = self.study.need_author()
            count = len(open_assignment(self.study, author).interviews)
            asked = tn(
                "{n} interview is coded? Type your initials: you see others' work from then on",
                "{n} interviews are coded? Type your initials: you see others' work from then on",
                count,
            ).format(n=count)
            if (
                await self.app.push_screen_wait(AskLine(asked, "", lambda typed: _same(typed, author)))
                is None
            ):
                return
            hand_in(self.study, author)
        except (StudyError, StoreError) as error:
            self.app.tell(str(error), "warning")
            return
        self.app.tell(t("Your share is handed in, and you see all again. Saved."))
        self.refresh_place()


def _same(typed: str, author: str) -> None:
    if typed.strip() != author:
        raise StudyError(
            t("These are not your initials, {author}: nothing is handed in").format(author=author)
        )
