"""The notes widget: every character typed is kept, marks follow words, nothing typed ends the app."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual import events
from textual.app import App, ComposeResult
from textual.document._document import Document
from textual.document._wrapped_document import WrappedDocument

from fieldkit.tui.widgets import notes_wrap
from fieldkit.tui.widgets.notes import Notes
from fieldkit.tui.widgets.notes_document import NotesDocument
from fieldkit.tui.widgets.notes_edit import NotesEdit
from fieldkit.tui.widgets.notes_wrap import NotesWrap


class NotesApp(App[None]):
    clock = 0.0

    def compose(self) -> ComposeResult:
        yield Notes(clock=lambda: self.clock, id="notes")

    @property
    def notes(self) -> Notes:
        return self.query_one(Notes)


def texts(notes: Notes) -> list[str]:
    return [paragraph["text"] for paragraph in notes.paragraphs]


def kinds(notes: Notes) -> list[str]:
    return [paragraph["kind"] for paragraph in notes.paragraphs]


async def type_characters(pilot, text: str) -> None:
    """Send characters as a terminal's driver does: one key event for each, named or not."""
    for character in text:
        key = "enter" if character == "\n" else character
        pilot.app.post_message(events.Key(key, None if character == "\n" else character))
    await pilot.pause()


def rows(app: App[None]) -> list[str]:
    return ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]


FRENCH = "Oui : « C’est\u00a0là\u202f! », dit-elle [rire] à 10\u00a0%\u202f: [/fin] œuvre, État, ç"
PERSIAN = "می\u200cخواهم نامه\u200dای"
EMOJI = "👩\u200d👩\u200d👧 👍🏽"


@pytest.mark.parametrize(
    "text", [FRENCH, PERSIAN, EMOJI, "[bold]x[/bold] [/] [Q3] [sic]", "\u00ad\u200b\u2060"]
)
async def test_every_character_typed_is_kept(text: str) -> None:
    async with NotesApp().run_test() as pilot:
        await type_characters(pilot, text)
        assert pilot.app.notes.text == unicodedata.normalize("NFC", text)


async def test_combining_characters_join_the_letter_before_them() -> None:
    async with NotesApp().run_test() as pilot:
        await type_characters(pilot, unicodedata.normalize("NFD", "déjà ở Việt Nam, ça q\u0323\u0302"))
        assert pilot.app.notes.text == unicodedata.normalize("NFC", "déjà ở Việt Nam, ça q\u0323\u0302")


async def test_hangul_letters_compose() -> None:
    async with NotesApp().run_test() as pilot:
        await type_characters(pilot, unicodedata.normalize("NFD", "한국"))
        assert pilot.app.notes.text == "한국"


async def test_pasted_text_takes_its_stored_form() -> None:
    async with NotesApp().run_test() as pilot:
        await type_characters(pilot, "e")
        pilot.app.notes.post_message(events.Paste("\u0301tat\r\nune\u2028deux\x0btrois"))
        await pilot.pause()
        assert texts(pilot.app.notes) == ["état", "une", "deux", "trois"]


HOSTILE = "\x1b[2J\x1b]0;title\x07 nul\x00 \x9b31m \u202eevil\u2066 tab\t. \x7f"


async def test_control_characters_are_kept_and_drawn_as_symbols() -> None:
    async with NotesApp().run_test(size=(60, 6)) as pilot:
        pilot.app.notes.post_message(events.Paste(HOSTILE))
        await pilot.pause()
        assert pilot.app.notes.text == HOSTILE
        drawn = "\n".join(rows(pilot.app))
        assert "␛[2J␛]0;title␇ nul␀ ␦31m ⇄evil⇄ tab . ␡" in drawn
        assert not any(
            unicodedata.category(character) in ("Cc", "Cf") for character in drawn if character != "\n"
        )


async def test_the_cursor_counts_visible_symbols() -> None:
    """A control character takes a cell, so the cursor stands where the next letter will appear."""
    async with NotesApp().run_test(size=(60, 6)) as pilot:
        pilot.app.notes.post_message(events.Paste("\x1b\x1b\x1bab"))
        await pilot.pause()
        x, _ = pilot.app.notes.cursor_screen_offset
        left = rows(pilot.app)[1].index("␛")
        assert x - left == 5


async def test_undo_after_pasting_past_the_screen() -> None:
    """Textual's own text area ends the app with a ValueError here."""
    async with NotesApp().run_test(size=(40, 8)) as pilot:
        pilot.app.notes.post_message(events.Paste("\n".join(f"line {number}" for number in range(60))))
        await pilot.pause()
        await pilot.press("ctrl+z")
        assert pilot.app.notes.text == ""
        await pilot.press("ctrl+y")
        assert pilot.app.notes.text.endswith("line 59")
        await pilot.press("ctrl+z", "a")
        assert pilot.app.notes.text == "a"


async def test_typing_and_taking_back_many_lines() -> None:
    async with NotesApp().run_test(size=(20, 6)) as pilot:
        await type_characters(pilot, "\n".join(f"{number} words that wrap" for number in range(45)))
        whole = pilot.app.notes.text
        for _ in range(200):
            pilot.app.notes.undo()
        assert pilot.app.notes.text == ""
        for _ in range(200):
            pilot.app.notes.redo()
        await pilot.pause()
        assert pilot.app.notes.text == whole


async def test_random_editing_never_ends_the_app() -> None:
    chooser = random.Random(5)
    keys = [
        "enter",
        "backspace",
        "delete",
        "ctrl+z",
        "ctrl+y",
        "ctrl+k",
        "ctrl+u",
        "up",
        "down",
        "home",
        "end",
    ]
    keys += ["shift+up", "ctrl+w", "pageup", "pagedown", "a", "é", " ", "[", "f7"]
    async with NotesApp().run_test(size=(24, 7)) as pilot:
        pilot.app.notes.load([{"text": "word " * 30, "kind": "verbatim"}, {"text": "x", "kind": "note"}])
        for _ in range(60):
            for key in chooser.choices(keys, k=6):
                pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
            await pilot.pause()
            assert len(pilot.app.notes.document.marks) == pilot.app.notes.document.line_count


async def test_a_split_copies_and_a_join_keeps_the_first() -> None:
    async with NotesApp().run_test() as pilot:
        notes = pilot.app.notes
        notes.load([{"text": "said so", "kind": "verbatim", "offset_s": 12.0, "respondent": "r1"}])
        notes.move_cursor((0, 4))
        await pilot.press("enter")
        assert notes.paragraphs == [
            {"text": "said", "kind": "verbatim", "offset_s": 12.0, "respondent": "r1"},
            {"text": " so", "kind": "verbatim", "offset_s": 12.0, "respondent": "r1"},
        ]
        notes.load([{"text": "mine", "kind": "note"}, {"text": " hers", "kind": "verbatim"}])
        notes.move_cursor((1, 0))
        await pilot.press("backspace")
        assert kinds(notes) == ["note", "paraphrase"], "first the mark is taken back"
        await pilot.press("backspace")
        assert notes.paragraphs == [{"text": "mine hers", "kind": "note"}]


async def test_a_paragraph_begun_after_a_quote_is_paraphrase() -> None:
    async with NotesApp().run_test() as pilot:
        notes = pilot.app.notes
        notes.load([{"text": "her words", "kind": "verbatim"}])
        pilot.app.clock = 61.25
        await pilot.press("enter", "m", "y")
        assert notes.paragraphs[1] == {"text": "my", "kind": "paraphrase", "offset_s": 61.2}


async def test_pasted_paragraphs_inside_a_quote_are_never_verbatim() -> None:
    async with NotesApp().run_test() as pilot:
        notes = pilot.app.notes
        notes.load([{"text": "one two", "kind": "verbatim"}])
        notes.move_cursor((0, 3))
        notes.type_text("x\nnew\ny")
        assert texts(notes) == ["onex", "new", "y two"]
        assert kinds(notes) == ["verbatim", "paraphrase", "verbatim"]


async def test_undo_restores_the_marks_of_what_was_deleted() -> None:
    before = [{"text": "hers", "kind": "verbatim", "offset_s": 3.0}, {"text": "mine", "kind": "note"}]
    async with NotesApp().run_test() as pilot:
        notes = pilot.app.notes
        notes.load(before)
        await pilot.press("f7", "x")
        assert kinds(notes) == ["paraphrase"]
        await pilot.press("ctrl+z")
        assert notes.paragraphs == before
        await pilot.press("ctrl+y")
        assert kinds(notes) == ["paraphrase"]


async def test_one_key_goes_through_the_kinds_and_is_taken_back() -> None:
    async with NotesApp().run_test(size=(40, 6)) as pilot:
        notes = pilot.app.notes
        await type_characters(pilot, "her words")
        notes.next_kind()
        await pilot.pause()
        assert kinds(notes) == ["verbatim"]
        assert any("“ her words" in row for row in rows(pilot.app))
        await pilot.press("ctrl+z")
        assert kinds(notes) == ["paraphrase"]
        seen = []
        for _ in range(3):
            notes.next_kind()
            seen += kinds(notes)
        assert seen == ["verbatim", "note", "paraphrase"]


async def test_an_empty_paragraph_takes_a_kind_before_its_words() -> None:
    async with NotesApp().run_test() as pilot:
        pilot.app.notes.next_kind()
        await pilot.press("h", "i")
        assert pilot.app.notes.paragraphs == [{"text": "hi", "kind": "verbatim", "offset_s": 0.0}]


async def test_blanks_alone_are_no_notes() -> None:
    async with NotesApp().run_test() as pilot:
        await pilot.press("space", "enter", "space")
        assert pilot.app.notes.paragraphs == []


async def test_read_only_notes_take_nothing() -> None:
    async with NotesApp().run_test() as pilot:
        pilot.app.notes.load([{"text": "kept", "kind": "paraphrase"}])
        pilot.app.notes.read_only = True
        await pilot.press("x", "enter", "backspace")
        pilot.app.notes.post_message(events.Paste("no"))
        pilot.app.notes.next_kind()
        await pilot.pause()
        assert pilot.app.notes.paragraphs == [{"text": "kept", "kind": "paraphrase"}]


async def test_200_kilobytes_in_one_line() -> None:
    long = ("mot " * 50_000)[:200_000]
    async with NotesApp().run_test(size=(80, 24)) as pilot:
        pilot.app.notes.post_message(events.Paste(long))
        await pilot.pause()
        await type_characters(pilot, "fin")
        pilot.app.notes.move_cursor((0, 100_000))
        await type_characters(pilot, "XYZ")
        assert pilot.app.notes.text == long[:100_000] + "XYZ" + long[100_000:] + "fin"
        assert any("XYZ" in row for row in rows(pilot.app))


WORDS = st.text(alphabet=st.sampled_from("ab é  字\u0301"), max_size=60)


@settings(max_examples=60, deadline=None)
@given(
    start=st.text(alphabet="abcd e 字", min_size=40, max_size=400),
    edits=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 25), WORDS), max_size=6),
    width=st.integers(4, 30),
)
def test_wrapping_part_of_a_line_wraps_as_the_whole(start: str, edits, width: int) -> None:
    """Against the base class wrapping everything afresh."""
    previous = notes_wrap.LONG_LINE, notes_wrap._PIECE
    notes_wrap.LONG_LINE, notes_wrap._PIECE = 20, 128
    try:
        document = Document("above\n" + start + "\nbelow")
        wrapped = NotesWrap(document, width)
        for place, removed, added in edits:
            line = document[1]
            left = int(place * len(line))
            right = min(len(line), left + removed)
            end = document.replace_range((1, left), (1, right), added).end_location
            wrapped.wrap_range((1, left), (1, right), end)
            whole = WrappedDocument(document, width)
            assert wrapped._wrap_offsets == whole._wrap_offsets
            assert wrapped._offset_to_line_info == whole._offset_to_line_info
            assert wrapped._line_index_to_offsets == whole._line_index_to_offsets
    finally:
        notes_wrap.LONG_LINE, notes_wrap._PIECE = previous


LOCATION = st.tuples(st.integers(0, 9), st.integers(0, 30))


class _TextArea:
    """As much of a text area as an edit needs."""

    def __init__(self, document: NotesDocument) -> None:
        self.document = document
        self.selection = ((0, 0), (0, 0))


@given(
    st.lists(st.tuples(WORDS, st.sampled_from(["verbatim", "note"])), min_size=1, max_size=5),
    st.lists(st.tuples(LOCATION, LOCATION, st.sampled_from(["", "x", "\n", "a\nb", "a\n\nb\n"])), max_size=8),
)
def test_undoing_every_edit_restores_words_and_marks(lines, edits) -> None:
    document = NotesDocument({"text": text, "kind": kind} for text, kind in lines)
    before = (list(document.lines), list(document.marks), list(document.shown.lines))
    area = _TextArea(document)
    done = []
    for start, end, text in edits:
        places = [(min(row, document.line_count - 1), column) for row, column in (start, end)]
        places = [(row, min(column, len(document[row]))) for row, column in places]
        edit = NotesEdit(text, *places, True)
        edit.do(area)
        done.append(edit)
        assert len(document.marks) == document.line_count == document.shown.line_count
    for edit in reversed(done):
        edit.undo(area)
    assert (document.lines, document.marks, document.shown.lines) == before
