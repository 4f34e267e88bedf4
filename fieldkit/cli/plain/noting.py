"""Words that come in lines, kept as paragraphs: drafted while they are typed, where that can be known."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any, Final

from fieldkit.cli.plain.marks import paragraph_of
from fieldkit.records.responses import ResponseKey
from fieldkit.study.conduct import Conduct
from fieldkit.study.marks import PARAPHRASE, Numbered
from fieldkit.study.memo import MEMO
from fieldkit.study.steps import numbered_for

AUTOSAVE_S: Final = 0.6
"""Seconds between looks at what is typed and not on disk yet."""


class Noting:
    """The line being typed, and the answer that it will be a paragraph of.

    Attributes:
        remarks: of the line last taken over, one for each number in a mark that stands for nothing.
    """

    def __init__(self, conduct: Conduct) -> None:
        self._conduct = conduct
        self._key = conduct.current
        self._before: list[dict[str, Any]] = []
        self.remarks: list[str] = []

    def await_line(self, key: ResponseKey) -> None:
        """Say which answer the next line of words belongs to."""
        self._key = key
        self._before = list(self._conduct.answer(key).paragraphs)

    def typing(self, text: str) -> None:
        """Take over the words of a line as far as they are typed; the clock runs from the first of them.

        Raises:
            StoreError: the clock could not be started; the words are taken over all the same.
        """
        try:
            # A memo may be written long after, and a completed interview stays so.
            if self._key != MEMO and self._conduct.interview.state in ("planned", "paused"):
                self._conduct.start()
        finally:
            self._conduct.type_notes(self._key, [*self._before, self._paragraph(text)])

    def withdraw(self) -> None:
        """What was typed became no words after all: let the notes be as they were."""
        if self._conduct.answer(self._key).paragraphs != self._before:
            self._conduct.type_notes(self._key, self._before)

    def keep(self, line: str) -> None:
        """Keep a line as a paragraph; it is on disk when this returns, or `Conduct.failure` says why not."""
        try:
            self.typing(line)
        finally:
            self._conduct.autosave()
            self._conduct.keep_refused()

    @contextlib.contextmanager
    def drafting(self) -> Iterator[None]:
        """Draft what is being typed about once a second, in a thread of its own."""
        ended = threading.Event()

        def look_after() -> None:
            while not ended.wait(AUTOSAVE_S):
                self._conduct.autosave()

        thread = threading.Thread(target=look_after, name="drafting", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _paragraph(self, line: str) -> dict[str, Any]:
        if self._key == MEMO:
            # It is kept as words alone: a mark would be lost.
            self.remarks = []
            return {"text": line, "kind": PARAPHRASE}
        paragraph, self.remarks = paragraph_of(line, self._numbered())
        if self._conduct.interview.sittings:
            paragraph["offset_s"] = round(self._conduct.elapsed_s(), 1)
        return paragraph

    def _numbered(self) -> Numbered:
        """What numbers in marks stand for under the answer that words go to."""
        steps = self._conduct.steps()
        step = next((each for each in steps if each.key == self._key), None)
        return numbered_for(step, steps, self._conduct.respondents) if step is not None else Numbered()
