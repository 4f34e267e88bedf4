"""What can be done in Coding, in the whole chart, and with passages under each other."""

from __future__ import annotations

from typing import Final

from fieldkit.tui.action import Action

CODING: Final[tuple[Action, ...]] = (
    Action(
        "coding", "next_response(1)", ("ctrl+n",), "Next", "Go to the next response of the list", footer=True
    ),
    Action("coding", "next_response(-1)", ("ctrl+r",), "Back", "Go to the response before"),
    Action(
        "coding",
        "go_on",
        ("enter",),
        "Code",
        "Read; then, in the words: list all codes (letters find one, digits repeat one)",
    ),
    Action("coding", "widen", ("space",), "Wider", "Choose what is around: word, sentence, paragraph, all"),
    Action("coding", "narrow", ("backspace",), "Narrower", "Choose what was chosen before widening"),
    Action(
        "coding", "sideways(1)", ("right",), "Word", "Choose the next word; in the chart the next question"
    ),
    Action("coding", "sideways(-1)", ("left",), "Word before", "Choose the word, or the question, before"),
    Action(
        "coding",
        "lengthwise(1)",
        ("down",),
        "Sentence",
        "Choose the next sentence; in the chart the next person of a joint interview",
    ),
    Action(
        "coding", "lengthwise(-1)", ("up",), "Sentence before", "Choose the sentence, or the person, before"
    ),
    Action("coding", "select('paragraph', 1)", ("ctrl+down",), "Paragraph", "Choose the next paragraph"),
    Action(
        "coding", "select('paragraph', -1)", ("ctrl+up",), "Paragraph before", "Choose the paragraph before"
    ),
    Action(
        "coding", "extend('word', 1)", ("shift+right", "full_stop"), "Word on", "Move the end on by a word"
    ),
    Action(
        "coding", "extend('word', -1)", ("shift+left", "comma"), "Word back", "Move the end back by a word"
    ),
    Action(
        "coding", "extend('sentence', 1)", ("shift+down",), "Sentence on", "Move the end on by a sentence"
    ),
    Action("coding", "extend('sentence', -1)", ("shift+up",), "Sentence back", "Move it back by a sentence"),
    Action(
        "coding", "extend('character', 1)", ("ctrl+right", "plus"), "Letter on", "Move the end on by a letter"
    ),
    Action(
        "coding", "extend('character', -1)", ("ctrl+left", "minus"), "Letter back", "Move it back by a letter"
    ),
    Action("coding", "move_side('start')", ("home",), "Move start", "Let the start of the passage move"),
    Action("coding", "move_side('end')", ("end",), "Move end", "Let the end of the passage move"),
    Action("coding", "back", ("escape",), "Back", "Choose the whole response; then back to the list"),
    Action(
        "coding",
        "speaks_to",
        ("ctrl+o",),
        "Question",
        "Change the evaluation questions of what is coded",
        footer=True,
    ),
    Action(
        "coding",
        "chart",
        ("ctrl+t",),
        "Chart",
        "Fill the chart's cell: a digit, a basis letter, then type the summary; or go back",
        footer=True,
    ),
    Action("coding", "in_vivo", ("f8",), "In vivo", "Make a code of the words chosen, and give it to them"),
    Action("coding", "memo", ("ctrl+e",), "Memo", "Write a memo on the coding of the passage chosen"),
    Action(
        "coding",
        "grid",
        ("ctrl+g",),
        "Whole chart",
        "Show the whole chart: persons by evaluation questions, what is empty, what is stale",
    ),
    Action("coding", "remove", ("delete",), "Remove", "Take a coding away"),
    Action("coding", "undo", ("ctrl+z",), "Undo", "Take back the last coding or chart cell", footer=True),
    Action("coding", "redo", ("ctrl+y",), "Redo", "Do again what Undo took back last"),
    Action(
        "coding",
        "other_part(1)",
        ("tab",),
        "Next pane",
        "Go on to the words, the codings, the chart, the list",
    ),
    Action("coding", "other_part(-1)", ("shift+tab",), "Pane before", "Go to the pane before"),
    Action("coding", "find", ("slash",), "Words", "In the list: only what has some words"),
    Action(
        "coding", "hits", ("ctrl+f",), "Find", "Find words everywhere, and code all or some of the places"
    ),
    Action(
        "coding",
        "next_group",
        ("g",),
        "Group",
        "In the list: the next respondent group, then documents, then all",
    ),
    Action("coding", "by_question", ("e",), "Question", "In the list: one evaluation question only"),
    Action("coding", "by_code", ("k",), "Code", "In the list: what has one code only"),
    Action("coding", "one_interview", ("o",), "Interview", "In the list: this interview only, or all again"),
    Action("coding", "mine", ("m",), "Mine", "In the list: only your own codings show and count, or all"),
    Action(
        "coding", "collect", ("r",), "Read", "In the list: read all that is listed, passage under passage"
    ),
    Action("coding", "uncoded", ("u",), "Uncoded", "In the list: only what has words and is not coded yet"),
    Action("coding", "all_responses", ("a",), "All responses", "In the list: all of it again, unfiltered"),
    Action("coding", "next_language", ("l",), "Language", "In the list: name codes in the next language"),
    Action(
        "coding",
        "versions",
        ("f10",),
        "What this was before",
        "Show what the response was before, and bring it back",
    ),
    Action(
        "coding",
        "codebook",
        ("ctrl+k",),
        "Codebook",
        "Open the codebook: read, add, change, merge, split codes",
    ),
    Action("coding", "differences", ("f9",), "Differences", "Decide where coders differ, side by side"),
    Action(
        "coding",
        "decide",
        ("ctrl+d",),
        "Decide",
        "Decide on codings whose words were changed: keep, drop, or place them anew",
    ),
    Action("coding", "save", ("ctrl+s",), "Saved", "Say that everything is saved"),
    Action("chart", "move(0, 1)", ("right",), "Question", "Go to the next evaluation question"),
    Action("chart", "move(0, -1)", ("left",), "Question before", "Go to the evaluation question before"),
    Action("chart", "move(1, 0)", ("down",), "Person", "Go to the next person"),
    Action("chart", "move(-1, 0)", ("up",), "Person before", "Go to the person before"),
    Action(
        "chart",
        "next_open",
        ("ctrl+n",),
        "Next open",
        "Go to the next cell that is empty though there are passages, or is stale",
        footer=True,
    ),
    Action(
        "chart",
        "summary",
        ("enter",),
        "Summary",
        "Type the summary (a digit gives the position, a letter the basis)",
        footer=True,
    ),
    Action("chart", "draft", ("ctrl+d",), "Draft", "Begin the summary with the official's own words"),
    Action("chart", "still_so", ("space",), "Still so", "Say that a stale cell holds of the passages now"),
    Action("chart", "words", ("ctrl+o",), "Words", "Go to the passages in Coding", footer=True),
    Action("chart", "next_group", ("tab",), "Group", "Show the next respondent group only", footer=True),
    Action("chart", "scroll(1)", ("pagedown",), "Page down", "Move the passages a page down"),
    Action("chart", "scroll(-1)", ("pageup",), "Page up", "Move the passages a page up"),
    Action("chart", "undo", ("ctrl+z",), "Undo", "Take back the last coding or chart cell"),
    Action("chart", "redo", ("ctrl+y",), "Redo", "Do again what Undo took back last"),
    Action("chart", "back", ("escape", "ctrl+g"), "Back", "Go back to Coding"),
    Action("collected", "open", ("enter",), "Code", "Go to the passage in Coding", footer=True),
    Action("collected", "back", ("escape", "b"), "Back", "Go back to Coding", footer=True),
)
