"""A coder's remark on one coding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldkit.study.errors import UnknownId
from fieldkit.study.study import Study, put
from fieldkit.text import normalise

if TYPE_CHECKING:
    from fieldkit.records.codings import Coding


def set_coding_memo(study: Study, coding_id: str, memo: str) -> Coding:
    """Write the memo of a coding, in place of the one it had; durable when this returns.

    Args:
        study: the study.
        coding_id: id of the coding.
        memo: the remark; an empty one takes it away.

    Raises:
        UnknownId: there is no such coding.
        StoreError: it could not be made durable.
    """
    coding = study.record("codings", coding_id)
    if coding is None:
        raise UnknownId("coding", coding_id, study.rows("codings"))
    changed: Coding = coding.model_copy(update={"memo": normalise(memo).text.strip() or None})
    study.save([put("codings", changed)])
    return changed
