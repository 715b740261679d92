"""The reader for PDF: text and ruled tables, as WPS, Word, LibreOffice and browsers write them.

PDFium reads the file in a process of its own (pdf_process.py); what that process answers is made into blocks here.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from disclosure_rules.errors import ReadError
from disclosure_rules.hookspecs import Reader

if TYPE_CHECKING:
    from disclosure_rules.ingest.ocr import Recognition
    from disclosure_rules.ingest.pdf_process import PdfProcess
    from disclosure_rules.model.document import Document

__all__ = ["pdf_reader"]

_MARK = b"%PDF-"
_HEAD = 1024


def pdf_reader(recognition: Recognition | None = None) -> Reader:
    """A reader for PDF; scans go to `recognition`, and are refused in words without one.

    It starts a process at the first document and keeps it as long as the reader lives.
    """
    return Reader(suffixes=(".pdf",), recognises=_is_pdf, read=_PdfReading(recognition))


def _is_pdf(head: bytes) -> bool:
    return _MARK in head[:_HEAD]


class _PdfReading:
    """The reading of PDFs, with the process that it starts."""

    def __init__(self, recognition: Recognition | None) -> None:
        self._process: PdfProcess | None = None
        self._recognition = recognition

    def __call__(self, data: bytes, name: str) -> Document:
        """Read a PDF into paragraphs and grids with their pages.

        Args:
            data: The whole file.
            name: The file's name, for messages.

        Returns:
            Paragraphs (`paragraph` of their place counts on the page, from 1) and grids in reading order; what was
            joined, left out or could not be read stands in the notes.

        Raises:
            ReadError: `missing-extra`, `encrypted`, `broken-file`, `too-large`, `scan`, `unusable-text`, `too-slow` or
                `reader-lost`.
        """
        if find_spec("pypdfium2_raw") is None:
            raise _missing(name)
        # Imported here: most runs read no PDF, and these take longer to import than a text takes to read.
        from disclosure_rules.ingest.pdf_document import document_of  # noqa: PLC0415
        from disclosure_rules.ingest.pdf_process import PdfProcess, WorkerLostError  # noqa: PLC0415
        from disclosure_rules.ingest.pdf_remarks import lost, refusal  # noqa: PLC0415

        if self._process is None:
            self._process = PdfProcess()
        try:
            answer = self._process.read(data)
        except WorkerLostError as problem:
            raise lost(name, late=problem.late) from problem
        if answer.get("error") == "scan" and self._recognition is not None:
            return self._recognition(data, name)
        if "error" in answer:
            raise refusal(answer, name)
        return document_of(answer, data, "pdf")


def _missing(name: str) -> ReadError:
    return ReadError(
        "读取 PDF 需要先安装附加组件：pip install 'disclosure-rules[documents]'",
        "reading PDF needs an extra: pip install 'disclosure-rules[documents]'",
        place=name,
        code="missing-extra",
    )
