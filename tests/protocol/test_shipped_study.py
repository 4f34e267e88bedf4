"""The study that ships: what an evaluator who opens it may rely on.

Figures, marks and names are typed here from the source report and the evaluation plan, not read from
the files under test.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pydantic import BaseModel

from fieldkit.protocol.check import check_protocol
from fieldkit.protocol.codebook import Codebook
from fieldkit.protocol.conditions import compile_condition
from fieldkit.protocol.framework import Framework
from fieldkit.protocol.guide import Guide
from fieldkit.protocol.items import MultipleItem, RepeatItem, SingleItem
from fieldkit.protocol.library import Protocol, load_protocol
from fieldkit.protocol.texts import Text

FOLDER = Path(__file__).parents[2] / "interview_guides"
GUIDES = ("cic", "cida", "dfa", "iom")
NBSP = "\u00a0"

LEAVES = ["1.1", "1.2", "1.3", "1.4a", "1.4b", "1.5", "2.1", "2.2", "2.3", "2.4", "2.5"]
LEAVES += ["3.1", "3.2", "3.3a", "3.3b"]
MARKS = {
    "CIC": "X X X X X X X X X X X X X X X",
    "DFA": "x X X x x - X X - X X X X X X",
    "CIDA": "- X X - - x - X x X X X - X X",
    "IOM": "X X f X X X X X X X X x - - X",
    "documents": "X X X X X X X X X X X X X X X",
}
MARK_NAMES = {"X": "asked", "x": "if_involved", "f": "facts", "-": "no"}

CODES = {
    "governance": "oversight council scbf executive-committee informal-consultation like-minded-group"
    " consensus budget-information core-versus-overhead zero-growth",
    "mandate": "mandate-growth mandate-overlap mandate-gap new-roles fit-with-canada",
    "influence": "influence-achieved influence-means influence-limits position-forming one-voice"
    " staff-continuity",
    "results": "service-quality service-cost service-continuity research-use dialogue-forums special-projects"
    " issue-resolved savings-canada savings-migrants",
    "value": "objective-services objective-forum objective-savings new-objective strategic-outcome"
    " membership-costs observer-option withdrawal-option",
    "general": "suggestion knowledge-limit",
}

BUDGET = [["37.1", "37.1"], ["553.2", "639.3"]]
CONTRIBUTIONS = {
    "United States of America": "9.7",
    "Japan": "7.2",
    "Germany": "3.6",
    "United Kingdom": "2.5",
    "France": "2.5",
    "Italy": "2.0",
    "Canada": "1.2",
    "Mexico": "0.79",
    "Netherlands": "0.70",
    "South Korea": "0.67",
}

# The report's own judgements, which would lead a respondent who heard them.
JUDGEMENTS = re.compile(r"germane|dysfunction|dysfonction|influential|influents?\b|effectively frozen", re.I)


class Way(NamedTuple):
    """One way through a guide: the answers that lead to it and what it asks."""

    answers: Mapping[str, Any]
    items: tuple[str, ...]
    minutes: float
    askable: int
    open: int


@lru_cache(maxsize=1)
def study() -> Protocol:
    return load_protocol(FOLDER)


def framework() -> Framework:
    found = study().framework
    assert found is not None
    return found


def codebook() -> Codebook:
    found = study().codebook
    assert found is not None
    return found


def texts_in(model: Any) -> Iterator[Text]:
    """Every text of a model, however deep."""
    if isinstance(model, Text):
        yield model
    elif isinstance(model, BaseModel):
        for name in type(model).model_fields:
            yield from texts_in(getattr(model, name))
    elif isinstance(model, dict):
        for part in model.values():
            yield from texts_in(part)
    elif isinstance(model, list | tuple):
        for part in model:
            yield from texts_in(part)


def heard_in(guide: Guide) -> Iterator[Text]:
    """Every text of a guide that a respondent hears or is shown: all but hints and section titles."""
    yield guide.statement
    yield from texts_in([consent.text for consent in guide.consents])
    yield from texts_in([guide.choices, guide.scales])
    for item in guide.items():
        yield item.text
        yield from texts_in(item.probes)
        for name in ("choices", "rows", "scale", "instances"):
            yield from texts_in(getattr(item, name, []))
    yield from texts_in(guide.show_cards)
    if guide.closing_statement is not None:
        yield guide.closing_statement


def possible_answers(guide: Guide, name: str) -> list[Any]:
    """All a gating item can hold, unanswered included."""
    item = guide.item(name)
    if isinstance(item, SingleItem):
        return [None, *(choice.id for choice in item.choices), {"other": "elsewhere"}]
    assert isinstance(item, MultipleItem), f"{guide.id}: {name} gates, and is neither single nor multiple"
    ids = [choice.id for choice in item.choices]
    return [list(some) for size in range(len(ids) + 1) for some in itertools.combinations(ids, size)]


@lru_cache(maxsize=len(GUIDES))
def paths(guide_id: str) -> list[Way]:
    """All the different ways through a guide, counted without the loader's own routing."""
    guide = study().guides[guide_id]
    parts = [part for section in guide.sections for part in (section, *section.items)]
    conditions = [compile_condition(part.relevant) for part in parts if part.relevant]
    names = sorted(set().union(*(condition.names for condition in conditions)))
    found: dict[tuple[str, ...], Way] = {}
    for values in itertools.product(*(possible_answers(guide, name) for name in names)):
        path = walk(guide, dict(zip(names, values, strict=True)))
        found.setdefault(path.items, path)
    return list(found.values())


def walk(guide: Guide, answers: Mapping[str, Any]) -> Way:
    """What is asked of someone who answers so; an answer counts once its item has been asked."""
    given: dict[str, Any] = {}
    asked: list[str] = []
    minutes = 0.0
    askable = open_items = 0
    for section in guide.sections:
        if section.relevant and not compile_condition(section.relevant).evaluate(given):
            continue
        for item in section.items:
            if item.relevant and not compile_condition(item.relevant).evaluate(given):
                continue
            if item.id in answers:
                given[item.id] = answers[item.id]
            times, inner = 1, [item]
            if isinstance(item, RepeatItem):
                times, inner = len(item.instances) or item.maximum, list(item.items)
                minutes += item.minutes
            asked += [item.id, *(part.id for part in inner if part is not item)]
            minutes += times * sum(part.minutes for part in inner)
            open_items += times * sum(part.type == "text" for part in inner)
            askable += item.type != "note"
    return Way(answers, tuple(asked), minutes, askable, open_items)


def test_four_guides_load_and_nothing_is_to_be_said_against_them() -> None:
    assert sorted(study().guides) == sorted(GUIDES)
    assert {guide.respondent_group for guide in study().guides.values()} == {"CIC", "CIDA", "DFA", "IOM"}
    assert study().codebook is not None
    assert [str(problem) for problem in check_protocol(study())] == []


def test_every_text_is_in_english_and_in_french() -> None:
    everything = [study().framework, study().codebook, *study().guides.values()]
    missing = [text for text in texts_in(everything) if set(text.languages) != {"en", "fr"}]
    assert missing == []


def test_french_is_set_the_french_way() -> None:
    everything = [study().framework, study().codebook, *study().guides.values()]
    for text in texts_in(everything):
        french = text.get("fr")
        assert not re.search(rf"[^{NBSP}\s\d:/][:;?!»](\s|$)", french), f"no hard space in: {french}"
        assert not re.search(r" [:;?!»%]|« ", french), f"a breaking space in: {french}"
        assert "'" not in french, f"a straight apostrophe in: {french}"


def test_evaluation_questions_are_thirteen_of_which_two_have_two_parts() -> None:
    assert [leaf.id for leaf in framework().leaves] == LEAVES
    assert len(framework().evaluation_questions) == 13
    assert all(leaf.proposition and leaf.indicators and leaf.outcomes for leaf in framework().leaves)


def test_only_question_3_1_is_said_to_be_the_reports() -> None:
    questions = framework().evaluation_questions
    assert [question.id for question in questions if question.source == "report"] == ["3.1"]
    assert "reconstructed" in str(framework().study.source)


@pytest.mark.parametrize("who", MARKS)
def test_the_matrix_is_as_planned(who: str) -> None:
    marks = [MARK_NAMES[mark] for mark in MARKS[who].split()]
    assert [framework().mark(who, leaf) for leaf in LEAVES] == marks


@pytest.mark.parametrize("guide_id", GUIDES)
def test_a_group_is_asked_what_the_matrix_says_and_no_more(guide_id: str) -> None:
    guide = study().guides[guide_id]
    asked = {item_id for path in paths(guide_id) for item_id in path.items}
    served = {
        leaf
        for item in guide.items()
        if item.id in asked
        for question in item.evaluation_questions
        for leaf in framework().leaf_ids(question)
    }
    marks = zip(LEAVES, MARKS[guide.respondent_group].split(), strict=True)
    assert served == {leaf for leaf, mark in marks if mark != "-"}


@pytest.mark.parametrize("guide_id", GUIDES)
def test_every_item_can_be_reached(guide_id: str) -> None:
    asked = {item_id for path in paths(guide_id) for item_id in path.items}
    assert {item.id for item in study().guides[guide_id].items()} == asked


@pytest.mark.parametrize("guide_id", GUIDES)
def test_every_path_fits_three_quarters_of_an_hour(guide_id: str) -> None:
    for path in paths(guide_id):
        assert path.minutes <= 45, path
        assert path.askable <= 14, path
        assert path.open <= 10, path


def test_each_evaluation_question_reaches_two_kinds_of_cic_official() -> None:
    guide = study().guides["cic"]
    for leaf in LEAVES:
        items = {
            item.id
            for item in guide.items()
            for question in item.evaluation_questions
            if leaf in framework().leaf_ids(question)
        }
        assert sum(bool(items & set(path.items)) for path in paths("cic")) >= 2, leaf


def test_only_those_who_attended_rate_the_bodies() -> None:
    for path in paths("cic"):
        attended = set(path.answers["bodies_attended"]) - {"none"} and "bodies_attended" in path.items
        assert ("bodies" in path.items) == bool(attended), path


def test_own_time_is_asked_of_the_division_and_the_mission() -> None:
    guide = study().guides["cic"]
    grid = guide.item("time_shares")
    assert grid.type == "grid"
    assert (grid.cell, grid.answered_for) == ("percent", "self")
    assert [row.id for row in grid.rows] == ["membership", "services"]
    for path in paths("cic"):
        assert ("time_shares" in path.items) == (path.answers["unit"] in ("bsk", "geneva")), path


def test_the_statements_promise_what_can_be_kept() -> None:
    for guide in study().guides.values():
        english, french = guide.statement.get("en").lower(), guide.statement.get("fr").lower()
        assert "anonym" not in english + french, guide.id
        assert "access to information" in english, guide.id
        assert "accès à l’information" in french, guide.id
        assert [consent.id for consent in guide.consents] == ["given", "quote", "recording"]


@pytest.mark.parametrize("guide_id", GUIDES)
def test_the_reports_judgements_are_never_read_out(guide_id: str) -> None:
    heard = [text.get(language) for text in heard_in(study().guides[guide_id]) for language in ("en", "fr")]
    assert [text for text in heard if JUDGEMENTS.search(text)] == []


def test_iom_officials_rank_nothing_are_asked_no_canadian_cost_and_hear_of_no_friends() -> None:
    guide = study().guides["iom"]
    assert not {item.type for item in guide.items()} & {"rank", "percent"}
    assert not re.search(r"\bfriends\b|\bamis\b", (FOLDER / "iom.yaml").read_text(encoding="utf-8"), re.I)
    assert all("3.3" not in item.evaluation_questions for item in guide.items())
    roles = [item for item in guide.items() if "1.3" in item.evaluation_questions]
    assert roles
    assert all(item.facts for item in roles)


def test_the_codebook_has_forty_codes_under_six_tops() -> None:
    tops = {top.id: codebook().children(top.id) for top in codebook().roots}
    assert {top: " ".join(code.id for code in codes) for top, codes in tops.items()} == CODES
    codes = [code for code in codebook().codes if code.parent]
    assert len(codes) == 40
    assert all(code.use_when and code.not_when and code.examples for code in codes)


def test_no_code_name_takes_a_side() -> None:
    stance = re.compile(
        r"\b(good|bad|poor|weak|strong|lack|effective|success|failure|bon|mauvais|faible|manque|réussi)", re.I
    )
    for code in codebook().codes:
        assert not stance.search(code.name.get("en") + " " + code.name.get("fr")), code.id


@pytest.mark.parametrize("guide_id", ["cic", "iom"])
def test_the_budget_card_shows_table_2_1_in_its_two_currencies(guide_id: str) -> None:
    card = study().guides[guide_id].show_card("card_2_1")
    for language, mark in (("en", "."), ("fr", ",")):
        rows = card.cells(language)
        figures = [[re.findall(rf"\d+\{mark}\d+", cell) for cell in row[1:]] for row in rows]
        assert [[found.replace(mark, ".") for (found,) in row] for row in figures] == BUDGET
        assert "CHF" in " ".join(rows[0])
        assert "USD" in " ".join(rows[1])
    assert [column.get("en") for column in card.columns[1:]] == ["2004", "2005"]
    assert card.note is not None


@pytest.mark.parametrize("guide_id", ["cic", "dfa"])
def test_the_contributions_card_shows_the_ten_of_table_2_2(guide_id: str) -> None:
    card = study().guides[guide_id].show_card("card_2_2")
    assert dict(card.cells("en")) == CONTRIBUTIONS
    assert [row[1].replace(",", ".") for row in card.cells("fr")] == list(CONTRIBUTIONS.values())
    assert "CHF" in card.columns[1].get("en") + card.columns[1].get("fr")


def test_positions_and_groups_are_as_planned() -> None:
    stances = {position.id: position.stance for position in framework().positions}
    assert list(stances) == ["favourable", "qualified", "mixed", "unfavourable", "no view", "factual"]
    assert stances["no view"] is None
    assert stances["factual"] is None
    planned = {group.id: group.planned for group in framework().respondent_groups}
    assert planned == {"CIC": 8, "DFA": 4, "CIDA": 4, "IOM": 8}
    reporting = {group.id: group.reporting_group for group in framework().respondent_groups}
    assert reporting["DFA"] == reporting["CIDA"] != reporting["CIC"]


def test_the_quantity_words_are_not_passed_off_as_verified() -> None:
    scale = framework().quantity_scales[0]
    assert not any(each.verified for each in framework().quantity_scales)
    assert scale.verified is False
    assert [word.word.get("en") for word in scale.words] == ["all", "most", "many", "some", "a few"]
    assert [rule.id for rule in framework().strength_rules] == [
        "strong",
        "moderate",
        "limited",
        "contradictory",
        "insufficient",
    ]


def test_the_logic_model_runs_from_four_activities_to_one_long_term_outcome() -> None:
    model = framework().logic_model
    assert model is not None
    assert len(model.activities) == 4
    terms = [outcome.term for outcome in model.outcomes]
    assert [terms.count(term) for term in ("short", "intermediate", "long")] == [7, 6, 1]
    pointed_at = {outcome for leaf in framework().leaves for outcome in leaf.outcomes}
    assert pointed_at == {outcome.id for outcome in model.outcomes}
