"""The reader for OFD, the national format of fixed pages (GB/T 33190-2016), as office programs and portals write it.

An OFD is a zip archive of XML that gives every character and every line with its place. Tables are told by their
lines, as in a PDF. What only decorates the pages (annotations, seals) or is attached to them is not read, and is said.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from disclosure_rules.errors import ReadError
from disclosure_rules.hookspecs import Reader
from disclosure_rules.ingest.ofd_page import numbers_of, read_page
from disclosure_rules.ingest.ooxml import MAGIC, Package, local, part_names
from disclosure_rules.ingest.pdf_blocks import Remarks, read_pages
from disclosure_rules.ingest.pdf_document import document_of
from disclosure_rules.ingest.pdf_page import Page, PageFlaw, TooLarge
from disclosure_rules.ingest.pdf_remarks import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from disclosure_rules.model.document import Document

__all__ = ["OFD_READER", "read_ofd"]

_ENTRY = "OFD.xml"
_MOST_PAGES = 500
_MOST_CHARS = 1_000_000
_MOST_OBJECTS = 200_000
_OBJECTS = frozenset(("TextObject", "PathObject", "ImageObject", "CompositeObject"))
_BOX = 4
_A4 = [0.0, 0.0, 210.0, 297.0]
_NOT_READ = {"Annotations": "annotations-not-read", "Attachments": "attachments-not-read"}


def read_ofd(data: bytes, name: str) -> Document:
    """Read an OFD into paragraphs and grids with their pages.

    Args:
        data: The whole file.
        name: The file's name, for messages.

    Returns:
        Paragraphs (`paragraph` of their place counts on the page, from 1) and grids in reading order; what was joined,
        left out or could not be read stands in the notes. Of several documents in one file the first is read.

    Raises:
        ReadError: `damaged-archive`, `damaged-xml`, `encrypted`, `document-type`, `expands-too-far`, `too-many-parts`,
            `no-document`, `too-large`, `scan` or `unusable-text`.
    """
    package = Package(data, name)
    remarks = Remarks()
    root = _main_part(package, remarks)
    document = package.xml(root) if root else None
    if root is None or document is None:
        raise ReadError(
            "这个 OFD 文件里没有文档（OFD.xml 没有指向正文），可能不完整，请重新导出，或提供 Word 文档",
            "this OFD file holds no document (OFD.xml leads to none); it may be incomplete: export it again, or hand in "
            "the Word document",
            place=name,
            code="no-document",
        )
    for element, code in _NOT_READ.items():
        if _first(document, element) is not None:
            remarks.add(code, 0)
    try:
        answer = read_pages(_pages(package, root, document), remarks)
    except TooLarge as too_large:
        what, limit, page = too_large.what, too_large.limit, too_large.page
        answer = {"error": "too-large", "what": what, "limit": limit, "page": page}
    if "error" in answer:
        raise _refusal(answer, name)
    return document_of(answer, data, "ofd")


def _is_ofd(data: bytes) -> bool:
    return data.startswith(MAGIC) and _ENTRY in part_names(data)


OFD_READER = Reader(suffixes=(".ofd",), recognises=_is_ofd, read=read_ofd)


def _main_part(package: Package, remarks: Remarks) -> str | None:
    """The part with the pages of the first document."""
    entry = package.xml(_ENTRY)
    roots = [] if entry is None else [part for part in entry.iter() if local(part.tag) == "DocRoot"]
    if len(roots) > 1:
        remarks.add("other-documents-not-read", 0, len(roots) - 1)
    return _location(_ENTRY, roots[0].text) if roots else None


def _location(part: str, given: str | None) -> str:
    """The part that a location in another part names: from the root of the archive, or from the folder of that part."""
    place = (given or "").strip()
    joined = place.lstrip("/") if place.startswith("/") else posixpath.join(posixpath.dirname(part), place)
    return posixpath.normpath(joined)


def _first(element: Element, name: str) -> Element | None:
    return next((part for part in element.iter() if local(part.tag) == name), None)


def _box(element: Element | None, usual: list[float]) -> list[float]:
    """The paper of a page, or of all pages: left, top, width and height in millimetres."""
    found = _first(element, "PhysicalBox") if element is not None else None
    try:
        box = usual if found is None else numbers_of(found.text, _BOX)
    except ValueError:
        return usual
    return box if min(box[2:]) > 0 else usual


def _pages(package: Package, root: str, document: Element) -> Iterator[Page]:
    usual = _box(_first(document, "CommonData"), _A4)
    every = [part for part in document.iter() if local(part.tag) == "Page"]
    if len(every) > _MOST_PAGES:
        raise TooLarge("pages", _MOST_PAGES)
    templates = {
        part.get("ID"): _location(root, part.get("BaseLoc"))
        for part in document.iter()
        if local(part.tag) == "TemplatePage"
    }
    drawn: dict[str, list[Element]] = {}
    chars, objects_left = _MOST_CHARS, _MOST_OBJECTS
    for number, entry in enumerate(every, start=1):
        content = package.xml(_location(root, entry.get("BaseLoc")))
        if content is None:
            yield Page(number, 0, 0, [], [], [], [PageFlaw("page-not-read", 1)])
            continue
        objects = _objects(content)
        for used in (part for part in content.iter() if local(part.tag) == "Template"):
            template = templates.get(used.get("TemplateID"), "")
            if template not in drawn:
                found = package.xml(template)
                drawn[template] = _objects(found) if found is not None else []
            objects = [*drawn[template], *objects]
        objects_left -= len(objects)
        if objects_left < 0:
            raise TooLarge("objects", _MOST_OBJECTS)
        page = read_page(objects, _box(content, usual), number)
        chars -= len(page.chars)
        if chars < 0:
            raise TooLarge("characters", _MOST_CHARS)
        yield page


def _objects(content: Element) -> list[Element]:
    return [part for part in content.iter() if local(part.tag) in _OBJECTS]


def _refusal(answer: dict[str, Any], name: str) -> ReadError:
    if answer["error"] == "scan":
        return ReadError(
            f"这个 OFD 里没有文字（{answer['pages']} 页），像是扫描件或空白页；请提供 Word 文档，"
            "或用 OFD 阅读器另存为 PDF 后加 --ocr 识别",
            f"this OFD holds no text ({answer['pages']} pages), as a scan or an empty page; hand in the Word document, "
            "or save it as PDF and add --ocr",
            place=name,
            code="scan",
        )
    if answer["error"] == "unusable-text":
        return ReadError(
            "这个 OFD 的文字不可用（字符无法对应到汉字），请重新导出，或提供 Word 文档",
            "the text of this OFD cannot be used: its characters stand for no Han text; export it again, or hand in the "
            "Word document",
            place=name,
            code="unusable-text",
        )
    return refusal(answer, name)
