"""Filling a cell of the chart, and saying what became of it."""

from __future__ import annotations

from typing import Any, NamedTuple

from fieldkit.say import t
from fieldkit.study.chart import save_chart_cell
from fieldkit.study.study import Study
from fieldkit.tui.widgets.chart_cell import CellView


class Charted(NamedTuple):
    """What came of a change to a cell.

    Attributes:
        saved: whether anything was written.
        told: what was done, one line.
    """

    saved: bool
    told: str


def chart(study: Study, view: CellView, change: dict[str, Any]) -> Charted:
    """Change the author's cell; durable when this returns.

    Args:
        study: the study.
        view: the cell as it is shown.
        change: what becomes of its `summary`, `position` and `basis`; what is not named stays. What is as
            it was is saved where the passages have changed: it holds of those there are now.

    Raises:
        StudyError: the framework does not have what was chosen.
        StoreError: it could not be made durable.
    """
    cell = view.cell
    standing: dict[str, Any] = {"summary": "", "position": None, "basis": None}
    if cell is not None:
        standing = {"summary": cell.summary, "position": cell.position, "basis": cell.basis}
    changed = standing | change
    told = t("{code} on {question}: {stance}").format(
        code=view.code, question=view.question, stance=view.told(changed["position"], changed["basis"])
    )
    if changed == standing and not view.stale:
        return Charted(False, t("{what}, as it was").format(what=told))
    save_chart_cell(
        study,
        view.respondent,
        view.question,
        interview=(cell.interview if cell is not None else None) or view.interview,
        **changed,
    )
    lost = [name for name in change if standing[name] and changed[name] != standing[name]]
    if changed == standing:
        said = t("{what}: still so, with the passages as they are now. Saved.").format(what=told)
    elif "position" in lost or "basis" in lost:
        was = view.told(*(standing[name] if name in lost else None for name in ("position", "basis")))
        said = t("{what}. Saved; it was {before}: Ctrl+Z brings that back").format(what=told, before=was)
    elif lost:
        said = t("{what}. Summary changed and saved; Ctrl+Z brings the old one back").format(what=told)
    else:
        said = t("{what}. Saved.").format(what=told)
    return Charted(True, said)


def summary_begun(view: CellView, typed: str) -> str:
    """The summary as the line for it begins: the one that stands, with what was typed added."""
    summary = view.cell.summary if view.cell is not None else ""
    return f"{summary} {typed}" if typed and summary else summary + typed
