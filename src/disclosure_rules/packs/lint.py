"""Rules about rules: what a pack must obey beyond its shape. All problems are told, not only the first."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_rules.errors import ExpressionError, PackError
from disclosure_rules.expr import Names, bind
from disclosure_rules.model.rule import Severity
from disclosure_rules.packs.load import load_examples, read, shown
from disclosure_rules.packs.yaml_strict import load_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from disclosure_rules.hookspecs import Check
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.pack import Instrument, RulePack
    from disclosure_rules.model.rule import Rule

    # key of the rule file, the words in both languages → the problem with its place
    Problem = Callable[[str, str, str], PackError]

__all__ = ["REFUSED_FIRST_WORDS", "lint_pack"]

# A rule is named for the fault it finds, not for the act of finding it or for the cure.
REFUSED_FIRST_WORDS = frozenset(
    "check checks must should need needs no not require requires required ensure verify validate avoid use".split()  # noqa: SIM905
)
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_TOP_KEY = re.compile(r"^([a-z_]+):", re.MULTILINE)
_TRUSTED = ("A", "B")


class _Desk:
    """What is needed to judge one pack: its parents, the verbs, and where problems go."""

    def __init__(self, packs: Sequence[RulePack], checks: Mapping[str, Check]) -> None:
        self.rules = {key for pack in packs for key in pack.rules}
        self.layouts: dict[str, Layout] = {k: entry for pack in packs for k, entry in pack.layouts.items()}
        self.instruments: dict[str, Instrument] = {
            key: entry for pack in packs for key, entry in pack.instruments.items()
        }
        self.checks = checks


def lint_pack(pack: RulePack, parents: Sequence[RulePack], checks: Mapping[str, Check]) -> list[PackError]:
    """Everything wrong with `pack`, in order of place.

    Args:
        pack: The pack.
        parents: The packs that it builds on.
        checks: The verbs at hand, by name.
    """
    desk = _Desk([*parents, pack], checks)
    problems = [problem for rule in pack.rules.values() for problem in _lint_rule(rule, pack, desk)]
    return sorted(problems, key=lambda problem: (problem.place, problem.en))


def _lint_rule(rule: Rule, pack: RulePack, desk: _Desk) -> Iterator[PackError]:
    file = Path(pack.files[rule.id])
    text = read(file)
    loaded = load_yaml(text, shown(file))

    def problem(key: str, zh: str, en: str) -> PackError:
        return PackError(zh, en, place=loaded.place(shown(file), (key,)), code="lint")

    yield from _name(rule, problem)
    yield from _evidence(rule, desk, problem)
    yield from _references(rule, desk, problem)
    yield from _placeholders(rule, problem)
    yield from _words(rule, problem)
    yield from _condition(rule, desk, problem)
    yield from _examples(rule, file, text, problem)


def _name(rule: Rule, problem: Problem) -> Iterator[PackError]:
    name = rule.id.rsplit("/", 1)[-1]
    if not _NAME.fullmatch(name):
        yield problem(
            "id", f"名称「{name}」应为小写字母、数字和连字符", f"the name '{name}' is not kebab-case"
        )
    if name.split("-")[0] in REFUSED_FIRST_WORDS:
        yield problem(
            "id",
            f"名称「{name}」应说出问题是什么，不应以「{name.split('-')[0]}」开头",
            f"'{name}' must name the fault, not begin with '{name.split('-')[0]}'",
        )


def _evidence(rule: Rule, desk: _Desk, problem: Problem) -> Iterator[PackError]:
    if rule.severity is not Severity.ERROR:
        return
    weak = [
        basis.instrument for basis in rule.basis if desk.instruments[basis.instrument].tier not in _TRUSTED
    ]
    if rule.tier not in _TRUSTED:
        yield problem(
            "severity", "证据等级 C、D 的规则不能报「错误」", "a rule of tier C or D cannot raise errors"
        )
    if not rule.basis:
        yield problem(
            "severity", "没有依据的规则不能报「错误」", "a rule without a basis cannot raise errors"
        )
    if weak:
        yield problem(
            "basis",
            f"依据「{'、'.join(weak)}」没有见到原文，不能报「错误」",
            f"no text was seen of {', '.join(weak)}: the rule cannot raise errors",
        )


def _references(rule: Rule, desk: _Desk, problem: Problem) -> Iterator[PackError]:
    for layout in rule.applies.layouts or ():
        if layout not in desk.layouts:
            yield problem("applies", f"没有版式「{layout}」", f"there is no layout '{layout}'")
    if rule.supersedes is not None and rule.supersedes not in desk.rules:
        yield problem("supersedes", f"没有规则「{rule.supersedes}」", f"there is no rule '{rule.supersedes}'")


def _placeholders(rule: Rule, problem: Problem) -> Iterator[PackError]:
    if rule.demand is None:
        return  # the values are the verb's; its examples show whether they fit
    known = {*rule.let, *rule.each}
    for key, words in (("message", rule.message), ("suggestion", rule.suggestion)):
        used = set(_PLACEHOLDER.findall(f"{words.zh} {words.en}")) if words else set()
        for name in sorted(used - known):
            yield problem(
                key,
                f"占位符 {{{name}}} 没有定义",
                f"the placeholder {{{name}}} is neither in let nor in each",
            )


def _words(rule: Rule, problem: Problem) -> Iterator[PackError]:
    for key, words in (("title", rule.title), ("message", rule.message), ("suggestion", rule.suggestion)):
        if words is None and rule.severity.rank >= Severity.WARNING.rank:
            yield problem(key, "缺少建议：告诉填报人怎么改", "there is no suggestion: say what to do")
        elif words is not None and not (words.zh.strip() and words.en.strip()):
            yield problem(key, "须有中文和英文", "both languages are needed")


def _condition(rule: Rule, desk: _Desk, problem: Problem) -> Iterator[PackError]:
    if rule.check is not None:
        yield from _verb(rule, desk, problem)
        return
    told: set[str] = set()
    for layout_id in rule.applies.layouts or desk.layouts:
        layout = desk.layouts.get(layout_id)
        if layout is None:
            continue  # told by _references
        try:
            bind(rule, Names(layout, {table.key: table for table in layout.tables}))
        except ExpressionError as mistake:
            if mistake.en not in told:
                told.add(mistake.en)
                yield problem("assert", f"{mistake.place}：{mistake.zh}", f"{mistake.place}: {mistake.en}")


def _verb(rule: Rule, desk: _Desk, problem: Problem) -> Iterator[PackError]:
    check = desk.checks.get(rule.check or "")
    if check is None:
        known = "、".join(sorted(desk.checks))
        yield problem(
            "check", f"没有检查函数「{rule.check}」，可用：{known}", f"there is no check '{rule.check}'"
        )
        return
    try:
        inspect.signature(check).bind(None, **rule.params)
    except TypeError as mistake:
        yield problem("params", f"参数不符：{mistake}", f"the params do not fit the check: {mistake}")


def _examples(rule: Rule, file: Path, text: str, problem: Problem) -> Iterator[PackError]:
    keys = _TOP_KEY.findall(text)
    if "examples" in keys and keys[-1] != "examples":
        yield problem("examples", "examples 须放在最后", "examples must be the last key")
    examples = load_examples(file)
    for kind, group in (("pass", examples.passing), ("fail", examples.fail)):
        if not group:
            yield problem("examples", f"至少要有一个 {kind} 例子", f"at least one {kind} example is needed")
    if any(example.finds is None for example in examples.fail):
        yield problem(
            "examples", "fail 例子须写明 finds", f"each fail example of {rule.id} says what it finds"
        )
