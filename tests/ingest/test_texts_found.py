"""Reports as a store of web pages keeps them: what was once read wrong in one, in its real words, cut short."""

from __future__ import annotations

from pathlib import Path

import pytest
from texts_read import read, told, values

from disclosure_rules.pipeline import Checker

REPORTS = Path(__file__).resolve().parent.parent / "data" / "reports"
TITLE = (
    "大余县民政局2020年政府信息公开工作年度报告\n一、总体情况\n公开信息847条。\n二、主动公开政府信息情况\n"
)
REQUESTS = "三、收到和处理政府信息公开申请情况\n"
HEADER = (
    "(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和) | 申请人情况 |\n自然人 | 法人或其他组织 | 总计 |\n"
    "商业 企业 | 科研 机构 | 社会公益组织 | 法律服务机构 | 其他 |\n"
)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


def test_bars_that_close_a_row_of_cells_on_lines_begin_no_row(checker: Checker) -> None:
    text = (
        f"{TITLE}第二十条第(五)项 | ||||\n信息内容 |\n上一年项目数量 |\n本年增/减 |\n处理决定数量 | |\n"
        "行政许可 |\n15 |\n0 |\n167 | |\n其他对外管理服务事项 |\n65 |\n+1 |\n0 | |\n"
        "第二十条第(六)项 | ||||\n信息内容 |\n上一年项目数量 |\n本年增/减 |\n处理决定数量 | |\n行政处罚 |\n58 |\n0 |\n3 | |\n"
    )
    report = read(checker, text)
    assert values(checker, report, "proactive_disclosure", "administrative_licensing") == [15, 0, 167]
    assert values(checker, report, "proactive_disclosure", "other_public_services") == [65, 1, 0]
    assert values(checker, report, "proactive_disclosure", "administrative_penalty") == [58, 0, 3]
    assert not told(checker, text) & {"cn/document/cell-not-a-number", "cn/document/row-unforeseen"}


def test_a_row_without_its_last_figure_keeps_the_others(checker: Checker) -> None:
    text = (
        f"{TITLE}|\n第二十条第(一)项 | |||\n|\n信息内容 |\n本年制发件数 |\n本年废止件数 |\n现行有效件数 |\n|\n规章 |\n1 |\n2 |\n|\n"
        "|\n行政规范性文件 |\n5 |\n12 |\n8 |\n|\n"
    )
    report = read(checker, text)
    assert values(checker, report, "proactive_disclosure", "government_rules") == [1, 2, None]
    assert values(checker, report, "proactive_disclosure", "normative_documents") == [5, 12, 8]


def test_a_year_said_within_the_names_of_columns_changes_no_form(checker: Checker) -> None:
    text = (
        "一、总体情况\n2023年公开信息47条。\n二、主动公开政府信息情况\n第二十条第(一)项 | |||\n"
        "信息内容 | 本年(2023)制发件数 | 本年(2023)废止件数 | 现行有效件数 |\n规章 | 0 | 0 | 0 |\n规范性文件 | 0 | 1 | 0 |\n"
        "第二十条第(五)项 | |||\n信息内容 | 本年(2023)处理决定数量 | ||\n行政许可 | 12 | ||\n"
    )
    report = read(checker, text)
    assert (report.layout, report.tables["proactive_disclosure"].form) == ("2021", "2021")
    assert report.tables["proactive_disclosure"].column_labels == {}
    assert not told(checker, text) & {"cn/document/form-superseded", "cn/document/table-of-other-form"}


def test_rows_that_all_forms_have_are_of_the_form_of_the_table_before(checker: Checker) -> None:
    text = (
        f"{TITLE}第二十条第(五)项 | ||||\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 | |\n行政许可 | 92 | 0 | 0 | |\n"
        f"{REQUESTS}{HEADER}一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"
        "二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"
    )
    assert {table.form for table in read(checker, text).tables.values()} == {"2019"}
    assert "cn/document/table-of-other-form" not in told(checker, text)


@pytest.mark.parametrize(
    "row",
    [
        "二、上年结转政府信息公开申请数量 | | | | | | | 7 |\n",
        "二、上年结转政府信息公开申请数量 | | | | | | | 7 | | |\n",
    ],
)
def test_a_row_with_nothing_but_its_total_is_read(checker: Checker, row: str) -> None:
    text = f"{TITLE}见下表。\n{REQUESTS}{HEADER}一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n{row}"
    assert values(checker, read(checker, text), "requests", "carried_in") == [None] * 6 + [7]


@pytest.mark.parametrize(
    ("preface", "body"),
    [
        (
            "根据《安徽省政务公开办公室关于做好2022年度政府信息公开工作年度报告编制的通知》,有疑问请与花山区财政局办公室联系。",
            "花山区财政局",
        ),
        (
            "清江浦区政务公开工作领导小组办公室编制了清江浦区人民政府2021年度政府信息公开工作年度报告。",
            "清江浦区人民政府",
        ),
        (
            "本年度报告根据《条例》要求,由上海市长宁区周家桥街道办事处编制,全文包括六部分。",
            "上海市长宁区周家桥街道办事处",
        ),
        (
            "全文由总体情况和其他需要报告的事项等六部分组成。如有疑问,请与局办公室联系(地址:长青路191号)。",
            None,
        ),
    ],
)
def test_who_reports_where_no_title_is_printed(checker: Checker, preface: str, body: str | None) -> None:
    report = read(
        checker, f"{preface}\n一、总体情况\n2022年公开信息416条。\n二、主动公开政府信息情况\n见上。\n"
    )
    assert (report.body.name if report.body else None) == body


def test_fields_behind_the_day_of_publication_whose_blanks_are_lost(checker: Checker) -> None:
    report = read(
        checker,
        "政府信息公开工作年报\n发布时间: 2024-01-22 15:40:00来源:武汉市发展和改革委员会字号:[ 大 中 小 ]分享:\n一、总体情况\n公开12条。\n",
    )
    assert report.body is not None
    assert (report.body.name, report.published) == ("武汉市发展和改革委员会", "2024-01-22")


def test_a_lower_level_without_its_first_bracket_is_no_section(checker: Checker) -> None:
    report = read(
        checker,
        "住建局2020年信息公开工作年度报告\n一、总体情况\n一)主动公开情况\n公开12条。\n(二)依申请公开情况\n收到申请4次。\n"
        "二、主动公开政府信息情况\n见上。\n",
    )
    assert [section.key for section in report.sections] == ["overview", "proactive_disclosure"]


def test_the_overview_of_a_website_is_the_overview(checker: Checker) -> None:
    report = read(
        checker,
        "2020年黄石市住房和城乡建设局政府信息公开工作年度报告\n一、网站总体公开情况\n具体如下:\n1.总体公开情况\n公开15条。\n"
        "二、主动公开政府信息情况\n见上。\n",
    )
    assert [(section.key, section.number) for section in report.sections] == [
        ("overview", "一"),
        ("proactive_disclosure", "二"),
    ]


def test_what_the_figures_of_information_cover_is_no_period(checker: Checker) -> None:
    report = read(
        checker,
        "河东乡2022年政府信息公开工作年度报告\n一、总体情况\n公开206条。内容涵盖财政、文化、教育、城乡建设、环境保护等重点领域信息。\n",
    )
    assert report.period is None


def test_the_year_that_an_introduction_speaks_of_comes_before_that_of_the_period(checker: Checker) -> None:
    text = (
        "根据省、市有关要求,淮安市自然资源和规划局编制了2021年政府信息公开年度报告。"
        "本报告中所列数据的统计期限自2020年1月1日起至2020年12月31日止。\n一、总体情况\n2021年公开政府信息1268条。\n"
        "二、主动公开政府信息情况\n见上。\n"
    )
    report = read(checker, text)
    assert report.body is not None
    assert (report.year, report.body.name) == (2021, "淮安市自然资源和规划局")
    assert "cn/document/period-not-the-year" in told(checker, text)


def test_what_a_name_adds_in_brackets_does_not_hide_its_kind(checker: Checker) -> None:
    text = "绥阳县人民政府(县人民政府办公室)2023年政府信息公开工作年度报告\n一、总体情况\n公开12条。\n"
    report = read(checker, text)
    assert report.body is not None
    assert report.body.kind == "government"


@pytest.mark.parametrize(
    ("listed", "parts"),
    [
        ("其中通过网络提交9件,通过信函提交8件,办结16件,办结率94%", [9, 8]),
        ("其中自然人13件,法人4件,已办结16件,结转2件", [13, 4]),
        ("其中依申请公开平台9件,信件7件,处理网民留言30件", [9, 7]),
        ("其中撤回1件,办结15件", []),
    ],
)
def test_what_was_done_with_requests_is_no_part_of_them(
    checker: Checker, listed: str, parts: list[int]
) -> None:
    report = read(checker, f"{TITLE}见上。\n{REQUESTS}共收到政府信息公开申请17件,{listed}。\n")
    assert [part.number for part in report.facts["requests_received"].parts] == parts


def test_blanks_behind_the_last_figure_of_table_4_are_filling(checker: Checker) -> None:
    outcomes = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计"
    text = (
        f"{TITLE}见上。\n{REQUESTS}见下。\n四、政府信息公开行政复议、行政诉讼情况\n行政复议 | 行政诉讼 | |\n"
        f"{outcomes} | 未经复议直接起诉 | 复议后起诉 | |\n{outcomes} | {outcomes} | |\n"
        "1 | 0 | 0 | 1 | 2 | 0 | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 1 | |\n"
    )
    assert values(checker, read(checker, text), "reviews_and_litigation", "review") == [1, 0, 0, 1, 2]


LISTED = (
    "<ul><li>青山县卫生健康局2022年政府信息公开工作年度报告</li><li>红岭县财政局2023年政府信息公开工作年度报告</li></ul>"
    "<p>绿水县教育局2023年政府信息公开工作年度报告</p><p>根据条例要求,现公布本报告。</p><p>一、总体情况</p>"
)


@pytest.mark.parametrize("body", ["绿水县教育局", "红岭县财政局"])
def test_of_the_titles_in_a_list_and_below_it_the_one_whose_body_the_text_names(
    checker: Checker, body: str
) -> None:
    report = checker.load_report(f"{LISTED}<p>2023年,{body}公开12条。</p>".encode(), name="年报.html")
    assert report.title == f"{body}2023年政府信息公开工作年度报告"


def test_where_the_text_names_no_body_the_first_title_stays(checker: Checker) -> None:
    report = checker.load_report(f"{LISTED}<p>2023年,我局公开12条。</p>".encode(), name="年报.html")
    assert report.title == "青山县卫生健康局2022年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("preface", "overview", "body"),
    [
        (
            "根据政府信息公开条例编制本报告。",
            "2025年,沈阳市医疗保障局坚持服务群众,不断提升水平。",
            "沈阳市医疗保障局",
        ),
        ("2022年,安仁乡人民政府坚持信息公开。现报告如下。", "采取多种形式公开。", "安仁乡人民政府"),
        (
            "根据政府信息公开条例编制本报告。",
            "2023年,在区委的领导下,官洲街道办事处认真贯彻条例。",
            "官洲街道办事处",
        ),
        ("根据政府信息公开条例编制本报告。", "2022年,市生态环境局紧紧围绕重点任务。", None),
        ("根据政府信息公开条例编制本报告。", "2022年,全市各地各部门坚持公开。", None),
        # Who looks after disclosure for the whole county is asked about the report of its government.
        (
            "对信息公开有疑问,请与随县政务服务和大数据管理局联系。",
            "2023年,主动发布各类信息。",
            None,
        ),
    ],
)
def test_the_subject_of_a_first_sentence_where_nothing_else_names_the_body(
    checker: Checker, preface: str, overview: str, body: str | None
) -> None:
    report = read(checker, f"{preface}\n一、总体情况\n{overview}\n二、主动公开政府信息情况\n见上。\n")
    assert (report.body.name if report.body else None) == body


def test_a_customs_region_is_an_agency_and_no_place(checker: Checker) -> None:
    text = "广州海关关区2023年政府信息公开工作年度报告\n一、总体情况\n公开12条。\n二、主动公开政府信息情况\n见上。\n"
    report = read(checker, text)
    assert report.body is not None
    assert report.body.kind == "vertical_agency"
    assert "body-is-place" not in {note.code for note in report.notes}


def test_the_words_of_taiwan_for_documents_are_read(checker: Checker) -> None:
    text = (
        "武漢市生態環境局2020年政府信息公開工作年度報告\n第二十條第(一)項 | |||\n"
        "信息內容 | 本年新 製作數量 | 本年新 公開數量 | 對外公開總數量 |\n規章 | 0 | 0 | 0 |\n規範性檔案(行政機關制定發布的決定) | 2 | 2 | 19 |\n"
    )
    assert values(checker, read(checker, text), "proactive_disclosure", "normative_documents") == [2, 2, 19]


def test_a_line_of_bars_alone_is_no_table(checker: Checker) -> None:
    report = read(checker, "城关乡2022年政府信息公开工作年度报告\n| | |\n一、总体情况\n公开16条。\n")
    assert "table-not-read" not in {note.code for note in report.notes}


def test_words_of_tables_in_prose_show_no_form(checker: Checker) -> None:
    text = (
        "广东省文化和旅游厅2021年政府信息公开工作年度报告\n一、总体情况\n2021年发布规范性文件2件,行政许可处理决定数量598件。\n"
        "二、主动公开政府信息情况\n见上。\n"
    )
    report = read(checker, text)
    assert (report.layout, report.layout_from) == ("2021", "year")
    assert "cn/document/form-superseded" not in told(checker, text)


def test_a_period_whose_end_stands_behind_a_comma(checker: Checker) -> None:
    report = read(
        checker,
        "武山镇2024年政府信息公开工作年度报告\n报告中所列数据的统计期限自2024年1月1日起,至2024年12月31日止。\n一、总体情况\n公开265条。\n",
    )
    assert report.period is not None
    assert (report.period.start, report.period.end) == ("2024-01-01", "2024-12-31")


def test_a_button_behind_the_title_is_no_part_of_it(checker: Checker) -> None:
    report = read(
        checker, "文化和旅游部政府信息公开工作2021年度报告 二维码\n一、总体情况\n发布各类信息8118篇。\n"
    )
    assert report.title == "文化和旅游部政府信息公开工作2021年度报告"


def test_the_full_name_of_a_publisher_that_a_page_knows_without_its_place(checker: Checker) -> None:
    text = "发布机构:省水利厅\n本年度报告由浙江省水利厅编制,全文包括政府信息公开六部分内容。\n一、总体情况\n公开8731条。\n"
    report = read(checker, text)
    assert report.body is not None
    assert report.body.name == "浙江省水利厅"


def test_rows_whose_cells_run_together_each_on_a_line(checker: Checker) -> None:
    text = (
        "海城市西四镇2025年政府信息公开工作年度报告\n一、总体情况\n公开49条。\n二、主动公开政府信息情况\n第二十条第(五)项\n"
        "信息内容本年处理决定数量\n行政许可120\n第二十条第(六)项\n信息内容本年处理决定数量\n行政处罚33\n行政强制0\n"
        "三、收到和处理政府信息公开申请情况\n(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)申请人情况\n"
        "自然人法人或其他组织总计\n商业企业科研机构社会公益组织法律服务机构其他\n一、本年新收政府信息公开申请数量2000002\n"
        "二、上年结转政府信息公开申请数量0000000\n三、本年度办理结果(一)予以公开1000001\n(三)不予公开1.属于国家秘密1000001\n"
        "四、政府信息公开行政复议、行政诉讼情况\n行政复议行政诉讼\n结果维持结果纠正其他结果尚未审结总计未经复议直接起诉复议后起诉\n"
        "结果维持结果纠正其他结果尚未审结总计结果维持结果纠正其他结果尚未审结总计\n100010000000000\n五、存在的主要问题及改进情况\n无。\n"
    )
    report = read(checker, text)
    assert [section.key for section in report.sections][-1] == "problems_and_improvements"
    assert values(checker, report, "proactive_disclosure", "administrative_licensing") == [120]
    requests, reviews = report.tables["requests"], report.tables["reviews_and_litigation"]
    assert {requests.cell(at).status for at in range(7)} == {"inferred"}
    assert [requests.cell(at).text for at in range(7)] == ["2", "0", "0", "0", "0", "0", "2"]
    assert [reviews.cell(at).text for at in range(5)] == ["1", "0", "0", "0", "1"]
    assert not any(rule.endswith("table-missing") for rule in told(checker, text))


@pytest.mark.parametrize("year", [2023, 2024])
def test_rows_drawn_with_blanks_are_no_lines_run_together(checker: Checker, year: int) -> None:
    # The words of a label broken over lines (不予 公开) were left as text of the section.
    name = f"suqian-shizhengfu-{year}.txt"
    report = checker.load_report((REPORTS / name).read_bytes(), name=name)
    requests = next(section for section in report.sections if section.key == "requests")
    assert requests.paragraphs == ()


def test_running_text_with_bars_in_it_is_no_table_and_stays(checker: Checker) -> None:
    lines = (
        "长子县财政局2023年政府信息公开工作年度报告",
        "一、总体情况",
        "我局通过网站|微信公开信息7条。",
        "同时通过微博|抖音公开信息8条。",
        "这一段里有 |---| 三条横线，后面还有文字，收到申请3件。",
    )
    report = checker.load_report("\n".join(lines).encode(), name="年报.txt")
    assert [paragraph.text for paragraph in report.sections[0].paragraphs] == list(lines[2:])
