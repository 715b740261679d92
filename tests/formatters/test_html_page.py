"""The page of a report, read as a browser reads it: what a person finds at which place."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from html_read import labelled, parsed

from disclosure_rules.cli import main
from disclosure_rules.cli.outputs import Output
from disclosure_rules.engine.result import unread
from disclosure_rules.errors import ReadError
from disclosure_rules.formatters.html import to_html
from disclosure_rules.formatters.markup import foot, head, tag
from disclosure_rules.model.result import Place
from disclosure_rules.model.text import Text
from disclosure_rules.pipeline import Checker

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from disclosure_rules.model.layout import TableSpec
    from disclosure_rules.model.report import Report
    from disclosure_rules.model.result import CheckResult
    from disclosure_rules.model.text import Lang

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "tests" / "data" / "reports"
SUQIAN, SHANGHAI = "suqian-shizhengfu-2024.yaml", "shanghai-zhengfubangongting-2019.yaml"
REAL = [
    "zhangzi-zhujianju-2019.txt",
    "suqian-shizhengfu-2024.txt",
    "hongze-quzhengfu-2024.pdf",
    "shuyang-fagaiju-2023.html",
]
HOSTILE = (
    "<script>alert(1)</script></style><img src=x onerror=alert(1)><!--<plaintext>&lt;b&gt;"
    "<a href='javascript:alert(1)'>x</a>\" onload=\"y</title></textarea>]]>"
)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


def _page(checker: Checker, source: Any, lang: Lang = "zh") -> tuple[CheckResult, Report, LexborHTMLParser]:  # noqa: ANN401
    report = checker.load_report(source)
    result = checker.check(report)
    return result, report, parsed(to_html([(result, report)], checker.layouts, lang))


def _broken() -> dict[str, Any]:
    """A real report with one cell wrong, and cells that hold no number."""
    data: dict[str, Any] = yaml.safe_load((ROOT / "examples" / SUQIAN).read_text("utf-8"))
    requests = data["tables"]["requests"]
    requests["granted"]["commercial_enterprise"] += 9
    requests["carried_out"]["natural_person"] = {"text": "", "status": "blank"}
    requests["refused_state_secret"]["total"] = {"text": "/", "status": "mark"}
    requests["refused_other_law"]["total"] = {"text": "一二?", "status": "unreadable"}
    requests["refused_third_party"]["total"] = {"text": "17", "number": 17, "status": "inferred"}
    return data


def _spec(checker: Checker, report: Report, table: str) -> TableSpec:
    spec = checker.layouts[report.tables[table].form].table(table)
    assert spec is not None
    return spec


def _cells(
    checker: Checker, report: Report, page: LexborHTMLParser, table: str
) -> dict[tuple[str, str], LexborNode]:
    """The cells of a drawn table by the keys of row and column, found by the printed labels alone."""
    spec = _spec(checker, report, table)
    drawn = labelled(page.css_first(f"table.{table}"))
    return {
        (row, column): drawn[spec.row(row).label.zh, spec.column(column).label.zh]
        for row, column in spec.cells
    }


@pytest.mark.parametrize("name", [SUQIAN, SHANGHAI])
def test_every_number_stands_under_the_labels_of_its_form(checker: Checker, name: str) -> None:
    _, report, page = _page(checker, ROOT / "examples" / name)
    assert len(report.tables) == 3
    for key, table in report.tables.items():
        cells = _cells(checker, report, page, key)
        for place, at in enumerate(_spec(checker, report, key).cells):
            shown = cells[at].text(deep=False)
            assert shown == table.cell(place).text


@pytest.mark.parametrize("name", [SUQIAN, SHANGHAI])
def test_our_own_reader_finds_the_same_tables_in_the_page(checker: Checker, name: str) -> None:
    _, report, page = _page(checker, ROOT / "examples" / name)
    for sign in page.css(".badge, .state, ins, aside, header, .list, h2, .legend"):
        sign.decompose()
    again = checker.load_report((page.html or "").encode(), name="page.html")
    assert {key: table.values for key, table in again.tables.items()} == {
        key: table.values for key, table in report.tables.items()
    }


def test_the_marked_cells_are_those_of_the_findings(checker: Checker) -> None:
    result, report, page = _page(checker, _broken())
    asked = {
        (one.location.table, one.location.row, one.location.column)
        for one in result.findings
        if one.location.table and one.location.column
    }
    assert ("requests", "granted", "total") in asked
    marked = {
        (key, *at)
        for key in report.tables
        for at, cell in _cells(checker, report, page, key).items()
        if "hit" in (cell.attributes.get("class") or "").split()
    }
    assert marked == asked
    assert len(page.css("td.hit")) == len(asked)
    cells = _cells(checker, report, page, "requests")
    for finding in result.findings:
        if finding.rule == "cn/requests/applicants-unequal-total":
            sign = cells["granted", "total"].css_first("a.badge")
            note = page.css_first(sign.attributes["href"] or "")
            assert finding.message.zh in note.text()
            assert "错" in sign.text()  # without colour too


def test_the_root_cause_stands_at_the_table_and_in_its_cell(checker: Checker) -> None:
    result, report, page = _page(checker, _broken())
    [cause] = result.root_causes
    [cell] = cause.corrections[0].cells
    [drawn] = [one for one in page.css(".drawn") if one.css("table.requests")]
    assert cause.message.zh in drawn.css_first(".found.cause").text()
    assert "改这一处，2 条不成立的勾稽关系全部成立" in cause.message.zh
    fitting = _cells(checker, report, page, "requests")["granted", "commercial_enterprise"]
    assert fitting.css_first("ins").text().startswith(f"应为 {cell.fits}")
    assert [one.tag for one in page.css("td ins")] == ["ins"]


def test_what_holds_no_number_is_told_apart(checker: Checker) -> None:
    _, report, page = _page(checker, _broken())
    cells = _cells(checker, report, page, "requests")
    for at, words in {
        ("carried_out", "natural_person"): "空白",
        ("refused_state_secret", "total"): "符号",
        ("refused_other_law", "total"): "未读出",
        ("refused_third_party", "total"): "推算",
    }.items():
        assert cells[at].css_first(".state").text() == words
        assert words in page.css_first(".drawn .legend").text()
    assert len(page.css("table .state")) == 4


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", REAL)
def test_every_finding_of_a_real_report_stands_once_at_its_place(
    checker: Checker, name: str, lang: Lang
) -> None:
    result, _, page = _page(checker, REPORTS / name, lang)
    assert len(page.css(".found:not(.cause)")) == len(result.findings)
    for number, finding in enumerate(result.findings, 1):
        note = page.css_first(f"#f{number}")
        assert finding.message(lang) in note.text()
        assert [one.text() for one in page.css(f".list a[href='#f{number}']")]
        block = _up(note, "block")
        if block is not None and block.css("mark"):
            said = [value for value in finding.values.values() if value]
            others = [one.text() for one in block.css("mark")]
            assert any(mark in said for mark in others) or len(block.css(".found")) > 1
    for rule in result.open:
        assert rule.reason(lang) in page.body.text()


def test_a_passage_is_marked_in_the_paragraph_of_its_line(checker: Checker) -> None:
    result, _, page = _page(checker, REPORTS / "zhangzi-zhujianju-2019.txt")
    [number] = [
        number
        for number, one in enumerate(result.findings, 1)
        if one.values.get("text") == "以公开为原则，丌公开为例外"
    ]
    block = _up(page.css_first(f"#f{number}"), "block")
    assert block is not None
    [mark] = block.css("mark")
    assert mark.text() == "以公开为原则，丌公开为例外"
    assert mark.parent is not None
    assert mark.parent.tag == "p"


def test_of_paragraphs_on_one_line_the_one_with_the_words_is_meant(checker: Checker) -> None:
    result, report, page = _page(checker, REPORTS / "pingtan-guanweihui-2019.txt")
    assert len({one.location.line for one in report.sections[0].paragraphs}) == 1
    assert len(report.sections[0].paragraphs) > 2
    told = {finding.rule: page.css_first(f"#f{number}") for number, finding in enumerate(result.findings, 1)}
    block = _up(told["cn/document/list-unequal-figure"], "block")
    assert block is not None
    assert "共公布政府信息2599条" in block.css_first("mark").text()
    block = _up(told["cn/overview/aspects-missing"], "block")  # about the section: at its heading
    assert block is not None
    assert block.css_first("h4").text() == report.sections[0].heading


@pytest.mark.parametrize("source", [ROOT / "examples" / SUQIAN, REPORTS / "hongze-quzhengfu-2024.pdf"])
def test_a_paragraph_is_found_by_its_number_where_no_words_are_given(checker: Checker, source: Path) -> None:
    report = checker.load_report(source)
    result = checker.check(report)
    third = report.sections[0].paragraphs[2]
    place = Place(**dict(third.location), words=Text(zh="第 3 段", en="paragraph 3"))
    one = result.findings[0].model_copy(update={"location": place, "values": {}})
    page = parsed(to_html([(result.model_copy(update={"findings": (one,)}), report)], checker.layouts, "zh"))
    block = _up(page.css_first("#f1"), "block")
    assert block is not None
    assert block.css_first("p").text() == third.text
    head = Place(**dict(report.sections[0].location), words=place.words)
    one = one.model_copy(update={"location": head})
    page = parsed(to_html([(result.model_copy(update={"findings": (one,)}), report)], checker.layouts, "zh"))
    block = _up(page.css_first("#f1"), "block")
    assert block is not None
    assert report.sections[0].heading in block.css_first("h4").text()


def _up(node: LexborNode, look: str) -> LexborNode | None:
    at: LexborNode | None = node
    while at is not None and look not in (at.attributes.get("class") or "").split():
        at = at.parent
    return at


def test_what_a_report_holds_stays_text(checker: Checker) -> None:
    data = _broken()
    data["title"] = HOSTILE
    data["body"] = HOSTILE
    data["sections"][0] |= {"heading": HOSTILE}
    data["sections"][0]["paragraphs"].append(f"{HOSTILE}的的\u202e反\u2066\x01")
    data["closing"] = [HOSTILE]
    data["tables"]["requests"]["received"]["total"] = {"text": HOSTILE, "status": "unreadable"}
    data["printed"] = {"requests": {"heading": HOSTILE, "labels": {"carried_in": HOSTILE}}}
    _, _, page = _page(checker, data)
    assert page.css_first("h1").text() == HOSTILE
    assert page.css_first("h4").text().endswith(HOSTILE)
    assert page.css_first("table.requests caption").text() == HOSTILE
    assert HOSTILE in page.css_first("table.requests").text()
    [said] = [one.text() for one in page.css("article p") if "的的" in one.text() and HOSTILE in one.text()]
    assert said.endswith("的的U+202E反U+2066U+0001")
    assert not {"\u202e", "\u2066", "\x01"} & set(page.html or "")


def test_headings_go_down_step_by_step_and_every_link_arrives(checker: Checker) -> None:
    for source in (_broken(), REPORTS / "zhangzi-zhujianju-2019.txt"):
        _, _, page = _page(checker, source)
        levels = [int(one.tag[1]) for one in page.css("h1, h2, h3, h4, h5, h6")]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        ids = [one.attributes["id"] for one in page.css("[id]")]
        assert len(ids) == len(set(ids))
        assert {(one.attributes["href"] or "")[1:] for one in page.css("a")} <= set(ids)
        assert all(
            one.attributes.get("scope") in {"row", "col", "rowgroup", "colgroup"} for one in page.css("th")
        )


def test_a_folder_is_one_page_and_what_could_not_be_read_is_on_it(checker: Checker) -> None:
    checked = [
        (checker.check(report), report)
        for report in map(checker.load_report, [REPORTS / one for one in REAL])
    ]
    damaged = unread("坏.docx", None, ReadError("文件损坏", "damaged", code="damaged-file"))
    page = parsed(to_html([*checked, (damaged, None)], checker.layouts, "zh"))
    assert len(page.css("section.checked")) == 5
    assert "文件损坏" in page.css("section.checked")[-1].text()
    ids = [one.attributes["id"] for one in page.css("[id]")]
    assert len(ids) == len(set(ids))
    alone = parsed(to_html([(checked[1][0], None)], checker.layouts, "zh"))  # findings without their report
    assert all(one.message.zh in alone.body.text() for one in checked[1][0].findings)


def test_the_command_gives_the_page_the_reports_and_other_formats_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[bool] = []
    written = Output.write

    def noting(self: Output, checker: Checker, checked: Any, lang: Lang) -> None:  # noqa: ANN401
        kept.extend(report is not None for _, report in checked)
        written(self, checker, checked, lang)

    monkeypatch.setattr(Output, "write", noting)
    file, page = str(REPORTS / "zhangzi-zhujianju-2019.txt"), tmp_path / "结果.html"
    for output in (f"html={page}", f"csv={tmp_path / 'f.csv'}"):
        with pytest.raises(SystemExit):
            main(["check", file, "--output", output])
    assert kept == [True, False]
    assert "以公开为原则，丌公开为例外" in [one.text() for one in parsed(page.read_text("utf-8")).css("mark")]
    capsys.readouterr()
    with pytest.raises(SystemExit):
        main(["check", file, "--format", "html"])
    assert capsys.readouterr().out == page.read_text("utf-8")


def test_colours_of_words_have_the_contrast_that_people_need() -> None:
    style = parsed(to_html([], {}, "zh")).css_first("style").text()
    for name in ("ink", "soft", "error", "warning", "explain", "note", "cause"):
        colour = style.split(f"--{name}:#", 1)[1][:6]
        assert _contrast(colour, "f3edfa") >= 4.5, name  # the darkest ground that words stand on


def _contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2."""
    lights = []
    for colour in (one, other):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def _heads(page: LexborHTMLParser, rows: str) -> list[list[tuple[str, int, int]]]:
    """The cells of some rows: their words and how many columns and rows they take."""
    return [
        [
            (one.text(deep=False), *(int(one.attributes.get(name) or 1) for name in ("colspan", "rowspan")))
            for one in row.iter()
        ]
        for row in page.css(rows)
    ]


def test_headings_are_merged_as_the_form_prints_them(checker: Checker) -> None:
    _, _, page = _page(checker, ROOT / "examples" / SHANGHAI)
    sums = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    assert _heads(page, "table.requests thead tr") == [
        [(sums, 3, 3), ("申请人情况", 7, 1)],
        [("自然人", 1, 2), ("法人或其他组织", 5, 1), ("总计", 1, 2)],
        [(one, 1, 1) for one in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    assert _heads(page, "table.reviews_and_litigation thead tr") == [
        [("行政复议", 5, 2), ("行政诉讼", 10, 1)],
        [("未经复议直接起诉", 5, 1), ("复议后起诉", 5, 1)],
        [(one, 1, 1) for one in outcomes * 3],
    ]
    assert _heads(page, "table.proactive_disclosure tbody:last-child tr")[:2] == [
        [("第二十条第（九）项", 4, 1)],
        [("信息内容", 1, 1), ("采购项目数量", 1, 1), ("采购总金额", 2, 1)],
    ]
    spans = {
        one.text(): one.attributes.get("rowspan") for one in page.css("table.requests th[scope=rowgroup]")
    }
    assert spans["三、本年度办理结果"] == "20"
    assert spans["（三）不予公开"] == "8"


def test_a_value_of_an_attribute_stays_one() -> None:
    page = parsed(head("x", "", "zh") + tag("p", title='"><script>alert(1)</script>\u202e') + foot())
    assert page.css_first("p").attributes == {"title": '"><script>alert(1)</script>\ufffd'}
