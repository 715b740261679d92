"""What trying a pack on a folder of reports came to, for its author."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.model.result import Finding
    from disclosure_rules.model.text import Lang

__all__ = ["Trial", "trial_page"]

_SHOWN = 3  # findings of a rule that are told in full
# A rule that speaks on more than a fifth of the reports is a bad rule, or tells of a practice everybody has.
_OFTEN = 5


class Trial(NamedTuple):
    """Reports read and not read, and the findings that came and went: rule → (report, finding)."""

    read: int
    unread: int
    gained: Mapping[str, Sequence[tuple[str, Finding]]]
    lost: Mapping[str, Sequence[tuple[str, Finding]]]


def trial_page(trial: Trial, lang: Lang) -> str:
    """The trial as text: the rules that find most first, each with its first findings."""
    return "\n".join(_lines(trial, lang)) + "\n"


def _lines(trial: Trial, lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    read, unread = trial.read, trial.unread
    yield (
        f"试用了 {read} 份报告，{unread} 份不能读取"
        if zh
        else f"{read} reports tried, {unread} could not be read"
    )
    for heading, found in (
        ("新发现" if zh else "newly found", trial.gained),
        ("不再发现" if zh else "no longer found", trial.lost),
    ):
        total = sum(len(entries) for entries in found.values())
        yield ""
        yield f"{heading}：{total} 处" if zh else f"{heading}: {total}"
        for rule, entries in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
            yield from _rule(rule, entries, read, lang)


def _rule(rule: str, entries: Sequence[tuple[str, Finding]], read: int, lang: Lang) -> Iterator[str]:
    zh = lang == "zh"
    reports = len({name for name, _ in entries})
    finding = entries[0][1]
    where = f"{len(entries)} 处，{reports} 份报告" if zh else f"{len(entries)} in {reports} reports"
    yield f"  {finding.severity.value} {rule} {finding.title(lang)}：{where}"
    if reports * _OFTEN > read:
        yield (
            "    超过五分之一的报告都有：请核对规则是否有误，或者这是普遍做法"
            if zh
            else "    more than a fifth of the reports: a bad rule, or a practice that all share"
        )
    for name, entry in entries[:_SHOWN]:
        yield f"    {name} · {entry.location.words(lang)} · {entry.message(lang)}"
    if len(entries) > _SHOWN:
        more = len(entries) - _SHOWN
        yield f"    另有 {more} 处" if zh else f"    and {more} more"
