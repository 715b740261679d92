"""Reports of many kinds of bodies that nobody had read while the recogniser was made: what it read wrong, cut short."""

from __future__ import annotations

import pytest
from texts_read import read, told

from disclosure_rules.errors import ReadError
from disclosure_rules.pipeline import Checker


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


@pytest.mark.parametrize(
    ("preface", "body", "kind"),
    [
        (
            "根據(jù)《中華人民共和國政府信息公開條例》有關(guān)規(guī)定,宣恩縣教育局編制了縣教育局2020年政府信息公開工作年度報(bào)告。",
            "宣恩縣教育局",
            "department",
        ),
        (
            "青海省2013年政府信息公開工作年度報告是根據條例要求,由青海省人民政府辦公廳綜合各市、州的年度報告編制而成。如對本年度報告有任何疑問,請與青海省政府信息技術辦公室聯系。",
            "青海省人民政府",
            "government",
        ),
        ("如对本报告有疑问,请联系吴起县政府政务服务中心。", "吴起县政府", "government"),
        ("按照有关要求,由云南省易门县气象局编制。", "云南省易门县气象局", None),
        (
            "现将2023年度市应急管理局政府信息公开工作报告予以公布。如有疑问,请与安康市应急管理局政办科联系。",
            "安康市应急管理局",
            "department",
        ),
        (
            "如对本报告有任何疑问,请与安徽舒城经济开发区综合办公室联系。",
            "安徽舒城经济开发区",
            "development_zone",
        ),
        (
            "我鎮認真編寫了《廣德市楊灘鎮人民政府2020年度政府信息公開工作年度報告(文字版)》。",
            "廣德市楊灘鎮人民政府",
            "township",
        ),
        # Of which place an office of the government is, nobody says.
        ("发布机构 | 政府办公室 | 文 号 | |\n现公布我旗2021年度信息公开年度报告。", None, None),
    ],
)
def test_who_reports(checker: Checker, preface: str, body: str | None, kind: str | None) -> None:
    report = read(checker, f"{preface}\n一、總體情況\n公開信息416條。\n二、主動公開政府信息情況\n見上。\n")
    assert (report.body and (report.body.name, report.body.kind)) == (body and (body, kind))


@pytest.mark.parametrize(
    ("contact", "sentence", "body"),
    [
        ("如有疑问请与伽师县人民政府办公室联系。", "2023年,伽师县坚持以公开为常态。", "伽师县人民政府"),
        (
            "可联系伊吾县人民政府办公室(电子政务办公室)。",
            "2023年,伊吾县政府信息公开工作按照要求推进。",
            "伊吾县人民政府",
        ),
        (
            "如有疑问请与伽师县人民政府办公室联系。",
            "2023年,伽师县人民政府办公室坚持以公开为常态。",
            "伽师县人民政府办公室",
        ),
    ],
)
def test_the_office_of_a_government_is_asked_about_the_report_of_its_place(
    checker: Checker, contact: str, sentence: str, body: str
) -> None:
    report = read(
        checker,
        f"本报告中所列数据的统计期限自2023年1月1日起至2023年12月31日止。{contact}政府信息公开。\n一、总体情况\n{sentence}\n",
    )
    assert report.body is not None
    assert report.body.name == body


@pytest.mark.parametrize(
    ("sentence", "body"),
    [
        ("2021年,汕尾市公安局(以下简称“市公安局”)以习近平新时代中国特色社会主义思想为指导。", "汕尾市公安局"),
        ("2021年,山西省司法廳堅持以習近平新時代中國特色社會主義思想為指導。", "山西省司法廳"),
        (
            "2019年度,襄陽中環水務有限公司在市信息公開辦的指導下,向社會進行了公開。",
            "襄陽中環水務有限公司",
        ),
    ],
)
def test_the_subject_of_a_first_sentence_reports(checker: Checker, sentence: str, body: str) -> None:
    report = read(
        checker,
        f"本报告中所列数据的统计期限自2021年1月1日起至2021年12月31日止。\n一、总体情况\n{sentence}政府信息公开。\n二、主动公开政府信息情况\n",
    )
    assert report.body is not None
    assert report.body.name == body


def test_a_linking_word_in_traditional_characters_is_no_body(checker: Checker) -> None:
    report = read(checker, "寧強縣民政局\n關于2023年政府信息公開年度報告\n一、總體情況\n公開10條。\n")
    assert report.body is not None
    assert (report.body.name, report.year) == ("寧強縣民政局", 2023)


def test_the_whole_text_of_a_report_is_its_title_still(checker: Checker) -> None:
    report = read(checker, "青海省2012年政府信息公开工作报告(全文)\n一、概述\n2012年,公开5条。\n")
    assert (report.body and report.body.name, report.year) == ("青海省人民政府", 2012)


def test_the_origin_of_a_page_says_in_which_county_a_township_is(checker: Checker) -> None:
    text = (
        "项铺镇2020年度政府信息公开工作年度报告\n发布时间:2021-01-28 09:53 来源:枞阳县项铺镇 字体:[ ]\n"
        "一、总体情况\n公开258条。\n二、主动公开政府信息情况\n"
    )
    body = read(checker, text).body
    assert body is not None
    assert body.region is not None
    assert (body.name, body.region.name) == ("项铺镇人民政府", "枞阳县")


@pytest.mark.parametrize(
    "opening",
    [
        "中山大学2021—2022学年信息公开年度报告\n按照《高等学校信息公开办法》要求编制。\n",
        "重庆工商大学\n2021-2022学年度信息公开工作报告\n统计期限自2021年9月1日起至2022年8月31日止。\n",
        "为深入贯彻《中华人民共和国政府信息公开条例》《高等学校信息公开办法》(教育部令第29号),编制发布本报告。\n",
    ],
)
def test_the_report_of_a_school_is_refused_by_its_law(checker: Checker, opening: str) -> None:
    with pytest.raises(ReadError, match=r"Art\. 55"):
        read(checker, f"{opening}一、概述\n学校不断加强信息公开工作。\n二、主动公开情况\n公开164项。\n")


def test_the_report_of_an_office_over_schools_is_read_though_it_names_their_law(checker: Checker) -> None:
    report = read(
        checker,
        "浙江省教育厅2015年政府信息公开工作年度报告\n根据《政府信息公开条例》《高等学校信息公开办法》编制。\n"
        "一、概述\n指导各大学公开信息。\n二、主动公开情况\n公开164项。\n",
    )
    assert (report.body and report.body.name, report.year) == ("浙江省教育厅", 2015)


def test_a_text_that_states_its_statistics_period_is_a_report_whatever_its_parts_are_called(
    checker: Checker,
) -> None:
    text = (
        "我局扎实推进政府信息公开工作,取得了明显的成效。\n本报告中所列数据的统计期限自2014年1月1日起至2014年12月30日止。\n"
        "一、加强组织领导,确保信息公开工作落到实处\n公开11条。\n二、完善规章制度,确保信息公开工作规范有序\n"
    )
    report = read(checker, text)
    assert (report.year, report.sections) == (2014, ())
    assert "cn/document/period-not-the-year" in told(checker, text)


@pytest.mark.parametrize(
    "sentence",
    [
        "本报告中所列数据自2015年1月1日起,至2015年12月31日止。",
        "本報告的統計數據時間自2015年1月1日起至2015年12月31日,報告可在附件中進行下載。",
    ],
)
def test_the_period_of_the_figures(checker: Checker, sentence: str) -> None:
    period = read(checker, f"沈村镇2015年政府信息公开年度报告\n{sentence}\n一、概述\n公开483条。\n").period
    assert period is not None
    assert (period.start, period.end) == ("2015-01-01", "2015-12-31")


def test_a_period_of_the_year_before_is_told_where_the_introduction_speaks_of_its_year(
    checker: Checker,
) -> None:
    text = (
        "我镇认真编写了《广德市杨滩镇人民政府2020年度政府信息公开工作年度报告(文字版)》。"
        "本年度报告中所列数据的统计期限自2019年1月1日起至12月31日止。\n一、总体情况\n公开832条。\n"
    )
    assert read(checker, text).year == 2020
    assert "cn/document/period-not-the-year" in told(checker, text)


def test_a_company_that_works_for_the_body_is_not_the_body(checker: Checker) -> None:
    text = "2023年政府信息公开工作年度报告\n一、总体情况\n2023年,委托北京某某科技有限公司持续监测网站。\n二、主动公开政府信息情况\n公开5条。\n"
    assert read(checker, text).body is None


def test_a_text_about_the_work_of_a_bureau_names_none(checker: Checker) -> None:
    text = "2016年度信息公開年度報告\n一、概述\n推進政府信息公開工作是我局堅持的方針。\n二、主动公开政府信息情况\n公开5条。\n"
    assert read(checker, text).body is None


def test_the_outline_of_disclosure_is_the_overview(checker: Checker) -> None:
    text = (
        "现公布2018年宣城市统计局政府信息公开工作年度报告。本年度报告使用数据统计范围为2018年1月1日至12月31日。\n"
        "一、政府信息公开情况概述\n依法公开各种政府信息。\n"
    )
    report = read(checker, text)
    assert [section.key for section in report.sections] == ["overview"]
    assert report.period is not None
    assert (report.period.start, report.period.end) == ("2018-01-01", "2018-12-31")


def test_the_overview_of_the_year_is_the_overview(checker: Checker) -> None:
    text = (
        "桐乡市交通运输局2014年政府信息公开工作年度报告\n统计期限自2014年1月1日起至2014年12月31日止。 "
        "一、年度政府信息公开工作概述 2014年,稳步推进。 二、主动公开政府信息情况 公开92条。"
    )
    assert [section.key for section in read(checker, text).sections] == ["overview", "proactive_disclosure"]


def test_what_one_channel_published_is_not_all(checker: Checker) -> None:
    text = "襄阳中环水务有限公司2019年政府信息公开工作年度报告\n一、总体情况\n{}\n"
    whole = "2019年度共对外发布信息542条,其中:门户网站上主动公开政府信息496条,电视等媒体发布宣传信息46条。"
    assert "disclosed" not in read(checker, text.format(whole)).facts
    made = "2011年制作、获取政府信息总数1873条,其中主动公开政府信息425条。"
    assert read(checker, text.format(made)).facts["disclosed"].number == 425
