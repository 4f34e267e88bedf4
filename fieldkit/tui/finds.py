"""What the palette finds beside actions: people, items, evaluation questions, codes, settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

from fieldkit.say import LANGUAGES, t
from fieldkit.study.errors import StudyError
from fieldkit.text import visible_line
from fieldkit.tui.messages import InterviewWanted
from fieldkit.tui.themes import THEME_NAMES

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Codebook
    from fieldkit.records.responses import ResponseKey
    from fieldkit.tui.app import FieldkitApp

Find = tuple[str, str, Callable[[], object]]
"""What is found and shown, what choosing it does, and what does it."""


def interviews(app: FieldkitApp) -> Iterator[Find]:
    """Each respondent's interviews, or the one to be begun."""
    held: dict[str, list[str]] = {}
    for interview, body in app.study.rows("interviews").items():
        for respondent in body.get("respondents", ()):
            held.setdefault(respondent, []).append(interview)
    for respondent, body in app.study.rows("respondents").items():
        name = t("Interview {code}").format(code=visible_line(str(body.get("code", ""))))
        told = t("Begin it, go on with it or read it")
        theirs = held.get(respondent, [])
        if len(theirs) < 2:
            yield name, told, partial(app.post_message, InterviewWanted(respondent))
            continue
        for interview in theirs:
            row = app.study.row("interviews", interview) or {}
            begun = str(row.get("started_at") or row.get("planned_at") or "")[:10]
            which = f"{name} {t(str(row.get('state', '')))} {begun}".rstrip()
            yield which, told, partial(app.post_message, InterviewWanted(respondent, interview))


def items(app: FieldkitApp) -> Iterator[Find]:
    """The items of the interview that is open."""
    if app.interview is None:
        return
    conduct = app.interview.conduct
    for step in conduct.steps():
        text = visible_line(step.fill(step.item.text, conduct.language))
        name = t("Item {number}: {text}").format(number=step.number, text=text)
        yield name, t("Go to this item of the interview that is open"), partial(_to_item, app, step.key)


def questions(app: FieldkitApp) -> Iterator[Find]:
    """The evaluation questions of the framework."""
    framework = app.study.protocol.framework if app.study.protocol_loaded else None
    for question in framework.evaluation_questions if framework is not None else ():
        name = f"{question.id}  {visible_line(question.text.get(app.words_language))}"
        yield name, t("Findings on this evaluation question"), partial(_to_question, app, question.id)


def codes(app: FieldkitApp) -> Iterator[Find]:
    """The codes of the codebook."""
    codebook = _codebook(app)
    for code in codebook.codes if codebook is not None else ():
        name = t("Code {id}: {name}").format(id=code.id, name=visible_line(code.name.get(app.words_language)))
        yield name, t("Coding: the responses that have this code"), partial(_to_code, app, code.id)


def settings(app: FieldkitApp) -> Iterator[Find]:
    """Themes and languages, each by its name."""
    for name, told in THEME_NAMES.items():
        yield t(told), t("Use this theme in every study"), partial(app.use_theme, name)
    for code, name in LANGUAGES.items():
        shown = t("Language of the interface: {name}").format(name=name)
        yield shown, t("Speak it in every study; items keep their own"), partial(app.speak, code)


def _codebook(app: FieldkitApp) -> Codebook | None:
    """The codebook; None while it is not read yet, or is wrong."""
    if not app.study.protocol_loaded:
        return None
    try:
        return app.study.codebook
    except StudyError:
        return None


async def _to_item(app: FieldkitApp, key: ResponseKey) -> None:
    await app.action_place("interview")
    if app.interview is not None:
        app.interview.go_to(key)


async def _to_question(app: FieldkitApp, question: str) -> None:
    from fieldkit.tui.screens.findings import FindingsScreen

    await app.action_place("findings")
    if isinstance(app.screen, FindingsScreen):
        app.screen.keep_to(question)


async def _to_code(app: FieldkitApp, code: str) -> None:
    from fieldkit.tui.screens.coding import CodingScreen

    await app.action_place("coding")
    if isinstance(app.screen, CodingScreen):
        app.screen.filter(code=code)


FINDERS: Final[tuple[Callable[[FieldkitApp], Iterator[Find]], ...]] = (
    interviews,
    items,
    questions,
    codes,
    settings,
)
