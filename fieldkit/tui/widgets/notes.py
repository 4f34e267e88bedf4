"""The notes: where what is said is typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, cast

from rich.segment import Segment
from rich.text import Text
from textual import events
from textual.content import Content
from textual.document._document import EditResult, Location
from textual.document._document_navigator import DocumentNavigator
from textual.document._edit import Edit
from textual.geometry import Offset
from textual.strip import Strip
from textual.widgets import TextArea

from fieldkit.records.responses import NO_ATTRIBUTION
from fieldkit.text import normalise
from fieldkit.tui.widgets.keys import run_bound_action, taken_by_screen
from fieldkit.tui.widgets.notes_document import PARAPHRASE, VERBATIM, Mark, NotesDocument, NotesEdit
from fieldkit.tui.widgets.notes_wrap import NotesWrap

SIGNS: Final[Mapping[str, str]] = {VERBATIM: "\u201c", "note": "*"}
"""The sign at the left of a paragraph of each kind; paraphrase has none."""

UNATTRIBUTED: Final = "\u00f8"
"""The sign before it where the paragraph is not for attribution."""

GUTTER: Final = 2
"""Cells at the left for the sign."""

_UNTYPEABLE: Final = ("Cc", "Cs")


class Notes(TextArea):
    """A text area for notes: each line is a paragraph with its kind, its time and its speaker.

    Every character that a keyboard or an input method sends is taken, and shown; control characters
    in pasted or stored text are kept, and drawn as visible symbols.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float | None] | None = None,
        placeholder: str | Content = "",
        id: str | None = None,  # noqa: A002  # the name Textual gives it
    ) -> None:
        """Make the widget, empty.

        Args:
            clock: tells the seconds since the interview began, or None while it has not.
            placeholder: shown while there are no notes.
            id: the widget's id.
        """
        self._clock = clock
        self._loading: Iterable[Mapping[str, Any]] = ()
        super().__init__(
            placeholder=placeholder,
            id=id,
            highlight_cursor_line=False,
            max_checkpoints=200,
        )
        self.match_cursor_bracket = False

    @property
    def paragraphs(self) -> list[dict[str, Any]]:
        """The notes as an answer keeps them."""
        return self._notes.paragraphs()

    @property
    def kind(self) -> str:
        """The kind of the paragraph the cursor is in."""
        return str(self._notes.marks[self.cursor_location[0]].get("kind", PARAPHRASE))

    @property
    def attributable(self) -> bool:
        """Whether the paragraph the cursor is in may be attributed."""
        return self._notes.marks[self.cursor_location[0]].get("attribution") != NO_ATTRIBUTION

    @property
    def gutter_width(self) -> int:
        """Cells at the left that hold no text."""
        return GUTTER

    def load(self, paragraphs: Iterable[Mapping[str, Any]]) -> None:
        """Show other notes, the cursor at their end; what could be undone before no longer can."""
        self._loading = paragraphs
        self.history.clear()
        self._set_document("", None)
        self.move_cursor(self.document.end)

    def type_text(self, text: str) -> None:
        """Put in a text at the cursor as if it had been typed or pasted.

        It is brought into its stored form together with what stands before the cursor: a combining
        character joins the letter it belongs to.
        """
        if self.read_only:
            return
        text = normalise(text).text
        start, end = sorted(self.selection)
        row, column = start
        before = self.document.get_line(row)[:column]
        joined = _composing_tail(before, text[0]) if text and before else ""
        self._replace_via_keyboard(joined + text, (row, column - len(joined)), end)

    def toggle_kind(self, kind: str = VERBATIM) -> None:
        """Make the cursor's paragraph of a kind, or paraphrase again; can be undone."""
        if self.read_only:
            return
        mark = self._notes.marks[self.cursor_location[0]]
        self._mark({**mark, "kind": PARAPHRASE if mark.get("kind") == kind else kind})

    def toggle_attribution(self) -> None:
        """Let the cursor's paragraph be analysed and never quoted, or quoted again; can be undone."""
        if self.read_only:
            return
        mark = self._notes.marks[self.cursor_location[0]]
        without = {name: value for name, value in mark.items() if name != "attribution"}
        self._mark({**without, "attribution": NO_ATTRIBUTION} if self.attributable else without)

    def edit(self, edit: Edit) -> EditResult:
        """Do an edit so that undoing it restores the marks of its lines."""
        if not isinstance(edit, NotesEdit):
            edit = NotesEdit(edit.text, edit.from_location, edit.to_location, edit.maintain_selection_offset)
        return super().edit(edit)

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Whether a key is text here."""
        return not self.read_only and is_text(character)

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """None: brackets are plain text in notes, and looking for a partner would take long."""
        return None

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Scroll to the cursor; not while an edit is half done and it stands outside the text."""
        if self.cursor_location[0] >= len(self.wrapped_document._wrap_offsets):
            return Offset(0, 0)
        return super().scroll_cursor_visible(center, animate)

    async def take_key(self, event: events.Key) -> bool:
        """Apply a key here and now: text, a line break, or one of the text area's own keys.

        Returns:
            Whether it was one for here.
        """
        self._restart_blink()
        if not self.read_only and event.key == "enter":
            self.type_text("\n")
        elif not self.read_only and is_text(event.character):
            self.type_text(event.character or "")
        else:
            return await run_bound_action(self, event.key)
        return True

    async def _on_key(self, event: events.Key) -> None:
        # All text is taken here: the text area itself drops no-break spaces and joiners.
        if not await taken_by_screen(self, event) and await self.take_key(event):
            event.stop()
        event.prevent_default()

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.type_text(event.text)

    def _mark(self, mark: Mark) -> None:
        """Give the cursor's paragraph another mark, as an edit."""
        row = self.cursor_location[0]
        line = self.document.get_line(row)
        self.edit(NotesEdit(line, (row, 0), (row, len(line)), True, marks_after=[mark]))

    @property
    def _notes(self) -> NotesDocument:
        return cast(NotesDocument, self.document)

    def _set_document(self, text: str, language: str | None) -> None:
        document = NotesDocument(self._loading, self._clock)
        self._loading = ()
        if text:
            document.replace_range((0, 0), document.end, text)
        self._highlight_query = None
        self.document = document
        self.wrapped_document = NotesWrap(document.shown, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._build_highlight_map()
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def _render_line(self, y: int) -> Strip:
        """One row: only its own part of the line is drawn, however long the line is."""
        base = self._theme.base_style or self.rich_style
        wrapped = cast(NotesWrap, self.wrapped_document)
        found = wrapped.row_at(y + self.scroll_offset.y)
        if found is None:
            return Strip.blank(self.size.width, base)
        line_index, start, end, last = found
        text = Text(
            wrapped.document.get_line(line_index)[start:end] + (" " if last else ""), end="", no_wrap=True
        )
        self._draw_selection(text, line_index, start, last)
        cursor_row, cursor_column = self.selection.end
        within = start <= cursor_column < end or (last and cursor_column == end)
        if cursor_row == line_index and within and self._draw_cursor and self._theme.cursor_style:
            text.stylize(self._theme.cursor_style, cursor_column - start, cursor_column - start + 1)
        sign = _sign(self._notes.marks[line_index]) if start == 0 else ""
        gutter = Strip([Segment(f"{sign:<{GUTTER}}", base)], cell_length=GUTTER)
        words = Strip(text.render(self.app.console), cell_length=text.cell_len)
        words = words.extend_cell_length(self.scrollable_content_region.width - GUTTER, base)
        return Strip.join([gutter, words]).apply_style(base)

    def _draw_selection(self, text: Text, line_index: int, start: int, last: bool) -> None:
        (top, left), (bottom, right) = sorted(self.selection)
        style = self._theme.selection_style
        if style is None or self.selection.is_empty or not top <= line_index <= bottom:
            return
        first = left - start if line_index == top else 0
        final = right - start if line_index == bottom else len(text)
        if final > 0:
            text.stylize(style, max(0, first), final)


def reading_sign(kind: str | None, text: str, attribution: str | None = None) -> str:
    """The sign of a paragraph where it is read: none beside words that bring quotation marks of their own."""
    words = text.strip()
    quoted = any(words.startswith(first) and words.endswith(last) for first, last in ("“”", "«»", '""'))
    return _sign({"kind": None if quoted and kind == VERBATIM else kind, "attribution": attribution})


def _sign(mark: Mark) -> str:
    """The sign of a paragraph: whether it may be attributed, then its kind, next to the words."""
    kind = SIGNS.get(str(mark.get("kind")), "")
    return f"{UNATTRIBUTED}{kind}" if mark.get("attribution") == NO_ATTRIBUTION else kind


def is_text(character: str | None) -> bool:
    """Whether a character is text; `str.isprintable` says no to no-break spaces and joiners."""
    return character is not None and all(unicodedata.category(part) not in _UNTYPEABLE for part in character)


def _composing_tail(before: str, following: str) -> str:
    """The end of a text with which what follows may compose: the last letter and its marks."""
    start = len(before) - 1
    while start > 0 and unicodedata.combining(before[start]):
        start -= 1
    tail = before[start:]
    return tail if unicodedata.normalize("NFC", tail + following) != tail + following else ""
