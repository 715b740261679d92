"""Saved pages of three government sites, read as they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from disclosure_rules.ingest.html import HTML_READER, read_html

if TYPE_CHECKING:
    from disclosure_rules.model.document import Block, Document, Grid

REPORTS = Path(__file__).parent.parent / "data" / "reports"
SIX = ("一、", "二、", "三、", "四、", "五、", "六、")
PAGES = ("shuyang-fagaiju-2023", "shanghai-zhengfubangongting-2019", "pingtan-guanweihui-2022")


def page(name: str) -> Document:
    return read_html((REPORTS / f"{name}.html").read_bytes(), name)


def grids(document: Document) -> list[Grid]:
    return [block.grid for block in document.blocks if block.grid]


def fields(document: Document) -> dict[str | None, str]:
    return {block.name: block.text for block in reversed(document.blocks) if block.kind == "keyvalue"}


def printed(number: int | None) -> str:
    return "" if number is None else str(number)


def last_numbers(grid: Grid, columns: int) -> list[list[str]]:
    """The last cells of every row that ends in numbers."""
    rows: dict[int, list[str]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell.text.strip())
    found = [row[-columns:] for row in rows.values() if len(row) >= columns]
    return [row for row in found if all(text == "" or text.isdigit() for text in row)]


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_recognised_and_its_sections_stand_in_order(name: str) -> None:
    data = (REPORTS / f"{name}.html").read_bytes()
    assert HTML_READER.recognises(data[:4096])
    texts = [block.text for block in page(name).blocks if block.kind in ("heading", "paragraph")]
    firsts = [next(at for at, text in enumerate(texts) if text.startswith(number)) for number in SIX]
    assert firsts == sorted(firsts)


@pytest.mark.parametrize("name", PAGES)
def test_every_number_of_tables_3_and_4_is_in_its_grid(name: str) -> None:
    truth = json.loads((REPORTS / f"{name}.truth.json").read_text(encoding="utf-8"))["tables"]
    _, requests, reviews = grids(page(name))
    wanted = [[printed(number) for number in row.values()] for row in truth["requests"].values()]
    assert last_numbers(requests, 7) == wanted
    row = [printed(number) for part in truth["reviews_and_litigation"].values() for number in part.values()]
    assert last_numbers(reviews, 15) == [row]


def test_the_spans_of_the_header_are_kept_as_printed() -> None:
    requests = grids(page("shuyang-fagaiju-2023"))[1]
    first, second = requests.cells[:2]
    assert (first.row_span, first.column_span) == (3, 3)
    assert (second.row, second.column, second.column_span, second.text) == (0, 3, 7, "申请人情况")
    assert max(cell.row + cell.row_span for cell in requests.cells) == 28
    assert max(cell.column + cell.column_span for cell in requests.cells) == 10


def test_metadata_come_from_table_lines_and_head() -> None:
    shuyang = fields(page("shuyang-fagaiju-2023"))
    assert shuyang["名称"] == "沭阳县发展和改革局2023年政府信息公开年度报告"
    assert shuyang["发布机构"] == "沭阳县发展和改革局"
    assert shuyang["公开日期"] == "2024-01-17"
    assert shuyang["索引号"] == "014314799/2024-00002"
    assert shuyang["文号"] == ""
    assert fields(page("shanghai-zhengfubangongting-2019"))["发布日期"] == "2020-01-31"
    pingtan = fields(page("pingtan-guanweihui-2022"))
    assert pingtan["标题"] == "平潭综合实验区2022年度政府信息公开工作年度报告"
    assert pingtan["发布时间"] == "2023-02-20 15:07"
    assert pingtan["来源"] == "平潭县人民政府"


def test_words_torn_by_span_tags_are_whole_and_places_are_lines_of_the_file() -> None:
    name = "shuyang-fagaiju-2023"
    lines = (REPORTS / f"{name}.html").read_text(encoding="utf-8").split("\n")
    blocks = page(name).blocks
    introduction = next(block for block in blocks if "0527—83593059" in block.text)
    assert "统计时限为2023年1月1日至2023年12月31日" in introduction.text
    for block in blocks:
        if block.kind != "grid":
            check_line(block, lines)
    for cell in grids(page(name))[1].cells:
        assert cell.location.line is not None
        assert "<td" in lines[cell.location.line - 1]


def check_line(block: Block, lines: list[str]) -> None:
    assert block.location.line is not None
    if block.text and "&" not in lines[block.location.line - 1]:
        assert block.text[0] in lines[block.location.line - 1]


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-16"])
def test_the_same_page_in_another_encoding_reads_the_same(encoding: str) -> None:
    name = "shuyang-fagaiju-2023"
    text = (
        (REPORTS / f"{name}.html").read_text(encoding="utf-8").replace('charset="utf-8"', 'charset="gb2312"')
    )
    other = read_html(text.encode(encoding, errors="xmlcharrefreplace"), name)
    assert [block.text for block in other.blocks] == [block.text for block in page(name).blocks]


def test_a_page_cut_in_the_middle_of_a_letter_keeps_its_beginning() -> None:
    name = "shuyang-fagaiju-2023"
    data = (REPORTS / f"{name}.html").read_bytes()
    cut = data[: data.index("四、政府信息公开行政复议".encode()) + 1]
    whole, part = page(name), read_html(cut, name)
    assert part.encoding == "utf-8"
    assert part.blocks[:-1] == whole.blocks[: len(part.blocks) - 1]
    assert len(grids(part)) == 2
