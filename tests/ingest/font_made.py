"""A font of one square for the PDFs that tests write: what they print has an extent on every machine.

A PDF may name a font without holding it, and the reader then takes one of the machine, or none.
"""

from __future__ import annotations

import struct
import zlib

__all__ = ["GLYPH_OF_EACH_CODE", "SQUARE", "packed"]

_UNITS = 1000
_SIDE = 800


def _glyph() -> bytes:
    """A square of four straight lines."""
    corners = ((0, 0), (0, _SIDE), (_SIDE, _SIDE), (_SIDE, 0))
    steps = [(x - left, y - low) for (left, low), (x, y) in zip(((0, 0), *corners), corners, strict=False)]
    flags = b"\x01" * len(corners)  # on the curve; both distances are words
    distances = b"".join(struct.pack(">h", step[axis]) for axis in (0, 1) for step in steps)
    data = struct.pack(">hhhhhHH", 1, 0, 0, _SIDE, _SIDE, len(corners) - 1, 0) + flags + distances
    return data + b"\0" * (-len(data) % 4)


def _font() -> bytes:
    """A TrueType font: glyph 0 leaves no ink, glyph 1 is the square."""
    glyph = _glyph()
    tables = {
        b"glyf": glyph,
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _UNITS, 0, 0, 0, 0, _SIDE, _SIDE, 0, 8, 2, 1, 0),
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x10000, 880, -120, 0, _UNITS, 0, 0, _SIDE, 1, 0, 0, 0, 0, 0, 0, 0, 2
        ),
        b"hmtx": struct.pack(">HhHh", _UNITS, 0, _UNITS, 0),
        b"loca": struct.pack(">III", 0, 0, len(glyph)),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, *[0] * 11),
    }
    directory = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64)
    start = len(directory) + 16 * len(tables)
    body = b""
    for name, table in tables.items():
        directory += struct.pack(">4sIII", name, 0, start + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    return directory + body


SQUARE = _font()
# The square for every code of two bytes but the spaces.
GLYPH_OF_EACH_CODE = b"".join(b"\0\0" if code in (0x20, 0x3000) else b"\0\1" for code in range(0x10000))


def packed(data: bytes, more: str = "") -> str:
    """An object of a PDF that holds the bytes, in letters."""
    letters = zlib.compress(data).hex() + ">"
    return f"<</Length {len(letters)}/Filter[/ASCIIHexDecode/FlateDecode]{more}>>stream\n{letters}\nendstream"
