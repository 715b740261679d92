"""The columns of a roster: which heading means what, and how a cell of each is read."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.model.body import BodyKind

__all__ = ["COLUMNS", "column_of", "columns_of", "day", "kind", "names", "plain"]

# Key → headings, as plain() writes them, the surest first. A heading counts where it is one of these, or begins or ends
# with one of three characters or more.
COLUMNS: dict[str, tuple[str, ...]] = {
    "name": (
        "单位名称",
        "机关名称",
        "公开主体",
        "主体名称",
        "单位全称",
        "机构名称",
        "报告单位",
        "报送单位",
        "填报单位",
        "部门名称",
        "责任单位",
        "名称",
        "单位",
        "部门",
        "name",
    ),
    "other_names": ("其他名称", "别名", "曾用名", "简称", "单位简称", "othernames"),
    "kind": ("单位类别", "主体类别", "单位类型", "单位性质", "类别", "类型", "性质", "kind"),
    "region": ("行政区划代码", "区划代码", "行政区划", "地区代码", "region"),
    "parent": (
        "上级单位",
        "主管部门",
        "主管单位",
        "主管机关",
        "上级机关",
        "隶属单位",
        "所属地区",
        "上级",
        "parent",
    ),
    "due": (
        "报送期限",
        "截止日期",
        "报送截止日期",
        "应报日期",
        "公布期限",
        "截止时间",
        "截止日",
        "完成时限",
        "期限",
        "时限",
        "due",
    ),
    "aggregates": ("汇总范围", "汇总单位", "汇总下级", "汇总", "aggregates"),
}
_SURE = 3
_KINDS: dict[str, BodyKind] = {
    "政府": "government",
    "人民政府": "government",
    "省级政府": "government",
    "市级政府": "government",
    "县级政府": "government",
    "区县政府": "government",
    "部门": "department",
    "政府部门": "department",
    "工作部门": "department",
    "省级部门": "department",
    "市级部门": "department",
    "县级部门": "department",
    "省直部门": "department",
    "市直部门": "department",
    "县直部门": "department",
    "区直部门": "department",
    "乡镇": "township",
    "乡镇政府": "township",
    "街道": "subdistrict",
    "街道办事处": "subdistrict",
    "授权组织": "authorized_organization",
    "法律法规授权组织": "authorized_organization",
    "垂直管理": "vertical_agency",
    "垂直管理部门": "vertical_agency",
    "垂管部门": "vertical_agency",
    "开发区": "development_zone",
    "功能区": "development_zone",
}
_SEPARATORS = re.compile(r"[、，,；;\n/|]+")
_DATE = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})")
_ANY_DAY = re.compile(r"\d{1,2}\s*月|\d{4}\s*[-./]\s*\d{1,2}\s*[-./]\s*\d")
_OF_NO_YEAR = re.compile(r"(次年|翌年|下一?年度?)?\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]\s*(?:之?前|以前)?")
_FIRST_HALF = 6  # a report is due in the spring after its year: a later month may be meant of either year
_SERIAL = re.compile(r"[1-9]\d{4}(?:\.0+)?")
_NO_LEAP_YEAR = 2001
_EPOCH = date(1899, 12, 30)  # of Excel's serial days


def plain(text: str) -> str:
    """A heading or name without white space, brackets' contents, marks and letter case."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"\([^()]*\)|[\s:：*_-]", "", folded)


def column_of(heading: str) -> str | None:
    """The column that a heading stands for; None for one that is not known."""
    found = _ranked(heading)
    return found and found[0]


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """The place of each column: of several headings for one the surest, and of those alike the first."""
    ranks: dict[str, tuple[int, int]] = {}
    for place, heading in enumerate(headings):
        if found := _ranked(heading):
            key, rank = found
            ranks[key] = min(ranks.get(key, (rank, place)), (rank, place))
    return {key: place for key, (_, place) in ranks.items()}


def _ranked(heading: str) -> tuple[str, int] | None:
    """The column of a heading, and how sure that is: the lower the surer."""
    wanted = plain(heading)
    if not wanted:
        return None
    for key, known in COLUMNS.items():
        if wanted in known:
            return key, known.index(wanted)
    for key, known in COLUMNS.items():
        if any(len(one) >= _SURE and (wanted.startswith(one) or wanted.endswith(one)) for one in known):
            return key, len(known)
    return None


def names(text: str) -> tuple[str, ...]:
    """The names that a cell lists."""
    return tuple(dict.fromkeys(name.strip() for name in _SEPARATORS.split(text) if name.strip()))


def kind(text: str) -> BodyKind | None:
    """The kind of body that a cell names; None for a word that is not known."""
    word = plain(text)
    known: dict[str, BodyKind] = {**_KINDS, **{value: value for value in _KINDS.values()}}
    return known.get(word)


def day(text: str) -> str | None:
    """A day as ISO: `2025年1月31日`, `2025-01-31`, `2025/1/31`, or a workbook's serial number.

    One without a year (`1月31日前`, `次年1月31日`) is `--01-31`, of the year after that of the reports. None for anything
    else, for several days, and for a month that either year may be meant with.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    found, short = _DATE.search(written), _OF_NO_YEAR.fullmatch(written)
    either_year = short is not None and short[1] is None and int(short[2]) > _FIRST_HALF
    if either_year or len(_ANY_DAY.findall(written)) > 1:
        return None
    try:
        if short is not None:
            return date(_NO_LEAP_YEAR, int(short[2]), int(short[3])).strftime("--%m-%d")
        if found is not None:
            return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
        if _SERIAL.fullmatch(text.strip()):
            return (_EPOCH + timedelta(days=int(float(text)))).isoformat()
    except ValueError:
        return None
    return None
