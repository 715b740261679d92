"""Defects of a report put together from a letter, a draft, half a year or last year's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from seeded.planting import TABLE_2, TABLE_3, TABLE_4, Edit, inserted, of_2021, plants, section

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from seeded.bases import Base

_OVERVIEW = ("sections.overview",)


def _said(kind: str, wrong: str, right: str | None = None, *, key: str = "overview") -> None:
    """A kind: the sentence at the end of a section, in the clean twin another one or none."""

    @plants(kind)
    def _planter(base: Base, _: Random) -> Iterator[Edit]:
        year = base.report["year"]
        clean = None if right is None else inserted(base, right.format(year=year), key)
        yield Edit(inserted(base, wrong.format(year=year), key), at=(f"sections.{key}",), clean=clean)


_said(
    "eleven-months",
    "{year}年1月至11月，共主动公开规范性文件解读材料256条。",
    "{year}年1月至12月，共主动公开规范性文件解读材料256条。",
)
_said("letter-end-left", "以上报告，请审阅。", key="other_matters")
_said("field-broken", "各项工作情况见错误!未找到引用源。", "各项工作情况见下文。")
_said("annotation-left", "全年开展培训两次。[批注1：请核对次数]", "全年开展培训两次。")
_said(
    "shares-over-100",
    "从公开内容看，政策文件占60%，财政信息占35%，人事信息占15%。",
    "从公开内容看，政策文件占60%，财政信息占25%，人事信息占15%。",
)


@plants("title-of-draft")
def _draft(base: Base, rng: Random) -> Iterator[Edit]:
    report = base.copy()
    report["title"] += rng.choice(("（送审稿）", "（征求意见稿）", "（修改稿）"))
    yield Edit(report, at=("*",))


@plants("all-granted-with-refusals")
def _granted(base: Base, _: Random) -> Iterator[Edit]:
    """All are said to be granted; the table has others."""
    rows = base.report["tables"][TABLE_3]
    if rows["results_total"]["total"] > rows["granted"]["total"]:
        yield Edit(inserted(base, "收到的政府信息公开申请全部予以公开。"), at=_OVERVIEW)


@plants("no-carry-in-with-carry-in")
def _carry(base: Base, _: Random) -> Iterator[Edit]:
    if base.report["tables"][TABLE_3]["carried_in"]["total"]:
        yield Edit(inserted(base, "没有上年结转的政府信息公开申请。"), at=_OVERVIEW)


@plants("no-refusal-with-refusals")
def _refusal(base: Base, _: Random) -> Iterator[Edit]:
    rows = base.report["tables"][TABLE_3]
    if any(cells["total"] for row, cells in rows.items() if row.startswith("refused")):
        yield Edit(inserted(base, "全年没有不予公开的政府信息公开申请。"), at=_OVERVIEW)


@plants("zero-in-the-text")
def _zero(base: Base, _: Random) -> Iterator[Edit]:
    if base.report["tables"][TABLE_3]["received"]["total"]:
        yield Edit(inserted(base, "全年收到政府信息公开申请0件。"), at=_OVERVIEW)


@plants("said-unchanged")
def _unchanged(base: Base, _: Random) -> Iterator[Edit]:
    """As many as last year, says the text; the two reports say otherwise."""
    now = base.report["tables"][TABLE_3]["received"]["total"]
    if base.previous is not None and base.previous["tables"][TABLE_3]["received"]["total"] != now:
        yield Edit(
            inserted(base, f"全年新收政府信息公开申请{now}件，与上年持平。"),
            at=_OVERVIEW,
            clean=inserted(base, f"全年新收政府信息公开申请{now}件。"),
            previous=base.previous,
        )


@plants("difference-miscounted")
def _difference(base: Base, _: Random) -> Iterator[Edit]:
    """So many more or fewer than last year, and the reports say otherwise."""
    if base.previous is None:
        return
    now = base.report["tables"][TABLE_3]["received"]["total"]
    change = now - base.previous["tables"][TABLE_3]["received"]["total"]
    word = "增加" if change > 0 else "减少"
    form = "全年新收政府信息公开申请{}件，比上年{}{}件。"
    yield Edit(
        inserted(base, form.format(now, word, abs(change) + 3)),
        at=_OVERVIEW,
        clean=inserted(base, form.format(now, word, abs(change))),
        previous=base.previous,
    )


@plants("difference-of-the-sentence-wrong")
def _told(base: Base, _: Random) -> Iterator[Edit]:
    """Both numbers stand in the sentence, and their difference is wrong."""
    form = "全年开展业务培训{}次，比上年的{}次增加{}次。"
    yield Edit(
        inserted(base, form.format(12, 9, 4)), at=_OVERVIEW, clean=inserted(base, form.format(12, 9, 3))
    )


@plants("cases-denied-in-their-part")
def _none(base: Base, _: Random) -> Iterator[Edit]:
    """The part on cases says that there were none; the table has some."""
    if any(cells["total"] for cells in base.report["tables"][TABLE_4].values()):
        report = base.copy()
        entry = section(report, TABLE_4)
        entry["paragraphs"] = [*entry.get("paragraphs", []), "本年度未发生行政复议、行政诉讼。"]
        yield Edit(report, at=("*",))


@plants("documents-denied")
def _denied(base: Base, _: Random) -> Iterator[Edit]:
    """The text says that no document was made; table 2 has some."""
    if of_2021(base) and base.report["tables"][TABLE_2]["normative_documents"]["issued"]:
        yield Edit(inserted(base, "全年未制发行政规范性文件。"), at=_OVERVIEW)
