"""Text that is struck out in a PDF, as programs print the changes of a draft."""

from __future__ import annotations

from pathlib import Path

from pdf_made import lines, pdf, text

from disclosure_rules.ingest.pdf import pdf_reader
from disclosure_rules.ingest.pdf_page import Char, Rule
from disclosure_rules.ingest.pdf_struck import without_struck
from disclosure_rules.model.document import Document

DATA = Path(__file__).resolve().parents[1] / "data"
UNDER, THROUGH = 2.0, -3.5  # points from the baseline, downwards


def _word(words: str, x: float = 100.0) -> list[Char]:
    return [Char(x + 7 * i, 90, x + 7 * (i + 1), 100, 98, letter) for i, letter in enumerate(words)]


def _left(words: str, *rules: Rule) -> str:
    return "".join(char.text for char in without_struck(_word(words), rules)[0])


def test_struck_words_are_left_out_and_struck_digits_cannot_be_read() -> None:
    assert _left("旧的90件", Rule(98 + THROUGH, 100, 114)) == "90件"
    assert _left("90件", Rule(98 + THROUGH, 100, 107)) == "\ufffd0件"


def test_lines_below_and_borders_strike_nothing_out() -> None:
    border = Rule(98 + THROUGH, 80, 300)
    cut = Rule(98 + THROUGH, 100, 160)  # as of a cell whose text is too high for it
    for rule in (Rule(98 + UNDER, 100, 114), border, cut, Rule(90, 100, 121)):
        assert _left("90件", rule) == "90件"


def test_a_draft_printed_with_its_changes_has_no_number_where_a_digit_was_deleted() -> None:
    """LibreOffice prints the deleted 9 of 90 with a line through it."""
    document = pdf_reader().read((DATA / "variants" / "struck-libreoffice.pdf").read_bytes(), "x")
    assert isinstance(document, Document)
    (grid,) = [block.grid for block in document.blocks if block.grid]
    assert [cell.text for cell in grid.cells if cell.text] == ["行政许可", "90", "行政处罚", "\ufffd0"]
    assert any("本年收到申请\ufffd\ufffd15件，已办结15件" in block.text for block in document.blocks)
    assert "struck-text" in {note.code for note in document.notes}


def test_a_ruled_table_strikes_nothing_out() -> None:
    page = lines((90, 200, 300), (680, 700, 720)) + text(95, 685, "行政许可") + text(205, 685, "90")
    document = pdf_reader().read(pdf(page + text(72, 760, "某县教育局2024年政府信息公开工作年度报告")), "x")
    assert isinstance(document, Document)
    assert "struck-text" not in {note.code for note in document.notes}
