"""An encrypted study of MT's, with a planned interview."""

from __future__ import annotations

from pathlib import Path

from fieldkit.study.create import create_study
from fieldkit.study.interviews import plan_interview
from fieldkit.study.protection import unlock
from fieldkit.study.roster import RosterEntry, add_roster, find_respondent
from fieldkit.study.study import Study

SECRET = "quatre lunes au-dessus du lac"
WORDS = "the minister said no"


def sealed_study(folder: Path) -> Study:
    """Make the study; it is open."""
    create_study(folder, author="MT", passphrase=SECRET)
    study = Study.open(folder, keys=unlock(folder, SECRET))
    add_roster(study, [RosterEntry("CIC-01", {"group": "CIC", "language": "en"})])
    plan_interview(study, [find_respondent(study, "CIC-01").id])
    return study
