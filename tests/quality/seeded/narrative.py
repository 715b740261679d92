"""Defects of the text against the tables, and of the text against itself.

Most are shown in a sentence that is first put in right (the clean twin) and then wrong: so the rules are asked about
sentences in the words of real reports, of which the clean ones must stay unremarked.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from seeded.planting import TABLE_2, TABLE_3, TABLE_4, Edit, changed_text, inserted, of_2021, plants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from seeded.bases import Base, Plain

_OVERVIEW = ("sections.overview",)
# Group of results: its name in the text and the rows that make it.
_GROUPS = {
    "予以公开": ("granted",),
    "部分公开": ("partially_granted",),
    "不予公开": ("refused",),
    "无法提供": ("unavailable",),
    "不予处理": ("not_processed",),
    "其他处理": ("other",),
}


def _rows(base: Base) -> Plain:
    rows: Plain = base.report["tables"][TABLE_3]
    return rows


def _group(base: Base, prefix: str) -> int:
    return sum(
        cells["total"] for row, cells in _rows(base).items() if row == prefix or row.startswith(f"{prefix}_")
    )


def _total(base: Base, row: str) -> int:
    return int(_rows(base)[row]["total"])


def _suits(base: Base) -> int:
    table = base.report["tables"][TABLE_4]
    return int(table["litigation_direct"]["total"] + table["litigation_after_review"]["total"])


def _sentence(
    kind: str, form: str, value: Callable[[Base], int], wrong: Callable[[int, Random], int], times: int = 1
) -> None:
    """A kind: the sentence `form` with the number of the table, then with another."""

    @plants(kind, times=times)
    def _planter(base: Base, rng: Random) -> Iterator[Edit]:
        right = value(base)
        other = wrong(right, rng)
        if other != right:
            yield Edit(
                inserted(base, form.format(other)),
                at=_OVERVIEW,
                words=(str(other),),
                clean=inserted(base, form.format(right)),
            )


def _near(value: int, rng: Random) -> int:
    return value + rng.choice((1, 2, 5, 10))


_sentence(
    "text-received", "本年共新收政府信息公开申请{}件。", lambda base: _total(base, "received"), _near, 2
)
_sentence(
    "text-received-plain",
    "2件以上的重复来件合并办理，全年收到政府信息公开申请{}件。",
    lambda base: _total(base, "received"),
    _near,
)
_sentence("text-carried-in", "上年结转政府信息公开申请{}件。", lambda base: _total(base, "carried_in"), _near)
_sentence(
    "text-answered", "全年办结政府信息公开申请{}件。", lambda base: _total(base, "results_total"), _near, 2
)
_sentence(
    "text-carried-out",
    "结转下年度继续办理的政府信息公开申请{}件。",
    lambda base: _total(base, "carried_out"),
    _near,
)
_sentence(
    "text-granted",
    "政府信息公开申请的办理结果中，予以公开{}件。",
    lambda base: _group(base, "granted"),
    _near,
)
_sentence(
    "text-unavailable",
    "政府信息公开申请的办理结果中，无法提供{}件。",
    lambda base: _group(base, "unavailable"),
    _near,
)
_sentence("text-refused", "对政府信息公开申请，不予公开{}件。", lambda base: _group(base, "refused"), _near)
_sentence(
    "text-natural-person",
    "本年新收的政府信息公开申请中，自然人申请{}件。",
    lambda base: _rows(base)["received"]["natural_person"],
    _near,
)
_sentence(
    "text-review",
    "因政府信息公开被申请行政复议{}件。",
    lambda base: base.report["tables"][TABLE_4]["review"]["total"],
    _near,
    2,
)
_sentence("text-litigation", "因政府信息公开被提起行政诉讼{}件。", _suits, _near, 2)
_sentence(
    "text-review-upheld",
    "政府信息公开行政复议案件中，结果维持{}件。",
    lambda base: base.report["tables"][TABLE_4]["review"]["upheld"],
    _near,
)


@plants("text-number-changed", times=3)
def _changed(base: Base, rng: Random) -> Iterator[Edit]:
    """A number of a real sentence of the report is changed; the sentences are those that speak of the tables."""
    places = {
        "suqian-2023": (
            "申请案件3607件",
            "公开1191件",
            "部分公开328件",
            "提供1078件",
            "处理406件",
            "办理121件",
            "自然人申请3493件",
            "组织申请114件",
        ),
        "suqian-2024": (
            "申请案件3646件",
            "公开1431件",
            "部分公开471件",
            "提供941件",
            "处理117件",
            "469件",
            "办理125件",
            "复议案件170件",
            "诉讼案件77件",
        ),
        "pingtan-2022": (
            "申请74件",
            "自然人71件",
            "行政规范性文件698件",
            "规范性文件88件",
            "诉讼案件1件",
            "复议案件2件",
        ),
        "shuyang-2023": ("信息公开26件",),
        "hongze-2024": ("申请95件",),
        "shanghai-2019": (
            "申请859件",
            "申请805件",
            "结转申请18件",
            "72件申请",
            "部分公开275件",
            "不予公开35件",
            "提供337件",
            "处理158件",
            "复议7件",
            "诉讼9件",
        ),
    }.get(base.name, ())
    if not places:
        return
    old = rng.choice(places)
    number = "".join(filter(str.isdigit, old))
    other = str(int(number) + rng.choice((1, 3, 10)))
    report = changed_text(base, old, old.replace(number, other))
    assert report is not None, (base.name, old)
    yield Edit(report, at=_OVERVIEW, words=(other, number))


@plants("text-digits-swapped")
def _swapped(base: Base, _: Random) -> Iterator[Edit]:
    pairs = {
        "suqian-2024": ("案件3646件", "案件3464件"),
        "suqian-2023": ("案件3607件", "案件3670件"),
        "shanghai-2019": ("申请859件", "申请895件"),
        "hongze-2024": ("申请95件", "申请59件"),
        "shuyang-2023": ("公开26件", "公开62件"),
    }
    if base.name in pairs:
        old, new = pairs[base.name]
        report = changed_text(base, old, new)
        assert report is not None
        yield Edit(report, at=_OVERVIEW, words=("".join(filter(str.isdigit, new)),))


def _chinese(value: int) -> str:
    digits, made = "零一二三四五六七八九", ""
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        made += digits[digit] + unit if digit else ("零" if made and not made.endswith("零") else "")
    made = made.rstrip("零") or "零"
    return made.removeprefix("一") if made.startswith("一十") else made


@plants("text-chinese-numeral")
def _numeral(base: Base, _: Random) -> Iterator[Edit]:
    right = _total(base, "received")
    form = "本年共新收政府信息公开申请{}件。"
    yield Edit(
        inserted(base, form.format(_chinese(right + 1))),
        at=_OVERVIEW,
        clean=inserted(base, form.format(_chinese(right))),
    )


@plants("text-grouped-digits")
def _grouped(base: Base, _: Random) -> Iterator[Edit]:
    right = _total(base, "received")
    if right > 999:
        form = "本年共新收政府信息公开申请{:,}件。"
        yield Edit(
            inserted(base, form.format(right + 100)), at=_OVERVIEW, clean=inserted(base, form.format(right))
        )


@plants("text-documents-issued")
def _documents(base: Base, rng: Random) -> Iterator[Edit]:
    if of_2021(base):
        right = base.report["tables"][TABLE_2]["normative_documents"]["issued"]
        form = "全年制发行政规范性文件{}件。"
        other = _near(right, rng)
        yield Edit(
            inserted(base, form.format(other)),
            at=_OVERVIEW,
            words=(str(other),),
            clean=inserted(base, form.format(right)),
        )


@plants("text-documents-in-force")
def _in_force(base: Base, rng: Random) -> Iterator[Edit]:
    if of_2021(base):
        right = base.report["tables"][TABLE_2]["normative_documents"]["in_force"]
        form = "集中公开现行有效行政规范性文件{}件。"
        other = _near(right, rng)
        yield Edit(
            inserted(base, form.format(other)),
            at=_OVERVIEW,
            words=(str(other),),
            clean=inserted(base, form.format(right)),
        )


@plants("text-licences")
def _licences(base: Base, rng: Random) -> Iterator[Edit]:
    if of_2021(base):
        right = base.report["tables"][TABLE_2]["administrative_licensing"]["decisions"]
        form = "全年作出行政许可处理决定{}件。"
        other = _near(right, rng)
        yield Edit(
            inserted(base, form.format(other)),
            at=_OVERVIEW,
            words=(str(other),),
            clean=inserted(base, form.format(right)),
        )


def _listed(base: Base, change: int) -> str:
    parts = [(name, sum(_group(base, prefix) for prefix in rows)) for name, rows in _GROUPS.items()]
    parts[0] = (parts[0][0], parts[0][1] + change)
    words = "、".join(f"{name}{number}件" for name, number in parts)
    return f"全年办结政府信息公开申请{_total(base, 'results_total')}件，其中，{words}。"


@plants("text-results-listed")
def _results(base: Base, _: Random) -> Iterator[Edit]:
    yield Edit(inserted(base, _listed(base, 3)), at=_OVERVIEW, clean=inserted(base, _listed(base, 0)))


@plants("text-list-unequal")
def _list(base: Base, rng: Random) -> Iterator[Edit]:
    """A list of anything whose parts make more than its whole; that they make less may only mean that some are left out."""
    form = "全年通过网站发布政府信息{}条，其中，动态类信息120条、政策解读类信息35条、财政类信息18条。"
    other = 173 - rng.choice((1, 10, 54))
    yield Edit(
        inserted(base, form.format(other)),
        at=_OVERVIEW,
        words=(str(other),),
        clean=inserted(base, form.format(173)),
    )


def _share(part: int, whole: int) -> Decimal:
    return (Decimal(100) * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


@plants("text-share-wrong")
def _percent(base: Base, _: Random) -> Iterator[Edit]:
    whole, part = _total(base, "results_total"), _group(base, "granted")
    if whole and part:
        right = _share(part, whole)
        other = right - Decimal("1.3")
        form = "全年办结政府信息公开申请{}件，其中予以公开{}件，占{}%。"
        yield Edit(
            inserted(base, form.format(whole, part, other)),
            at=_OVERVIEW,
            words=(str(other),),
            clean=inserted(base, form.format(whole, part, right)),
        )


@plants("text-share-of-list")
def _percent_list(base: Base, _: Random) -> Iterator[Edit]:
    form = "全年通过网站发布政府信息200条，其中政策解读类信息35条，占{}%。"
    yield Edit(
        inserted(base, form.format("18.5")),
        at=_OVERVIEW,
        words=("18.5",),
        clean=inserted(base, form.format("17.5")),
    )


@plants("text-change-wrong")
def _change(base: Base, rng: Random) -> Iterator[Edit]:
    """A rise that both figures in the sentence show to be another."""
    form = "全年受理网上咨询240件，上年为200件，同比增长{}%。"
    other = rng.choice(("12", "25", "2"))
    yield Edit(
        inserted(base, form.format(other)),
        at=_OVERVIEW,
        words=(other,),
        clean=inserted(base, form.format(20)),
    )


@plants("text-trend-flipped")
def _trend(base: Base, _: Random) -> Iterator[Edit]:
    form = "全年受理网上咨询240件，上年为200件，同比{}20%。"
    yield Edit(inserted(base, form.format("下降")), at=_OVERVIEW, clean=inserted(base, form.format("增长")))


@plants("text-change-against-previous")
def _change_previous(base: Base, _: Random) -> Iterator[Edit]:
    """The change of the requests received is not that of the two reports."""
    if base.previous is None:
        return
    now, last = _total(base, "received"), base.previous["tables"][TABLE_3]["received"]["total"]
    word, share = ("增长" if now > last else "下降"), _share(abs(now - last), last)
    form = f"本年共新收政府信息公开申请{now}件，同比{{}}{{}}%。"
    clean = inserted(base, form.format(word, share))
    yield Edit(
        inserted(base, form.format(word, share + 7)),
        at=_OVERVIEW,
        words=(str(share + 7),),
        clean=clean,
        previous=base.previous,
    )


@plants("text-trend-against-previous")
def _trend_previous(base: Base, _: Random) -> Iterator[Edit]:
    if base.previous is None:
        return
    now, last = _total(base, "received"), base.previous["tables"][TABLE_3]["received"]["total"]
    share = _share(abs(now - last), last)
    words = ("增长", "下降") if now > last else ("下降", "增长")
    form = f"本年共新收政府信息公开申请{now}件，同比{{}}{share}%。"
    yield Edit(
        inserted(base, form.format(words[1])),
        at=_OVERVIEW,
        clean=inserted(base, form.format(words[0])),
        previous=base.previous,
    )


@plants("last-year-misquoted")
def _misquoted(base: Base, _: Random) -> Iterator[Edit]:
    if base.previous is None:
        return
    now, last = _total(base, "received"), base.previous["tables"][TABLE_3]["received"]["total"]
    form = f"本年共新收政府信息公开申请{now}件，上年为{{}}件。"
    other = last + 11
    yield Edit(
        inserted(base, form.format(other)),
        at=_OVERVIEW,
        words=(str(other),),
        clean=inserted(base, form.format(last)),
        previous=base.previous,
    )


@plants("all-handled-with-carry-over", times=2)
def _all_handled(base: Base, rng: Random) -> Iterator[Edit]:
    sentence = rng.choice(
        (
            "政府信息公开申请已全部办结。",
            "收到的政府信息公开申请均已按期办结，办结率100%。",
            "所有政府信息公开申请均已答复。",
        )
    )
    if _total(base, "carried_out") > 0:
        yield Edit(inserted(base, sentence), at=_OVERVIEW)


@plants("none-received-with-requests")
def _none_received(base: Base, _: Random) -> Iterator[Edit]:
    yield Edit(inserted(base, "本年度未收到政府信息公开申请。"), at=("*",))


@plants("no-review-with-reviews", times=2)
def _no_review(base: Base, rng: Random) -> Iterator[Edit]:
    table = base.report["tables"][TABLE_4]
    sentence, number = rng.choice(
        (
            ("全年没有因政府信息公开引发的行政复议案件。", table["review"]["total"]),
            ("本年度未发生因政府信息公开被提起行政诉讼的情况。", _suits(base)),
        )
    )
    if number:
        yield Edit(inserted(base, sentence), at=("*",))


@plants("all-upheld-with-corrected")
def _all_upheld(base: Base, _: Random) -> Iterator[Edit]:
    table = base.report["tables"][TABLE_4]
    if table["review"]["corrected"]:
        yield Edit(inserted(base, "政府信息公开行政复议案件均获维持。"), at=("*",))
