"""Defects of a clerk in a hurry: counted off wrongly, pasted twice, taken from the wrong column, row, year or form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seeded.cells import crossing
from seeded.planting import TABLE_2, TABLE_3, TABLE_4, Edit, inserted, of_2021, plants, section

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from seeded.bases import Base

_OVERVIEW = ("sections.overview",)
_LONG = "坚持把政府信息公开摆在突出位置，健全主要领导亲自抓、分管领导具体抓、办公室牵头落实的工作机制，定期研究解决存在的困难。"


def _pair(kind: str, right: str, wrong: str, *, key: str = "overview") -> None:
    """A kind: `right` at the end of a section in the clean twin, `wrong` in the planted report."""

    @plants(kind)
    def _planter(base: Base, _: Random) -> Iterator[Edit]:
        year = base.report["year"]
        years = {"year": year, "last": year - 1, "next": year + 1}
        yield Edit(
            inserted(base, wrong.format(**years), key),
            at=(f"sections.{key}",),
            clean=inserted(base, right.format(**years), key),
        )


_pair(
    "enumeration-skipped",
    "一是健全制度。二是加强培训。三是严格考核。",
    "一是健全制度。三是加强培训。四是严格考核。",
)
_pair(
    "enumeration-repeated",
    "一是健全制度。二是加强培训。三是严格考核。",
    "一是健全制度。二是加强培训。二是严格考核。",
)
_pair("sentence-twice", _LONG, _LONG + _LONG)
_pair("quote-unclosed", "落实“谁公开、谁负责”的要求。", "落实“谁公开、谁负责的要求。")
_pair("bracket-unopened", "印发《政务公开工作制度》。", "印发政务公开工作制度》。")
_pair("share-over-100", "申请按时办结率达到100%。", "申请按时办结率达到102%。")
_pair(
    "event-after-the-year",
    "{year}年3月，召开全县政务公开工作推进会。",
    "{next}年3月，召开全县政务公开工作推进会。",
)
_pair(
    "cutoff-of-last-year",
    "截至{year}年12月31日，共主动公开政府信息256条。",
    "截至{last}年12月31日，共主动公开政府信息256条。",
)
_pair("mailbox-left-blank", "电子邮箱：xxgk@163.com。", "电子邮箱：。")


@plants("paragraph-pasted-twice")
def _pasted(base: Base, _: Random) -> Iterator[Edit]:
    """A paragraph of the overview stands in the part on problems as well."""
    report = base.copy()
    longest = max(section(report, "overview")["paragraphs"], key=len)
    section(report, "problems_and_improvements")["paragraphs"].append(longest)
    yield Edit(report, at=("sections.overview", "sections.problems_and_improvements"))


@plants("article-of-2007")
def _article(base: Base, _: Random) -> Iterator[Edit]:
    """The articles on annual reports of the Regulation of 2007: today's are 49 and 50."""
    clean, report = base.copy(), base.copy()
    text = "按照《中华人民共和国政府信息公开条例》{}的规定，编制政府信息公开工作年度报告。"
    clean["introduction"] = [*clean.get("introduction", []), text.format("第四十九条、第五十条")]
    report["introduction"] = [*report.get("introduction", []), text.format("第三十一条、第三十二条")]
    yield Edit(report, at=("*",), clean=clean)


@plants("caption-of-last-year")
def _caption(base: Base, _: Random) -> Iterator[Edit]:
    """The line above table 3 still has last year's number."""
    clean, report = base.copy(), base.copy()
    for copy, year in ((clean, base.report["year"]), (report, base.report["year"] - 1)):
        entry = section(copy, TABLE_3)
        entry["paragraphs"] = [
            f"{year}年度收到和处理政府信息公开申请情况统计表",
            *entry.get("paragraphs", []),
        ]
    yield Edit(report, at=("*",), clean=clean)


@plants("form-period-of-last-year")
def _form_period(base: Base, _: Random) -> Iterator[Edit]:
    """The line above table 3 gives last year's period."""
    clean, report = base.copy(), base.copy()
    for copy, year in ((clean, base.report["year"]), (report, base.report["year"] - 1)):
        entry = section(copy, TABLE_3)
        line = f"（统计期限：{year}年1月1日至{year}年12月31日）"
        entry["paragraphs"] = [line, *entry.get("paragraphs", [])]
    yield Edit(report, at=("*",), clean=clean)


@plants("text-of-wrong-column")
def _column(base: Base, _: Random) -> Iterator[Edit]:
    """The number of natural persons is given as that of all."""
    cells = base.report["tables"][TABLE_3]["received"]
    if cells["natural_person"] == cells["total"]:
        return
    form = "本年新收政府信息公开申请{}件。"
    yield Edit(
        inserted(base, form.format(cells["natural_person"])),
        at=_OVERVIEW,
        clean=inserted(base, form.format(cells["total"])),
    )


@plants("text-carry-overs-exchanged")
def _exchanged(base: Base, _: Random) -> Iterator[Edit]:
    rows = base.report["tables"][TABLE_3]
    before, after = rows["carried_in"]["total"], rows["carried_out"]["total"]
    if before == after:
        return
    form = "上年结转政府信息公开申请{}件，结转下年度继续办理{}件。"
    yield Edit(
        inserted(base, form.format(after, before)),
        at=_OVERVIEW,
        clean=inserted(base, form.format(before, after)),
    )


@plants("text-handled-wrong")
def _handled(base: Base, rng: Random) -> Iterator[Edit]:
    """New and carried in are right, their sum is not."""
    rows = base.report["tables"][TABLE_3]
    new, before = rows["received"]["total"], rows["carried_in"]["total"]
    form = "全年共收办政府信息公开申请{}件，其中本年新收{}件，上年结转{}件。"
    yield Edit(
        inserted(base, form.format(new + before + rng.choice((1, 2, 10)), new, before)),
        at=_OVERVIEW,
        clean=inserted(base, form.format(new + before, new, before)),
    )


@plants("text-applicants-listed-wrong")
def _applicants(base: Base, _: Random) -> Iterator[Edit]:
    cells = base.report["tables"][TABLE_3]["received"]
    persons, total = cells["natural_person"], cells["total"]
    form = "本年新收政府信息公开申请{}件，其中自然人申请{}件，法人或其他组织申请{}件。"
    yield Edit(
        inserted(base, form.format(total, persons, total - persons + 2)),
        at=_OVERVIEW,
        clean=inserted(base, form.format(total, persons, total - persons)),
    )


@plants("text-channels-listed-wrong")
def _channels(base: Base, _: Random) -> Iterator[Edit]:
    """By which way the requests came does not make their number."""
    total = base.report["tables"][TABLE_3]["received"]["total"]
    form = "本年新收政府信息公开申请{}件，其中当面申请2件，信函申请3件，网络申请{}件。"
    yield Edit(
        inserted(base, form.format(total, total - 3)),
        at=_OVERVIEW,
        clean=inserted(base, form.format(total, total - 5)),
    )


@plants("fees-in-other-unit")
def _unit(base: Base, _: Random) -> Iterator[Edit]:
    """The whole in 万元, its parts in 元."""
    if not of_2021(base):
        return
    clean, report = base.copy(), base.copy()
    sentence = "全年发出收费通知60件，收取信息处理费3件，共计1500{}，其中，县民政局1件，收取500元；县公安局2件，收取1000元。"
    section(clean, "other_matters")["paragraphs"] = [sentence.format("元")]
    section(report, "other_matters")["paragraphs"] = [sentence.format("万元")]
    yield Edit(report, at=("sections.other_matters",), clean=clean)


@plants("row-of-last-year")
def _row(base: Base, _: Random) -> Iterator[Edit]:
    """One large figure of table 2 was left as it was a year ago."""
    if base.previous is None:
        return
    report = base.copy()
    before = base.previous["tables"][TABLE_2]["administrative_licensing"]["decisions"]
    report["tables"][TABLE_2]["administrative_licensing"]["decisions"] = before
    yield Edit(report, at=crossing(TABLE_2, "administrative_licensing", "decisions"), previous=base.previous)


@plants("groups-exchanged")
def _outcomes(base: Base, _: Random) -> Iterator[Edit]:
    """The outcomes of table 4 stand in the group beside."""
    report = base.copy()
    table = report["tables"][TABLE_4]
    if table["review"] == table["litigation_direct"]:
        return
    table["review"], table["litigation_direct"] = table["litigation_direct"], table["review"]
    yield Edit(report, at=(TABLE_4, f"{TABLE_4}.*", "sections.overview", f"sections.{TABLE_4}"))


@plants("reviews-without-requests")
def _without(base: Base, _: Random) -> Iterator[Edit]:
    """No request in two years, but cases about requests."""
    report = base.copy()
    section(report, "overview")["paragraphs"] = [
        "全年认真开展政府信息公开工作，主动公开、依申请公开、信息管理、平台建设、监督保障各项工作有序推进，考核、评议正常开展，没有发生责任追究情形。"
    ]
    for cells in report["tables"][TABLE_3].values():
        cells.update(dict.fromkeys(cells, 0))
    if any(cells["total"] for cells in report["tables"][TABLE_4].values()):
        yield Edit(report, at=("*",))


@plants("published-before-signed")
def _early(base: Base, _: Random) -> Iterator[Edit]:
    clean, report = base.copy(), base.copy()
    year = report["year"] + 1
    for copy, published in ((clean, f"{year}-01-28"), (report, f"{year}-01-09")):
        copy["closing"] = [report["body"]["name"], f"{year}年1月17日"]
        copy["published"] = published
    yield Edit(report, at=("*",), clean=clean)


@plants("disclosed-count-differs")
def _disclosed(base: Base, rng: Random) -> Iterator[Edit]:
    """How much was disclosed is said twice, and differs; the report that says it already is left out."""
    if "主动公开政府信息14571条" in str(base.report["sections"]):
        return
    number = rng.choice((256, 1345, 98))
    clean, report = (inserted(base, f"全年主动公开政府信息{number}条。") for _ in range(2))
    for copy, said in ((clean, number), (report, number + 9)):
        entry = section(copy, TABLE_2)
        entry["paragraphs"] = [*entry.get("paragraphs", []), f"本年主动公开政府信息{said}条。"]
    yield Edit(report, at=(f"sections.{TABLE_2}",), clean=clean)
