"""Recognition of whole reports: the county bureau's report this project began with, and the series of 平潭."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_rules.errors import ReadError

if TYPE_CHECKING:
    from disclosure_rules.model.report import Report

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "tests" / "data" / "reports"


@cache
def accuracy() -> Any:  # noqa: ANN401  a script, loaded by its path
    spec = importlib.util.spec_from_file_location("accuracy", ROOT / "tools" / "accuracy.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def measure() -> Any:  # noqa: ANN401  as above
    return accuracy().Measure()


def recognised(text: str) -> Report:
    report: Report = measure().recognise(text.encode(), "a.txt")
    return report


@cache
def real(name: str) -> Report:
    report: Report = measure().recognise((REPORTS / f"{name}.txt").read_bytes(), name)
    return report


def codes(report: Report) -> set[str]:
    return {note.code for note in report.notes}


def test_the_report_that_this_project_began_with() -> None:
    report = real("zhangzi-zhujianju-2019")
    assert report.title == "长子县住建局2019年度政务信息公开工作报告"
    assert report.titles[0].text == "长子县住建局 2019 年度政务信息公开\n工作报告"
    assert report.titles[0].location.line == 4
    assert report.body is not None
    assert report.body.name == "长子县住建局"
    assert report.body.region is not None
    assert report.body.region.path == ("山西省", "长治市", "长子县")
    assert [(region.value, region.source, region.text) for region in report.regions] == [
        ("140428", "title", "长子县")
    ]
    assert (report.year, report.layout, report.layout_from) == (2019, "2008", "shown")
    assert [(section.key, section.heading, section.location.line) for section in report.sections] == [
        ("overview", "一、概述", 18),
        ("proactive_disclosure", "二、政府信息主动公开情况", 100),
        ("requests", "三、依申请公开政府信息情况", 126),
        ("consultations", "四、咨询处理情况", 132),
        ("reviews_and_litigation", "五、行政复议、诉讼和申诉情况", 140),
        ("problems_and_improvements", "六、存在的主要问题及改进措施", 148),
    ]
    assert [paragraph.location.line for paragraph in report.introduction] == [10]


def test_its_figures_stand_where_they_are_printed() -> None:
    facts = real("zhangzi-zhujianju-2019").facts
    read = {
        key: (fact.number, fact.unit, fact.location.line, fact.location.section)
        for key, fact in facts.items()
    }
    assert read == {
        "disclosed": (56, "条", 106, "proactive_disclosure"),
        "requests_received": (0, "人次", 128, "requests"),
        "consultations": (87, "条", 134, "consultations"),
        "reply_rate": (100, "%", 124, "proactive_disclosure"),
        "reviews": (0, None, 144, "reviews_and_litigation"),
        "litigation": (0, None, 144, "reviews_and_litigation"),
    }
    assert facts["disclosed"].text == "主劢公开政府信息 56 条"
    parts = [(part.key, part.number, part.location.line) for part in facts["consultations"].parts]
    assert parts == [("转办县长信箱", 49, 136), ("市长信箱", 21, 136), ("市委书记市长热线", 17, 136)]


def test_its_damaged_font_is_reported_and_its_text_kept() -> None:
    report = real("zhangzi-zhujianju-2019")
    damage = next(note for note in report.notes if note.code == "font-damage")
    assert damage.count == 27
    assert [place.line for place in damage.places[:3]] == [10, 16, 22]
    assert set(damage.words) == {"丌→不", "劢→动", "迚→进", "幵→并", "挃→指", "挄→按"}
    suspected = next(note for note in report.notes if note.code == "font-damage-suspected")
    assert (suspected.count, set(suspected.words)) == (3, {"不→与", "与→专"})
    assert "丌公开为例外" in report.sections[-1].paragraphs[1].text


def test_every_paragraph_is_as_printed_with_its_line() -> None:
    data = (REPORTS / "zhangzi-zhujianju-2019.txt").read_text(encoding="utf-8").split("\n")
    report = real("zhangzi-zhujianju-2019")
    for section in report.sections:
        for paragraph in section.paragraphs:
            assert paragraph.location.section == section.key
            for offset, letter in enumerate(paragraph.text):
                line = paragraph.location_at(offset).line
                assert line is not None
                assert letter in data[line - 1]


@pytest.mark.parametrize("name", sorted(path.stem for path in REPORTS.glob("*.txt")))
def test_whole_reports_are_recognised_as_transcribed(name: str) -> None:
    truth = accuracy().json.loads((REPORTS / f"{name}.truth.json").read_text(encoding="utf-8"))
    row = measure().grade_report(name, real(name), truth)
    assert set(row.grades.values()) == {"right"}, row


def test_openings_reach_the_bars_and_nothing_is_silently_wrong() -> None:
    rows = measure().openings()
    assert len(rows) == 63
    for asked in ("title", "year"):
        grades = [row.grades[asked] for row in rows if asked in row.grades]
        assert grades.count("right") >= 0.95 * len(grades)
    assert [row for row in rows if "wrong" in row.grades.values()] == []


def test_the_page_on_accuracy_is_up_to_date() -> None:
    page = accuracy().render(measure().reports(), measure().openings())
    assert (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8") == page


def test_the_parts_of_flattened_web_text() -> None:
    report = real("pingtan-xianzhengfu-2012")
    assert [(section.number, section.heading) for section in report.sections] == [
        ("一", "一、 概述"),
        ("二", "二、主动公开政府信息情况"),
        ("三", "三、政府信息依申请公开工作情况"),
        ("四", "四、政府信息公开工作存在的主要问题及改进情况"),
        (None, "附件1：平潭县人民政府2012年政府信息公开情况统计表"),
    ]
    assert [paragraph.text for paragraph in report.closing] == ["平潭县人民政府 2013年1月16日"]
    assert report.introduction[0].text.startswith("本报告主要根据")
    assert report.published == "2013-01-17"
    assert report.period is not None
    assert (report.period.start, report.period.end) == ("2012-01-01", "2012-12-31")
    assert [(body.value, body.source) for body in report.bodies if body.source != "title"] == [
        ("平潭县人民政府", "publisher"),
        ("平潭县人民政府办公室", "introduction"),
        ("平潭县人民政府", "closing"),
    ]
    assert [paragraph.text[:3] for paragraph in report.sections[1].paragraphs] == [
        "（一）",
        "（二）",
        "（三）",
    ]
    assert codes(report) == {"headings-in-running-text", "table-not-read"}


def test_lists_of_figures_keep_what_does_not_add_up() -> None:
    facts = real("pingtan-xianzhengfu-2012").facts
    parts = {key: [(part.key, part.number) for part in fact.parts] for key, fact in facts.items()}
    assert (facts["disclosed"].number, parts["disclosed"]) == (2026, [("县直各单位", 2475), ("各乡镇", 1503)])
    assert sum(number for _, number in parts["disclosed_by_category"] if isinstance(number, int)) == 1175
    assert parts["requests_received"] == [("当面申请数", 18), ("电子邮件申请数", 3)]
    assert parts["answers"] == [("同意公开答复数", 17), ("其它公开答复数", 2), ("免于公开答复数", 2)]
    assert facts["reviews"].number == 0
    assert "litigation" not in facts  # nothing is said of it in the text


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("pingtan-guanweihui-2019", {"disclosed": 2599}),
        ("pingtan-guanweihui-2020", {"disclosed": 2602, "requests_received": 21}),
        ("pingtan-guanweihui-2021", {"disclosed": 2645}),
        (
            "pingtan-guanweihui-2022",
            {"disclosed": 14571, "requests_received": 75, "reviews": 2, "litigation": 1},
        ),
        ("shanghai-kewei-2024", {"requests_received": 34, "reviews": 1, "litigation": 0}),
        ("suqian-shizhengfu-2023", {"disclosed": None, "requests_received": 3607}),
        (
            "suqian-shizhengfu-2024",
            {"disclosed": None, "requests_received": 3646, "reviews": 134, "litigation": 57},
        ),
    ],
)
def test_figures_of_the_later_layouts_come_from_sentences_and_not_from_tables(
    name: str, read: dict[str, int | None]
) -> None:
    assert {key: fact.number for key, fact in real(name).facts.items()} == read


def test_two_titles_are_both_kept() -> None:
    report = real("pingtan-guanweihui-2014")
    assert [title.value for title in report.titles] == [
        "平潭综合实验区管委会2014年度政府信息公开工作年度报告",
        "平潭综合实验区管委会2014年度政府信息公开工作年度报告",
        "平潭综合实验区2014年度政府信息公开工作年度报告",
    ]
    assert {"titles-differ", "text-before-title"} <= codes(report)


def test_the_examples_are_the_documents() -> None:
    name = "zhangzi-zhujianju-2019.txt"
    assert (ROOT / "examples" / name).read_bytes() == (REPORTS / name).read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        "话说天下大势，分久必合，合久必分。周末七国分争，并入于秦。",
        "第一章\n总体情况\n他走进屋里，什么也没有说。" * 20,
        "县政府召开政府信息公开工作培训会，各乡镇、各部门分管负责人参加。",
        "中华人民共和国政府信息公开条例\n第一章 总则\n第一条 为了保障公民、法人和其他组织依法获取政府信息",
    ],
)
def test_another_text_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(ReadError) as caught:
        recognised(text)
    assert caught.value.code == "no-report-content"
    assert "请核对" in caught.value.zh
