"""The notes: where what is said is typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
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

from fieldkit.records.responses import NO_ATTRIBUTION
from fieldkit.study.marks import NOTE, PARAPHRASE, VERBATIM, Mark, Numbered, is_marked, with_mark
from fieldkit.text import normalise
from fieldkit.tui.widgets.keys import run_bound_action, taken_by_screen
from fieldkit.tui.widgets.notes_document import Marks, NotesDocument
from fieldkit.tui.widgets.notes_edit import NotesEdit, NotesHistory, marks_edit
from fieldkit.tui.widgets.notes_marks import MarkKeys
from fieldkit.tui.widgets.notes_signs import GUTTER, sign_of
from fieldkit.tui.widgets.notes_wrap import NotesWrap
from fieldkit.tui.widgets.row_painting import RowPainting

KINDS: Final = (PARAPHRASE, VERBATIM, NOTE)
"""The kinds of a paragraph, in the order in which one key goes through them."""

_UNTYPEABLE: Final = ("Cc", "Cs")


class Notes(RowPainting):
    """A text area for notes: each line is a paragraph with its kind, its time and its speaker.

    What a paragraph is can be typed at its start, as marks; they show as signs at the left.

    Every character that a keyboard or an input method sends is taken, and shown; control characters
    in pasted or stored text are kept, and drawn as visible symbols.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float | None] | None = None,
        placeholder: str | Content = "",
        marks: bool = True,
        id: str | None = None,  # noqa: A002  # the name Textual gives it
    ) -> None:
        """Make the widget, empty.

        Args:
            clock: tells the seconds since the interview began, or None while it has not.
            placeholder: shown while there are no notes.
            marks: whether signs at the start of a paragraph are marks; else they are text.
            id: the widget's id.
        """
        self._clock = clock
        self._loading: Iterable[Mapping[str, Any]] = ()
        self._takes_marks = marks
        self._mark_keys = MarkKeys(self)
        self._gutter = (-1, GUTTER)
        super().__init__(
            placeholder=placeholder,
            id=id,
            highlight_cursor_line=False,
        )
        self.match_cursor_bracket = False
        self.history = NotesHistory(max_checkpoints=200, checkpoint_timer=2.0, checkpoint_max_characters=100)

    @property
    def paragraphs(self) -> list[dict[str, Any]]:
        """The notes as an answer keeps them."""
        return self._notes.paragraphs()

    @property
    def mark(self) -> Marks:
        """All that the paragraph the cursor is in has beside its text."""
        return self.marks[self.cursor_location[0]]

    @property
    def marks(self) -> Sequence[Marks]:
        """The same of each paragraph."""
        return self._notes.marks

    @property
    def marked(self) -> int:
        """How often what marks say changed: another number says that it may be something else."""
        return self._notes.marked

    @property
    def numbered(self) -> Numbered:
        """What the numbers in marks stand for."""
        return self._mark_keys.numbered

    @property
    def remark(self) -> str | None:
        """Why the last key made no mark where it looked like one, or None."""
        return self._mark_keys.remark

    @property
    def attributable(self) -> bool:
        """Whether the paragraph the cursor is in may be attributed."""
        return self.mark.get("attribution") != NO_ATTRIBUTION

    @property
    def gutter_width(self) -> int:
        """Cells at the left that hold no text: as many as the signs need."""
        changed, width = self._gutter
        if changed != self.marked:
            width = max(GUTTER, *(len(sign_of(mark, self.numbered)) + 1 for mark in self.marks))
            self._gutter = (self.marked, width)
        return width

    def load(self, paragraphs: Iterable[Mapping[str, Any]], numbered: Numbered | None = None) -> None:
        """Show other notes, the cursor at their end; what could be undone before no longer can.

        Args:
            paragraphs: the notes.
            numbered: what numbers in marks stand for from now on; None leaves that.
        """
        self._mark_keys.forget()
        self._mark_keys.numbered = numbered or self._mark_keys.numbered
        self._gutter = (-1, GUTTER)
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

    def next_kind(self) -> None:
        """Make the cursor's paragraph verbatim, then a note, then paraphrase again; can be undone."""
        if self.read_only:
            return
        at = KINDS.index(self.mark.get("kind", PARAPHRASE))
        mark = with_mark(self.mark, Mark("kind", KINDS[(at + 1) % len(KINDS)]))
        self.edit(marks_edit(self.cursor_location[0], mark))

    def toggle_attribution(self) -> None:
        """Let the cursor's paragraph be analysed and never quoted, or quoted again; can be undone."""
        if self.read_only:
            return
        without = {name: value for name, value in self.mark.items() if name != "attribution"}
        mark = {**without, "attribution": NO_ATTRIBUTION} if self.attributable else without
        self.edit(marks_edit(self.cursor_location[0], mark))

    def finish_mark(self) -> None:
        """Complete the mark that is being typed, if one is: what comes next is not typed here."""
        self._mark_keys.finish()

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
        """Apply a key here and now: a mark, text, a line break, or one of the text area's own keys.

        Returns:
            Whether it was one for here.
        """
        self._restart_blink()
        if self.read_only:
            return await run_bound_action(self, event.key)
        if event.key == "enter" or is_text(event.character):
            typed = "\n" if event.key == "enter" else event.character or ""
            if not (self._takes_marks and self._mark_keys.take(typed)):
                self.type_text(typed)
        elif event.key != "backspace":
            self.finish_mark()
            return await run_bound_action(self, event.key)
        elif not self._mark_keys.take_back():
            return await run_bound_action(self, event.key)
        return True

    def render_line(self, y: int) -> Strip:
        """One row; where there are no words yet, the signs of marks stand in place of the placeholder."""
        empty = self.document.line_count == 1 and not self.document.get_line(0)
        return self._render_line(y) if empty and is_marked(self.marks[0]) else super().render_line(y)

    async def _on_key(self, event: events.Key) -> None:
        # All text is taken here: the text area itself drops no-break spaces and joiners.
        if not await taken_by_screen(self, event) and await self.take_key(event):
            event.stop()
        event.prevent_default()

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.type_text(event.text)

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
        self.refresh()

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
        width = self.gutter_width
        sign = sign_of(self.marks[line_index], self.numbered) if start == 0 else ""
        gutter = Strip([Segment(f"{sign:<{width}}", base)], cell_length=width)
        words = Strip(text.render(self.app.console), cell_length=text.cell_len)
        words = words.extend_cell_length(self.scrollable_content_region.width - width, base)
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
