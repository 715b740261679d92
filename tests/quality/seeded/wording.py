"""Defects of the text: what is left in, left out or typed twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from seeded.planting import Edit, changed_text, inserted, plants, section

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from seeded.bases import Base

_SECTIONS = ("overview", "problems_and_improvements")


def _added(
    kind: str,
    *sentences: str,
    clean: str | None = None,
    times: int = 1,
    sections: tuple[str, ...] = _SECTIONS,
) -> None:
    """A kind: one of the sentences at the end of a section; `clean` is what should stand there."""

    @plants(kind, times=times)
    def _planter(base: Base, rng: Random) -> Iterator[Edit]:
        key, sentence = rng.choice(sections), rng.choice(sentences)
        year = base.report["year"]
        twin = (
            None
            if clean is None
            else inserted(base, clean.format(year=year, last=year - 1, next=year + 1), key)
        )
        yield Edit(
            inserted(base, sentence.format(year=year, last=year - 1, next=year + 1), key),
            at=(f"sections.{key}",),
            clean=twin,
        )


@plants("word-doubled", times=3)
def _doubled(base: Base, rng: Random) -> Iterator[Edit]:
    """A word of a real sentence stands twice."""
    word = rng.choice(("工作", "公开", "办理", "进一步", "加强", "政务", "政府信息", "机制"))
    spots = [
        (entry["key"], number, match.start())
        for entry in base.report["sections"]
        if entry.get("key") in _SECTIONS
        for number, text in enumerate(entry.get("paragraphs", ()))
        for match in re.finditer(word, text)
    ]
    if not spots:
        return
    key, number, start = rng.choice(spots)
    report = base.copy()
    paragraphs = section(report, key)["paragraphs"]
    paragraphs[number] = paragraphs[number][:start] + word + paragraphs[number][start:]
    yield Edit(report, at=(f"sections.{key}",), words=(word * 2,))


@plants("particle-doubled", times=2)
def _particle(base: Base, rng: Random) -> Iterator[Edit]:
    word = rng.choice(("的", "和", "了"))
    spots = [
        (entry["key"], number, match.start())
        for entry in base.report["sections"]
        if entry.get("key") in _SECTIONS
        for number, text in enumerate(entry.get("paragraphs", ()))
        for match in re.finditer(rf"(?<=[一-龥]){word}(?=[一-龥])", text)
    ]
    if spots:
        key, number, start = rng.choice(spots)
        report = base.copy()
        paragraphs = section(report, key)["paragraphs"]
        paragraphs[number] = paragraphs[number][:start] + word + paragraphs[number][start:]
        yield Edit(report, at=(f"sections.{key}",), words=(word * 2,))


_added(
    "bracket-unclosed",
    "完善制度（含审核、发布和考核，确保落实。",
    clean="完善制度（含审核、发布和考核），确保落实。",
)
_added(
    "book-mark-unclosed",
    "印发《关于加强政务公开工作的通知，明确责任分工。",
    clean="印发《关于加强政务公开工作的通知》，明确责任分工。",
)
_added(
    "mark-doubled",
    "全年开展培训两次。。参训人员基本覆盖各科室。",
    "印发《《关于加强政务公开工作的通知》，明确责任分工。",
    clean="全年开展培训两次。",
)
_added(
    "placeholder-xx",
    "全年由XX局牵头开展检查。",
    "全年发布信息XX条。",
    "截至{year}年×月×日，各项任务已经完成。",
    times=2,
)
_added("placeholder-words", "具体做法：（待填写）。", "本单位为【单位名称】。", "相关数据待补充。", times=2)
_added("placeholder-choice", "政府网站访问量比上年增加（减少）12%。")
_added(
    "markup-left",
    "全年开展<b>两次</b>检查。",
    "公开制度健全&nbsp;、流程清楚。",
    "<!--[if !supportLists]-->三、<!--[endif]-->加强培训。",
)
_added("other-place-named", "为建设更加美好的云南省作出新的贡献。", "切实保障广元市群众的知情权。", times=2)
_added("identity-number", "申请人张某（身份证号{}）申请公开征地批文。".format("11010519491231002X"))
_added("applicant-phone", "申请人李某某（电话：13812345678）反映的问题已经答复。")
_added("sentence-unended", "及时回复申请人，并将其申请的信息通过电子邮箱发送给申请人")
_added(
    "number-left-out",
    "全年公开企业资质核准信息条、施工许可信息76条、排水许可信息5条。",
    clean="全年公开企业资质核准信息12条、施工许可信息76条、排水许可信息5条。",
)
_added(
    "year-stale",
    "{last}年，我单位主动公开政府信息256条。",
    clean="{year}年，我单位主动公开政府信息256条。",
    sections=("overview",),
)
_added(
    "cutoff-vague",
    "截至目前，共主动公开政府信息256条。",
    clean="截至{year}年12月31日，共主动公开政府信息256条。",
)
_added("contact-malformed", "联系邮箱：xxgk＠163.com。", clean="联系邮箱：xxgk@163.com。")
_added(
    "date-impossible",
    "{year}年2月30日，召开政务公开工作推进会。",
    "{year}年13月5日，召开政务公开工作推进会。",
    clean="{year}年2月20日，召开政务公开工作推进会。",
)
_added("words-miswritten", "信息公开工作移交不过顺畅，材料残差不齐。", "加强部门之间的钩通协调。")


@plants("past-year-planned")
def _planned(base: Base, _: Random) -> Iterator[Edit]:
    form = "{}年，我们将采取以下措施加以改进。"
    year, key = base.report["year"], "problems_and_improvements"
    yield Edit(
        inserted(base, form.format(year), key),
        at=(f"sections.{key}",),
        clean=inserted(base, form.format(year + 1), key),
    )


@plants("text-damaged")
def _damaged(base: Base, _: Random) -> Iterator[Edit]:
    """A font with a wrong table of characters: common words come out as others."""
    report = base.copy()
    for entry in report["sections"]:
        entry["paragraphs"] = [
            text.replace("进一步", "迚一步").replace("不断", "丌断").replace("主动", "主劢")
            for text in entry.get("paragraphs", [])
        ]
    if report["sections"] != base.report["sections"]:
        yield Edit(report, at=("*",), only="document")


@plants("character-lost")
def _lost(base: Base, _: Random) -> Iterator[Edit]:
    report = changed_text(base, "信息公开", "信息公�")
    if report is not None:
        yield Edit(report, at=("*",))


@plants("text-broken-off")
def _broken_off(base: Base, _: Random) -> Iterator[Edit]:
    """A converter stopped within a sentence of the overview: what stands behind it is lost."""
    report = base.copy()
    overview = section(report, "overview")
    long = [text for text in overview["paragraphs"] if len(text) > 60 and "，" in text]
    if not long:
        return
    lost = long[-1]
    overview["paragraphs"] = [
        *overview["paragraphs"][: overview["paragraphs"].index(lost)],
        lost[: lost.rindex("，")],
    ]
    report["sections"] = report["sections"][: report["sections"].index(overview) + 1]
    report["tables"] = {}
    report.pop("closing", None)
    yield Edit(report, at=("sections.overview",))
