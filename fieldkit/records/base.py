"""What every record has in common."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, StringConstraints

RecordId = Annotated[str, StringConstraints(min_length=1, max_length=400)]
"""A record's id: given, derived from what it belongs to, or random; kept for ever."""


class Record(BaseModel):
    """One record as it stands now.

    Records are frozen: a change is a new revision in the store. Fields that this version does not
    know are kept, so that a study made by a newer one loses nothing here.
    """

    model_config = ConfigDict(frozen=True, extra="allow")

    id: RecordId

    def body(self) -> dict[str, Any]:
        """The record as the store keeps it: JSON types only, fields without a value left out."""
        return self.model_dump(mode="json", exclude_none=True, exclude_defaults=False)

    def unknown_fields(self) -> list[str]:
        """Names of the fields that this version does not know, sorted."""
        return sorted(self.model_extra or {})

    @classmethod
    def of(cls, body: dict[str, Any]) -> Self:
        """The record that a stored body holds.

        Raises:
            pydantic.ValidationError: the body is not one of this kind.
        """
        return cls.model_validate(body)
