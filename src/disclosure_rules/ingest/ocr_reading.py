"""A scan's bytes to plain paragraphs and grids, in values that go through JSON. Runs in the worker process only."""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pypdfium2_raw as pdfium

from disclosure_rules.ingest.ocr_page import see
from disclosure_rules.ingest.pdf_blocks import Remarks, answer, page_flow
from disclosure_rules.ingest.pdf_page import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST_PAGES", "read"]

MOST_PAGES = 40
_DOTS = 200 / 72
_LONGEST = 3_300  # an A3 page at 200 dots an inch


def read(data: bytes) -> dict[str, Any]:
    """Read a scanned PDF or a picture.

    Returns:
        As `pdf_blocks.read_pages`; besides `error` may be `nothing-seen`.
    """
    remarks = Remarks()
    flows = []
    seen = 0
    try:
        with _pictures(data) as (count, pictures):
            if count > MOST_PAGES:
                return {"error": "too-large", "what": "pages", "limit": MOST_PAGES, "page": 0}
            for number, picture in enumerate(pictures, start=1):
                page, doubtful = see(picture, number)
                seen += sum(char.text != DAMAGED for char in page.chars)
                for words in doubtful:
                    remarks.add("doubtful-characters", number, word=words)
                flows.append(page_flow(page, remarks))
    except PermissionError:
        return {"error": "encrypted"}
    except (ValueError, cv2.error):
        return {"error": "broken"}
    if not seen:
        return {"error": "nothing-seen"}
    return answer(flows, remarks)


@contextmanager
def _pictures(data: bytes) -> Iterator[tuple[int, Iterator[Any]]]:
    """How many pages there are, and each as a picture in colour.

    Raises:
        PermissionError: It is encrypted and needs a password.
        ValueError: It cannot be opened.
    """
    if b"%PDF-" not in data[:1024]:
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        if picture is None:
            raise ValueError("no picture")
        yield 1, iter([_fitted(picture)])
        return
    pdfium.FPDF_InitLibrary()
    buffer = ctypes.create_string_buffer(data, len(data))
    document = pdfium.FPDF_LoadMemDocument64(buffer, len(data), None)
    if not document:
        reason = pdfium.FPDF_GetLastError()
        raise PermissionError if reason == pdfium.FPDF_ERR_PASSWORD else ValueError(reason)
    try:
        count = pdfium.FPDF_GetPageCount(document)
        yield count, (_rendered(document, index) for index in range(count))
    finally:
        pdfium.FPDF_CloseDocument(document)


def _rendered(document: Any, index: int) -> Any:  # noqa: ANN401  a ctypes pointer, an array
    """A page as it looks, at 200 dots an inch, or fewer where it is larger than A3."""
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise ValueError(index)
    try:
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        scale = min(_DOTS, _LONGEST / max(width, height, 1))
        across, down = max(1, round(width * scale)), max(1, round(height * scale))
        bitmap = pdfium.FPDFBitmap_CreateEx(across, down, pdfium.FPDFBitmap_BGR, None, 0)
        if not bitmap:
            raise MemoryError
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, 0)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            raw = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * down)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
    finally:
        pdfium.FPDF_ClosePage(page)
    return np.frombuffer(raw, np.uint8).reshape(down, stride)[:, : across * 3].reshape(down, across, 3).copy()


def _fitted(picture: Any) -> Any:  # noqa: ANN401  an array
    """The picture, no larger than a page is rendered."""
    factor = _LONGEST / max(picture.shape[:2])
    return (
        picture
        if factor >= 1
        else cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    )
