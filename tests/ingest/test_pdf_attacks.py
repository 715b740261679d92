"""PDFs that lie, break or bomb: each ends in words, and no number is silently wrong."""

from __future__ import annotations

import gc
import os
import random
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_made import lines, pdf, text

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest import pdf as module
from disclosure_rules.ingest import pdf_process
from disclosure_rules.ingest.pdf import pdf_reader
from disclosure_rules.model.document import Document

if TYPE_CHECKING:
    from disclosure_rules.hookspecs import Reader

DATA = Path(__file__).resolve().parents[1] / "data"
HAN = "一二三四五六七八九十"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return pdf_reader()


def _read(reader: Reader, data: bytes) -> Document:
    document = reader.read(data, "年报.pdf")
    assert isinstance(document, Document)
    return document


def _refused(reader: Reader, data: bytes) -> ReadError:
    with pytest.raises(ReadError) as refusal:
        reader.read(data, "年报.pdf")
    assert refusal.value.place == "年报.pdf"
    return refusal.value


def _cells(document: Document) -> list[str]:
    return [cell.text for block in document.blocks if block.grid for cell in block.grid.cells]


def _codes(document: Document) -> set[str]:
    return {note.code for note in document.notes}


def test_a_plain_page_is_read(reader: Reader) -> None:
    page = text(72, 700, "一、总体情况") + lines([72, 200, 300], [500, 530, 560])
    page += text(80, 540, "项目") + text(210, 540, "件数") + text(80, 510, "受理") + text(210, 510, "12")
    document = _read(reader, pdf(page))
    assert document.blocks[0].text == "一、总体情况"
    assert _cells(document) == ["项目", "件数", "受理", "12"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\nnothing", "broken-file"),
        ((DATA / "variants" / "encrypted.pdf").read_bytes(), "encrypted"),
        (pdf("0 0 100 100 re f"), "scan"),
        (pdf(text(72, 700, HAN, mode=3)), "scan"),
        (pdf(text(72, 700, "plain words")), "unusable-text"),
        (pdf(text(72, 700, "\ue000" * 20 + HAN)), "unusable-text"),
        (pdf(text(72, 700, HAN), count=501), "too-large"),
        (pdf("0 0 m 9 9 l S\n" * 50_001), "too-large"),
        (pdf("".join(text(72, 20 * row, HAN * 700) for row in range(1, 31))), "too-large"),
    ],
    ids=["broken", "encrypted", "picture", "hidden", "latin", "private", "pages", "objects", "characters"],
)
def test_what_cannot_be_read_is_refused_in_words(reader: Reader, data: bytes, code: str) -> None:
    assert _refused(reader, data).code == code


def test_hidden_slanted_and_off_page_text_is_left_out_and_noted(reader: Reader) -> None:
    page = text(72, 700, HAN) + text(72, 600, "藏", mode=3) + text(300, 400, "水印", turn="0.7 0.7 -0.7 0.7")
    document = _read(reader, pdf(page + text(900, 500, "外")))
    assert [block.text for block in document.blocks] == [HAN]
    assert {"hidden-text", "slanted-text"} <= _codes(document)


def test_numbers_printed_over_each_other_are_no_number(reader: Reader) -> None:
    page = (
        text(72, 700, HAN) + lines([72, 200, 300], [500, 530]) + text(210, 510, "15") + text(211, 510, "23")
    )
    document = _read(reader, pdf(page))
    assert "overlapping-text" in _codes(document)
    assert "\ufffd" in _cells(document)[1]


def test_bold_made_by_printing_twice_is_printed_once(reader: Reader) -> None:
    page = (
        text(72, 700, HAN) + lines([72, 200, 300], [500, 530]) + text(210, 510, "15") + text(210.3, 510, "15")
    )
    assert _cells(_read(reader, pdf(page)))[1] == "15"


def test_a_number_over_a_border_is_no_number(reader: Reader) -> None:
    page = text(72, 700, HAN) + lines([72, 200, 300], [500, 530]) + text(185, 510, "123456")
    document = _read(reader, pdf(page))
    assert "number-over-border" in _codes(document)
    assert all(cell.endswith("\ufffd") for cell in _cells(document))


def test_white_rectangles_behind_text_are_no_table(reader: Reader) -> None:
    page = "".join(
        f"1 1 1 rg 72 {y} 400 20 re f 0 0 0 rg\n" + text(72, y + 4, HAN) for y in range(300, 500, 20)
    )
    page += "0.8 0.9 1 rg 72 600 200 20 re f 0 0 0 rg\n"
    assert all(block.kind == "paragraph" for block in _read(reader, pdf(page)).blocks)


@pytest.mark.parametrize(("rotate", "turn"), [(90, "0 1 -1 0"), (180, "-1 0 0 -1"), (270, "0 -1 1 0")])
def test_a_turned_page_reads_as_it_is_seen(reader: Reader, rotate: int, turn: str) -> None:
    steps = {90: (20, 0), 180: (0, 20), 270: (-20, 0)}[rotate]
    first, second = (300, 400), (300 + steps[0], 400 + steps[1])
    page = text(*first, "上面一行", turn=turn) + text(*second, "下面一行", turn=turn)
    assert (
        "".join(block.text for block in _read(reader, pdf(page, rotate=rotate)).blocks) == "上面一行下面一行"
    )


def test_a_killed_worker_is_an_error_and_the_next_document_is_read(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = pdf(text(72, 700, HAN))
    _read(reader, good)
    asked = pdf_process._ask

    def killed(process: object, data: bytes) -> object:
        os.kill(process.pid, signal.SIGKILL)  # type: ignore[attr-defined]
        return asked(process, data)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(pdf_process, "_ask", killed)
        assert _refused(reader, good).code == "reader-lost"
    assert _read(reader, good).blocks[0].text == HAN


def test_a_late_worker_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_process, "WALL_SECONDS", 0)
    slow = pdf(*[text(72, 700, HAN * 1000)] * 30)
    assert _refused(pdf_reader(), slow).code == "too-slow"


def test_the_worker_ends_with_its_reader() -> None:
    own = pdf_reader()
    own.read(pdf(text(72, 700, HAN)), "x")
    process = own.read._process._process  # type: ignore[attr-defined]
    assert process.poll() is None
    del own
    gc.collect()
    assert process.poll() is not None


def test_a_missing_library_is_told(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    refusal = _refused(reader, pdf(text(72, 700, HAN)))
    assert refusal.code == "missing-extra"
    assert "disclosure-rules[documents]" in refusal.text("en")


def test_mutants_of_a_real_file_end_in_words_and_another_number_is_never_without_a_note(
    reader: Reader,
) -> None:
    original = (DATA / "reports" / "hongze-quzhengfu-2024.pdf").read_bytes()
    numbers = {cell for cell in _cells(_read(reader, original)) if cell.isdigit()}
    chance = random.Random(20260101)  # noqa: S311  the same mutants every time
    refused = 0
    for _ in range(60):
        data = bytearray(original)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        else:
            for _ in range(chance.randrange(1, 40)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            document = _read(reader, bytes(data))
        except ReadError:
            refused += 1
        else:
            found = {cell for cell in _cells(document) if cell.isdigit()}
            assert found <= numbers or _codes(document) - {"page-furniture", "table-joined"}
    assert 0 < refused < 60


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["", "0", "7", "1234", "无", "第一项", "12.50"]), min_size=3, max_size=3),
        min_size=2,
        max_size=8,
    )
)
def test_any_ruled_table_comes_back_as_printed(reader: Reader, table: list[list[str]]) -> None:
    xs, ys = [72, 172, 272, 372], [600 - 25 * row for row in range(len(table) + 1)]
    page = text(72, 700, HAN) + lines(xs, ys)
    page += "".join(
        text(xs[column] + 10, ys[row] - 18, words)
        for row, cells in enumerate(table)
        for column, words in enumerate(cells)
        if words
    )
    found = _cells(_read(reader, pdf(page)))
    assert found == [words for cells in table for words in cells] or not any(map(any, table))
