"""Write the blank workbook that is sent out, for any rubric."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence

from maturity.rubric import Rubric
from maturity.template_layout import template_marker
from maturity.writing.files import ByteTarget, write_bytes
from maturity.writing.template_book import draw
from maturity.writing.template_content import template_pages
from maturity.writing.template_page import FormPage

__all__ = ["draw_form", "write_template"]


def write_template(
    rubric: Rubric,
    target: str | os.PathLike[str] | ByteTarget,
    *,
    created: datetime.datetime | None = None,
) -> None:
    """Write the blank workbook in which partners answer a rubric.

    It has a cover, guidance, one sheet for each domain and one for the baseline figures. Returns
    made from it are recognised and read by `read_assessment` whatever people do to it.

    Args:
        rubric: what is asked.
        target: a path, which is replaced whole or not at all, or a binary stream to write to.
        created: when it was made, for the document's properties; nothing is said without it, so
            that the same rubric always gives the same bytes.

    Raises:
        WriteError: when it cannot be written there; nothing is changed then.
    """
    content = draw_form(rubric, template_pages(rubric), created=created)
    write_bytes(content, target)


def draw_form(
    rubric: Rubric, pages: Sequence[FormPage], *, created: datetime.datetime | None = None
) -> bytes:
    """Draw the pages of a template, blank or filled in, as a workbook that identifies itself."""
    return draw(
        pages,
        title=rubric.title,
        subject=f"Form for rubric {rubric.id}, version {rubric.version}",
        properties={
            "maturity template": template_marker(rubric),
            "maturity rubric": rubric.id,
            "maturity rubric version": rubric.version,
            "maturity rubric digest": rubric.digest,
            "Language": rubric.language,
        },
        created=created,
    )
