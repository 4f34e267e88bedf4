"""What a person said on an evaluation question, which her cell of the chart rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from fieldkit.records.responses import NO_ATTRIBUTION
from fieldkit.study.anchoring import Anchors
from fieldkit.study.errors import StudyError
from fieldkit.study.marks import VERBATIM
from fieldkit.study.standing import Standing, has_words, spans_of

if TYPE_CHECKING:
    from fieldkit.study.study import Study

Record = tuple[str, str]
"""Table and id."""

DRAFT_MOST: Final = 240
"""Characters of a drafted summary: what is longer is no line any more."""


@dataclass(frozen=True)
class Said:
    """A passage that speaks to an evaluation question, or an answer to an item that serves it.

    Attributes:
        response: id of the response.
        start: first code point.
        end: the code point after the last.
        words: the words; empty where a value alone was given.
        verbatim: those of them that are the official's own and may be quoted.
        codes: ids of the codes it carries; none where nothing of the answer is coded to the question yet.
        records: the records that say so.
    """

    response: str
    start: int
    end: int
    words: str
    verbatim: tuple[str, ...]
    codes: tuple[str, ...]
    records: tuple[Record, ...]


class Passages:
    """The passages of persons by evaluation question, as the study stands when they are first asked for.

    Passages count as the coder's own codings and those agreed on have them; where neither speaks to a
    question, as anyone's have them. An answer of which nothing is coded to a question that its item serves
    stands whole. What is said in a joint interview counts where it is known to be hers.
    """

    def __init__(self, study: Study) -> None:
        """Look at a study."""
        self._study = study
        self._served: dict[tuple[object, ...], dict[str, list[str]]] = {}

    def of(self, respondent: str, coder: str | None) -> dict[str, list[Said]]:
        """What a person said, in the order of her interviews.

        Args:
            respondent: id of the person.
            coder: whose chart it is for.

        Returns:
            Evaluation question or part to her passages; nothing for one that she did not speak to.
        """
        study = self._study
        answers: dict[str, list[Said]] = {}
        coded: dict[str, list[tuple[dict[str, Any], Said]]] = {}
        for interview_id, interview in study.where("interviews", "respondents", respondent):
            if not self._standing.person(respondent, interview_id):
                continue
            served = self._questions_of(interview_id, interview)
            for record, body in study.where("responses", "interview", interview_id):
                hers = _hers(body, interview, respondent) if self._standing.response(body, interview) else []
                for question in served.get(body["item"], ()) if hers else ():
                    answers.setdefault(question, []).extend(
                        _said(body, start, end, (), ("responses", record)) for start, end in hers
                    )
                for _, made in study.where("codings", "response", record) if hers else ():
                    coding = self._anchors.body(made)
                    if any(start <= coding["start"] and coding["end"] <= end for start, end in hers):
                        codes, source = (coding["code"],), ("codings", coding["id"])
                        said = _said(body, coding["start"], coding["end"], codes, source)
                        for question in self._spelt_out(coding.get("evaluation_questions", ())):
                            coded.setdefault(question, []).append((coding, said))
        return {
            question: _together(coded.get(question, []), answers.get(question, []), coder)
            for question in dict.fromkeys([*answers, *coded])
        }

    @cached_property
    def _standing(self) -> Standing:
        return Standing(self._study)

    @cached_property
    def _anchors(self) -> Anchors:
        return Anchors(self._study)

    @cached_property
    def _leaves(self) -> dict[str, list[str]]:
        framework = self._study.framework
        return {question: framework.leaf_ids(question) for question in framework.question_ids}

    def _spelt_out(self, questions: Iterable[str]) -> list[str]:
        return list(dict.fromkeys(leaf for each in questions for leaf in self._leaves.get(each, ())))

    def _questions_of(self, interview_id: str, interview: Mapping[str, Any]) -> dict[str, list[str]]:
        """Item to what it serves, for the guide of an interview."""
        added = interview.get("added_items")
        key = (interview.get("guide"), interview.get("guide_hash"), interview_id if added else None)
        if key not in self._served:
            try:
                guide = self._study.guide_for(self._study.record("interviews", interview_id))
            except StudyError:
                # Without its guide it is not known what an answer serves; its codings still say so.
                return {}
            self._served[key] = {
                item.id: self._spelt_out(guide.questions_of(item.id)) for item in guide.items()
            }
        return self._served[key]


def drafted_summary(said: Iterable[Said]) -> str:
    """A summary put together from what was taken down word for word, for the coder to make her own.

    Returns:
        The lines, parted by strokes, as many as make one line; empty where there is none.
    """
    told = ""
    for line in dict.fromkeys(line for each in said for line in each.verbatim):
        joined = f"{told} / {line}" if told else line
        if told and len(joined) > DRAFT_MOST:
            break
        told = joined
    return told


def _said(body: Mapping[str, Any], start: int, end: int, codes: tuple[str, ...], source: Record) -> Said:
    text = "\n".join(paragraph["text"] for paragraph in body.get("paragraphs", ()))
    verbatim = (
        text[max(start, first) : min(end, last)]
        for first, last, kind, _, attribution in spans_of(dict(body))
        if kind == VERBATIM and attribution != NO_ATTRIBUTION and first < end and start < last
    )
    return Said(str(body["id"]), start, end, text[start:end], tuple(verbatim), codes, (source,))


def _hers(body: dict[str, Any], interview: dict[str, Any], respondent: str) -> list[tuple[int, int]]:
    """The stretches of a response that are a person's: all of it, or her paragraphs of a joint answer."""
    whose = body.get("respondent")
    if whose == respondent or (whose is None and interview["respondents"] == [respondent]):
        spans = spans_of(body)
        said = body.get("value") is not None or has_words(body)
        return [(0, spans[-1][1] if spans else 0)] if said else []
    if whose is not None:
        return []
    return [(start, end) for start, end, _, speaker, _ in spans_of(body) if speaker == respondent]


def _together(
    coded: Sequence[tuple[dict[str, Any], Said]], answers: Sequence[Said], coder: str | None
) -> list[Said]:
    """Each passage once with all its codes, then the answers that are not coded to the question yet."""
    own = [each for each in coded if each[0].get("coder") == coder or each[0].get("layer") == "consensus"]
    passages: dict[tuple[str, int, int], list[Said]] = {}
    for _, said in own or coded:
        passages.setdefault((said.response, said.start, said.end), []).append(said)
    found = [
        Said(
            *place,
            words=given[0].words,
            verbatim=given[0].verbatim,
            codes=tuple(dict.fromkeys(code for said in given for code in said.codes)),
            records=tuple(record for said in given for record in said.records),
        )
        for place, given in passages.items()
    ]
    spoken = {each.response for each in found}
    return [*found, *(answer for answer in answers if answer.response not in spoken)]
