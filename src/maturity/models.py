"""The base of every model that is read from a file: strict, closed and frozen."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

__all__ = ["Key", "Model", "Number", "Share", "Text", "Weight"]

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_.\-]*$", max_length=80)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=5000)]
Number = int | Decimal
Weight = Annotated[Number, Field(ge=0)]
Share = Annotated[Number, Field(ge=0, le=1)]


class Model(BaseModel):
    """The base of every model: strict, closed and frozen, documented by its docstrings."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
        populate_by_name=True,
        serialize_by_alias=True,
    )
