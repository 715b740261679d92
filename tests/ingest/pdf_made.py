"""Small PDFs written by the tests: pages of drawing commands, with a font that they hold or only name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from font_made import GLYPH_OF_EACH_CODE, SQUARE, packed

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["lines", "pdf", "text"]

_DESCRIPTOR = (
    "<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880"
    "/Descent -120/CapHeight 880/StemV 80{file}>>"
)
_CODES = re.compile(r"<([0-9a-f]*)> Tj")


def _held(pages: Sequence[str]) -> list[str]:
    """A font that the file holds, with the meaning of every code that the pages print."""
    codes = sorted(
        {code for page in pages for run in _CODES.findall(page) for code in re.findall("....", run)}
    )
    meanings = "".join(f"<{code}> <{code}>\n" for code in codes)
    table = (
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{len(codes)} beginbfchar\n{meanings}endbfchar\n"
    )
    return [
        "<</Type/Font/Subtype/Type0/BaseFont/Square/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Square/CIDSystemInfo 9 0 R/FontDescriptor 5 0 R/CIDToGIDMap 8 0 R>>",
        _DESCRIPTOR.format(name="Square", file="/FontFile2 7 0 R"),
        packed(table.encode()),
        packed(SQUARE, f"/Length1 {len(SQUARE)}"),
        packed(GLYPH_OF_EACH_CODE),
        "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
    ]


# A font that every reader knows by name and that the machine must have.
_NAMED = [
    "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
    "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo 6 0 R/DW 1000/FontDescriptor 5 0 R>>",
    _DESCRIPTOR.format(name="STSong-Light", file=""),
    "<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>",
]


def text(x: float, y: float, words: str, *, mode: int = 0, turn: str = "1 0 0 1") -> str:
    """Commands that print `words` with their baseline at (x, y)."""
    return f"BT /F1 12 Tf {mode} Tr {turn} {x} {y} Tm <{words.encode('utf-16-be').hex()}> Tj ET\n"


def lines(xs: Sequence[float], ys: Sequence[float]) -> str:
    """Commands that draw a ruled table."""
    across = "".join(f"{xs[0]} {y} m {xs[-1]} {y} l S\n" for y in ys)
    return across + "".join(f"{x} {ys[0]} m {x} {ys[-1]} l S\n" for x in xs)


def pdf(*pages: str, rotate: int = 0, count: int | None = None, font_held: bool = True) -> bytes:
    """A document of these pages (595 x 842 points); `count` repeats the first page instead."""
    drawn = pages[:1] if count else pages
    font = _held(drawn) if font_held else _NAMED
    first = 3 + len(font) + len(drawn)
    kids = [first + (0 if count else index) for index in range(len(drawn))] * (count or 1)
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>",
        *font,
        *(f"<</Length {len(page)}>>stream\n{page}\nendstream" for page in drawn),
        *(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {rotate}/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {3 + len(font) + index} 0 R>>"
            for index in range(len(drawn))
        ),
    ]
    out = bytearray(b"%PDF-1.5\n")
    starts = []
    for number, content in enumerate(objects, start=1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += "".join(f"{start:010} 00000 n \n" for start in starts).encode()
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)
