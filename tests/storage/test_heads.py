"""Heads: the same from the same revisions, in whatever order and however often they arrive."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.storage.heads import Head, arrive


@st.composite
def histories(draw: st.DrawFn) -> list[Head | tuple[Head, list[str]]]:
    """Draw revisions whose parents are among those drawn before, or unknown for ever."""
    count = draw(st.integers(1, 7))
    made = []
    for number in range(count):
        parents = draw(
            st.lists(st.sampled_from([f"r{i}" for i in range(number)] or ["?"]), max_size=3, unique=True)
        )
        if draw(st.booleans()):
            parents = [*parents, "unknown"]
        head = Head(draw(st.integers(1, 3)), f"r{number}", number, draw(st.booleans()))
        made.append((head, [parent for parent in parents if parent != "?"]))
    return made


@given(histories(), st.randoms(use_true_random=False))
def test_heads_are_what_nothing_replaces_in_any_order(history: list, random) -> None:
    replaced_ids = {parent for _, parents in history for parent in parents}
    expected = sorted((head for head, _ in history if head.id not in replaced_ids), reverse=True)
    shuffled = list(history)
    random.shuffle(shuffled)
    heads: tuple[Head, ...] = ()
    replaced: set[str] | None = None
    for head, parents in shuffled:
        heads, replaced = arrive(heads, replaced, head, parents)
    assert list(heads) == expected


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_absorbing_in_any_order_gives_the_same_store(data: st.DataObject) -> None:
    from fieldkit.storage import Delete, Put, Store

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        with Store.create(path / "a") as a, Store.create(path / "b") as b, Store.create(path / "c") as c:
            for store in data.draw(st.lists(st.sampled_from([a, b]), min_size=2, max_size=8)):
                record = data.draw(st.sampled_from("xy"))
                if data.draw(st.integers(0, 3)) == 0:
                    store.commit([Delete("t", record)], author="A")
                else:
                    store.commit([Put("t", record, {"n": data.draw(st.integers(0, 9))})], author="A")
                if data.draw(st.booleans()):
                    b.absorb(a.revisions())
            everything = [*a.revisions(), *b.revisions()]
            shuffled = data.draw(st.permutations(everything))
            for revision in shuffled:
                c.absorb([revision, revision])
            a.absorb(b.revisions())
            assert c.absorb(everything).added == 0
            a.absorb(c.revisions())
            assert sorted(r.id for r in a.revisions()) == sorted(r.id for r in c.revisions())
            assert dict(a.rows("t")) == dict(c.rows("t"))
            for record in "xy":
                assert [h.id for h in a.heads("t", record)] == [h.id for h in c.heads("t", record)]
            shown = dict(c.rows("t"))
            c.save_snapshot()
            before = c.conflicts()
        with Store.open(path / "c", write=False) as again:
            assert (dict(again.rows("t")), again.conflicts()) == (shown, before)
