"""Office Open XML packages, opened with care: a zip archive of XML that anybody may have made.

Every limit is on what is really read, never on what the archive says of itself.
"""

from __future__ import annotations

import posixpath
import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.zips import (
    BROKEN,
    ENCRYPTED,
    MAGIC,
    TooFarError,
    TooManyError,
    member_bytes,
    open_zip,
)

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Mapping

__all__ = ["MAGIC", "WORD", "Package", "local", "part_names"]

_MOST_PARTS = 5_000
_MOST_BYTES = 64 * 1024 * 1024
_MOST_BYTES_IN_ALL = 256 * 1024 * 1024
# Half of it elements: a tree of about 100 MB. The blank form has 14,000.
_MOST_ANGLES = 2_000_000
# Of the two namespaces of one format the usual one; the strict one is read as it.
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
# Formatting that says nothing of the text is two thirds of a document and of the time to parse it. The names are told
# apart by their first letter, since alternatives are tried one by one.
_END = r"(?:\s[^<>]*+(?<=/)|/)>"
_FORMATTING = re.compile(
    (
        r"<w:(?:(?:s(?:zCs|z|pacing|hd|uppressLineNumbers|napToGrid)|b(?:Cs|idi|ottom)?|"
        r"i(?:nd|nsideH|nsideV)|jc|k(?:ern|eepNext|eepLines|insoku)|l(?:ang|eft|sdException)|t(?:cW|cBorders|op|blW|opLinePunct|"
        r"extAlignment)|vAlign|noWrap|w(?:idowControl|ordWrap)?|right|highlight|u|"
        rf"a(?:djustRightInd|utoSpaceDE|utoSpaceDN)|overflowPunct){_END}|"
        # But not fonts that draw symbols, nor white: what stands in them may be no digit of a number.
        r"rFonts\s[^<>dD]*+(?:[dD](?!ing)[^<>dD]*+)*+(?<=/)>|color\s[^<>fF]*+(?:[fF](?![fF]{5})[^<>fF]*+)*+(?<=/)>|"
        rf"(?P<sides>tcBorders|tblBorders|tcMar|tblCellMar)>(?:<w:(?:top|left|bottom|right|insideH|insideV){_END})*+"
        r"</w:(?P=sides)>)"
    ).encode()
)
# What the formatting stood in, and is now empty: of runs first, for that of a paragraph's mark stands in the paragraph's.
_EMPTIED = tuple(f"<w:{name}></w:{name}>".encode() for name in ("rPr", "pPr", "tcPr", "trPr", "tblPrEx"))
_TYPES = "[Content_Types].xml"
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """The parts of a package.

    Args:
        data: The whole file.
        name: The file's name, for messages.

    Raises:
        ReadError: `damaged-archive`, or `too-many-parts`.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._left = _MOST_BYTES_IN_ALL
        try:
            self._zip = open_zip(BytesIO(data))
        except TooManyError as problem:
            raise self._too_many() from problem
        except BROKEN as problem:
            raise self._damaged() from problem
        self._infos: Mapping[str, zipfile.ZipInfo] = {info.filename: info for info in self._zip.infolist()}
        if len(self._zip.infolist()) > _MOST_PARTS:
            raise self._too_many()

    def refuse_password(self) -> None:
        """Refuse an OpenDocument whose parts are encrypted: its archive is open, its manifest says so.

        Raises:
            ReadError: `encrypted`.
        """
        if b"encryption-data" in (self._read("META-INF/manifest.xml") or b""):
            raise self._encrypted()

    def refuse_incomplete(self) -> None:
        """Refuse a package without the list of its parts, which every program writes: more may be missing.

        Raises:
            ReadError: `damaged-archive`.
        """
        if _TYPES not in self._infos:
            raise ReadError(
                f"文件不完整或已损坏（缺少 {_TYPES}，Excel 和 WPS 也会提示修复），请用 Excel 或 WPS 修复后另存一份",
                f"the file is incomplete or damaged ({_TYPES} is missing; Excel and WPS offer to repair such a file): "
                "repair it there and save it anew",
                place=self._name,
                code="damaged-archive",
            )

    def xml(self, part: str) -> ET.Element | None:
        """The root element of a part; None where the package has no such part.

        Raises:
            ReadError: `damaged-archive`, `damaged-xml`, `expands-too-far`, `encrypted` or `document-type`.
        """
        plain = self.plain(part)
        if plain is None:
            return None
        usual = plain.replace(_STRICT, WORD[1:-1].encode())
        # What is not sound is parsed once more with its formatting, to tell the place in the part as it stands.
        for markup in (_lean(usual), usual):
            try:
                return ET.fromstring(markup, parser=ET.XMLParser(encoding="utf-8"))  # noqa: S314
            except (ET.ParseError, ValueError) as problem:
                found = problem
        raise self.damaged_xml(part, found) from found

    def plain(self, part: str) -> bytes | None:
        """The markup of a part in UTF-8, free of declarations that may do harm; None where there is no such part.

        Raises:
            ReadError: `damaged-archive`, `expands-too-far`, `encrypted` or `document-type`.
        """
        data = self._read(part)
        if data is None:
            return None
        encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data[:4] else "utf-8"
        # The two encodings that the format allows, whatever the part declares: nothing can hide in a third.
        plain = data if encoding == "utf-8" else data.decode(encoding, "replace").encode()
        # One byte is found at once; nearly no part has it.
        if b"!" in plain and (b"<!DOCTYPE" in plain or b"<!ENTITY" in plain):
            raise ReadError(
                "文档的 XML 含有 DOCTYPE 或 ENTITY 声明，正常的文档没有，可能有害；请用 Word 或 WPS 打开后另存一份",
                "the document's XML declares a DOCTYPE or an ENTITY, which no sound document does and which may do harm; "
                "open it in Word or WPS and save it anew",
                place=f"{self._name}/{part}",
                code="document-type",
            )
        if plain.count(b"<") > _MOST_ANGLES:
            raise self._too_far(part)
        return plain

    def damaged_xml(self, part: str, problem: Exception) -> ReadError:
        """The error of a part that is no sound XML, as a parser told."""
        return ReadError(
            f"文档的 {part} 不是完整的 XML，文件可能没有传完或已损坏，请用 Word 或 WPS 打开后另存一份",
            f"{part} of the document is no sound XML ({problem}); the file may be cut short or damaged: "
            "open it in Word or WPS and save it anew",
            place=f"{self._name}/{part}",
            code="damaged-xml",
        )

    def related(self, part: str) -> Mapping[str, str]:
        """The parts that `part` refers to, by the last word of the relationship's type (`styles`, `footnotes` …)."""
        folder, file = posixpath.split(part)
        root = self.xml(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        if root is None:
            return {}
        found: dict[str, str] = {}
        for relation in root.iter(_RELATIONSHIPS):
            target = relation.get("Target", "")
            if relation.get("TargetMode") == "External" or not target:
                continue  # never followed
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            found.setdefault(relation.get("Type", "").rsplit("/", 1)[-1], posixpath.normpath(path))
        return found

    def main_part(self) -> str | None:
        """The part that holds the document itself."""
        return self.related("").get("officeDocument")

    def _read(self, part: str) -> bytes | None:
        info = self._infos.get(part)
        if info is None:
            return None
        if info.flag_bits & ENCRYPTED:
            raise self._encrypted()
        try:
            data = member_bytes(self._zip, info, min(_MOST_BYTES, self._left))
        except TooFarError as problem:
            raise self._too_far(part) from problem
        except BROKEN as problem:
            raise self._damaged() from problem
        self._left -= len(data)
        return data

    def _too_many(self) -> ReadError:
        return ReadError(
            f"文件包含超过 {_MOST_PARTS} 个部件，不像是正常的文档，请用 Word 或 WPS 打开后另存一份",
            f"the file has more than {_MOST_PARTS} parts, as no document has; "
            "open it in Word or WPS and save it anew",
            place=self._name,
            code="too-many-parts",
        )

    def _encrypted(self) -> ReadError:
        return ReadError(
            "文件有密码保护，无法读取，请去掉密码后另存一份",
            "the file is protected by a password; save a copy without one",
            place=self._name,
            code="encrypted",
        )

    def _damaged(self) -> ReadError:
        return ReadError(
            "文件不完整或已损坏（压缩结构错误），可能没有传完，请重新上传，或用 Word、WPS 打开后另存一份",
            "the file is incomplete or damaged (its zip structure is broken); upload it again, "
            "or open it in Word or WPS and save it anew",
            place=self._name,
            code="damaged-archive",
        )

    def _too_far(self, part: str) -> ReadError:
        return ReadError(
            f"文档的 {part} 解压后过大，不像是正常的文档，可能有害；请用 Word 或 WPS 打开后另存一份",
            f"{part} of the document expands too far, as no sound document does, and may do harm; "
            "open it in Word or WPS and save it anew",
            place=f"{self._name}/{part}",
            code="expands-too-far",
        )


def _lean(xml: bytes) -> bytes:
    """The same document without formatting; one with CDATA is left as it is."""
    if b"!" in xml and b"<![CDATA[" in xml:
        return xml
    lean = _FORMATTING.sub(b"", xml)
    for emptied in _EMPTIED:
        lean = lean.replace(emptied, b"")
    return lean


def part_names(data: bytes) -> frozenset[str]:
    """The names of the parts of a zip archive, for telling what it is; empty where it cannot be opened."""
    try:
        with open_zip(BytesIO(data)) as archive:
            return frozenset(archive.namelist()[:_MOST_PARTS])
    except (TooManyError, *BROKEN):
        return frozenset()


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace: the strict and the usual form differ only there."""
    return tag[tag.rfind("}") + 1 :]
