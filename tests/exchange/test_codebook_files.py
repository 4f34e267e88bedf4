"""A codebook that leaves as a file and comes in again is the same codebook, in any of its forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldkit.exchange.codebook_in import import_codebook
from fieldkit.exchange.codebook_sheet import write_codebook_sheet
from fieldkit.exchange.codebook_yaml import write_codebook_yaml
from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.qdc import write_qdc
from fieldkit.exchange.qdc_in import import_qdc
from fieldkit.study.code_changes import add_code, edit_code, move_code, retire_code, undo_codebook
from fieldkit.study.create import create_study
from fieldkit.study.study import Study

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co", "Mn", "Mc")),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() and text.split() == text.strip().split(" "))
SIGNS = st.sampled_from(["=1+1", "'quoted", "'=x", "-no", "a;b,c", "@x", "two\nlines", "yes: no", "# hash"])


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with Study.open(create_study(tmp_path / "one", author="MT")) as opened:
        yield opened


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Study]:
    with Study.open(create_study(tmp_path / "other", author="MT")) as opened:
        yield opened


def write(study: Study, path: Path) -> None:
    writer: Any = write_codebook_yaml if path.suffix == ".yaml" else write_codebook_sheet
    writer(study, path, force=True)


def said(study: Study) -> list[Any]:
    return [code.model_copy(update={"order": None}) for code in study.codebook.codes]


@pytest.mark.parametrize("kind", [".yaml", ".csv", ".xlsx"])
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(WORDS | SIGNS, min_size=4, max_size=4), at=st.integers(0, 5))
def test_out_and_in_again_is_the_same(
    study: Study, other: Study, tmp_path: Path, kind: str, texts: list[str], at: int
) -> None:
    fields: dict[str, Any] = {
        "definition": {"en": texts[0], "fr": texts[1]},
        "use_when": {"fr": texts[2]},
        "examples": [{"en": texts[3]}, {"fr": texts[0]}],
        "aliases": ["zz one", "=zz two"],
    }
    edit_code(study, "council", colour="#0a0B0c", pattern="checks", **fields)
    children = study.codebook.children("governance")
    if children[at].id != "council":
        move_code(study, "council", parent="governance", before=children[at].id)
    retire_code(study, "scbf")
    path = tmp_path / f"codebook{kind}"
    write(study, path)
    assert import_codebook(study, path).added == 0
    import_codebook(other, path)
    assert said(other) == said(study)
    assert import_codebook(other, path).added == 0


def test_what_a_file_changes_is_listed_and_taken_back_at_once(study: Study, tmp_path: Path) -> None:
    before = said(study)
    path = tmp_path / "codebook.yaml"
    write(study, path)
    text = path.read_text(encoding="utf-8").replace("Zero nominal growth", "No growth at all", 1)
    text += "- id: late\n  name: Late papers\n  definition: They come late.\n  parent: governance\n"
    path.write_text(text, encoding="utf-8")
    done = import_codebook(study, path)
    assert done.notes == ["code zero-growth: changed name", "code late: new"]
    undo_codebook(study)
    assert said(study) == before


@pytest.mark.parametrize(
    ("added", "told"),
    [
        ("- id: late\n  name: Council\n  definition: d\n", "council"),
        ("- id: late\n  name: Late\n  definition: d\n  parent: nowhere\n", "nowhere"),
        ("- id: late\n  name: Late\n  definition: d\n  parent: late\n", "itself"),
        ("- id: council\n  name: Again\n  definition: d\n", "council"),
        ("- id: late\n  name: Late\n", "definition"),
        ("- id: late\n  name: {de: Spät}\n  definition: d\n", "language"),
    ],
)
def test_a_file_that_is_wrong_changes_nothing(study: Study, tmp_path: Path, added: str, told: str) -> None:
    path = tmp_path / "codebook.yaml"
    write(study, path)
    with path.open("a", encoding="utf-8") as file:
        file.write(added)
    with pytest.raises(ExchangeError, match=told):
        import_codebook(study, path)
    assert dict(study.rows("codes")) == {}


def test_a_spreadsheet_is_read_by_its_columns_and_faults_by_their_lines(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text("name:en,id,definition:en\nLate,late,They come late.\n", encoding="utf-8")
    assert import_codebook(study, path).notes == ["code late: new"]
    path.write_text("id,name:en,colour,weight\nearly,Early,red,3\n", encoding="utf-8")
    with pytest.raises(ExchangeError) as refused:
        import_codebook(study, path)
    assert "column weight: no codebook has it" in str(refused.value)
    assert "line 2: code early:" in str(refused.value)


def test_patterns_go_with_a_qdc(study: Study, other: Study, tmp_path: Path) -> None:
    add_code(study, {"en": "Late"}, {"en": "They come late."}, pattern="dots", parent="governance")
    write_qdc(study, tmp_path / "codebook.qdc")
    import_qdc(other, tmp_path / "codebook.qdc")
    assert other.codebook.code("late").pattern == "dots"
    assert import_qdc(other, tmp_path / "codebook.qdc").added == 0
