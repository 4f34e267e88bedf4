"""The words of a response that a figure rests on, line by line, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from fieldkit.records.responses import NO_ATTRIBUTION
from fieldkit.say import t
from fieldkit.tui.literal import literal_line, phrase
from fieldkit.tui.widgets.notes_signs import GUTTER, reading_sign

if TYPE_CHECKING:
    from fieldkit.findings.traced import TracedResponse, TracedWords
    from fieldkit.records.codings import Coding

COUNTED = "▸"
"""Stands before a passage that the figure counts."""


@dataclass(frozen=True)
class Line:
    """Words to be listed.

    Attributes:
        drawn: as they are shown.
        start: their first code point in the text.
        end: the code point after their last.
    """

    drawn: Content
    start: int
    end: int


def lines_of(response: TracedResponse, whole: Sequence[TracedWords], codings: Iterable[Coding]) -> list[Line]:
    """The paragraphs of a response, then its coded passages, those that the figure counts marked.

    Args:
        response: the response as the figure rests on it.
        whole: all its words that count.
        codings: what was given to it.
    """
    counted = {(words.start, words.end) for words in response.words if words.codes}
    lines = [Line(_paragraph(words), words.start, words.end) for words in whole]
    passages: dict[tuple[int, int, str], dict[tuple[str, str], list[str]]] = {}
    for coding in codings:
        given = passages.setdefault((coding.start, coding.end, coding.quote), {})
        code = coding.code, " ".join(coding.evaluation_questions)
        given.setdefault(code, []).append(coding.coder or "?")
    for (start, end, quote), given in passages.items():
        if start < end and not any(words.start < end and start < words.end for words in whole):
            # Nobody whose words count said it.
            continue
        sign = COUNTED if (start, end) in counted else " "
        head = phrase("$sign [dim]$quote[/]", sign=sign, quote=quote or t("The response"))
        codes = [
            phrase(
                "    [b]$code[/] $questions  [dim]$coders[/]",
                code=code,
                questions=questions,
                coders=", ".join(sorted(coders)),
            )
            for (code, questions), coders in given.items()
        ]
        lines.append(Line(Content("\n").join([head, *codes]), start, end))
    return lines or [Line(phrase("[dim]No words were noted[/]"), 0, 0)]


def _paragraph(words: TracedWords) -> Content:
    who = phrase("[dim]$who:[/] ", who=words.person) if words.person else Content("")
    sign = Content(reading_sign(words.kind, words.text, words.attribution).ljust(GUTTER))
    codes = phrase("  [b]$codes[/]", codes=", ".join(words.codes)) if words.codes else Content("")
    told = phrase("  [dim](not for attribution)[/]") if words.attribution == NO_ATTRIBUTION else Content("")
    return sign + who + literal_line(words.text) + codes + told
