"""The words of a report: passages, under every question they speak to, and whole responses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, groupby
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.passage_columns import PERSON_COLUMNS, RESPONSE_COLUMNS
from fieldkit.exchange.report import Answer, Quote
from fieldkit.exchange.report_tokens import word

if TYPE_CHECKING:
    from fieldkit.exchange.cells import Cell
    from fieldkit.exchange.passages import Passages, Said


@dataclass(frozen=True)
class Quotes:
    """The coded passages of a study.

    Attributes:
        on: id of each evaluation question without parts, or part, to the passages tied to it.
        of: id of each coding to its passage.
    """

    on: dict[str, list[Quote]]
    of: dict[str, Quote]


def quotes_of(passages: Passages) -> Quotes:
    """The coded passages of a study, by evaluation question and by coding.

    Args:
        passages: what was said; its rows stand in the order of the words.
    """
    framework = passages.study.framework
    found: dict[str, list[Quote]] = {leaf.id: [] for leaf in framework.leaves}
    of: dict[str, Quote] = {}
    for quote, questions in chain(_passages(passages), _document_passages(passages)):
        of.update(dict.fromkeys(quote.codings, quote))
        leaves = [
            leaf for each in questions if framework.has_question(each) for leaf in framework.leaf_ids(each)
        ]
        for leaf in dict.fromkeys(leaves):
            found[leaf].append(quote)
    return Quotes(found, of)


def answers(passages: Passages) -> tuple[Answer, ...]:
    """The responses of a study that may be shown, as they were first recorded, then its documents."""
    said = (_answer(each, passages.labels.language) for each in passages.responses())
    written = (
        Answer(id=document, who="", item=body["name"], became="", value="", words=body["text"])
        for document, body in passages.study.rows("documents").items()
    )
    return (*said, *written)


def _answer(said: Said, language: str) -> Answer:
    cells = dict(zip(RESPONSE_COLUMNS, said.cells, strict=False))
    return Answer(
        id=said.id,
        who=str(cells["present"] or ""),
        item=str(cells["item_text"] or cells["item"]),
        became=word("disposition", str(cells["disposition"] or ""), language),
        value=str(cells["value_label"] or ""),
        words=said.text,
    )


def _passages(passages: Passages) -> Iterator[tuple[Quote, list[str]]]:
    """Each passage that has words and codes, with the evaluation questions of all its codings."""
    for said, codings in passages.spoken():
        for _, same in groupby(codings, key=lambda coding: (coding["start"], coding["end"])):
            lines = list(same)
            if lines[0].get("quote"):
                questions = [each for line in lines for each in line.get("evaluation_questions", ())]
                yield _quote(passages, said, lines), questions


def _document_passages(passages: Passages) -> Iterator[tuple[Quote, list[str]]]:
    """Each coded passage of a document, which nobody in particular says; codings of nothing are left out."""
    labels = passages.labels.codes
    documents = passages.study.rows("documents")
    for said, codings in passages.written():
        body = documents[said.id]
        for (start, end), same in groupby(codings, key=lambda coding: (coding["start"], coding["end"])):
            lines = list(same)
            if not lines[0].get("quote"):
                continue
            quote = Quote(
                words=lines[0]["quote"],
                who=body["name"],
                group=None,
                reporting_group=None,
                codes=tuple(dict.fromkeys(labels.get(each["code"], each["code"]) for each in lines)),
                item=body["name"],
                verbatim=True,
                quotable=True,
                language=body.get("language"),
                response=said.id,
                place=(start, end),
                written=True,
                codings=tuple(each["id"] for each in lines),
            )
            yield quote, [question for each in lines for question in each.get("evaluation_questions", ())]


def _quote(passages: Passages, said: Said, codings: list[dict[str, Any]]) -> Quote:
    first = codings[0]
    people, (kind, quotable, _) = passages.place(said, first)
    person = dict(zip(PERSON_COLUMNS, passages.person(people), strict=False))
    response = dict(zip(RESPONSE_COLUMNS, said.cells, strict=False))
    labels = passages.labels.codes
    return Quote(
        words=first["quote"],
        who=_text(person["respondent"]),
        group=_text(person["group_label"]),
        reporting_group=_text(person["reporting_group_label"]),
        codes=tuple(dict.fromkeys(labels.get(each["code"], each["code"]) for each in codings)),
        item=str(response["item_text"] or response["item"]),
        verbatim=kind == "verbatim",
        quotable=quotable == "yes",
        language=_text(response["language"]),
        response=said.id,
        place=(first["start"], first["end"]),
        codings=tuple(coding["id"] for coding in codings),
    )


def _text(cell: Cell) -> str | None:
    return None if cell is None else str(cell)
