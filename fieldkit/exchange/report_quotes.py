"""The passages of a report: each once, with all codes it was given, under every question it speaks to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.report import Quote

if TYPE_CHECKING:
    from fieldkit.exchange.passages import Passages


def quotes_by_question(passages: Passages) -> dict[str, list[Quote]]:
    """The coded passages of a study by evaluation question.

    Args:
        passages: what was said; its rows stand in the order of the words.

    Returns:
        Id of each evaluation question without parts, or part, to the passages tied to it.
    """
    framework = passages.study.framework
    found: dict[str, list[Quote]] = {leaf.id: [] for leaf in framework.leaves}
    for quote, questions in _passages(passages):
        leaves = [
            leaf for each in questions if framework.has_question(each) for leaf in framework.leaf_ids(each)
        ]
        for leaf in dict.fromkeys(leaves):
            found[leaf].append(quote)
    return found


def _passages(passages: Passages) -> Iterator[tuple[Quote, list[str]]]:
    """Each passage that has words and codes, with the evaluation questions of all its codings."""
    columns = passages.columns
    rows = (dict(zip(columns, row, strict=True)) for row in passages.rows())
    for (_, start, _), coded in groupby(rows, key=lambda row: (row["response"], row["start"], row["end"])):
        lines = list(coded)
        if start is not None and lines[0]["quote"]:
            told = (str(line["evaluation_questions"] or "") for line in lines)
            questions = [each for line in told for each in line.split("; ") if each]
            yield _quote(lines[0], lines), questions


def _quote(first: Mapping[str, Any], lines: list[dict[str, Any]]) -> Quote:
    return Quote(
        words=first["quote"],
        who=first["respondent"],
        group=first["group_label"],
        codes=tuple(dict.fromkeys(line["code_label"] for line in lines)),
        item=first["item_text"] or first["item"],
        verbatim=first["kind"] == "verbatim",
        quotable=first["quotable"] == "yes",
        language=first["language"],
        response=first["response"],
        place=(first["start"], first["end"]),
    )
