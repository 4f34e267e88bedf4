"""A condition that compares an answer with what it can never be is told, and no other."""

import pytest

ITEMS = (
    "- {id: one, type: single, text: {en: One?, fr: Un?}, choices: parks, other: true, context: true}",
    "- {id: ranked, type: rank, text: {en: Rank?, fr: Rang?}, choices: parks, context: true}",
    "- {id: rated, type: grid, cell: scale, scale: extent, text: {en: G, fr: G}, rows: parks, context: true}",
    "- {id: amount, type: number, text: {en: How many?, fr: Combien?}, context: true}",
    "- {id: day, type: date, text: {en: When?, fr: Quand?}, context: true}",
    "- {id: since, type: year, text: {en: Since?, fr: Depuis?}, context: true}",
    "- {id: share, type: percent, text: {en: Share?, fr: Part?}, answered_for: self, context: true}",
    "- {id: words, type: text, text: {en: Words?, fr: Mots?}, context: true}",
)


def told(study, condition: str) -> list[str]:
    study.add_items(*ITEMS)
    study.add_items(
        '- {id: last, type: text, text: {en: Last?, fr: Fin?}, context: true, relevant: "' + condition + '"}'
    )
    return [line for line in study.problems() if "which it never is" in line]


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("${one} = 'nort'", '"one" is compared with "nort", which it never is: did you mean "north"?'),
        ("'nort' != ${one}", 'did you mean "north"?'),
        ("${one} = 'north '", '"north "'),
        ("selected(${which}, 'southh')", 'did you mean "south"?'),
        ("selected(${which}, 'other')", '"which" is compared with "other"'),
        (
            "${which} = 'north soth'",
            '"which" is compared with "soth", which it never is: did you mean "south"?',
        ),
        ("selected-at(${which}, 0) = 'sout'", 'did you mean "south"?'),
        ("selected(${ranked}, 'x')", "known: north, south"),
        ("selected(${rated}, 'sou')", 'did you mean "south"?'),
        ("${used} = 7", '"used" is compared with "7", which it never is: known: 1, 2'),
        ("${used} = 'fully'", '"used" is compared with "fully"'),
    ],
)
def test_a_wrong_choice_is_named_with_its_line_and_the_nearest(study, condition: str, said: str):
    (line,) = told(study, condition)
    assert line.startswith(f'staff.yaml:{study.line_of("id: last")}: warning: item "last": in its condition')
    assert said in line


@pytest.mark.parametrize(
    "condition",
    [
        "${one} = 'north' or ${one} = '' or ${one} = 'other'",
        "selected(${one}, 'other')",
        "${which} = 'south north'",
        "${which} = 'north' and selected(${which}, 'south')",
        "${used} = 2 or ${used} = '1' or ${used} = 2.0 or ${used} != ''",
        "${amount} = 7 and ${day} = '2005-01-01' and ${since} = '1991' and ${share} = 12",
        "${words} = 'anything' or selected(${words}, 'any')",
        "string-length(${one}) = 4 and concat(${one}, 'x') = 'northx' and contains(${which}, 'nor')",
        "count-selected(${which}) = 9",
    ],
)
def test_what_an_answer_can_be_is_not_told(study, condition: str):
    assert told(study, condition) == []


def test_sections_and_instances_are_held_to_their_choices(study):
    title = "    title: {en: All, fr: Tout}\n"
    study.replace("staff.yaml", title, f"{title}    relevant: \"${{outside}} = 'x'\"\n")
    study.replace(
        "staff.yaml",
        "sections:\n",
        "sections:\n"
        "  - id: first\n"
        "    title: {en: First, fr: Abord}\n"
        "    items:\n"
        "      - {id: outside, type: single, text: {en: O?, fr: O?}, choices: parks, context: true}\n",
    )
    study.add_items(
        "- id: each",
        "  type: repeat",
        "  text: {en: Each, fr: Chaque}",
        "  for_each: which",
        "  context: true",
        "  items:",
        "    - {id: inner, type: text, text: {en: In?, fr: Dans?}, relevant: \"${instance} = 'norht'\"}",
        "    - {id: right, type: text, text: {en: In?, fr: Dans?}, relevant: \"${instance} = 'north'\"}",
    )
    told = [line for line in study.problems() if "which it never is" in line]
    assert [line.split(": in its")[0] for line in told] == [
        f'staff.yaml:{study.line_of("${outside}")}: warning: section "all"',
        f'staff.yaml:{study.line_of("id: inner")}: warning: item "inner"',
    ]
