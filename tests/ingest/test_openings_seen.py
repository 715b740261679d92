"""Beginnings of reports as sites publish them: what was once read wrong in one, in its real words, cut short."""

from __future__ import annotations

from pathlib import Path

import pytest

from disclosure_rules.pipeline import Checker

DATA = Path(__file__).resolve().parents[1] / "data"
PREFACE = (
    "根据《中华人民共和国政府信息公开条例》要求,现公布深圳市光明区应急管理局2023年政府信息公开工作年度报告。"
)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


def read(checker: Checker, text: str):  # noqa: ANN201  a report
    return checker.load_report(text.encode(), name="年报.txt")


def test_sub_headings_with_the_names_of_sections_are_none(checker: Checker) -> None:
    report = read(
        checker,
        f"{PREFACE}\n一、总体情况\n(一)主动公开政府信息情况\n2023年,主动公开各类政府信息总数284条。\n"
        "(二)收到和处理政府信息公开申请情况\n本年度依申请公开政府信息共2项。\n(三)政府信息管理\n认真做好全年工作部署。\n",
    )
    assert [section.key for section in report.sections] == ["overview"]


def test_brackets_count_sections_where_nothing_else_does(checker: Checker) -> None:
    report = read(
        checker,
        f"{PREFACE}\n(一)总体情况\n2023年,主动公开284条。\n(二)主动公开政府信息情况\n公开284条。\n"
        "(三)收到和处理政府信息公开申请情况\n收到2件。\n",
    )
    assert [section.key for section in report.sections] == ["overview", "proactive_disclosure", "requests"]


def test_a_remark_on_type_does_not_hide_a_section(checker: Checker) -> None:
    report = read(
        checker,
        "应急管理局2025年政府信息公开工作年度报告\n一、总体情况(宋体加粗小四号字)\n2025年,扎实推进政府信息公开各项工作。\n"
        "二、主动公开政府信息情况\n公开12条。\n",
    )
    assert [section.key for section in report.sections] == ["overview", "proactive_disclosure"]
    assert report.sections[0].heading == "一、总体情况(宋体加粗小四号字)"


CONVERTED = (
    "寧強縣審計局\n2023年政府信息公開工作年度報告\n根據《中華人民共和國政府信息公開條例》要求,現發布本報告。\n一、總體情況\n"
    "2023年,縣審計局嚴格按照《中華人民共和國政府信息公開條例》和省市縣信息公開工作有關要求,明確職責分工。\n"
)


def test_a_converted_text_is_told_and_lacks_no_aspects(checker: Checker) -> None:
    result = checker.check(CONVERTED.encode(), name="年报.txt")
    assert "converted-script" in {note.code for note in result.notes}
    ended = {finding.rule for finding in result.findings}
    assert not ended & {"cn/overview/aspects-missing", "cn/document/title-nonstandard"}
    assert "cn/overview/aspects-missing" in {entry.rule for entry in result.open}


def test_a_simplified_text_with_a_traditional_name_is_not_converted(checker: Checker) -> None:
    simplified = (
        "宁强县审计局2023年政府信息公开工作年度报告\n一、总体情况\n"
        "2023年，县审计局按照条例要求，明确职责分工，办理申请人張國強的申请，加强政府信息管理和平台建设，强化监督保障。\n"
    )
    assert "converted-script" not in {note.code for note in read(checker, simplified).notes}


def test_no_line_end_joined_is_no_remark(checker: Checker) -> None:
    lines = "\n".join(f"| {number} | {number} |" for number in range(30))
    report = read(checker, f"某县审计局2023年政府信息公开工作年度报告\n一、总体情况\n公开56条。\n{lines}\n")
    assert all(note.count != 0 for note in report.notes)


TABLE_TWO = (
    "某县审计局2023年政府信息公开工作年度报告\n一、总体情况\n主动公开56条。\n二、主动公开政府信息情况\n"
    "第二十条第(一)项 |\n|||\n信息内容 |\n本年 制发件数 |\n本年 废止件数 |\n现行有效件数 |\n规章 |\n0 |\n0 |\n0 |\n"
    "行政规范性文件 |\n1 |\n0 |\n5 |\n第二十条第(五)项 |\n|||\n信息内容 |\n本年处理决定数量 |\n||\n行政许可 |\n7 |\n||\n"
    "第二十条第(六)项 |\n|||\n信息内容 |\n本年处理决定数量 |\n||\n行政处罚 |\n3{bars}\n行政强制 |\n0{bars}\n"
    "第二十条第(八)项 |\n|||\n信息内容 |\n本年收费金额(单位:万元) |\n||\n行政事业性收费 |\n0{bars}\n"
)


@pytest.mark.parametrize("bars", [" |\n||", "  | ||"])
def test_cells_on_lines_of_their_own_with_bars_that_close_the_row(checker: Checker, bars: str) -> None:
    report = read(checker, TABLE_TWO.format(bars=bars))
    assert report.tables["proactive_disclosure"].values == (0, 0, 0, 1, 0, 5, 7, 3, 0, 0)


def test_a_title_laid_out_in_a_table_is_the_title(checker: Checker) -> None:
    report = read(
        checker,
        "洪雅县止戈镇2022年政府信息公开工作年度报告 | ||||||\n2023年01月19日 (点击: ) | |||||||\n"
        "一、总体情况 2022年以来,止戈镇人民政府扎实推进政府信息公开工作。\n",
    )
    assert report.title == "洪雅县止戈镇2022年政府信息公开工作年度报告"
    assert report.body is not None
    assert report.body.name == "洪雅县止戈镇人民政府"


def test_fields_in_bars_and_below_the_title_are_fields(checker: Checker) -> None:
    report = read(
        checker,
        "2025年政府信息公开工作年度报告\n| 索引号 | 620702081/2026-00007 | 发文字号 | |\n| 关键词 | | 发布机构 | 北街街道办事处 |\n"
        "时间:2026-01-23 16:24 浏览次数:\n【字体: 大 中 小】\n一、总体情况\n2025年，主动公开56条。\n",
    )
    assert report.body is not None
    assert report.body.name == "北街街道办事处"
    assert report.published == "2026-01-23"
    assert not report.introduction
    assert "table-not-read" not in {note.code for note in report.notes}


@pytest.mark.parametrize(
    ("sentence", "body"),
    [
        ("现公布2012年凤安镇政府信息公开工作年度报告。", "凤安镇人民政府"),
        ("如有疑问，请与凤安镇党政办公室联系。", "凤安镇人民政府"),
        ("如有疑问，请联系：硚口区水务和湖泊局党政办公室，地址：硚口区古田三路2号。", "硚口区水务和湖泊局"),
        ("如有疑问，请与参内乡人民政府办公室联系。", "参内乡人民政府"),
        ("如有疑问，请与鲤城区人民政府办公室联系。", "鲤城区人民政府办公室"),
    ],
)
def test_a_township_reports_and_not_its_office(checker: Checker, sentence: str, body: str) -> None:
    report = read(
        checker, f"{sentence}\n一、概述\n我们重视政府信息公开工作。\n二、政府信息主动公开情况\n公开21条。\n"
    )
    assert report.body is not None
    assert report.body.name == body


def test_a_label_in_pieces_is_that_of_its_row(checker: Checker) -> None:
    """The PDF that LibreOffice makes of the page: three labels stand in several rows, the figures beside the first."""
    page = checker.load_report(DATA / "reports" / "pingtan-guanweihui-2022.html")
    made = checker.load_report(DATA / "variants" / "pingtan-guanweihui-2022-libreoffice.pdf")
    assert made.tables["requests"].values == page.tables["requests"].values
    joined = next(note for note in made.notes if note.code == "label-joined")
    assert joined.count == 3


CUT = (
    "<table><tr><td colspan=3>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td><td colspan=7>申请人情况</td></tr>"
    "<tr><td colspan=3></td><td>自然人</td><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td><td>总计</td></tr>"
    "<tr><td colspan=3>一、本年新收政府信息公开申请数量</td><td>3</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>3</td></tr>"
    "<tr><td colspan=3>{label}</td><td>1</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>1</td></tr>"
    "<tr><td colspan=3>四、结转下年度继续办理</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td></tr></table>"
)


@pytest.mark.parametrize(("label", "ended"), [("某行名已经无法辨认", "open"), ("（一）予以公开", "fail")])
def test_a_row_is_not_missing_where_one_could_not_be_placed(checker: Checker, label: str, ended: str) -> None:
    page = (
        "<html><body><h1>长子县审计局2023年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>主动公开56条。</p>"
        f"<p>三、收到和处理政府信息公开申请情况</p>{CUT.format(label=label)}</body></html>"
    )
    result = checker.check(page.encode(), name="年报.html")
    told = {entry.rule: "open" for entry in result.open} | {one.rule: "fail" for one in result.findings}
    assert told["cn/document/row-missing"] == ended


def test_fields_between_bars_above_the_text_are_each_their_own(checker: Checker) -> None:
    report = read(
        checker,
        "索引号: | 00249100X/2020-00413 | 公开方式: | 主动公开 |\n文号: | 公开日期: | 2020-01-19 | |\n"
        "发布单位: | 市公安局 | 主题分类: | 公安、安全、司法 |\n2019年,杭州市公安局全面贯彻落实决策部署。\n"
        "一、主动公开政府信息情况\n2019年杭州市公安局共主动公开信息188条。\n",
    )
    assert report.body is not None
    assert report.body.name == "市公安局"
    assert report.published == "2020-01-19"


def test_problems_and_what_is_arranged_next_are_the_last_section(checker: Checker) -> None:
    report = read(
        checker,
        "按照《中华人民共和国政府信息公开条例》的有关规定,现将我局2014年政府信息公开情况报告如下。\n"
        "四、因政府信息公开申请行政复议、提起行政诉讼情况\n全年未发生。\n"
        "五、存在的主要问题及下步工作安排\n我局在政府信息公开方面仍存在一些不足之处。\n",
    )
    assert [section.key for section in report.sections][-1] == "problems_and_improvements"


def test_a_title_whose_body_stands_between_its_two_printings_has_that_body(checker: Checker) -> None:
    report = read(
        checker,
        "2022年政府信息公开工作年度报告\n桃江县松木塘镇人民政府\n2022年政府信息公开工作年度报告\n一、总体情况\n"
        "2022年,松木塘镇人民政府认真贯彻落实《中华人民共和国政府信息公开条例》。\n",
    )
    assert report.body is not None
    assert report.body.name == "桃江县松木塘镇人民政府"
    assert report.year == 2022


def test_a_title_without_its_body_is_kept_where_no_fuller_one_follows(checker: Checker) -> None:
    report = read(
        checker,
        "2022年政府信息公开工作年度报告\n一、总体情况\n2022年,我镇认真贯彻落实《中华人民共和国政府信息公开条例》。\n",
    )
    assert report.title == "2022年政府信息公开工作年度报告"
    assert report.year == 2022
    assert report.body is None


# A city's copy of the 2019 form that explains its labels in brackets and has a row of its own.
EXPLAINED = """黄陂区盘龙城街道办事处2020年政府信息公开工作年度报告
一、总体情况
2020年,我街按照全区政府信息公开工作的总体要求,围绕全街重点和中心工作,依法推进各领域政府信息公开。
二、主动公开政府信息情况
|
第二十条第(一)项 | |||
|
信息内容 |
本年新制作数量 |
本年新公开数量 |
对外公开总数量 |
|
规章(设区的市、自治州人民政府应提供相关数据) |
0 |
0 |
0 |
|
规范性文件(行政机关制定发布的决定、公告、通告、意见、通 知,以及标题采用“规定”“办法”“细则”“规范”“规程” “规则”等字样的公文,一般情况下属于规范性文件) |
87 |
0 |
0 |
|
其他主动公开文件(含以本单位或本单位办公室名义正式签发的、除规范性文件以外的主动公 开文件,可参考本单位政府信息 公开平台“其他主动公开文件” 栏目数据) |
0 |
0 |
0 |
|
第二十条第(五)项 | |||
|
信息内容 |
上一年项目数量 (指2019年事项数) |
本年增/减 (指2020年增加或减 少的事项 数,减用负 值表示,如 -8) |
处理决定数量 (指2020年办 件量) |
|
行政许可 |
3 |
-1 |
12 |
"""


def test_explanations_in_the_labels_of_a_city_s_form_hide_no_cell(checker: Checker) -> None:
    report = read(checker, EXPLAINED)
    table = report.tables["proactive_disclosure"]
    assert table.form == "2019"
    assert table.values[:9] == (0, 0, 0, 87, 0, 0, 3, -1, 12)
    assert [row.value.split("(")[0] for row in table.unplaced] == ["其他主动公开文件"]
    ruled = {finding.rule for finding in checker.check(report).findings}
    assert "cn/document/label-misprinted" not in ruled


def test_buttons_of_a_page_are_no_text_of_the_report(checker: Checker) -> None:
    report = read(
        checker,
        "广州市荔湾区人民政府南源街道办事处2020年政府信息公开工作年度报告\n发布时间: 2021-01-18 来源: 南源街 浏览次数:-\n"
        "【打印】 【字体:\n一、总体情况\n2020年,我街道认真贯彻落实《条例》及上级相关文件的精神,切实加强组织领导。\n",
    )
    assert report.introduction == ()
    assert report.published == "2021-01-18"


def test_the_body_of_a_report_that_an_introduction_hands_out(checker: Checker) -> None:
    report = read(
        checker,
        "根据《中华人民共和国政府信息公开条例》有关要求,现将富县人民政府2024年政府信息公开工作年度报告予以公开。\n"
        "一、总体情况\n2024年,我县不断拓宽政府信息公开范围和深度,规范公开方式和程序。\n",
    )
    assert report.body is not None
    assert report.body.name == "富县人民政府"


def test_a_period_of_another_year_than_the_title_s_is_one_finding(checker: Checker) -> None:
    report = read(
        checker,
        "淮安市自然资源和规划局2021年政府信息公开工作年度报告\n"
        "本报告中所列数据的统计期限自2020年1月1日起至2020年12月31日止。\n"
        "一、总体情况\n2021年,淮安市自然资源和规划局按照中央、省、市关于政务公开工作的相关要求和部署推进公开。\n",
    )
    ruled = [finding.rule.rpartition("/")[2] for finding in checker.check(report).findings]
    assert ruled.count("period-not-the-year") == 1
    assert "years-differ" not in ruled
