"""`check` finds what is unwise or does not fit together, and only that."""

import itertools

import pytest

from fieldkit.protocol.framework import QuantityScale
from fieldkit.protocol.paths import survey_paths
from fieldkit.protocol.quantity import scale_problems
from fieldkit.protocol.routing import relevance


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("staff.yaml", "{en: Used?, fr: Utilisés?}", "Used?", 'warning: no French text for "Used?"'),
        ("staff.yaml", "fr: Parc du Sud}", "de: Park}", 'warning: no French text for "South park"'),
        ("staff.yaml", ", context: true}", "}", 'warning: item "which" serves no evaluation question'),
        ("staff.yaml", "'north')", "'nord')", 'item "paths" is never asked'),
        ("framework.yaml", "reporting_group: ALL,", "reporting_group: AL,", 'no reporting group "AL"'),
        ("framework.yaml", "  STAFF: {", "  STAF: {", 'no respondent group or line of evidence "STAF"'),
        ("framework.yaml", '"1.2": asked', '"1.3": asked', 'matrix: no evaluation question "1.3"'),
        ("framework.yaml", '"1.2": asked', '"1.2a": asked', '"documents" has no mark for 1.2b'),
        ("framework.yaml", '"1.2b": no', '"1.2b": asked', "no way through staff.yaml asks it"),
        (
            "framework.yaml",
            '"1.2b": no',
            '"1.2b": if_involved',
            "asked 1.2b if involved, but staff.yaml never",
        ),
        (
            "framework.yaml",
            '"1.2a": asked',
            '"1.2a": no',
            'is not asked 1.2a, but staff.yaml asks it ("paths")',
        ),
        ("framework.yaml", '"1.2a": asked', '"1.2a": facts', "write `facts: true` on paths"),
        ("framework.yaml", '"1.2a": asked', '"1.2a": maybe', "known: asked, if_involved, facts, no"),
        ("framework.yaml", 'id: "1.2b"', 'id: "1.2a"', 'evaluation question id "1.2a" is given twice'),
        (
            "framework.yaml",
            "        indicators:",
            "        outcomes: [x]\n        indicators:",
            'no outcome "x"',
        ),
        ("framework.yaml", "id: no_view", "id: favourable", 'position id "favourable" is given twice'),
        ("framework.yaml", "languages: [en, fr]", "languages: []", "`languages` is empty: fill it in"),
        ("framework.yaml", "stance: 1", "stance: 2", "`stance` is 2: it must be at most 1"),
        (
            "framework.yaml",
            "            proposition: {en: Paths are kept., fr: Les sentiers sont entretenus.}\n",
            "",
            'evaluation question "1.2a": `proposition` is missing',
        ),
        ("codebook.yaml", "parent: results", "parent: result", 'did you mean "results"?'),
        ("codebook.yaml", "id: results,", "id: results, parent: visits,", "stands above itself"),
        ("codebook.yaml", "id: visits", "id: results", 'code id "results" is given twice'),
        ("codebook.yaml", "id: visits", "id: Visits", "small letters, digits and hyphens"),
    ],
)
def test_what_does_not_fit_together_is_told(study, file, old, new, said):
    study.replace(file, old, new)
    problems = study.problems()
    assert any(said in problem for problem in problems), problems


def test_a_spoilt_framework_does_not_hide_the_guides(study):
    study.replace("framework.yaml", "stance: 1", "stance: 2")
    protocol = study.load()
    assert protocol.framework is None
    assert list(protocol.guides) == ["staff"]


def test_marks_of_parts_and_questions_speak_for_each_other(study):
    framework = study.load().framework
    assert framework.mark("documents", "1.2a") == "asked"
    assert framework.mark("STAFF", "1.2") == "asked"
    assert framework.mark("STAFF", "1.2b") == "no"
    assert framework.mark("NOBODY", "1.1") == "no"
    assert framework.leaf_ids("1.2") == ["1.2a", "1.2b"]
    assert framework.parent_id("1.2b") == "1.2"
    assert [leaf.id for leaf in framework.leaves] == ["1.1", "1.2a", "1.2b"]


def test_the_tree_of_codes(study):
    codebook = study.load().codebook
    assert [code.id for code in codebook.roots] == ["results"]
    assert [code.id for code in codebook.children("results")] == ["visits"]
    assert [code.id for code in codebook.path("visits")] == ["results", "visits"]


LONG = (
    "- {id: a, type: single, choices: parks, text: {en: A, fr: A}, context: true, minutes: 1}",
    "- {id: b, type: number, text: {en: B, fr: B}, context: true, minutes: 20, relevant: \"${a} = 'north'\"}",
    "- {id: c, type: number, text: {en: C, fr: C}, context: true, minutes: 30, relevant: \"${a} = 'south'\"}",
    "- {id: d, type: number, text: {en: D, fr: D}, context: true, minutes: 5, relevant: '${c} > 10'}",
)


def test_a_way_that_is_too_long_is_named_with_its_answers(study):
    study.add_items(*LONG)
    survey = survey_paths(study.guide())
    # which 2 + used 2 + paths 2 + a 1 + c 30 + d 5: b and c are never asked together.
    assert (survey.minutes, survey.exact) == (42, True)
    study.replace("staff.yaml", "minutes: 5", "minutes: 9.5")
    (problem,) = study.problems()
    assert "takes 46.5 minutes" in problem
    assert "a = south" in problem
    assert "c = 11" in problem


def test_the_longest_way_agrees_with_trying_every_answer(study):
    study.add_items(*LONG)
    guide = study.guide()
    most = 0.0
    for which, a, c in itertools.product(
        (None, [], ["north"], ["south"], ["north", "south"]), (None, "north", "south"), (None, 10, 11)
    ):
        steps = relevance(guide, {("which", None): which, ("a", None): a, ("c", None): c}).relevant
        most = max(most, sum(step.item.minutes for step in steps))
    assert survey_paths(guide).minutes == most


def test_only_totals_are_released(study):
    lines = (
        "- id: rated",
        "  type: grid",
        "  text: {en: Rated?, fr: Notés?}",
        "  rows: [{id: one, text: {en: One, fr: Un}}]",
        "  cell: scale",
        "  scale: [{value: 1, text: {en: Low, fr: Bas}}, {value: 2, text: {en: High, fr: Haut}}]",
        "  context: true",
    )
    study.add_items(*lines)
    assert study.problems() == []
    study.add_items("  release: true")
    assert "only totals of percentages and numbers are released: delete `release`" in study.only_problem()


def test_a_condition_may_ask_whether_something_was_noted(study):
    study.add_items(
        "- id: more",
        "  type: number",
        "  text: {en: M, fr: M}",
        "  context: true",
        "  minutes: 7",
        "  relevant: string-length(${paths}) > 20",
    )
    assert survey_paths(study.guide()).minutes == 6 + 7
    assert study.problems() == []


def test_too_many_items_or_open_items_on_a_way_warn(study):
    study.add_items(
        *(
            f"- {{id: t{n}, type: text, minutes: 0.5, text: {{en: T, fr: T}}, context: true}}"
            for n in range(12)
        )
    )
    problems = study.problems()
    assert any("13 open items; at most 10" in problem for problem in problems)
    assert any("15 items; at most 14" in problem for problem in problems)


def test_open_items_in_a_repeat_count_once_for_each_instance(study):
    study.add_items(
        "- id: each",
        "  type: repeat",
        "  for_each: which",
        "  text: {en: E, fr: E}",
        "  context: true",
        "  items: [{id: why, type: text, text: {en: W, fr: W}, minutes: 1.5}]",
    )
    survey = survey_paths(study.guide())
    assert survey.open_items == 3
    assert survey.minutes == 2 + 2 + 2 + 2 * 1.5


def test_a_section_over_its_own_budget_warns(study):
    study.replace(
        "staff.yaml", "    title: {en: All, fr: Tout}\n", "    title: {en: A, fr: T}\n    minutes: 5\n"
    )
    assert 'section "all" takes up to 6 minutes; it has 5' in study.only_problem()


def test_ways_without_number_give_an_upper_bound(study):
    study.add_items(
        *(
            f"- {{id: s{n}, type: scale, scale: extent, text: {{en: S, fr: S}}, context: true, minutes: 1}}"
            for n in range(30)
        ),
        "- id: last",
        "  type: number",
        "  text: {en: L, fr: L}",
        "  context: true",
        f"  relevant: {' or '.join(f'${{s{n}}} = 1' for n in range(30))}",
    )
    survey = survey_paths(study.guide())
    assert not survey.exact
    assert survey.minutes == 6 + 30 + 2
    assert any("may take up to 34 items" in problem for problem in study.problems())


def test_a_pattern_may_hold_for_some_answer(study):
    study.add_items(
        "- id: more",
        "  type: number",
        "  text: {en: M, fr: M}",
        "  context: true",
        "  relevant: regex(${paths}, '[A-Z]+-[0-9]+')",
    )
    survey = survey_paths(study.guide())
    assert not survey.exact
    assert study.problems() == []


def test_very_many_choices_and_ways_give_an_upper_bound(study):
    choices = ", ".join(f"{{id: c{n}, text: {{en: C, fr: C}}}}" for n in range(3_000))
    study.add_items(
        f"- {{id: many, type: multiple, text: {{en: M, fr: M}}, context: true, choices: [{choices}]}}",
        *(
            f"- {{id: s{n}, type: number, text: {{en: S, fr: S}}, context: true, minutes: 1,"
            f" relevant: \"count-selected(${{many}}) > {n} and selected(${{many}}, 'c{n}')\"}}"
            for n in range(12)
        ),
    )
    survey = survey_paths(study.guide())
    assert (survey.minutes, survey.exact) == (6 + 2 + 12, False)


def test_many_groups_of_items_that_decide_about_each_other_are_tried_as_far_as_it_goes(study):
    study.add_items(
        *(
            line
            for n in range(150)
            for line in (
                f"- {{id: a{n}, type: number, text: {{en: A, fr: A}}, context: true, minutes: 1}}",
                f"- {{id: b{n}, type: number, text: {{en: B, fr: B}}, context: true, minutes: 1,"
                f' relevant: "${{a{n}}} > {n}"}}',
            )
        ),
    )
    survey = survey_paths(study.guide())
    assert (survey.minutes, survey.exact) == (6 + 300, False)


def test_a_condition_on_a_later_item_warns(study):
    study.replace(
        "staff.yaml", "        scale: extent\n", "        scale: extent\n        relevant: ${z} = 1\n"
    )
    study.add_items("- {id: z, type: number, text: {en: Z, fr: Z}, context: true}")
    assert 'item "used": its condition names z, asked later: move it up' in study.only_problem()


def words(*limits, minimum_n=1):
    return QuantityScale.model_validate(
        {
            "id": "s",
            "name": "S",
            "source": "none",
            "minimum_n": minimum_n,
            "one_person": "one",
            "none": "none",
            "words": [
                {"word": name, "at_least": low, "persons": persons} | ({"under": high} if high else {})
                for name, low, high, persons in limits
            ],
        }
    )


FEDERAL = (
    ("all", "1", None, 2),
    ("most", "3/4", "1", 1),
    ("many", "1/2", "3/4", 1),
    ("some", "1/4", "1/2", 1),
    ("a few", "0", "1/4", 2),
)


def test_the_federal_scale_is_whole():
    assert list(scale_problems(words(*FEDERAL, minimum_n=5))) == []


@pytest.mark.parametrize(
    ("position", "changed", "said"),
    [
        (2, ("many", "1/2", "2/3", 1), "shares from 2/3 to 3/4 have no word"),
        (2, ("many", "1/2", "4/5", 1), '"many" overlaps the word above it: write `under: "3/4"`'),
        (2, ("many", "1/2", None, 1), '"many" overlaps the word above it'),
        (4, ("a few", "1/10", "1/4", 2), "shares under 1/10 have no word"),
        (4, ("a few", "0", "1/4", 40), 'no number of people up to 60 reaches "a few"'),
        (0, ("all", "1", "2", 2), "leave `under` out"),
        (3, ("some", "4/5", "1/2", 1), "put them in order"),
    ],
)
def test_gaps_overlaps_and_words_that_cannot_occur_are_found(position, changed, said):
    limits = [*FEDERAL[:position], changed, *FEDERAL[position + 1 :]]
    assert any(said in message for _, message in scale_problems(words(*limits)))
