"""The codebook in force: the file's codes, overridden by what was edited in the study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fieldkit.say import t
from fieldkit.study.errors import StudyError, UnknownId
from fieldkit.text import fold

if TYPE_CHECKING:
    from fieldkit.protocol.codebook import Code, Codebook
    from fieldkit.study.study import Study


def effective_codebook(study: Study) -> Codebook:
    """The codes of codebook.yaml, each replaced by its edited form where there is one.

    Args:
        study: the study.

    Returns:
        A codebook; codes added in the study come after the file's, unless they were given a place.

    Raises:
        StudyError: codebook.yaml is missing or wrong, or so is a code as edited.
    """
    from fieldkit.protocol.codebook import Codebook

    base = study.protocol.codebook
    if base is None:
        raise StudyError(
            t("interview_guides/codebook.yaml is missing or wrong; `fieldkit check` says what is wrong")
        )
    edited = study.rows("codes")
    codes = {code.id: code for code in base.codes}
    for code_id, body in edited.items():
        try:
            codes[code_id] = code_of(code_id, body)
        except ValueError:
            raise StudyError(
                t(
                    "code {code_id} is no code as it was edited in this study; `fieldkit log --record "
                    "{code_id}` shows the change, `fieldkit undo CHANGE` takes it back"
                ).format(code_id=code_id)
            ) from None
    places = {code_id: _place(code, at) for at, (code_id, code) in enumerate(codes.items())}
    ordered = sorted(codes.values(), key=lambda code: places[code.id])
    if not edited and ordered == base.codes:
        return base
    return Codebook(fieldkit=1, version=base.version, codes=ordered)


def code_places(study: Study) -> dict[str, float]:
    """Code id to the number by which codes of one parent are put in order.

    It is the place that a code was given, else that at which it comes in the file or was added.
    """
    base = study.protocol.codebook
    ids = dict.fromkeys([*(code.id for code in base.codes), *study.rows("codes")] if base else ())
    known = {code.id: code for code in study.codebook.codes}
    return {code_id: _place(known[code_id], at) for at, code_id in enumerate(ids)}


def in_tree(codes: Sequence[Code]) -> list[tuple[Code, int]]:
    """Codes with their depth, each below the one it stands under.

    One whose parent is not among them stands at the top; codes that stand in a circle are left out.
    """
    ids = {code.id for code in codes}
    below: dict[str | None, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent if code.parent in ids else None, []).append(code)
    found: list[tuple[Code, int]] = []
    waiting = [(code, 0) for code in reversed(below.get(None, []))]
    while waiting:
        code, depth = waiting.pop()
        found.append((code, depth))
        waiting += [(child, depth + 1) for child in reversed(below.pop(code.id, []))]
    return found


def _place(code: Code, at: int) -> float:
    return float(at) if code.order is None else code.order


def code_of(code_id: str, body: Mapping[str, Any]) -> Code:
    """The code that a record of the table `codes` holds; texts that are empty count as not given.

    Raises:
        pydantic.ValidationError: it is not a code.
    """
    from fieldkit.protocol.codebook import Code

    given = {
        name: value
        for name, value in body.items()
        if name in Code.model_fields and (value or name == "order")
    }
    return Code.model_validate({**given, "id": code_id})


def find_code(study: Study, ref: str) -> Code:
    """The code with an id, or the only one whose id, name or alias that is, whatever the case.

    Raises:
        UnknownId: there is none; the message names the nearest.
    """
    codebook = study.codebook
    exact = next((code for code in codebook.codes if code.id == ref.strip()), None)
    if exact is not None:
        return exact
    wanted = fold(ref.strip())
    matches = [code for code in codebook.codes if wanted in {fold(name) for name in _names(code)}]
    if len(matches) == 1:
        return matches[0]
    raise UnknownId("code", ref, (code.id for code in codebook.codes))


def search_codes(study: Study, query: str, limit: int = 20) -> list[Code]:
    """Codes for a few typed letters, the likeliest first.

    A code whose name or id begins with the letters comes before one with an alias that does, before
    one whose words begin with what was typed, before one whose initials do, before one that contains
    the letters, before one among whose initials they are. No other code is found: what is merely like
    the letters would be given by mistake.

    Args:
        study: the study.
        query: the letters; nothing lists all codes in the codebook's order.
        limit: how many at the most.

    Returns:
        Codes in force, without retired ones.
    """
    codes = [code for code in study.codebook.codes if not code.retired]
    wanted = fold(query.strip())
    if not wanted:
        return codes[:limit]
    ranked = [
        (rank, place, code) for place, code in enumerate(codes) if (rank := _rank(code, wanted)) is not None
    ]
    return [code for _, _, code in sorted(ranked, key=lambda entry: entry[:2])][:limit]


def _names(code: Code) -> list[str]:
    return [*_own_names(code), *code.aliases]


def _own_names(code: Code) -> list[str]:
    return [code.id, *(code.name.get(language) for language in code.name.languages)]


def _rank(code: Code, wanted: str) -> tuple[int, float] | None:
    names = [fold(name) for name in _names(code)]
    own = names[: len(_own_names(code))]
    words = [_words(name) for name in names]
    for rank, candidates in enumerate((own, names)):
        begun = [len(name) for name in candidates if name.startswith(wanted)]
        if begun:
            return rank, min(begun)
    if any(_begin_words(_words(wanted), each) for each in words):
        return 2, 0
    # One letter is the initial of half the codebook, and begins a word of each code it would find.
    initials = ["".join(word[0] for word in each) for each in words] if len(wanted) > 1 else []
    if any(each.startswith(wanted) for each in initials):
        return 3, 0
    if any(wanted in name for name in names):
        return 4, 0
    return (5, 0) if any(_in_order(wanted, each) for each in initials) else None


def _words(name: str) -> list[str]:
    return name.replace("-", " ").split()


def _begin_words(typed: Sequence[str], words: Sequence[str]) -> bool:
    """Whether what was typed, part for part, begins words of a name in their order."""
    left = iter(words)
    return bool(typed) and all(any(word.startswith(part) for word in left) for part in typed)


def _in_order(letters: str, initials: str) -> bool:
    left = iter(initials)
    return all(letter in left for letter in letters)
