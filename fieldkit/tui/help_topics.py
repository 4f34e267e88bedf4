"""What F1 says of where the focus is: one paragraph for each place, page and widget."""

from __future__ import annotations

from typing import Any, Final

from textual.screen import Screen

from fieldkit.say import mark
from fieldkit.tui.screens.place import Place

TOPICS: Final = {
    "desk": mark(
        "The Desk: whom to see next, how full the matrix is, what waits. The arrows choose a respondent, "
        "Enter goes to the interview. Letters are keys here."
    ),
    "desk.typing": mark("A line to type in: Enter takes what you typed, Esc puts it away unchanged."),
    "interview.consent": mark(
        "Statement and consent: read the statement aloud, then say for each person what was agreed to. "
        "Nothing waits for it: whoever starts talking early is noted at once, in the first item."
    ),
    "interview.notes": mark(
        "The notes: type what is said; it is saved as you type. Each paragraph is paraphrase until you mark "
        "it. A sign at the start of a paragraph says what it is: \" the official's own words, * your own "
        "note, ! a follow-up; Backspace takes the sign back. Tab goes to the value."
    ),
    "interview.choice": mark(
        "The value, by digits: each chooses an answer, 8 is don't know, 9 not applicable. A letter begins "
        "the notes, so that you can go on typing; Tab comes back."
    ),
    "interview.grid": mark(
        "The value, a grid: a digit answers the row and goes on to the next, Up and Down move, Backspace "
        "empties a row. A letter begins the notes; Tab comes back."
    ),
    "interview.entry": mark(
        "The value, typed: a number, a year, or a percentage such as 12, 10-15 or ~12 (an estimate). Enter "
        "gives it. What cannot be read is kept as a note, never thrown away."
    ),
    "interview.rank": mark(
        "The value, a ranking: digits rank the choices one after the other, = lets the next share the last "
        "place, - says none, Backspace takes the last one back."
    ),
    "interview.closing": mark(
        "The closing review: only what is still open. Enter goes to the item under the cursor; a digit says "
        "for all the rest why they were not asked. Typing goes to the notes of the last item."
    ),
    "coding.responses": mark(
        "The responses and documents to be coded. The arrows choose one, Enter goes to its words. The "
        "letters shown below the list filter it. `fieldkit import` takes documents in."
    ),
    "coding.passage": mark(
        "The words of a response or document. The arrows choose a passage, Space widens it; letters find a "
        "code for it, a digit repeats one of the last codes, F8 makes one of the words chosen. Everything is "
        "saved as it is given."
    ),
    "coding.codings": mark(
        "The codings of this response. The arrows choose one, Delete takes it away, Ctrl+E writes its memo, "
        "Enter goes to its words."
    ),
    "coding.chart": mark(
        "A cell of the chart: what one person holds on one evaluation question. A digit gives the position, "
        "a letter the basis; then type the summary. Left and Right change the question."
    ),
    "coding.typing": mark("A line to type in: Enter takes what you typed, Esc puts it away unchanged."),
    "hits": mark(
        "The places where the words stand, with what is around them and the codes they have. Space ticks "
        "one, a all of them; Enter then gives codes to those ticked, in one change, which Ctrl+Z takes back."
    ),
    "hits.typing": mark(
        "The words to find in answers and documents: Enter finds them, the arrow down goes to the places, "
        "Esc goes back to Coding."
    ),
    "chart": mark(
        "The whole chart: a line for each person, a column for each evaluation question. The arrows choose "
        "a cell; her passages stand below, beside the proposition. A digit gives the position, a letter the "
        "basis; then type the summary. Ctrl+N goes to the next that is empty or stale."
    ),
    "chart.typing": mark("A line to type in: Enter takes what you typed, Esc puts it away unchanged."),
    "codebook": mark(
        "The codebook: its tree, and what the code under the cursor says. Enter edits, n adds, m merges, s "
        "splits passage by passage, x retires or brings back. Each is one change, and Ctrl+Z takes it back."
    ),
    "codebook.typing": mark("A line to type in: Enter takes what you typed, Esc puts it away unchanged."),
    "differences": mark(
        "Where coders differ and nothing is decided yet: who gave what, with the words around. A digit takes "
        "that coder's, a all of them, 0 nobody's, o another code. Their own codings stay as they are, and "
        "agreement stays computed on them."
    ),
    "differences.typing": mark("A line to type in: Enter takes what you typed, Esc puts it away unchanged."),
    "waiting": mark(
        "Codings whose words were changed since, so that nobody but you can say where they stand: what they "
        "were given to, and what stands there now. k keeps one on the words it has now, x drops it, p lets "
        "you choose other words for it. Until then it counts where it stands."
    ),
    "waiting.typing": mark("A line to type in: Enter takes what you typed, Esc puts it away unchanged."),
    "findings": mark(
        "A table. The arrows move among its cells; what the cell rests on stands below it, and Enter shows "
        "the words themselves. The digits choose another kind of table."
    ),
    "words": mark("The words behind a figure: the responses it rests on, and the chosen one in full."),
    "history": mark(
        "What the answer was before, the newest first. Enter lets the chosen one be the answer again; what "
        "stands now is kept as well."
    ),
}
"""Where the focus is, to what can be said of it."""

_FORMS: Final = {
    "ChoiceForm": "choice",
    "GridForm": "grid",
    "EntryForm": "entry",
    "RankForm": "rank",
}
_TYPED_IN: Final = ("Input", "FormField", "CodingInput")


def topic(screen: Screen[Any]) -> str | None:
    """What can be said of where the focus is, in English; None where there is nothing of its own to say.

    Args:
        screen: the screen that help is wanted on.
    """
    if not isinstance(screen, Place):
        return None
    scope = screen.scopes[0]
    focused = screen.focused
    kind = type(focused).__name__
    detail = (focused.id or "") if focused is not None else ""
    if scope == "interview":
        page = getattr(screen, "page", "item")
        form = _FORMS.get(type(getattr(focused, "form", None)).__name__)
        detail = page if page != "item" else form or "notes"
    elif kind in _TYPED_IN:
        detail = "typing"
    return TOPICS.get(f"{scope}.{detail}", TOPICS.get(scope))
