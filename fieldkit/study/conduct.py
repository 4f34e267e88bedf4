"""One interview being held: what is asked, what is noted, and what of it is safe already."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from fieldkit.records.base import Record
from fieldkit.records.interviews import Consent, Interview, Sitting
from fieldkit.records.respondents import Respondent
from fieldkit.records.responses import Response, ResponseKey
from fieldkit.records.vocabulary import SKIPPED, Confidence
from fieldkit.say import t
from fieldkit.storage.errors import NotDurable, StoreError
from fieldkit.storage.writes import Delete, Put
from fieldkit.study.answers import Answer, paragraphs_of
from fieldkit.study.appointments import status_writes
from fieldkit.study.clock import SteadyClock
from fieldkit.study.consents import consent_of, record_consent, withdraw_consent
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.interviews import keep_guide
from fieldkit.study.keeping import Keeping, Saved, UnkeptAnswer
from fieldkit.study.links import follow_marks
from fieldkit.study.memo import MEMO, memo_id, memo_record, memo_words
from fieldkit.study.off_record import closed_stretches
from fieldkit.study.section_times import SectionTimes
from fieldkit.study.sittings import closed_sittings, held_s, last_heard
from fieldkit.study.steps import StepsOf, StepView, routing_answers
from fieldkit.study.study import Study, put
from fieldkit.study.typing_states import erase_typing_states

if TYPE_CHECKING:
    from fieldkit.protocol.items import Item


class Conduct:
    """One interview being held.

    Words typed are held in memory, drafted to disk by `autosave`, and become one revision when the
    item is left. A value, a disposition or a probe becomes a revision at once. When a write fails,
    nothing is lost: the answer stays here, `saved` is "failed" until it was kept after all, and every
    later write tries again.

    `autosave` may run in a thread of its own; everything else belongs to one thread.

    Attributes:
        study: the study.
        interview: the interview as it stands.
        guide: the guide it is held with.
        respondents: who is present.
        language: the language that items are read in now.
        recovered: the answers whose words were found in a draft, after a crash.
    """

    def __init__(self, study: Study, interview: str | Interview) -> None:
        """Open an interview.

        Args:
            study: the study.
            interview: its id; or a new one, which is written with the first thing that is noted.

        Raises:
            UnknownId: the study has no such interview.
            StudyError: its guide cannot be had.
        """
        if isinstance(interview, str):
            interview = _interview(study, interview)
        self.study = study
        self.interview: Interview = interview
        self.guide = study.guide_for(interview)
        self.respondents: list[Respondent] = [
            respondent
            for respondent_id in interview.respondents
            if (respondent := study.record("respondents", respondent_id)) is not None
        ]
        self.language: str = interview.language or self.guide.default_language
        self._answers: defaultdict[ResponseKey, Answer] = defaultdict(Answer)
        for _, body in study.where("responses", "interview", interview.id):
            response = Response.of(body)
            self._answers[response.key] = Answer.of(response)
        if (memo := memo_words(study.row("memos", memo_id(interview.id)))) != []:
            self._answers[MEMO] = Answer(paragraphs=memo)
        self.read_guide()
        self._clock = SteadyClock()
        self._keeping = Keeping(study, interview.id, self._answers, self._record, self._not_yet_kept)
        self.recovered = self._keeping.recover()
        self._keeping.place = self._place_to_resume()
        draft = self._keeping.draft
        self._times = SectionTimes(draft.section_s or interview.section_s)
        self._enter_section()
        draft.pace = self.section_s

    @property
    def current(self) -> ResponseKey:
        """The answer being worked on."""
        return self._keeping.place

    @property
    def saved(self) -> Saved:
        """How safe the words are."""
        return self._keeping.saved

    @property
    def failure(self) -> str | None:
        """Why the last write failed, one line; None once nothing is left unwritten."""
        return self._keeping.failure

    @property
    def minutes_planned(self) -> float:
        """Minutes the guide allows."""
        return self.guide.minutes

    def steps(self) -> list[StepView]:
        """All steps, relevant or not, in order, repeats expanded."""
        return self._steps.read_in(self.language)

    def step(self, key: ResponseKey) -> StepView:
        """One step.

        Raises:
            KeyError: the interview has no such step now.
        """
        for step in self.steps():
            if step.key == key:
                return step
        raise KeyError(key)

    def item(self, key: ResponseKey) -> Item:
        """The item a key belongs to."""
        return self.guide.item(key.item)

    def answer(self, key: ResponseKey) -> Answer:
        """The working copy of an answer; empty where nothing was noted yet."""
        return self._answers[key]

    def recorded(self, key: ResponseKey) -> bool:
        """Whether the journal has a response under a key."""
        return self.study.row("responses", self._keeping.record_id(key)) is not None

    def move_to(self, key: ResponseKey) -> str | None:
        """Leave the current answer and go to another.

        Returns:
            The id of the revision that leaving made, or None when nothing had changed.
        """
        revision = self.leave(self.current)
        self._keeping.place = key
        self._enter_section()
        return revision

    def type_notes(self, key: ResponseKey, paragraphs: list[dict[str, Any]]) -> None:
        """Take over the notes as they stand on the screen; in memory only, and quick.

        Args:
            key: the answer they belong to.
            paragraphs: all of its paragraphs, each a dict with at least `text` and `kind`.
        """
        self._keeping.type_notes(key, paragraphs)

    def type_value(self, key: ResponseKey, typed: str | None) -> None:
        """Take over what is being typed as a value and is none yet, or None; in memory only, and quick."""
        self._keeping.type_value(key, typed)

    def autosave(self) -> bool:
        """Draft what was typed since the last time; safe in any thread, about once a second.

        Returns:
            Whether there was anything to draft.
        """
        return self._keeping.autosave()

    def leave(self, key: ResponseKey) -> str | None:
        """Keep what was typed under a key, as one revision; then its draft goes.

        Items that its paragraphs are marked to answer too are said to be covered, in the same commit.

        Returns:
            The revision's id, or None when nothing changed or (see `failure`) it could not be kept.
        """
        return follow_marks(self, key) or self._keeping.leave(key)

    def keep(self, key: ResponseKey, *others: ResponseKey) -> str | None:
        """Keep answers as they stand, in one commit.

        Returns:
            The id of the first one's revision, or None when nothing changed or it could not be kept.
        """
        return self._keeping.keep(key, *others)

    def take_up(self, record: str) -> ResponseKey | None:
        """Take over a response, or the memo, as the journal has it now, after it was changed there.

        Args:
            record: id of the response or memo.

        Returns:
            The key of the answer; None where it is none of this interview, or words typed under it are not
            kept yet, which then come after what was restored.
        """
        if record == memo_id(self.interview.id):
            memo = Answer(paragraphs=memo_words(self.study.row("memos", record)))
            return MEMO if self._keeping.replace(MEMO, memo) else None
        body = self.study.row("responses", record)
        if body is None:
            key = next((key for key in self._answers if self._keeping.record_id(key) == record), None)
            answer = Answer(id=record)
        else:
            response = Response.of(body)
            key = response.key if response.interview == self.interview.id else None
            answer = Answer.of(response)
        return key if key is not None and self._keeping.replace(key, answer) else None

    def record_id(self, key: ResponseKey) -> str:
        """Id of the response that an answer is, or would be, recorded as."""
        return self._keeping.record_id(key)

    def forget_draft(self, key: ResponseKey) -> None:
        """Drop what was drafted under a key: the journal has it, or what stands in its place."""
        self._keeping.forget_draft(key)

    def forget_all_drafts(self) -> None:
        """Drop the whole draft, to be called when all of it is in the journal."""
        self._keeping.clear_draft()

    def keep_refused(self) -> None:
        """Keep what the journal refused before, once the disk takes drafts again; it may be refused anew."""
        self._keeping.keep_refused()

    def unkept(self) -> list[UnkeptAnswer]:
        """The answers that say something which the journal does not have."""
        return self._keeping.unkept()

    def save_all(self) -> bool:
        """Keep everything typed so far.

        Returns:
            Whether all of it is durable now.
        """
        return self._keeping.save_all()

    def set_value(self, key: ResponseKey, value: Any) -> str | None:
        """Give the answer a value (None takes it back); as a revision, at once."""
        self.answer(key).give(value)
        return self._keeping.keep(key)

    def set_disposition(
        self, key: ResponseKey, disposition: str | None, reason: str | None = None
    ) -> str | None:
        """Say what became of the item (None takes it back); as a revision, at once.

        A disposition other than answered puts a value aside, since both cannot be true; taking it back
        gives the value back. Notes stay.
        """
        self.answer(key).dispose(disposition, reason)
        return self._keeping.keep(key)

    def set_confidence(self, confidence: Confidence) -> None:
        """Say how far the interviewer trusts what was said; durable when this returns.

        Raises:
            StoreError: it could not be kept.
        """
        self.replace_answers({}, self.interview.model_copy(update={"confidence": confidence}))

    def toggle_probe(self, key: ResponseKey, probe: str) -> str | None:
        """Tick a probe as used, or take the tick back; as a revision, at once.

        A paragraph that is marked with the probe keeps it used.
        """
        answer = self.answer(key)
        used = probe in answer.used_probes
        answer.probes = [p for p in answer.probes if p != probe] if used else [*answer.probes, probe]
        return self._keeping.keep(key)

    def note(self, key: ResponseKey, text: str) -> None:
        """Put a text in place of the notes, as paraphrase, one paragraph for each line."""
        self.type_notes(key, paragraphs_of(text))

    def add_instance(self, repeat: str) -> ResponseKey:
        """Ask the items of an open repeat once more.

        Args:
            repeat: id of the repeat.

        Returns:
            The key of the new instance's first item.

        Raises:
            StudyError: the repeat has as many as it may.
        """
        from fieldkit.protocol.items import RepeatItem
        from fieldkit.protocol.routing import next_instance

        item = self.guide.item(repeat)
        if not isinstance(item, RepeatItem):
            told = t("{guide}.yaml: {item} is not a repeat, so nothing can be added to it")
            raise StudyError(told.format(guide=self.guide.id, item=repeat))
        first = item.items[0].id
        # The instance that an untouched repeat shows counts as there already.
        shown = {step.key: self.answer(step.key) for step in self.steps() if step.key.item == first}
        instance = next_instance(self.guide, item, routing_answers(shown))
        if instance is None:
            told = t("{repeat} takes no more of them; note the rest under the last one")
            raise StudyError(told.format(repeat=repeat))
        key = ResponseKey(first, instance)
        self._answers[key] = Answer()
        return key

    def consents(self) -> dict[str, Consent]:
        """Respondent id to what she consented to, as recorded so far."""
        return {each.id: consent_of(self.study, self.interview.id, each.id) for each in self.respondents}

    def set_consent(
        self,
        respondent: str,
        *,
        given: bool | None = None,
        quote: bool | None = None,
        recording: bool | None = None,
        mode: str | None = None,
    ) -> None:
        """Record what a person agreed to, and how; what is None stays as it was. Durable when this returns.

        Raises:
            StoreError: it could not be kept.
        """
        self.study.save(self._not_yet_kept())
        interview = self.interview.id
        record_consent(
            self.study, interview, respondent, given=given, quote=quote, recording=recording, mode=mode
        )
        self.interview = _interview(self.study, interview)

    def withdraw_consent(self, respondent: str) -> None:
        """Record that a person takes her consent back, all that was typed being kept first.

        Raises:
            StoreError: it could not be kept.
        """
        if not self.save_all():
            raise NotDurable(self.failure or t("the notes could not be saved"))
        self.study.save(self._not_yet_kept())
        withdraw_consent(self.study, self.interview.id, respondent)
        self.interview = _interview(self.study, self.interview.id)

    def keep_interview(self, **changes: Any) -> None:
        """Record what changes of the interview itself; durable when this returns.

        Args:
            **changes: its fields.

        Raises:
            StoreError: it could not be kept; the interview is as it was.
        """
        self._save_interview(self.interview.model_copy(update=changes), [])

    def now(self) -> str:
        """The time of the interview's clock, which a wall clock that is set does not lead astray."""
        return self._clock.now()

    def read_guide(self) -> None:
        """Take up the guide as it is for this interview now, with the items that were added to it."""
        self.guide = self.study.guide_for(self.interview)
        people = {respondent.id: respondent.code for respondent in self.respondents}
        self._steps = StepsOf(self.guide, self._answers, people)

    def replace_answers(
        self, answers: Mapping[ResponseKey, Answer], interview: Interview | None = None
    ) -> None:
        """Put answers in place of those there are, in one commit; durable when this returns.

        Args:
            answers: the answers that change.
            interview: the interview in place of the one there is; None leaves that.

        Raises:
            StoreError: it could not be kept; all is as it was.
        """
        if not self.save_all():
            raise NotDurable(self.failure or t("the notes could not be saved"))
        writes: list[Put | Delete] = []
        for key, answer in answers.items():
            response = answer.response(self.interview.id, key, self.language)
            if response is not None:
                writes.append(put("responses", response))
            elif self.recorded(key):
                writes.append(Delete("responses", self._keeping.record_id(key)))
        if interview is not None and interview.state == "complete" != self.interview.state:
            writes += status_writes(self.study, interview, "interviewed")
        self._save_interview(interview or self.interview, writes)
        self._answers |= answers

    def start(self) -> None:
        """Begin, or go on after a pause: the clock runs, and the guide's version is kept.

        Raises:
            StoreError: it could not be kept; the interview is as it was.
        """
        self._clock = SteadyClock()
        began = self._clock.now()
        sittings = [*closed_sittings(self.interview, self._last_heard), Sitting(started_at=began)]
        interview = self.interview.model_copy(
            update={
                "state": "in progress",
                "started_at": self.interview.started_at or began,
                "ended_at": None,
                "sittings": sittings,
                "off_record": closed_stretches(self.interview, self._last_heard),
                "section_s": {section: round(spent, 1) for section, spent in self.section_s().items()},
                "guide_version": self.guide.version,
                "guide_hash": self.guide.content_hash,
                "interviewer": self.interview.interviewer or self.study.need_author(),
                "language": self.language,
            }
        )
        self._save_interview(interview, [*keep_guide(self.study, self.guide)])
        # A sitting that a crash left open has its end only now, and time is counted from there.
        self._enter_section()
        self.save_all()

    def pause(self) -> None:
        """Stop the clock, keeping everything and the place.

        Raises:
            StoreError: it could not be kept; the words stay here and in the draft.
        """
        self._end("paused")

    def complete(self, rest: str | None = "time") -> None:
        """Close the interview: items it never came to get their disposition, in one commit.

        Args:
            rest: why the open items were not asked; None leaves them without a record.

        Raises:
            StoreError: it could not be kept; the interview goes on.
        """
        closing: dict[ResponseKey, Answer] = {}
        for step in self.steps():
            if step.state != "open" or not step.asks:
                continue
            if not step.relevant:
                closing[step.key] = replace(self.answer(step.key), disposition=SKIPPED)
            elif rest is not None:
                closing[step.key] = replace(self.answer(step.key), disposition="not asked", reason=rest)
        self._end("complete", closing)
        # The interview is complete already: what cannot be erased now is no reason to say it is not.
        with contextlib.suppress(StoreError):
            erase_typing_states(self.study, self.interview.id)

    def elapsed_s(self) -> float:
        """Seconds the interview has been held, pauses left out."""
        return held_s(self.interview, self._clock.now)

    def section_s(self) -> dict[str, float]:
        """Section to the seconds spent there, pauses left out."""
        return self._times.spent(self.elapsed_s())

    def close(self) -> None:
        """Keep everything, and pause an interview that is in progress.

        Raises:
            StoreError: it could not be kept; the words stay in the draft.
        """
        self.autosave()
        if self.interview.state == "in progress":
            self.pause()
        elif not self.save_all():
            raise NotDurable(self.failure or t("the notes could not be saved"))

    def _enter_section(self) -> None:
        if self.guide.has_item(self.current.item):
            self._times.go_to(self.guide.section_of(self.current.item).id, self.elapsed_s())

    def _record(self, key: ResponseKey) -> Record | None:
        if key == MEMO:
            return memo_record(self.interview.id, self._answers[key], self.study.author)
        return self._answers[key].response(self.interview.id, key, self.language)

    def _end(
        self, state: Literal["paused", "complete"], answers: Mapping[ResponseKey, Answer] | None = None
    ) -> None:
        ended = self._clock.now()
        interview = self.interview.model_copy(
            update={
                "state": state,
                "sittings": closed_sittings(self.interview, lambda: ended),
                "off_record": closed_stretches(self.interview, lambda: ended),
                "section_s": {section: round(spent, 1) for section, spent in self.section_s().items()},
                "ended_at": (self.interview.ended_at or ended) if state == "complete" else None,
                "resume_at": tuple(self.current),
                # The language it is read in when it is paused is the one it goes on in.
                "language": self.language if state == "paused" else self.interview.language,
            }
        )
        self.replace_answers(answers or {}, interview)
        self._keeping.clear_draft()

    def _not_yet_kept(self) -> list[Put]:
        """The write of the interview itself, while the store does not have it."""
        known = self.study.row("interviews", self.interview.id) is not None
        return [] if known else [put("interviews", self.interview)]

    def _save_interview(self, interview: Interview, writes: list[Put | Delete]) -> None:
        self.study.save([*writes, put("interviews", interview)])
        self.interview = interview

    def _last_heard(self) -> str:
        """When a sitting that a crash left open was last heard of."""
        return last_heard(self.study, self.interview.id, self._keeping.draft.saved_at)

    def _place_to_resume(self) -> ResponseKey:
        steps = self.steps()
        known = {step.key for step in steps}
        # A completed interview is come back to for reading: from its beginning.
        remembered = self.interview.resume_at if self.interview.state != "complete" else None
        for place in (self._keeping.draft.place, ResponseKey(*remembered) if remembered else None):
            if place in known and place is not None:
                return place
        relevant = [step for step in steps if step.relevant]
        open_steps = [step for step in relevant if not step.done and step.asks]
        if self.interview.state == "complete":
            open_steps = []
        return (open_steps or relevant or steps)[0].key


def _interview(study: Study, interview: str) -> Interview:
    found: Interview | None = study.record("interviews", interview)
    if found is None:
        raise UnknownId("interview", interview, study.rows("interviews"))
    return found
