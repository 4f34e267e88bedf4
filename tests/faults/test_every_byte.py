"""The journal cut at every byte, and a bit turned in every byte of every file of a store.

What opens after a cut is exactly the commits before it; what opens after a turned bit is everything but what
a notice names; nothing is ever changed that was not cut off as torn, and that lies aside.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldkit.storage import Put, Store, StoreDamaged, StoreTooNew
from fieldkit.storage.aside import read_aside
from fieldkit.storage.keyfile import unlock
from fieldkit.storage.keys import Keyring, KeySealer
from tests.faults.places import tried
from tests.faults.sample import KINDS, PASSPHRASE, Sample, flipped, named
from tests.storage.by_hand import HEADER

pytestmark = pytest.mark.usefixtures("unsynced")


@pytest.fixture(params=KINDS)
def sample(request: pytest.FixtureRequest, light: Path) -> Sample:
    return Sample(light / "store", request.param)


def bits(data: bytes, start: int = 0, every: range = range(0)) -> Iterator[tuple[int, int]]:
    """Yield the offset of each byte tried with one bit of it, drawn; of the bytes in `every` all eight."""
    drawn = random.Random(20050301)
    for offset in sorted({*tried(start, len(data)), *every}):
        for bit in range(8) if offset in every else (drawn.randrange(8),):
            yield offset, bit


def aside(sample: Sample) -> list[bytes]:
    folder = sample.folder / "aside"
    return [read_aside(path, sample.keys) for path in folder.iterdir()] if folder.exists() else []


def test_a_journal_cut_at_any_byte(sample: Sample) -> None:
    data = sample.files["journal"]
    lengths = [len(sample.heading), *(length for length, _ in sample.commits)]
    order = [revision for held in sample.held for revision in held]
    for length in tried(0, len(data)):
        cut = data[:length]
        sample.put_back(journal=cut, snapshot=None)
        assert sample.problems(), length
        if length < len(sample.heading):
            with pytest.raises(StoreDamaged):
                sample.open()
            assert sample.journal.read_bytes() == cut
            continue
        whole = max(at for at in lengths if at <= length)
        count = max([0, *(count for at, count in sample.commits if at <= length)])
        found = sample.open()
        assert found.ids == sample.in_order(set(order[:count])), length
        assert found.state == sample.state_of(order[:count]), length
        assert [notice.kind for notice in found.notices] == ["damage"], length
        assert f"the last {len(data) - whole} bytes that were saved are gone" in found.notices[0].message
        assert sample.journal.read_bytes() == data[:whole], length
        assert aside(sample) == ([data[whole:length].rstrip(b"\0")] if length > whole else []), length


def test_a_journal_cut_at_any_byte_that_was_never_acknowledged(light: Path) -> None:
    sample = Sample(light / "store", "plain")
    data = sample.files["journal"]
    order = [revision for held in sample.held for revision in held]
    for length in tried(sample.commits[1][0], len(data)):
        whole, count = max((at, count) for at, count in sample.commits if at <= length)
        sample.put_back(journal=data[:length], snapshot=None, anchor=sample.yesterday)
        assert bool(sample.problems()) == (length > whole), length
        found = sample.open()
        assert found.ids == order[:count], length
        assert [notice.kind for notice in found.notices] == (["torn"] if length > whole else []), length
        assert aside(sample) == ([data[whole:length].rstrip(b"\0")] if length > whole else []), length


ROOM = bytes(5_000)


def test_a_journal_whose_last_write_into_its_room_stopped_at_any_byte(sample: Sample) -> None:
    data = sample.files["journal"]
    order = [revision for held in sample.held for revision in held]
    packed = bool(sample.frames[0].flags & 4)
    (start, before), (_, _) = sample.commits[-2:]
    for length in tried(start, len(data) + 1):
        written = data[:length].ljust(len(data), b"\0") + ROOM
        sample.put_back(journal=written, snapshot=None, anchor=None)
        # A byte that is NUL looks the same before it was written.
        whole = not data[length:].strip(b"\0")
        nothing = not data[start:length].strip(b"\0")
        assert bool(sample.problems()) == (not whole and not nothing), length
        found = sample.open()
        assert found.ids == (
            sample.in_order(set(order)) if whole else sample.in_order(set(order[:before]))
        ), length
        assert [n.kind for n in found.notices] == ([] if whole or nothing else ["torn"]), length
        assert sample.journal.read_bytes() == data[: len(data) if whole else start], length
        assert aside(sample) == ([] if whole or nothing else [data[start:length].rstrip(b"\0")]), length
        if not packed:
            # Had it been acknowledged, the anchor would know; a record whose tag alone is lost is whole.
            sample.put_back(journal=written, snapshot=None)
            told = [n.kind for n in sample.open().notices]
            assert told == ([] if whole or length >= len(data) - 16 else ["damage"]), length


def test_a_bit_turned_in_the_last_acknowledged_frame_before_room(sample: Sample) -> None:
    data = sample.files["journal"]
    last = sample.frames[-1]
    for offset, bit in bits(data, last.start):
        damaged = flipped(data, offset, bit) + ROOM
        sample.put_back(journal=damaged, snapshot=None)
        assert sample.problems(), offset
        found = sample.open()
        in_tag = offset >= last.end - 16
        lost = set() if in_tag else set(sample.held[-1])
        assert found.ids == [r.id for r in sample.revisions if r.id not in lost], offset
        assert [n.kind for n in found.notices] == ([] if in_tag else ["damage"]), offset
        assert aside(sample) == ([] if in_tag else [damaged[last.start : last.end]]), offset
        assert sample.journal.read_bytes() == damaged[: len(data)], offset


def test_a_store_in_whose_room_was_written_goes_on_there(sample: Sample) -> None:
    data = sample.files["journal"]
    sample.put_back(journal=data + ROOM, snapshot=None)
    with Store.open(sample.folder, keys=sample.keys) as store:
        assert store.notices == []
        store.commit([Put("t", "after", {"n": 9})], author="AB")
        assert sample.journal.stat().st_size == len(data) + len(ROOM)
        with Store.open(sample.folder, keys=sample.keys, write=False) as reader:
            assert (reader.get("t", "after"), reader.notices) == ({"n": 9}, [])
    found = sample.open()
    assert (found.state["t", "after"], found.notices) == ({"n": 9}, [])
    assert sample.journal.read_bytes().startswith(data)
    assert not sample.journal.read_bytes().endswith(bytes(100))


def test_a_bit_turned_in_any_byte_of_the_frames(sample: Sample) -> None:
    data = sample.files["journal"]
    first = sample.frames[0].start
    unnamed = names_and_nonces(sample)
    for offset, bit in bits(data, first, range(first, first + HEADER.size)):
        where = f"byte {offset}, bit {bit}"
        damaged = flipped(data, offset, bit)
        sample.put_back(journal=damaged, snapshot=None)
        assert sample.problems(), where
        found = sample.open()
        assert sample.journal.read_bytes() == damaged, where
        number = sample.frame_at(offset)
        frame = sample.frames[number]
        in_tag = offset >= frame.end - 16
        missing = set() if in_tag else set(sample.held[number])
        kept = sample.in_order({revision.id for revision in sample.revisions} - missing)
        assert found.ids == kept, where
        assert found.state == sample.state_of(kept), where
        if in_tag:
            # The record is whole; that the next frame does not follow is told where there is one.
            assert len(found.notices) == (number + 1 < len(sample.frames)), where
            continue
        (notice,) = found.notices
        assert notice.kind == "damage", where
        assert f"at byte {frame.start} are damaged" in notice.message, where
        assert aside(sample) == [damaged[frame.start : frame.end]], where
        if len(missing) == 1 and offset not in unnamed:
            revision = next(r for r in sample.revisions if r.id in missing)
            assert f"(a state of {revision.table} {revision.record}" in notice.message, where


def names_and_nonces(sample: Sample) -> set[int]:
    """The bytes without which a frame's record cannot be told: those of its name, and of a nonce."""
    found: set[int] = set()
    sealer = sample.keys.sealer("journal")
    for frame, held in zip(sample.frames, sample.held, strict=True):
        body = frame.start + HEADER.size
        if isinstance(sealer, KeySealer):
            found.update(range(body, body + 12))
        if len(held) == 1 and not frame.flags & 4:
            payload = next(r for r in sample.revisions if r.id == held[0]).payload()
            found.update(named(frame, payload))
        if frame.flags & 4:
            found.update(range(body, frame.end))
    return found


def test_after_damage_anywhere_the_store_is_written_on(sample: Sample) -> None:
    data = sample.files["journal"]
    drawn = random.Random(7)
    places = [frame.start + HEADER.size + drawn.randrange(40) for frame in sample.frames]
    for offset in [*places, *(frame.end - 1 for frame in sample.frames), *(f.start for f in sample.frames)]:
        damaged = flipped(data, offset, drawn.randrange(8))
        sample.put_back(journal=damaged, snapshot=None)
        before = sample.open()
        with Store.open(sample.folder, keys=sample.keys) as store:
            store.commit([Put("t", "after", {"n": 9})], author="AB")
            store.commit([Put("t", "after", {"n": 10})], author="AB")
        after = sample.open()
        assert after.ids[: len(before.ids)] == before.ids, offset
        assert after.state == {**before.state, ("t", "after"): {"n": 10}}, offset
        assert len(after.notices) == len(before.notices) or offset == len(data) - 1, offset
        assert sample.journal.read_bytes().startswith(damaged), offset


def test_a_bit_turned_in_the_heading(sample: Sample) -> None:
    data = sample.files["journal"]
    everything = [revision.id for revision in sample.revisions]
    for offset, bit in bits(sample.heading, 0, range(20)):
        damaged = flipped(data, offset, bit)
        sample.put_back(journal=damaged, snapshot=None)
        assert sample.problems(), (offset, bit)
        if looks_newer(damaged):
            with pytest.raises(StoreTooNew):
                sample.open()
            assert sample.journal.read_bytes() == damaged
            continue
        found = sample.open()
        assert found.ids == everything, (offset, bit)
        (notice,) = found.notices
        assert notice.kind == "damage"
        assert "its first two lines are damaged" in notice.message
        assert sample.journal.read_bytes() == damaged
        assert (sample.folder / "heading").read_bytes() == sample.heading, (offset, bit)
        # Without the spare there is nothing to go by: it is refused, and left alone.
        sample.put_back(journal=damaged, heading=None)
        with pytest.raises((StoreDamaged, StoreTooNew)):
            sample.open()
        assert sample.journal.read_bytes() == damaged


BESIDE = [
    *((kind, name) for kind in KINDS for name in ("anchor", "snapshot", "device.json", "heading")),
    *(("sealed", name) for name in ("keys", "keys.copy")),
]


def looks_newer(data: bytes) -> bool:
    """Whether a file says that it is of a format that is yet to come."""
    number = data.split(b"\n", 1)[0].rpartition(b" ")[2]
    return number.isdigit() and int(number) > 2


@pytest.mark.parametrize(("sample", "name"), BESIDE, indirect=["sample"])
def test_a_bit_turned_beside_the_journal_costs_nothing(sample: Sample, name: str) -> None:
    data = sample.files[name]
    everything = [revision.id for revision in sample.revisions]
    state = sample.state_of(everything)
    secret = sample.keys.secret() if isinstance(sample.keys, Keyring) else b""
    is_key_file = name.startswith("keys")
    for offset, bit in bits(data):
        sample.put_back(**{name: flipped(data, offset, bit)})
        if is_key_file:
            assert unlock(sample.folder, PASSPHRASE).secret() == secret
            assert sample.problems()
        found = sample.open()
        assert (found.ids, found.state) == (everything, state), (name, offset, bit)
        assert {notice.kind for notice in found.notices} <= {"damage", "device"}, (name, offset, bit)
        if is_key_file or name == "heading":
            assert (sample.folder / name).read_bytes() == data, (name, offset, bit)
        assert sample.journal.read_bytes() == sample.files["journal"]


@pytest.mark.parametrize(("sample", "name"), BESIDE, indirect=["sample"])
def test_what_stands_beside_the_journal_cut_or_gone_costs_nothing(sample: Sample, name: str) -> None:
    data = sample.files[name]
    everything = [revision.id for revision in sample.revisions]
    for content in [None, *(data[:length] for length in range(0, len(data), 11))]:
        sample.put_back(**{name: content})
        found = sample.open()
        assert (found.ids, found.state) == (everything, sample.state_of(everything)), name


def test_an_anchor_of_yesterday_is_in_order(sample: Sample) -> None:
    if sample.keys.sealed and sample.frames[0].flags & 4:
        # Packing writes the anchor anew: what is left of the one before points nowhere, and that is told.
        sample.put_back(anchor=sample.yesterday)
        assert sample.problems()
        return
    sample.put_back(anchor=sample.yesterday)
    assert sample.problems() == ()
    found = sample.open()
    assert found.notices == []
    assert len(found.ids) == 5


def test_a_draft_cut_or_turned_at_any_byte(sample: Sample) -> None:
    versions = [{"role": "first"}, {"role": "second"}, {"role": "second", "unit": "x"}]
    ends = []
    path = sample.folder / "drafts" / "i1.draft"
    with Store.open(sample.folder, keys=sample.keys) as store:
        for key, value in (("role", "first"), ("role", "second"), ("unit", "x")):
            store.drafts.append("i1", key, value)
            ends.append(path.stat().st_size)
    data = path.read_bytes()
    start = data.index(b"\x89fkf")
    lost = [{"role": "second", "unit": "x"}, {"role": "first", "unit": "x"}, {"role": "second"}]

    def read() -> tuple[dict[str, str], list[str]]:
        with Store.open(sample.folder, keys=sample.keys) as store:
            assert store.drafts.names() == ["i1"]
            return store.drafts.latest("i1"), [notice.kind for notice in store.drafts.notices]

    for length in tried(start, len(data)):
        sample.put_back(**{"drafts/i1.draft": data[:length]})
        whole = sum(end <= length for end in ends)
        torn = length not in (start, *ends)
        assert read() == ([{}, *versions][whole], ["torn"] if torn else []), length
    for offset, bit in bits(data):
        damaged = flipped(data, offset, bit)
        sample.put_back(**{"drafts/i1.draft": damaged})
        if looks_newer(damaged):
            with pytest.raises(StoreTooNew):
                read()
            assert path.read_bytes() == damaged
            continue
        values, kinds = read()
        if offset < start:
            assert (values, kinds) == (versions[-1], []), offset
            continue
        number = sum(end <= offset for end in ends)
        in_tag = offset >= ends[number] - 16
        assert values == (versions[-1] if in_tag else lost[number]), offset
        assert in_tag or len(kinds) == 1, offset
