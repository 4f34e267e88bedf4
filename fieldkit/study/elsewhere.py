"""What the store would not take of an interview, saved in a file elsewhere; `taking_back` takes that in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldkit.say import t
from fieldkit.storage.draft_copy import write_copy
from fieldkit.storage.drafts import SUFFIX, file_stem
from fieldkit.study.clock import now
from fieldkit.study.errors import StudyError
from fieldkit.study.locate import STORE
from fieldkit.text import shortened

if TYPE_CHECKING:
    from fieldkit.study.conduct import Conduct
    from fieldkit.study.study import Study

ABOUT = "@about"
"""Name, in such a file, of what is said of the interview itself; it is no answer's."""

_NAMES = 1000


def check_folder(study: Study, typed: str) -> Path:
    """The folder that somebody typed.

    Args:
        study: the study.
        typed: what was typed; `~` is the home folder.

    Raises:
        StudyError: it is none, or lies in the store.
    """
    if not typed.strip():
        raise StudyError(t("name a folder on another disk, such as a USB stick"))
    told = shortened(typed.strip(), 60)
    try:
        folder = Path(typed.strip()).expanduser().resolve()
        if not folder.is_dir():
            raise StudyError(t("{told}: there is no such folder").format(told=told))
        inside = folder.is_relative_to((study.folder / STORE).resolve())
    except (OSError, RuntimeError, ValueError):
        raise StudyError(t("{told}: cannot be looked at; name another folder").format(told=told)) from None
    if inside:
        raise StudyError(t("{told}: this is the store itself; name a folder outside it").format(told=told))
    return folder


def save_elsewhere(conduct: Conduct, folder: Path) -> Path | None:
    """Write all of an interview that the journal does not have to a new file; what is unsaved stays so.

    Args:
        conduct: the interview.
        folder: where to; as `check_folder` returns it.

    Returns:
        The file, read back; None where the journal has everything.

    Raises:
        StudyError: nothing was ever kept in this study.
        StoreError: it could not be written there.
    """
    study, interview = conduct.study, conduct.interview
    unkept = conduct.unkept()
    if not unkept:
        return None
    if study.store is None:
        raise StudyError(t("nothing was ever kept in this study, so nothing says how it is to be encrypted"))
    values: dict[str, Any] = {
        answer.key.response_id(""): {**answer._asdict(), "key": list(answer.key)} for answer in unkept
    }
    values[ABOUT] = {"at": now(), "place": list(conduct.current), "interview": interview.body()}
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    stem = f"{file_stem(interview.id)}-{moment}"
    for number in range(1, _NAMES):
        path = folder / f"{stem if number == 1 else f'{stem}-{number}'}{SUFFIX}"
        try:
            write_copy(path, study.store, interview.id, values)
        except FileExistsError:
            continue
        return path
    raise StudyError(t("{folder}: holds too many of these already").format(folder=folder))
