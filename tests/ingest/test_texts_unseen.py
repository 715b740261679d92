"""Reports that nobody had read while the recogniser was made: what it then read wrong, in their real words, cut short."""

from __future__ import annotations

import pytest
from texts_read import read, told, values

from disclosure_rules.errors import ReadError
from disclosure_rules.pipeline import Checker

TITLE = "得荣县卫生健康局2019年政府信息公开工作年度报告\n一、总体情况\n2019年公开301条。\n二、主动公开政府信息情况\n"
ITEMISED = "信息内容 |\n上一年项目数量 |\n本年增/减 |\n处理决定数量 |\n|\n"


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


@pytest.mark.parametrize(
    "aspects",
    [
        "1.主动公开情况\n公开信息13篇。\n2.依申请公开情况\n申请0件。\n3.政府信息管理情况\n严格审核。\n4.平台建设情况\n夯实主阵地。\n",
        "(一)加强组织领导\n高度重视。\n(二)主动公开情况\n公开6条。\n(三)依申请公开情况\n未收到申请。\n(四)行政复议、提起行政诉讼的情况\n未发生。\n",
    ],
)
def test_aspects_of_the_overview_are_no_sections_of_the_form_before_2019(
    checker: Checker, aspects: str
) -> None:
    text = f"张家川县财政局2023年政府信息公开工作年度报告\n一、总体情况\n2023年以来,有序推进。\n{aspects}"
    report = read(checker, text)
    assert [section.key for section in report.sections] == ["overview"]
    assert report.layout == "2021"
    assert "cn/document/form-before-2019" not in told(checker, text)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("一、总体概述", "overview"),
        ("一、政府信息公开总体工作情况", "overview"),
        ("五、主动公开政府信息以及公开平台建设情况", "proactive_disclosure"),
        ("六、政府信息公开申请的办理情况", "requests"),
        ("三、依申请信息公开收费情况", "fees"),
    ],
)
def test_names_of_sections_as_cities_and_provinces_gave_them(
    checker: Checker, heading: str, key: str
) -> None:
    report = read(checker, f"兖州区水利局2016年政府信息公开年度报告\n{heading}\n公开18条。\n")
    assert [section.key for section in report.sections] == [key]


@pytest.mark.parametrize(
    ("preface", "body", "kind"),
    [
        (
            "本报告由南平市人民政府信息公开工作领导小组办公室根据《条例》要求,汇总南平市各县(市、区)、市政府各有关部门政府信息公开工作情况编制而成。",
            "南平市人民政府",
            "government",
        ),
        (
            "本年报由秦淮区人民政府办公室综合区政府所属各行政机关的政府信息公开年度总结报告编制而成。如有疑问,请联系:秦淮区人民政府办公室。",
            "秦淮区人民政府",
            "government",
        ),
        (
            "本报告在2017年各市政府、省直有关部门政府信息公开年度报告基础上,由山西省人民政府办公厅编制。",
            "山西省人民政府",
            "government",
        ),
        # A government's office that speaks of itself alone reports for itself.
        ("本报告由合江县人民政府办公室编制。", "合江县人民政府办公室", "department"),
        ("现公布四平市公安局政府信息公开工作2021年度报告。", "四平市公安局", "department"),
        (
            "现将武汉东湖新技术开发区发展改革局(以下简称发改局)2024年度信息公开工作报告如下:",
            "武汉东湖新技术开发区发展改革局",
            "department",
        ),
        ("如对本报告有疑问,可与辽源市民政局联系。", "辽源市民政局", "department"),
        ("如对本报告有任何疑问,请与三溪乡党政办联系。", "三溪乡人民政府", "township"),
        ("如有任何疑问,可与太和县中医院行政办公室联系。", "太和县中医院", None),
        ("2020年,全国海关深入学习贯彻党的十九大精神。", None, None),
        # A logistics park is no district: its report got the warning of a government's that names no accountability.
        ("现将物流区2022年政府信息公开工作年度报告总结如下:", "物流区", None),
        ("特向社会公布2019年度青龙镇政府(机关)信息公开年度报告。", "青龙镇政府", "township"),
    ],
)
def test_who_reports(checker: Checker, preface: str, body: str | None, kind: str | None) -> None:
    report = read(checker, f"{preface}\n一、总体情况\n公开信息416条。\n二、主动公开政府信息情况\n见上。\n")
    assert (report.body and (report.body.name, report.body.kind)) == (body and (body, kind))


def test_who_made_a_report_is_read_in_a_preface_below_the_first_heading(checker: Checker) -> None:
    report = read(
        checker,
        "一、工作基本情况\n本报告是根据《政府信息公开条例》要求,由两城镇人民政府党政办公室编制。统计期限为2020年1月1日至2020年12月31日。\n",
    )
    assert report.body is not None
    assert (report.body.name, report.body.kind) == ("两城镇人民政府", "township")


def test_a_title_printed_twice_is_no_body_with_a_title(checker: Checker) -> None:
    lines = ("首页 / 政务公开 / 县水利局 / 政府信息公开年报", *["2016年度信息公开年度报告"] * 2)
    report = read(checker, "\n\n".join((*lines, "一、概述", "我局高度重视。")))
    assert (report.title, report.body, report.year) == ("2016年度信息公开年度报告", None, 2016)


PINYIN = (
    "? 根據(jù)《中華人民共和國政府信息公開條例》(國務(wù)院令第711號(hào))、《國務(wù)院辦公廳政府信息與政務(wù)公開辦公室關(guān)于印發(fā)〈中華人民共和國政府信息公開工作"
    "年度報(bào)告格式〉的通知》規(guī)定,編制大竹縣安吉鄉(xiāng)人民政府2023年政府信息公開工作年度報(bào)告,所列數(shù)據(jù)統(tǒng)計(jì)期限為2023年1月1日至12月31日。\n"
    "一、總體情況\n(一)主動(dòng)公開。公開43條。\n二、主動公開政府信息情況\n第二十條第(一)項 | |||\n"
    "信息內(nèi)容 | 本年制發(fā)件數(shù) | 本年廢止件數(shù) | 現(xiàn)行有效件數(shù) |\n規(guī)章 | 0 | 0 | 0 |\n行政規(guī)范性文件 | 1 | 0 | 4 |\n"
)


@pytest.mark.parametrize("name", ["年报.txt", "年报.html"])
def test_sounds_behind_characters_are_left_out_and_told(checker: Checker, name: str) -> None:
    text = (
        PINYIN if name.endswith("txt") else f"<p>{PINYIN.partition('二、')[0]}</p>".replace("\n", "</p><p>")
    )
    report = checker.load_report(text.encode(), name=name)
    assert report.body is not None
    assert (report.body.name, report.body.kind) == ("大竹縣安吉鄉人民政府", "township")
    assert report.period is not None
    assert report.period.end == "2023-12-31"
    sounds = text.count("(") - text.count("(國") - text.count("(一")
    assert [note.count for note in report.notes if note.code == "pinyin-left-out"] == [sounds]


def test_a_table_with_sounds_in_its_labels_is_read(checker: Checker) -> None:
    report = read(checker, PINYIN)
    assert values(checker, report, "proactive_disclosure", "normative_documents") == [1, 0, 4]
    assert not told(checker, PINYIN) & {"cn/document/label-misprinted", "cn/document/row-unforeseen"}


def test_the_sound_of_a_rare_character_is_the_reports_own(checker: Checker) -> None:
    text = "盱(xū)眙(yí)县财政局2023年政府信息公开工作年度报告\n一、总体情况\n公开12条。\n"
    report = read(checker, text)
    assert report.title == text.partition("\n")[0]


def test_columns_whose_names_were_cut_short_alike_are_told_by_their_order(checker: Checker) -> None:
    text = (
        f"{TITLE}第二十条第(一)项 | ||||\n信息内容 | 本年新 | 本年新 | 对外公开总数量 | |\n"
        "规章 | 0 | 0 | 0 | |\n规范性文件 | 3 | 2 | 19 | |\n"
    )
    assert values(checker, read(checker, text), "proactive_disclosure", "normative_documents") == [3, 2, 19]
    assert "cn/document/label-misprinted" not in told(checker, text)


@pytest.mark.parametrize("names", ["本年新 | 对外公开总数量", "新增 | 新增 | 对外公开总数量"])
def test_names_of_columns_that_begin_none_of_those_left_are_not_guessed(checker: Checker, names: str) -> None:
    figures = " | ".join(["0"] * (names.count("|") + 1))
    text = f"{TITLE}第二十条第(一)项 | ||||\n信息内容 | {names} |\n规章 | {figures} |\n规范性文件 | {figures} |\n"
    assert values(checker, read(checker, text), "proactive_disclosure", "government_rules") == [None] * 3


def test_a_blank_among_the_figures_and_filling_behind_header_and_row_alike(checker: Checker) -> None:
    text = (
        f"{TITLE}第二十条第(五)项 |\n||||\n{ITEMISED}行政许可 |\n5 |\n|\n7 |\n|\n其他对外管理服务事项 |\n0 |\n|\n0 |\n|\n"
        f"第二十条第(六)项 |\n||||\n{ITEMISED}行政处罚 |\n0 |\n|\n0 |\n|\n行政强制 |\n0 |\n|\n0 |\n|\n"
    )
    assert values(checker, read(checker, text), "proactive_disclosure", "administrative_licensing") == [
        5,
        None,
        7,
    ]


def test_lines_of_a_table_without_figures_are_not_lost(checker: Checker) -> None:
    text = (
        "2019年,我院高度重视信息公开。\n一、基本情况\n公开213条。\n二、主动公开政府信息情况\n第二十条第(一)项\n信息内容\n本年新制作数量\n"
        "规章\n0\n规范性文件\n2\n第二十条第(五)项\n上一年项目数量\n行政许可\n第二十条第(六)项\n"
    )
    report = read(checker, text)
    assert "规范性文件" in [paragraph.text for paragraph in report.sections[1].paragraphs]
    assert "table-not-read" in {note.code for note in report.notes}
    assert "cn/document/section-empty" not in told(checker, text)


def test_a_unit_behind_the_name_of_a_column_is_no_misprint(checker: Checker) -> None:
    text = f"{TITLE}第二十条第(九)项 |\n信息内容 | 采购项目数量 | 采购总金额(万元) |\n政府集中采购 | 13 | 477.35 |\n"
    assert values(checker, read(checker, text), "proactive_disclosure", "government_procurement") == [
        13,
        4773500,
    ]
    assert "cn/document/label-misprinted" not in told(checker, text)


def test_what_was_requested_and_what_was_done_otherwise_are_no_disclosure(checker: Checker) -> None:
    report = read(
        checker,
        "得荣县财政局2019年政府信息公开工作年度报告\n一、总体情况\n收到依申请公开政府信息2条。\n人社分局因具体行政行为被提起行政诉讼2起。\n",
    )
    assert not {"disclosed", "litigation"} & report.facts.keys()


def test_a_year_of_six_figures_ends_no_period(checker: Checker) -> None:
    text = "中埠镇人民政府2020年政府信息公开工作年度报告\n统计期限自2020年1月1日起至202020年12月31日止。\n一、总体情况\n公开21条。\n"
    report = read(checker, text)
    assert report.period is not None
    assert (report.period.start, report.period.end) == ("2020-01-01", None)
    assert "cn/document/date-damaged" in told(checker, text)


def test_the_way_to_a_page_is_no_row_of_a_table(checker: Checker) -> None:
    report = read(
        checker,
        "您当前的位置:网站首页  >  政府信息公开 > 政府信息公开年报 > 部门 > \n\n柞水县交通运输局2024年政府信息公开工作年度报告\n\n一、总体情况\n\n公开5条。\n",
    )
    assert "table-not-read" not in {note.code for note in report.notes}


def test_measures_for_improvements_are_no_part_of_the_form_before_2019(checker: Checker) -> None:
    text = (
        "青龙镇2019年政府信息公开工作年度报告\n一、总体情况\n公开信息2条。\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
        "四、政府信息公开行政复议、行政诉讼情况\n五、存在问题和改进措施\n公开内容需要进一步深化。\n"
    )
    report = read(checker, text)
    assert (report.layout, report.sections[-1].key) == ("2019", "problems_and_improvements")


def test_aspects_without_a_heading_of_the_first_level_show_no_form(checker: Checker) -> None:
    text = (
        "合肥市地震局2021年度政府信息公开工作年度报告\n(一)主动公开情况\n公开信息1150条。\n(二)依申请公开情况\n办理0件。\n"
        "(三)政府信息管理情况\n继续完善制度。\n"
    )
    assert (read(checker, text).layout, read(checker, text).layout_from) == ("2021", "year")
    assert not told(checker, text) & {"cn/document/form-before-2019", "cn/document/heading-nonstandard"}


def test_a_text_that_says_whose_report_it_is_needs_no_title(checker: Checker) -> None:
    report = read(checker, "现公布鄂温克旗审计局2020年政府信息公开工作年度报告。\n主动公开政务信息26条。\n")
    assert report.body is not None
    assert (report.body.name, report.year) == ("鄂温克旗审计局", 2020)


def test_a_notice_about_the_reports_is_none(checker: Checker) -> None:
    notice = (
        "怀化市政务公开政务服务领导小组办公室关于认真做好2021年政府信息公开工作年度报告编制发布工作的通知\n各县市区人民政府,市直各单位:\n"
        "为规范做好2021年政府信息公开工作年度报告的编制和发布工作,现就有关事项通知如下:\n一、准确领会,认真部署\n认真组织学习。\n"
    )
    with pytest.raises(ReadError):
        read(checker, notice)


def test_a_bullet_is_no_part_of_a_name(checker: Checker) -> None:
    report = read(
        checker, "  • 杭州市文化广电旅游局2023年度政府信息公开工作年度报告\n\n收到依申请公开政府信息4件。\n"
    )
    assert report.body is not None
    assert report.body.name == "杭州市文化广电旅游局"


def test_a_table_of_which_nothing_was_read_shows_no_form(checker: Checker) -> None:
    text = "2020年报\n四、结转下年度继续办理 0 0 0 0 0 0 0\n四、政府信息公开行政复议、行政诉讼情况\n2020年,未出现申请行政复议。\n"
    assert "cn/document/table-of-other-form" not in told(checker, text)


def test_new_requests_are_requests_received(checker: Checker) -> None:
    assert (
        read(checker, TITLE.replace("公开301条", "新收政府信息公开申请数量3件"))
        .facts["requests_received"]
        .number
        == 3
    )


def test_a_table_of_rows_that_two_forms_share_shows_no_other_form(checker: Checker) -> None:
    blanks = "\n|\n|\n|\n|\n|\n|\n0 |\n"
    text = (
        "始兴县退役军人事务局2020年度政府信息公开工作年度报告\n总体情况\n公开6件。\n主动公开政府信息情况\n收到和处理政府信息公开申请情况\n"
        "申请人情况 |\n自然人 |\n法人或其他组织 |\n总计 |\n商业企业 |\n科研机构 |\n社会公益组织 |\n法律服务机构 |\n其他 |\n|\n"
        f"一、本年新收政府信息公开申请数量 |{blanks}二、上年结转政府信息公开申请数量 |{blanks}三、本年度办理结果 |\n(一)予以公开 |{blanks}"
    )
    assert 0 in read(checker, text).tables["requests"].values
    assert "cn/document/table-of-other-form" not in told(checker, text)


def test_a_table_with_half_width_marks_that_was_not_read_is_told(checker: Checker) -> None:
    text = (
        "舟山市退役军人事务局2020年度政府信息公开工作年度报告\n\n一、总体情况\n\n公开228条。\n\n三、收到和处理政府信息公开申请情况\n\n"
        "总计\n\n一、本年新收政府信息公开申请数量\n\n1\n\n1\n\n二、上年结转政府信息公开申请数量\n\n0\n\n三、本年度办理结果\n\n(一)予以公开\n\n0\n\n"
    )
    assert "table-not-read" in {note.code for note in read(checker, text).notes}


@pytest.mark.parametrize(
    "sentence",
    [
        "除特别说明的外,所列数据统计时段为2021年1月1日至2021年12月31日。",
        "本报告统计数据从2021年1月1日至12月31日。",
    ],
)
def test_the_period_of_the_figures_in_other_words(checker: Checker, sentence: str) -> None:
    period = read(
        checker, f"黄腊乡2021年政府信息公开工作年度报告\n{sentence}\n一、总体情况\n公开1860条。\n"
    ).period
    assert period is not None
    assert (period.start, period.end) == ("2021-01-01", "2021-12-31")


def test_the_body_that_made_a_report_on_the_ground_of_the_law(checker: Checker) -> None:
    report = read(
        checker,
        "本年度报告是由长春市环境保护局依据《中华人民共和国政府信息公开条例》编制而成的。\n一、概述\n2013年,公开5条。\n二、主动公开政府信息情况\n公开5条。\n",
    )
    assert report.body is not None
    assert (report.body.name, report.body.kind) == ("长春市环境保护局", "department")


def test_a_list_of_headings_in_one_line_has_no_doubled_marks(checker: Checker) -> None:
    text = (
        "上海市2012年政府信息公开工作年度报告\n一、概述,(一)注重重点推进,深化公开内容。,(二)注重开拓创新,力求稳中有进。,二、主动公开政府信息情况\n"
        "一、概述\n公开12条。\n二、主动公开政府信息情况\n公开12条。\n"
    )
    assert "cn/document/mark-doubled" not in told(checker, text)


def test_fees_as_a_section_show_the_form_before_2019_though_no_heading_is_of_the_first_level(
    checker: Checker,
) -> None:
    text = (
        "(一)总体情况\n2021年,海口市龙华区司法局认真开展政府信息公开各项工作。本报告中所列数据的统计期限自2021年1月1日至2021年12月31日止。\n"
        "(二)政府信息公开情况\n及时公开政府信息共16条。\n(三)、申请行政复议和提起行政诉讼情况\n2021年涉及政府信息公开行政复议0件。\n"
        "(四)、政府信息公开的收费及减免情况\n2021年度我局没有向申请人进行收费的情况。\n"
    )
    assert "cn/document/form-before-2019" in told(checker, text)


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("2023年共收到25件政府信息公开申请件,按程序做好受理、答复工作。", 25),
        ("2024年以来,兴庆区司法局未收到公民、法人和其他组织政府信息公开申请。", 0),
        ("2022年度,未收到任何公民、法人或其他组织的依申请。", 0),
    ],
)
def test_requests_received_in_other_words(checker: Checker, sentence: str, number: int) -> None:
    report = read(checker, f"兴庆区司法局2023年政府信息公开工作年度报告\n一、总体情况\n{sentence}\n")
    assert report.facts["requests_received"].number == number


@pytest.mark.parametrize(
    "sentence", ["2023年共收到2件行政复议申请。", "2023年收到政府信息公开方面3件行政复议申请。"]
)
def test_what_else_is_received_is_no_request(checker: Checker, sentence: str) -> None:
    report = read(checker, f"兴庆区司法局2023年政府信息公开工作年度报告\n一、总体情况\n{sentence}\n")
    assert "requests_received" not in report.facts


@pytest.mark.parametrize(
    ("introduction", "body", "kind"),
    [
        ("根据2014年眉山市司法局信息公开工作实际编制而成。", "眉山市司法局", "department"),
        ("如有疑问,请联系:伊宁县人民政府电子政务办公室。", "伊宁县人民政府", "government"),
    ],
)
def test_bodies_that_introductions_name_in_passing(
    checker: Checker, introduction: str, body: str, kind: str
) -> None:
    report = read(
        checker,
        f"{introduction}\n一、概述\n2014年,公开5条。\n二、主动公开政府信息情况\n公开5条。\n四、政府信息公开支出与收费\n没有收取费用。\n",
    )
    assert report.body is not None
    assert (report.body.name, report.body.kind) == (body, kind)
    assert report.sections[-1].key == "fees"


def test_a_market_bureau_of_which_city_is_not_said_is_no_body(checker: Checker) -> None:
    text = "结合市市场监督管理局信息公开工作实际编制本报告。统计期限为2020年1月1日至12月31日。\n一、总体情况\n公开5条。\n二、主动公开政府信息情况\n"
    assert read(checker, text).body is None


def test_a_sumu_is_a_township(checker: Checker) -> None:
    introduction = "本报告由包头市九原区阿嘎如泰苏木党政综合办公室编制。\n"
    body = read(
        checker, f"阿嘎如泰苏木2022年\n政府信息公开工作年度报告\n{introduction}一、总体情况\n公开96条。\n"
    ).body
    assert body is not None
    assert (body.name, body.kind) == ("阿嘎如泰苏木", "township")
    assert body.region is not None
    assert body.region.name == "九原区"
