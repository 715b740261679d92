"""What a reviewer finds in the seventh sample that no rule had told, and what two rules had told wrongly."""

from __future__ import annotations

import pytest

from disclosure_rules import Checker
from disclosure_rules.plugins import Plugins

CHECKER = Checker(plugins=Plugins(installed=False))


def told(text: str, year: int = 2022) -> set[str]:
    text = f"某县财政局{year}年政府信息公开工作年度报告\n{text}\n一、总体情况\n公开信息5条。\n二、主动公开政府信息情况\n见表。\n"
    return {finding.rule for finding in CHECKER.check(text.encode(), name="年报.txt").findings}


@pytest.mark.parametrize(
    ("cited", "wrong"),
    [
        ("《2022年政务公开工作要点》（国办发〔2022〕12号）", True),
        ("《2022年政务公开工作要点》（国办发〔2022〕8号）", False),
        ("《国务院办公厅关于印发2018年政务公开工作要点的通知》(国办发〔2018〕33号)", True),
        ("《国务院办公厅关于印发2018年政务公开工作要点的通知》(国办发〔2018〕23号)", False),
        # The points of a province have the same name and their own number.
        ("《2022年政务公开工作要点》（黔府办发〔2022〕12号）", False),
    ],
)
def test_the_numbers_of_the_yearly_points(cited: str, wrong: bool) -> None:  # noqa: FBT001  the table's second column
    assert ("cn/document/title-number-unlike" in told(f"认真学习{cited}。")) is wrong


def test_a_message_on_a_number_ends_in_words() -> None:
    result = CHECKER.check(
        {
            "layout": "2021",
            "year": 2022,
            "sections": {"overview": "学习《2022年政务公开工作要点》（国办发〔2022〕12号）。"},
        }
    )
    message = next(
        one.message("zh") for one in result.findings if one.rule == "cn/document/title-number-unlike"
    )
    assert message.endswith("请对照原件核对。")


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [
        (
            "凉山州人民政府办公室关于做好2023年政府信息公开工作年度报告编制发布工作的通知",
            "凉山州人民政府办公室关于印发凉山州2023年政务公开重点工作安排的通知",
            True,
        ),
        # One document: in short, with a slip, under another year.
        (
            "凉山州人民政府办公室关于印发凉山州2023年政务公开重点工作安排的通知",
            "凉山州2023年政务公开重点工作安排",
            False,
        ),
        (
            "省政务公开领导小组办公室关于做好2020年度政府信息公开工作年度报告编制及发布工作的通知",
            "省政务公开领导小组办公室关于做好2020年度政府信息公开年度报告编制和发布工作的通知",
            False,
        ),
    ],
)
def test_a_number_of_two_documents(first: str, second: str, wrong: bool) -> None:  # noqa: FBT001  the table's third column
    found = told(f"根据《{first}》（凉府办函〔2023〕148号）编制，落实《{second}》（凉府办函〔2023〕148号）。")
    assert ("cn/document/number-of-two-documents" in found) is wrong


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("由云南省人民防空办公室(以上简称省人防办)编制。", "cn/document/words-miswritten"),
        ("电子邮箱:lpssmzj.qq.com。", "cn/document/contact-malformed"),
        ("根据《甘孜州藏族自治州人民政府办公室的通知》编制。", "cn/document/region-misnamed"),
        ("根据四川省长阳县土家族自治县的规定编制。", "cn/document/region-misnamed"),
        (
            "全文包括概述,主动公开政府信息的情况,依申请公开政府信息和不予公开政府信息的情况,收费及减免情况。",
            "cn/document/old-parts-named",
        ),
    ],
)
def test_a_slip_is_told(text: str, rule: str) -> None:
    assert rule in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "电子邮箱:lpssmzj@qq.com。网址:www.gzlps.gov.cn。",
        "根据甘孜藏族自治州和长阳土家族自治县的规定,甘孜州藏族群众较多。",
    ],
)
def test_what_is_right_is_not_told(text: str) -> None:
    assert not told(text) & {"cn/document/contact-malformed", "cn/document/region-misnamed"}


@pytest.mark.parametrize(
    ("figures", "wrong"),
    [
        # 临夏州公安局2023年: of 3616 in all 12984 were published on one channel.
        (
            "通过政府网站公开信息754条,通过新媒体公开信息2808条,通过其他方式公开信息54条。其中,微信公众号发布信息1205条、微博12984条。",
            True,
        ),
        (
            "通过政府网站公开信息754条,通过新媒体公开信息2808条,通过其他方式公开信息54条。其中,微信公众号发布信息1205条、微博1298条。",
            False,
        ),
    ],
)
def test_a_part_larger_than_all_before_it(figures: str, wrong: bool) -> None:  # noqa: FBT001  the table's second column
    report = {"layout": "2021", "year": 2023, "sections": {"overview": figures}}
    found = {finding.rule for finding in CHECKER.check(report).findings}
    assert ("cn/document/list-unequal-figure" in found) is wrong


def test_the_citys_government_in_short_is_no_other_body() -> None:
    # 海口市人民政府研究室2022年.
    text = "发布机构: {}\n海口市人民政府研究室2022年政府信息公开工作年度报告\n一、总体情况\n公开信息5条。\n二、主动公开政府信息情况\n见表。\n"

    def differs(publisher: str) -> bool:
        result = CHECKER.check(text.format(publisher).encode(), name="年报.txt")
        return any(one.rule == "cn/document/body-names-differ" for one in result.findings)

    assert not differs("市政府研究室")
    assert differs("市政府参事室")


def test_a_list_of_bare_sub_headings_is_a_list() -> None:
    report = {
        "layout": "2021",
        "year": 2023,
        "sections": [
            {
                "key": "overview",
                "paragraphs": ["（一）加强组织领导", "（二）完善公开制度", "（三）强化监督检查"],
            },
            {"key": "other_matters", "paragraphs": ["无。"]},
        ],
    }
    assert "cn/document/subheading-bare" not in {one.rule for one in CHECKER.check(report).findings}
