"""What a person likes on this computer, in every study: kept in the platform's config folder."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from fieldkit.say import LANGUAGES, environment_language, set_language
from fieldkit.storage import files

KEYMAP = "keymap.toml"
"""The file of the person's own keys."""

_FILE = "config.json"
_SIZE_LIMIT = 64 << 10


def config_folder() -> Path:
    """The folder of the person's own settings; it may not be there."""
    from platformdirs import user_config_path

    return user_config_path("fieldkit", appauthor=False)


def preferences() -> dict[str, Any]:
    """All that is remembered; empty where nothing is, or it cannot be read."""
    try:
        with files.reading(config_folder() / _FILE) as fd:
            found = json.loads(files.read_at(fd, _SIZE_LIMIT, 0))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def remember(**changes: Any) -> None:
    """Remember preferences; where the folder takes nothing, they hold for this run alone.

    Args:
        changes: name to value.
    """
    folder = config_folder()
    told = json.dumps({**preferences(), **changes}, ensure_ascii=False, indent=1) + "\n"
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        files.replace_file(folder / _FILE, told.encode())


def speak_preferred() -> None:
    """Use the interface language that was chosen last, else the one that the environment asks for."""
    chosen = preferences().get("language")
    set_language(chosen if chosen in LANGUAGES else environment_language(os.environ))
