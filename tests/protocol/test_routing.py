"""What is asked follows from the answers, as it would in a form."""

import pytest

from fieldkit.protocol.routing import next_instance, relevance

REPEATS = (
    "- {id: many, type: number, text: {en: N, fr: N}, context: true,",
    "   relevant: \"selected(${which}, 'south')\"}",
    "- {id: far, type: number, text: {en: F, fr: F}, context: true, relevant: '${many} > 3'}",
    "- id: each",
    "  type: repeat",
    "  for_each: which",
    "  text: {en: Each, fr: Chaque}",
    "  context: true",
    "  items:",
    "    - {id: good, type: scale, scale: extent,",
    "       text: {en: 'Is {instance} good?', fr: '{instance}: bien?'}}",
    "    - {id: why, type: text, text: {en: Why?, fr: Pourquoi?}, relevant: '${good} = 1'}",
    "    - {id: snow, type: text, text: {en: Snow?, fr: Neige?}, relevant: \"${instance} = 'north'\"}",
    "- id: cases",
    "  type: repeat",
    "  maximum: 2",
    "  text: {en: Cases, fr: Cas}",
    "  context: true",
    "  items: [{id: case, type: text, text: {en: 'Case {instance}', fr: 'Cas {instance}'}}]",
    "- id: fixed",
    "  type: repeat",
    "  instances: parks",
    "  text: {en: Fixed, fr: Fixe}",
    "  context: true",
    "  items: [{id: once, type: text, text: {en: Once, fr: Une fois}}]",
)


@pytest.fixture
def guide(study):
    study.add_items(*REPEATS)
    return study.guide()


def asked(guide, answers):
    return [(step.item.id, step.instance_id) for step in relevance(guide, answers).relevant]


def test_without_answers_conditions_hide_their_items(guide):
    routing = relevance(guide, {})
    assert not routing.is_relevant("paths")
    assert routing.step("paths") is not None, "a hidden item still has its step"
    assert routing.is_relevant("used")


def test_an_answer_brings_its_items(guide):
    assert relevance(guide, {("which", None): ["north"]}).is_relevant("paths")
    assert not relevance(guide, {("which", None): ["south"]}).is_relevant("paths")


def test_the_answer_of_a_hidden_item_counts_as_empty(guide):
    answers = {("which", None): ["south"], ("many", None): 5}
    assert relevance(guide, answers).is_relevant("far")
    assert not relevance(guide, answers | {("which", None): ["north"]}).is_relevant("far")


def test_a_repeat_follows_the_choices_selected_in_their_own_order(guide):
    routing = relevance(guide, {("which", None): ["south", "north"]})
    assert [step.instance_id for step in routing.steps if step.item.id == "good"] == ["north", "south"]
    assert routing.step("good", "north").text("en") == "Is North park good?"
    assert routing.step("good", "south").text("fr") == "Parc du Sud: bien?"
    assert ("good", "north") not in asked(guide, {})


def test_inside_a_repeat_a_name_means_the_same_instance(guide):
    answers = {("which", None): ["north", "south"], ("good", "north"): 1, ("good", "south"): 2}
    routing = relevance(guide, answers)
    assert routing.is_relevant("why", "north")
    assert not routing.is_relevant("why", "south")


def test_instance_is_the_id_of_the_instance(guide):
    routing = relevance(guide, {("which", None): ["north", "south"]})
    assert routing.is_relevant("snow", "north")
    assert not routing.is_relevant("snow", "south")


def test_an_open_repeat_starts_with_one_and_shows_what_has_answers(guide):
    assert ("case", "1") in asked(guide, {})
    answers = {("case", "2"): None, ("case", "1"): None}
    assert [key for key in asked(guide, answers) if key[0] == "case"] == [("case", "1"), ("case", "2")]


def test_add_another_stops_at_the_maximum(guide):
    cases = guide.item("cases")
    assert next_instance(guide, cases, {}) == "1"
    assert next_instance(guide, cases, {("case", "1"): None}) == "2"
    assert next_instance(guide, cases, {("case", "1"): None, ("case", "2"): None}) is None
    assert next_instance(guide, guide.item("fixed"), {}) is None


def test_a_fixed_repeat_has_its_instances_whatever_is_answered(guide):
    assert [key for key in asked(guide, {}) if key[0] == "once"] == [("once", "north"), ("once", "south")]


def test_other_is_an_instance_in_the_respondents_words(study):
    study.replace("staff.yaml", "choices: parks,", "choices: parks, other: true,")
    study.add_items(*REPEATS)
    answers = {("which", None): ["south", {"other": "the [quay]"}]}
    routing = relevance(study.guide(), answers)
    assert routing.step("good", "other").text("en") == "Is the [quay] good?"


def test_a_hidden_section_hides_its_items_and_their_answers(study):
    study.replace("staff.yaml", "sections:\n", SECTION)
    guide = study.guide()
    hidden = relevance(guide, {("gate", None): 1, ("inner", None): 7})
    shown = relevance(guide, {("gate", None): 2, ("inner", None): 7})
    assert (hidden.is_relevant("inner"), hidden.is_relevant("after")) == (False, False)
    assert (shown.is_relevant("inner"), shown.is_relevant("after")) == (True, True)


SECTION = """\
sections:
  - id: first
    title: {en: First, fr: Début}
    items:
      - {id: gate, type: number, text: {en: G, fr: G}, context: true}
  - id: second
    title: {en: Second, fr: Suite}
    relevant: ${gate} = 2
    items:
      - {id: inner, type: number, text: {en: I, fr: I}, context: true}
  - id: third
    title: {en: Third, fr: Fin}
    items:
      - {id: after, type: number, text: {en: A, fr: A}, context: true, relevant: '${inner} = 7'}
"""


def test_an_item_serves_what_its_repeat_serves_too(study):
    study.add_items(
        "- id: around",
        "  type: repeat",
        '  evaluation_questions: ["1.1"]',
        "  text: {en: Around, fr: Autour}",
        "  items:",
        "    - {id: plain, type: text, text: {en: A, fr: A}}",
        '    - {id: more, type: text, text: {en: B, fr: B}, evaluation_questions: ["1.2a", "1.1"]}',
    )
    guide = study.guide()
    assert guide.questions_of("plain") == ["1.1"]
    assert guide.questions_of("more") == ["1.2a", "1.1"]
    assert guide.questions_of("used") == ["1.1"]


def test_a_guide_knows_the_instances_of_its_repeats(guide):
    ids = {repeat: guide.instance_ids(guide.item(repeat)) for repeat in ("each", "cases", "fixed")}
    assert ids == {"each": ["north", "south"], "cases": ["1", "2"], "fixed": ["north", "south"]}
    assert guide.asked_text("good", "south", "fr") == "Parc du Sud: bien?"
    assert guide.asked_text("case", "2", "en") == "Case 2"
    assert guide.asked_text("used", None, "en") == "Used?"
