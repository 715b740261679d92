"""A rule set made ready for reports whose tables follow certain forms."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

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

__all__ = ["Program", "build_program", "table_specs"]

_NO_LAYOUT = Layout.model_validate({"id": "none", "title": {"zh": "", "en": ""}, "sections": ()})


@dataclass(frozen=True, slots=True)
class Program:
    """A rule set, compiled.

    `instances[i]` belongs to `rules[owners[i]]`, and `instances_of` pairs the index of a rule with their number.
    `suspects` gives the indices of the instances that are not plainly met by a frame; `verbs` are the rules that
    call a check, with the check.
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


def table_specs(rule_set: RuleSet, forms: Mapping[str, str]) -> dict[str, TableSpec]:
    """The specification that each table follows: its own form where the report shows one, else the layout's.

    Args:
        rule_set: What is in force.
        forms: Table key → id of the layout whose rows the report's table has.
    """
    specs = {table.key: table for table in rule_set.layout.tables} if rule_set.layout else {}
    for key, form in forms.items():
        layout = rule_set.layouts.get(form)
        spec = layout.table(key) if layout else None
        if spec is not None:
            specs[key] = spec
    return specs


def build_program(rule_set: RuleSet, checks: Mapping[str, Check], forms: Mapping[str, str]) -> Program:
    """Bind and compile every rule of `rule_set`.

    Raises:
        ExpressionError: A rule names what no table of these forms has.
        PackError: A rule calls a check that does not exist.
    """
    specs = table_specs(rule_set, forms)
    rules = list(rule_set.rules)
    names = Names(rule_set.layout or _NO_LAYOUT, specs)
    instances: list[Instance] = []
    owners: list[int] = []
    verbs: list[tuple[int, Check]] = []
    for index, effective in enumerate(rule_set.rules):
        rule = effective.rule
        if rule.scope != "report" or effective.undecided is not None:
            continue
        if rule.check is not None:
            if rule.check not in checks:
                raise PackError(
                    f"规则 {rule.id} 调用的检查函数「{rule.check}」不存在，请安装提供它的插件或改正名称",
                    f"rule {rule.id} calls the check '{rule.check}', which no plugin provides",
                    place=rule.id,
                    code="unknown-check",
                )
            verbs.append((index, checks[rule.check]))
            continue
        try:
            bound = bind(rule, names)
        except ExpressionError:
            other_form = _binds_to_own_form(rule, rule_set.layout, forms)
            if other_form is None:
                raise
            rules[index] = effective.model_copy(update={"undecided": other_form})
            continue
        instances.extend(bound)
        owners.extend([index] * len(bound))
    return Program(
        rules=tuple(rules),
        names=names,
        layout=rule_set.layout,
        specs=specs,
        instances=tuple(instances),
        owners=tuple(owners),
        instances_of=tuple(Counter(owners).items()),
        suspects=compile_instances(instances),
        verbs=tuple(verbs),
    )


def _binds_to_own_form(rule: Rule, layout: Layout | None, forms: Mapping[str, str]) -> Text | None:
    """Why a rule cannot judge tables of other forms than the report's, where it can judge those of the report's own."""
    if layout is None:
        return Text(zh="报告的版式未知", en="the layout of the report is not known")
    other = sorted({form for form in forms.values() if form != layout.id})
    if not other:
        return None
    try:
        bind(rule, Names(layout, {table.key: table for table in layout.tables}))
    except ExpressionError:
        return None
    return Text(
        zh=f"报告有表格用的是{'、'.join(other)}年格式，没有这条规则所需的行或列",
        en=f"a table of the report follows the form of {', '.join(other)} and lacks rows or columns of this rule",
    )
