"""Codes in documents: a line of evidence of its own, counted apart and for no person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from fieldkit.findings.cells import CellMaker
from fieldkit.findings.evidence import Evidence
from fieldkit.findings.heard import CONSENSUS
from fieldkit.findings.table import Heading, Table
from fieldkit.findings.words import say
from fieldkit.protocol.codebook import Codebook
from fieldkit.records.codings import Coding
from fieldkit.records.documents import Document

_FALLBACK: Final = "documents"
"""The line of evidence where the framework names none of that kind."""


def document_codings(evidence: Evidence, wanted: frozenset[str] | None) -> list[Coding]:
    """The codings of documents that count; consensus on a document stands for coders' own.

    Args:
        evidence: the study's evidence.
        wanted: leaves of evaluation questions to keep to; None takes all.
    """
    found: list[Coding] = []
    for document in {each.id for each in evidence.documents}:
        codings = evidence.codings_in.get(document, ())
        agreed = any(coding.layer == CONSENSUS for coding in codings)
        found += [
            coding
            for coding in codings
            if (coding.layer == CONSENSUS or not agreed)
            and (wanted is None or evidence.leaves(coding.evaluation_questions) & wanted)
        ]
    return found


def document_table(
    maker: CellMaker, rows: list[Heading], codings: list[Coding], question: str | None, language: str
) -> Table:
    """How many documents, and passages of them, stand under each code, by line of evidence.

    Args:
        maker: makes the cells; the ids behind them are of documents.
        rows: the codes.
        codings: the codings of documents that count.
        question: the evaluation question they are on, or None.
        language: language of the labels.
    """
    evidence = maker.evidence
    lines = _lines(evidence, language)
    columns = [
        Heading(f"{line.id}:{part}", f"{line.label}: {say(language, part)}")
        for line in lines
        for part in ("documents", "profile", "passages")
    ]
    above = {code: codes_above(evidence.codebook, code) for code in {coding.code for coding in codings}}
    cells = {}
    for row in rows:
        under = [coding for coding in codings if row.id in above[coding.code]]
        for line in lines:
            here = {each.id: each for each in evidence.documents if line_of(evidence, each) == line.id}
            found = [coding for coding in under if coding.document in here]
            for part in ("documents", "profile"):
                among = {each.id for each in here.values() if (each.role == "profile") == (part == "profile")}
                behind = {coding.document for coding in found if coding.document in among}
                ids = [each for each in behind if each is not None]
                column = f"{line.id}:{part}"
                cells[row.id, column] = maker.count(row.id, column, len(ids), (), ids, len(among))
            places = {(str(coding.document), coding.start, coding.end) for coding in found}
            column = f"{line.id}:passages"
            ids = sorted({place[0] for place in places})
            cells[row.id, column] = maker.count(row.id, column, len(places), (), ids, None)
    key = "title documents" + (" question" if question else "")
    title = say(language, key, question=question)
    notes = [say(language, "note profile")]
    return maker.table(title, say(language, "of documents"), (rows, columns), cells, notes, language)


def line_of(evidence: Evidence, document: Document) -> str:
    """The line of evidence that a document belongs to: the one named, else the first for documents."""
    if document.line_of_evidence is not None:
        return document.line_of_evidence
    lines = evidence.framework.lines_of_evidence
    return next((line.id for line in lines if line.kind == "documents"), _FALLBACK)


def codes_above(codebook: Codebook, code: str) -> set[str]:
    """A code and all those it hangs under; alone where the codebook does not have it."""
    known = any(each.id == code for each in codebook.codes)
    return {each.id for each in codebook.path(code)} if known else {code}


def _lines(evidence: Evidence, language: str) -> list[Heading]:
    """The lines of evidence that have documents, in the framework's order."""
    used = {line_of(evidence, document) for document in evidence.documents}
    named = {line.id: line.name.get(language) for line in evidence.framework.lines_of_evidence}
    known: Iterable[str] = [line for line in named if line in used]
    return [Heading(line, named.get(line, line)) for line in [*known, *sorted(used - named.keys())]]
