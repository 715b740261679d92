"""Files that someone made to do harm, that arrived in pieces, or that are something else."""

from __future__ import annotations

import random
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from docx_made import W, archive, docx, p, relationships, table, tc

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.docx import DOCX_READER, read_docx
from disclosure_rules.ingest.sniff import read_bytes
from disclosure_rules.plugins import Plugins

BLANK = Path(__file__).parent.parent / "data" / "reports" / "template-blank-2021.docx"


def document(xml: str | bytes) -> bytes:
    parts: dict[str, str | bytes] = {"_rels/.rels": relationships(officeDocument="word/document.xml")}
    return archive({**parts, "word/document.xml": xml})


def refused(data: bytes) -> ReadError:
    with pytest.raises(ReadError) as problem:
        read_docx(data, "report.docx")
    assert problem.value.place.startswith("report.docx")
    return problem.value


BOMB = "<!DOCTYPE w:document [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (docx("<w:p/>" * 8_000_000), "expands-too-far"),
        (docx("<w:p/>" * 2_000_001, zipfile.ZIP_STORED), "expands-too-far"),
        (document(f"{BOMB}<w:document {W}><w:body>&b;</w:body></w:document>"), "document-type"),
        (document(f"<?xml version='1.0' encoding='utf-16'?>{BOMB}<w:document {W}/>".encode("utf-16")), "document-type"),
        (document(f"<?xml version='1.0' encoding='cp037'?><w:document {W}>".encode()), "damaged-xml"),
        (docx("<w:sdt>" * 2_000 + "</w:sdt>" * 2_000, zipfile.ZIP_STORED), "nested-too-deep"),
        (docx("<w:p>" * 200_000 + "</w:p>" * 200_000, zipfile.ZIP_STORED), "nested-too-deep"),
        (docx(table([tc("1", '<w:gridSpan w:val="2000000000"/>'), tc("2")])), "table-too-large"),
        (docx(table(*[[tc("1", '<w:gridSpan w:val="1000"/>')] * 10] * 21)), "table-too-large"),
        (docx(table(*[["<w:tc/>"] * 30] * 2_000)), "table-too-large"),
        (archive({f"word/document{number}.xml": "" for number in range(5_001)}), "too-many-parts"),
        (archive({"word/document.xml": f"<w:document {W}/>"}), "no-document"),
        (archive({"word/document.xml": f"<w:document {W}><w:body>"}), "damaged-xml"),
        (BLANK.read_bytes()[:15_000], "damaged-archive"),
    ],
    ids=(
        "compressed bomb", "stored bomb", "entities", "entities in UTF-16", "third encoding", "deep controls",
        "deep paragraphs", "wide cell", "wide table", "many cells", "many parts", "no body", "unfinished", "cut short",
    ),
)  # fmt: skip
def test_each_attack_is_refused_by_name(data: bytes, code: str) -> None:
    assert refused(data).code == code


def test_an_archive_that_asks_for_a_password_says_so() -> None:
    data = bytearray(docx(p("甲")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    assert refused(bytes(data)).code == "encrypted"


def test_nothing_outside_the_archive_is_followed() -> None:
    rels = relationships(numbering="../../../etc/passwd", styles="https://example.org/styles.xml")
    body = f"<w:document {W}><w:body>{p('甲')}</w:body></w:document>"
    data = archive({"word/document.xml": body, "word/_rels/document.xml.rels": rels})
    assert [block.text for block in read_docx(data, "x").blocks] == ["甲"]


def test_damaged_copies_of_a_real_file_are_read_or_refused_in_words() -> None:
    data = BLANK.read_bytes()
    chance = random.Random(20240117)  # noqa: S311  chance, not secrecy
    for _ in range(60):
        mutant = bytearray(data)
        for _ in range(chance.choice((1, 3, 40))):
            mutant[chance.randrange(len(mutant))] = chance.randrange(256)
        cut = bytes(mutant[: chance.choice((len(mutant), chance.randrange(len(mutant))))])
        with suppress(ReadError):  # any other exception fails the test
            read_docx(cut, "report.docx")


def test_the_content_decides_and_not_the_name() -> None:
    readers = Plugins(installed=False).readers
    assert read_bytes(docx(p("甲")), "年报.doc", readers).format == "docx"
    assert read_bytes("<html><p>甲</p></html>".encode(), "年报.doc", readers).format == "html"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (archive({"甲.pdf": "", "乙.pdf": ""}), "archive", "unpack"),
        (OLE + "WordDocument".encode("utf-16-le"), "needs-conversion", "Save it as .docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted", "password"),
    ],
)
def test_what_cannot_be_read_is_told_what_to_do(data: bytes, code: str, words: str) -> None:
    assert not DOCX_READER.recognises(data)
    with pytest.raises(ReadError, match=words) as problem:
        read_bytes(data, "年报.docx", Plugins(installed=False).readers)
    assert problem.value.code == code
