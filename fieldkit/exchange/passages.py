"""What was said, one row for each coded passage, with all that is known of it beside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fieldkit.exchange.cells import Cell
from fieldkit.exchange.labels import Labels, value_cell
from fieldkit.records.responses import NO_ATTRIBUTION
from fieldkit.study.anchoring import Anchors, text_of
from fieldkit.study.standing import Span, Standing, spans_of

if TYPE_CHECKING:
    from fieldkit.study.study import Study

Guard = Callable[[Cell], Cell]
"""What makes a cell safe for the kind of file it goes into."""

BANDS = ("group", "reporting_group", "place", "level")
"""What is said of the person, each with its label beside it."""

RESPONSE_COLUMNS = (
    "marking",
    "response",
    "interview",
    "interviewer",
    "interview_state",
    "mode",
    "started_at",
    "guide",
    "guide_version",
    "present",
    "item",
    "item_text",
    "instance",
    "disposition",
    "reason",
    "value",
    "value_label",
    "language",
)
PERSON_COLUMNS = (
    "respondent",
    *(name for band in BANDS for name in (band, f"{band}_label")),
    "preferred_language",
)
PASSAGE_COLUMNS = (
    "evaluation_questions",
    "evaluation_question_texts",
    "code",
    "code_label",
    "code_path",
    "coding",
    "coder",
    "layer",
    "start",
    "end",
    "quote",
    "passage_state",
    "kind",
    "quotable",
    "attribution",
    "memo",
)


@dataclass(frozen=True)
class Said:
    """One response with its words.

    Attributes:
        id: of the response.
        cells: the cells of `RESPONSE_COLUMNS`.
        people: ids of those it may be of: the one person whose answer it is, else all present.
        text: the words, those of people who took their consent back left out.
        spans: start, end, kind, speaker and attribution of each paragraph in the stored text.
        questions: evaluation questions of the item.
        interview: id of the interview.
    """

    id: str
    cells: tuple[Cell, ...]
    people: tuple[str, ...]
    text: str
    spans: tuple[Span, ...]
    questions: tuple[str, ...]
    interview: str


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
        self.standing = Standing(study)
        self.attributes = sorted(
            {name for row in study.rows("respondents").values() for name in row.get("attributes", {})}
        )
        self._people: dict[tuple[str, ...], tuple[Cell, ...]] = {}
        self._codes: dict[str, tuple[Cell, ...]] = {}
        self._questions: dict[tuple[str, ...], tuple[Cell, ...]] = {}
        self._codings: dict[str, list[dict[str, Any]]] = {}
        self._states: dict[str, str] = {}
        anchors = Anchors(study)
        for coding in study.rows("codings").values():
            if coding.get("response"):
                stands = anchors.anchored(coding)
                self._states[coding["id"]] = stands.state
                placed = anchors.body(coding, stands)
                if stands.state == "changed":
                    words = text_of(study, "responses", coding["response"])
                    placed["quote"] = words[stands.start : stands.end]
                self._codings.setdefault(coding["response"], []).append(placed)

    @property
    def columns(self) -> list[str]:
        """The heading of `rows`."""
        return [
            *RESPONSE_COLUMNS,
            *PERSON_COLUMNS,
            *(f"attributes.{name}" for name in self.attributes),
            *PASSAGE_COLUMNS,
        ]

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """One row for each coding; a response that nobody coded has one row, without a code."""
        for said in self.responses():
            codings = sorted(self._codings.get(said.id, ()), key=_place)
            shown = [coding for coding in codings if self._may_leave(said, coding)]
            for coding in shown:
                yield self._coded(said, coding)
            if not shown:
                yield self._uncoded(said)

    def _may_leave(self, said: Said, coding: dict[str, Any]) -> bool:
        """Whether a passage may be shown; one whose place is not certain only if all of its response may."""
        if self._states[coding["id"]] in ("ambiguous", "lost"):
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
        cells = (
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
        whose = body.get("respondent")
        people = (whose,) if whose else tuple(interview["respondents"])
        questions = labels.questions_of(interview, body["item"])
        guarded = tuple(map(self._guard, cells))
        return Said(response, guarded, people, "\n".join(words), spans_of(body), questions, interview["id"])

    def _coded(self, said: Said, coding: dict[str, Any]) -> tuple[Cell, ...]:
        guard, start, end = self._guard, coding["start"], coding["end"]
        touched = tuple(span for span in said.spans if span[0] < end and span[1] > start)
        people = _whose(said, touched)
        return (
            *said.cells,
            *self.person(people),
            *self._question_cells(tuple(coding.get("evaluation_questions", ()))),
            *self._code_cells(coding["code"]),
            guard(coding["id"]),
            guard(coding.get("coder")),
            guard(coding.get("layer")),
            start,
            end,
            guard(coding.get("quote") or None),
            guard(self._states[coding["id"]] if coding.get("quote") else None),
            *self._kind_cells(people, said.interview, touched),
            guard(coding.get("memo")),
        )

    def _uncoded(self, said: Said) -> tuple[Cell, ...]:
        touched = tuple(span for span in said.spans if self.standing.person(span[3], said.interview))
        people = _whose(said, touched)
        return (
            *said.cells,
            *self.person(people),
            *self._question_cells(said.questions),
            *(None,) * 8,
            self._guard(said.text or None),
            None,
            *self._kind_cells(people, said.interview, touched),
            None,
        )

    def _code_cells(self, code: str) -> tuple[Cell, ...]:
        if code not in self._codes:
            labels = (self.labels.codes.get(code, code), self.labels.code_paths.get(code, code))
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
            return None, None, None
        verbatim = all(kind == "verbatim" for _, _, kind, _, _ in touched)
        held_back = attribution_of(touched)
        agreed = verbatim and all(self.standing.agreed_to_quotes(person, interview) for person in people)
        quotable = "yes" if agreed and held_back is None else "no"
        return self._guard("; ".join(sorted({span[2] for span in touched}))), quotable, held_back

    def _person(self, people: tuple[str, ...]) -> tuple[Cell, ...]:
        bodies = [body for person in people if (body := self.study.row("respondents", person)) is not None]
        cells: list[Cell] = [self._code(people[0]) if len(people) == 1 else None]
        for band in BANDS:
            value = _common(body.get(band) for body in bodies)
            cells += [value, self.labels.bands[band].get(value, value) if value else None]
        cells.append(_common(body.get("language") for body in bodies))
        cells += [
            _common(body.get("attributes", {}).get(name) for body in bodies) for name in self.attributes
        ]
        return tuple(cells)

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


def _place(coding: dict[str, Any]) -> tuple[Any, ...]:
    """Where a coding comes among those of its response: in the order of the text."""
    return coding["start"], coding["end"], coding["code"], coding["id"]


def _common(values: Iterable[Any]) -> str | None:
    """The value that all share, or None."""
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else None
