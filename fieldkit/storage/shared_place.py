"""Places where a store should not lie: folders that a program synchronises, and drives of other machines.

Locks do not reach other machines there, and two of them may write over each other.
"""

from __future__ import annotations

import sys
from pathlib import Path, PureWindowsPath

from fieldkit.say import t

_SYNCHRONISED = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "mobile documents": "iCloud Drive",
    "cloudstorage": None,
    "box sync": "Box",
    "syncthing": "Syncthing",
    "pcloud": "pCloud",
}
"""How folders begin that such programs keep, in lower case; None where that does not tell which one."""

_NETWORK = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "afpfs",
        "ceph",
        "glusterfs",
        "lustre",
        "davfs",
        "webdav",
        "9p",
        "virtiofs",
    ]
)
_FUSE_NETWORK = ("sshfs", "rclone", "s3fs", "davfs", "smbnetfs", "onedriver", "glusterfs", "gvfsd-fuse")
_MOUNTS = Path("/proc/mounts")


def shared_place(folder: Path) -> str | None:
    """Say why a folder is no place for a store.

    Args:
        folder: the store's.

    Returns:
        What it lies in, such as `a folder that Dropbox synchronises`; None where nothing is known against it.
    """
    place = folder.resolve()
    for part in place.parts:
        found = [name for start, name in _SYNCHRONISED.items() if part.casefold().startswith(start)]
        if found:
            program = found[0] or t("a cloud drive")
            return t("a folder that {program} synchronises").format(program=program)
    if sys.platform == "win32":
        return t("a network drive") if PureWindowsPath(place).drive.startswith("\\\\") else None
    kind = _file_system(place)
    if kind is None:
        return None
    name = kind.removeprefix("fuse.")
    network = kind in _NETWORK or (kind.startswith("fuse.") and name.startswith(_FUSE_NETWORK))
    return t("a network drive ({kind})").format(kind=kind) if network else None


def _file_system(place: Path) -> str | None:
    """Return the kind of file system that a folder lies on, where the system tells."""
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    found, kind = -1, None
    for line in lines:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        mounted = Path(fields[1].replace("\\040", " ").replace("\\011", "\t"))
        if place.is_relative_to(mounted) and len(mounted.parts) >= found:
            found, kind = len(mounted.parts), fields[2]
    return kind
