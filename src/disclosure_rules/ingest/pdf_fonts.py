"""Fonts that a PDF names and does not hold. Runs in the worker process only.

PDFium then takes a font of the machine. Where the machine has none with Chinese characters, a text of one character,
or one that runs upwards, has no extent and is left out in silence: a cell of one `无` would read as blank.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import TYPE_CHECKING

import pypdfium2_raw as pdfium

from disclosure_rules.ingest.pdf_page import DAMAGED, Char
from disclosure_rules.ingest.pdf_raw import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_rules.ingest.pdf_ink import Ink
    from disclosure_rules.ingest.pdf_shapes import Turn

__all__ = ["unseen"]

_font_of = plain(pdfium.FPDFTextObj_GetFont)
_is_embedded = plain(pdfium.FPDFFont_GetIsEmbedded)
# How wide and high the mark for a text without extent is, in points: less than a character, so that it stays in its cell.
_WIDE, _HIGH = 4.0, 6.0

# A page that shows one Chinese character in a font it does not hold.
_PROBE = (
    b"%PDF-1.5\n"
    b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources<</Font<</F 4 0 R>>>>/Contents 7 0 R>>endobj\n"
    b"4 0 obj<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[5 0 R]>>endobj\n"
    b"5 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
    b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 6 0 R>>endobj\n"
    b"6 0 obj<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0"
    b"/Ascent 880/Descent -120/CapHeight 880/StemV 80>>endobj\n"
    b"7 0 obj<</Length 37>>stream\nBT /F 12 Tf 20 20 Td <65E0> Tj ET     \nendstream endobj\n"
    b"trailer<</Size 8/Root 1 0 R>>\n%%EOF\n"
)


def unseen(ink: Ink, shown: Iterable[int | None], turn: Turn) -> list[Char]:
    """A mark for each text of a page that this machine cannot show for want of a Chinese font.

    Args:
        ink: The objects of the page.
        shown: The addresses of the text objects that show a character.
        turn: Makes a box of the page upright.

    Returns:
        Marks where such texts begin. Spaces of such fonts get one too: on a machine without the font they cannot be
        told from characters.
    """
    missing = [address for address in ink.texts.keys() - shown if not _is_embedded(_font_of(address))]
    if not missing or _shows_chinese():
        return []
    marks = []
    for address in sorted(missing):
        x, y = turn(*ink.texts[address], *ink.texts[address])[:2]
        marks.append(Char(x, y - _HIGH, x + _WIDE, y, y, DAMAGED))
    return marks


@cache
def _shows_chinese() -> bool:
    """Whether PDFium finds a font with Chinese characters on this machine."""
    buffer = ctypes.create_string_buffer(_PROBE, len(_PROBE))
    document = pdfium.FPDF_LoadMemDocument64(buffer, len(_PROBE), None)
    page = pdfium.FPDF_LoadPage(document, 0)
    text = pdfium.FPDFText_LoadPage(page)
    try:
        return bool(pdfium.FPDFText_CountChars(text) > 0)
    finally:
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
        pdfium.FPDF_CloseDocument(document)
