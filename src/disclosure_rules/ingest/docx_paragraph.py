"""A paragraph of a .docx while it is read, and the fields in it.

What computes a text is not printed, what it came to is; some fields have come to nothing that is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from disclosure_rules.ingest.unseen import UNSEEN

if TYPE_CHECKING:
    from disclosure_rules.ingest.docx_styles import Style
    from disclosure_rules.ingest.plain_block import PlainBlock

__all__ = ["Fields", "Paragraph"]


@dataclass(slots=True)
class _Field:
    in_code: bool = True
    printed: int = 0  # pieces of its result


@dataclass(slots=True)
class Fields:
    """The fields that are open in a paragraph, the innermost last."""

    _open: list[_Field] = field(default_factory=list)
    _hidden: list[str] = field(default_factory=list)

    def takes(self, text: str) -> bool:
        """Whether a piece of text belongs to the code of a field; else it is printed."""
        if not self._open:
            return False
        if any(each.in_code for each in self._open):
            self._hidden.append(text)
            return True
        for each in self._open:
            each.printed += bool(text.strip())
        return False

    def mark(self, kind: str) -> bool:
        """Take the mark that begins, separates or ends a field.

        Returns:
            Whether a field ends here that prints something but of which nothing is stored.
        """
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].in_code = False
        elif kind == "end" and self._open:
            ended = self._open.pop()
            inside = any(each.in_code for each in self._open)
            if not inside:
                self._hidden.clear()
            return not inside and not ended.printed
        return False

    def broken_off(self) -> str:
        """End with the paragraph; the text of a field whose code does not end there, which may be no code at all."""
        text = "".join(self._hidden) if any(each.in_code for each in self._open) else ""
        self._open.clear()
        self._hidden.clear()
        return text


class Paragraph:
    """A paragraph that is being read: its lines so far, and what comes after it (text boxes)."""

    def __init__(self, place: int, style: Style, number: str) -> None:
        self.place = place
        self.style = style
        self.number = number
        self.lines: list[list[str]] = [[]]
        self.after: list[PlainBlock] = []
        self.joins_next = False
        self.fields: Fields | None = None  # most have none
        self.digits_apart = 0  # digits in it that are white or raised by hand

    def end(self, *, in_cell: bool) -> None:
        """Print what a field has left behind, and in a cell what tells that digits of a number may be none of it."""
        text = self.fields.broken_off() if self.fields else ""
        digits = sum(letter.isdigit() for pieces in self.lines for piece in pieces for letter in piece)
        mixed = 0 < self.digits_apart < digits
        self.lines[-1].append(text + UNSEEN if in_cell and (text or mixed) else text)

    def printed(self, *, in_cell: bool) -> list[str]:
        """Its lines, the first behind its number in a list.

        Word prints that before a figure, and in a cell without text: neither is a digit of the cell's number.
        """
        lines = ["".join(pieces).strip() for pieces in self.lines]
        lines = [line for line in lines if line]
        if not self.number:
            return lines
        if not lines:
            return [UNSEEN] if in_cell else []
        lines[0] = f"{self.number}{UNSEEN if in_cell and lines[0][0].isdigit() else ''}{lines[0]}"
        return lines
