# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from .._runtime.model import SDKModel
from .format import Format


class Book(SDKModel):
    title: str
    class_: Annotated[Format, Field(alias="class")]
    isbn: str | None = None
    published: date | None = None
    subtitle: str | None = None
    id: str
    added_at: Annotated[datetime | None, Field(alias="addedAt")] = None
    sequel: Book | None = None
    similar: list[Book] | None = None


Book.model_rebuild()
