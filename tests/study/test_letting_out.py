"""Passages leave only where nothing says who spoke, or where somebody decided so and said why."""

from __future__ import annotations

import pytest

from fieldkit.exchange.report_gather import gather
from fieldkit.storage.writes import Put
from fieldkit.study.errors import StudyError
from fieldkit.study.evidence import evidence
from fieldkit.study.findings import add_finding, set_status
from fieldkit.study.letting_out import decide, held_passages
from fieldkit.study.roster import RosterEntry, add_roster, find_respondent
from fieldkit.study.study import Study
from tests.study.conftest import held

PLAIN = "The Council looks at it twice a year."
WITH_NAME = "Zoé told me so."
SAID = {
    "CIC-01": ("en", PLAIN),
    "CIC-02": ("en", WITH_NAME),
    "CIC-03": ("en", "Write to boss@example.org."),
    "CIC-04": ("en", "Call +1 (613) 555-01 99 about it."),
    "CIC-05": ("fr", "Le Conseil fonctionne."),
    "IOM-01": ("en", "We are the only ones."),
}


@pytest.fixture
def spoken(study: Study) -> Study:
    """One verbatim passage of each person, coded by her code, all of whom agreed to be quoted."""
    names = {"name": "Zoë de Ruyter", "phone": "613 555 0199", "title": "Director, Refugees"}
    add_roster(
        study,
        [
            RosterEntry("CIC-02", {"group": "CIC"}, {}, names),
            *(RosterEntry(f"CIC-0{n}", {"group": "CIC"}) for n in (3, 4, 5)),
        ],
    )
    for code, (language, words) in SAID.items():
        interview = held(study, code).interview
        person = find_respondent(study, code).id
        item = study.guide_for(interview).items()[3].id
        response = {"id": f"{interview.id}:{item}", "interview": interview.id, "item": item}
        response |= {"disposition": "answered", "language": language}
        response["paragraphs"] = [{"text": words, "kind": "verbatim"}]
        consent = {"id": f"{interview.id}@{person}", "interview": interview.id, "respondent": person}
        coding = {"id": code, "response": response["id"], "code": "council", "start": 0, "end": len(words)}
        coding |= {"quote": words, "evaluation_questions": ["1.1"]}
        study.save(
            [
                Put("responses", response["id"], response),
                Put("consents", consent["id"], {**consent, "given": True, "quote": True}),
                Put("codings", code, coding),
            ]
        )
    return study


def leaving(study: Study) -> set[str]:
    (part,) = [each for each in gather(study, leaving=True).questions if each.id == "1.1"]
    assert all(quote.who is None for quote in part.quotes)
    return {quote.words for quote in part.quotes}


def test_only_what_could_be_of_three_persons_and_names_nobody_leaves_unasked(spoken: Study) -> None:
    assert leaving(spoken) == {PLAIN}
    waiting = {each.coding: each.why for each in held_passages(spoken, evidence(spoken), 3)}
    few = "too few persons of that group spoke that language"
    assert waiting == {
        "CIC-02": ("it holds a name from the contacts",),
        "CIC-03": ("it holds an e-mail address",),
        "CIC-04": ("it holds a telephone number from the contacts",),
        "CIC-05": (few,),
        "IOM-01": (few,),
    }


def test_a_decision_is_kept_with_who_took_it_and_why_and_holds_for_those_words(spoken: Study) -> None:
    with pytest.raises(StudyError, match="needs a reason"):
        decide(spoken, "CIC-02", leaves=True, reason=" ")
    spoken.set_author("AB")
    decide(spoken, "CIC-02", leaves=True, reason="Another Zoé.")
    decide(spoken, "CIC-01", leaves=False, reason="Recognisable.")
    assert leaving(spoken) == {WITH_NAME}
    kept = spoken.rows("codings")["CIC-02"]["outgoing"]
    assert (kept["author"], kept["reason"], kept["words"]) == ("AB", "Another Zoé.", WITH_NAME)
    assert "CIC-02" not in [each.coding for each in held_passages(spoken, evidence(spoken), 3)]
    response = spoken.rows("codings")["CIC-02"]["response"]
    body = spoken.rows("responses")[response]
    changed = {"text": "Zoé told us so.", "kind": "verbatim"}
    spoken.save([Put("responses", response, {**body, "paragraphs": [changed]})])
    assert leaving(spoken) == set()


def test_what_may_not_be_quoted_cannot_be_let_out(spoken: Study) -> None:
    response = spoken.rows("codings")["CIC-01"]["response"]
    body = spoken.rows("responses")[response]
    told = {"text": PLAIN, "kind": "paraphrase"}
    spoken.save([Put("responses", response, {**body, "paragraphs": [told]})])
    with pytest.raises(StudyError, match="not verbatim"):
        decide(spoken, "CIC-01", leaves=True, reason="It is fine.")
    assert leaving(spoken) == set()


def test_a_finding_that_names_somebody_does_not_leave(spoken: Study) -> None:
    finding = add_finding(spoken, "1.1", "As Ms. de Ruyter says, it works.")
    assert leaving(spoken) == {PLAIN}
    set_status(spoken, finding.id, "final")
    with pytest.raises(StudyError, match="holds a name from the contacts"):
        gather(spoken, leaving=True)
