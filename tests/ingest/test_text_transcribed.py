"""Reports that a program has made Markdown of: every group of rows a table, pieces of labels between them, pages torn."""

from __future__ import annotations

from pathlib import Path

import pytest
from texts_read import read, told, values

from disclosure_rules.model.report import CellStatus
from disclosure_rules.pipeline import Checker

FOLDER = Path(__file__).resolve().parent.parent / "data" / "transcribed"
SHUYANG = (FOLDER / "shuyang-xianzhengfu-2025.md").read_text("utf-8")
SHANGHAI = (FOLDER / "shanghai-zhengfubangongting-2025.md").read_text("utf-8")
TITLE = "# 沭阳县人民政府2025年政府信息公开工作年度报告\n\n## 一、总体情况\n"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


def test_rows_that_each_have_a_table_are_one_table(checker: Checker) -> None:
    report = read(checker, SHUYANG)
    requests = report.tables["requests"]
    assert len(requests.values) == 175
    assert None not in requests.values
    assert values(checker, report, "requests", "received") == [705, 3, 0, 0, 5, 0, 713]
    assert values(checker, report, "requests", "granted") == [290, 1, 0, 0, 3, 0, 294]
    assert values(checker, report, "requests", "not_processed_repeated") == [6, 1, 0, 0, 0, 0, 7]
    assert values(checker, report, "requests", "other_fee_unpaid") == [7, 0, 0, 0, 0, 0, 7]
    assert values(checker, report, "requests", "results_total") == [710, 3, 0, 0, 5, 0, 718]
    assert values(checker, report, "requests", "carried_out") == [31, 0, 0, 0, 0, 0, 31]


def test_names_of_columns_that_say_nothing_do_not_bear_out_wrong_totals(checker: Checker) -> None:
    wrong = SHUYANG.replace("| 290 | 1 | 0 | 0 | 3 | 0 | 294 |", "| 290 | 1 | 0 | 0 | 3 | 294 | 0 |")
    shifted = wrong.replace("| 705 | 3 | 0 | 0 | 5 | 0 | 713 |", "| 713 | 705 | 3 | 0 | 0 | 5 | 0 |")
    assert shifted != wrong != SHUYANG
    moved = shifted.replace("| 710 | 3 | 0 | 0 | 5 | 0 | 718 |", "| 718 | 710 | 3 | 0 | 0 | 5 | 0 |")
    for old in ("| 99 | 0 | 0 | 0 | 2 | 0 | 101 |", "| 142 | 1 | 0 | 0 | 0 | 0 | 143 |"):
        moved = moved.replace(old, "| 1 | 0 | 0 | 0 | 0 | 0 | 9 |")
    assert values(checker, read(checker, moved), "requests", "received") == [None] * 7


def test_the_groups_of_table_4_below_a_caption_each_are_one_table(checker: Checker) -> None:
    report = read(checker, SHUYANG)
    assert values(checker, report, "reviews_and_litigation", "review") == [27, 10, 9, 15, 61]
    assert values(checker, report, "reviews_and_litigation", "litigation_direct") == [3, 0, 0, 0, 3]
    assert values(checker, report, "reviews_and_litigation", "litigation_after_review") == [8, 0, 1, 1, 10]
    texts = [paragraph.text for section in report.sections for paragraph in section.paragraphs]
    assert "行政复议" not in texts


def test_groups_of_table_4_in_another_order_are_not_taken_for_it(checker: Checker) -> None:
    first, second = "### 行政诉讼（未经复议直接起诉）", "### 行政诉讼（复议后起诉）"
    swapped = SHUYANG.replace(first, "@").replace(second, first).replace("@", second)
    report = read(checker, swapped)
    assert "reviews_and_litigation" not in report.tables or not any(
        report.tables["reviews_and_litigation"].values
    )


def test_a_transcribed_report_has_the_findings_of_the_report(checker: Checker) -> None:
    assert told(checker, SHUYANG) == {
        "cn/document/county-unknown",
        "cn/overview/accountability-missing",
        "cn/overview/aspects-missing",
        "cn/other_matters/fees-unpaid-unreported",
    }


def test_lines_between_the_parts_of_a_table_are_no_headings(checker: Checker) -> None:
    report = read(checker, SHANGHAI)
    assert "三、本法提供" not in [section.heading for section in report.sections]
    note = next(note for note in report.notes if note.code == "table-debris")
    assert "三、本法提供" in note.words
    assert "cn/document/section-unforeseen" not in told(checker, SHANGHAI)
    assert "cn/document/bracket-unclosed" not in told(checker, SHANGHAI)


def test_figures_beside_a_piece_of_a_label_leave_the_missing_rows_open(checker: Checker) -> None:
    report = read(checker, SHANGHAI)
    requests = report.tables["requests"]
    index = checker.layouts[requests.form].table("requests").index
    for row in ("not_processed_confirmation", "other_no_correction", "other_fee_unpaid"):
        cell = requests.cell(index[row, "total"])
        assert (cell.status, cell.number) == (CellStatus.UNREADABLE, None)
    assert requests.cell(index["other_no_correction", "total"]).text.endswith("40 | 1 | 0 | 0 | 2 | 0 | 43")
    assert values(checker, report, "requests", "other_rest") == [264, 12, 0, 0, 0, 0, 276]
    assert "cn/document/row-unforeseen" not in told(checker, SHANGHAI)
    assert "cn/document/cell-not-a-number" not in told(checker, SHANGHAI)


def test_a_cell_of_which_nothing_is_known_holds_no_words(checker: Checker) -> None:
    result = checker.check(
        {
            "layout": "2021",
            "year": 2024,
            "tables": {
                "reviews_and_litigation": {"review": {"upheld": {"status": "unreadable"}, "total": 1}}
            },
        }
    )
    rule = "cn/document/cell-not-a-number"
    assert rule not in {finding.rule for finding in result.findings}
    assert "无法读取" in next(one.reason.zh for one in result.open if one.rule == rule)


def test_the_number_of_a_page_is_not_read_into_a_sentence(checker: Checker) -> None:
    report = read(checker, SHANGHAI)
    assert "公开属性审查 166 件、发布审查 330 件。" in "\n".join(
        paragraph.text for section in report.sections for paragraph in section.paragraphs
    )
    note = next(note for note in report.notes if note.code == "page-numbers")
    assert note.count == 6


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (
            "我县坚持以群众需求为导向，聚焦重点领域和关键环节，努力让政务信息看",
            "得懂、用得上、易监督。",
            True,
        ),
        (
            "我县坚持以群众需求为导向，聚焦重点领域和关键环节，努力让政务信息看得懂。",
            "群众满意。",
            False,
        ),
        (
            "我县坚持以群众需求为导向，聚焦重点领域和关键环节，努力让政务信息看得懂",
            "一是拓宽渠道。",
            False,
        ),
        ("沭阳县人民政府", "得懂、用得上、易监督。", False),
    ],
)
def test_a_paragraph_of_markdown_that_breaks_off_goes_on_below_the_blank_line(
    checker: Checker, first: str, second: str, *, joined: bool
) -> None:
    report = read(checker, f"{TITLE}\n{first}\n\n{second}\n")
    texts = [paragraph.text for paragraph in report.sections[0].paragraphs]
    assert texts == ([first + second] if joined else [first, second])
    if joined:
        assert report.sections[0].paragraphs[0].lines[-1] == (len(first), 7)


def test_a_section_whose_heading_alone_was_lost_is_not_told_as_missing(checker: Checker) -> None:
    rule = "cn/problems_and_improvements/section-missing"
    result = checker.check(SHANGHAI.encode(), name="年报.md")
    assert rule not in {finding.rule for finding in result.findings}
    assert rule in {one.rule for one in result.open}
    note = next(note for note in result.notes if note.code == "heading-lost")
    assert note.words == ("（二）2025 年工作中存在的主要问题",)
    assert note.places[0].section == "problems_and_improvements"
    without = SHANGHAI.replace("（二）2025 年工作中存在的主要问题\n", "")
    assert rule in told(checker, without)


def test_a_line_of_the_name_of_a_section_that_is_there_says_nothing(checker: Checker) -> None:
    whole = SHANGHAI.replace(
        "六、其他需要", "五、存在的主要问题及改进情况\n依申请公开质量有待提高。\n六、其他需要"
    )
    assert "heading-lost" not in {note.code for note in read(checker, whole).notes}


REPEATED = """\
# 沭阳县人民政府2025年政府信息公开工作年度报告

## 二、主动公开政府信息情况

| 第二十条第（一）项 | 第二十条第（一）项 | 第二十条第（一）项 | 第二十条第（一）项 |
|---|---|---|---|
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
| 规章 | 3 | 3 | 3 |
| 行政规范性文件 | 564 | 984 | 4185 |
| 第二十条第（五）项 | 第二十条第（五）项 | 第二十条第（五）项 | 第二十条第（五）项 |
| 信息内容 | 本年处理决定数量 | 本年处理决定数量 | 本年处理决定数量 |
| 行政许可 | 11398889 | 11398889 | 11398889 |
| 第二十条第（六）项 | 第二十条第（六）项 | 第二十条第（六）项 | 第二十条第（六）项 |
| 信息内容 | 本年处理决定数量 | 本年处理决定数量 | 本年处理决定数量 |
| 行政处罚 | 12 | 12 | 13 |
"""


def test_a_cell_that_is_written_once_for_each_column_it_spans_is_one(checker: Checker) -> None:
    report = read(checker, REPEATED)
    assert values(checker, report, "proactive_disclosure", "government_rules") == [3, 3, 3]
    assert values(checker, report, "proactive_disclosure", "administrative_licensing") == [11398889]
    # Different figures below one name: which of them counts nobody can tell.
    assert values(checker, report, "proactive_disclosure", "administrative_penalty") == [None]


SPANS = (
    "<table><tr><td colspan='5'>行政复议</td><td colspan='10'>行政诉讼</td></tr>\n"
    "<tr>{outcomes}<td colspan='5'>未经复议直接起诉</td><td colspan='5'>复议后起诉</td></tr>\n"
    "<tr>{blanks}{outcomes}{outcomes}</tr>\n<tr>{figures}</tr></table>"
)


def _spans(figures: str) -> str:
    outcomes = "".join(
        f"<td>{name}</td>" for name in ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    )
    cells = "".join(f"<td>{figure}</td>" for figure in figures.split())
    return SPANS.format(outcomes=outcomes, blanks="<td></td>" * 5, figures=cells)


@pytest.mark.parametrize(
    ("before", "behind"),
    [("", "\n"), ("<html><body>", "</body></html>\n"), ("下表：", ""), ("\n", "\r\n")],
)
def test_a_table_of_html_within_a_text_is_read_in_its_place(
    checker: Checker, before: str, behind: str
) -> None:
    table = _spans("376 97 196 121 790 16 1 12 27 56 74 1 30 51 156")
    text = (
        f"{TITLE}\n有序推进。\n\n## 四、政府信息公开行政复议、行政诉讼情况\n\n{before}{table}{behind}\n"
        "## 五、存在的主要问题及改进情况\n质量有待提高。\n"
    )
    report = read(checker, text)
    assert values(checker, report, "reviews_and_litigation", "review") == [376, 97, 196, 121, 790]
    assert values(checker, report, "reviews_and_litigation", "litigation_after_review") == [
        74,
        1,
        30,
        51,
        156,
    ]
    lines = text.splitlines()
    place = report.tables["reviews_and_litigation"].cell(0).location.line
    assert place is not None
    assert "<td>376</td>" in lines[place - 1]
    last = report.section("problems_and_improvements")
    assert last is not None
    assert lines[(last.location.line or 0) - 1] == "## 五、存在的主要问题及改进情况"
    assert "cn/document/markup-left" not in told(checker, text)


def test_a_table_of_html_that_is_never_closed_takes_nothing_from_what_is_read(checker: Checker) -> None:
    table = _spans("376 97 196 121 790 16 1 12 27 56 74 1 30 51 156").removesuffix("</tr></table>")
    report = read(checker, f"{TITLE}\n有序推进。\n\n## 四、政府信息公开行政复议、行政诉讼情况\n\n{table}")
    assert values(checker, report, "reviews_and_litigation", "review") == [376, 97, 196, 121, 790]


@pytest.mark.parametrize("hostile", ["#\ufffc0", "#\ufffc7", "<table>" * 100, "<table" * 50_000])
def test_what_only_looks_like_a_table_breaks_nothing(checker: Checker, hostile: str) -> None:
    report = read(
        checker, f"{TITLE}\n有序推进。\n\n{hostile}\n\n## 五、存在的主要问题及改进情况\n质量有待提高。\n"
    )
    assert report.year == 2025
    assert [section.key for section in report.sections] == ["overview", "problems_and_improvements"]


def test_marks_of_markdown_on_figures_are_not_read_as_text(checker: Checker) -> None:
    text = SHANGHAI.replace("申请 1295 件", "申请 **1296** 件").replace("17.46%", "$17.46\\%$")
    text = text.replace("正文\n", "# 正文\n")
    report = read(checker, text)
    printed = "\n".join(paragraph.text for section in report.sections for paragraph in section.paragraphs)
    assert "申请 1296 件" in printed
    assert "（17.46%）" in printed
    assert "cn/requests/figure-unequal-table" in told(checker, text)
    assert "markdown-marks" in {note.code for note in report.notes}


def test_letters_withheld_and_prices_keep_their_signs(checker: Checker) -> None:
    words = "申请人李**和王**的申请，电话138****1234，收取$380美元。"
    report = read(checker, f"{TITLE}\n{words}\n")
    assert [paragraph.text for paragraph in report.sections[0].paragraphs] == [words]


def test_pictures_in_markdown_are_told_and_are_no_text(checker: Checker) -> None:
    report = read(
        checker, f'{TITLE}\n有序推进。\n\n![图1](images/a.jpg)\n\n![](https://a.invalid/b.png "图")\n'
    )
    assert [paragraph.text for paragraph in report.sections[0].paragraphs] == ["有序推进。"]
    note = next(note for note in report.notes if note.code == "image-not-read")
    assert [place.line for place in note.places] == [7, 9]


def test_the_aspects_of_the_overview_are_no_lost_sections(checker: Checker) -> None:
    text = f"{TITLE}\n(一)主动公开政府信息情况\n公开56条。\n\n## 三、收到和处理政府信息公开申请情况\n未收到申请。\n"
    assert "heading-lost" not in {note.code for note in read(checker, text).notes}
    assert "cn/proactive_disclosure/section-missing" in told(checker, text)


@pytest.mark.parametrize(
    ("row", "damaged"),
    [
        # The filling behind the last cell is none of the row's columns, whatever the row has lost.
        (
            "| 8.属于行政查询事项 | 5 | 0 | 0 | 0 | 0 | 0 | 5 |  |",
            "| 8.属于行政查询事项 | 5 | 0 | 0 | 0 | 0 | 5 |  |",
        ),
        (
            "| 6.属于四类过程性信息 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |  |",
            "| 6.属于四类过程性信息 |  | 0 | 0 | 0 | 0 | 0 | 1 |  |",
        ),
    ],
)
def test_a_row_that_lost_a_figure_is_not_read_from_the_filling(
    checker: Checker, row: str, damaged: str
) -> None:
    assert row in SHANGHAI
    report = read(checker, SHANGHAI.replace(row, damaged))
    index = checker.layouts["2021"].table("requests").index
    of_row = {"8": "refused_administrative_query", "6": "refused_process_information"}[row[2]]
    cells = [report.tables["requests"].cell(at) for (key, _), at in index.items() if key == of_row]
    assert {cell.status for cell in cells} == {CellStatus.UNREADABLE}


def test_a_row_of_more_figures_than_columns_is_not_cut(checker: Checker) -> None:
    text = SHUYANG.replace("| 行政规范性文件 | 6 | 1 | 32 |", "| 行政规范性文件 | 0 | 6 | 1 | 32 |")
    text = text.replace("| 行政事业性收费 | 4068.208 |", "| 行政事业性收费 | 0 | 4068.208 |")
    report = read(checker, text)
    assert values(checker, report, "proactive_disclosure", "normative_documents") == [None, None, None]
    assert values(checker, report, "proactive_disclosure", "administrative_charges") == [None]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (SHUYANG, "| 四、结转下年度继续办理 | 31 | 0 | 0 | 0 | 0 | 0 | 31 |"),
        # Here other figures stand beside rows that are missing, and are told there.
        (SHANGHAI, "| 四、结转下年度继续办理 | 290 | 3 | 0 | 0 | 0 | 0 | 293 |"),
    ],
)
def test_figures_beside_a_piece_of_a_label_where_no_row_is_missing_are_listed(
    checker: Checker, text: str, row: str
) -> None:
    more = "| 行政机关不再处理其政府信息公 | 9 | 0 | 0 | 0 | 0 | 0 | 9 |"
    requests = read(checker, text.replace(row, f"{row}\n{more}")).tables["requests"]
    assert [found.value for found in requests.unplaced] == [more.strip("| ")]


def test_a_row_of_words_is_no_header_and_is_not_lost(checker: Checker) -> None:
    row = "| （七）总计 | 710 | 3 | 0 | 0 | 5 | 0 | 718 |"
    words = "| 办理的总数 |" + " 详见附件 |" * 7
    requests = read(checker, SHUYANG.replace(row, words)).tables["requests"]
    assert any("详见附件" in found.value for found in requests.unplaced)


def test_the_headings_between_a_table_and_a_row_of_it_that_stands_far_behind_stay(checker: Checker) -> None:
    row = "| 四、结转下年度继续办理 | 31 | 0 | 0 | 0 | 0 | 0 | 31 |"
    report = read(checker, f"{SHUYANG.replace(row, '')}\n{row}\n")
    assert values(checker, report, "requests", "carried_out") == [31, 0, 0, 0, 0, 0, 31]
    assert [section.key for section in report.sections] == [
        section.key for section in read(checker, SHUYANG).sections
    ]
    assert len(report.sections) == 6


def test_what_a_table_of_html_within_a_text_hides_is_told(checker: Checker) -> None:
    table = _spans("376 97 196 121 790 16 1 12 27 56 74 1 30 51 156")
    hidden = table.replace(
        "<tr><td colspan='5'>", "<tr><td colspan='5'><span style='display:none'>草稿</span>"
    )
    report = read(checker, f"{TITLE}\n有序推进。\n\n## 四、政府信息公开行政复议、行政诉讼情况\n\n{hidden}\n")
    assert values(checker, report, "reviews_and_litigation", "review") == [376, 97, 196, 121, 790]
    assert any("隐藏文字" in note.message.zh for note in report.notes)


@pytest.mark.parametrize("cut", [1, 2])
def test_a_text_that_stops_within_a_character_is_read_and_told_as_broken_off(
    checker: Checker, cut: int
) -> None:
    words = "2025年，我县坚持以群众需求为导向，聚焦重点领域和关键环节，努力让政务信息看得懂、用得"
    data = f"{TITLE}\n{words}上".encode()[:-cut]
    report = checker.load_report(data, name="年报.md")
    assert report.title == "沭阳县人民政府2025年政府信息公开工作年度报告"
    assert [paragraph.text for paragraph in report.sections[0].paragraphs] == [f"{words}\ufffd"]
    result = checker.check(data, name="年报.md")
    assert "encoding-damage" in {note.code for note in result.notes}
    assert "cn/document/text-broken-off" in {finding.rule for finding in result.findings}


def test_a_damaged_byte_in_the_middle_makes_no_other_characters_of_a_text(checker: Checker) -> None:
    data = SHUYANG.encode()
    at = data.index("闭环高效".encode())
    report = checker.load_report(data[:at] + data[at + 1 :], name="年报.md")
    assert values(checker, report, "requests", "received") == [705, 3, 0, 0, 5, 0, 713]
    assert "encoding-damage" in {note.code for note in report.notes}
