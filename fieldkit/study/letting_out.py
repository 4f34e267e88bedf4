"""Which passages may leave the house, and what a person decided on those that could say who spoke."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldkit.say import mark, t
from fieldkit.study.anchoring import Anchors, place_of, text_of
from fieldkit.study.clock import now
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.finding_quotes import check_quote, why_not
from fieldkit.study.standing import Standing
from fieldkit.study.study import Study, put
from fieldkit.text import normalise

if TYPE_CHECKING:
    from fieldkit.findings.evidence import Evidence
    from fieldkit.records.codings import Coding

_TOLD = {
    "name": mark("it holds a name from the contacts"),
    "email": mark("it holds an e-mail address"),
    "phone": mark("it holds a telephone number from the contacts"),
    "title": mark("it holds a title from the contacts"),
    "code": mark("it holds the code of a respondent"),
    "few": mark("too few persons of that group spoke that language"),
}

Place = tuple[str, int, int]
"""Id of a response or document, and the start and end of a passage in its text."""


@dataclass(frozen=True)
class Held:
    """A passage that may be quoted and waits for a decision before it may leave.

    Attributes:
        coding: id of a coding of it.
        words: the words.
        why: what stops it, one line each.
    """

    coding: str
    words: str
    why: tuple[str, ...]


class Watch:
    """What stops passages of a study on their way out; made anew after something was written."""

    def __init__(self, study: Study, evidence: Evidence, threshold: int) -> None:
        """Look at a study.

        Args:
            study: the study.
            evidence: its evidence.
            threshold: fewest persons that a passage must be able to be of.
        """
        from fieldkit.findings.release_quotes import Identifying, Likeness

        codes = [person.code for person in evidence.respondents]
        self._identifying = Identifying(study.rows("contacts").values(), codes)
        self._likeness = Likeness(evidence)
        self._documents = {document.id for document in evidence.documents}
        self._threshold = threshold
        self._decided = _decisions(study)

    def refuse_names(self, finding: str, statement: str) -> None:
        """Refuse a finding that says who somebody is, since the evaluator can put it otherwise.

        Args:
            finding: its id.
            statement: what it states.

        Raises:
            StudyError: it holds something of the contacts, or a respondent's code.
        """
        why = self._why_named(statement)
        if why is not None:
            told = t(
                "finding {finding} cannot leave: {why}; put it otherwise with `fieldkit findings --edit`"
            )
            raise StudyError(told.format(finding=finding, why=why))

    def refuse_names_drawn(self, conclusion: str, text: str) -> None:
        """Refuse a conclusion or recommendation that says who somebody is.

        Args:
            conclusion: its id.
            text: its words.

        Raises:
            StudyError: it holds something of the contacts, or a respondent's code.
        """
        why = self._why_named(text)
        if why is not None:
            told = t("conclusion or recommendation {conclusion} cannot leave: {why}; put it otherwise")
            raise StudyError(told.format(conclusion=conclusion, why=why))

    def identifies(self, text: str) -> bool:
        """Whether a text holds something of the contacts, a title alone apart, or a respondent's code."""
        return self._why_named(text) is not None

    def _why_named(self, text: str) -> str | None:
        """What a text of the evaluator's holds that says who somebody is; a title alone may be said."""
        found = (stop for stop in self._identifying.found_in(text) if stop != "title")
        return next((t(_TOLD[stop]) for stop in found), None)

    def may_leave(self, place: Place, words: str) -> bool:
        """Whether a passage that may be quoted may leave: nothing stops it, or somebody let it out.

        Args:
            place: where it stands.
            words: its words; a decision on other words does not hold for them.
        """
        decided = self._decided.get(place)
        if decided is not None and decided[0] == words:
            return decided[1]
        return not self.why_held(place[0], words)

    def decided(self, place: Place, words: str) -> bool:
        """Whether somebody has decided on a passage with these words."""
        return self._decided.get(place, ("", False))[0] == words

    def why_held(self, record: str, words: str) -> tuple[str, ...]:
        """What stops a passage, one line each.

        Args:
            record: id of the response or document it stands in.
            words: its words.
        """
        found: list[str] = list(self._identifying.found_in(words))
        if record not in self._documents and self._likeness.of(record) < self._threshold:
            found.append("few")
        return tuple(t(_TOLD[each]) for each in found)


def held_passages(study: Study, evidence: Evidence, threshold: int) -> list[Held]:
    """The passages that may be quoted and wait for a decision, each once, in the order of their codings.

    Args:
        study: the study.
        evidence: its evidence.
        threshold: fewest persons that a passage must be able to be of.
    """
    watch, anchors, standing = Watch(study, evidence, threshold), Anchors(study), Standing(study)
    found: dict[Place, Held] = {}
    for coding, body in study.rows("codings").items():
        table, record = place_of(body)
        stands = anchors.anchored(body)
        place = (record, stands.start, stands.end)
        if place in found or why_not(study, coding, anchors, standing) is not None:
            continue
        words = text_of(study, table, record)[stands.start : stands.end]
        why = watch.why_held(record, words)
        if why and not watch.decided(place, words):
            found[place] = Held(coding, words, why)
    return list(found.values())


def decide(study: Study, coding_id: str, *, leaves: bool, reason: str) -> Coding:
    """Decide whether a passage leaves; durable when this returns.

    Args:
        study: the study.
        coding_id: id of a coding of the passage.
        leaves: whether it may leave.
        reason: why.

    Raises:
        UnknownId: there is no such coding.
        StudyError: no reason is given, or it may not be quoted at all.
        StoreError: it could not be made durable.
    """
    from fieldkit.records.codings import LettingOut

    coding: Coding | None = study.record("codings", coding_id)
    if coding is None:
        raise UnknownId("coding", coding_id, study.rows("codings"))
    why = normalise(reason).text.strip()
    if not why:
        raise StudyError(t("a decision on what leaves needs a reason: give one with --reason"))
    if leaves:
        check_quote(study, coding_id)
    body = coding.body()
    stands = Anchors(study).anchored(body)
    words = text_of(study, *place_of(body))[stands.start : stands.end]
    decision = LettingOut(leaves=leaves, words=words, reason=why, author=study.need_author(), at=now())
    decided: Coding = coding.model_copy(update={"outgoing": decision})
    study.save([put("codings", decided)])
    return decided


def _decisions(study: Study) -> dict[Place, tuple[str, bool]]:
    """Place to the words that were decided on, and whether they leave; of several the strictest holds."""
    anchors = Anchors(study)
    found: dict[Place, tuple[str, bool]] = {}
    for body in study.rows("codings").values():
        decision = body.get("outgoing")
        if decision:
            stands = anchors.anchored(body)
            place = (place_of(body)[1], stands.start, stands.end)
            before = found.get(place)
            leaves = bool(decision["leaves"]) and (before is None or before[1])
            found[place] = (decision["words"], leaves)
    return found
