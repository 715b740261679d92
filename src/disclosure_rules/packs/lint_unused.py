"""What a rule states to no effect: a value that nothing reads, a param that says what the verb does anyway."""

from __future__ import annotations

import re
from inspect import signature
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from disclosure_rules.errors import PackError
    from disclosure_rules.hookspecs import Check
    from disclosure_rules.model.rule import Rule
    from disclosure_rules.packs.source import Source

__all__ = ["unused"]

_NAME = re.compile(r"(?<![\w.])[a-z_]\w*")  # the first word of a path, or a word by itself


def unused(source: Source, rule: Rule, checks: Mapping[str, Check]) -> Iterator[PackError]:
    """Names of `each` and `let` that are read nowhere, and params equal to what the verb takes without them.

    Args:
        source: The file of the rule.
        rule: The rule.
        checks: The verbs at hand, by name.
    """
    yield from _names(source, rule)
    if rule.check is not None and rule.check in checks:
        yield from _params(source, rule, checks[rule.check])


def _names(source: Source, rule: Rule) -> Iterator[PackError]:
    words = [text for one in (rule.message, rule.suggestion) if one is not None for text in (one.zh, one.en)]
    shown = {name for text in words for name in re.findall(r"\{(\w+)\}", text)}
    condition = [text for text in (rule.when, rule.demand, rule.at) if text is not None]
    for field, named in (("each", rule.each), ("let", rule.let)):
        for name in named:
            others = (text for key, text in (*rule.each.items(), *rule.let.items()) if key != name)
            read = {word for text in (*condition, *others) for word in _NAME.findall(text)}
            if name not in read | shown:
                yield source.error(
                    "unused-name",
                    f"{field} 中的「{name}」没有用到：请在 assert 或 message 中使用，或删去",
                    f"nothing reads '{name}' of `{field}`; use it in `assert` or the message, or remove it",
                    (field, name),
                    key=True,
                )


def _params(source: Source, rule: Rule, verb: Check) -> Iterator[PackError]:
    parameters = signature(verb).parameters
    for name, value in rule.params.items():
        default = parameters[name].default if name in parameters else None
        if default is not None and type(default) is type(value) and default == value:
            yield source.error(
                "idle-param",
                f"参数 {name} 写的正是检查函数 {rule.check} 的默认值，请删去，或写另外的值",
                f"'{name}' is what the check {rule.check} takes by itself; remove it, or give another value",
                ("params", name),
                key=True,
            )
