"""Changes to the codebook: codes added, renamed, moved, reworded, retired and brought back.

Each is one commit, logged as revisions of the table `codes` and undone like any change. A code's
revision holds the whole code and stands in place of the codebook file's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from fieldkit.say import t
from fieldkit.storage.writes import Put
from fieldkit.study.codebook import code_of, code_places, find_code
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.study.study import Study, put
from fieldkit.study.undo_of_kind import undo_last_of
from fieldkit.text import fold, normalise, shortened, visible_line

if TYPE_CHECKING:
    from pydantic import ValidationError

    from fieldkit.protocol.codebook import Code, Codebook
    from fieldkit.storage.writes import Commit

TEXTS: Final = ("name", "definition", "use_when", "not_when")
"""Fields of a code that are texts in the study's languages."""

EDITABLE: Final = (*TEXTS, "examples", "aliases", "colour", "pattern")
"""Fields of a code that are edited where it stands."""

_ID_LIMIT = 60


@dataclass(frozen=True)
class CodeChanged:
    """What a change to the codebook came to.

    Attributes:
        code: the code as it stands now.
        change: id of the change, for undoing it; empty where nothing changed.
        codings: how many codings were changed with it.
        reopened: how many decisions where coders differed are to be made again.
    """

    code: Code
    change: str
    codings: int = 0
    reopened: int = 0


def add_code(
    study: Study,
    name: Mapping[str, str],
    definition: Mapping[str, str],
    *,
    code_id: str | None = None,
    parent: str | None = None,
    **fields: Any,
) -> CodeChanged:
    """Add a code, after those that stand under the same parent.

    Args:
        study: the study.
        name: language to its name.
        definition: language to its definition.
        code_id: its id; None makes one from the name.
        parent: id, name or alias of the code above it; None puts it at the top.
        fields: others of `EDITABLE`.

    Returns:
        The code; durable when this returns.

    Raises:
        StudyError: a name or alias is taken, or a field is wrong; nothing was written.
    """
    codebook = study.codebook
    above = None if parent is None else find_code(study, parent).id
    code = drafted_code(study, name, definition, code_id=code_id, parent=above, **fields)
    check_names(codebook, code)
    return _saved(study, code)


def drafted_code(
    study: Study,
    name: Mapping[str, str],
    definition: Mapping[str, str],
    *,
    code_id: str | None = None,
    parent: str | None = None,
    taken: Iterable[str] = (),
    **fields: Any,
) -> Code:
    """A code that could be added, unwritten; ids in `taken` are not given to it.

    Raises:
        StudyError: the id is taken, or a field is wrong.
    """
    ids = {code.id for code in study.codebook.codes} | set(taken)
    if code_id is None:
        code_id = _free_id(next(iter(name.values()), ""), ids)
    elif code_id in ids:
        raise StudyError(t("code {code}: this id is taken; choose another").format(code=code_id))
    wanted = {"name": dict(name), "definition": dict(definition), **fields}
    return checked_code(study, code_id, {"parent": parent, **_tidied(study, code_id, {}, wanted)})


def edit_code(study: Study, ref: str, **fields: Any) -> CodeChanged:
    """Change what a code says: any of `EDITABLE`.

    Args:
        study: the study.
        ref: id, name or alias of the code.
        fields: of a text, language to words, which replace those of these languages alone, empty ones
            taking a language away; of others, the new value, None or empty taking it away.

    Returns:
        The code as it stands now; durable when this returns.

    Raises:
        UnknownId: there is no such code, or no such field.
        StudyError: a name or alias is taken, or a field is wrong; nothing was written.
    """
    code = find_code(study, ref)
    for field in fields:
        if field not in EDITABLE:
            raise UnknownId("field", field, EDITABLE)
    body = body_of(code)
    changed = checked_code(study, code.id, {**body, **_tidied(study, code.id, body, fields)})
    check_names(study.codebook, changed, code)
    return _saved(study, changed)


def rename_code(study: Study, ref: str, name: Mapping[str, str]) -> CodeChanged:
    """Give a code another name in some languages; its id stays, and so do its codings.

    Raises:
        StudyError: the name is taken or empty; nothing was written.
    """
    return edit_code(study, ref, name=dict(name))


def move_code(study: Study, ref: str, *, parent: str | None = None, before: str | None = None) -> CodeChanged:
    """Put a code under another one, or elsewhere among those it stands with.

    Args:
        study: the study.
        ref: id, name or alias of the code.
        parent: the code to put it under; None is the top of the tree.
        before: the code to put it before, which must be under that parent; None puts it last.

    Returns:
        The code as it stands now; durable when this returns.

    Raises:
        StudyError: it would stand under itself, or `before` is not under that parent; nothing was written.
    """
    codebook = study.codebook
    code = find_code(study, ref)
    above = None if parent is None else find_code(study, parent)
    if above is not None and code.id in {step.id for step in codebook.path(above.id)}:
        told = t("code {code} cannot stand under {parent}, which is itself or stands under it")
        raise StudyError(told.format(code=code.id, parent=above.id))
    following = None if before is None else find_code(study, before)
    if following is not None and following.parent != (above.id if above else None):
        told = t("code {code} does not stand under {parent}, so nothing can be put before it there")
        top = t("the top of the tree")
        raise StudyError(told.format(code=following.id, parent=above.id if above else top))
    order = _order_before(study, code, above.id if above else None, following)
    return _saved(study, code.model_copy(update={"parent": above.id if above else None, "order": order}))


def retire_code(study: Study, ref: str) -> CodeChanged:
    """Let a code no longer be given; the codings it has stay.

    Raises:
        UnknownId: there is no such code.
    """
    return _saved(study, find_code(study, ref).model_copy(update={"retired": True}))


def bring_back_code(study: Study, ref: str) -> CodeChanged:
    """Let a retired code be given again.

    Raises:
        UnknownId: there is no such code.
    """
    return _saved(study, find_code(study, ref).model_copy(update={"retired": False}))


def undo_codebook(study: Study) -> Commit:
    """Take back the author's last change to the codebook that stands; durable when this returns.

    Raises:
        StudyError: there is none.
        StoreError: a record of it was changed since, or it could not be made durable.
    """
    commit = undo_last_of(study, lambda revision: revision.table == "codes")
    if commit is None:
        told = t("there is no change of {author}'s to the codebook left to undo")
        raise StudyError(told.format(author=study.need_author()))
    return commit


def body_of(code: Code) -> dict[str, Any]:
    """A code as its record keeps it."""
    return code.model_dump(mode="json", exclude_none=True)


def code_put(code: Code) -> Put:
    """The write that makes a code stand in place of the file's."""
    from fieldkit.records.codings import CodeRevision

    return put("codes", CodeRevision.of(body_of(code)))


def checked_code(study: Study, code_id: str, body: Mapping[str, Any]) -> Code:
    """The code that a body makes.

    Raises:
        StudyError: it makes none; the line names the field.
    """
    from pydantic import ValidationError

    known = study.framework.languages
    texts = [body.get(field) for field in TEXTS] + list(body.get("examples") or ())
    for text in texts:
        for language in text if isinstance(text, Mapping) else ():
            if language not in known:
                raise UnknownId("language", str(language), known)
    try:
        return code_of(code_id, body)
    except ValidationError as error:
        raise StudyError(_fault(code_id, error)) from None


def check_names(codebook: Codebook, code: Code, before: Code | None = None) -> None:
    """See that no other code goes by a name or alias that a code takes.

    Args:
        codebook: the codebook in force.
        code: the code as it is to stand.
        before: the code as it stands; names that it has already are not looked at.

    Raises:
        StudyError: one of them is another code's.
    """
    old = set() if before is None else {fold(name) for name in _names(before)}
    new = {fold(name): name for name in _names(code) if fold(name) not in old}
    for other in codebook.codes:
        if other.id == code.id:
            continue
        for name in _names(other):
            if fold(name) in new:
                told = t("{name} is a name, id or alias of the retired code {code}: bring that one back")
                if not other.retired:
                    told = t("{name} is a name, id or alias of code {code} already; choose another")
                shown = visible_line(shortened(new[fold(name)], 60))
                raise StudyError(told.format(name=repr(shown), code=other.id))


def _names(code: Code) -> list[str]:
    return [code.id, *code.name.translations.values(), *code.aliases]


def _saved(study: Study, code: Code) -> CodeChanged:
    if code in study.codebook.codes:
        return CodeChanged(code, "")
    return CodeChanged(code, study.save([code_put(code)]).change)


def _tidied(study: Study, code_id: str, body: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields in the form a record keeps them: texts merged by language, blanks around taken off."""
    found: dict[str, Any] = {}
    for field, value in fields.items():
        if field in TEXTS:
            texts = {**body.get(field, {}), **{key: _clean(field, words) for key, words in value.items()}}
            found[field] = {key: words for key, words in texts.items() if words}
            if field in ("name", "definition") and not found[field]:
                told = t("code {code}: its {field} is empty; give it in at least one of {languages}")
                languages = ", ".join(study.framework.languages)
                raise StudyError(told.format(code=code_id, field=field, languages=languages))
        elif field == "aliases":
            found[field] = list(dict.fromkeys(filter(None, (_clean("name", each) for each in value or ()))))
        elif field == "examples":
            each = [{key: _clean(field, words) for key, words in text.items()} for text in value or ()]
            found[field] = [kept for text in each if (kept := {k: v for k, v in text.items() if v})]
        else:
            found[field] = value or None
    return found


def _clean(field: str, words: str) -> str:
    text = normalise(words).text.strip()
    return " ".join(text.split()) if field == "name" else text


def _fault(code_id: str, error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    field = ".".join(str(step) for step in first["loc"]) or "id"
    given = visible_line(shortened(repr(first.get("input")), 60))
    told = t("code {code}: {field} cannot be {given}: {reason}")
    return told.format(code=visible_line(code_id), field=field, given=given, reason=first["msg"])


def _free_id(name: str, taken: set[str]) -> str:
    wanted = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:_ID_LIMIT].rstrip("-")
    if not wanted[:1].isalpha():
        wanted = f"code-{wanted}".rstrip("-")
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}-{number}"
    return found


def _order_before(study: Study, code: Code, parent: str | None, following: Code | None) -> float:
    """A place between the code to be put before and the one it comes after now; else after the last."""
    places = code_places(study)
    if following is None:
        return max(places.values()) + 1
    siblings = [each.id for each in study.codebook.children(parent) if each.id != code.id]
    index = siblings.index(following.id)
    after = places[following.id]
    return (places[siblings[index - 1]] + after) / 2 if index else after - 1
