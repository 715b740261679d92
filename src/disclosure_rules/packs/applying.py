"""To which reports a rule applies: deciding it, comparing it, changing it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.model.rule import Applies, YearSpan
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_rules.model.body import BodyKind

__all__ = ["Facts", "changed", "covers", "decide", "is_code", "wider_in"]

_CODE = re.compile(r"[1-9][0-9](?:[0-9]{2}){0,2}")


def is_code(code: str) -> bool:
    """Whether `code` is written as a GB/T 2260 code or its first two or four digits."""
    return _CODE.fullmatch(code) is not None


def _digits(code: str) -> str:
    """The digits that tell: 140000 and 14 are both the province."""
    while len(code) > 2 and code.endswith("00"):  # noqa: PLR2004  two digits a level
        code = code[:-2]
    return code


def covers(codes: Iterable[str], region: str) -> bool:
    """Whether `region` is one of `codes` or lies within one."""
    inner = _digits(region)
    return any(inner.startswith(_digits(code)) for code in codes)


class Facts(NamedTuple):
    """What is known of the report for which rules are chosen; None is unknown."""

    layout: str | None
    year: int | None
    body: BodyKind | None
    region: str | None


# What each of the facts is called, in their order.
_WORDS = (
    Text(zh="格式", en="form"),
    Text(zh="年度", en="year"),
    Text(zh="公开主体的类别", en="kind of public body"),
    Text(zh="行政区划", en="region"),
)


def decide(applies: Applies, facts: Facts) -> bool | Text:
    """Whether a rule applies to a report; the reason where that cannot be told.

    A fact that rules the report out does so whatever else is unknown.
    """
    unknown: list[Text] = []
    limits = (applies.layouts, applies.years, applies.bodies, applies.regions)
    for limit, fact, word in zip(limits, facts, _WORDS, strict=True):
        if limit is None:
            continue
        if fact is None:
            unknown.append(word)
        elif not (covers(applies.regions or (), str(fact)) if limit is applies.regions else fact in limit):
            return False
    if not unknown:
        return True
    return Text(
        zh=f"未能识别报告的{'、'.join(word.zh for word in unknown)}，无法判断本条规则是否适用",
        en=f"not known of the report: {', '.join(word.en for word in unknown)}; the rule may or may not apply",
    )


def changed(applies: Applies, change: Applies) -> Applies:
    """`applies` with every key that `change` states replaced."""
    return applies.model_copy(update={key: getattr(change, key) for key in change.model_fields_set})


def wider_in(new: Applies, old: Applies) -> tuple[str, ...]:
    """The keys in which `new` takes in reports that `old` leaves out."""
    found = []
    for key in ("layouts", "previous_layouts", "bodies"):
        inner, outer = getattr(new, key), getattr(old, key)
        if outer is not None and (inner is None or not set(inner) <= set(outer)):
            found.append(key)
    if old.regions is not None and (
        new.regions is None or not all(covers(old.regions, code) for code in new.regions)
    ):
        found.append("regions")
    if old.years is not None and not _within(new.years or YearSpan(), old.years):
        found.append("years")
    return tuple(found)


def _within(inner: YearSpan, outer: YearSpan) -> bool:
    return (outer.start is None or (inner.start is not None and inner.start >= outer.start)) and (
        outer.end is None or (inner.end is not None and inner.end <= outer.end)
    )
