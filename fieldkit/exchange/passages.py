"""What was said, one row for each coded passage, with all that is known of it beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.cells import Cell
from fieldkit.exchange.codings_now import CodingsNow
from fieldkit.exchange.labels import Labels, value_cell
from fieldkit.exchange.passage_columns import (
    BANDS,
    DOCUMENT_COLUMNS,
    PASSAGE_COLUMNS,
    PERSON_COLUMNS,
    RESPONSE_COLUMNS,
)
from fieldkit.records.responses import NO_ATTRIBUTION
from fieldkit.study.standing import Span, Standing, spans_of

if TYPE_CHECKING:
    from fieldkit.study.study import Study

_RECURRING = 4096
"""Cells that are made safe once for all rows: as many as recur within one interview, and more."""

Parts = tuple[tuple[Cell, ...], ...]
"""A row in parts: of the response, the person, the questions, the code, the coding itself, its kind.

The same person, questions, code or kind is the same object, which lasts as long as the rows are given.
"""

Guard = Callable[[Cell], Cell]
"""What makes a cell safe for the kind of file it goes into."""


@dataclass(frozen=True)
class Said:
    """One response with its words, or a document.

    Attributes:
        id: of the response or document.
        cells: the cells of `RESPONSE_COLUMNS`, then of `DOCUMENT_COLUMNS`.
        people: ids of those it may be of: the one person whose answer it is, else all present.
        text: the words, those of people who took their consent back left out.
        spans: start, end, kind, speaker and attribution of each paragraph in the stored text.
        questions: evaluation questions of the item.
        interview: id of the interview; empty of a document.
        places: number of the first and the last paragraph of a passage to what is known of such a one.
    """

    id: str
    cells: tuple[Cell, ...]
    people: tuple[str, ...]
    text: str
    spans: tuple[Span, ...]
    questions: tuple[str, ...]
    interview: str
    places: dict[tuple[int, int], tuple[tuple[str, ...], tuple[Cell, ...]]] = field(default_factory=dict)


class Passages:
    """The rows of a study's words, for the .csv export and the sheets of the workbook."""

    def __init__(self, study: Study, labels: Labels, guard: Guard = lambda cell: cell) -> None:
        """Look at a study.

        Args:
            study: the study.
            labels: its words, in the language of the export.
            guard: what each cell passes through on its way out, once for cells that recur.
        """
        self.study = study
        self.labels = labels
        self._guard = guard
        self._known_guard = lru_cache(_RECURRING, typed=True)(guard)
        self.standing = Standing(study)
        self.attributes = sorted(
            {name for row in study.rows("respondents").values() for name in row.get("attributes", {})}
        )
        self._people: dict[tuple[str, ...], tuple[Cell, ...]] = {}
        self._codes: dict[str | None, tuple[Cell, ...]] = {}
        self._questions: dict[tuple[str, ...], tuple[Cell, ...]] = {}
        self._kinds: dict[tuple[Cell, ...], tuple[Cell, ...]] = {}
        self._codings = CodingsNow(study)
        self._exact = guard(None), guard("exact")
        # A document is quoted as it is, and for attribution.
        self._written_kind = tuple(map(guard, ("verbatim", "yes", None)))

    @property
    def columns(self) -> list[str]:
        """The heading of `rows`."""
        return [
            *RESPONSE_COLUMNS,
            *DOCUMENT_COLUMNS,
            *PERSON_COLUMNS,
            *(f"attributes.{name}" for name in self.attributes),
            *PASSAGE_COLUMNS,
        ]

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row for each coding; a response that nobody coded has one row, without a code.

        Codings of documents come last; of no person, they have no respondent.
        """
        return (tuple(chain.from_iterable(parts)) for parts in self.parts())

    def parts(self) -> Iterator[Parts]:
        """The rows, each in the parts that it shares with others: the same part is the same object."""
        for said, codings in chain(self.spoken(), self.written()):
            for coding in codings:
                yield self._coded(said, coding)
            if not codings:
                yield self._uncoded(said)

    @property
    def code_columns(self) -> list[str]:
        """The heading of what `parts_with_codes` gives beside the rows."""
        return [f"code.{code.id}" for code in self.study.codebook.codes]

    def parts_with_codes(self) -> Iterator[tuple[Parts, tuple[Cell, ...]]]:
        """The rows in parts, and beside each 1 or 0 for every code of the codebook.

        A passage carries a code where anybody gave it to just these words, or a code below it.
        """
        codebook = self.study.codebook
        order = [code.id for code in codebook.codes]
        above = {code: frozenset(step.id for step in codebook.path(code)) for code in order}
        known: dict[frozenset[str], tuple[Cell, ...]] = {}
        for said, codings in chain(self.spoken(), self.written()):
            given: dict[tuple[int, int], set[str]] = {}
            for coding in codings:
                carried = above.get(coding["code"], frozenset())
                given.setdefault((coding["start"], coding["end"]), set()).update(carried)
            rows = [(self._coded(said, each), given[each["start"], each["end"]]) for each in codings]
            for parts, codes in rows or [(self._uncoded(said), set())]:
                key = frozenset(codes)
                if key not in known:
                    known[key] = tuple(int(code in key) for code in order)
                yield parts, known[key]

    def spoken(self) -> Iterator[tuple[Said, list[dict[str, Any]]]]:
        """The responses that may be shown, each with the codings that may be, in the order of the text."""
        for said in self.responses():
            codings = self._codings.of(said.id)
            if not all(self.standing.person(span[3], said.interview) for span in said.spans):
                codings = [coding for coding in codings if self._may_leave(said, coding)]
            yield said, codings

    def written(self) -> Iterator[tuple[Said, list[dict[str, Any]]]]:
        """The documents that somebody coded, each with its codings in the order of the text."""
        for document, body in self.study.rows("documents").items():
            codings = self._codings.of(document)
            if codings:
                yield self._document(document, body), codings

    def place(self, said: Said, coding: dict[str, Any]) -> tuple[tuple[str, ...], tuple[Cell, ...]]:
        """Whose words a passage is: ids of those, and how it was noted, whether quotable, its attribution."""
        start, end = coding["start"], coding["end"]
        spans = said.spans
        first = last = -1
        for number, span in enumerate(spans):
            if span[0] < end and span[1] > start:
                last = number
                first = number if first < 0 else first
        found = said.places.get((first, last))
        if found is None:
            touched = spans[first : last + 1] if first >= 0 else ()
            people = _whose(said, touched)
            met = bool(said.interview)
            kind = self._kind_cells(people, said.interview, touched) if met else self._written_kind
            found = said.places[first, last] = people, kind
        return found

    def _may_leave(self, said: Said, coding: dict[str, Any]) -> bool:
        """Whether a passage may be shown; one whose place is not certain only if all of its response may."""
        if self._codings.state(coding) in ("ambiguous", "lost"):
            return all(self.standing.person(span[3], said.interview) for span in said.spans)
        return self.standing.passage(said.spans, coding)

    def responses(self) -> Iterator[Said]:
        """The responses that may be shown, in the order in which they were first recorded."""
        for response, body in self.study.rows("responses").items():
            interview = self.study.row("interviews", body["interview"])
            if interview is not None and self.standing.response(body, interview):
                yield self._said(response, body, interview)

    def person(self, people: tuple[str, ...]) -> tuple[Cell, ...]:
        """The cells of `PERSON_COLUMNS` and of the attributes, for those it may be of.

        Words of a joint interview that nobody is named for are no person's: they have no
        respondent, and a band only where all who were present share it.
        """
        if people not in self._people:
            self._people[people] = tuple(map(self._guard, self._person(people)))
        return self._people[people]

    def _said(self, response: str, body: dict[str, Any], interview: dict[str, Any]) -> Said:
        labels = self.labels
        item = labels.item(interview, body["item"])
        words = [
            paragraph["text"]
            for paragraph in body.get("paragraphs", ())
            if self.standing.person(paragraph.get("respondent"), interview["id"])
        ]
        value = body.get("value")
        cells: tuple[Cell, ...] = (
            labels.marking,
            response,
            interview["id"],
            interview.get("interviewer"),
            interview.get("state"),
            interview.get("mode"),
            interview.get("started_at"),
            interview["guide"],
            interview.get("guide_version"),
            "; ".join(self._code(person) for person in interview["respondents"]),
            body["item"],
            labels.item_text(interview, body["item"], body.get("instance")),
            body.get("instance"),
            body.get("disposition"),
            body.get("reason"),
            value_cell(value),
            labels.value(item, value),
            body.get("language"),
        )
        cells += (None,) * len(DOCUMENT_COLUMNS)
        whose = body.get("respondent")
        people = (whose,) if whose else tuple(interview["respondents"])
        questions = labels.questions_of(interview, body["item"])
        guarded = tuple(map(self._known_guard, cells))
        return Said(response, guarded, people, "\n".join(words), spans_of(body), questions, interview["id"])

    def _document(self, document: str, body: dict[str, Any]) -> Said:
        nothing = dict.fromkeys(RESPONSE_COLUMNS)
        known = {**nothing, "marking": self.labels.marking, "language": body.get("language")}
        line = self.labels.line_of(body.get("line_of_evidence"))
        cells = (*known.values(), document, body["name"], line, body.get("role") or "evidence")
        questions = tuple(body.get("evaluation_questions", ()))
        return Said(document, tuple(map(self._guard, cells)), (), body["text"], (), questions, "")

    def _coded(self, said: Said, coding: dict[str, Any]) -> Parts:
        guard, known = self._guard, self._known_guard
        people, kind = self.place(said, coding)
        own = (
            guard(coding["id"]),
            known(coding.get("coder")),
            known(coding.get("layer")),
            coding["start"],
            coding["end"],
            known(coding.get("memo")),
            guard(coding.get("quote") or None),
            self._exact[bool(coding.get("quote"))] if self._codings.all_exact else self._state(coding),
        )
        questions = self._question_cells(tuple(coding.get("evaluation_questions", ())))
        return said.cells, self.person(people), questions, self._code_cells(coding["code"]), own, kind

    def _state(self, coding: dict[str, Any]) -> Cell:
        state = self._codings.state(coding)
        return self._known_guard(state if coding.get("quote") else None)

    def _uncoded(self, said: Said) -> Parts:
        touched = tuple(span for span in said.spans if self.standing.person(span[3], said.interview))
        people = _whose(said, touched)
        nothing = self._guard(None)
        own = (*(nothing,) * 6, self._guard(said.text or None), nothing)
        questions = self._question_cells(said.questions)
        kind = self._kind_cells(people, said.interview, touched)
        return said.cells, self.person(people), questions, self._code_cells(None), own, kind

    def _code_cells(self, code: str | None) -> tuple[Cell, ...]:
        if code not in self._codes:
            known = (self.labels.codes, self.labels.code_paths)
            labels = [names.get(code, code) for names in known] if code is not None else [None, None]
            self._codes[code] = tuple(map(self._guard, (code, *labels)))
        return self._codes[code]

    def _question_cells(self, questions: tuple[str, ...]) -> tuple[Cell, ...]:
        if questions not in self._questions:
            texts = "; ".join(self.labels.questions.get(question, question) for question in questions)
            self._questions[questions] = tuple(
                map(self._guard, ("; ".join(questions) or None, texts or None))
            )
        return self._questions[questions]

    def _kind_cells(
        self, people: tuple[str, ...], interview: str, touched: tuple[Span, ...]
    ) -> tuple[Cell, ...]:
        """How the words were noted, whether they may be quoted, and whether some are not for attribution.

        They may where they are verbatim and whoever said them agreed to it.
        """
        if not touched:
            nothing = (self._guard(None),) * 3
            return self._kinds.setdefault(nothing, nothing)
        verbatim = all(kind == "verbatim" for _, _, kind, _, _ in touched)
        held_back = attribution_of(touched)
        agreed = verbatim and all(self.standing.agreed_to_quotes(person, interview) for person in people)
        quotable = "yes" if agreed and held_back is None else "no"
        kinds = "; ".join(sorted({span[2] for span in touched}))
        cells = tuple(map(self._known_guard, (kinds, quotable, held_back)))
        return self._kinds.setdefault(cells, cells)

    def _person(self, people: tuple[str, ...]) -> tuple[Cell, ...]:
        bodies = [body for person in people if (body := self.study.row("respondents", person)) is not None]
        cells: list[Cell] = [self._code(people[0]) if len(people) == 1 else None]
        for band in BANDS:
            value = _common(self._band(body, band) for body in bodies)
            cells += [value, self.labels.bands[band].get(value, value) if value else None]
        cells.append(_common(body.get("language") for body in bodies))
        cells += [
            _common(body.get("attributes", {}).get(name) for body in bodies) for name in self.attributes
        ]
        return tuple(cells)

    def _band(self, body: dict[str, Any], band: str) -> str | None:
        """A band of a person; her reporting group is that of her respondent group unless she has her own."""
        value: str | None = body.get(band)
        return (
            self.labels.reporting.get(body["group"]) if value is None and band == "reporting_group" else value
        )

    def _code(self, person: str) -> str:
        return str((self.study.row("respondents", person) or {}).get("code", person))


def attribution_of(touched: Iterable[Span]) -> str | None:
    """The attribution of words: `none` where any of them are not for attribution."""
    return NO_ATTRIBUTION if any(span[4] == NO_ATTRIBUTION for span in touched) else None


def _whose(said: Said, touched: tuple[Span, ...]) -> tuple[str, ...]:
    """The one person who says all of a passage, else those whose response it is."""
    speakers = {span[3] for span in touched}
    named = speakers.pop() if len(speakers) == 1 else None
    return (named,) if named else said.people


def _common(values: Iterable[Any]) -> str | None:
    """The value that all share, or None."""
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else None
