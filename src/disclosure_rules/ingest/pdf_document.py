"""What the reading of pages answered, as a document."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from disclosure_rules.ingest.grids import grid_from
from disclosure_rules.ingest.pdf_remarks import notes_of
from disclosure_rules.model.document import Block, Document
from disclosure_rules.model.location import Location, at_page

if TYPE_CHECKING:
    from disclosure_rules.ingest.grids import PlacedCell

__all__ = ["document_of"]


def document_of(answer: dict[str, Any], data: bytes, form: str) -> Document:
    """The document of an answer without an error.

    Args:
        answer: What `pdf_blocks.read_pages` answered.
        data: The whole file.
        form: The name of its format.
    """
    return Document(
        format=form,
        blocks=tuple(_block(block) for block in answer["blocks"]),
        sha256=hashlib.sha256(data).hexdigest(),
        notes=tuple(notes_of(answer["remarks"])),
    )


def _block(block: dict[str, Any]) -> Block:
    page = block["page"]
    if "text" in block:
        place = Location(page=page, paragraph=block["paragraph"])
        return Block(kind="paragraph", text=block["text"], location=place)
    cells: list[PlacedCell] = [
        {
            "row": row,
            "column": column,
            "row_span": high,
            "column_span": wide,
            "text": text,
            "location": at_page(on),
        }
        for row, column, high, wide, text, on in block["cells"]
    ]
    return Block(kind="grid", text="", location=at_page(page), grid=grid_from(cells))
