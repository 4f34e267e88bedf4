"""Record one response from the outside: for scripts, and for the `record` command."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from fieldkit.records.responses import PARAGRAPH_LIMIT, ResponseKey
from fieldkit.records.vocabulary import DISPOSITIONS, match_word
from fieldkit.say import grouped, t
from fieldkit.study.answers import paragraphs_of
from fieldkit.study.conduct import Conduct
from fieldkit.study.errors import StudyError, UnknownId, without_place
from fieldkit.study.interviews import find_interview, keep_guide
from fieldkit.study.roster import find_respondent
from fieldkit.study.study import Study, put

if TYPE_CHECKING:
    from fieldkit.storage.writes import Put


@dataclass(frozen=True)
class Recorded:
    """What recording a response came to.

    Attributes:
        revision: id of the revision that holds it, durable; the standing one where nothing changed.
        response: id of the response.
        warnings: what the user should know, one line each.
    """

    revision: str
    response: str
    warnings: tuple[str, ...]


def record_response(
    study: Study,
    interview: str,
    item: str,
    *,
    value: str | None = None,
    notes: str | None = None,
    disposition: str | None = None,
    reason: str | None = None,
    language: str | None = None,
) -> Recorded:
    """Record a response, or revise the one there is; durable when this returns.

    What is not given stays as it stands. An item that does not apply is recorded, with a warning.

    Args:
        study: the study.
        interview: id, beginning of one, or a respondent's code.
        item: `item`, `item:instance` in a repeat, `item@CODE` where it is one person's.
        value: the value as typed, such as `3`, `10-15` or `a,b`.
        notes: the notes, in place of what there is.
        disposition: what became of the item.
        reason: why it was not asked, where it is covered, what will be sent.
        language: language it was said in.

    Returns:
        The revision made.

    Raises:
        StudyError: an id is unknown or the value does not fit the item; nothing was written.
        StoreError: it could not be made durable.
    """
    from fieldkit.protocol.values import soft_warnings

    if value is None and notes is None and disposition is None:
        raise StudyError(t("there is nothing to record: give a value, notes or a disposition"))
    conduct = Conduct(study, find_interview(study, interview).id)
    key = _key(conduct, item)
    answer = conduct.answer(key)
    found = replace(answer)
    if notes is not None:
        # What marks of the notes that go had said of the answer stays as it stands.
        answer.probes, answer.also_answers = answer.used_probes, answer.covers
        answer.paragraphs = paragraphs_of(notes)
        if len(answer.paragraphs) > PARAGRAPH_LIMIT:
            raise StudyError(
                t(
                    "{item}: the notes have {count} lines, and one answer keeps at most "
                    "{limit}: record what was said, line by line as it was said"
                ).format(item=item, count=grouped(len(answer.paragraphs)), limit=grouped(PARAGRAPH_LIMIT))
            )
    if disposition is not None:
        answer.dispose(_disposition(disposition), reason)
    warnings = []
    if value is not None:
        if disposition is not None and answer.disposition != "answered":
            raise StudyError(
                t("{item}: a value and the disposition {disposition} cannot both hold").format(
                    item=item, disposition=repr(answer.disposition)
                )
            )
        answer.disposition, answer.reason = None, reason if disposition is not None else None
        answer.value, answer.aside = _value(conduct, key, value, item), None
        warnings.extend(soft_warnings(conduct.item(key), answer.value))
    if language and language not in study.framework.languages:
        raise UnknownId("language", language, study.framework.languages)
    answer.language = language or answer.language
    response = answer.response(conduct.interview.id, key, conduct.language)
    if response is None:
        raise StudyError(
            t("{item}: blank notes say nothing; give words, a value or a disposition").format(item=item)
        )
    step = next((step for step in conduct.steps() if step.key == key), None)
    if step is None or not step.relevant:
        told = t("{item} does not apply under the guide's conditions; it was recorded all the same")
        warnings.append(told.format(item=item))
    if key in conduct.recovered and notes is not None:
        # Words that a crash left in the draft get into the trail before others stand in their place.
        lost = found.response(conduct.interview.id, key, conduct.language)
        study.save([put("responses", lost)] if lost is not None else [])
    commit = study.save([put("responses", response), *_held_with(conduct)])
    conduct.forget_draft(key)
    revision = study.begin_store().heads("responses", response.id)[0].id
    if revision not in commit.ids:
        warnings.append(t("nothing changed: this is what was recorded already"))
    return Recorded(revision, response.id, tuple(warnings))


def _disposition(given: str) -> str:
    word = match_word(given, DISPOSITIONS)
    if word is None:
        raise UnknownId("disposition", given, DISPOSITIONS)
    return word


def _value(conduct: Conduct, key: ResponseKey, given: str, item: str) -> Any:
    from fieldkit.protocol.values import parse_value

    try:
        return parse_value(conduct.item(key), given, conduct.language)
    except ValueError as error:
        raise StudyError(f"{item}: {without_place(str(error), key.item)}") from None


def _held_with(conduct: Conduct) -> list[Put]:
    """Keep the guide with an interview that was only planned, so that its answers can always be read."""
    if conduct.interview.guide_hash is not None:
        return []
    told = {"guide_version": conduct.guide.version, "guide_hash": conduct.guide.content_hash}
    interview = conduct.interview.model_copy(update=told)
    return [*keep_guide(conduct.study, conduct.guide), put("interviews", interview)]


def _key(conduct: Conduct, ref: str) -> ResponseKey:
    name, _, person = ref.partition("@")
    item_id, _, instance = name.partition(":")
    guide = conduct.guide
    if not guide.has_item(item_id) or guide.item(item_id).type == "repeat":
        raise UnknownId(
            "item of a guide",
            item_id,
            (i.id for i in guide.items() if i.type != "repeat"),
            guide=guide.id,
        )
    if guide.item(item_id).type == "note":
        raise StudyError(
            t("{item_id} is only read aloud, so there is nothing to record under it").format(item_id=item_id)
        )
    repeat = guide.repeat_of(item_id)
    if repeat is None and instance:
        raise StudyError(
            t("{item_id} stands in no repeat: leave out {instance}").format(
                item_id=item_id, instance=repr(instance)
            )
        )
    if repeat is not None:
        _check_instance(conduct, item_id, instance)
    respondent = find_respondent(conduct.study, person).id if person else None
    if respondent is not None and respondent not in conduct.interview.respondents:
        raise StudyError(
            t("{person} is not one of those present in interview {interview}").format(
                person=person, interview=conduct.interview.id
            )
        )
    key = ResponseKey(item_id, instance or None, respondent)
    if respondent is None and guide.item(item_id).per == "person" and not conduct.recorded(key):
        _check_alone(conduct, ref)
    if len(conduct.interview.respondents) == 1 and not conduct.recorded(key):
        # Alone, all she says is hers: an answer has one place, whether she is named or not.
        return key._replace(respondent=None)
    return key


def _check_alone(conduct: Conduct, ref: str) -> None:
    """Where several are present, what each answers for herself has to say whose it is."""
    codes = [person.code for person in conduct.respondents]
    if len(codes) > 1:
        choices = t(" or ").join(f"{ref}@{code}" for code in codes)
        raise StudyError(
            t("{ref} is answered by each person: say whose answer it is, as {choices}").format(
                ref=ref, choices=choices
            )
        )


def _check_instance(conduct: Conduct, item_id: str, instance: str) -> None:
    repeat = conduct.guide.repeat_of(item_id)
    if repeat is None:
        return
    known = conduct.guide.instance_ids(repeat)
    if not instance:
        raise StudyError(
            t("{item_id} is asked for each of several: say which, as {item_id}:{known}").format(
                item_id=item_id, known=known[0]
            )
        )
    if instance not in known:
        raise UnknownId("instance of an item", instance, known, item=item_id)
