"""The archive: lossless, byte-stable, refused whole when anything in it is wrong."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldkit.exchange.archive import import_archive, write_archive
from fieldkit.exchange.errors import ExchangeError, FileRefused
from fieldkit.exchange.schema import archive_schema
from fieldkit.storage.store import Store
from fieldkit.storage.writes import Delete, Put
from fieldkit.study.recording import record_response
from fieldkit.study.study import Study

NewStudy = Callable[..., Study]


def exported(study: Study, target: Path, *, with_contacts: bool = True) -> dict[str, Any]:
    write_archive(study, target, with_contacts=with_contacts, force=True)
    return json.loads(target.read_bytes())


def test_importing_into_a_new_study_makes_that_the_same_study(
    study: Study, new_study: NewStudy, tmp_path: Path
):
    first = tmp_path / "first.json"
    exported(study, first)
    other = new_study("other")
    outcome = import_archive(other, first)
    assert outcome.added == len(list(study.store.revisions()))
    assert other.store.study_id == study.store.study_id
    for table in study.store.tables():
        assert dict(other.rows(table)) == dict(study.rows(table))
    again = tmp_path / "again.json"
    exported(other, again)
    assert again.read_bytes() == first.read_bytes()


def test_importing_again_adds_nothing(study: Study, tmp_path: Path):
    target = tmp_path / "a.json"
    count = len(exported(study, target)["revisions"])
    outcome = import_archive(study, target)
    assert (outcome.added, outcome.known) == (0, count)


def test_revisions_are_sorted_and_nothing_tells_of_the_export(study: Study, tmp_path: Path):
    data = exported(study, tmp_path / "a.json")
    ids = [revision["id"] for revision in data["revisions"]]
    assert ids == sorted(ids)
    assert set(data) == {"fieldkit", "study", "omits", "revisions"}
    assert data["study"] == {"id": study.store.study_id}


def test_contacts_stay_unless_asked_for_and_the_archive_says_so(
    study: Study, new_study: NewStudy, tmp_path: Path
):
    target = tmp_path / "a.json"
    data = exported(study, target, with_contacts=False)
    assert data["omits"] == ["contacts"]
    assert b"Secret" not in target.read_bytes()
    assert b"zoe@example.org" not in target.read_bytes()
    other = new_study("other")
    assert any("contacts" in note for note in import_archive(other, target).notes)
    again = tmp_path / "again.json"
    exported(other, again, with_contacts=False)
    assert again.read_bytes() == target.read_bytes()
    assert "Zoë Secret" in json.dumps(exported(study, target), ensure_ascii=False)


def test_a_practice_study_stays_one(new_study: NewStudy, tmp_path: Path):
    study = new_study("practice")
    study.save([Put("study", "study", {"id": "study", "practice": True})])
    target = tmp_path / "a.json"
    assert exported(study, target)["study"]["practice"] is True
    other = new_study("other")
    import_archive(other, target)
    assert other.practice


def test_deletions_and_old_values_travel(study: Study, new_study: NewStudy, tmp_path: Path):
    coding = next(iter(study.rows("codings")))
    study.save([Delete("codings", coding)])
    target = tmp_path / "a.json"
    exported(study, target)
    other = new_study("other")
    import_archive(other, target)
    assert other.row("codings", coding) is None
    assert [r.id for r in other.store.history(table="codings", record=coding)] == [
        r.id for r in study.store.history(table="codings", record=coding)
    ]


def test_the_schema_describes_what_is_written(study: Study, tmp_path: Path):
    schema = archive_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    data = exported(study, tmp_path / "a.json")
    validator.validate(data)
    data["revisions"][0]["lamport"] = 0
    assert not validator.is_valid(data)
    data = exported(study, tmp_path / "a.json")
    interview = next(r for r in data["revisions"] if r["table"] == "interviews")
    interview["body"]["state"] = "begun"
    assert not validator.is_valid(data)


def test_an_archive_of_another_study_is_refused(study: Study, new_study: NewStudy, tmp_path: Path):
    other = new_study("other")
    other.save([Put("memos", "m", {"id": "m", "text": "mine"})])
    target = tmp_path / "a.json"
    exported(study, target)
    with pytest.raises(ExchangeError, match="another study"):
        import_archive(other, target)
    assert list(other.rows("respondents")) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"[]", "no fieldkit archive"),
        (b'{"a": 1}', "no fieldkit archive"),
        (b'{"fieldkit": 2, "revisions": []}', "newer"),
        (b'{"fieldkit": true, "revisions": []}', "must be 1"),
        (b'{"fieldkit": 1}', "either"),
        (b'{"fieldkit": 1, "revisions": [], "records": {}}', "either"),
        (b'{"fieldkit": 1, "revisions": {}, "study": {"id": "x"}}', "must be a list"),
        (b'{"fieldkit": 1, "revisions": []}', "study"),
        (b'{"fieldkit": 1, "records": []}', "must be an object"),
        (b'{"fieldkit": 1, "study": {"id": "x"}, "revisions": [3]}', "revision 1 of 1"),
        (b'{"fieldkit": 1, "records": {"responses": NaN}}', "NaN"),
        ('{"fieldkit": 1, "records": {"x": "é"}}'.encode("latin-1"), "not UTF-8"),
        (b'{"fieldkit": 1, "records": ' + b"[" * 100_000, "nested too deep"),
        (b'{"fieldkit": 1, "study": {"id": "\\ud800"}, "revisions": []}', "must name by"),
        (b'{"fieldkit": 1, "study": {"id": "a\\u001b[31m"}, "revisions": []}', "must name by"),
    ],
)
def test_damaged_and_foreign_files_are_refused_in_one_line(
    new_study: NewStudy, tmp_path: Path, content: bytes, said: str
):
    study = new_study()
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(ExchangeError, match=said):
        import_archive(study, path)
    assert study.store.tables() == []


def test_one_altered_word_is_noticed_and_nothing_is_taken_in(
    study: Study, new_study: NewStudy, tmp_path: Path
):
    path = tmp_path / "a.json"
    exported(study, path)
    path.write_bytes(path.read_bytes().replace(b"fonctionne bien", b"fonctionne mal"))
    other = new_study("other")
    with pytest.raises(FileRefused, match="altered") as refused:
        import_archive(other, path)
    # Once in the response and once in the quote of the coding.
    assert len(refused.value.problems) == 2
    assert list(other.store.revisions()) == []


def test_a_revision_of_a_record_that_calls_itself_another_is_refused(
    study: Study, new_study: NewStudy, tmp_path: Path
):
    study.save([Put("memos", "m", {"id": "other", "text": "mine"})])
    path = tmp_path / "a.json"
    exported(study, path)
    with pytest.raises(FileRefused, match="memos m: its body has the id other"):
        import_archive(new_study("other"), path)


def test_an_archive_without_revisions_gives_the_study_its_id_and_leaves_it_whole(
    new_study: NewStudy, tmp_path: Path
):
    path = tmp_path / "a.json"
    path.write_text('{"fieldkit": 1, "study": {"id": "short"}, "revisions": []}')
    study = new_study()
    import_archive(study, path)
    assert study.store.study_id == "short"
    assert study.store.verify().problems == ()
    assert study.store.notices == []


def test_a_truncated_archive_is_refused_at_any_length(study: Study, new_study: NewStudy, tmp_path: Path):
    whole = tmp_path / "a.json"
    exported(study, whole)
    content = whole.read_bytes()
    other = new_study("other")
    for length in range(0, len(content) - 2, len(content) // 40):
        whole.write_bytes(content[:length])
        with pytest.raises(ExchangeError):
            import_archive(other, whole)
    assert list(other.store.revisions()) == []


def test_unknown_items_questions_and_codes_are_all_listed(study: Study, new_study: NewStudy, tmp_path: Path):
    response = next(body for body in study.rows("responses").values())
    interview = response["interview"]
    person = next(iter(study.rows("respondents")))
    study.save(
        [
            Put("responses", "r", {"id": "r", "interview": interview, "item": "no_such_item"}),
            Put(
                "codings",
                "c",
                {"id": "c", "response": "r", "code": "counsil", "evaluation_questions": ["9.9"]},
            ),
            Put(
                "chart",
                "x",
                {"id": "x", "respondent": person, "evaluation_question": "1.1", "position": "maybe"},
            ),
        ]
    )
    path = tmp_path / "a.json"
    exported(study, path)
    other = new_study("other")
    with pytest.raises(FileRefused) as refused:
        import_archive(other, path)
    text = "\n".join(refused.value.problems)
    assert len(refused.value.problems) == 4
    assert "no item 'no_such_item'" in text
    assert "no code 'counsil'; nearest: council" in text
    assert "no evaluation question '9.9'" in text
    assert "no position 'maybe'" in text
    assert list(other.store.revisions()) == []


def test_a_file_is_never_overwritten_unasked(study: Study, tmp_path: Path):
    target = tmp_path / "a.json"
    target.write_text("mine")
    with pytest.raises(ExchangeError, match="--force"):
        write_archive(study, target)
    assert target.read_text() == "mine"
    write_archive(study, target, force=True)
    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
FIELD_NAMES = st.sampled_from(
    ["id", "interview", "item", "paragraphs", "respondent", "code", "group", "guide"]
)
RECORDS = st.dictionaries(
    st.sampled_from(["respondents", "interviews", "responses", "codings", "consents", "chart", "study"]),
    JSON | st.lists(st.dictionaries(FIELD_NAMES, JSON)),
    max_size=3,
)
CONTENTS = RECORDS.map(lambda records: {"records": records}) | JSON.map(lambda data: {"revisions": [data]})


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(content=CONTENTS)
def test_whatever_an_archive_holds_is_taken_in_or_refused(study: Study, tmp_path: Path, content: Any):
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"fieldkit": 1, "study": {"id": "x"}, **content}))
    with contextlib.suppress(ExchangeError):
        import_archive(study, path)


TEXT = st.text(max_size=40)
FIELDS = st.dictionaries(
    st.text(min_size=1, max_size=8).filter(lambda name: name not in ("id", "text", "on", "table", "author")),
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(-1e15, 1e15) | TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
        max_leaves=6,
    ),
    max_size=4,
)
STEPS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c"]), st.booleans(), FIELDS, TEXT), min_size=1, max_size=8
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_kept_comes_back_to_the_byte(
    steps: list[Any], new_study: NewStudy, tmp_path_factory: Any
):
    folder = tmp_path_factory.mktemp("round")
    with Store.create(folder / "one") as one, Store.create(folder / "two") as two:
        first, second = Study(folder, one, "MT"), Study(folder, two, None)
        for record, remove, fields, text in steps:
            write = (
                Delete("memos", record)
                if remove
                else Put("memos", record, {**fields, "id": record, "text": text})
            )
            first.save([write])
        write_archive(first, folder / "one.json")
        import_archive(second, folder / "one.json")
        write_archive(second, folder / "two.json")
        assert (folder / "two.json").read_bytes() == (folder / "one.json").read_bytes()
        assert dict(second.rows("memos")) == dict(first.rows("memos"))


def test_recording_goes_on_after_an_import(study: Study, new_study: NewStudy, tmp_path: Path):
    path = tmp_path / "a.json"
    exported(study, path)
    other = new_study("other")
    import_archive(other, path)
    response = next(iter(study.rows("responses").values()))
    recorded = record_response(other, "CIC-01", response["item"], notes="Autre chose.")
    assert other.store.heads("responses", response["id"])[0].id == recorded.revision
    assert len(other.store.heads("responses", response["id"])) == 1
