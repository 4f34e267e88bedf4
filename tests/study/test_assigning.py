"""A second coder works blind: nothing that others made of her share reaches her until she has handed in."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldkit.exchange.archive import import_archive, write_archive
from fieldkit.exchange.csv import write_csv
from fieldkit.exchange.errors import ExchangeError
from fieldkit.exchange.share import study_of_share, write_hand_in, write_share
from fieldkit.findings.tabulate import WHATS, tabulate
from fieldkit.records.findings import Memo
from fieldkit.records.responses import ResponseKey
from fieldkit.study.assigning import (
    assign_share,
    hand_in,
    interviews_by_group,
    open_assignment,
    size_given,
)
from fieldkit.study.chart import chart_grid, save_chart_cell
from fieldkit.study.code_merging import merge_codes
from fieldkit.study.coding import code_passage, coding_texts
from fieldkit.study.drawing import drawn_count, drawn_share
from fieldkit.study.errors import StudyError
from fieldkit.study.evidence import evidence
from fieldkit.study.history import log
from fieldkit.study.study import Study, put
from tests.study.conftest import GROUPS, held

FIRST, SECOND = "QXZ", "SR"
MEMO, SUMMARY = "a remark of the first coder", "what she makes of it"


@pytest.fixture
def shared(study: Study) -> Study:
    """A study of four made-up interviews that MT held, all coded and charted by QXZ."""
    for group in GROUPS:
        study.set_author("MT")
        conduct = held(study, f"{group}-01")
        person, interview = conduct.respondents[0].id, conduct.interview.id
        conduct.set_consent(person, given=True)
        items = study.guide_for(conduct.interview).items()
        key = ResponseKey(next(item.id for item in items if item.type == "text"))
        conduct.note(key, f"Made-up words of {group}.")
        conduct.leave(key)
        conduct.complete()
        study.set_author(FIRST)
        code_passage(study, key.response_id(interview), ["zero-growth"], memo=MEMO)
        save_chart_cell(study, person, "2.5", summary=SUMMARY, interview=interview)
        memo = Memo(id=f"m-{group}", on=interview, table="interviews", text=MEMO, author=FIRST)
        study.save([put("memos", memo)])
    return study


def firsts_work(study: Study, interviews: set[str]) -> set[str]:
    """Ids of what the first coder made of some interviews."""
    found = set()
    for table in ("codings", "chart", "memos"):
        for record, body in study.rows(table).items():
            where = body.get("interview") or body.get("on") or str(body.get("response")).partition(":")[0]
            if where in interviews:
                found.add(record)
    return found


def all_that_is_seen(study: Study, folder: Path) -> str:
    """Everything that lists, tables, the trail and files say of codings and cells, as text."""
    texts = [repr(text.codings) for text in coding_texts(study)]
    texts += [repr(row.cells) + repr(row.spoken) for row in chart_grid(study)]
    texts += [repr(table.to_json()) for what in WHATS for table in tabulate(evidence(study), what)]
    texts += [repr(entry) for entry in log(study) if entry.table in ("codings", "chart", "memos")]
    write_csv(study, folder / "out.csv", force=True)
    write_archive(study, folder / "out.json", force=True)
    texts.append((folder / "out.csv").read_text(encoding="utf-8"))
    revisions = json.loads((folder / "out.json").read_text(encoding="utf-8"))["revisions"]
    texts += [repr(each) for each in revisions if each["table"] in ("codings", "chart", "memos")]
    return "\n".join(texts)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_of_the_first_coders_is_seen_before_handing_in(
    shared: Study, tmp_path: Path, data: st.DataObject
) -> None:
    shared.set_author(FIRST)
    known = sorted(shared.rows("interviews"))
    chosen = data.draw(st.lists(st.sampled_from(known), min_size=1, unique=True))
    work = firsts_work(shared, set(chosen))
    everything = {table: dict(shared.rows(table)) for table in ("codings", "chart", "memos")}
    assignment = assign_share(shared, SECOND, interviews=chosen)
    shared.set_author(SECOND)
    seen = all_that_is_seen(shared, tmp_path)
    assert not [record for record in work if record in seen]
    if set(chosen) == set(known):
        assert not [told for told in (FIRST, MEMO, SUMMARY) if told in seen]
        assert not evidence(shared).codings
    write_share(shared, assignment, tmp_path / "share.json", force=True)
    file = (tmp_path / "share.json").read_text(encoding="utf-8")
    records = json.loads(file)["records"]
    assert not [told for told in (FIRST, MEMO, SUMMARY, *work) if told in file]
    assert {body["id"] for body in records["interviews"]} == set(chosen)
    assert not records.keys() & {"codings", "chart", "memos", "findings", "contacts"}
    hand_in(shared)
    assert {table: dict(shared.rows(table)) for table in everything} == everything


def test_her_own_work_is_hers_to_see_and_others_see_all(shared: Study) -> None:
    assign_share(shared, SECOND, share=Fraction(1))
    response = next(iter(shared.rows("responses")))
    shared.set_author(SECOND)
    code_passage(shared, response, ["council"])
    assert [coding.code for text in coding_texts(shared) for coding in text.codings] == ["council"]
    with pytest.raises(StudyError, match="hand in your share first"):
        merge_codes(shared, "council", "scbf")
    shared.set_author(FIRST)
    assert len(shared.rows("codings")) == len(GROUPS) + 1
    with pytest.raises(StudyError, match="not handed in"):
        assign_share(shared, SECOND, share=Fraction(1, 2))


def test_whoever_works_blind_is_told_so_on_opening(shared: Study) -> None:
    assign_share(shared, SECOND, share=Fraction(1))
    shared.close()
    with Study.open(shared.folder, author=SECOND) as hers:
        assert any("SR codes a share blind" in notice for notice in hers.notices)
        hand_in(hers)
    with Study.open(shared.folder, author=SECOND) as hers:
        assert not hers.notices


@given(
    groups=st.dictionaries(
        st.sampled_from(GROUPS), st.lists(st.text("abcdef", min_size=3, max_size=3), unique=True)
    ),
    share=st.fractions(min_value=Fraction(1, 100), max_value=1),
    seed=st.integers(),
)
def test_a_share_is_drawn_of_every_group_and_again_the_same(
    groups: dict[str, list[str]], share: Fraction, seed: int
) -> None:
    groups = {group: [f"{group}-{each}" for each in interviews] for group, interviews in groups.items()}
    drawn = drawn_share(groups, share, seed)
    assert drawn == drawn_share({group: groups[group][::-1] for group in reversed(groups)}, share, seed)
    for interviews in groups.values():
        count = len(set(drawn) & set(interviews))
        assert count >= min(1, len(interviews))
        assert abs(count - share * len(interviews)) <= max(Fraction(1, 2), 1 - share * len(interviews))
    assert len(drawn) == len(set(drawn))


@given(
    groups=st.dictionaries(
        st.sampled_from(GROUPS), st.lists(st.text("abcdef", min_size=3, max_size=3), unique=True)
    ),
    count=st.integers(1, 40),
    seed=st.integers(),
)
def test_a_number_of_interviews_is_spread_over_all_groups_by_their_sizes(
    groups: dict[str, list[str]], count: int, seed: int
) -> None:
    groups = {group: [f"{group}-{each}" for each in interviews] for group, interviews in groups.items()}
    drawn = drawn_count(groups, count, seed)
    assert drawn == drawn_count({group: groups[group][::-1] for group in reversed(groups)}, count, seed)
    assert len(drawn) == len(set(drawn)) == min(count, sum(map(len, groups.values())))
    given = {group: len(set(drawn) & set(each)) for group, each in groups.items() if each}
    if count >= len(given):
        assert all(given.values())
    # No group gives more than another that is at least as large and could give one more.
    for one, other in ((a, b) for a in given for b in given):
        if len(groups[one]) < len(groups[other]) and given[other] < len(groups[other]):
            assert given[one] <= max(given[other], 1)


def test_a_number_of_interviews_spreads_like_seats() -> None:
    # Webster by hand: 9, 4 and 2 give one each; then 9/3 = 3, 9/5 = 1.8, 4/3 = 1.33, 9/7 = 1.29.
    groups = {name: [f"{name}{n}" for n in range(size)] for name, size in (("A", 9), ("B", 4), ("C", 2))}
    spread = [[each[0] for each in drawn_count(groups, count, 1)] for count in (1, 3, 4, 6, 7)]
    assert ["".join(each) for each in spread] == ["A", "ABC", "AABC", "AAABBC", "AAAABBC"]


@pytest.mark.parametrize(
    ("typed", "size"),
    [("25%", Fraction(1, 4)), (" 1/4 ", Fraction(1, 4)), ("0,5", Fraction(1, 2)), ("12.5 %", Fraction(1, 8)),
     ("6", 6), ("1", 1), ("100%", Fraction(1))],
)  # fmt: skip
def test_how_much_is_said_as_a_share_or_as_a_number(typed: str, size: Fraction | int) -> None:
    found = size_given(typed)
    assert (found, type(found)) == (size, type(size))


@pytest.mark.parametrize("typed", ["", "0", "0%", "101%", "5/4", "1/0", "-3", "half", "1e9", "²", "1.5"])
def test_what_is_no_size_is_refused_with_what_would_do(typed: str) -> None:
    with pytest.raises(StudyError, match="25% or 1/4 of each group, or how many"):
        size_given(typed)


def test_a_share_leaves_as_a_file_and_its_codings_come_back(shared: Study, tmp_path: Path) -> None:
    shared.set_author("MT")
    assignment = assign_share(shared, SECOND, share=Fraction(1, 2), seed=7)
    assert set(assignment.interviews) <= {i for each in interviews_by_group(shared).values() for i in each}
    write_share(shared, open_assignment(shared, SECOND), tmp_path / "share.json")
    folder = study_of_share(tmp_path / "share.json", tmp_path / "hers")
    with Study.open(folder) as hers:
        assert hers.author == SECOND
        assert hers.codebook.codes == [c.model_copy(update={"order": None}) for c in shared.codebook.codes]
        texts = coding_texts(hers)
        assert {text.response.interview for text in texts} == set(assignment.interviews)
        for text in texts:
            code_passage(hers, text.response.id, ["council"], start=0, end=7)
        hand_in(hers)
        assert write_hand_in(hers, SECOND, tmp_path / "back.json") == len(texts)
    import_archive(shared, tmp_path / "back.json")
    hers_here = [coding for coding in shared.records("codings") if coding.coder == SECOND]
    assert len(hers_here) == len(texts)
    assert {coding.quote for coding in hers_here} == {"Made-up"}
    shared.set_author(SECOND)
    assert shared.blind is None


@pytest.mark.parametrize("name", ["../evil.yaml", ".hidden.yaml", "a/b.yaml", "run.sh"])
def test_a_share_brings_guides_and_no_other_files(shared: Study, tmp_path: Path, name: str) -> None:
    assignment = assign_share(shared, SECOND, share=Fraction(1, 2))
    write_share(shared, assignment, tmp_path / "share.json")
    content = json.loads((tmp_path / "share.json").read_text(encoding="utf-8"))
    content["files"][name] = "fieldkit: 1"
    (tmp_path / "bad.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ExchangeError, match="no share"):
        study_of_share(tmp_path / "bad.json", tmp_path / "hers")
    assert not (tmp_path / "hers").exists()
