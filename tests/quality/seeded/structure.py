"""Defects of structure: parts, tables, rows, headings, title, period, dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from seeded.bases import Base, Plain, replaced
from seeded.bases import base as named
from seeded.planting import (
    TABLE_2,
    TABLE_3,
    TABLE_4,
    Edit,
    changed_text,
    has_text,
    inserted,
    of_2021,
    plants,
    section,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

_SECTIONS = ("overview", TABLE_2, TABLE_3, TABLE_4, "problems_and_improvements", "other_matters")
_NUMBERS = "一二三四五六七八"


@plants("section-removed")
def _removed(base: Base, _: Random) -> Iterator[Edit]:
    for key in _SECTIONS:
        report = base.copy()
        report["sections"] = [entry for entry in report["sections"] if entry.get("key") != key]
        report["tables"].pop(key, None)
        yield Edit(report, at=(f"sections.{key}", key))


@plants("section-emptied", times=2)
def _emptied(base: Base, rng: Random) -> Iterator[Edit]:
    key = rng.choice(("overview", "problems_and_improvements", "other_matters"))
    report = base.copy()
    section(report, key)["paragraphs"] = []
    yield Edit(report, at=(f"sections.{key}",))


@plants("problems-say-none")
def _none(base: Base, _: Random) -> Iterator[Edit]:
    report = base.copy()
    section(report, "problems_and_improvements")["paragraphs"] = ["无。"]
    yield Edit(report, at=("sections.problems_and_improvements",))


@plants("problems-without-measures")
def _half(base: Base, _: Random) -> Iterator[Edit]:
    report = base.copy()
    section(report, "problems_and_improvements")["paragraphs"] = [
        "一是主动公开的内容还不够全面，个别科室的报送不够及时。二是依申请公开的答复文书不够规范，业务能力有待提高。"
    ]
    yield Edit(report, at=("sections.problems_and_improvements",))


@plants("section-renamed")
def _renamed(base: Base, rng: Random) -> Iterator[Edit]:
    key, heading = rng.choice(
        ((TABLE_3, "依公开申请办理情况"), (TABLE_2, "信息主动公开工作进展"), (TABLE_4, "复议与应诉"))
    )
    report = base.copy()
    section(report, key)["heading"] = heading
    yield Edit(report, at=("*",))


@plants("sections-swapped")
def _swapped(base: Base, rng: Random) -> Iterator[Edit]:
    """Two sections in the other's place, numbers as they stand."""
    first = rng.choice((0, 3, 4))
    report = base.copy()
    entries = report["sections"]
    entries[first], entries[first + 1] = entries[first + 1], entries[first]
    for number, entry in zip(_NUMBERS, entries, strict=False):
        entry["number"] = number
    yield Edit(report)


@plants("number-repeated")
def _number(base: Base, rng: Random) -> Iterator[Edit]:
    place = rng.choice((2, 3, 4, 5))
    report = base.copy()
    entry = report["sections"][place]
    entry["number"] = _NUMBERS[place - 1]
    yield Edit(report, at=(f"sections.{entry['key']}",))


@plants("section-doubled")
def _doubled(base: Base, _: Random) -> Iterator[Edit]:
    report = base.copy()
    report["sections"].append({**section(base.copy(), "problems_and_improvements"), "number": "七"})
    yield Edit(report)


@plants("section-added")
def _added(base: Base, rng: Random) -> Iterator[Edit]:
    heading = rng.choice(("工作亮点和特色做法", "下一步工作打算"))
    report = base.copy()
    report["sections"].append(
        {"number": "七", "heading": heading, "paragraphs": ["大力推进基层政务公开示范点建设。"]}
    )
    yield Edit(report)


@plants("table-removed")
def _table(base: Base, _: Random) -> Iterator[Edit]:
    for key in (TABLE_2, TABLE_3, TABLE_4):
        report = base.copy()
        report["tables"].pop(key)
        yield Edit(report, at=(key, f"{key}.*", f"sections.{key}"))


@plants("row-removed", times=3)
def _row(base: Base, rng: Random) -> Iterator[Edit]:
    key = rng.choice((TABLE_2, TABLE_3, TABLE_3))
    rows = base.report["tables"][key]
    row = rng.choice([name for name in rows if name not in ("received", "results_total")])
    report = base.copy()
    report["tables"][key].pop(row)
    yield Edit(report, at=(key, f"{key}.{row}", f"{key}.{row}.*"))


def _printed(base: Base, table: str, kind: str, key: str, label: str) -> Plain:
    report = base.copy()
    report["printed"] = {table: {kind: {key: label}}}
    return report


@plants("row-renamed")
def _row_label(base: Base, rng: Random) -> Iterator[Edit]:
    table, row, label = rng.choice(
        (
            (TABLE_3, "refused_other_law", "2.其他法律行政止公开"),
            (TABLE_3, "not_processed_petition", "1.信访投诉类申请"),
            (TABLE_3, "carried_out", "四、结转下年继续办理"),
            (TABLE_3, "refused_enforcement_file", "7.属于行政执法卷宗"),
        )
    )
    yield Edit(
        _printed(base, table, "labels", row, label),
        at=(table, f"{table}.{row}", f"{table}.{row}.*"),
        only="document",
    )


@plants("row-label-of-2019")
def _row_2019(base: Base, _: Random) -> Iterator[Edit]:
    if of_2021(base):
        row = "normative_documents"
        report = _printed(base, TABLE_2, "labels", row, "规范性文件")
        yield Edit(report, at=(TABLE_2, f"{TABLE_2}.{row}", f"{TABLE_2}.{row}.*"), only="document")


@plants("column-renamed")
def _column_label(base: Base, _: Random) -> Iterator[Edit]:
    if of_2021(base):
        yield Edit(
            _printed(base, TABLE_2, "column_labels", "in_force", "现行有效件"),
            at=(TABLE_2, f"{TABLE_2}.*"),
            only="document",
        )


@plants("row-added")
def _row_added(base: Base, _: Random) -> Iterator[Edit]:
    report = base.copy()
    report["printed"] = {TABLE_2: {"unplaced": [{"value": "行政检查", "source": "row"}]}}
    yield Edit(report, at=(TABLE_2, f"{TABLE_2}.*"), only="document")


@plants("table-2-of-2019")
def _old_table(base: Base, _: Random) -> Iterator[Edit]:
    """Table 2 of the trial form in a report of a later year, as a county bureau had it for 2023."""
    if of_2021(base):
        report = base.copy()
        report["tables"][TABLE_2] = named("shanghai-2019").copy()["tables"][TABLE_2]
        report["printed"] = {TABLE_2: {"form": "2019"}}
        yield Edit(report, at=("*",))


@plants("form-of-2019")
def _old_form(base: Base, _: Random) -> Iterator[Edit]:
    """Both tables of the trial form in a report for a year from 2021 on."""
    if base.name == "shanghai-2019":
        for year in (2021, 2023):
            moved = _moved(base.copy(), 2019, year)
            yield Edit(moved | {"year": year, "layout": "2019"}, at=("*",))


@plants("form-before-2019")
def _narrative_form(base: Base, _: Random) -> Iterator[Edit]:
    """The outline in use before 2019, without tables, in a report for a later year."""
    if not of_2021(base):
        return
    report = base.copy()
    report["tables"] = {}
    headings = (
        "概述",
        "主动公开政府信息情况",
        "依申请公开政府信息办理情况",
        "政府信息公开咨询处理情况",
        "因政府信息公开申请行政复议、提起行政诉讼的情况",
        "存在的主要问题及改进措施",
    )
    texts = [entry.get("paragraphs") or ["全年没有发生。"] for entry in base.copy()["sections"]]
    report["sections"] = [
        {"number": number, "heading": heading, "paragraphs": text}
        for number, heading, text in zip(_NUMBERS, headings, texts, strict=False)
    ]
    report.pop("layout")
    yield Edit(report, at=("*",), only="document")


def _moved(value: Any, old: int, new: int) -> Any:
    """A report with its year, and those next to it, moved."""
    for step in (-1, 0, 1) if new < old else (1, 0, -1):
        value = replaced(value, str(old + step), str(new + step))
    return value


@plants("aspect-missing")
def _aspect(base: Base, _: Random) -> Iterator[Edit]:
    """Nothing is said of one of the five aspects."""
    report = base.copy()
    entry = section(report, "overview")
    kept, leaving = [], False
    for text in entry["paragraphs"]:
        if re.match(r"（[一二三四五六七]）", text):
            leaving = text.startswith("（四）")
        if not leaving:
            kept.append(re.sub("平台|网站|新媒体|公报|渠道|门户", "栏目", text))
    entry["paragraphs"] = kept
    yield Edit(report, at=("sections.overview",))


@plants("accountability-missing")
def _accountability(base: Base, _: Random) -> Iterator[Edit]:
    if base.report["body"].get("kind") != "government":
        return
    report = base.copy()
    entry = section(report, "overview")
    entry["paragraphs"] = [re.sub(r"[^。]*责任追究[^。]*。", "", text) for text in entry["paragraphs"]]
    yield Edit(report, at=("sections.overview",))


@plants("overview-too-long")
def _long(base: Base, _: Random) -> Iterator[Edit]:
    if base.name in ("shuyang-2023", "hongze-2024"):
        text = (
            "持续完善工作机制，细化工作措施，压实工作责任，推动各项任务落地见效。各科室结合实际，逐项梳理应当公开的事项，及时更新栏目内容。"
            * 20
        )
        report = base.copy()
        section(report, "overview")["paragraphs"].append(text)
        yield Edit(report, at=("sections.overview",))


@plants("overview-too-short")
def _short(base: Base, _: Random) -> Iterator[Edit]:
    report = base.copy()
    section(report, "overview")["paragraphs"] = ["全年认真开展政府信息公开工作，取得较好成效。"]
    yield Edit(report, at=("sections.overview",))


@plants("preface-inside-overview")
def _preface(base: Base, _: Random) -> Iterator[Edit]:
    if base.report.get("introduction"):
        report = base.copy()
        section(report, "overview")["paragraphs"][:0] = report.pop("introduction")
        yield Edit(report, at=("sections.overview",))


def _titled(base: Base, old: str, new: str) -> Iterator[Edit]:
    report = base.copy()
    title = re.sub(old, new, report["title"])
    if title != report["title"]:
        report["title"] = title
        yield Edit(report, at=("*",))


@plants("title-informal")
def _informal(base: Base, rng: Random) -> Iterator[Edit]:
    yield from _titled(base, "工作年度报告", rng.choice(("工作报告", "年度报告", "年报", "工作总结")))


@plants("title-of-affairs")
def _affairs(base: Base, _: Random) -> Iterator[Edit]:
    yield from _titled(base, "政府信息公开", "政务公开")


@plants("title-without-year")
def _yearless(base: Base, _: Random) -> Iterator[Edit]:
    yield from _titled(base, r"\d{4}年", "")


@plants("title-without-body")
def _bodyless(base: Base, _: Random) -> Iterator[Edit]:
    report = base.copy()
    report["title"] = f"{report['year']}年政府信息公开工作年度报告"
    yield Edit(report, at=("*",))


@plants("title-year-doubled")
def _year_twice(base: Base, _: Random) -> Iterator[Edit]:
    yield from _titled(base, r"(\d{4})年", r"\1年度")


@plants("title-year-stale")
def _stale_title(base: Base, _: Random) -> Iterator[Edit]:
    """The title still has last year's number; period and text have the right one."""
    report = base.copy()
    year = report["year"]
    report["title"] = report["title"].replace(str(year), str(year - 1))
    if "period" in report or report.get("published"):
        yield Edit(report, at=("*",), only="document")


@plants("period-stale")
def _period(base: Base, _: Random) -> Iterator[Edit]:
    if "period" not in base.report or not base.report.get("introduction"):
        return
    year = base.report["year"]
    report = base.copy()
    report["introduction"] = [
        re.sub(
            rf"{year}(年1月1日)(.{{1,3}}?)(?:{year}年)?12月31日",
            rf"{year - 1}\1\g<2>{year - 1}年12月31日",
            text,
        )
        for text in report["introduction"]
    ]
    report["period"] = {"from": f"{year - 1}-01-01", "to": f"{year - 1}-12-31"}
    yield Edit(report, at=("*",))


@plants("period-short")
def _period_end(base: Base, _: Random) -> Iterator[Edit]:
    if "period" not in base.report or not base.report.get("introduction"):
        return
    year = base.report["year"]
    report = base.copy()
    report["introduction"] = replaced(report["introduction"], "12月31日", "11月30日")
    report["period"] = {"from": f"{year}-01-01", "to": f"{year}-11-30"}
    yield Edit(report, at=("*",))


@plants("letter-posted")
def _letter(base: Base, _: Random) -> Iterator[Edit]:
    report = base.copy()
    report["introduction"] = [
        "市政府办公室：",
        "按照《条例》要求，现将我单位政府信息公开工作情况报告如下：",
        *report.get("introduction", []),
    ]
    yield Edit(report, at=("*",))


@plants("parts-announced-wrong")
def _announced(base: Base, _: Random) -> Iterator[Edit]:
    clean, report = base.copy(), base.copy()
    for copy, word in ((clean, "六"), (report, "五")):
        copy["introduction"] = [
            *copy.get("introduction", []),
            f"本报告由总体情况、主动公开政府信息情况等{word}部分组成。",
        ]
    yield Edit(report, at=("*",), clean=clean)


@plants("parts-of-old-outline")
def _old_parts(base: Base, _: Random) -> Iterator[Edit]:
    report = base.copy()
    text = "本报告包括概述、主动公开政府信息情况、依申请公开政府信息和不予公开政府信息情况、收费及减免情况、行政复议和行政诉讼情况、存在的问题及改进措施。"
    report["introduction"] = [*report.get("introduction", []), text]
    yield Edit(report, at=("*",))


@plants("published-late")
def _late(base: Base, _: Random) -> Iterator[Edit]:
    if base.report["body"].get("kind") == "development_zone":
        return  # no national text dates the report of a zone
    report = base.copy()
    report["published"] = f"{report['year'] + 1}-04-20"
    yield Edit(report, at=("*",))


@plants("published-before-year-end")
def _early(base: Base, _: Random) -> Iterator[Edit]:
    report = base.copy()
    report["published"] = f"{report['year']}-12-20"
    yield Edit(report, at=("*",))


@plants("signed-before-year-end")
def _signed(base: Base, _: Random) -> Iterator[Edit]:
    clean, report = base.copy(), base.copy()
    clean["closing"] = [report["body"]["name"], f"{report['year'] + 1}年1月17日"]
    report["closing"] = [report["body"]["name"], f"{report['year']}年12月17日"]
    yield Edit(report, at=("*",), clean=clean)


@plants("signed-by-another")
def _other_signs(base: Base, _: Random) -> Iterator[Edit]:
    clean, report = base.copy(), base.copy()
    clean["closing"] = [report["body"]["name"], f"{report['year'] + 1}年1月17日"]
    report["closing"] = ["丰县交通运输局", f"{report['year'] + 1}年1月17日"]
    yield Edit(report, at=("*",), clean=clean, only="document")


@plants("subheading-skipped")
def _subheading(base: Base, _: Random) -> Iterator[Edit]:
    report = changed_text(base, "（三）", "（四）")
    if report is not None:
        yield Edit(report, at=("sections.overview",))


@plants("file-of-other-year")
def _file(base: Base, _: Random) -> Iterator[Edit]:
    year = base.report["year"]
    yield Edit(base.copy(), at=("*",), only="document", name=f"{year - 1}年度政府信息公开工作年度报告.html")


@plants("fees-unmentioned")
def _fees(base: Base, _: Random) -> Iterator[Edit]:
    if of_2021(base):
        report = base.copy()
        section(report, "other_matters")["paragraphs"] = ["本年度没有其他需要报告的事项。"]
        yield Edit(report, at=("sections.other_matters",))


@plants("fees-parts-unequal")
def _fee_parts(base: Base, _: Random) -> Iterator[Edit]:
    if of_2021(base) and has_text(base.report, "other_matters"):
        clean, report = base.copy(), base.copy()
        sentence = "全年收取信息处理费3件，共计1500元，其中，县民政局1件，收取500元；县公安局2件，收取{}元。"
        section(clean, "other_matters")["paragraphs"] = ["全年发出收费通知60件。" + sentence.format(1000)]
        section(report, "other_matters")["paragraphs"] = ["全年发出收费通知60件。" + sentence.format(1200)]
        yield Edit(report, at=("sections.other_matters",), clean=clean)


@plants("fees-count-wrong")
def _fee_count(base: Base, _: Random) -> Iterator[Edit]:
    if of_2021(base):
        clean, report = base.copy(), base.copy()
        sentence = (
            "全年收取信息处理费{}件，共计1500元，其中，县民政局1件，收取500元；县公安局2件，收取1000元。"
        )
        section(clean, "other_matters")["paragraphs"] = ["全年发出收费通知60件。" + sentence.format(3)]
        section(report, "other_matters")["paragraphs"] = ["全年发出收费通知60件。" + sentence.format(4)]
        yield Edit(report, at=("sections.other_matters",), clean=clean)


@plants("fees-unpaid-denied")
def _unpaid(base: Base, _: Random) -> Iterator[Edit]:
    """The table has requests ended for unpaid fees, the text says that none were asked for."""
    if of_2021(base):
        clean, report = base.copy(), base.copy()
        for copy in (clean, report):
            section(copy, "other_matters")["paragraphs"] = [
                "本年度没有发出信息处理费收费通知，未收取信息处理费。"
            ]
        rows = report["tables"][TABLE_3]
        moved = min(2, rows["granted"]["natural_person"])
        for column in ("natural_person", "total"):
            rows["granted"][column] -= moved
            rows["other_fee_unpaid"][column] += moved
        for column in rows["other_fee_unpaid"]:
            clean["tables"][TABLE_3]["other_rest"][column] += clean["tables"][TABLE_3]["other_fee_unpaid"][
                column
            ]
            clean["tables"][TABLE_3]["other_fee_unpaid"][column] = 0
        yield Edit(report, at=("*",), clean=clean)


@plants("fees-without-count")
def _no_count(base: Base, _: Random) -> Iterator[Edit]:
    if of_2021(base):
        clean, report = base.copy(), base.copy()
        section(clean, "other_matters")["paragraphs"] = [
            "全年发出收费通知60件，收取信息处理费2件，共计500元。"
        ]
        section(report, "other_matters")["paragraphs"] = ["全年依法收取了政府信息公开信息处理费。"]
        yield Edit(report, at=("*",), clean=clean)


@plants("scope-word-wrong")
def _scope(base: Base, _: Random) -> Iterator[Edit]:
    words = {
        "hongze-2024": "我县将继续做好政府信息公开工作。",
        "pingtan-2022": "切实加强对全市信息公开工作的统筹协调。",
    }
    if base.name in words:
        yield Edit(inserted(base, words[base.name]), at=("sections.overview",))
