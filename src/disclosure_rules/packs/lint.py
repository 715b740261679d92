"""Rules about rules: what an author is told beyond what the loader refuses.

The loader refuses what would make a rule wrong or silent. Lint adds what makes it good: words in both languages,
examples of both kinds, parameters of the right type, nothing stated to no effect, no rule twice, and a condition that
holds for every form of report that the rule may meet. All problems are told, not only the first.
"""

from __future__ import annotations

import collections.abc
import re
from collections import Counter
from inspect import Parameter, signature
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from disclosure_rules.errors import ExpressionError, PackError
from disclosure_rules.expr import Names, bind
from disclosure_rules.foreign import shape_words
from disclosure_rules.model.rule import Severity
from disclosure_rules.packs.effective import combine
from disclosure_rules.packs.lint_overlap import overlaps
from disclosure_rules.packs.lint_unused import unused
from disclosure_rules.packs.load import read_examples
from disclosure_rules.packs.profiles import examine_profiles
from disclosure_rules.packs.read import read_pack
from disclosure_rules.packs.scaffold import UNFILLED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.hookspecs import Check
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.pack import RulePack
    from disclosure_rules.model.rule import Rule
    from disclosure_rules.model.text import Text
    from disclosure_rules.packs.content import PackContent
    from disclosure_rules.packs.source import Source

__all__ = ["lint_pack"]

_SHOWN = re.compile(r"\{\w+\}")


def lint_pack(
    content: PackContent, inherited: Sequence[RulePack], checks: Mapping[str, Check]
) -> list[PackError]:
    """Everything wrong with a pack: first what the loader refuses, then the rest, each by place.

    Args:
        content: The pack's files; the pack may be broken.
        inherited: The packs that it extends, base first.
        checks: The verbs at hand, by name.
    """
    pack, refused, sources = read_pack(content, inherited, checks=checks)
    problems = [*refused, *examine_profiles(content)]
    if pack is None:
        return problems
    for name in ("pack.yaml", "instruments.yaml", *(f"{key.split('/', 1)[1]}.yaml" for key in pack.rules)):
        problems += _unfilled(content.source(name))
    packs = (*inherited, pack)
    layouts = {key: layout for one in packs for key, layout in one.layouts.items()}
    for key, rule in pack.rules.items():
        source = sources[key]
        problems += _examples(source)
        problems += _words(source, rule)
        problems += unused(source, rule, checks)
        if rule.check is None:
            problems += _condition(source, rule, layouts)
        elif rule.check in checks:
            problems += _param_types(source, rule, checks[rule.check])
    others = {key: effective.rule for key, effective in combine(packs).rules.items() if key not in pack.rules}
    return [*problems, *overlaps(pack.rules, others, sources)]


def _examples(source: Source) -> list[PackError]:
    """At least one example that passes and one that fails, each fault with its places, no name twice."""
    problems: list[PackError] = []
    examples = read_examples(source, problems)
    if problems:
        return problems

    def problem(code: str, zh: str, en: str) -> None:
        line = source.text.count("\n") + 1
        problems.append(PackError(zh, en, place=f"{source.place}:{line}:1", code=code))

    for kind, group in (("pass", examples.passing), ("fail", examples.fail)):
        if not group:
            problem("no-example", f"至少要有一个 {kind} 示例", f"at least one `{kind}` example is needed")
    for example in examples.fail:
        if example.finds is None:
            problem(
                "no-finds",
                f"fail 示例「{example.name[:60]}」须写明 finds（在哪里发现）",
                f"the `fail` example '{example.name[:60]}' must say in `finds` where the fault is",
            )
    named = Counter(
        example.name
        for group in (examples.passing, examples.fail, examples.open, examples.missed)
        for example in group
    )
    for name, count in named.items():
        if count > 1:
            problem("duplicate-example", f"示例「{name[:60]}」重名", f"two examples are named '{name[:60]}'")
    return problems


def _unfilled(source: Source | None) -> Iterator[PackError]:
    """Words of the scaffold that nobody has filled in."""
    lines = (source.text + source.rest).splitlines() if source else ()
    for number, line in enumerate(lines, start=1):
        if source is not None and UNFILLED in line.partition("#")[0]:
            column = line.index(UNFILLED) + 1
            place = f"{source.place}:{number}:{column}"
            yield PackError(
                f"「{UNFILLED}」还没有填", "this is still to be filled in", place=place, code="unfilled"
            )


def _words(source: Source, rule: Rule) -> Iterator[PackError]:
    """Both languages say something, and show the same values; a fault to mend comes with what to do."""
    for field in ("title", "message", "suggestion"):
        words: Text | None = getattr(rule, field)
        if words is None:
            if rule.severity.rank >= Severity.WARNING.rank:
                yield source.error(
                    "no-suggestion",
                    "缺少 suggestion：告诉填报人怎么改",
                    "`suggestion` is missing: say what to do",
                )
            continue
        for lang in ("zh", "en"):
            if not getattr(words, lang).strip():
                yield source.error("no-words", "中文和英文都要写", "both languages are needed", (field, lang))
        shown = {lang: set(_SHOWN.findall(getattr(words, lang))) for lang in ("zh", "en")}
        # A verb may have words for each language ({row_zh}, {row_en}).
        if rule.check is None and shown["zh"] != shown["en"]:
            differing = ", ".join(sorted(shown["zh"] ^ shown["en"]))
            yield source.error(
                "languages-differ",
                f"中文和英文显示的值不同：{differing}",
                f"only one of the two languages shows {differing}",
                (field,),
            )


def _param_types(source: Source, rule: Rule, verb: Check) -> Iterator[PackError]:
    """Each param is of the type that the verb's parameter is annotated with."""
    for name, value in rule.params.items():
        kind = _annotation(verb, name)
        if kind is None:
            continue
        try:
            TypeAdapter(kind).validate_python(value, strict=True)
        except ValidationError as failure:
            error = failure.errors(include_url=False)[0]
            zh, en = shape_words(error)
            yield source.error(
                "wrong-param",
                f"参数 {name} 不符合检查函数 {rule.check} 的要求：{zh}",
                f"the param {name} is not what the check {rule.check} takes: {en}",
                ("params", name, *(step for step in error["loc"] if step != "[key]")),
            )


def _annotation(verb: Check, name: str) -> Any:  # noqa: ANN401  a type
    """The type of a verb's parameter; None where it has none, or names what only a type checker imports."""
    parameter = signature(verb).parameters.get(name)
    if parameter is None or parameter.annotation is Parameter.empty:
        return None
    # Names such as Sequence are often imported for type checkers only.
    names = {**vars(collections.abc), **getattr(verb, "__globals__", {})}
    holder = SimpleNamespace(__annotations__={name: parameter.annotation})
    try:
        return get_type_hints(holder, globalns=names)[name]
    except (NameError, TypeError):
        return None


def _condition(source: Source, rule: Rule, layouts: Mapping[str, Layout]) -> Iterator[PackError]:
    """The expressions hold for every form that the rule applies to.

    A report may mix tables of two forms; where a rule then lacks a row, the engine leaves it open.
    """
    told: set[tuple[str, str]] = set()
    for key, names in _forms(rule, layouts):
        try:
            bind(rule, names)
        except ExpressionError as mistake:
            if (mistake.place, mistake.en) not in told:
                told.add((mistake.place, mistake.en))
                yield source.error(
                    mistake.code or "expression",
                    f"{mistake.zh}（{key} 格式）",
                    f"{mistake.en} (layout {key})",
                    tuple(mistake.place.split(".", 1)),
                )


def _forms(rule: Rule, layouts: Mapping[str, Layout]) -> Iterator[tuple[str, Names]]:
    """The forms that a rule may meet, or for a rule about two years the pairs of them, each with its names."""
    # What the loader has refused, it has told.
    own = {key: Names(layouts[key], {}) for key in rule.applies.layouts or layouts if key in layouts}
    if rule.scope != "years":
        yield from own.items()
        return
    wanted = rule.applies.previous_layouts or layouts
    earlier = {key: Names(layouts[key], {}) for key in wanted if key in layouts}
    for key, names in own.items():
        for last, previous in earlier.items():
            yield f"{last} → {key}", names.with_previous(previous)
