"""PDFs that do not hold their fonts, on a machine without a Chinese one: nothing that is not read is read as blank."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from pdf_made import lines, pdf, text

from disclosure_rules.ingest.pdf_remarks import notes_of, refusal

if TYPE_CHECKING:
    from pathlib import Path

# PDFium with no fonts but its own, whatever the machine has.
_READ = """
import ctypes, json, sys
import pypdfium2_raw as pdfium
paths = (ctypes.c_char_p * 2)(sys.argv[1].encode(), None)
at_paths = ctypes.cast(paths, ctypes.POINTER(ctypes.POINTER(ctypes.c_char)))
pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=at_paths))
from disclosure_rules.ingest.pdf_reading import read
print(json.dumps(read(sys.stdin.buffer.read())))
"""
_TABLE = lines([72, 200, 300], [500, 530]) + text(80, 510, "受理件数")


def _without_fonts(data: bytes, folder: Path) -> Any:  # noqa: ANN401  JSON
    command = [sys.executable, "-c", _READ, folder]
    done = subprocess.run(command, input=data, capture_output=True, check=True)  # noqa: S603  our own program
    return json.loads(done.stdout)


def _texts(answer: Any) -> list[str]:  # noqa: ANN401  JSON
    return [cell[4] for block in answer["blocks"] for cell in block.get("cells", [])]


def test_a_mark_that_no_font_shows_is_not_blank(tmp_path: Path) -> None:
    answer = _without_fonts(pdf(_TABLE + text(210, 510, "无"), font_held=False), tmp_path)
    assert _texts(answer) == ["受理件数", "\ufffd"]
    (told,) = [note for note in notes_of(answer["remarks"]) if note.code == "font-missing"]
    assert told.count == 1
    assert "安装中文字体" in told.message.zh


def test_a_font_that_the_file_holds_needs_none_of_the_machine(tmp_path: Path) -> None:
    answer = _without_fonts(pdf(_TABLE + text(210, 510, "无")), tmp_path)
    assert _texts(answer) == ["受理件数", "无"]
    assert "font-missing" not in answer["remarks"]


def test_a_space_in_a_font_that_the_file_holds_is_none_lost(tmp_path: Path) -> None:
    answer = _without_fonts(pdf(_TABLE + text(210, 510, " ")), tmp_path)
    assert _texts(answer) == ["受理件数", ""]


@pytest.mark.parametrize("turn", ["1 0 0 1", "0 1 -1 0"])
def test_a_page_of_single_characters_is_no_scan(turn: str, tmp_path: Path) -> None:
    page = "".join(text(72 + 14 * index, 700, word, turn=turn) for index, word in enumerate("政府信息公开"))
    answer = _without_fonts(pdf(page, font_held=False), tmp_path)
    assert answer == {"error": "font-missing", "texts": 6}
    said = refusal(answer, "年报.pdf")
    assert said.code == "font-missing"
    assert "安装中文字体" in said.zh
