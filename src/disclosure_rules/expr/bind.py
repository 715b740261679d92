"""Rule × names → instances: each `each` variable spelled out, each name resolved, each limit kept."""

from __future__ import annotations

import ast
import keyword
from itertools import product
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.errors import ExpressionError
from disclosure_rules.expr.resolve import Resolver, Variable, suggestion
from disclosure_rules.expr.slots import Slot
from disclosure_rules.expr.syntax import Source, parse
from disclosure_rules.expr.translate import FUNCTIONS, Translator

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.expr.names import Names
    from disclosure_rules.expr.tree import Node
    from disclosure_rules.model.location import Location
    from disclosure_rules.model.rule import Rule

__all__ = ["Instance", "bind"]

MAX_INSTANCES = 2_000
MAX_NODES = 2_000
MAX_RULE_NODES = 100_000


class Instance(NamedTuple):
    """A rule for one choice of its `each` variables.

    `binding` maps a variable to the dotted keys of what it stands for: `requests.total` (a column),
    `requests.received` (a row), `requests.received.total` (a cell), `sections.overview` or `tables.requests`.
    `target` is what `at` names, and `at` its place by keys; `Frame.place(target)` adds page and line.
    """

    rule_id: str
    binding: Mapping[str, str]
    when: Node | None
    demand: Node
    lets: tuple[tuple[str, Node], ...]
    at: Location | None
    target: Slot | None


def bind(rule: Rule, names: Names) -> tuple[Instance, ...]:
    """All instances of a rule that has `assert`, for the reports that `names` describes.

    Raises:
        ExpressionError: A field is no expression of the language, names what this form has not, or is too big.
            Its `place` is the field (`assert`, `let.incoming`, `each.column`); the sentence tells the character.
        ValueError: The rule has `check`, not `assert`.
    """
    if rule.demand is None:
        raise ValueError(f"{rule.id} has no assert")
    choices = {name: _choices(name, text, names) for name, text in rule.each.items()}
    texts: dict[str, str | None] = {f"let.{name}": text for name, text in rule.let.items()}
    texts |= {"when": rule.when, "assert": rule.demand, "at": rule.at}
    fields = {field: _parsed(text, field) for field, text in texts.items() if text is not None}
    _check_let_names(rule, names)
    _check_count(choices)
    instances: list[Instance] = []
    nodes = 0
    for chosen in product(*choices.values()):
        variables = dict(zip(choices, chosen, strict=True))
        instance, size = _instance(rule.id, fields, Resolver(names, variables))
        nodes += size
        if nodes > MAX_RULE_NODES:
            raise ExpressionError(
                f"规则展开后太大（最多 {MAX_RULE_NODES} 项）：请减少 each 的变量或分组",
                f"the rule is too big when spelled out ({MAX_RULE_NODES} terms at most): use fewer variables or groups",
                place="each" if choices else "assert",
                code="too-big",
            )
        instances.append(instance)
    return tuple(instances)


class _Field(NamedTuple):
    source: Source
    tree: ast.expr


def _parsed(text: str, field: str) -> _Field:
    source = Source(text, field)
    return _Field(source, parse(source))


def _instance(rule_id: str, fields: Mapping[str, _Field], resolver: Resolver) -> tuple[Instance, int]:
    lets: dict[str, Node] = {}
    when: Node | None = None
    target: Slot | None = None
    translator = Translator(resolver, lets)
    for field, (source, tree) in fields.items():
        if field.startswith("let."):
            # A let sees only those written above it, so no let can refer to itself.
            lets[field.removeprefix("let.")] = translator.number(source, tree)
    if "when" in fields:
        when = translator.truth(*fields["when"])
    demand = translator.truth(*fields["assert"])
    if "at" in fields:
        target = _target(*fields["at"], resolver)
    size = demand.size + (when.size if when else 0) + sum(node.size for node in lets.values())
    if size > MAX_NODES:
        raise fields["assert"].source.error(
            f"展开后有 {size} 项，最多 {MAX_NODES} 项：请用总计行、总计列或更小的分组",
            f"{size} terms when spelled out, at most {MAX_NODES}: use total rows or smaller groups",
            code="too-big",
        )
    binding = {name: variable.path for name, variable in resolver.variables.items()}
    at = target.location() if target else None
    return Instance(rule_id, binding, when, demand, tuple(lets.items()), at, target), size


def _target(source: Source, tree: ast.expr, resolver: Resolver) -> Slot:
    slot = resolver.resolve(source, tree)
    if not isinstance(slot, Slot):
        raise source.error("at 要写一个位置，不是一组", "`at` is one place, not a group", code="kind")
    if slot.earlier:
        raise source.error(
            "at 要写本年报告中的位置，不能写 previous",
            "`at` is a place of this year's report, not of `previous`",
            code="kind",
        )
    return slot


def _choices(name: str, text: str, names: Names) -> list[Variable]:
    """What a variable of `each` may stand for, in the order of the form."""
    source, tree = _parsed(text, f"each.{name}")
    _check_name(source, name, names)
    if isinstance(tree, ast.Attribute) and isinstance(tree.value, ast.Name):
        root, what = tree.value.id, tree.attr
        if (root, what) == ("sections", "required"):
            keys = [spec.key for spec in names.layout.sections if spec.required]
            return [_variable(names, ("sections", key)) for key in keys]
        if (root, what) == ("tables", "all"):
            return [_variable(names, ("tables", key)) for key in names.tables]
        spec = names.tables.get(root)
        if spec is not None and what == "columns":
            return [Variable(f"{root}.{column.key}", column.key, None) for column in spec.columns]
        if spec is not None and what == "rows":
            return [_variable(names, (root, row.key)) for row in spec.rows]
        if spec is not None and what == "cells":
            return [_variable(names, (root, row, column)) for row, column in spec.cells]
        members = [row.key for row in spec.rows if what in row.groups] if spec is not None else []
        if members:
            return [_variable(names, (root, row)) for row in members]
    options = [f"{table}.{what}" for table in names.tables for what in ("columns", "rows", "cells")]
    options += sorted(
        {f"{key}.{group}" for key, spec in names.tables.items() for row in spec.rows for group in row.groups}
    )
    options += ["sections.required", "tables.all"]
    zh, en = suggestion(text.strip()[:100], options)
    raise source.error(
        f"each 只能是 {'、'.join(options)}{zh}",
        f"`each` goes over one of {', '.join(options)}{en}",
        code="unknown-name",
    )


def _variable(names: Names, path: tuple[str, ...]) -> Variable:
    slot = names.slot(path)
    if slot is None:
        raise KeyError(path)
    return Variable(".".join(path), slot.key, slot)


def _check_name(source: Source, name: str, names: Names) -> None:
    """A name that a rule gives must be a plain word that means nothing else."""
    taken = name in FUNCTIONS or name in names.continuations(()) or name == "previous"
    if not taken and name.isidentifier() and not keyword.iskeyword(name) and not name.startswith("_"):
        return
    raise source.error(
        f"不能叫 {name[:40]}："
        + ("这个名称已有含义" if taken else "名称由文字、数字和下划线组成，不以数字或下划线开头"),
        f"{name[:40]!r} cannot be the name: "
        + (
            "it already means something"
            if taken
            else "a name is letters, digits and _, and begins with a letter"
        ),
    )


def _check_let_names(rule: Rule, names: Names) -> None:
    for name, text in rule.let.items():
        source = Source(text, f"let.{name}")
        _check_name(source, name, names)
        if name in rule.each:
            raise source.error(f"{name} 已是 each 的变量", f"{name} is already a variable of `each`")


def _check_count(choices: Mapping[str, list[Variable]]) -> None:
    count = prod(len(variables) for variables in choices.values())
    if count > MAX_INSTANCES:
        raise ExpressionError(
            f"each 的变量组合有 {count} 种，最多 {MAX_INSTANCES} 种",
            f"the variables make {count} combinations, at most {MAX_INSTANCES}",
            place="each",
            code="too-big",
        )
