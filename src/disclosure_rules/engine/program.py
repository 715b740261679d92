"""A rule set made ready for reports whose tables follow certain forms."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.errors import ExpressionError, PackError
from disclosure_rules.expr import Names, bind, compile_instances
from disclosure_rules.model.layout import Layout, TableSpec
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from disclosure_rules.expr import Frame, Instance
    from disclosure_rules.hookspecs import Check
    from disclosure_rules.model.pack import EffectiveRule, RuleSet
    from disclosure_rules.model.rule import Rule

__all__ = ["Forms", "Program", "build_program", "table_specs"]

_NO_LAYOUT = Layout.model_validate({"id": "none", "title": {"zh": "", "en": ""}, "sections": ()})


class Forms(NamedTuple):
    """What a report's tables look like: the id of its layout (None where not known), and table key → id of its form."""

    layout: str | None
    tables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Program:
    """A rule set, compiled.

    `names` holds those of last year's report where the program was made for one. `instances[i]` belongs to
    `rules[owners[i]]`, and `instances_of` pairs the index of a rule with their number. `suspects` gives the indices of
    the instances that are not plainly met by a frame; `verbs` are the rules that call a check, with the check.
    """

    rules: tuple[EffectiveRule, ...]
    names: Names
    layout: Layout | None
    specs: Mapping[str, TableSpec]
    instances: tuple[Instance, ...]
    owners: tuple[int, ...]
    instances_of: tuple[tuple[int, int], ...]
    suspects: Callable[[Frame], list[int]]
    verbs: tuple[tuple[int, Check], ...]


def table_specs(
    layouts: Mapping[str, Layout], own: Layout | None, forms: Mapping[str, str]
) -> dict[str, TableSpec]:
    """The specification that each table follows: its own form where the report shows one, else the layout's.

    Args:
        layouts: Every known form.
        own: The form of the report.
        forms: Table key → id of the layout whose rows the report's table has.
    """
    specs = {table.key: table for table in own.tables} if own else {}
    for key, form in forms.items():
        layout = layouts.get(form)
        spec = layout.table(key) if layout else None
        if spec is not None:
            specs[key] = spec
    return specs


def build_program(
    rule_set: RuleSet, checks: Mapping[str, Check], forms: Mapping[str, str], previous: Forms | None = None
) -> Program:
    """Bind and compile every rule of `rule_set`.

    Args:
        rule_set: What is in force.
        checks: The verbs, by name.
        forms: Table key → id of the form that the report's table follows.
        previous: The forms of last year's report; None leaves the rules of `scope: years` out.

    Raises:
        ExpressionError: A rule names what no table of these forms has. Its place is `<id of the rule>:<field>`.
        PackError: A rule calls a check that does not exist.
    """
    specs, rules = table_specs(rule_set.layouts, rule_set.layout, forms), list(rule_set.rules)
    names = Names(rule_set.layout or _NO_LAYOUT, specs)
    both = names.with_previous(_previous_names(rule_set, previous)) if previous is not None else None
    instances: list[Instance] = []
    owners: list[int] = []
    verbs: list[tuple[int, Check]] = []
    for index, effective in enumerate(rule_set.rules):
        rule = effective.rule
        seen = {"report": names, "years": both}.get(rule.scope)
        if seen is None or effective.undecided is not None:
            continue
        if (about := _about(rule, previous)) is False:
            continue
        if rule.check is not None and about is True:
            verbs.append((index, _verb(rule, checks)))
            continue
        bound = about if isinstance(about, Text) else _bound(rule, seen, rule_set, forms, previous)
        if isinstance(bound, Text):
            rules[index] = effective.model_copy(update={"undecided": bound})
            continue
        instances.extend(bound)
        owners.extend([index] * len(bound))
    return Program(
        rules=tuple(rules),
        names=both or names,
        layout=rule_set.layout,
        specs=specs,
        instances=tuple(instances),
        owners=tuple(owners),
        instances_of=tuple(Counter(owners).items()),
        suspects=compile_instances(instances),
        verbs=tuple(verbs),
    )


def _previous_names(rule_set: RuleSet, previous: Forms) -> Names:
    layout = rule_set.layouts.get(previous.layout or "")
    return Names(layout or _NO_LAYOUT, table_specs(rule_set.layouts, layout, previous.tables))


def _verb(rule: Rule, checks: Mapping[str, Check]) -> Check:
    check = checks.get(rule.check or "")
    if check is None:
        raise PackError(
            f"规则 {rule.id} 调用的检查函数「{rule.check}」不存在，请安装提供它的插件或改正名称",
            f"rule {rule.id} calls the check '{rule.check}', which no plugin provides",
            place=rule.id,
            code="unknown-check",
        )
    return check


def _about(rule: Rule, previous: Forms | None) -> bool | Text:
    """Whether a rule is about a report with such a report of last year; the reason where that cannot be told."""
    wanted = rule.applies.previous_layouts
    if rule.scope != "years" or wanted is None or previous is None:
        return True
    if previous.layout is None:
        return Text(zh="上一年报告的版式未知", en="the layout of last year's report is not known")
    return previous.layout in wanted


def _bound(
    rule: Rule, names: Names, rule_set: RuleSet, forms: Mapping[str, str], previous: Forms | None
) -> tuple[Instance, ...] | Text:
    """The instances of a rule; or why it cannot judge tables of these forms, where it can judge those of the layout.

    Raises:
        ExpressionError: It can judge no report of the layout, whatever last year's report follows: the rule is wrong.
    """
    try:
        return bind(rule, names)
    except ExpressionError as mistake:
        layout = rule_set.layout
        if layout is None:
            return Text(zh="报告的版式未知", en="the layout of the report is not known")
        other = sorted({form for form in forms.values() if form != layout.id})
        if not _binds(rule, rule_set) or not (other or rule.scope == "years"):
            raise mistake.within(rule.id) from mistake
    if previous is not None and rule.scope == "years":
        earlier = sorted({form for form in (previous.layout, *previous.tables.values()) if form})
        return Text(
            zh=f"本年或上一年报告的表格格式（上一年：{'、'.join(earlier) or '未知'}）没有这条规则所需的行或列",
            en=f"the form of this or last year's report (last year: {', '.join(earlier) or 'unknown'}) lacks rows "
            "or columns of this rule",
        )
    return Text(
        zh=f"报告有表格用的是{'、'.join(other)}年格式，没有这条规则所需的行或列",
        en=f"a table of the report follows the form of {', '.join(other)} and lacks rows or columns of this rule",
    )


def _binds(rule: Rule, rule_set: RuleSet) -> bool:
    """Whether the rule can judge a report that follows its layout throughout, with some form of last year's."""
    layout = rule_set.layout
    names = Names(layout or _NO_LAYOUT, {})
    pairs = [names.with_previous(Names(form, {})) for form in rule_set.layouts.values()]
    for seen in pairs if rule.scope == "years" else [names]:
        try:
            bind(rule, seen)
        except ExpressionError:
            continue
        return True
    return False
