"""A seventh sample, of zones, banners, weather and post services, from Tibet to Hainan: what it read wrong, cut short."""

from __future__ import annotations

import pytest
from texts_read import read, told, values

from disclosure_rules.pipeline import Checker


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


def test_bullets_for_lost_numbers_are_no_sections(checker: Checker) -> None:
    # 兴安盟行署外事办公室2025年: its aspects were taken for the sections of the form before 2019.
    text = (
        "兴安盟行署外事办公室2025年政府信息公开工作年度报告\n一、总体情况\n全面贯彻落实。\n  • 主动公开情况\n公开907条。\n"
        "  • 依申请公开情况\n未收到申请。\n  • 政府信息管理机制\n严格审核。\n"
    )
    report = read(checker, text)
    assert ([section.key for section in report.sections], report.layout) == (["overview"], "2021")
    assert "cn/document/form-before-2019" not in told(checker, text)


def test_bullets_for_all_numbers_are_sections(checker: Checker) -> None:
    text = (
        "某县财政局2023年政府信息公开工作年度报告\n• 总体情况\n公开信息5条。\n• 主动公开政府信息情况\n见表。\n"
        "• 收到和处理政府信息公开申请情况\n见表。\n• 存在的主要问题及改进情况\n不足。\n"
    )
    keys = [section.key for section in read(checker, text).sections]
    assert keys == ["overview", "proactive_disclosure", "requests", "problems_and_improvements"]


@pytest.mark.parametrize("subject", ["资讯内容", "內容", "类别"])
def test_what_stands_above_the_labels_of_table_2_is_no_column(checker: Checker, subject: str) -> None:
    # 海南海事局2020年 (資訊內容): the figures were read one column to the left, and the last as a blank.
    text = (
        "海南海事局2020年政府信息公开工作年度报告\n一、总体情况\n公开1740条。\n二、主动公开政府信息情况\n第二十条第(一)项 | ||||\n"
        f"{subject} | 本年新 制作数量 | 本年新 公开数量 | 对外公开总数量 | |\n规章 | 0 | 0 | 0 | |\n规范性文件 | 6 | 7 | 33 | |\n"
    )
    report = read(checker, text)
    assert values(checker, report, "proactive_disclosure", "normative_documents") == [6, 7, 33]
    assert "cn/document/cell-blank" not in told(checker, text)


def test_a_page_converted_for_taiwan(checker: Checker) -> None:
    text = (
        "特向社會公佈海南海事局2020年政府資訊公開工作年度報告。\n一、總體情況\n公開資訊1740條。\n二、主動公開政府資訊情況\n"
        "第二十條第(一)項 | ||||\n資訊內容 | 本年新 製作數量 | 本年新 公開數量 | 對外公開總數量 | |\n規章 | 0 | 0 | 0 | |\n規範性文件 | 6 | 7 | 33 | |\n"
    )
    report = read(checker, text)
    assert report.body is not None
    assert report.body.name == "海南海事局"
    assert [section.key for section in report.sections] == ["overview", "proactive_disclosure"]
    assert values(checker, report, "proactive_disclosure", "normative_documents") == [6, 7, 33]


def test_a_region_in_traditional_characters(checker: Checker) -> None:
    report = read(checker, "內蒙古自治區2012年政府信息公開工作年度報告\n一、概述\n公開5條。\n")
    assert report.body is not None
    assert (report.body.name, report.regions[0].value) == ("內蒙古自治區人民政府", "150000")


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("如对本报告有任何疑问,请与平度市公安局(地址:平度市红旗路36号;邮编:266700)联系。", "平度市公安局"),
        ("如有疑问,请联系安徽省邮政管理局办公室,联系地址:合肥市天波路25号。", "安徽省邮政管理局"),
        ("本年度报告由吉林省人防办编制,现予以公布。", "吉林省人防办"),
        (
            "本年度报告根据《条例》要求,由安康市统计局围绕2020年度政府信息公开工作情况编制而成。如有疑问,请与市统计局办公室联系。",
            "安康市统计局",
        ),
        (
            "常熟經濟技術開發區整理一年政府信息公開運轉情況編寫2020年度政府信息公開工作年度報告。請聯系:常熟經濟技術開發區黨政辦公室,電話:0512-52699806。",
            "常熟經濟技術開發區",
        ),
    ],
)
def test_who_is_asked_and_who_made_it(checker: Checker, text: str, body: str) -> None:
    report = read(checker, f"{text}\n一、总体情况\n公开信息5条。\n二、主动公开政府信息情况\n见表。\n")
    assert report.body is not None
    assert report.body.name == body


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("2020年,宣城市气象局认真贯彻落实《条例》精神。", "宣城市气象局"),
        ("2019年,黄平县认真贯彻落实《条例》。", "黄平县人民政府"),
        ("2020年,襄阳市统计局政务信息公开工作在市委、市政府的正确领导下,取得成效。", "襄阳市统计局"),
        ("2020年,各县区认真贯彻落实《条例》。", None),
    ],
)
def test_the_subject_of_the_first_sentence(checker: Checker, text: str, body: str | None) -> None:
    report = read(checker, f"一、总体情况\n{text}公开信息5条。\n二、主动公开政府信息情况\n见表。\n")
    assert (report.body and report.body.name) == body


@pytest.mark.parametrize(
    ("above", "below", "published"),
    [
        ("发表时间:2021-03-15 16:35", "", "2021-03-15"),
        ("信息来源: 市气象局 发布时间: 2021-01-16 10: 31 浏览次数:", "", "2021-01-16"),
        ("  • 文       号:发布日期: 2021-01-19 17:48", "", "2021-01-19"),
        ("", "2021-01-29", "2021-01-29"),
        ("", "2021-03-28   来源:国家林业和草原局政府网", "2021-03-28"),
        ("", "自2021-03-28起施行", None),
    ],
)
def test_the_day_of_publication(checker: Checker, above: str, below: str, published: str | None) -> None:
    text = f"{above}\n某县财政局2020年政府信息公开工作年度报告\n{below}\n一、总体情况\n公开信息5条。\n"
    assert read(checker, text).published == published


def test_the_printed_title_counts_before_a_field_in_other_words(checker: Checker) -> None:
    # 海南省工业和信息化厅2022年.
    text = (
        "标题: 海南省工业和信息化厅2022年度政府信息公开工作报告\n\n海南省工业和信息化厅\n2022年政府信息公开工作年度报告\n\n"
        "根据《条例》编制。\n一、总体情况\n公开信息5条。\n"
    )
    assert read(checker, text).title == "海南省工业和信息化厅2022年政府信息公开工作年度报告"
    assert told(checker, text) >= {"cn/document/titles-differ"}
    assert "cn/document/title-nonstandard" not in told(checker, text)


def test_a_bar_behind_every_line_is_no_text(checker: Checker) -> None:
    text = (
        "理塘县藏坝乡2023年政府信息公开工作年度报告\n一、总体情况 |\n(一)主动公开情况 |\n公开信息13条。 |\n"
    )
    (overview,) = read(checker, text).sections
    assert overview.heading == "一、总体情况"
    assert [paragraph.text for paragraph in overview.paragraphs] == ["(一)主动公开情况", "公开信息13条。"]
    assert "cn/document/heading-nonstandard" not in told(checker, text)


def test_a_period_that_ends_with_jiezhi(checker: Checker) -> None:
    text = (
        "某县财政局2012年政府信息公开工作年度报告\n本报告所列数据统计期限自2012年1月1日起,截止2012年12月31日。\n"
        "一、概述\n公开信息5条。\n"
    )
    period = read(checker, text).period
    assert period is not None
    assert (period.start, period.end) == ("2012-01-01", "2012-12-31")


def test_a_report_before_2019_is_in_no_form_that_came_later(checker: Checker) -> None:
    # 牡丹江市人防办2018年: its second heading is near to one of the later forms alone, and none was taken.
    text = "牡丹江市人防办2018年政府信息公开工作年度报告\n一、概述\n公开6类信息。\n二、政府信息公开情况\n公开635条。\n"
    report = read(checker, text)
    assert report.layout == "2008"
    assert report.body is not None
    assert report.body.kind == "department"


def test_a_heading_that_goes_on_behind_the_name_of_its_section(checker: Checker) -> None:
    # 赣县体育局2014年: taken for 依申请公开和不予公开政府信息的情况.
    text = (
        "赣县体育局2014年政府信息公开工作年度报告\n一、概述\n积极公开。\n二、主动公开政府信息情况和不予公开政府信息的情况\n公开160条。\n"
        "三、依申请公开政府信息情况\n未收到。\n"
    )
    assert [section.key for section in read(checker, text).sections] == [
        "overview",
        "proactive_disclosure",
        "requests",
    ]


def test_a_label_that_was_cut_is_no_section(checker: Checker) -> None:
    # 丰收乡2022年: the text ends within the second row of table 3.
    text = (
        "丰收乡2022年政府信息公开工作年度报告\n一、总体情况\n公开信息5条。\n二、主动公开政府信息情况\n见表。\n三、收到和处理政府信息公开申请情况\n"
        "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和) | 申请人情况 | ||||||||\n自然人 | 法人或其他组织 | 总计 | |||||||\n"
        "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||\n"
        "一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||\n二、上年结转政府信息"
    )
    assert [section.key for section in read(checker, text).sections] == [
        "overview",
        "proactive_disclosure",
        "requests",
    ]
    assert not told(checker, text) & {"cn/document/section-unforeseen", "cn/document/numbering-broken"}


def test_an_overview_named_for_what_was_done(checker: Checker) -> None:
    text = "某县财政局2020年政府信息公开工作年度报告\n一、工作开展情况\n公开信息5条。\n二、主动公开政府信息情况\n见表。\n"
    assert [section.key for section in read(checker, text).sections] == ["overview", "proactive_disclosure"]
