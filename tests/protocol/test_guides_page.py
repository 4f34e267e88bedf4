"""The page on writing guides says what is so."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from fieldkit.protocol import codebook, conditions, framework, guide, items
from fieldkit.protocol.check import check_protocol
from fieldkit.protocol.form_functions import FUNCTIONS
from fieldkit.protocol.guide_check import MOST_ASKED, MOST_OPEN
from fieldkit.protocol.library import load_protocol
from fieldkit.protocol.xpath import SPECIAL_FUNCTIONS

PAGE = (Path(__file__).parents[2] / "docs" / "guides.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
FILES = {block.split("\n")[0].removeprefix("# "): block for block in BLOCKS if block.startswith("# ")}
SNIPPETS = [block for block in BLOCKS if block.startswith("- id:")]
MODELS = [
    model
    for module in (framework, codebook, guide, items)
    for model in vars(module).values()
    if isinstance(model, type) and issubclass(model, BaseModel)
]


def write_study(folder: Path) -> None:
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")


def test_the_worked_example_passes_without_a_word(tmp_path):
    write_study(tmp_path)
    assert sorted(FILES) == ["codebook.yaml", "framework.yaml", "staff.yaml"]
    assert [str(problem) for problem in check_protocol(load_protocol(tmp_path))] == []


def test_every_example_belongs_to_a_file_or_is_an_item():
    assert len(FILES) + len(SNIPPETS) == len(BLOCKS)


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_each_item_of_the_page_works_in_the_example(tmp_path, snippet):
    write_study(tmp_path)
    section = "  - id: added\n    title: {en: Added, fr: Ajouts}\n    items:\n"
    added = "".join(f"      {line}\n" for line in snippet.splitlines())
    text = FILES["staff.yaml"].replace("closing_statement:", f"{section}{added}closing_statement:")
    (tmp_path / "staff.yaml").write_text(text, encoding="utf-8")
    assert [str(problem) for problem in check_protocol(load_protocol(tmp_path))] == []


def test_every_item_type_has_its_example():
    shown = set(re.findall(r"type: (\w+)", "".join(SNIPPETS) + FILES["staff.yaml"]))
    assert shown == set(items.ITEM_TYPES)


def test_every_key_is_on_the_page():
    keys = {field.alias or name for model in MODELS for name, field in model.model_fields.items()}
    keys -= {"translations", "default"}
    assert [key for key in sorted(keys) if not re.search(rf"\b{key}\b", PAGE)] == []


def test_every_function_and_limit_is_on_the_page():
    for function in (*FUNCTIONS, *SPECIAL_FUNCTIONS):
        assert f"`{function}`" in PAGE
    assert f"at most {conditions.LENGTH_LIMIT:,} characters" in PAGE
    assert f"more than {MOST_ASKED} items or more than {MOST_OPEN} open ones" in PAGE


@pytest.mark.parametrize("condition", re.findall(r"^\| `([^`]*\$\{[^`]*)` \|", PAGE, re.MULTILINE))
def test_every_condition_on_the_page_can_be_read(condition):
    conditions.compile_condition(condition)
