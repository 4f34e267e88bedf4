"""A finding in full: what is stated, how strong it is and why, what speaks for and against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content

from fieldkit.say import mark, t
from fieldkit.text import fold
from fieldkit.tui.literal import literal, literal_line, phrase
from fieldkit.tui.widgets.phrases import hanging

if TYPE_CHECKING:
    from fieldkit.protocol.framework import Framework
    from fieldkit.records.findings import Conclusion
    from fieldkit.study.finding_passages import NamedPassage
    from fieldkit.study.findings import Viewed

STATUS_NAMES: Final = {"draft": mark("draft"), "reviewed": mark("reviewed"), "final": mark("final")}
KIND_NAMES: Final = {"conclusion": mark("conclusion"), "recommendation": mark("recommendation")}
STALE: Final = "!"
"""Stands before a finding of which something changed that it rests on."""
MARKED: Final = "▸"
"""Stands before a finding that is marked to be concluded from."""


@dataclass(frozen=True)
class Stated:
    """Findings, what is drawn from them, and what they are read by.

    Attributes:
        viewed: the findings, in the order of the evaluation questions.
        drawn: the conclusions and recommendations.
        passages: id of each finding to the passages it names, by `for`, `against` and `quotes`.
        framework: the framework.
        language: language of the framework's texts.
    """

    viewed: Sequence[Viewed]
    drawn: Sequence[Conclusion]
    passages: Mapping[str, Mapping[str, Sequence[NamedPassage]]]
    framework: Framework
    language: str

    def strength(self, rule: str | None) -> str:
        """The name of a strength of evidence."""
        names = {each.id: each.name.get(self.language) for each in self.framework.strength_rules}
        return names.get(rule or "", rule or t("no strength"))


def kept_to(stated: Stated, words: str) -> list[Viewed | Conclusion]:
    """The findings, then what is drawn from them, in which some words stand.

    Args:
        stated: what there is.
        words: as they are typed, accents and capitals apart; empty keeps all.

    Returns:
        Those with the words in what they state, in a reviewer's note, in the reason for another strength,
        or in the id of the evaluation question.
    """
    wanted = fold(words)
    found: list[Viewed | Conclusion] = [each for each in stated.viewed if wanted in fold(_said_of(each))]
    return found + [each for each in stated.drawn if wanted in fold(each.text)]


def _said_of(viewed: Viewed) -> str:
    finding = viewed.finding
    reason = finding.overruled.reason if finding.overruled is not None else ""
    notes = (note.text for note in finding.notes)
    return "\n".join((finding.evaluation_question, finding.statement, reason, *notes))


def finding_line(stated: Stated, viewed: Viewed, *, marked: bool) -> Content:
    """A finding on one line: marks, evaluation question, strength, status, the statement's beginning."""
    finding = viewed.finding
    return phrase(
        "$marked$stale [b]$question[/] $strength · $status  [dim]$statement[/]",
        marked=MARKED if marked else " ",
        stale=STALE if viewed.stale else " ",
        question=finding.evaluation_question,
        strength=stated.strength(viewed.strength) + ("*" if finding.overruled else ""),
        status=t(STATUS_NAMES[finding.status]),
        statement=finding.statement,
    )


def conclusion_line(drawn: Conclusion) -> Content:
    """A conclusion or recommendation on one line."""
    return phrase("   [b]$kind[/]  [dim]$text[/]", kind=t(KIND_NAMES[drawn.kind]), text=drawn.text)


def finding_text(stated: Stated, viewed: Viewed, width: int) -> Content:
    """A finding in full.

    Args:
        stated: what it is read by.
        viewed: the finding.
        width: cells for a line.
    """
    finding = viewed.finding
    question = finding.evaluation_question
    known = stated.framework.has_question(question)
    asked = stated.framework.question(question).text.get(stated.language) if known else ""
    lines = [
        phrase("[dim]$question $asked[/]", question=question, asked=asked),
        literal(finding.statement).stylize("bold"),
        Content(""),
        _side(stated, viewed),
        *_strength(stated, viewed, width),
    ]
    if viewed.stale:
        lines.append(
            phrase("[b reverse] ! [/] What it rests on has changed: look at it; t says that it still stands")
        )
    shown = stated.passages.get(finding.id, {})
    for title, name in (
        (t("For it"), "for"),
        (t("Against it"), "against"),
        (t("Quotes chosen"), "quotes"),
    ):
        lines += _named(title, shown.get(name, ()), width, refusals=name == "quotes")
    if finding.notes:
        lines += [Content(""), phrase("[b]Reviewers' notes[/]")]
        lines += [
            phrase(
                "  [dim]$who $when[/] $text",
                who=note.author or "-",
                when=(note.at or "")[:10],
                text=note.text,
            )
            for note in finding.notes
        ]
    drawn = [each for each in stated.drawn if finding.id in each.findings]
    if drawn:
        lines += [Content(""), phrase("[b]Drawn from it[/]"), *map(conclusion_line, drawn)]
    return Content("\n").join(lines)


def conclusion_text(stated: Stated, drawn: Conclusion) -> Content:
    """A conclusion or recommendation in full, with the findings that it is drawn from."""
    by_id = {each.finding.id: each for each in stated.viewed}
    lines = [
        phrase("[dim]$kind[/]", kind=t(KIND_NAMES[drawn.kind])),
        literal(drawn.text).stylize("bold"),
        Content(""),
        phrase("[b]Drawn from[/]"),
    ]
    for each in drawn.findings:
        lines.append(
            finding_line(stated, by_id[each], marked=False)
            if each in by_id
            else phrase("  [dim]a finding that is gone[/]")
        )
    return Content("\n").join(lines)


def _side(stated: Stated, viewed: Viewed) -> Content:
    finding = viewed.finding
    framework, question = stated.framework, finding.evaluation_question
    proposition = framework.question(question).proposition if framework.has_question(question) else None
    if finding.holds is None or proposition is None:
        return phrase("[dim]It does not say whether the proposition holds[/]")
    told = t("It holds") if finding.holds else t("It does not hold")
    return phrase("[b]$told[/] · $text", told=told, text=proposition.get(stated.language))


def _strength(stated: Stated, viewed: Viewed, width: int) -> list[Content]:
    finding = viewed.finding
    lines = [
        phrase(
            "[b]$strength[/] · $status",
            strength=stated.strength(viewed.strength),
            status=t(STATUS_NAMES[finding.status]),
        )
    ]
    if finding.overruled is not None:
        told = t("overruled by {author}; the rules come to {computed}: {reason}").format(
            author=finding.overruled.author or "-",
            computed=stated.strength(viewed.computed.rule),
            reason=finding.overruled.reason,
        )
        lines += hanging(Content("  "), phrase("$told", told=told), width)
    for why in viewed.computed.explain(stated.language):
        lines += hanging(Content("  - "), phrase("[dim]$why[/]", why=why), width)
    return lines


def _named(title: str, passages: Sequence[NamedPassage], width: int, *, refusals: bool) -> list[Content]:
    if not passages:
        return []
    lines = [Content(""), phrase("[b]$title[/] $count", title=title, count=len(passages))]
    for each in passages:
        lines.append(phrase("  [dim]$about[/]", about=each.about))
        lines += hanging(Content("    "), passage_words(each), width)
        if refusals and each.why_not:
            lines.append(phrase("    [b reverse] ! [/] $why", why=each.why_not))
    return lines


def passage_words(passage: NamedPassage) -> Content:
    """The words of a passage, or that they cannot be shown."""
    if passage.words:
        return literal_line(passage.words)
    return phrase("[dim](its words are gone, or not to be shown)[/]")
