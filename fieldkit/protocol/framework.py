"""What the study must answer, who is asked, and by what rules answers are judged."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from fieldkit.protocol.base import IndicatorId, Model, QuestionId, Share, Slug, Token
from fieldkit.protocol.texts import LanguageCode, Text

Mark = Literal["asked", "if_involved", "facts", "no"]
"""Whether a group or line of evidence speaks to an evaluation question."""


def _no_is_a_mark(value: Any) -> Any:
    # YAML reads a bare `no` as false.
    return "no" if value is False else value


class StudyInfo(Model):
    """What the study is.

    Attributes:
        languages: the first is the default language.
        marking: the security marking that reports carry.
        source: where the facts come from and what is reconstructed.
        contacts_until: the last day on which names and addresses may be kept.
    """

    id: Slug
    title: Text
    description: Text | None = None
    languages: list[LanguageCode] = Field(min_length=1)
    marking: Text | None = None
    source: str | None = None
    contacts_until: date | None = Field(default=None, strict=False)


class Indicator(Model):
    """What would show the answer to an evaluation question."""

    id: IndicatorId
    text: Text


class EvaluationQuestion(Model):
    """One thing the study must answer; with `parts`, each part is answered on its own.

    Attributes:
        proposition: the statement that positions refer to; none where there are parts.
        source: whether the question is the report's own or reconstructed.
        outcomes: ids of outcomes in the logic model that it bears on.
    """

    id: QuestionId
    text: Text
    proposition: Text | None = None
    source: Literal["report", "reconstructed"] | None = None
    outcomes: list[Slug] = Field(default=[])
    indicators: list[Indicator] = Field(default=[])
    parts: list[EvaluationQuestion] = Field(default=[])


class Issue(Model):
    """A group of evaluation questions."""

    id: QuestionId
    title: Text
    evaluation_questions: list[EvaluationQuestion] = Field(min_length=1)


class ReportingGroup(Model):
    """A group as reports name it."""

    id: Slug
    name: Text


class RespondentGroup(Model):
    """A group that is interviewed with a guide of its own.

    Attributes:
        planned: how many interviews are planned.
        interested: whether it has a stake in the answers, as an organisation that speaks of itself.
    """

    id: Slug
    name: Text
    reporting_group: Slug
    planned: int = Field(default=0, ge=0)
    interested: bool = False


class Band(Model):
    """One value of a respondent's place or level, coarse enough to report."""

    id: Slug
    name: Text


class LineOfEvidence(Model):
    """A method by which evidence is gathered."""

    id: Slug
    name: Text
    kind: Literal["interviews", "documents", "other"]


class Position(Model):
    """A stand one can take on a proposition.

    Attributes:
        stance: 1 for, -1 against, 0 between; None takes no side (no view, factual).
    """

    id: Token
    name: Text
    stance: int | None = Field(default=None, ge=-1, le=1)


class Basis(Model):
    """On what a position rests: first-hand knowledge, hearsay, opinion.

    Attributes:
        second_hand: whether it is what others told.
    """

    id: Token
    name: Text
    second_hand: bool = False


class QuantityWord(Model):
    """One word of a quantity scale.

    Attributes:
        at_least: smallest share of n, included.
        under: share of n it stays below; None where there is no upper end.
        persons: fewest people it may be said of.
        phrase: the word with the people it is said of, in whose place stands `{who}`.
    """

    word: Text
    phrase: Text | None = None
    at_least: Share
    under: Share | None = None
    persons: int = Field(default=1, ge=1)


class QuantityScale(Model):
    """Words for shares of people, from the top.

    Attributes:
        verified: whether someone has read the source and found it so.
        minimum_n: with fewer people than this, no word is used.
        one_person: what is said of one of several people.
        none: what is said of nobody among several.
        who: the people of a group, in whose name's place stands `{group}`.
    """

    id: Slug
    name: Text
    source: str
    verified: bool = False
    minimum_n: int = Field(default=1, ge=1)
    words: list[QuantityWord] = Field(min_length=1)
    one_person: Text
    none: Text
    who: Text | None = None


class StrengthRule(Model):
    """A rule on how strong the evidence for a finding is, tried in the order of the file."""

    id: Slug
    name: Text
    rule: Text
    parameters: dict[str, Share] = Field(default={})


class Activity(Model):
    """An activity of the logic model."""

    id: Slug
    text: Text


class Output(Model):
    """An output of the logic model, and the activities it comes from."""

    id: Slug
    text: Text
    from_: list[Slug] = Field(default=[], alias="from")


class Outcome(Model):
    """An outcome of the logic model, and the outputs or outcomes it comes from."""

    id: Slug
    text: Text
    term: Literal["short", "intermediate", "long"]
    from_: list[Slug] = Field(default=[], alias="from")


class LogicModel(Model):
    """How activities are meant to lead to outcomes."""

    activities: list[Activity] = Field(default=[])
    outputs: list[Output] = Field(default=[])
    outcomes: list[Outcome] = Field(default=[])


class Framework(Model):
    """The evaluation framework: `framework.yaml`."""

    fieldkit: Literal[1]
    study: StudyInfo
    issues: list[Issue] = Field(min_length=1)
    respondent_groups: list[RespondentGroup] = Field(min_length=1)
    reporting_groups: list[ReportingGroup] = Field(min_length=1)
    places: list[Band] = Field(default=[])
    levels: list[Band] = Field(default=[])
    lines_of_evidence: list[LineOfEvidence] = Field(default=[])
    matrix: dict[Slug, dict[QuestionId, Annotated[Mark, BeforeValidator(_no_is_a_mark)]]] = Field(default={})
    positions: list[Position] = Field(min_length=1)
    bases: list[Basis] = Field(min_length=1)
    quantity_scales: list[QuantityScale] = Field(default=[])
    strength_rules: list[StrengthRule] = Field(default=[])
    logic_model: LogicModel = LogicModel()

    @property
    def languages(self) -> list[str]:
        """The study's languages; the first is the default."""
        return list(self.study.languages)

    @cached_property
    def bands(self) -> dict[str, list[ReportingGroup | RespondentGroup | Band]]:
        """Field of a respondent to the values that it may have."""
        return {
            "group": [*self.respondent_groups],
            "reporting_group": [*self.reporting_groups],
            "place": [*self.places],
            "level": [*self.levels],
        }

    @cached_property
    def evaluation_questions(self) -> list[EvaluationQuestion]:
        """All evaluation questions, without their parts, in order."""
        return [question for issue in self.issues for question in issue.evaluation_questions]

    @cached_property
    def leaves(self) -> list[EvaluationQuestion]:
        """What positions are held on: each part, or the question where it has none, in order."""
        return [leaf for question in self.evaluation_questions for leaf in question.parts or [question]]

    @cached_property
    def question_ids(self) -> list[str]:
        """Ids of all evaluation questions, each followed by those of its parts, in order."""
        return [
            question_id
            for question in self.evaluation_questions
            for question_id in (question.id, *(part.id for part in question.parts))
        ]

    def question(self, question_id: str) -> EvaluationQuestion:
        """The evaluation question or part with an id.

        Raises:
            KeyError: there is none.
        """
        return self._by_id[question_id]

    def has_question(self, question_id: str) -> bool:
        """Whether an id names an evaluation question or a part of one."""
        return question_id in self._by_id

    def leaf_ids(self, question_id: str) -> list[str]:
        """Ids of the parts of a question; its own id where it has none.

        Raises:
            KeyError: there is no such question.
        """
        question = self._by_id[question_id]
        return [part.id for part in question.parts] or [question.id]

    def parent_id(self, question_id: str) -> str:
        """The id of the question that a part belongs to; a question's own id otherwise.

        Raises:
            KeyError: there is no such question.
        """
        return self._parents[question_id]

    def mark(self, group: str, question_id: str) -> Mark:
        """Whether a group or line of evidence speaks to an evaluation question or part.

        A part takes its question's mark where it has none of its own; a question with marked parts
        and no mark of its own takes the strongest of theirs.

        Args:
            group: id of a respondent group or a line of evidence.
            question_id: id of an evaluation question or part.

        Returns:
            The mark; `no` where nothing is said.
        """
        marks = self.matrix.get(group, {})
        if question_id in marks:
            return marks[question_id]
        parent = self._parents.get(question_id, question_id)
        if parent in marks:
            return marks[parent]
        question = self._by_id.get(question_id)
        parts = [marks[part.id] for part in question.parts if part.id in marks] if question else []
        order: tuple[Mark, ...] = ("asked", "facts", "if_involved")
        return next((mark for mark in order if mark in parts), "no")

    @cached_property
    def _by_id(self) -> dict[str, EvaluationQuestion]:
        every = [*self.evaluation_questions, *self.leaves]
        return {question.id: question for question in every}

    @cached_property
    def _parents(self) -> dict[str, str]:
        parents = {question.id: question.id for question in self.evaluation_questions}
        parents.update({part.id: q.id for q in self.evaluation_questions for part in q.parts})
        return parents
