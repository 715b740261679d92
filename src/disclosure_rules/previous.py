"""Which report is that of the year before: the same body's, by what the two reports say. Nothing is guessed.

Two reports are of the same body where their names are the same, once full-width letters, the names of the regions
above, and a last 人民政府 or 管理委员会 are taken away: `宿迁市` and `江苏省宿迁市人民政府` are one body. A body that was
renamed is another one: a person must say.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from disclosure_rules.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_rules.model.report import Report

__all__ = ["choose_previous", "refuse_other"]

_GOVERNMENT = ("人民政府", "管理委员会", "管委会")
# An introduction names whom to ask, which may be another body's office.
_OWN = ("title", "closing")
_NAMED = 3


def refuse_other(report: Report, previous: Report) -> None:
    """Refuse what is not the report of the year before.

    A body that one of the reports does not name is taken for the same: the caller said so.

    Raises:
        UsageError: The year of one is not known, the years do not follow each other, or the bodies differ.
    """
    place = previous.source.path or ""
    if report.year is None or previous.year is None:
        whose = ("本年报告", "this report") if report.year is None else ("上一年报告", "last year's report")
        raise UsageError(
            f"{whose[0]}的年度未能识别，无法确认两份报告是否相邻；请在报告标题中写明年度",
            f"the year of {whose[1]} is not known, so nobody can tell whether the two follow each other",
            place=place,
            code="previous-year-unknown",
        )
    if previous.year != report.year - 1:
        raise UsageError(
            f"这是{previous.year}年的报告；核对{report.year}年的报告要用{report.year - 1}年的",
            f"this is the report of {previous.year}; one of {report.year} is held against that of {report.year - 1}",
            place=place,
            code="previous-other-year",
        )
    if _same_body(report, previous) is False:
        raise UsageError(
            f"这是「{_name(previous)}」的报告，不是「{_name(report)}」的；请换成同一单位的上一年报告"
            "（单位更名的，用 extract 读出后改写其中的名称再用）",
            f"this is the report of '{_name(previous)}', not of '{_name(report)}'; give the same body's "
            "(of a body renamed since: extract it and change the name there)",
            place=place,
            code="previous-other-body",
        )


def choose_previous(report: Report, candidates: Iterable[Report]) -> Report:
    """The one among `candidates` that is the same body's report of the year before.

    Raises:
        UsageError: None is, or more than one (copies of the same content count once).
    """
    if report.year is None or not _name(report):
        raise UsageError(
            "本年报告的年度或公开主体未能识别，无法在文件夹中找出上一年报告；请用 --previous 指定文件",
            "the year or the body of this report is not known, so last year's cannot be found in a folder; name the file",
            code="previous-not-found",
        )
    wanted = report.year - 1
    found = {
        one.source.sha256 or one.source.path: one
        for one in candidates
        if one.year == wanted and _same_body(report, one) is True
    }
    if len(found) == 1:
        return next(iter(found.values()))
    if not found:
        raise UsageError(
            f"文件夹中没有「{_name(report)}」{wanted}年的报告，跨年核对未进行",
            f"the folder has no report of '{_name(report)}' for {wanted}; nothing was held against last year",
            code="previous-not-found",
        )
    paths = [one.source.path or "" for one in found.values()]
    named = "、".join(paths[:_NAMED])
    raise UsageError(
        f"文件夹中有 {len(paths)} 份「{_name(report)}」{wanted}年的报告（{named}），不知道用哪一份；"
        "请用 --previous 指定文件",
        f"the folder has {len(paths)} reports of '{_name(report)}' for {wanted} ({', '.join(paths[:_NAMED])}); name one",
        code="previous-ambiguous",
    )


def _name(report: Report) -> str:
    return report.body.name if report.body else ""


def _same_body(report: Report, other: Report) -> bool | None:
    """Whether two reports are of one body; None where one of them names none."""
    names, others = _own_names(report), _own_names(other)
    if not names or not others:
        return None
    regions = [one.body.region.code for one in (report, other) if one.body and one.body.region]
    return not names.isdisjoint(others) and len(set(regions)) <= 1


def _own_names(report: Report) -> set[str]:
    """The names that title and signature give the body, without the regions above it and a last 人民政府."""
    path = report.body.region.path if report.body and report.body.region else ()
    names = {_name(report), *(seen.value for seen in report.bodies if seen.source in _OWN)}
    return {_plain(name, path) for name in names if name}


def _plain(name: str, above: Iterable[str]) -> str:
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    for ending in _GOVERNMENT:
        plain = plain.removesuffix(ending) or plain
    for region in above:
        plain = plain.removeprefix(region) or plain
    return plain
