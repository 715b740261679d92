"""Scans and pictures, read by recognising characters where that is allowed; else told as what they are.

What is recognised is never certain, and says so: see `Document.certain`.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from disclosure_rules.errors import ReadError
from disclosure_rules.hookspecs import Reader
from disclosure_rules.model.note import READ_BY_OCR, Note
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from disclosure_rules.ingest.pdf_process import PdfProcess
    from disclosure_rules.model.document import Document

__all__ = ["IMAGE_READER", "Recognition", "image_reader"]

WALL_SECONDS = 900
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"BM")
_BITMAP = b"BM"
_BITMAP_ZEROS = slice(6, 10)


def image_reader(recognition: Recognition | None) -> Reader:
    """A reader for pictures of pages (.png, .jpg, .bmp); without `recognition` it refuses them in words."""
    return Reader(
        suffixes=(".png", ".jpg", ".jpeg", ".bmp"),
        recognises=_is_picture,
        read=recognition or _refused,
    )


class Recognition:
    """The recognition of characters, in a process that starts with the first scan and lives as long as this object."""

    def __init__(self) -> None:
        self._process: PdfProcess | None = None

    def __call__(self, data: bytes, name: str) -> Document:
        """Read a scanned PDF or a picture.

        Args:
            data: The whole file.
            name: The file's name, for messages.

        Returns:
            Paragraphs and ruled tables as of a PDF, none of them certain; words that were seen without certainty are
            one � each, and stand in a note.

        Raises:
            ReadError: `missing-extra`, `encrypted`, `broken-file`, `too-large`, `nothing-seen`, `too-slow` or
                `reader-lost`.
        """
        if any(find_spec(package) is None for package in ("rapidocr", "onnxruntime", "pypdfium2_raw")):
            raise ReadError(
                "识别扫描件和图片需要先安装附加组件：pip install 'disclosure-rules[ocr]'",
                "reading scans and pictures needs an extra: pip install 'disclosure-rules[ocr]'",
                place=name,
                code="missing-extra",
            )
        # Imported here: most runs see no scan.
        from disclosure_rules.ingest.pdf_document import document_of  # noqa: PLC0415
        from disclosure_rules.ingest.pdf_process import PdfProcess, WorkerLostError  # noqa: PLC0415
        from disclosure_rules.ingest.pdf_remarks import lost  # noqa: PLC0415

        if self._process is None:
            self._process = PdfProcess("disclosure_rules.ingest.ocr_worker", WALL_SECONDS)
        try:
            answer = self._process.read(data)
        except WorkerLostError as problem:
            raise lost(name, late=problem.late) from problem
        if "error" in answer:
            raise _refusal(answer, name)
        seen = document_of(answer, data, "pdf" if b"%PDF-" in data[:1024] else "image")
        return seen.model_copy(update={"notes": (_NOTE, *seen.notes), "certain": False})


_NOTE = Note(
    code=READ_BY_OCR,
    message=Text(
        zh="内容是从扫描件或图片中识别出来的，可能有错：数据不作为判断依据，文字问题也请先与原件核对。"
        "建议改用 Word 文档或由 Word、WPS 导出的 PDF 再检查一次",
        en="the text was recognised in a scan or a picture and may be wrong: no figure is used as evidence, and what is "
        "found in the words should be compared with the original. Better check the Word document or a PDF made of it",
    ),
)


def _is_picture(head: bytes) -> bool:
    return head.startswith(_PICTURES) and (not head.startswith(_BITMAP) or head[_BITMAP_ZEROS] == bytes(4))


def _refused(_data: bytes, name: str) -> Document:
    from disclosure_rules.ingest.pdf_remarks import scan_advice  # noqa: PLC0415  few files are pictures

    zh, en = scan_advice()
    raise ReadError(f"这是图片，不能直接读取：{zh}", f"this is a picture: {en}", place=name, code="scan")


def _refusal(answer: dict[str, Any], name: str) -> ReadError:
    if answer["error"] == "nothing-seen":
        return ReadError(
            "图片中没有识别出文字，可能过于模糊、倾斜或是空白，请提供 Word 文档或更清晰的扫描件",
            "no characters could be recognised; the picture may be blurred, turned or blank: hand in the Word document "
            "or a clearer scan",
            place=name,
            code="nothing-seen",
        )
    if answer["error"] == "broken":
        return ReadError(
            "图片已损坏或格式不受支持，无法打开，请重新扫描或另存后再检查",
            "the picture is damaged or of a kind that cannot be opened; scan or save it again",
            place=name,
            code="broken-file",
        )
    from disclosure_rules.ingest.pdf_remarks import refusal  # noqa: PLC0415

    return refusal(answer, name)


IMAGE_READER = image_reader(None)
