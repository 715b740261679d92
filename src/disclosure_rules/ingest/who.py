"""Who reports and where: from every name in the document to one body and its region."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.fold import fold
from disclosure_rules.ingest import remarks
from disclosure_rules.ingest.body_names import fuller_name
from disclosure_rules.model.body import PublicBody, Region
from disclosure_rules.model.report import Candidate, Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.model.note import Note
    from disclosure_rules.regions import RegionIndex

__all__ = ["Who", "who_reports"]

# A customs region (广州海关关区) is an agency and no place.
_PLACE = re.compile(r"[^。]{1,20}(?:省|市|县|(?<!关)区|旗|自治州|盟|镇|乡|街道|苏木)")
_GOVERNED = re.compile(r"[^。]{1,20}(?:省|市|县|区|旗|自治州)")
# Run by a committee, also where the name means a division: 平潭综合实验区.
_WITHOUT_GOVERNMENT = re.compile(r"(?:实验|开发|管理|示范|保税|风景|旅游|度假|产业|园|技术|集中)区$")
_TOWNSHIP = re.compile(r"(?<=.)(?:乡|镇|街道)$")


class Who(NamedTuple):
    """The body, every name seen for it, every region seen, and what had to be assumed."""

    body: PublicBody | None
    bodies: tuple[Candidate, ...]
    regions: tuple[Candidate, ...]
    notes: tuple[Note, ...]


def who_reports(
    bodies: Sequence[Candidate],
    paragraphs: Sequence[Paragraph],
    regions: RegionIndex | None,
    year: int | None,
) -> Who:
    """Choose the body among its candidates, and find its region.

    Args:
        bodies: Names of the body, the most trustworthy first.
        paragraphs: The text, for the full name where a title names only the place.
        regions: The administrative divisions.
        year: The report year: divisions change.
    """
    if not bodies:
        missing = remarks.nothing_found("body-not-found", "报告主体的名称", "name of the body that reports")
        return Who(None, (), (), (missing,))
    name = bodies[0].value
    notes: list[Note] = []
    candidates = list(bodies)
    if bodies[0].source != "title":
        notes.append(remarks.body_from(bodies[0]))
    if _PLACE.fullmatch(fold(name)):
        fuller = fuller_name(name, paragraphs) or _government(bodies[0], regions, year)
        if bodies[0].source == "title":
            notes.append(remarks.body_is_place(name, fuller.value if fuller else None))
        if fuller:
            name = fuller.value
            candidates.append(fuller)
    found, region = _regions(candidates, regions, year)
    return Who(PublicBody(name=name, region=region), tuple(candidates), found, tuple(notes))


def _government(place: Candidate, regions: RegionIndex | None, year: int | None) -> Candidate | None:
    """The people's government of a place that is an administrative division and nothing else.

    Townships have one by Art. 95 of the Constitution; the office of a subdistrict is its 街道办事处.
    """
    township = _TOWNSHIP.search(fold(place.value))
    if township:
        office = "人民政府" if township[0] in "乡镇" else "办事处"
        return place.model_copy(update={"value": f"{place.value}{office}", "source": "assumed"})
    if _WITHOUT_GOVERNMENT.search(fold(place.value)):
        return None
    if regions is None or not _GOVERNED.fullmatch(fold(place.value)):
        return None
    match = regions.find(fold(place.value), year=year)
    if not match.candidates or match.rest:
        return None
    return place.model_copy(update={"value": f"{place.value}人民政府", "source": "assumed"})


def _regions(
    bodies: Sequence[Candidate], regions: RegionIndex | None, year: int | None
) -> tuple[tuple[Candidate, ...], Region | None]:
    """Every region that a name may mean, and the one that the body is in, where that is certain.

    The first name decides. Where it fits several places (朝阳区), another name that fits only one of them does.
    """
    if regions is None:
        return (), None
    found: dict[str, Candidate] = {}
    possible: tuple[Region, ...] = ()
    for body in bodies:
        match = regions.find(fold(body.value), year=year)
        for region in match.candidates:
            seen = Candidate(
                value=region.code, source=body.source, text=match.matched, location=body.location
            )
            found.setdefault(region.code, seen)
        narrowed = tuple(region for region in match.candidates if region in possible)
        possible = (possible and (narrowed or possible)) or match.candidates
    return tuple(found.values()), possible[0] if len(possible) == 1 else None
