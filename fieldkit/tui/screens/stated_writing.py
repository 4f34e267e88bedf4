"""How what is stated gets written: nothing that was typed is gone before it is kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

from textual import work

from fieldkit.say import t
from fieldkit.storage.errors import StoreError
from fieldkit.study.errors import StudyError
from fieldkit.study.findings import Viewed
from fieldkit.study.study import Study
from fieldkit.tui.first_write import may_write
from fieldkit.tui.screens.stated_view import StatedView
from fieldkit.tui.widgets.prompt import Prompt


class StatedWriting(StatedView):
    """The findings, with one way to change them."""

    def __init__(self, study: Study, finding: str | None = None) -> None:
        """Make the screen.

        Args:
            study: the study.
            finding: id of the finding to begin with.
        """
        super().__init__(study, finding)
        self._writing = asyncio.Lock()

    @work(group="stated-write")
    async def write(self, change: Callable[[], object], told: str | None = None) -> None:
        """Change what is stated; show it, or say why not.

        Args:
            change: what changes it.
            told: what is said then.
        """
        await self.written(change, told)

    async def written(self, change: Callable[[], object], told: str | None = None) -> bool:
        """Change what is stated, as `write` does; whether it was."""
        if not await self.may_write():
            return False
        try:
            # One after the other, in a thread: each begins with what the one before has made of the finding.
            async with self._writing:
                await asyncio.to_thread(change)
        except (StudyError, StoreError) as error:
            self.say(str(error))
            return False
        self.say(told or t("Saved; Ctrl+Z takes it back"))
        self.refresh_place()
        return True

    async def ask_until_written(
        self, question: str, before: str, change: Callable[[str], object], *, as_they_are: bool = False
    ) -> bool:
        """Ask for words, and write them; where that fails, they stand on the line until they are given up.

        Args:
            question: what is asked.
            before: what stands on the line already.
            change: writes the words.
            as_they_are: whether words that are left as they were, or empty, are written too.

        Returns:
            Whether they were written.
        """
        prompt, words = self.query_one(Prompt), before
        while True:
            answer = await prompt.ask(question, words)
            if answer is None or (answer in ("", before) and not as_they_are):
                return False
            words = answer
            if await self.written(partial(change, words)):
                return True

    async def may_write(self) -> bool:
        """Whether anything can be written; else why not is said."""
        if self.study.read_only:
            self.say(t("This study is open for reading only: nothing can be written"))
            return False
        return await may_write(self.app)

    def finding(self) -> Viewed | None:
        """The finding under the cursor; else that there is none is said."""
        chosen = self.chosen
        if isinstance(chosen, Viewed):
            return chosen
        self.say(t("Choose a finding first"))
        return None
