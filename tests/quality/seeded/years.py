"""Defects that only last year's report shows."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from seeded.cells import crossing
from seeded.planting import TABLE_2, TABLE_3, TABLE_4, Edit, inserted, plants, section

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from seeded.bases import Base


@plants("carry-over-broken", times=3)
def _carry(base: Base, rng: Random) -> Iterator[Edit]:
    """What came over from last year is not what last year carried over; the sums of this year hold."""
    if base.previous is None:
        return
    report = base.copy()
    rows = report["tables"][TABLE_3]
    column = rng.choice([name for name in rows["carried_in"] if name != "total"])
    for name in (column, "total"):
        rows["carried_in"][name] += 2
        rows["granted"][name] += 2
        rows["results_total"][name] += 2
    yield Edit(report, at=(f"{TABLE_3}.carried_in.*", f"{TABLE_3}.carried_in"), previous=base.previous)


@plants("carry-over-in-other-column")
def _carry_column(base: Base, _: Random) -> Iterator[Edit]:
    if base.previous is None:
        return
    report = base.copy()
    rows = report["tables"][TABLE_3]
    for row in ("carried_in", "granted", "results_total"):
        rows[row]["natural_person"] -= 1
        rows[row]["commercial_enterprise"] += 1
    if rows["carried_in"]["natural_person"] >= 0:
        yield Edit(report, at=(f"{TABLE_3}.carried_in.*", f"{TABLE_3}.carried_in"), previous=base.previous)


@plants("stock-broken", times=2)
def _stock(base: Base, rng: Random) -> Iterator[Edit]:
    if base.name != "suqian-2024":
        return
    row = rng.choice(("government_rules", "normative_documents"))
    report = base.copy()
    report["tables"][TABLE_2][row]["in_force"] += rng.choice((1, 9))
    yield Edit(report, at=crossing(TABLE_2, row, "in_force"), previous=base.previous)


@plants("table-copied", times=2)
def _copied(base: Base, rng: Random) -> Iterator[Edit]:
    if base.previous is None:
        return
    key = rng.choice((TABLE_2, TABLE_3, TABLE_4))
    report = base.copy()
    report["tables"][key] = deepcopy(base.previous["tables"][key])
    yield Edit(report, at=(key, f"{key}.*", f"sections.{key}"), previous=base.previous)


@plants("overview-copied")
def _overview(base: Base, _: Random) -> Iterator[Edit]:
    """Last year's overview with the years moved on."""
    yield from _reused(base, "overview")


@plants("problems-copied")
def _problems(base: Base, _: Random) -> Iterator[Edit]:
    yield from _reused(base, "problems_and_improvements")


def _reused(base: Base, key: str) -> Iterator[Edit]:
    if base.previous is None:
        return
    year = base.report["year"]
    report = base.copy()
    texts = section(deepcopy(base.previous), key)["paragraphs"]
    section(report, key)["paragraphs"] = [
        text.replace(str(year), str(year + 1)).replace(str(year - 1), str(year)) for text in texts
    ]
    yield Edit(report, at=(f"sections.{key}", f"sections.{key}.*"), previous=base.previous)


@plants("problem-repeated")
def _problem(base: Base, _: Random) -> Iterator[Edit]:
    """One problem and its measure word for word as last year."""
    if base.previous is None:
        return
    key = "problems_and_improvements"
    old = section(base.previous, key)["paragraphs"]
    longest = max(("".join(old)).split("。"), key=len)
    yield Edit(inserted(base, longest + "。", key), at=(f"sections.{key}",), previous=base.previous)


@plants("year-left-in-reused")
def _left(base: Base, _: Random) -> Iterator[Edit]:
    """Last year's sentence with last year's number."""
    if base.previous is None:
        return
    year = base.report["year"]
    sentence = "{}年，坚持以公开促落实、强监管，推动各项重点任务按照时间节点有序开展并取得明显成效。"
    previous = deepcopy(base.previous)
    section(previous, "overview")["paragraphs"].append(sentence.format(year - 1))
    clean, report = base.copy(), base.copy()
    section(clean, "overview")["paragraphs"].append(sentence.format(year))
    section(report, "overview")["paragraphs"].append(sentence.format(year - 1))
    yield Edit(report, at=("sections.overview",), clean=clean, previous=previous)


@plants("figure-jumped")
def _jump(base: Base, _: Random) -> Iterator[Edit]:
    """A figure a hundred times last year's: a unit or two more digits."""
    if base.previous is None:
        return
    report = base.copy()
    cells = report["tables"][TABLE_2]["administrative_licensing"]
    cells["decisions"] = base.previous["tables"][TABLE_2]["administrative_licensing"]["decisions"] * 100
    yield Edit(report, at=crossing(TABLE_2, "administrative_licensing", "decisions"), previous=base.previous)


@plants("amount-in-other-unit")
def _unit(base: Base, _: Random) -> Iterator[Edit]:
    if base.previous is None:
        return
    report = base.copy()
    cells = report["tables"][TABLE_2]["administrative_charges"]
    cells["amount"] = int(base.previous["tables"][TABLE_2]["administrative_charges"]["amount"] * 10000)
    yield Edit(report, at=crossing(TABLE_2, "administrative_charges", "amount"), previous=base.previous)


@plants("pending-cases-dropped")
def _pending(base: Base, _: Random) -> Iterator[Edit]:
    """Reviews were pending at the end of last year; this year's table has none at all."""
    if base.previous is None:
        return
    previous, report = deepcopy(base.previous), base.copy()
    before = previous["tables"][TABLE_4]["review"]
    # No more than this year's cases: the clean twin has the same year before it.
    more = base.report["tables"][TABLE_4]["review"]["total"] - before["pending"]
    if more <= 0:
        return
    before["pending"], before["total"] = before["pending"] + min(3, more), before["total"] + min(3, more)
    report["tables"][TABLE_4]["review"] = dict.fromkeys(before, 0)
    yield Edit(report, at=(f"{TABLE_4}.review", f"{TABLE_4}.review.*", TABLE_4), previous=previous)
