"""What a reader or a recogniser has to say about its own work."""

from __future__ import annotations

from disclosure_rules.model.location import Location
from disclosure_rules.model.text import Frozen, Text

__all__ = ["HEADING_LOST", "NO_PREVIOUS", "READ_BY_OCR", "Note"]

# The code of the note that last year's report was asked for and not found.
NO_PREVIOUS = "previous-not-found"
# The code of the note on a section whose heading is not there though its text is; its places name the section.
HEADING_LOST = "heading-lost"
# The code of the note on a report whose characters were recognised in a picture.
READ_BY_OCR = "read-by-ocr"


class Note(Frozen):
    """One remark on how a report was read: damage seen, text not placed, an encoding guessed.

    `code` is a stable word (`font-damage`, `unplaced-heading` …); `count` says how often; `places` names the
    first places; `words` holds the printed forms concerned (for font damage: `丌→不`).
    """

    code: str
    message: Text
    count: int = 1
    places: tuple[Location, ...] = ()
    words: tuple[str, ...] = ()
