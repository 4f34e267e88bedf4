"""Make a new study."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from fieldkit.say import reason_of, t
from fieldkit.storage import files
from fieldkit.storage.store import Store
from fieldkit.study.author import check_initials, remember_author
from fieldkit.study.errors import StudyError
from fieldkit.study.locate import GUIDES, STORE, is_study, template_folder
from fieldkit.study.passphrases import check_passphrase
from fieldkit.study.witness import remember


def create_study(
    path: Path,
    *,
    template: str | Path | None = None,
    author: str | None = None,
    passphrase: str | None = None,
) -> Path:
    """Make a study in a folder that is new or empty; either whole or not at all.

    Args:
        path: the folder to make.
        template: a study folder or a folder of guides to begin from; None is the shipped study.
        author: initials of who will work in it on this laptop.
        passphrase: what shall open it; None keeps what is recorded unencrypted.

    Returns:
        The study's folder.

    Raises:
        StudyError: something is there already, the template is none, the passphrase will not do, or the
            place cannot be written.
    """
    if passphrase is not None:
        passphrase = check_passphrase(passphrase)
    initials = check_initials(author) if author is not None else None
    source = _template(template)
    folder = new_place(path)
    try:
        files.make_parents(folder)
        with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as scratch:
            new = Path(scratch) / "study"
            new.mkdir(mode=0o700)
            new.chmod(0o700)
            shutil.copytree(source, new / GUIDES, ignore=shutil.ignore_patterns(".*", "__pycache__"))
            Store.create(new / STORE, passphrase=passphrase).close()
            # Moved from here to its place it would pass for a copy: it takes its device id there.
            (new / STORE / "device.json").unlink(missing_ok=True)
            if initials is not None:
                remember_author(new, initials)
            if folder.exists():
                folder.rmdir()
            new.rename(folder)
        remember(folder, sealed=passphrase is not None)
    except OSError as error:
        raise StudyError(
            t("{path}: no study could be made there ({reason}); name another place").format(
                path=path, reason=reason_of(error)
            )
        ) from None
    return folder


def new_place(path: Path) -> Path:
    """The folder that a new study can be made in.

    Args:
        path: what the user named.

    Returns:
        It, in full.

    Raises:
        StudyError: something is there already.
    """
    folder = path.expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise StudyError(t("{path}: this is a file; name a folder that does not exist yet").format(path=path))
    if folder.exists() and any(folder.iterdir()):
        told = (
            t("{path}: a study is there already; name a folder that does not exist yet")
            if is_study(folder)
            else t("{path}: the folder is not empty; name a folder that does not exist yet")
        )
        raise StudyError(told.format(path=path))
    return folder


def _template(template: str | Path | None) -> Path:
    if template is None:
        return template_folder()
    given = Path(template).expanduser()
    for folder in (given / GUIDES, given):
        if (folder / "framework.yaml").is_file():
            return folder
    raise StudyError(
        t(
            "{template}: no template there; name a study, or a folder with framework.yaml and guides in it"
        ).format(template=template)
    )
