"""What stands under the words: the passage chosen, what it speaks to, and the recent codes on digits."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from typing import Final

from textual.content import Content
from textual.widgets import Static

from fieldkit.say import mark, t
from fieldkit.study.errors import StudyError
from fieldkit.study.study import Study
from fieldkit.text import visible_line
from fieldkit.tui.literal import literal_line, phrase

QUOTE_SHOWN: Final = 30
"""Characters of a passage that are told of it; of a longer one its beginning and its end."""

HINT: Final = mark(
    "In the words: letters find a code, digits repeat one; arrows choose, Space widens. Tab: panes"
)


class Recent:
    """The codes given last, each on a digit that it keeps as long as it has one."""

    SLOTS: Final = 9

    def __init__(self) -> None:
        self.slots: list[str] = []
        self._order: list[str] = []

    def use(self, code: str) -> None:
        """Note that a code was given: it takes a free digit, else that of the code not given longest."""
        if code not in self.slots:
            if len(self.slots) < self.SLOTS:
                self.slots.append(code)
            else:
                self.slots[self.slots.index(self._order.pop(0))] = code
        if code in self._order:
            self._order.remove(code)
        self._order.append(code)

    def on(self, digit: str) -> str | None:
        """The code on a digit, or None."""
        place = int(digit) - 1
        return self.slots[place] if 0 <= place < len(self.slots) else None


class CodingBench(Static):
    """The passage, the evaluation questions, the recent codes."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # the name Textual gives it
        """Make it, empty."""
        super().__init__(id=id)
        self._passage: str | None = None
        self._side = ""
        self._questions: Sequence[str] = ()
        self._recent: Sequence[str] = ()
        self._memos: Sequence[str] = ()
        self._document = False

    def show(
        self,
        passage: str | None,
        side: str,
        questions: Sequence[str],
        recent: Sequence[str],
        memos: Sequence[str] = (),
        *,
        document: bool = False,
    ) -> None:
        """Show where one is.

        Args:
            passage: the words chosen; None is the whole response or document.
            side: which end of the passage moves.
            questions: what is given now speaks to these.
            recent: ids of the codes on the digits from 1.
            memos: those of the codings on the passage.
            document: whether it is a document that is read.
        """
        self._passage, self._side, self._questions, self._recent = passage, side, questions, recent
        self._memos, self._document = memos, document
        self._redraw()

    def on_resize(self) -> None:
        """Use the width there is."""
        self._redraw()

    def _redraw(self) -> None:
        width = self.size.width
        chosen = phrase("[b]Whole document[/]") if self._document else phrase("[b]Whole response[/]")
        if self._passage is not None:
            quote = shorten(self._passage, max(12, width - 24))
            chosen = (
                phrase("[b]Passage[/] “$quote”  [dim]start moves[/]", quote=quote)
                if self._side == "start"
                else phrase("[b]Passage[/] “$quote”  [dim]end moves[/]", quote=quote)
            )
        told = ", ".join(self._questions) or t("no evaluation question")
        digits = [
            phrase("[b]$digit[/] $code", digit=digit, code=code)
            for digit, code in enumerate(self._recent, start=1)
        ]
        memos = [phrase("[b]Memo[/] $memo", memo=shorten(memo, max(12, width - 6))) for memo in self._memos]
        rows = [chosen, phrase("[b]For[/] $questions", questions=told), *memos[:2], *in_rows(digits, width)]
        self.update(Content("\n").join(rows))


class CodingSaid(Static):
    """One line: what was done last."""

    def say(self, text: str) -> None:
        """Show what was done."""
        self.update(literal_line(text))


def recent_codes(study: Study) -> Recent:
    """The codes that the author gave last, from earlier sittings."""
    recent = Recent()
    rows = study.rows("codings").values()
    mine = [row["code"] for row in rows if row.get("coder") == study.author and row.get("code")]
    for code in reversed(list(dict.fromkeys(reversed(mine)))[: Recent.SLOTS]):
        recent.use(code)
    return recent


def code_names(study: Study, codes: Iterable[str], language: str) -> list[str]:
    """The names of codes; a code that the codebook lacks is named by its id."""
    # Without a codebook, which the Desk complains of, what is coded can still be read.
    known: dict[str, str] = {}
    with contextlib.suppress(StudyError):
        known = {code.id: code.name.get(language) for code in study.codebook.codes}
    return [known.get(code, code) for code in codes]


def shorten(text: str, most: int = QUOTE_SHOWN) -> str:
    """A text on one line, its middle left out where it is long."""
    line = visible_line(text)
    return line if len(line) <= most else f"{line[: most // 2]} … {line[-most // 2 + 3 :]}"


def in_rows(entries: Sequence[Content], width: int) -> list[Content]:
    """Entries side by side in rows of a width in cells, none of them broken."""
    rows: list[Content] = []
    for entry in entries:
        if rows and rows[-1].cell_length + 2 + entry.cell_length <= width:
            rows[-1] = rows[-1] + Content("  ") + entry
        else:
            rows.append(entry)
    return rows
