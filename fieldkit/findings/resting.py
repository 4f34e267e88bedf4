"""What a finding rests on, as one digest: whether any of it has changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from fieldkit.findings.evidence import Evidence
from fieldkit.findings.positions import held_positions
from fieldkit.findings.standpoints import Statement


def resting_digest(evidence: Evidence, statement: Statement, quotes: Iterable[str] = ()) -> str:
    """A digest of what a statement rests on.

    It covers who takes which position on the evaluation question, on what basis, the words and speakers of
    the passages named, the role of documents, and the rules by which strength is computed. It tells that
    something changed, not what.

    Args:
        evidence: the study's evidence.
        statement: the statement.
        quotes: ids of codings whose words are to be quoted.

    Returns:
        SHA-256, in hexadecimal.
    """
    framework = evidence.framework
    leaves = evidence.leaves([statement.question])
    held = held_positions(evidence)
    on_chart = {leaf: sorted(held[leaf].positions.items()) for leaf in sorted(leaves)}
    disputed = {leaf: sorted(held[leaf].disputed) for leaf in sorted(leaves)}
    bases = sorted(
        (cell.evaluation_question, cell.respondent, cell.basis or "", cell.layer or "")
        for cell in evidence.cells
        if cell.evaluation_question in leaves
    )
    named = {*statement.supports, *statement.contradicts, *quotes}
    rules = [rule.model_dump(mode="json") for rule in framework.strength_rules]
    stances = {position.id: position.stance for position in framework.positions}
    second_hand = [basis.id for basis in framework.bases if basis.second_hand]
    interested = [group.id for group in framework.respondent_groups if group.interested]
    groups = sorted(
        (person, evidence.people[person].group) for leaf in leaves for person in held[leaf].positions
    )
    resting = [on_chart, disputed, bases, groups, [stances, second_hand, interested, rules]]
    words = _words(evidence, named)
    resting += [[name, words.get(name)] for name in sorted(named)]
    text = json.dumps(resting, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _words(evidence: Evidence, named: set[str]) -> dict[str, list[object]]:
    """Where each passage stands, whose it is and its words; those that count no more are not in it."""
    found: dict[str, list[object]] = {}
    for passage in evidence.passages:
        coding = passage.coding
        if coding.id in named:
            words = passage.heard.response.text[coding.start : coding.end]
            found[coding.id] = [coding.response, sorted(passage.persons), words]
    documents = {each.id: each for each in evidence.documents}
    for coding in evidence.codings:
        if coding.id in named and coding.document in documents:
            document = documents[coding.document]
            found[coding.id] = [document.id, document.role, document.text[coding.start : coding.end]]
    return found
