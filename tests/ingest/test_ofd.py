"""OFD: pages that say where each character and each line is; read as PDFs are, and never silently wrong."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2_raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ofd_made import as_ofd, line, ofd, text

from disclosure_rules import Checker
from disclosure_rules.errors import ReadError
from disclosure_rules.ingest import ofd as module
from disclosure_rules.ingest import ofd_page
from disclosure_rules.ingest.ofd import OFD_READER, read_ofd
from disclosure_rules.ingest.pdf_chars import open_pdf
from disclosure_rules.ingest.pdf_reading import read as read_pdf

if TYPE_CHECKING:
    from disclosure_rules.model.document import Document

DATA = Path(__file__).resolve().parents[1] / "data"
REAL = DATA / "reports" / "hongze-quzhengfu-2024.pdf"
PDFS = (
    REAL,
    *(
        DATA / "variants" / f"{name}.pdf"
        for name in (
            "made-0-libreoffice",
            "made-1-chromium",
            "made-4-libreoffice",
            "made-8-libreoffice",
            "made-11-libreoffice",
            "pingtan-guanweihui-2022-libreoffice",
            "shuyang-chromium-requests",
            "shuyang-libreoffice-cut-rows",
            "template-blank-2021-libreoffice",
        )
    ),
)
RULED = (
    line(20, 50, 80, 50)
    + line(20, 60, 80, 60)
    + line(20, 50, 20, 60)
    + line(50, 50, 50, 60)
    + line(80, 50, 80, 60)
)


@pytest.fixture(scope="module", autouse=True)
def _pdfium() -> None:
    pdfium.FPDF_InitLibrary()


def _as_ofd(path: Path) -> bytes:
    with open_pdf(path.read_bytes()) as document:
        return as_ofd(document.pages)


def _cells(document: Document) -> list[str]:
    return [cell.text for block in document.blocks if block.grid for cell in block.grid.cells]


def _texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if not block.grid]


def _codes(document: Document) -> set[str]:
    return {note.code for note in document.notes}


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_every_cell_of_a_pdf_is_in_its_ofd(path: Path) -> None:
    known = [
        tuple(cell)
        for block in read_pdf(path.read_bytes())["blocks"]
        if "cells" in block
        for cell in block["cells"]
    ]
    found = [
        (cell.row, cell.column, cell.row_span, cell.column_span, cell.text, cell.location.page)
        for block in read_ofd(_as_ofd(path), "年报.ofd").blocks
        if block.grid
        for cell in block.grid.cells
    ]
    assert found == known
    assert found


def test_a_report_is_judged_alike(tmp_path: Path) -> None:
    path = tmp_path / "年报.ofd"
    path.write_bytes(_as_ofd(REAL))
    from_ofd, from_pdf = (Checker().check(file) for file in (path, REAL))
    assert from_ofd.source.format == "ofd"
    assert from_ofd.coverage == from_pdf.coverage
    assert [finding.fingerprint for finding in from_ofd.findings] == [
        finding.fingerprint for finding in from_pdf.findings
    ]


def test_an_ofd_is_told_by_its_content() -> None:
    data = ofd(text(20, 20, "一、总体情况"))
    assert OFD_READER.recognises(data)
    assert not OFD_READER.recognises(data.replace(b"OFD.xml", b"OFX.xml"))


@pytest.mark.parametrize(
    "deltas", ['DeltaX="4 4 4"', 'DeltaX="g 3 4"', 'DeltaX="4 g 2 4"', 'DeltaX="g 999999999 4"', ""]
)
def test_steps_between_characters(deltas: str) -> None:
    page = (
        RULED
        + text(22, 58, "受理件数", deltas=deltas)
        + text(52, 58, "1205", size=3, deltas=deltas and 'DeltaX="g 3 1.5"')
    )
    assert _cells(read_ofd(ofd(page), "x")) == ["受理件数", "1205"]


def test_a_matrix_moves_and_sizes_what_is_drawn() -> None:
    page = RULED.replace("LineWidth", 'CTM="1 0 0 1 100 0" LineWidth') + text(
        100, 58, "受理", size=2, more='CTM="2 0 0 2 22 -2"'
    )
    document = read_ofd(ofd(page), "x")
    assert _cells(document) == ["受理", ""]


@pytest.mark.parametrize(
    ("quarter", "ctm"), [(90, "0 1 -1 0 0 0"), (270, "0 -1 1 0 0 0"), (180, "-1 0 0 -1 0 0")]
)
@pytest.mark.parametrize("by", ["CTM", "CharDirection"])
def test_a_turned_page_reads_as_it_is_seen(quarter: int, ctm: str, by: str) -> None:
    steps = {90: (-8, 0), 180: (0, -8), 270: (8, 0)}[quarter]
    run = {90: "DeltaY", 270: "DeltaY", 180: "DeltaX"}[quarter]
    sign = -1 if quarter in {180, 270} else 1
    lines = []
    for row, words in enumerate(("上面一行", "下面一行")):
        x, y = 100 + steps[0] * row, 100 + steps[1] * row
        if by == "CTM":
            lines.append(text(x, y, words, more=f'CTM="{ctm}"'))
        else:
            deltas = f'{run}="g 3 {sign * 4}"'
            lines.append(text(x, y, words, deltas=deltas, more=f'CharDirection="{quarter}"'))
    assert "".join(_texts(read_ofd(ofd(*["".join(lines)]), "x"))) == "上面一行下面一行"


_TALL = (
    line(20, 50, 80, 50)
    + line(20, 80, 80, 80)
    + "".join(line(x, 50, x, 80) for x in (20, 36, 80))
    + text(45, 56, "12")
)


@pytest.mark.parametrize(
    "label",
    [
        text(23, 56, "其他处理", deltas='DeltaY="g 3 5"') + text(29, 56, "情况", deltas='DeltaY="5"'),
        text(27, 78, "其他处理情况", more='CTM="0 -1 1 0 0 0"'),
    ],
    ids=["two columns", "upwards"],
)
def test_a_label_that_does_not_run_to_the_right_is_read_in_its_order(label: str) -> None:
    assert _cells(read_ofd(ofd(_TALL + label), "x")) == ["其他处理情况", "12"]


def test_a_struck_figure_is_unreadable() -> None:
    page = (
        RULED
        + text(22, 58, "受理件数合计")
        + text(52, 58, "90", deltas='DeltaX="2"')
        + line(52, 56.6, 54, 56.6)
    )
    document = read_ofd(ofd(page), "x")
    assert _cells(document) == ["受理件数合计", "\ufffd0"]
    assert "struck-text" in _codes(document)


def test_digits_each_in_an_object_of_its_own_are_one_number() -> None:
    """In a wide font: their own widths are nowhere, and no gap is seen between them."""
    year = "".join(text(20 + 2.95 * at, 20, digit) for at, digit in enumerate("2024"))
    assert _texts(read_ofd(ofd(year + text(31.9, 20, "年政府信息公开工作")), "x")) == [
        "2024年政府信息公开工作"
    ]


def test_a_page_may_have_its_own_size() -> None:
    wide = "<ofd:Area><ofd:PhysicalBox>0 0 420 297</ofd:PhysicalBox></ofd:Area>"
    page = text(250, 20, "右半页文字")
    assert "text-off-page" in _codes(read_ofd(ofd(page + text(20, 30, "左半页文字")), "x"))
    assert _texts(read_ofd(ofd(wide + page), "x")) == ["右半页文字"]


def test_the_template_of_a_page_is_read_with_it() -> None:
    template = f'<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content><ofd:Layer>{RULED}</ofd:Layer></ofd:Content></ofd:Page>'
    page = '<ofd:Template TemplateID="5" ZOrder="Background"/>' + text(22, 58, "受理") + text(52, 58, "7")
    data = ofd(
        page,
        page,
        document='<ofd:TemplatePage ID="5" BaseLoc="Tpls/Tpl_0/Content.xml"/>',
        parts={"Doc_0/Tpls/Tpl_0/Content.xml": template},
    )
    assert _cells(read_ofd(data, "x")) == ["受理", "7"] * 2


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (text(20, 80, "水印", more='CTM="0.7 0.7 -0.7 0.7 0 0"'), "slanted-text"),
        (text(20, 80, "隐藏", more='Visible="false"'), "hidden-text"),
        (text(20, 80, "隐藏", more='Fill="false"'), "hidden-text"),
        (text(20, 400, "页外"), "text-off-page"),
        (text(20, 80, "坏字", deltas='DeltaX="nan"'), "object-not-read"),
        (text(20, 80, "坏", deltas='DeltaX="g"'), "object-not-read"),
        (text(20, 80, "坏", more='CharDirection="45"'), "object-not-read"),
        (text(20, 80, "坏").replace("Boundary", "Bounds"), "object-not-read"),
        (line(1, 2, 3, 4).replace("M 0 0", "M 0 zero"), "object-not-read"),
        (line(1, 2, 3, 4).replace("M 0 0", "X 0 0"), "object-not-read"),
        ('<ofd:ImageObject Boundary="0 0 210 297"/>', "picture"),
        ('<ofd:CompositeObject Boundary="0 0 210 297" ResourceID="3"/>', "composite-not-read"),
    ],
)
def test_what_is_not_read_is_said_with_its_page(more: str, code: str) -> None:
    document = read_ofd(ofd(text(20, 20, "第一页文字"), text(20, 20, "第二页文字") + more), "x")
    (note,) = [note for note in document.notes if note.code == code]
    assert [place.page for place in note.places] == [2]
    assert _texts(document) == ["第一页文字", "第二页文字"]


def test_a_character_of_a_font_of_its_own_is_unreadable() -> None:
    document = read_ofd(ofd(RULED + text(22, 58, "受理件数合计") + text(52, 58, "1\ue0002")), "x")
    assert _cells(document) == ["受理件数合计", "1\ufffd2"]
    assert "unreadable-characters" in _codes(document)


@pytest.mark.parametrize(
    "change",
    [
        ("<ofd:AbbreviatedData>", '<ofd:StrokeColor Value="255 255 255"/><ofd:AbbreviatedData>'),
        ("LineWidth", 'Visible="false" LineWidth'),
        ("LineWidth", 'Alpha="0" LineWidth'),
        ("LineWidth", 'Stroke="false" LineWidth'),
        (" L ", " Q 1 1 "),
    ],
    ids=["white", "hidden", "transparent", "not drawn", "curved"],
)
def test_lines_that_do_not_show_are_no_table(change: tuple[str, str]) -> None:
    words = text(22, 58, "受理件数")
    assert _cells(read_ofd(ofd(RULED + words), "x"))
    assert not _cells(read_ofd(ofd(RULED.replace(*change) + words), "x"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ofd(), "scan"),
        (ofd('<ofd:ImageObject Boundary="0 0 210 297"/>'), "scan"),
        (ofd(text(20, 20, "plain words")), "unusable-text"),
        (ofd(text(20, 20, "一二三四五" + "\ue000" * 5)), "unusable-text"),
        (ofd(text(20, 20, "一")).replace(b"Document.xml", b"Dokument.xml"), "no-document"),
        (ofd(parts={"OFD.xml": "<ofd/>"}), "no-document"),
        (ofd(parts={"OFD.xml": "<ofd"}), "damaged-xml"),
        (ofd(parts={"OFD.xml": "<!DOCTYPE x><ofd/>"}), "document-type"),
        (ofd(parts={"Doc_0/Document.xml": "<cut"}), "damaged-xml"),
        (ofd(*[""] * 501), "too-large"),
        (ofd(text(20, 20, "字" * 10_001) * 2), "too-large"),
    ],
    ids=[
        "no page", "picture", "latin", "private", "renamed", "empty", "cut", "entities", "document cut", "pages", "characters",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as refusal:
        read_ofd(data, "年报.ofd")
    assert refusal.value.code == code


def test_a_template_drawn_on_every_page_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_OBJECTS", 30)
    page = RULED + text(22, 58, "受理")
    read_ofd(ofd(*[page] * 5), "x")
    with pytest.raises(ReadError) as refusal:
        read_ofd(ofd(*[page] * 6), "x")
    assert refusal.value.code == "too-large"


def test_pages_that_share_a_part_are_bounded_too() -> None:
    """A small archive names one part of 60 MB as each of its pages."""
    data = ofd(*["x" * 60_000_000], *[""] * 9)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    shared = BytesIO()
    with zipfile.ZipFile(shared, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            for index in range(1, 10):
                content = content.replace(b"Page_%d/" % index, b"Page_0/")  # noqa: PLW2901
            archive.writestr(name, content)
    with pytest.raises(ReadError) as refusal:
        read_ofd(shared.getvalue(), "年报.ofd")
    assert refusal.value.code == "expands-too-far"


def test_what_else_the_file_holds_is_said() -> None:
    data = ofd(
        text(20, 20, "第一页文字"),
        document="<ofd:Annotations>Annotations.xml</ofd:Annotations><ofd:Attachments>a.xml</ofd:Attachments>",
        entry="<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody>",
    )
    told = {"annotations-not-read", "attachments-not-read", "other-documents-not-read"}
    assert _codes(read_ofd(data, "x")) == told


def test_a_page_that_is_missing_is_said() -> None:
    page = text(20, 20, "第一页文字")
    document = read_ofd(ofd(page, page).replace(b"Page_1/", b"Page_7/"), "x")
    (note,) = [note for note in document.notes if note.code == "page-not-read"]
    assert [place.page for place in note.places] == [2]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.text("0123456789受理", max_size=4), min_size=2, max_size=4), min_size=2, max_size=5)
)
def test_any_ruled_table_comes_back_as_printed(table: list[list[str]]) -> None:
    wide = min(map(len, table))
    rows = [row[:wide] for row in table]
    page = text(20, 20, "一、总体情况")
    for index in range(len(rows) + 1):
        page += line(20, 40 + 10 * index, 20 + 30 * wide, 40 + 10 * index)
    for index in range(wide + 1):
        page += line(20 + 30 * index, 40, 20 + 30 * index, 40 + 10 * len(rows))
    for at, row in enumerate(rows):
        for index, words in enumerate(row):
            page += text(22 + 30 * index, 47 + 10 * at, words, size=4) if words else ""
    expected = [cell for row in rows for cell in row] if any(map(any, rows)) else []
    assert _cells(read_ofd(ofd(page), "x")) == expected


def test_no_change_of_its_xml_crashes_the_reader() -> None:
    """Numbers, names and marks of a report's pages, changed by chance: an answer or a refusal in words."""
    chance = random.Random(3)  # noqa: S311  the same changes each time
    refused = set()
    with zipfile.ZipFile(BytesIO(_as_ofd(PDFS[1]))) as archive:
        parts = {name: archive.read(name).decode().partition("?>")[2] for name in archive.namelist()}
    for _ in range(150):
        name = chance.choice(sorted(parts))
        content = parts[name]
        at = chance.randrange(len(content))
        put = chance.choice(
            ["", "9", "-", "e9", " ", '"', "<", "/", "nan", "inf", "Object", "\ufffd", content[at : at + 40]]
        )
        changed = content[:at] + put + content[at + chance.randrange(1, 9) :]
        try:
            read_ofd(ofd(parts={**parts, name: changed}), "x")
        except ReadError as refusal:
            refused.add(refusal.code)
    assert refused <= {"damaged-xml", "no-document", "scan"}


@pytest.mark.parametrize(("limit", "what"), [("MOST_CHARS", "characters"), ("MOST_LINES", "lines")])
def test_the_limit_that_is_hit_is_said(limit: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ofd_page, limit, 3)
    with pytest.raises(ReadError, match=f"page 1 exceeds 3 {what}"):
        read_ofd(ofd(text(20, 20, "一二") * 2 if what == "characters" else RULED), "x")
