"""What a person likes on this computer, in every study: kept in the platform's config folder."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from fieldkit.say import LANGUAGES, environment_language, set_language

KEYMAP = "keymap.toml"
"""The file of the person's own keys."""

_FILE = "config.json"


def config_folder() -> Path:
    """The folder of the person's own settings; it may not be there."""
    from platformdirs import user_config_path

    return user_config_path("fieldkit", appauthor=False)


def preferences() -> dict[str, Any]:
    """All that is remembered; empty where nothing is, or it cannot be read."""
    try:
        found = json.loads((config_folder() / _FILE).read_text(encoding="utf-8"))
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
        # A window that reads them meanwhile finds the old ones or the new ones, never half.
        half = folder / f"{_FILE}.{os.getpid()}"
        half.write_text(told, encoding="utf-8")
        half.replace(folder / _FILE)


def speak_preferred() -> None:
    """Use the interface language that was chosen last, else the one that the environment asks for."""
    chosen = preferences().get("language")
    set_language(chosen if chosen in LANGUAGES else environment_language(os.environ))
