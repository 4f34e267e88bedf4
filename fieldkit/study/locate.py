"""Where a study is, and where the template of a new one is."""

from __future__ import annotations

from pathlib import Path

from fieldkit.say import t
from fieldkit.study.errors import NoStudy

GUIDES = "interview_guides"
"""The folder of a study that says what is asked."""

STORE = "store"
"""The folder of a study that keeps what was said."""


def is_study(folder: Path) -> bool:
    """Whether a folder is a study: it has a folder `interview_guides`."""
    return (folder / GUIDES).is_dir()


def find_study(start: Path | None = None) -> Path:
    """Find a study as git finds a repository.

    Args:
        start: the folder named by the user, or None for the current one.

    Returns:
        The study's folder: the one named, the current one, or the nearest above.

    Raises:
        NoStudy: none of them is a study.
    """
    origin = (start or Path.cwd()).expanduser().absolute()
    if start is not None and not origin.exists():
        raise NoStudy(
            t("{start}: there is no such folder; `fieldkit new {start}` makes a study there").format(
                start=start
            )
        )
    if origin.is_file():
        raise NoStudy(
            t("{start}: this is a file; a study is a folder with {guides}/ and {store}/ in it").format(
                start=start, guides=GUIDES, store=STORE
            )
        )
    for folder in (origin, *origin.parents):
        if is_study(folder):
            return folder
    raise NoStudy(
        t(
            "{start}: no study here or above (no folder {guides}/); name one, or make one with "
            "`fieldkit new PATH` or `fieldkit demo`"
        ).format(start=start or origin, guides=GUIDES)
    )


def template_folder() -> Path:
    """The shipped `interview_guides`: in the package of a wheel, else beside it in a checkout.

    Raises:
        NoStudy: this installation lacks it.
    """
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_template" / GUIDES, package.parent / GUIDES):
        if (folder / "framework.yaml").is_file():
            return folder
    raise NoStudy(
        t("{package}: this installation lacks the shipped {guides}; install fieldkit again").format(
            package=package, guides=GUIDES
        )
    )
