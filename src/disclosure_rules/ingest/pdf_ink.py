"""Everything on a page of a PDF that is no readable character: ruling lines, pictures, hidden and slanted text.

Lines are stroked segments and *thin* filled rectangles. The edges of larger fills are none: WPS paints a white
rectangle behind every line of text and every cell, and whoever takes those for borders finds tables in prose.
"""

from __future__ import annotations

import ctypes
import struct
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2_raw as pdfium

from disclosure_rules.ingest.pdf_page import TooLarge
from disclosure_rules.ingest.pdf_raw import address_of, plain
from disclosure_rules.ingest.pdf_shapes import direction_of, lines_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from disclosure_rules.ingest.pdf_shapes import Box

    Matrix = tuple[float, float, float, float, float, float]

__all__ = ["Ink", "scan"]

MOST_OBJECTS = 50_000
MOST_SEGMENTS = 500_000
_DEEPEST = 12
_WHITE = 250
_LARGE_PICTURE = 0.15
_UNIT: Matrix = (1, 0, 0, 1, 0, 0)
_PATH, _TEXT, _IMAGE, _FORM = (
    pdfium.FPDF_PAGEOBJ_PATH,
    pdfium.FPDF_PAGEOBJ_TEXT,
    pdfium.FPDF_PAGEOBJ_IMAGE,
    pdfium.FPDF_PAGEOBJ_FORM,
)

_object_of_page = plain(pdfium.FPDFPage_GetObject)
_object_of_form = plain(pdfium.FPDFFormObj_GetObject)
_objects_in_form = plain(pdfium.FPDFFormObj_CountObjects)
_object_of_char = plain(pdfium.FPDFText_GetTextObject)
_type_of = plain(pdfium.FPDFPageObj_GetType)
_matrix_of = plain(pdfium.FPDFPageObj_GetMatrix)
_render_mode = plain(pdfium.FPDFTextObj_GetTextRenderMode)
_draw_mode = plain(pdfium.FPDFPath_GetDrawMode)
_fill_colour = plain(pdfium.FPDFPageObj_GetFillColor)
_stroke_colour = plain(pdfium.FPDFPageObj_GetStrokeColor)
_count_segments = plain(pdfium.FPDFPath_CountSegments)
_segment_of = plain(pdfium.FPDFPath_GetPathSegment)
_segment_type = plain(pdfium.FPDFPathSegment_GetType)
_segment_point = plain(pdfium.FPDFPathSegment_GetPoint)
_segment_closes = plain(pdfium.FPDFPathSegment_GetClose)


# Where PDFium writes a matrix: every object has one, and an array is read at once. This process has one thread.
_MATRIX = (ctypes.c_float * 6)()
_AT_MATRIX = ctypes.byref(_MATRIX)
_unpack_matrix = struct.Struct("6f").unpack


class Ink(NamedTuple):
    """What the objects of a page are.

    `segments` are straight lines (x0, y0, x1, y1) in the page's own space; `direction` is where most of its text
    runs, in degrees: 0, 90, 180 or 270; `special` maps the address of a text object to `skipped` (hidden, slanted)
    or `turned`; `texts` maps the address of every text object to where its text begins.
    """

    segments: list[Box]
    direction: int
    special: dict[int, str]
    flaws: Counter[str]
    texts: dict[int, tuple[float, float]]

    def kind(self, text: Any, index: int) -> str | None:  # noqa: ANN401  a ctypes pointer
        """`skipped` or `turned` for a character of a special text object, else None."""
        return self.special.get(_object_of_char(text, index) or 0)


def scan(page: Any, bounds: Box, number: int) -> Ink:  # noqa: ANN401  a ctypes pointer
    """Look at every object of a page, inside form objects too.

    Raises:
        TooLarge: There are more objects or segments than on any page of a report.
    """
    segments: list[Box] = []
    flaws: Counter[str] = Counter()
    texts: list[tuple[int, int | None, tuple[float, float]]] = []
    directions: Counter[int] = Counter()
    area = max((bounds[2] - bounds[0]) * (bounds[3] - bounds[1]), 1.0)
    for thing, kind, matrix in _objects(page, number):
        if kind == _PATH:
            segments.extend(_segments(thing, matrix))
            if len(segments) > MOST_SEGMENTS:
                raise TooLarge("lines", MOST_SEGMENTS, number)
        elif kind == _TEXT:
            shown = _render_mode(thing) != pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
            own = _own_matrix(thing, matrix)
            # + 0.0 makes 0.0 of -0.0: they are one key of what `direction_of` keeps.
            direction = direction_of(own[0] + 0.0, own[1] + 0.0) if shown else None
            texts.append((thing, direction, (own[4], own[5])))
            if direction is not None:
                directions[direction] += 1
            else:
                flaws["slanted-text" if shown else "hidden-text"] += 1
        elif kind == _IMAGE and _picture_area(_own_matrix(thing, matrix)) > _LARGE_PICTURE * area:
            flaws["picture"] += 1
    main = directions.most_common(1)[0][0] if directions else 0
    special = {
        address: "skipped" if direction is None else "turned"
        for address, direction, _ in texts
        if direction != main
    }
    return Ink(segments, main, special, flaws, {address: place for address, _, place in texts})


def _objects(page: Any, number: int) -> Iterator[tuple[int, int, Matrix]]:  # noqa: ANN401  a ctypes pointer
    """The address of every object of a page with its type and the matrix of the forms around it."""
    count = pdfium.FPDFPage_CountObjects(page)
    left = MOST_OBJECTS
    address = address_of(page)
    todo = [iter([(_object_of_page(address, index) or 0, _UNIT) for index in range(min(count, left + 1))])]
    while todo:
        thing, matrix = next(todo[-1], (None, _UNIT))
        if thing is None:
            todo.pop()
            continue
        left -= 1
        if left < 0:
            raise TooLarge("objects", MOST_OBJECTS, number)
        kind = _type_of(thing)
        yield thing, kind, matrix
        if kind == _FORM and len(todo) < _DEEPEST:
            inner = _own_matrix(thing, matrix)
            inside = range(min(_objects_in_form(thing), left + 1))
            todo.append(iter([(_object_of_form(thing, index) or 0, inner) for index in inside]))


def _own_matrix(thing: int, outer: Matrix) -> Matrix:
    if not _matrix_of(thing, _AT_MATRIX):
        return outer
    own = a, b, c, d, e, f = _unpack_matrix(_MATRIX)
    if outer is _UNIT:
        return own
    outer_a, outer_b, outer_c, outer_d, outer_e, outer_f = outer
    return (
        a * outer_a + b * outer_c,
        a * outer_b + b * outer_d,
        c * outer_a + d * outer_c,
        c * outer_b + d * outer_d,
        e * outer_a + f * outer_c + outer_e,
        e * outer_b + f * outer_d + outer_f,
    )


def _picture_area(matrix: Matrix) -> float:
    """The area on the page of the unit square in which a picture is drawn."""
    return abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])


def _segments(path: int, outer: Matrix) -> Iterator[Box]:
    """The lines that a path shows, as flat boxes; none for white, transparent, curved or slanted ones."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not _draw_mode(path, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    stroked = bool(stroke.value) and _visible(path, _stroke_colour)
    filled = bool(fill.value) and _visible(path, _fill_colour)
    if not (stroked or filled):
        return
    for points in _outlines(path, _own_matrix(path, outer)):
        yield from lines_in(points, filled=filled, stroked=stroked)


def _visible(path: int, colour_of: Callable[..., int]) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not colour_of(path, *map(ctypes.byref, (red, green, blue, alpha))):
        return True
    return alpha.value > 0 and min(red.value, green.value, blue.value) < _WHITE


def _outlines(path: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The parts of a path that are straight throughout, as points of the page."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    at_x, at_y = ctypes.byref(x), ctypes.byref(y)
    points: list[tuple[float, float]] = []
    curved = False
    for index in range(min(_count_segments(path), MOST_SEGMENTS)):
        segment = _segment_of(path, index)
        kind = _segment_type(segment)
        _segment_point(segment, at_x, at_y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [point], False
        else:
            points.append(point)
            curved = curved or kind != pdfium.FPDF_SEGMENT_LINETO
            if _segment_closes(segment):
                points.append(points[0])
    if len(points) > 1 and not curved:
        yield points
