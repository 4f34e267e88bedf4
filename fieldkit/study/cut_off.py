"""Interviews that were being held when fieldkit was stopped, as after a power cut."""

from __future__ import annotations

from dataclasses import dataclass

from fieldkit.study.study import Study


@dataclass(frozen=True)
class CutOff:
    """An interview that was cut off.

    Attributes:
        interview: its id.
        codes: codes of those present.
        at: when it was last heard of, ISO 8601, UTC.
    """

    interview: str
    codes: tuple[str, ...]
    at: str


def cut_off(study: Study, held: str | None) -> list[CutOff]:
    """The interviews that nobody paused or completed, the latest first.

    Args:
        study: the study; where it is open for reading only, another process may be holding them.
        held: id of the interview that is being held here now, or None.
    """
    if study.store is None or study.read_only:
        return []
    people = study.rows("respondents")
    found = []
    for interview, body in study.rows("interviews").items():
        if body["state"] != "in progress" or interview == held:
            continue
        # Only where one was cut off does the first screen wait for the models of records.
        from fieldkit.study.draft import InterviewDraft
        from fieldkit.study.sittings import last_heard

        codes = [str(people.get(person, {}).get("code", "")) for person in body.get("respondents", ())]
        heard = last_heard(study, interview, InterviewDraft(study.store.drafts, interview).saved_at)
        found.append(CutOff(interview, tuple(codes), heard or body.get("started_at") or ""))
    return sorted(found, key=lambda each: each.at, reverse=True)
