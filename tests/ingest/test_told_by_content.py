"""Files under another name, with a password, or of a kind that is not read: each is told as what it is."""

from __future__ import annotations

import zipfile
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest
from docx_made import docx, p

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.mhtml import MHTML_READER
from disclosure_rules.pipeline import Checker

DATA = Path(__file__).resolve().parents[1] / "data"
VARIANTS = DATA / "variants"
PAGE = DATA / "reports" / "shuyang-fagaiju-2023.html"


def zipped(**parts: str) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "."), text)
    return stream.getvalue()


@pytest.mark.parametrize(
    "name", ["password.xls", "password.ods", "password.odt", "password.xlsx", "encrypted.pdf"]
)
def test_a_password_is_told_as_such_whatever_the_file_is_called(name: str) -> None:
    with pytest.raises(ReadError) as refused:
        Checker(convert=True).load_report((VARIANTS / name).read_bytes(), name="年报.docx")
    assert refused.value.code == "encrypted"
    assert "密码" in refused.value.zh


@pytest.mark.parametrize(
    ("data", "code", "zh"),
    [
        (zipped(OFD__xml="<x/>", Doc="x"), "no-document", "OFD"),
        (
            b'<?xml version="1.0"?><uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof"/>',
            "unsupported-format",
            "标文通",
        ),
        (
            zipped(**{"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"}),
            "unsupported-format",
            "Office",
        ),
        (b"7z\xbc\xaf\x27\x1c" + bytes(600), "archive", "解压"),
        (b"\x1f\x8b\x08" + bytes(600), "archive", "解压"),
        (b"PK\x03\x04" + bytes(600), "damaged-archive", "损坏"),
        (
            zipped(**{"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": "<x/>"}),
            "damaged-archive",
            "不完整",
        ),
    ],
    ids=["ofd", "uof", "pptx", "7z", "gz", "cut", "workbook without the list of its parts"],
)
def test_what_is_not_read_is_named(data: bytes, code: str, zh: str) -> None:
    with pytest.raises(ReadError) as refused:
        Checker().load_report(data, name="年报.docx")
    assert (refused.value.code, zh in refused.value.zh) == (code, True)


def test_a_page_called_doc_is_read_as_the_page_it_is() -> None:
    report = Checker().load_report(PAGE.read_bytes(), name="年报.doc")
    assert report.source.format == "html"
    assert len(report.tables) == 3


def saved_in_one_file(page: bytes, encoding: str) -> bytes:
    """As browsers and Word save a page with its pictures."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Subject"] = "某县发展和改革局政府信息公开工作年度报告" * 8
    message["MIME-Version"] = "1.0"
    message.make_related()
    message.add_related(page, "text", "html", cte=encoding)
    message.add_related(b"\x89PNG", "image", "png", cid="<x>")
    message["Snapshot-Content-Location"] = "http://example.invalid/"
    return message.as_bytes().replace(b"\n", b"\r\n")


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
@pytest.mark.parametrize("name", ["年报.mht", "年报.doc"])
def test_a_page_saved_in_one_file_reads_like_the_page(name: str, encoding: str) -> None:
    page = Checker().load_report(PAGE)
    report = Checker().load_report(saved_in_one_file(PAGE.read_bytes(), encoding), name=name)
    assert report.source.format == "mhtml"
    assert report.model_copy(update={"source": page.source}) == page


def test_a_page_in_gbk_saved_in_one_file() -> None:
    page = PAGE.read_text("utf-8").replace("utf-8", "gb2312").replace("UTF-8", "gb2312").encode("gb18030")
    report = Checker().load_report(saved_in_one_file(page, "base64"))
    assert report.title == Checker().load_report(PAGE).title


@pytest.mark.parametrize(
    "data",
    [
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\nx\n--x--\n",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n",
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
        + b"".join(
            b"--x%d\nContent-Type: multipart/related; boundary=x%d\n\n" % (n, n + 1) for n in range(5_000)
        ),
    ],
    ids=["no page", "cut", "nested"],
)
def test_one_file_without_a_page_is_told(data: bytes) -> None:
    with pytest.raises(ReadError) as refused:
        Checker().load_report(data)
    assert refused.value.code == "no-page"


def test_a_text_that_begins_with_fields_is_no_mail() -> None:
    assert not MHTML_READER.recognises("标题: 某县\nContent-Type: text\n\n正文".encode())
    assert not MHTML_READER.recognises(b"title: x\nyear: 2024\n")
    assert not MHTML_READER.recognises(b"a: b\n" * 800)


def test_a_document_of_nothing_but_pictures_is_told_as_such() -> None:
    picture = "<w:p><w:r><w:drawing><pic:pic/></w:drawing></w:r></w:p>"
    with pytest.raises(ReadError) as refused:
        Checker().load_report(docx(p("附件") + picture))
    assert refused.value.code == "no-report-content"
    assert "图片里的内容没有读取" in refused.value.zh
    assert "pictures" in refused.value.en
    with pytest.raises(ReadError) as refused:
        Checker().load_report(docx(p("附件")))
    assert "图片" not in refused.value.zh
