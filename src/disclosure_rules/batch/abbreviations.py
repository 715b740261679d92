"""Names of bodies in short: those that are one name without a doubt, and those that may be.

住建局 and 住房和城乡建设局 of one county are the same body. 农业局 may be its 农业农村局, or what was before it: that
is told as doubtful.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from disclosure_rules.batch.bare_names import cuts, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.model.roster import RosterEntry

__all__ = ["MayBe", "shortened"]

# In general use; under one government each stands for one body. The longer come before those that stand in them.
_SHORT = {
    "人力资源和社会保障": "人社", "人力资源社会保障": "人社",
    "住房和城乡建设": "住建", "住房城乡建设": "住建",
    "国有资产监督管理": "国资", "行政审批服务管理": "审批", "行政审批": "审批",
    "市场监督管理": "市监", "市场监管": "市监",
    "工业和信息化": "工信", "经济和信息化": "经信",
    "发展和改革": "发改", "发展改革": "发改",
    "文化和旅游": "文旅", "文化旅游": "文旅",
    "教育和体育": "教体", "教育体育": "教体",
    "民族宗教事务": "民宗", "退役军人事务": "退役军人",
    "科学技术委员会": "科委", "科技委员会": "科委", "科技委": "科委", "教育委员会": "教委",
    "卫生健康": "卫健", "应急管理": "应急", "医疗保障": "医保",
    "交通运输": "交通", "科学技术": "科技", "城市管理": "城管",
    "人民政府": "政府", "委员会": "委", "办公室": "办",
    "街道办事处": "街道", "街道办": "街道",
}  # fmt: skip
_FULL = re.compile("|".join(_SHORT))
_KEPT = 8_192  # more names than a province has bodies
_SHORTEST = 3  # characters of a body's name without its region
_MOST = 3  # bodies that a name may stand for; of more it says nothing


@lru_cache(_KEPT)
def shortened(name: str) -> str:
    """A name in the form that it has in common with its abbreviations, without a last 政府 or 管委会."""
    short = _FULL.sub(lambda full: _SHORT[full[0]], plain_name(name))
    for ending in ("政府", "管理委", "管委会"):
        short = short.removesuffix(ending) or short
    return short


class MayBe:
    """Finds bodies whose names a name may abbreviate: of the same region, with its characters in their order.

    Args:
        entries: The bodies.
    """

    def __init__(self, entries: Sequence[RosterEntry]) -> None:
        self._found: dict[tuple[str, str, str], list[tuple[str, RosterEntry]]] = defaultdict(list)
        for entry in entries:
            for region, rest in _in_two(shortened(entry.name)):
                self._found[region, rest[0], rest[-1]].append((rest, entry))

    def __call__(self, name: str) -> list[RosterEntry]:
        """The bodies; none where there are too many to say anything."""
        found: dict[int, RosterEntry] = {}
        for region, rest in _in_two(shortened(name)):
            for full, entry in self._found.get((region, rest[0], rest[-1]), ()):
                if len(rest) < len(full) and _stands_in(rest, full):
                    found[entry.row] = entry
        return list(found.values()) if len(found) <= _MOST else []


def _in_two(name: str) -> Iterator[tuple[str, str]]:
    """A name as region and body, by each character that may end a region: only the last region counts."""
    before = 0
    for cut in cuts(name):
        if len(name) - cut >= _SHORTEST:
            yield name[before:cut], name[cut:]
        before = cut


def _stands_in(short: str, full: str) -> bool:
    """Whether the characters of a name stand in another one in their order."""
    left = iter(full)
    return all(character in left for character in short)
