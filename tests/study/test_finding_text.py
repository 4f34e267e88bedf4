"""Words are found whatever case and accents, at exact places, and coded in one change."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.records.responses import ResponseKey
from fieldkit.study.anchoring import standing_codings
from fieldkit.study.coding import code_passage
from fieldkit.study.consents import record_consent
from fieldkit.study.documents import DocumentFacts, take_document
from fieldkit.study.errors import StudyError
from fieldkit.study.finding_text import code_hits, find_text, places
from fieldkit.study.history import undo
from fieldkit.study.study import Study
from fieldkit.text import fold
from tests.study.conftest import held

TEXT = "Le CONSEIL écoute 👩‍💼… L’enquête du conseil\nExecutive-council: conseils."


@pytest.fixture
def plan(study: Study) -> str:
    return take_document(study, "plan.txt", TEXT, DocumentFacts()).document.id


def found(study: Study, query: str, **how: bool) -> list[str]:
    hits = find_text(study, query, **how)
    assert all(TEXT[hit.start : hit.end] == hit.words for hit in hits if hit.table == "documents")
    return [hit.words for hit in hits]


def test_case_accents_apostrophes_and_blanks_make_no_difference(study: Study, plan: str) -> None:
    assert found(study, "conseil") == ["CONSEIL", "conseil", "conseil"]
    assert found(study, "conseil", whole_words=True) == ["CONSEIL", "conseil"]
    assert found(study, "Conseil   ECOUTE") == ["CONSEIL écoute"]
    assert found(study, "l'enquete") == ["L’enquête"]
    assert found(study, "council", whole_words=True) == ["council"]
    assert found(study, "conseil executive") == []  # not across paragraphs
    assert found(study, "[c") == []
    with pytest.raises(StudyError, match="give words"):
        find_text(study, " .* ")


@given(
    st.text(alphabet="aàAéEßﬁ… \u0301👩🏽İ", max_size=20),
    st.text(alphabet="aàAéEßﬁİ", min_size=1, max_size=3),
)
def test_what_is_found_folds_to_what_was_sought(text: str, words: str) -> None:
    """Held against a plain search in the folded text."""
    text = unicodedata.normalize("NFC", text)
    pattern = re.compile(re.escape(fold(words)))
    hits = places(pattern, text)
    assert len(hits) == len(pattern.findall(fold(text)))
    for start, end in hits:
        assert fold(words) in fold(text[start:end])
        assert fold(words) not in fold(text[start + 1 : end])
        assert fold(words) not in fold(text[start : end - 1]) or fold(text[end - 1]) == ""


def test_a_hit_shows_its_context_and_the_codes_it_has(study: Study, plan: str) -> None:
    code_passage(study, plan, ["council"], start=0, end=17, document=True)
    first, second, _ = find_text(study, "conseil")
    assert (first.before, first.after[:7], first.codes) == ("Le ", " écoute", ("council",))
    assert (second.after, second.codes, second.about) == ("", (), "plan.txt")


def test_the_hits_chosen_are_coded_in_one_change(study: Study, plan: str) -> None:
    hits = find_text(study, "conseil")
    coded = code_hits(study, hits[:2], ["council", "oversight"], evaluation_questions=["1.4a"])
    assert len(coded.revisions) == 4
    assert not code_hits(study, hits[:1], ["council"]).revisions
    standing = standing_codings(study, "documents", plan)
    assert {(each.quote, each.code) for each in standing} == {
        (words, code) for words in ("CONSEIL", "conseil") for code in ("council", "oversight")
    }
    undo(study)
    assert standing_codings(study, "documents", plan) == []
    with pytest.raises(StudyError, match="chosen"):
        code_hits(study, [], ["council"])
    take_document(study, "plan.txt", "New. " + TEXT, DocumentFacts())
    with pytest.raises(StudyError, match="search again"):
        code_hits(study, hits, ["council"])


def test_words_of_who_did_not_agree_are_not_found(study: Study) -> None:
    conduct = held(study)
    person = conduct.respondents[0].id
    conduct.set_consent(person, given=True)
    conduct.note(ResponseKey("common_position"), "The Conseil listens.")
    conduct.leave(ResponseKey("common_position"))
    (hit,) = find_text(study, "conseil")
    assert (hit.table, hit.about) == ("responses", "CIC-01 common_position")
    record_consent(study, conduct.interview.id, person, given=False)
    assert find_text(study, "conseil") == []
