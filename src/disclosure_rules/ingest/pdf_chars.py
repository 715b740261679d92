"""Characters and ruling lines of a PDF, by PDFium. Runs in the worker process only.

PDFium's raw calls are used because its Python wrapper builds an object for every object of a page; a report has
thousands. Boxes are PDFium's "loose" ones, which are as wide as the character advances; lines are told by the
baseline, since heights differ with the font.
"""

from __future__ import annotations

import ctypes
import math
from contextlib import contextmanager
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2_raw as pdfium

from disclosure_rules.ingest.pdf_fonts import unseen
from disclosure_rules.ingest.pdf_ink import Ink, scan
from disclosure_rules.ingest.pdf_page import DAMAGED, Char, Page, PageFlaw, TooLarge
from disclosure_rules.ingest.pdf_raw import address_of, plain
from disclosure_rules.ingest.pdf_shapes import rules_in, turned_upright
from disclosure_rules.ingest.pdf_struck import without_struck

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.ingest.pdf_shapes import Box, Turn

__all__ = ["MOST_PAGES", "Opened", "open_pdf"]

MOST_PAGES = 500
MOST_CHARS_A_PAGE = 200_000
MOST_CHARS = 1_000_000
# PDFium turns a hyphen at the end of a line into these.
_HYPHENS = frozenset({0x02, 0xFFFE})
_SPACE = 0x20
_SPACES = frozenset({0x09, 0x0A, 0x0D, _SPACE, 0xA0, 0x3000, 0x200B, 0xFEFF})
_SURROGATES, _HIGH, _LOW = range(0xD800, 0xE000), range(0xD800, 0xDC00), range(0xDC00, 0xE000)
_PRIVATE, _MORE_PRIVATE = range(0xE000, 0xF900), range(0xF0000, 0x110000)
_FEW_OBJECTS, _LOST_SHARE = 20, 0.6
# How many widths of a digit before another one a lost digit may begin, and how many such places are looked at.
_NEAR, _MOST_HIDDEN = 2, 500
# A vertical font gets a loose box of its whole ascent, 199 points for a character of 10.
_TALL, _TALLER_THAN_SIZE = 1.6, 1.8

_object_of = plain(pdfium.FPDFText_GetTextObject)
_code_of = plain(pdfium.FPDFText_GetUnicode)
_is_unmapped = plain(pdfium.FPDFText_HasUnicodeMapError)
_box_of = plain(pdfium.FPDFText_GetLooseCharBox)
_origin_of = plain(pdfium.FPDFText_GetCharOrigin)


class Opened(NamedTuple):
    """An open document: its pages one after the other, and what is wrong with the file as a whole."""

    page_count: int
    flaws: list[PageFlaw]
    pages: Iterator[Page]


@contextmanager
def open_pdf(data: bytes) -> Iterator[Opened]:
    """Open a document; PDFium must have been initialised.

    Raises:
        TooLarge: It has more pages than any report, or, while its pages are read, too much on them.
        PermissionError: It is encrypted and needs a password.
        ValueError: PDFium cannot open it.
    """
    buffer = ctypes.create_string_buffer(data, len(data))  # PDFium reads from it until the document is closed
    document = pdfium.FPDF_LoadMemDocument64(buffer, len(data), None)
    if not document:
        reason = pdfium.FPDF_GetLastError()
        if reason in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise PermissionError
        raise ValueError(reason)
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if count > MOST_PAGES:
            raise TooLarge("pages", MOST_PAGES)
        flaws = []
        is_damaged = not pdfium.FPDF_DocumentHasValidCrossReferenceTable(document)
        if is_damaged:
            flaws.append(PageFlaw("file-damaged", 1))
        if pdfium.FPDF_GetFormType(document):
            flaws.append(PageFlaw("form-fields", 1))
        yield Opened(count, flaws, _pages(document, count, is_damaged=is_damaged))
    finally:
        pdfium.FPDF_CloseDocument(document)


def _pages(document: Any, count: int, *, is_damaged: bool) -> Iterator[Page]:  # noqa: ANN401  a ctypes pointer
    left = MOST_CHARS
    for index in range(count):
        page = pdfium.FPDF_LoadPage(document, index)
        if not page:
            yield Page(index + 1, 0, 0, [], [], [], [PageFlaw("page-not-read", 1)])
            continue
        text = pdfium.FPDFText_LoadPage(page)
        try:
            seen = _page(page, text, index + 1, is_damaged=is_damaged)
        finally:
            pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)
        left -= len(seen.chars)
        if left < 0:
            raise TooLarge("characters", MOST_CHARS)
        yield seen


def _page(page: Any, text: Any, number: int, *, is_damaged: bool) -> Page:  # noqa: ANN401  ctypes pointers
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    bounds = (box.left, box.bottom, box.right, box.top)
    ink = scan(page, bounds, number)
    upright, width, height = turned_upright(bounds, ink.direction)
    across, down = rules_in(ink.segments, upright)
    flaws = [PageFlaw(code, count) for code, count in ink.flaws.items() if count]
    if not text:
        return Page(number, width, height, [], across, down, [*flaws, PageFlaw("page-not-read", 1)])
    shown = _shown(text)
    without_font = unseen(ink, shown, upright)
    if without_font:
        flaws.append(PageFlaw("font-missing", len(without_font)))
    elif len(ink.texts) >= _FEW_OBJECTS and len(shown) < (1 - _LOST_SHARE) * len(ink.texts):
        return Page(number, width, height, [], across, down, [*flaws, PageFlaw("text-lost", 1)])
    chars = without_font
    outside = 0
    for char in _chars(text, ink, upright, number):
        middle, level = (char.x0 + char.x1) / 2, (char.y0 + char.y1) / 2
        if 0 <= middle <= width and 0 <= level <= height:
            chars.append(char)
        else:
            outside += 1
    if is_damaged:
        hidden = [place for address, place in ink.texts.items() if address not in shown]
        chars += _dropped(chars, [upright(*place, *place)[:2] for place in hidden[:_MOST_HIDDEN]])
    if outside:
        flaws.append(PageFlaw("text-off-page", outside))
    chars, struck = without_struck(_whole(chars), across)
    if struck:
        flaws.append(PageFlaw("struck-text", struck))
    return Page(number, width, height, chars, across, down, flaws)


def _shown(text: Any) -> set[int | None]:  # noqa: ANN401  a ctypes pointer
    """The addresses of the text objects that show a character.

    Where most show none the fonts are damaged, and what is left misleads: where `7545` has lost its first digit, `545`
    stands there in good order. Objects of spaces show nothing either; in sound files a quarter of the objects were such.
    """
    count = min(pdfium.FPDFText_CountChars(text), MOST_CHARS_A_PAGE)
    address = address_of(text)
    return {_object_of(address, index) for index in range(count)}


def _dropped(chars: Sequence[Char], places: Sequence[tuple[float, float]]) -> Iterator[Char]:
    """A mark for each text beside a figure that shows nothing: a space, or a digit of which the glyph is lost."""
    figures = [char for char in chars if char.text.isdigit()]
    for x, y in places:
        for char in figures:
            wide = char.x1 - char.x0
            if abs(char.base - y) < wide and char.x0 - _NEAR * wide <= x <= char.x1 + wide:
                yield char._replace(x0=x, x1=x + wide / 2, text=DAMAGED)
                break


def _chars(
    text: Any,  # noqa: ANN401  a ctypes pointer
    ink: Ink,
    upright: Turn,
    number: int,
) -> Iterator[Char]:
    """The characters that show, in the order of the file; spaces are told by the gaps they leave."""
    found = _placed(text, number)
    tall = _TALL * median([top - bottom for _, _, (_, bottom, _, top), _ in found]) if found else 0
    for index, code, shape, (x, y) in found:
        kind = ink.kind(text, index) if ink.special else None
        if kind == "skipped":
            continue
        real = shape
        if shape[3] - shape[1] > tall or shape[2] - shape[0] > tall:
            real = _real_box(text, index, shape)
        x0, y0, x1, y1 = upright(*real)
        yield Char(x0, y0, x1, y1, upright(x, y, x, y)[1], chr(code), kind == "turned" or real is not shape)


def _placed(text: Any, number: int) -> list[tuple[int, int, Box, Sequence[float]]]:  # noqa: ANN401  a ctypes pointer
    """The characters before the page is turned upright: index in PDFium, code, box, and where each stands."""
    count = pdfium.FPDFText_CountChars(text)
    if count > MOST_CHARS_A_PAGE:
        raise TooLarge("characters", MOST_CHARS_A_PAGE, number)
    box, origin = pdfium.FS_RECTF(), (ctypes.c_double * 2)()
    at_box, at_x = ctypes.byref(box), ctypes.byref(origin)
    at_y = ctypes.byref(origin, ctypes.sizeof(ctypes.c_double))
    address = address_of(text)
    found: list[tuple[int, int, Box, Sequence[float]]] = []
    for index in range(count):
        code = _code_of(address, index)
        if code in _SPACES or (code < _SPACE and code not in _HYPHENS and _shows_nothing(text, index)):
            continue
        if code in _HYPHENS:
            code = ord("-")
        elif code < _SPACE or (code >= _PRIVATE.start and (code in _PRIVATE or code in _MORE_PRIVATE)):
            code = ord(DAMAGED)
        if _is_unmapped(address, index) == 1:
            code = ord(DAMAGED)
        if _box_of(address, index, at_box) and _origin_of(address, index, at_x, at_y):
            found.append((index, code, (box.left, box.bottom, box.right, box.top), origin[:]))
    return found


def _shows_nothing(text: Any, index: int) -> bool:  # noqa: ANN401  a ctypes pointer
    """Whether a character without a code leaves no ink: a space, and not a digit whose font lost its table."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found = pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top)
    return not found or right.value <= left.value or top.value <= bottom.value


def _real_box(text: Any, index: int, loose: Box) -> Box:  # noqa: ANN401  a ctypes pointer
    """The loose box where it is as high as the font, else the tight one."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text, index, matrix):
        return loose
    size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    if loose[3] - loose[1] <= _TALLER_THAN_SIZE * size and loose[2] - loose[0] <= _TALLER_THAN_SIZE * size:
        return loose
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not pdfium.FPDFText_GetCharBox(text, index, left, right, bottom, top):
        return loose
    return left.value, bottom.value, right.value, top.value


def _whole(chars: list[Char]) -> list[Char]:
    """The characters with surrogate pairs made one."""
    if not any(ord(char.text) in _SURROGATES for char in chars):
        return chars
    joined: list[Char] = []
    for char in chars:
        if joined and ord(char.text[0]) in _LOW and ord(joined[-1].text[0]) in _HIGH:
            pair = (joined[-1].text + char.text).encode("utf-16", "surrogatepass").decode("utf-16")
            joined[-1] = joined[-1]._replace(text=pair, x1=max(char.x1, joined[-1].x1))
        else:
            joined.append(char)
    return [char._replace(text=DAMAGED) if ord(char.text) in _SURROGATES else char for char in joined]
