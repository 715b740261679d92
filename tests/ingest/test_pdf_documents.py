"""PDFs of real producers, against what is printed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from grades import read_variant
from mutants import mutant

from disclosure_rules.ingest.pdf import pdf_reader
from disclosure_rules.model.document import Document, Grid

if TYPE_CHECKING:
    from disclosure_rules.hookspecs import Reader

DATA = Path(__file__).resolve().parents[1] / "data"
TRUTH = json.loads((DATA / "reports" / "hongze-quzhengfu-2024.truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def reader() -> Reader:
    return pdf_reader()


def _read(reader: Reader, path: Path) -> Document:
    document = reader.read(path.read_bytes(), path.name)
    assert isinstance(document, Document)
    return document


def _grids(document: Document) -> list[Grid]:
    return [block.grid for block in document.blocks if block.grid]


def _rows(grid: Grid) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


def test_every_cell_of_a_wps_export_is_read(reader: Reader) -> None:
    document = _read(reader, DATA / "reports" / "hongze-quzhengfu-2024.pdf")
    second, third, fourth = map(_rows, _grids(document))
    printed = [row[-7:] for row in third[3:]]
    assert printed == [[str(value) for value in row.values()] for row in TRUTH["tables"]["requests"].values()]
    reviews = TRUTH["tables"]["reviews_and_litigation"].values()
    assert fourth[-1] == [str(value) for group in reviews for value in group.values()]
    numbers = [text for row in second for text in row if text.isdigit()]
    disclosed = TRUTH["tables"]["proactive_disclosure"].values()
    assert numbers == [str(value) for row in disclosed for value in row.values()]


def test_the_printed_labels_are_kept_with_their_misprints_and_their_vertical_writing(reader: Reader) -> None:
    document = _read(reader, DATA / "reports" / "hongze-quzhengfu-2024.pdf")
    third = _grids(document)[1]
    assert any(cell.text == "2.其他法律行政止公开" for cell in third.cells)
    group = next(cell for cell in third.cells if cell.text == "三、本年度办理结果")
    assert (group.row, group.row_span, group.location.page) == (5, 20, 3)


def test_paragraphs_are_whole_over_lines_and_pages_and_hold_no_page_numbers(reader: Reader) -> None:
    document = _read(reader, DATA / "reports" / "hongze-quzhengfu-2024.pdf")
    paragraphs = [block.text for block in document.blocks if block.kind == "paragraph"]
    assert len(paragraphs) == 18
    assert paragraphs[:2] == ["淮安市洪泽区人民政府", "2024年政府信息公开工作年度报告"]
    over_pages = next(text for text in paragraphs if text.startswith("针对存在问题"))
    assert "答复书模板，使各行政机关答复的方式" in over_pages
    assert not any("-4-" in text or " " in text for text in paragraphs)
    notes = {note.code: note for note in document.notes}
    assert notes["page-furniture"].words == ("-1-", "-2-", "-3-", "-4-", "-5-")
    assert notes["table-joined"].count == 2


def test_rows_cut_by_a_page_break_are_mended_and_cells_cut_by_the_paper_are_unreadable(
    reader: Reader,
) -> None:
    document = _read(reader, DATA / "variants" / "shuyang-libreoffice-cut-rows.pdf")
    grid = next(grid for grid in _grids(document) if "勾稽关系" in grid.cells[0].text)
    rows = _rows(grid)
    assert len(rows) == 28
    labels = [cell.text for cell in grid.cells]
    assert {
        "社会公益组织",
        "3.危及“三安全一稳定”",
        "（四）无法提供",
        "5.要求行政机关确认或重新出具已获取信息",
    } <= set(labels)
    assert [row[-7] for row in rows[3:]] == ["26", "0", "26", *["0"] * 20, "26", "0"]
    assert all(set(row[-1]) == {"\ufffd"} for row in rows[3:])
    codes = {note.code: note for note in document.notes}
    assert [place.page for place in codes["row-joined"].places] == [6, 7, 8, 9]
    assert "table-off-page" in codes


def test_a_row_whose_units_stand_behind_the_page_break_is_one_row() -> None:
    found, _ = read_variant("made-11-libreoffice")
    assert (found.flagged, found.wrong) == (0, [])
    assert "row-joined" in found.notes


@pytest.mark.parametrize("seed", [25, 41])
def test_a_number_whose_last_digits_are_lost_behind_the_page_break_is_no_number(
    reader: Reader, seed: int
) -> None:
    """110件 is printed as 11 above the break and 0件 below it, which these copies have lost."""
    document = reader.read(
        mutant((DATA / "variants" / "made-11-libreoffice.pdf").read_bytes(), "pdf", seed).data, "x"
    )
    assert isinstance(document, Document)
    last = _rows(_grids(document)[-1])[-1]
    assert "11" not in last
    assert last[-1] == "11\ufffd"


@pytest.mark.parametrize("seed", [336, 345, 386, 755, 911])
def test_digits_lost_on_either_side_of_a_page_break_leave_no_other_number(reader: Reader, seed: int) -> None:
    """The same row in copies that have lost a font, or show the lower half of the row as a table of its own."""
    copy = mutant((DATA / "variants" / "made-11-libreoffice.pdf").read_bytes(), "pdf", seed).data
    document = reader.read(copy, "x")
    assert isinstance(document, Document)
    last = next(rows[-1] for grid in _grids(document) if len((rows := _rows(grid))[-1]) == 15)
    assert not {"11", "11件", "0件", "件0"} & {text for text in last if text}
    assert any("\ufffd" in text for text in last)


def test_a_blank_form_has_blank_cells(reader: Reader) -> None:
    document = _read(reader, DATA / "variants" / "template-blank-2021-libreoffice.pdf")
    _, third, fourth = map(_rows, _grids(document))
    assert [row[-7:] for row in third[3:]] == [[""] * 7] * 25
    assert fourth[-1] == [""] * 15


def test_a_page_printed_by_a_browser_is_read(reader: Reader) -> None:
    document = _read(reader, DATA / "variants" / "shuyang-chromium-requests.pdf")
    (grid,) = _grids(document)
    rows = _rows(grid)
    assert [(row[-7], row[-1]) for row in rows[3:]] == [
        ("26", "26"), ("0", "0"), ("26", "26"), *[("0", "0")] * 20, ("26", "26"), ("0", "0")
    ]  # fmt: skip
    assert all(row[-6:-1] == [""] * 5 for row in rows[3:])
    assert any(cell.text == "3.危及“三安全一稳定”" for cell in grid.cells)
