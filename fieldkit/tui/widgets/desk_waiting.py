"""What waits at the foot of the Desk: appointments, whom to see next, what is to be seen to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from textual.content import Content

from fieldkit.say import t, tn
from fieldkit.study.appointments import Appointment, appointments
from fieldkit.study.cut_off import CutOff
from fieldkit.study.desk import Work
from fieldkit.study.study import Study
from fieldkit.tui.literal import phrase

if TYPE_CHECKING:
    from fieldkit.findings.next_official import NextOfficial

_SHOWN: Final = 3
"""Most appointments that are named."""


def waiting_lines(
    study: Study,
    work: Work | None,
    officials: Sequence[NextOfficial],
    present: datetime,
    cut: Sequence[CutOff] = (),
) -> list[Content]:
    """What waits, a line each.

    Args:
        study: the study.
        work: how far noting and coding have got; None while it is not known.
        officials: whom to see next, the best first.
        present: the local time now.
        cut: interviews that a crash cut off.
    """
    lines = []
    if planned := appointments(study, present):
        told = ", ".join(_appointment(each) for each in planned[:_SHOWN])
        lines.append(phrase("[b]\u203a[/] Next: $told", told=told))
    if officials:
        first = officials[0]
        questions = ", ".join(first.fills)
        lines.append(
            phrase("[b]\u203a[/] See next: $code fills $questions", code=first.code, questions=questions)
        )
    alerts = [*(_cut_off(each, present) for each in cut), *_alerts(study, work)]
    return [*lines, *(phrase("[b]![/] $line", line=line) for line in alerts)]


def _cut_off(cut: CutOff, present: datetime) -> str:
    """That an interview was cut off, and when by the clock on the wall."""
    codes = " ".join(cut.codes)
    if not cut.at:
        return t("{codes} was cut off; Enter goes on").format(codes=codes)
    at = datetime.fromisoformat(cut.at).astimezone()
    when = f"{at:%H:%M}" if at.date() == present.date() else f"{at:%Y-%m-%d %H:%M}"
    return t("{codes} was cut off at {when}; Enter goes on").format(codes=codes, when=when)


def _appointment(each: Appointment) -> str:
    when = each.planned_at[:16].replace("T", " ")
    codes = " ".join(each.codes)
    return (
        t("{codes} {when} (not held)").format(codes=codes, when=when) if each.overdue else f"{codes} {when}"
    )


def _alerts(study: Study, work: Work | None) -> list[str]:
    """What is to be seen to before all is well."""
    waits = []
    if study.author is None:
        waits.append(t("Press a to say whose work this is"))
    if not study.rows("respondents"):
        waits.append(t("No respondents yet: press n, or import a roster with `fieldkit import FILE`"))
    if work is not None and work.uncoded:
        uncoded = tn(
            "{n} responses are not coded yet (F4)", "{n} responses are not coded yet (F4)", work.uncoded
        )
        waits.append(uncoded.format(n=work.uncoded))
    if work is not None and work.documents:
        unread = tn(
            "{n} document is not coded yet (F4)", "{n} documents are not coded yet (F4)", work.documents
        )
        waits.append(unread.format(n=work.documents))
    if study.protocol_loaded:
        errors = [p for p in study.protocol.problems if p.severity == "error"]
        if errors:
            wrong = tn(
                "{n} errors in the study's files (p): {first}",
                "{n} errors in the study's files (p): {first}",
                len(errors),
            )
            waits.append(wrong.format(n=len(errors), first=errors[0]))
    return [*waits, *study.notices]
