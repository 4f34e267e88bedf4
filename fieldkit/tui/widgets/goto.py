"""Places of an interview to go to, and how a few letters find them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual.content import Content

from fieldkit.records.responses import ResponseKey
from fieldkit.say import t
from fieldkit.study.conduct import Conduct
from fieldkit.study.steps import StepView
from fieldkit.text import fold
from fieldkit.tui.literal import literal_line, phrase

Kind = Literal["item", "consent", "closing", "another", "short", "recovered"]
Place = ResponseKey | Literal["consent", "item", "closing"]
"""Where one is: at an item, or on a page that is none."""


@dataclass(frozen=True)
class Target:
    """A place to go to.

    Attributes:
        kind: an item, the page of consent, the closing review, another instance, the short path,
            what was recovered.
        content: how it is shown.
        number: the number it is found by; several instances share one.
        words: its text, folded, that letters find.
        section: the title of its section, folded, that letters find after all texts.
        evaluation_questions: ids it is found by.
        key: the item's key.
        repeat: id of the repeat to add an instance to.
    """

    kind: Kind
    content: Content
    number: str = ""
    words: str = ""
    section: str = ""
    evaluation_questions: tuple[str, ...] = ()
    key: ResponseKey | None = None
    repeat: str | None = None


def all_targets(conduct: Conduct, back: Place | None) -> list[Target]:
    """All places of an interview, in the order they are offered before anything is typed.

    Args:
        conduct: the interview.
        back: where a jump came from, which is offered first; or None.
    """
    steps = conduct.steps()
    hidden_last = sorted(steps, key=lambda step: not (step.relevant or step.done))
    items = [_item(step, conduct.language) for step in hidden_last]
    consent = Target(
        "consent", phrase(" 0            Statement and consent"), "0", fold(t("statement and consent"))
    )
    closing = Target(
        "closing", phrase("              Closing review"), "", fold(t("closing review, close, end"))
    )
    short = Target("short", phrase(" !            The short path: open priority items only"), "!")
    recovered = Target("recovered", phrase(" r            What was recovered"), "r", fold(t("recovered")))
    more = [short, recovered] if conduct.recovered else [short]
    targets = [*items, *_more(conduct, steps), consent, closing, *more]
    return sorted(targets, key=lambda target: back is None or back not in (target.key, target.kind))


def covering_targets(conduct: Conduct, came_from: ResponseKey | None) -> list[Target]:
    """The items under which the current one may be covered, those that something was said under first.

    Args:
        conduct: the interview.
        came_from: the item that one came from, which is offered before all; or None.
    """
    steps = [
        step
        for step in conduct.steps()
        if step.asks and step.key.item != conduct.current.item and (step.relevant or step.done)
    ]
    steps.sort(key=lambda step: (step.key != came_from, step.state != "answered"))
    return [_item(step, conduct.language) for step in steps]


def find_targets(targets: Sequence[Target], query: str) -> list[Target]:
    """The places a query finds, the best first.

    A whole number finds the item of that number; a number with a point finds evaluation questions,
    parts included; `!` finds the short path; `+` finds what another instance can be added to; letters
    find texts, words that begin with them before those that hold them.
    """
    wanted = fold(query.strip())
    if not wanted:
        return list(targets)
    ranked = [(rank, target) for target in targets if (rank := _rank(target, wanted)) is not None]
    return [target for _, target in sorted(ranked, key=lambda pair: pair[0])]


def _rank(target: Target, wanted: str) -> int | None:
    if target.number == wanted:
        return 0
    if any(wanted == fold(question) for question in target.evaluation_questions):
        return 1
    if "." in wanted and any(fold(question).startswith(wanted) for question in target.evaluation_questions):
        return 2
    if wanted == "+":
        return 0 if target.kind == "another" else None
    if wanted.isdigit():
        return 3 if target.number.startswith(wanted) else None
    if f" {wanted}" in f" {target.words}":
        return 4
    if wanted in target.words:
        return 5
    return 6 if wanted in target.section else None


def _item(step: StepView, language: str) -> Target:
    text = step.fill(step.item.text, language)
    named = f"{step.instance_text}: {text}" if step.instance_text else text
    questions = step.item.evaluation_questions
    told = "" if step.state == "open" else f"({t(step.state)}) "
    told = f"({t('value missing')}) " if step.value_missing else told
    told = told if step.relevant else f"({t('hidden by a condition')}) "
    who = f"{step.person} " if step.person else ""
    head = f"{step.number:>2}  {', '.join(questions):<9} {told}{who}"
    return Target(
        kind="item",
        content=literal_line(head + named),
        number=str(step.number),
        words=fold(f"{who}{named}"),
        section=fold(step.section.title.get(language)),
        evaluation_questions=tuple(questions),
        key=step.key,
    )


def _more(conduct: Conduct, steps: Sequence[StepView]) -> list[Target]:
    found = []
    for item in conduct.guide.items():
        if item.type != "repeat" or item.instances or item.for_each is not None:
            continue
        if any(step.key.item == item.items[0].id for step in steps):
            text = item.items[0].text.get(conduct.language).replace("{instance}", "\u2026")
            content = phrase(" +            Another: ") + literal_line(text)
            found.append(
                Target("another", content, words=fold(t("another {text}").format(text=text)), repeat=item.id)
            )
    return found
