"""Who reports: the region and the kind of body, from what the report says and what the caller states.

A document's recogniser keeps candidates; here they become one body, and what the caller states overrules them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from disclosure_rules.bodies import body_kind
from disclosure_rules.errors import UsageError
from disclosure_rules.fold import fold
from disclosure_rules.model.body import PublicBody
from disclosure_rules.model.location import Location
from disclosure_rules.model.report import Candidate

if TYPE_CHECKING:
    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.report import Report
    from disclosure_rules.regions import RegionIndex

__all__ = ["Overrule", "identify"]


@dataclass(frozen=True, slots=True)
class Overrule:
    """What the caller knows better than the report: report year, GB/T 2260 code, kind of body."""

    year: int | None = None
    region: str | None = None
    body_kind: BodyKind | None = None


def identify(report: Report, regions: RegionIndex, overrule: Overrule) -> Report:
    """`report` with its region and kind of body settled as far as they can be.

    Raises:
        UsageError: The caller states a region code that does not exist.
    """
    changes: dict[str, Any] = {}
    if overrule.year is not None and overrule.year != report.year:
        stated_year = Candidate(value=str(overrule.year), source="argument")
        changes |= {"year": overrule.year, "years": (stated_year, *report.years)}
    candidate = _region(report, regions, overrule)
    if candidate is not None and candidate not in report.regions:
        changes["regions"] = (candidate, *report.regions)
    body = report.body
    name = body.name if body else ""
    kind = overrule.body_kind or (body.kind if body else None) or (body_kind(fold(name)) if name else None)
    region = regions.get(candidate.value) if candidate is not None else None
    if body is not None or region is not None or kind is not None:
        settled = PublicBody(name=name, kind=kind, region=region)
        if settled != body:
            changes["body"] = settled
    return report.model_copy(update=changes) if changes else report


def _region(report: Report, regions: RegionIndex, overrule: Overrule) -> Candidate | None:
    """The region and what tells it: the caller, the report's own statement, its candidates, its body's name."""
    if overrule.region is not None:
        if regions.get(overrule.region) is None:
            raise UsageError(
                f"没有行政区划代码「{overrule.region}」，请填写六位代码，如 140428（长子县）",
                f"there is no administrative division '{overrule.region}'; give its six digits, such as 140428",
                code="unknown-region",
            )
        return Candidate(value=overrule.region, source="argument")
    stated = report.body.region if report.body else None
    if stated is not None and regions.get(stated.code) is not None:
        known = next((seen for seen in report.regions if seen.value == stated.code), None)
        return known or Candidate(value=stated.code, source="stated")
    for source, text, location in _names(report):
        match = regions.find(text, year=report.year)
        if match.region is not None:
            return Candidate(value=match.region.code, source=source, text=match.matched, location=location)
    return None


def _names(report: Report) -> list[tuple[str, str, Location]]:
    names: list[tuple[str, str, Location]] = []
    if report.body is not None and report.body.name:
        names.append(("body", report.body.name, Location()))
    names += [(seen.source, seen.value, seen.location) for seen in report.bodies]
    return names
