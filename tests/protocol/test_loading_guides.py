"""Bad files give one clear line each, and leave the others usable."""

import os

import pytest

from fieldkit.protocol.guide import Guide
from fieldkit.protocol.library import load_protocol
from fieldkit.protocol.source import PROBLEM_LIMIT, SIZE_LIMIT


def test_a_study_that_is_right_has_no_problems(study):
    assert study.problems() == []
    guide = study.guide()
    assert [item.id for item in guide.items()] == ["which", "used", "paths"]
    assert guide.item("which").choices[1].text.get("fr") == "Parc du Sud"
    assert [point.value for point in guide.item("used").scale] == [1, 2]


def test_a_stored_guide_comes_back_the_same_with_the_same_hash(study):
    guide = study.guide()
    again = Guide.from_dict(guide.to_dict())
    assert again == guide
    assert again.content_hash == guide.content_hash


def test_the_hash_changes_with_any_word(study):
    before = study.guide().content_hash
    study.replace("staff.yaml", "Used?", "Used a lot?")
    assert study.guide().content_hash != before


def spoil(study, content: bytes) -> str:
    (study.path / "extra.yaml").write_bytes(content)
    protocol = study.load()
    assert list(protocol.guides) == ["staff"], "the guide that is right must stay usable"
    (problem,) = protocol.problems
    assert "\n" not in str(problem)
    assert problem.file == "extra.yaml"
    return str(problem)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"# only a comment\n", "the file is empty"),
        (b"fieldkit: 1\n\tversion: 2\n", "a tab at line 2: indent with spaces"),
        (b"fieldkit: 1\ntitle: [a, b\nversion: 2\n", "this is not YAML"),
        (b"fieldkit: 1\ntitle: a: b\n", "extra.yaml:2: a colon inside a text"),
        (
            b"fieldkit: 1\ntitle: &t {en: a}\nstatement: *t\n",
            "extra.yaml:2: `&t`: aliases and anchors are not read",
        ),
        (b"- a\n- b\n", "must hold keys with values"),
        ("fieldkit: 1\ntitle: é\n".encode("utf-16"), "looks like UTF-16"),
        ("fieldkit: 1\ntitle: é\n".encode("utf-16-be"), "looks like UTF-16"),
        (
            "fieldkit: 1\ntitle: é\n".encode("latin-1"),
            "extra.yaml:2: this is not UTF-8; it looks like Latin-1",
        ),
        (b"fieldkit: 1\n---\nfieldkit: 1\n", "extra.yaml:2: a second document"),
        (b"fieldkit: 1\ntitle: \x07\n", "extra.yaml:2: a control character"),
        (b"fieldkit: 1\n# \x00\n", "extra.yaml:2: a control character"),
        (b"[" * 100_000, "nested more than 40 deep"),
        (b"- " * 100_000, "nested more than 40 deep"),
        (b"fieldkit: !!python/object:os.system 1\n", "the YAML tag"),
    ],
)
def test_a_file_that_is_no_guide_is_told_in_one_line(study, content, said):
    if content.startswith(b"fieldkit: !!"):
        (study.path / "extra.yaml").write_bytes(content)
        assert any(said in str(problem) for problem in study.load().problems)
        return
    assert said in spoil(study, content)


def test_a_huge_file_is_refused_before_it_is_read(study):
    path = study.path / "extra.yaml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    (problem,) = study.load().problems
    assert "50,000,000 bytes" in problem.message
    assert f"{SIZE_LIMIT:,}" in problem.message


def test_a_folder_in_a_files_place(study):
    (study.path / "extra.yaml").mkdir()
    (study.path / "framework.yaml").unlink()
    (study.path / "framework.yaml").mkdir()
    assert [str(problem) for problem in study.load().problems] == [
        "extra.yaml: this is a folder; a YAML file must stand here",
        "framework.yaml: this is a folder; a YAML file must stand here",
    ]


def test_a_link_that_leads_nowhere(study):
    (study.path / "extra.yaml").symlink_to(study.path / "gone.yaml")
    (problem,) = study.load().problems
    assert str(problem).startswith("extra.yaml: this is a link that leads nowhere")


@pytest.mark.parametrize(
    "steps",
    [
        "[{value: 1}, {value: 2}, {value: 3}]",
        "[1, 2, 3]",
        "[low, middle, high]",
        "[{value: 1, text: }, {value: 2, text: }, {value: 3, text: }]",
    ],
)
def test_a_scale_without_labels_is_told_in_one_line(study, steps):
    study.add_items(f"- {{id: bare, type: scale, text: {{en: B?, fr: B?}}, context: true, scale: {steps}}}")
    text = "3 steps of `scale` have no label: write each like {value: 1, text:"
    assert study.only_problem().startswith(f'staff.yaml:{study.line_of("id: bare")}: item "bare": {text}')


def test_a_named_scale_without_labels_is_told_where_it_stands(study):
    study.replace("staff.yaml", "1, text: {en: Not at all, fr: Pas du tout}}", "1}")
    study.replace("staff.yaml", "2, text: {en: Fully, fr: Entièrement}}", "2}")
    assert study.only_problem().startswith(
        f"staff.yaml:{study.line_of('extent:')}: 2 steps of `extent` have no label"
    )


def test_one_step_without_a_label_is_told_by_its_line(study):
    study.replace("staff.yaml", "2, text: {en: Fully, fr: Entièrement}}", "2}")
    assert study.only_problem() == f"staff.yaml:{study.line_of('value: 2')}: `text` is missing: add it"


@pytest.mark.parametrize(
    "content",
    [
        b"fieldkit: 1\ntitle: \xe9\n",
        b"fieldkit: 1\n\tversion: 2\n",
        b"fieldkit: 1\nversion: [\n",
        b"fieldkit: 1\n",
    ],
)
def test_a_guide_that_cannot_be_read_draws_no_word_on_a_group_without_one(study, content):
    (study.path / "staff.yaml").write_bytes(content)
    lines = study.problems()
    assert lines
    assert not [line for line in lines if "has no guide" in line]


def test_a_slip_in_the_group_draws_no_word_on_a_group_without_a_guide(study):
    study.replace("staff.yaml", "respondent_group: STAFF", "respondent_group: STAF")
    assert 'did you mean "STAFF"?' in study.only_problem()


def test_a_missing_guide_is_told(study):
    (study.path / "staff.yaml").unlink()
    assert 'group "STAFF" has no guide' in study.only_problem()


def test_a_missing_folder_and_missing_files_are_problems_not_exceptions(tmp_path):
    assert "is missing" in str(load_protocol(tmp_path / "none").problems[0])
    assert [problem.file for problem in load_protocol(tmp_path).problems] == [
        "codebook.yaml",
        "framework.yaml",
    ]


def test_an_unreadable_file(study, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    messages = {problem.message for problem in study.load().problems}
    assert messages == {"the file cannot be read (Permission denied): check its permissions"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("type: scale", "type: scael", 'item "used": unknown item type "scael": did you mean "scale"?'),
        ("scale: extent", "scale: extend", 'no scale is named "extend": did you mean "extent"?'),
        ("scale: extent", "scael: extent", 'item "used": unknown key `scael`: did you mean "scale"?'),
        ("id: paths", "id: used", 'the item id "used" is given twice (first at line 23): rename one'),
        ("id: paths", "id: Paths", '"Paths" does not fit here: write small letters'),
        ('["1.2a"]', '["1.2c"]', 'item "paths": no evaluation question "1.2c": did you mean'),
        ('["1.2a"]', "[1.2]", '`0: 1.2` reads as a number: put it in quotes, "1.2"'),
        ('version: "1.0"', "version: 1.10", '`version: 1.10` reads as a number: put it in quotes, "1.10"'),
        ("{en: Used?, fr: Utilisés?}", "{en: Yes, fr: Oui}", "`en: Yes` reads as true or false"),
        ("fieldkit: 1", "fieldkit: 2", "write `fieldkit: 1`, or update fieldkit"),
        ("respondent_group: STAFF", "respondent_group: STAF", 'did you mean "STAFF"?'),
        ("respondent_group: STAFF", "respondent_group:", "`respondent_group` has no value"),
        ("  - {id: quote, text: {en: Quote?, fr: Citer?}}\n", "", "`consents` must be given, quote"),
        ("{value: 2,", "{value: 1,", "the values of a scale must ascend, each once"),
        ("text: {en: Fully, fr: Entièrement}}", "}", "`text` is missing: add it"),
        ("id: south", "id: north", 'the choice id "north" is given twice'),
        ("id: south", "id: other", 'the id "other" is kept for "other, namely"'),
        ("{en: Used?,", "{en: Used, so much?,", '"so much?" stands after a comma inside braces'),
        ("${which}", "${wich}", 'the condition names "wich", no item of this guide: did you mean "which"?'),
        (
            "type: multiple, text: {en: Which?, fr: Lesquels?}, choices: parks",
            "type: note, text: {en: W, fr: L}",
            "no answer to compare",
        ),
        ("'north')", "'north'", 'item "paths": condition, column 20: parentheses do not match'),
        ("title: {en: All, fr: Tout}", "titel: {en: All, fr: Tout}", "unknown key `titel`"),
        ("context: true", "show_cards: [card]", 'item "which": no show card "card"'),
        ("    items:\n", "    items:\n      - just words\n", 'an item is "just words": write keys'),
    ],
)
def test_a_slip_in_a_guide_is_told_with_its_line_and_what_would_be_right(study, old, new, said):
    study.replace("staff.yaml", old, new)
    protocol = study.load()
    assert protocol.guides == {}
    messages = [str(problem) for problem in protocol.problems if problem.severity == "error"]
    assert any(said in message for message in messages), messages
    assert all(message.startswith("staff.yaml:") for message in messages)
    assert not any("pydantic" in message or "type=" in message for message in messages)


def test_the_line_named_is_the_line_of_the_fault(study):
    study.replace("staff.yaml", "scale: extent", "scale: extend")
    (problem,) = study.load().problems
    assert problem.line == study.line_of("scale: extend")


def test_all_faults_of_a_file_come_at_once(study):
    study.replace("staff.yaml", "type: scale", "type: scael")
    study.replace("staff.yaml", "respondent_group: STAFF", "respondent_grup: STAFF")
    study.replace("staff.yaml", "type: text", "type: tekst")
    lines = {problem.line for problem in study.load().problems}
    assert {study.line_of("respondent_grup"), study.line_of("id: used"), study.line_of("id: paths")} <= lines


def test_a_key_given_twice_is_an_error_with_both_lines(study):
    study.replace("staff.yaml", "respondent_group: STAFF", "respondent_group: STAFF\nversion: '2'")
    (problem,) = study.load().problems
    assert str(problem) == "staff.yaml:5: the key `version` is given twice (first at line 2): keep one"


def test_a_condition_cycle_names_the_loop(study):
    study.replace(
        "staff.yaml", "        scale: extent\n", "        scale: extent\n        relevant: ${third} = 1\n"
    )
    study.add_items(
        "- {id: third, type: number, text: {en: T, fr: T}, context: true, relevant: '${used} = 2'}",
    )
    message = study.only_problem()
    assert "the conditions go in a circle (" in message
    assert "used -> third -> used" in message or "third -> used -> third" in message


def test_an_item_that_depends_on_itself_is_a_cycle(study):
    study.replace(
        "staff.yaml", "        scale: extent\n", "        scale: extent\n        relevant: ${used} = 1\n"
    )
    assert "used -> used" in study.only_problem()


def test_texts_are_stored_in_normal_form_c(study):
    study.replace("staff.yaml", "Parc du Sud", "Parc de l'e\u0301te\u0301")
    assert study.guide().item("which").choices[1].text.get("fr") == "Parc de l'été"


def test_a_repeat_holds_no_repeat(study):
    study.add_items(
        "- id: outer",
        "  type: repeat",
        "  text: {en: R, fr: R}",
        "  context: true",
        "  items: [{id: inner, type: repeat, text: {en: R, fr: R}, items: []}]",
    )
    assert "a repeat stands inside a repeat" in study.only_problem()


def test_hundreds_of_mistakes_are_all_told(study):
    study.add_items(*[f"- {{id: x{n}, type: scael, txt: 1}}" for n in range(300)])
    assert len(study.problems()) >= 300


def test_a_file_of_tabs_is_refused_as_soon_as_it_is_read(study):
    # A search that steps back over each of them would take minutes.
    assert "this is not YAML" in spoil(study, b"\t" * 1_900_000 + b"\n")
    assert "this is not YAML" in spoil(study, (b"\t" * 1_000 + b"\n") * 1_900)


def test_of_endless_mistakes_the_first_are_told(study):
    (study.path / "extra.yaml").write_text("".join(f"k{n}: 1\n" for n in range(100_000)), encoding="utf-8")
    (study.path / "twice.yaml").write_text("k: 1\n" * 100_000, encoding="utf-8")
    questions = ", ".join(f'"9.{n}"' for n in range(50_000))
    study.replace("staff.yaml", 'evaluation_questions: ["1.2a"]', f"evaluation_questions: [{questions}]")
    problems = [str(problem) for problem in study.load().problems]
    assert len(problems) <= 3 * (PROBLEM_LIMIT + 10)
    assert any("100,007 faults, of which 1,000 are told" in problem for problem in problems)
    assert "twice.yaml:1002: more than 1,000 faults: put those above right first" in problems


def test_a_key_that_looks_like_the_validators_own_is_named(study):
    study.replace("staff.yaml", "type: scale\n", 'type: scale\n        "<<": {minutes: 3}\n')
    assert 'item "used": unknown key `<<`' in study.only_problem()


def test_a_pipe_in_a_files_place_does_not_hang(study):
    os.mkfifo(study.path / "extra.yaml")
    assert study.only_problem() == "extra.yaml: this is no file with text in it: put a YAML file here"


def test_hidden_files_and_other_endings_are_left_alone(study):
    for name in (".#staff.yaml", "staff.yaml~", "notes.txt"):
        (study.path / name).write_text("not a guide", encoding="utf-8")
    assert study.problems() == []


def test_a_file_name_that_is_no_id(study):
    (study.path / "staff.yaml").rename(study.path / "my staff.yaml")
    assert '"my staff" cannot be a guide\'s id: rename the file' in study.problems()[-1]


def test_two_files_cannot_give_one_guide(study):
    (study.path / "staff.yml").write_bytes((study.path / "staff.yaml").read_bytes())
    assert 'there is another guide "staff"' in study.only_problem()


def test_a_guide_of_thousands_of_items_is_refused(study):
    study.add_items(*[f"- {{id: x{n}, type: note, text: {{en: N, fr: N}}}}" for n in range(1000)])
    assert "the guide has 1,003 items; at most 500 are read" in study.only_problem()


def test_control_characters_of_a_file_do_not_reach_the_line(study):
    study.replace("staff.yaml", "type: scale", 'type: "sc\\e[31m\\nale\\u202e"')
    problem = study.only_problem()
    assert 'unknown item type "sc␛[31m↵ale⇄"' in problem


def test_a_guide_names_no_default_language_unless_the_studys_differs(study):
    assert "default_language" not in study.guide().to_dict()
    study.replace("framework.yaml", "languages: [en, fr]", "languages: [fr, en]")
    study.replace("staff.yaml", "{en: Used?, fr: Utilisés?}", "Utilisés?")
    guide = study.load().guides["staff"]
    assert guide.item("used").text.translations == {"fr": "Utilisés?"}
    again = Guide.from_dict(guide.to_dict())
    assert again == guide
    assert again.item("which").text.get("de") == "Lesquels?"
