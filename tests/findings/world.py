"""A small study for tests: four groups, three evaluation questions, two guides, and a way to fill it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from fieldkit.findings.evidence import Evidence
from fieldkit.protocol.codebook import Codebook
from fieldkit.protocol.framework import Framework
from fieldkit.protocol.guide import Guide
from fieldkit.records.codings import ChartCell, Coding, chart_cell_id
from fieldkit.records.interviews import Consent, Interview, consent_id
from fieldkit.records.respondents import Respondent
from fieldkit.records.responses import Paragraph, Response, ResponseKey


def text(english: str, french: str | None = None) -> dict[str, str]:
    return {"en": english, "fr": french or f"{english} (fr)"}


FRAMEWORK = Framework.model_validate(
    {
        "fieldkit": 1,
        "study": {"id": "small", "title": text("Small"), "languages": ["en", "fr"]},
        "issues": [
            {
                "id": "1",
                "title": text("Issue"),
                "evaluation_questions": [
                    {"id": "1.1", "text": text("Oversight?"), "proposition": text("Members oversee.")},
                    {
                        "id": "1.4",
                        "text": text("Bodies?"),
                        "parts": [
                            {"id": "1.4a", "text": text("Work?"), "proposition": text("They work.")},
                            {"id": "1.4b", "text": text("Change?"), "proposition": text("Change them.")},
                        ],
                    },
                    {"id": "3.3", "text": text("Worth?"), "proposition": text("It is worth it.")},
                ],
            }
        ],
        "respondent_groups": [
            {"id": "CIC", "name": text("Immigration"), "reporting_group": "CIC", "planned": 3},
            {"id": "DFA", "name": text("Foreign Affairs"), "reporting_group": "other", "planned": 2},
            {"id": "CIDA", "name": text("Development"), "reporting_group": "other", "planned": 2},
            {"id": "IOM", "name": text("IOM"), "reporting_group": "IOM", "planned": 2},
        ],
        "reporting_groups": [
            {"id": "CIC", "name": text("Immigration")},
            {"id": "other", "name": text("Other departments", "Autres ministères")},
            {"id": "IOM", "name": text("IOM")},
        ],
        "places": [
            {"id": "headquarters", "name": text("Headquarters", "Administration centrale")},
            {"id": "geneva", "name": text("Geneva", "Genève")},
        ],
        "matrix": {
            "CIC": {"1.1": "asked", "1.4": "asked", "3.3": "asked"},
            "DFA": {"1.1": "if_involved", "1.4": "asked", "3.3": "asked"},
            "CIDA": {"1.1": "no", "1.4": "no", "3.3": "asked"},
            "IOM": {"1.1": "asked", "1.4a": "facts", "1.4b": "no", "3.3": "no"},
        },
        "positions": [
            {"id": "favourable", "name": text("Favourable", "Favorable"), "stance": 1},
            {"id": "mixed", "name": text("Mixed"), "stance": 0},
            {"id": "unfavourable", "name": text("Unfavourable"), "stance": -1},
            {"id": "no_view", "name": text("No view")},
        ],
        "bases": [{"id": "first_hand", "name": text("First-hand")}],
    }
)

CODEBOOK = Codebook.model_validate(
    {
        "fieldkit": 1,
        "version": "1",
        "codes": [
            {"id": "governance", "name": text("Governance"), "definition": text("d")},
            {"id": "council", "name": text("Council"), "parent": "governance", "definition": text("d")},
            {"id": "scbf", "name": text("SCBF"), "parent": "governance", "definition": text("d")},
            {"id": "value", "name": text("Value"), "definition": text("d")},
            {"id": "costs", "name": text("Costs"), "parent": "value", "definition": text("d")},
        ],
    }
)

SCALE = [
    {"value": n, "text": text(label)} for n, label in enumerate(("Poor", "Fair", "Good", "Very good"), 1)
]
ROWS = [{"id": "membership", "text": text("Membership")}, {"id": "services", "text": text("Services")}]
BODIES = [{"id": "council", "text": text("The Council")}, {"id": "scbf", "text": text("The SCBF")}]
THINGS = [{"id": each, "text": text(each.capitalize())} for each in ("forum", "services", "savings")]


def item(item_id: str, kind: str, questions: list[str], **more: Any) -> dict[str, Any]:
    base = {
        "id": item_id,
        "type": kind,
        "text": text(item_id.capitalize()),
        "evaluation_questions": questions,
    }
    return base | more


def guide(guide_id: str, group: str, items: list[dict[str, Any]]) -> Guide:
    return Guide.model_validate(
        {
            "fieldkit": 1,
            "id": guide_id,
            "version": "1.0",
            "title": text(guide_id),
            "respondent_group": group,
            "statement": text("statement"),
            "consents": [{"id": each, "text": text(each)} for each in ("given", "quote", "recording")],
            "sections": [{"id": "main", "title": text("Main"), "items": items}],
        }
    )


CIC = guide(
    "cic",
    "CIC",
    [
        item("role", "text", [], context=True),
        item("oversight", "scale", ["1.1"], scale=SCALE, per="person"),
        item("bodies", "grid", ["1.4a"], rows=BODIES, cell="scale", scale=SCALE),
        item("change", "text", ["1.4b"]),
        item("own_time", "grid", ["3.3"], rows=ROWS, cell="percent", per="person"),
        item("worth", "text", ["3.3"]),
        item("missions", "number", ["3.3"], unit=text("missions")),
        item("order", "rank", ["3.3"], choices=THINGS),
    ],
)
DFA = guide(
    "dfa",
    "DFA",
    [
        item("oversight", "scale", ["1.1"], scale=SCALE),
        item("bodies", "text", ["1.4"]),
        item("time", "percent", ["3.3"], answered_for="organisation"),
    ],
)
GUIDES = {"cic": CIC, "dfa": DFA}


@dataclass
class World:
    """Fills a study line by line, as an evaluator would."""

    respondents: list[Respondent] = field(default_factory=list)
    interviews: list[Interview] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    codings: list[Coding] = field(default_factory=list)
    chart: list[ChartCell] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)

    def person(self, code: str, group: str | None = None, **more: Any) -> str:
        """A person with an interview of her own, `i-code`, consented and complete."""
        self.respondents.append(Respondent(id=code, code=code, group=group or code.split("-")[0], **more))
        return code

    def interview(
        self, *people: str, state: str = "complete", given: bool | None = True, live: bool = False
    ) -> str:
        interview_id = f"i-{'+'.join(people)}"
        group = next(each.group for each in self.respondents if each.id == people[0])
        self.interviews.append(
            Interview.of(
                {
                    "id": interview_id,
                    "guide": group.lower(),
                    "guide_version": "1.0",
                    "respondents": list(people),
                    "state": state,
                    "sittings": [{"started_at": "2005-03-01T14:00:00Z"}] if live else [],
                }
            )
        )
        for person in people:
            self.consent(interview_id, person, given=given)
        return interview_id

    def consent(self, interview: str, person: str, **more: Any) -> None:
        consent = Consent(id=consent_id(interview, person), interview=interview, respondent=person, **more)
        self.consents = [each for each in self.consents if each.id != consent.id] + [consent]

    def interviewed(self, code: str, **more: Any) -> str:
        return self.interview(self.person(code, **more))

    def response(
        self, interview: str, item_id: str, words: str | list[tuple[str | None, str]] = "", **more: Any
    ) -> str:
        key = ResponseKey(item_id, more.get("instance"), more.get("respondent"))
        lines = [(None, words)] if isinstance(words, str) else words
        paragraphs = [Paragraph(text=line, respondent=who) for who, line in lines if line]
        response_id = key.response_id(interview)
        self.responses.append(
            Response(id=response_id, interview=interview, item=item_id, paragraphs=paragraphs, **more)
        )
        return response_id

    def code(self, response: str, code: str, *questions: str, **more: Any) -> None:
        passage = {"start": 0, "end": 5, "coder": "MT"} | more
        self.codings.append(
            Coding(
                id=f"c{len(self.codings):05}",
                response=response,
                code=code,
                evaluation_questions=list(questions),
                **passage,
            )
        )

    def position(
        self, person: str, question: str, position: str | None, coder: str = "MT", **more: Any
    ) -> None:
        self.chart.append(
            ChartCell(
                id=chart_cell_id(person, question, coder),
                respondent=person,
                evaluation_question=question,
                position=position,
                coder=coder,
                **more,
            )
        )

    def evidence(self, **more: Any) -> Evidence:
        made = Evidence(
            framework=FRAMEWORK,
            codebook=CODEBOOK,
            guides=GUIDES,
            respondents=tuple(self.respondents),
            interviews=tuple(self.interviews),
            responses=tuple(self.responses),
            codings=tuple(self.codings),
            chart=tuple(self.chart),
            consents=tuple(self.consents),
        )
        return replace(made, **more)
