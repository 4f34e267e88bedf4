"""Where a store should not lie, one is told; it opens all the same."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from fieldkit.storage import Put, Store, lock, shared_place

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/share /mnt/our\\040share cifs rw 0 0
host:/export /home/nfs nfs4 rw 0 0
me@host:/ /home/me/far fuse.sshfs rw 0 0
/dev/sdb1 /home/nfs/stick vfat rw 0 0
portal /run/user/1000/doc fuse.portal rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("/home/me/study/store", None),
        ("/home/me/OneDrive - Canada/study/store", "a folder that OneDrive synchronises"),
        ("/home/me/Dropbox/étude/store", "a folder that Dropbox synchronises"),
        ("/home/me/Library/Mobile Documents/x/store", "a folder that iCloud Drive synchronises"),
        ("/mnt/our share/study/store", "a network drive (cifs)"),
        ("/home/nfs/study/store", "a network drive (nfs4)"),
        ("/home/nfs/stick/study/store", None),
        ("/home/me/far/study/store", "a network drive (fuse.sshfs)"),
        ("/run/user/1000/doc/study/store", None),
    ],
)
def test_what_is_known_against_a_place(
    folder: str, said: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    monkeypatch.setattr(shared_place, "_MOUNTS", tmp_path / "mounts")
    assert shared_place.shared_place(Path(folder)) == said


def test_a_store_in_a_synchronised_folder_opens_with_a_warning(tmp_path: Path) -> None:
    with Store.create(tmp_path / "Dropbox" / "store") as store:
        store.commit([Put("t", "r", {"n": 1})], author="AB")
    with Store.open(tmp_path / "Dropbox" / "store") as store:
        (notice,) = store.notices
        assert (notice.kind, store.read_only) == ("place", False)
        assert "Dropbox" in notice.message
        assert "two laptops may write over each other" in notice.message


def test_where_files_cannot_be_locked_one_is_told_and_can_write(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock, "_take", refuse)
    with Store.create(folder) as store:
        assert any("cannot be locked" in notice.message for notice in store.notices)
        store.commit([Put("t", "r", {"n": 1})], author="AB")
