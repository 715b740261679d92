"""Files that only another program reads: told, or converted by LibreOffice; the seam with a converter of our own."""

from __future__ import annotations

import http.server
import os
import threading
import time
import zipfile
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest import soffice
from disclosure_rules.ingest.conversion import conversion_reader, kind_of
from disclosure_rules.pipeline import Checker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_rules.model.report import Report

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "tests" / "data" / "reports"
DOC = ROOT / "tests" / "data" / "variants" / "shuyang-libreoffice.doc"
BLANK = REPORTS / "template-blank-2021.docx"

# CI installs LibreOffice where it can (.ci/run); a machine without it still runs every other test of this file.
needs_libreoffice = pytest.mark.skipif(
    soffice.find_soffice() is None,
    reason="LibreOffice, which this machine lacks, makes and converts these files",
)


def odt(picture: str = "") -> bytes:
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (
            ("office", "office"),
            ("text", "text"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
        )
    )
    image = (
        f'<draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{picture}" xlink:type="simple"/></draw:frame>'
        if picture
        else ""
    )
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr(
            "content.xml",
            f'<office:document-content{names} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body>'
            f"<office:text><text:p>某县2024年政府信息公开工作年度报告{image}</text:p><text:p>一、总体情况</text:p></office:text>"
            "</office:body></office:document-content>",
        )
        made.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
            'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry '
            'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
    return stream.getvalue()


RTF = (
    r"{\rtf1\ansi\ansicpg936 {\fonttbl{\f0\fcharset134 SimSun;}}\f0 "
    + "".join(
        f"\\u{ord(character)}?" if ord(character) > 127 else character
        for character in "某县2024年政府信息公开工作年度报告"
    )
    + r"\par "
    + "".join(f"\\u{ord(character)}?" for character in "一、总体情况")
    + r"\par}"
).encode()


def words(report: Report) -> list[object]:
    """What a report says, without its places."""
    return [
        report.title,
        report.year,
        [
            (section.key, section.heading, [part.text for part in section.paragraphs])
            for section in report.sections
        ],
        {key: table.values for key, table in report.tables.items()},
    ]


@pytest.mark.parametrize(
    ("data", "kind"), [(DOC.read_bytes(), "doc"), (RTF, "rtf"), (odt(), "odt"), (BLANK.read_bytes(), None)]
)
def test_they_are_told_by_content_and_refused_without_leave(data: bytes, kind: str | None) -> None:
    assert kind_of(data) == kind
    if kind is not None:
        with pytest.raises(ReadError) as refused:
            Checker().load_report(data, name="年报.docx")
        assert refused.value.code == "needs-conversion"
        for sentence in (refused.value.zh, refused.value.en):
            assert "--convert" in sentence
            assert ".docx" in sentence


def test_a_word_file_with_a_password_is_told_before_anything_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "find_soffice", lambda: pytest.fail("LibreOffice was asked for"))
    data = bytearray(DOC.read_bytes())
    start = next(at for at in range(512, len(data), 512) if data[at : at + 2] == b"\xec\xa5")
    data[start + 11] |= 1
    with pytest.raises(ReadError) as refused:
        conversion_reader(allowed=True).read(bytes(data), "年报.doc")
    assert refused.value.code == "encrypted"


def test_without_libreoffice_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "find_soffice", lambda: None)
    with pytest.raises(ReadError) as refused:
        Checker(convert=True).load_report(DOC)
    assert refused.value.code == "converter-missing"
    assert "安装 LibreOffice" in refused.value.zh


def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a converter that does as `script` says in the place of LibreOffice."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(soffice, "find_soffice", lambda: str(program))


TO_OUT = 'while [ "$1" != --outdir ]; do shift; done; out=$2; given=$3'


def test_what_the_converter_makes_is_read_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep = tmp_path / "keep"
    fake(
        tmp_path,
        monkeypatch,
        f'echo "$@" > {keep}; {TO_OUT}; cmp "$given" {DOC} && cp {BLANK} "$out/report.docx"; '
        f"cat $HOME/profile/user/registrymodifications.xcu > {keep}.xcu; ulimit -t >> {keep}",
    )
    report = Checker(convert=True).load_report(DOC)
    assert report.source.format == "doc"
    assert report.notes[0].code == "converted"
    assert "LibreOffice" in report.notes[0].message.zh
    assert words(report) == words(Checker().load_report(BLANK))
    asked = keep.read_text("utf-8")
    assert "--headless" in asked
    assert asked.splitlines()[1] == str(soffice.CPU_SECONDS)
    folder = asked.split("UserInstallation=file://")[1].split()[0]
    assert not Path(folder).exists(), "the folder of the conversion is gone"
    assert 'MacroSecurityLevel" oor:op="fuse"><value>3<' in Path(f"{keep}.xcu").read_text("utf-8")


@pytest.mark.parametrize(
    "script", ["exit 1", "exit 0", f'{TO_OUT}; head -c 900 /dev/zero > "$out/report.docx"']
)
def test_a_converter_that_fails_is_told(script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake(tmp_path, monkeypatch, script)
    with pytest.raises(ReadError) as refused:
        Checker(convert=True).load_report(DOC)
    assert refused.value.code in {"conversion-failed", "damaged-archive"}


def test_a_converter_that_hangs_is_killed_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = tmp_path / "child"
    fake(tmp_path, monkeypatch, f"sleep 300 & echo $! > {keep}; wait")
    monkeypatch.setattr(soffice, "WALL_SECONDS", 1)
    with pytest.raises(ReadError) as refused:
        Checker(convert=True).load_report(DOC)
    assert refused.value.code == "too-slow"
    child = int(keep.read_text("utf-8"))
    for _ in range(100):
        if not _runs(child):
            return
        time.sleep(0.05)
    pytest.fail("the child of the converter still runs")


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not stat.exists() or stat.read_text("utf-8").split()[2] != "Z"


@needs_libreoffice
def test_a_real_doc_reads_like_the_page_it_was_made_from() -> None:
    page = Checker().load_report(REPORTS / "shuyang-fagaiju-2023.html")
    report = Checker(convert=True).load_report(DOC)
    assert words(report)[-1] == words(page)[-1], "every cell of every table"
    assert (report.title, report.year) == (page.title, page.year)
    assert [section.key for section in report.sections] == [section.key for section in page.sections]


@needs_libreoffice
@pytest.mark.parametrize(("data", "kind"), [(RTF, "rtf"), (odt(), "odt")])
def test_rtf_and_odt_are_converted(data: bytes, kind: str) -> None:
    report = Checker(convert=True).load_report(data)
    assert report.source.format == kind
    assert report.title == "某县2024年政府信息公开工作年度报告"
    assert [section.heading for section in report.sections] == ["一、总体情况"]


@needs_libreoffice
def test_a_damaged_doc_is_refused_in_words() -> None:
    data = DOC.read_bytes()
    with pytest.raises(ReadError) as refused:
        Checker(convert=True).load_report(data[:700] + bytes(len(data) - 700) + data[-700:], name="x.doc")
    assert refused.value.zh


@contextmanager
def listening() -> Iterator[tuple[int, list[str]]]:
    asked: list[str] = []

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815  the library's names

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port, asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@needs_libreoffice
def test_nothing_is_fetched_from_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as (port, asked):
        picture = f"http://127.0.0.1:{port}/x.png"
        assert soffice.to_docx(odt(picture), "odt", "x")
        assert asked == []
        # The same file with a profile of no settings: it does ask, so that this test can fail.
        monkeypatch.setattr(soffice, "_SETTINGS", {})
        soffice.to_docx(odt(picture), "odt", "x")
        assert asked
