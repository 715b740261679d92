"""A text that ends within a sentence: told once, and not judged by what was lost. Halves of brackets, counts that go on."""

from __future__ import annotations

import pytest

from disclosure_rules import Checker
from disclosure_rules.plugins import Plugins

CHECKER = Checker(plugins=Plugins(installed=False))
# 官渡区太和街道2023年, as a converter left it.
WHOLE = (
    "太和街道办事处2023年政府信息公开工作年度报告\n本报告由总体情况、主动公开政府信息情况等八个部分组成。\n"
    "一、总体情况\n(一)主动公开情况。公开动态信息169篇。\n(二)政府信息管理。拓宽公开渠道,及时公开各类应公开的《信息》"
)
CUT = f"{WHOLE}内容,印发《贵州省政府信息公开申请办理规定》《贵阳市政"
ABOUT_WHAT_IS_LOST = {
    "cn/overview/aspects-missing",
    "cn/overview/too-short",
    "cn/document/parts-announced-wrong",
    "cn/document/bracket-unclosed",
    "cn/document/sentence-unended",
}


def told(text: str) -> set[str]:
    return {finding.rule for finding in CHECKER.check(text.encode(), name="年报.txt").findings}


def test_a_text_that_breaks_off_is_told_once() -> None:
    found = told(CUT)
    assert "cn/document/text-broken-off" in found
    assert "cn/overview/section-missing" in found or "cn/requests/section-missing" in found
    assert not found & ABOUT_WHAT_IS_LOST


def test_what_a_text_that_breaks_off_does_not_say_is_open() -> None:
    open_rules = {left.rule for left in CHECKER.check(CUT.encode(), name="年报.txt").open}
    assert {"cn/overview/aspects-missing", "cn/document/parts-announced-wrong"} <= open_rules


@pytest.mark.parametrize("end", ["内容。", "内容,做好各项工作。\n二、主动公开政府信息情况\n见附表。"])
def test_a_text_whose_sentence_ends_is_judged_as_it_is(end: str) -> None:
    found = told(WHOLE + end)
    assert "cn/document/text-broken-off" not in found
    assert "cn/overview/aspects-missing" in found
    assert "cn/document/parts-announced-wrong" in found


def test_the_last_part_but_one_without_a_full_stop_does_not_break_off() -> None:
    text = (
        "太和街道办事处2023年政府信息公开工作年度报告\n一、总体情况\n公开169篇。\n二、主动公开政府信息情况\n见附表。\n"
        "五、存在的主要问题及改进情况\n公开内容不够全面,下一步将加强培训,进一步提高工作人员的业务水平和服务意识,更好地满足公众的需要\n"
    )
    assert "cn/document/text-broken-off" not in told(text)
    assert "cn/document/sentence-unended" in told(text)


def test_a_report_of_2016_that_ends_with_its_problems_is_whole() -> None:
    text = (
        "兖州区水利局2016年政府信息公开工作年度报告\n一、概述\n公开18条。\n二、主动公开政府信息情况\n公开18条。\n三、依申请公开政府信息情况\n未收到。\n"
        "四、咨询处理情况\n无。\n五、行政复议、诉讼情况\n未发生。\n六、存在的主要问题及改进措施\n公开内容不够全面,下一步将加强培训,进一步提高工作人员的业务水平和服务意识\n"
    )
    assert "cn/document/text-broken-off" not in told(text)


@pytest.mark.parametrize(
    ("sentence", "wrong"),
    [
        ("根据中华人民共和国政府信息公开条例》要求编制。", True),
        ("咨询电话:0877-4311123)。", True),
        ("2022年通过瑞金市科技”公众号公开信息10条。", True),
        ("1)加强领导。2)完善制度;一)健全机制。", False),
        ("关于印发<中华人民共和国政府信息公开工作年度报告格式〉的通知。", False),
        ('落实"谁公开、谁负责”的要求。', False),
        ("根据国办公开办函〔2021)30号编制。", False),
    ],
)
def test_a_closing_half_without_its_opening(sentence: str, wrong: bool) -> None:  # noqa: FBT001  the table's second column
    text = f"太和街道办事处2023年政府信息公开工作年度报告\n一、总体情况\n{sentence}\n二、主动公开政府信息情况\n见附表。\n"
    assert ("cn/document/bracket-unopened" in told(text)) is wrong


def test_a_count_that_goes_on_behind_a_wrong_number_is_right() -> None:
    # 临潼区开发区2021年 has 一、一、三.
    text = "开发区管委会2021年政府信息公开工作年度报告\n一、总体情况\n公开5条。\n{}、主动公开政府信息情况\n见附表。\n{}、收到和处理政府信息公开申请情况\n未收到。\n"

    def wrong(*numbers: str) -> list[str]:
        result = CHECKER.check(text.format(*numbers).encode(), name="年报.txt")
        return [one.message("zh") for one in result.findings if one.rule == "cn/document/numbering-broken"]

    assert [words[:10] for words in wrong("一", "三")] == ["「一、主动公开政府信"]
    assert len(wrong("三", "四")) == 1
    assert len(wrong("一", "四")) == 2
    assert not wrong("二", "三")


def test_a_number_with_a_short_name_behind_it_is_the_number_of_its_title() -> None:
    # 尚志市卫生健康局2022年: the title of 2019 with the number of 2021.
    text = (
        "尚志市卫生健康局2022年政府信息公开工作年度报告\n依据《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》"
        "(国办公开办函〔2021〕30号,以下简称《通知》)有关规定编制。\n一、总体情况\n公开44项。\n"
    )
    assert "cn/document/title-number-unlike" in told(text)
    assert "cn/document/format-notice-superseded" not in told(text)


@pytest.mark.parametrize(
    ("listed", "wrong"),
    [
        # 临夏市南龙镇2023年.
        (
            "主动公开数为2918条。其中:通过微信公众平台公开信息数为2464条,年度阅读量为29.4万次,小程序270条,政府网站480条,其他方式公开信息数为130条。",
            True,
        ),
        ("主动公开数为3344条。其中:公众平台2464条,小程序270条,政府网站480条,其他方式130条。", False),
        # 其中 may speak of the figure before the last one.
        (
            "公开信息53条,包括政策类信息44条,其他类信息9条。其中网站17条,微信28条,其他渠道8条。",
            False,
        ),
    ],
)
def test_a_list_behind_a_full_stop(listed: str, wrong: bool) -> None:  # noqa: FBT001  the table's second column
    text = (
        f"南龙镇2023年政府信息公开工作年度报告\n一、总体情况\n{listed}\n二、主动公开政府信息情况\n见附表。\n"
    )
    assert ("cn/document/list-unequal-figure" in told(text)) is wrong


def test_words_of_an_enumeration_that_begin_alike_are_no_doubled_word() -> None:
    # 平阳县市场监督管理局2020年.
    text = "平阳县市场监督管理局2020年政府信息公开工作年度报告\n一、总体情况\n杜绝出现“死链”“错链”“错字”,{}信息200余篇。\n"
    assert "cn/document/words-doubled" not in told(text.format("发布"))
    assert "cn/document/words-doubled" in told(text.format("发布信息发布"))


def test_every_township_is_no_other_township() -> None:
    # 明光市苏巷镇2020年.
    text = "苏巷镇2020年政府信息公开工作年度报告\n一、总体情况\n我镇按照《乡镇街道政府信息公开主动公开目录》要求发布政府信息。\n"
    assert "cn/document/other-township-named" not in told(text)


def test_parts_of_the_main_contents() -> None:
    # 吴起县2023年.
    text = (
        "吴起县人民政府2023年政府信息公开工作年度报告\n主要内容包括主动公开政府信息情况、依申请公开办理情况、行政复议和行政诉讼情况、"
        "政府信息公开相关费用情况、存在问题及改进措施。\n一、总体情况\n公开4702条。\n"
    )
    assert "cn/document/parts-unlisted" in told(text)


@pytest.mark.parametrize(
    "end",
    [
        # 吉林省气象局2022年, 长河街道2023年, 墨脱县2021年, 重庆人防2020年, 浙江国资委2020年, 海南环境厅2022年, 衡阳城管2019年, 兴安盟外事办2025年.
        "(四)规范依申请公开工作。全年保",
        "(四)公开平台\n依托区门户网站",
        "(二)依申请公开政府信息办理情况\n我旗",
        "将意识形态工作责任制贯穿“一刊一网一",
        "(六)人大代表建议、政协委员提案办",
        "(三)规范政府信息管理\n根据《海南省人民政府办公厅关于",
        "回应市民关切,针对“强基础、转作风、树形象”",
        "• 政府信息管理机",
        "全力做好浦东",
        "(二)依申请公开。未收到。\n(三)",
    ],
)
def test_a_text_cut_within_a_word_breaks_off(end: str) -> None:
    found = told(f"太和街道办事处2023年政府信息公开工作年度报告\n一、总体情况\n公开动态信息169篇。\n{end}")
    assert "cn/document/text-broken-off" in found
    assert not found & ABOUT_WHAT_IS_LOST


@pytest.mark.parametrize(
    "end",
    ["未收到政府信息公开申请", "(五)监督保障情况", "(二)依申请公开情况\n无", "某县财政局", "返回顶部"],
)
def test_what_has_no_full_stop_does_not_break_off(end: str) -> None:
    found = told(f"太和街道办事处2023年政府信息公开工作年度报告\n一、总体情况\n公开动态信息169篇。\n{end}")
    assert "cn/document/text-broken-off" not in found
    assert "cn/overview/aspects-missing" in found


@pytest.mark.parametrize("heading", ["四、政府信息公", "三、收到和处理政府信息公"])
def test_a_text_cut_within_a_heading_breaks_off(heading: str) -> None:
    # 舟曲县八楞乡2021年, 定州经济开发区2020年.
    text = f"太和街道办事处2023年政府信息公开工作年度报告\n一、总体情况\n公开169篇。\n二、主动公开政府信息情况\n见附表。\n{heading}"
    found = told(text)
    assert "cn/document/text-broken-off" in found
    assert not found & {
        "cn/document/section-unforeseen",
        "cn/document/section-empty",
        "cn/document/heading-nonstandard",
    }
