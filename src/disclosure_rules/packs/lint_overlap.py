"""Rules that would tell one fault twice, and rules that judge again the years of the one they supersede."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.packs.applying import covers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from disclosure_rules.errors import PackError
    from disclosure_rules.model.rule import Applies, Rule
    from disclosure_rules.packs.source import Source

__all__ = ["overlaps"]


def overlaps(
    rules: Mapping[str, Rule], others: Mapping[str, Rule], sources: Mapping[str, Source]
) -> Iterator[PackError]:
    """The overlaps of a pack's rules with each other and with those that it takes over.

    Args:
        rules: The pack's own rules, by id.
        others: The rules of the packs above as this pack leaves them in force, by id.
        sources: The files of the pack's own rules, by id.
    """
    alike: dict[str, list[Rule]] = {}
    for rule in others.values():
        alike.setdefault(_condition(rule), []).append(rule)
    known = {**others, **rules}
    for key, rule in rules.items():
        for other in alike.setdefault(_condition(rule), []):
            if not _give_way(rule, other) and _meet(rule.applies, other.applies):
                yield sources[key].error(
                    "same-condition",
                    f"与规则「{other.id}」条件相同，适用的报告也有相同的，同一问题会报两次："
                    "请删去一条，用 applies 分开，或写 supersedes",
                    f"this is the condition of '{other.id}', for some of the same reports, so that one fault is "
                    "told twice; remove one, part them by `applies`, or write `supersedes`",
                    ("assert",) if rule.check is None else ("check",),
                )
        alike[_condition(rule)].append(rule)
        old = known.get(rule.supersedes or "")
        if old is not None and _reopens(rule, old):
            end = old.applies.years.end if old.applies.years else None
            yield sources[key].error(
                "closed-years",
                f"它取代的规则「{old.id}」到 {end} 年度为止，这条规则却也适用于以前的年度，"
                f"会改变对以前报告的判断：请写 years: {{from: {(end or 0) + 1}}}",
                f"'{old.id}', which this supersedes, is closed after {end}, and this one would judge the years "
                f"before anew; write years: {{from: {(end or 0) + 1}}}",
                ("applies", "years") if rule.applies.years is not None else ("supersedes",),
            )


def _condition(rule: Rule) -> str:
    """What a rule looks for, without its words and its reach; spaces do not count."""
    if rule.check is not None:
        return repr((rule.check, sorted(rule.params.items())))
    texts = [
        rule.when or "",
        rule.demand or "",
        *rule.each.values(),
        *rule.let.values(),
        *rule.each,
        *rule.let,
    ]
    return repr((rule.scope, ["".join(text.split()) for text in texts]))


def _give_way(rule: Rule, other: Rule) -> bool:
    return rule.supersedes == other.id or other.supersedes == rule.id


def _reopens(rule: Rule, old: Rule) -> bool:
    """Whether `rule` judges reports of years for which the rule that it supersedes was kept."""
    years = old.applies.years
    return years is not None and years.end is not None and _meet(rule.applies, old.applies)


def _meet(one: Applies, other: Applies) -> bool:
    """Whether a report may be of both kinds."""
    pairs = ((one.layouts, other.layouts), (one.bodies, other.bodies))
    return (
        all(_common(mine, theirs) for mine, theirs in pairs)
        and _regions_meet(one.regions, other.regions)
        and _years_meet(one, other)
    )


def _common(mine: Iterable[str] | None, theirs: Iterable[str] | None) -> bool:
    return mine is None or theirs is None or not set(mine).isdisjoint(theirs)


def _regions_meet(mine: Iterable[str] | None, theirs: Iterable[str] | None) -> bool:
    if mine is None or theirs is None:
        return True
    return any(covers(theirs, code) for code in mine) or any(covers(mine, code) for code in theirs)


def _years_meet(one: Applies, other: Applies) -> bool:
    if one.years is None or other.years is None:
        return True
    starts = [span.start for span in (one.years, other.years) if span.start is not None]
    ends = [span.end for span in (one.years, other.years) if span.end is not None]
    return not starts or not ends or max(starts) <= min(ends)
