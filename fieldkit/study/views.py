"""What was said, in one order: by interview, evaluation question or code; and what is left to code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.study.anchoring import Anchors, Coded, in_order
from fieldkit.study.coding import CodingText, check_questions, coding_texts
from fieldkit.study.documents import documents
from fieldkit.study.standing import Standing, spans_of
from fieldkit.study.study import Study

if TYPE_CHECKING:
    from fieldkit.records.codings import Coding


@dataclass(frozen=True)
class Text:
    """A response or document to be read and coded.

    Attributes:
        table: `responses` or `documents`.
        record: its id.
        source: codes of those who said it, or the document's name.
        group: respondent group of the first of them; empty for a document.
        interview: id of the interview; empty for a document.
        heading: the item as it was asked; empty for a document.
        words: its words; of a person who did not agree to take part, a dot for each character.
        questions: evaluation questions of the item or document.
        codings: its codings, where they stand now.
    """

    table: Coded
    record: str
    source: str
    group: str
    interview: str
    heading: str
    words: str
    questions: tuple[str, ...]
    codings: tuple[Coding, ...]

    @property
    def uncoded(self) -> bool:
        """Whether it has words that nobody has coded."""
        return bool(self.words.strip()) and not self.codings


@dataclass(frozen=True)
class Selection:
    """Which texts, and which of their codings; None and False keep all.

    Attributes:
        interview: id of an interview.
        question: an evaluation question or part: texts that serve it, or of which a coding speaks to it.
        code: a code, those below it in the tree included.
        mine: initials of a coder whose codings alone count.
        uncoded: only texts that nobody (or not that coder) has coded.
    """

    interview: str | None = None
    question: str | None = None
    code: str | None = None
    mine: str | None = None
    uncoded: bool = False


@dataclass(frozen=True)
class Left:
    """How much of what there is to code is not coded yet.

    Attributes:
        texts: texts with words.
        uncoded: those of them without a coding.
    """

    texts: int
    uncoded: int


def texts(study: Study, selection: Selection | None = None) -> list[Text]:
    """The texts of a study, answers first: by group as the framework has them, item, and code of the person.

    So all answers to one evaluation question stand under each other; those of one interview, in the order of
    its guide.

    Args:
        study: the study.
        selection: which of them; a text of which a coding is asked for has only such codings.

    Raises:
        UnknownId: the evaluation question is not in the framework.
        StudyError: the framework or codebook is missing or wrong.
    """
    wanted = selection or Selection()
    questions = _leaves(study, check_questions(study, [wanted.question])) if wanted.question else None
    codes = _below(study, wanted.code) if wanted.code else None
    found = []
    for text in _all(study):
        kept = [each for each in text.codings if wanted.mine in (None, each.coder)]
        if wanted.interview is not None and text.interview != wanted.interview:
            continue
        if wanted.uncoded and (kept or not text.words.strip()):
            continue
        if codes is not None:
            kept = [each for each in kept if each.code in codes]
        serves = questions is None or bool(questions & _leaves(study, text.questions))
        if questions is not None and not serves:
            kept = [each for each in kept if questions & _leaves(study, each.evaluation_questions)]
        if (codes is not None or not serves) and not kept:
            continue
        found.append(_with(text, kept))
    return found


def document_texts(study: Study) -> list[Text]:
    """The documents of a study as texts to be coded, by their names."""
    from fieldkit.records.codings import Coding

    anchors = Anchors(study)
    codings: dict[str, list[Coding]] = {}
    for body in study.rows("codings").values():
        if body.get("document"):
            codings.setdefault(body["document"], []).append(Coding.of(anchors.body(body)))
    return [
        Text(
            table="documents",
            record=document.id,
            source=document.name,
            group="",
            interview="",
            heading="",
            words=document.text,
            questions=tuple(document.evaluation_questions),
            codings=tuple(in_order(codings.get(document.id, ()))),
        )
        for document in documents(study)
    ]


def left_to_code(study: Study, *, coder: str | None = None) -> Left:
    """How many texts with words there are, and how many of them nobody (or not one coder) has coded."""
    with_words = [text for text in _all(study) if text.words.strip()]
    coded = [any(coder in (None, each.coder) for each in text.codings) for text in with_words]
    return Left(len(with_words), coded.count(False))


def _with(text: Text, codings: Iterable[Coding]) -> Text:
    from dataclasses import replace

    return replace(text, codings=tuple(codings))


def _all(study: Study) -> list[Text]:
    groups = [group.id for group in study.framework.respondent_groups]
    items: dict[tuple[str, str], int] = {}
    for guide in study.protocol.guides.values():
        items.update({(guide.id, item.id): place for place, item in enumerate(guide.items())})
    guides = {record: body["guide"] for record, body in study.rows("interviews").items()}

    def order(text: CodingText) -> tuple[int, int, str, str]:
        response = text.response
        group = groups.index(text.group) if text.group in groups else len(groups)
        item = items.get((guides.get(response.interview, ""), response.item), len(items))
        return group, item, text.respondent_code, response.id

    standing = Standing(study)
    answers = [
        Text(
            table="responses",
            record=text.response.id,
            source=text.respondent_code,
            group=text.group,
            interview=text.response.interview,
            heading=text.item_text,
            words=_shown(study, standing, text),
            questions=text.questions,
            codings=tuple(each for each in text.codings if _may_show(study, standing, each)),
        )
        for text in sorted(coding_texts(study), key=order)
    ]
    return answers + document_texts(study)


def _shown(study: Study, standing: Standing, text: CodingText) -> str:
    """The words of an answer, those hidden that may not be shown; places in it stay what they are."""
    words = text.response.text
    for start, end, _, speaker, _ in spans_of(study.row("responses", text.response.id) or {}):
        if not standing.person(speaker, text.response.interview):
            words = words[:start] + "·" * (end - start) + words[end:]
    return words


def _may_show(study: Study, standing: Standing, coding: Coding) -> bool:
    body = study.row("responses", coding.response or "") or {}
    spans = spans_of(body)
    if coding.start == coding.end and coding.quote:
        return all(standing.person(span[3], body["interview"]) for span in spans)
    return standing.passage(spans, coding.body())


def _leaves(study: Study, questions: Iterable[str]) -> frozenset[str]:
    framework = study.framework
    return frozenset(
        leaf for each in questions if framework.has_question(each) for leaf in framework.leaf_ids(each)
    )


def _below(study: Study, ref: str) -> frozenset[str]:
    """A code and all those that hang under it."""
    from fieldkit.study.codebook import find_code

    codebook = study.codebook
    top = find_code(study, ref).id
    return frozenset(
        code.id for code in codebook.codes if any(each.id == top for each in codebook.path(code.id))
    )
