"""What must hold of a rule or an override beyond its own shape: names, citations, references, words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from inspect import Parameter, signature
from types import FunctionType
from typing import TYPE_CHECKING, Any

from disclosure_rules.model.rule import Rule, Severity
from disclosure_rules.packs.applying import changed, covers, is_code, wider_in
from disclosure_rules.packs.effective import InForce, overridden
from disclosure_rules.packs.naming import misnamed
from disclosure_rules.packs.source import Source, Steps, suggestion

if TYPE_CHECKING:
    from disclosure_rules.errors import PackError
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.pack import Instrument, Override, PackManifest
    from disclosure_rules.model.rule import Applies, Basis
    from disclosure_rules.model.text import Text

__all__ = [
    "Checks",
    "Surroundings",
    "examine_override",
    "examine_registry",
    "examine_rule",
    "examine_supersedes",
]

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")

Checks = Mapping[str, Callable[..., Any]]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a rule or an override may refer to.

    `instruments` and `layouts` are the pack's own and the inherited ones. `checks` is None where the caller does
    not know the verbs.
    """

    manifest: PackManifest
    instruments: Mapping[str, Instrument]
    layouts: Mapping[str, Layout]
    inherited: InForce
    checks: Checks | None


def examine_rule(source: Source, rule: Rule, due: str, around: Surroundings) -> Iterator[PackError]:
    """The mistakes of a rule, but for `supersedes`, which needs all rules of the pack.

    Args:
        source: The file.
        rule: The rule in it.
        due: The id that the rule's path gives it.
        around: What it may refer to.
    """
    if (words := misnamed(due.rsplit("/", 1)[1])) is not None:
        yield source.error("misnamed", *words)
    if rule.id != due:
        yield source.error(
            "id-not-path",
            f"规则编号应与路径一致：写「{due}」，或移动文件",
            f"the id is the path: write '{due}', or move the file",
            ("id",),
        )
    if not rule.basis:
        yield source.error(
            "no-basis",
            "规则没有依据，请写明文件和条款",
            "the rule cites nothing; name the instrument and article",
            ("basis",),
        )
    yield from _citations(source, rule.basis, ("basis",), around)
    yield from _tiers(source, rule, ("severity",), around)
    yield from _applies(source, rule.applies, ("applies",), around)
    yield from _placeholders(source, rule, ())
    yield from _params(source, rule, ("check",), ("params",), around)


def examine_supersedes(source: Source, rule: Rule, known: AbstractSet[str]) -> Iterator[PackError]:
    """`supersedes` names another rule of the pack or of an inherited one."""
    if rule.supersedes is not None and (rule.supersedes not in known or rule.supersedes == rule.id):
        others = sorted(known - {rule.id})
        yield _no_rule(source, rule.supersedes, others, ("supersedes",))


def _no_rule(source: Source, wrong: str, known: Iterable[str], at: Steps) -> PackError:
    zh, en = suggestion(wrong, known)
    return source.error(
        "unknown-rule", f"没有「{wrong[:80]}」这条规则{zh}", f"there is no rule '{wrong[:80]}'{en}", at
    )


def examine_override(
    source: Source, override: Override, index: int, around: Surroundings
) -> Iterator[PackError]:
    """The mistakes of the override at `index` of `overrides.yaml`."""
    at: Steps = ("overrides", index)
    effective = around.inherited.rules.get(override.rule)
    if effective is None:
        by = around.inherited.disabled.get(override.rule)
        if by is None:
            yield _no_rule(source, override.rule, around.inherited.rules, (*at, "rule"))
        else:
            yield source.error(
                "already-disabled",
                f"规则「{override.rule}」已被规则包 {by} 停用，这里的调整不起作用，请删去",
                f"'{override.rule}' is switched off by pack {by}, so that this changes nothing; remove it",
                (*at, "rule"),
            )
        return
    yield from _citations(source, override.basis, (*at, "basis"), around)
    stated = override.model_fields_set - {"rule", "reason", "basis", "disable"}
    if override.disable:
        if stated:
            yield source.error(
                "contradiction",
                f"停用规则的同时不能调整它，请删去 {'、'.join(sorted(stated))}",
                f"a rule cannot be switched off and changed at once; remove {', '.join(sorted(stated))}",
                (*at, "disable"),
            )
        return
    new = overridden(effective, override, around.manifest.id)
    if new == effective:
        yield source.error(
            "changes-nothing",
            f"这里的调整与规则「{override.rule}」原来的内容相同，请删去",
            f"this changes nothing in '{override.rule}'; remove it",
            at,
        )
        return
    yield from _stricter(source, override, effective.rule, at)
    yield from _tiers(source, new.rule, (*at, "severity"), around)
    if override.applies is not None:
        yield from _applies(source, override.applies, (*at, "applies"), around)
    yield from _placeholders(source, new.rule, at, only=override)
    if override.params is not None:
        yield from _override_params(source, new.rule, at, around)


def _override_params(source: Source, rule: Rule, at: Steps, around: Surroundings) -> Iterator[PackError]:
    if rule.check is None:
        yield source.error(
            "no-params",
            f"规则「{rule.id}」没有 params，不能调整",
            f"'{rule.id}' has no params to change",
            (*at, "params"),
        )
        return
    yield from _params(source, rule, (*at, "params"), (*at, "params"), around)


def _stricter(source: Source, override: Override, old: Rule, at: Steps) -> Iterator[PackError]:
    if override.basis:
        return
    if override.severity is not None and override.severity.rank > old.severity.rank:
        yield source.error(
            "stricter-without-basis",
            f"严重程度由 {old.severity} 提高到 {override.severity}，须写明依据（basis）",
            f"severity goes up from {old.severity} to {override.severity}; state the `basis`",
            (*at, "severity"),
        )
    if override.applies is not None:
        for key in wider_in(changed(old.applies, override.applies), old.applies):
            yield source.error(
                "stricter-without-basis",
                f"{key} 的适用范围比原规则宽，须写明依据（basis）",
                f"`{key}` takes in reports that the rule leaves out; state the `basis`",
                (*at, "applies", key),
            )


def examine_registry(
    source: Source, own: Mapping[str, Instrument], registry: Mapping[str, Instrument]
) -> Iterator[PackError]:
    """The mistakes of `instruments.yaml`: what took an instrument's place or repealed it must be in the registry too.

    Args:
        source: The file.
        own: The instruments in it.
        registry: These and the inherited ones.
    """
    for key, instrument in own.items():
        for field, other in (
            ("replaced_by", instrument.replaced_by),
            ("repealed_by", instrument.repealed_by),
        ):
            if other is not None and other not in registry:
                yield _unregistered(source, other, registry, (key, field))


def _citations(
    source: Source, basis: Iterable[Basis], at: Steps, around: Surroundings
) -> Iterator[PackError]:
    for index, cited in enumerate(basis):
        if cited.instrument not in around.instruments:
            yield _unregistered(source, cited.instrument, around.instruments, (*at, index, "instrument"))


def _unregistered(source: Source, wrong: str, registry: Iterable[str], at: Steps) -> PackError:
    zh, en = suggestion(wrong, registry)
    return source.error(
        "unknown-instrument",
        f"instruments.yaml 中没有「{wrong[:80]}」{zh}",
        f"'{wrong[:80]}' is in no instruments.yaml{en}",
        at,
    )


def _tiers(source: Source, rule: Rule, at: Steps, around: Surroundings) -> Iterator[PackError]:
    """Only what a seen text of the law (tier A or B) says may be called an error."""
    if rule.severity is not Severity.ERROR:
        return
    weak = [f"tier: {rule.tier}"] if rule.tier in {"C", "D"} else []
    for cited in rule.basis:
        instrument = around.instruments.get(cited.instrument)
        if instrument is not None and instrument.tier in {"C", "D"}:
            weak.append(f"{cited.instrument}: {instrument.tier}")
    if weak:
        yield source.error(
            "error-without-evidence",
            f"只有证据等级 A、B 的规定才能定为 error（现为 {'，'.join(weak)}），请改为 warning",
            f"only evidence of tier A or B makes an error ({', '.join(weak)}); write `warning`",
            at,
        )


def _applies(source: Source, applies: Applies, at: Steps, around: Surroundings) -> Iterator[PackError]:
    for key in ("layouts", "previous_layouts"):
        for index, layout in enumerate(getattr(applies, key) or ()):
            if layout not in around.layouts:
                zh, en = suggestion(layout, around.layouts)
                yield source.error(
                    "unknown-layout",
                    f"没有「{layout[:60]}」这种格式，可用的有 {'、'.join(sorted(around.layouts))}{zh}",
                    f"there is no layout '{layout[:60]}'; known are {', '.join(sorted(around.layouts))}{en}",
                    (*at, key, index),
                )
    for key in ("layouts", "previous_layouts", "bodies", "regions"):
        if getattr(applies, key) == ():
            yield source.error(
                "empty-list",
                f"{key} 是空列表，规则永远不会适用；不限制时请删去这个键",
                f"`{key}` is empty, so that the rule never applies; leave the key out where all are meant",
                (*at, key),
            )
    years = applies.years
    if years is not None and years.start is not None and years.end is not None and years.start > years.end:
        yield source.error(
            "years-reversed", "from 晚于 to，请对调", "`from` is later than `to`; swap them", (*at, "years")
        )
    for index, code in enumerate(applies.regions or ()):
        yield from _region(source, code, (*at, "regions", index), around)


def _region(source: Source, code: str, at: Steps, around: Surroundings) -> Iterator[PackError]:
    regions = around.manifest.regions
    if not is_code(code):
        yield source.error(
            "bad-region",
            f"「{code[:20]}」不是行政区划代码，请写六位代码或其前两位、前四位",
            f"'{code[:20]}' is no GB/T 2260 code; write six digits or the first two or four",
            at,
        )
    elif regions and not covers(regions, code):
        yield source.error(
            "outside-regions",
            f"「{code}」不在本规则包的范围（{'、'.join(regions)}）内",
            f"'{code}' is outside this pack's regions ({', '.join(regions)})",
            at,
        )


def _placeholders(
    source: Source, rule: Rule, at: Steps, *, only: Override | None = None
) -> Iterator[PackError]:
    """`{name}` in a message or suggestion names a value of the rule; with `only`, just in what that states."""
    # What a verb shows is its own matter; the examples of the rule tell whether its message fits.
    known = {*rule.let, *rule.each} if rule.check is None else None
    for field in ("message", "suggestion"):
        words: Text | None = getattr(only if only is not None else rule, field)
        for lang in ("zh", "en") if words is not None else ():
            for brace in _BRACES.finditer(getattr(words, lang)):
                name = brace[1]
                if name is None or not name.isidentifier():
                    zh, en = (
                        "，花括号只用于写值的名称，如 {incoming}",
                        "; braces hold the name of a value, as in {incoming}",
                    )
                elif known is None or name in known:
                    continue
                else:
                    zh, en = suggestion(name, known)
                yield source.error(
                    "unknown-placeholder",
                    f"「{brace[0][:60]}」不是本规则的值{zh}",
                    f"'{brace[0][:60]}' is no value of this rule{en}",
                    (*at, field, lang),
                )


def _params(
    source: Source, rule: Rule, verb_at: Steps, params_at: Steps, around: Surroundings
) -> Iterator[PackError]:
    """The verb exists, and its keyword-only parameters take the rule's params and no others."""
    if around.checks is None or rule.check is None:
        return
    verb = around.checks.get(rule.check)
    if verb is None:
        zh, en = suggestion(rule.check, around.checks)
        yield source.error(
            "unknown-check",
            f"没有「{rule.check[:60]}」这个检查函数{zh}；也可能缺少提供它的插件",
            f"there is no check '{rule.check[:60]}'{en}; or the plugin that provides it is not installed",
            verb_at,
        )
        return
    names, required = _keywords(verb)
    unknown = [name for name in rule.params if name not in names]
    for name in unknown:
        zh, en = suggestion(name, names)
        yield source.error(
            "unknown-param",
            f"检查函数 {rule.check} 没有参数「{name[:60]}」{zh}",
            f"the check {rule.check} has no parameter '{name[:60]}'{en}",
            (*params_at, name),
            key=True,
        )
    missing = [name for name in required if name not in rule.params]
    if missing and not unknown:  # a misspelt one is also missing
        yield source.error(
            "missing-param",
            f"检查函数 {rule.check} 还需要参数 {'、'.join(missing)}",
            f"the check {rule.check} also needs the parameters {', '.join(missing)}",
            verb_at,
        )


def _keywords(verb: Callable[..., Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keyword-only parameters of a check: all, and those that must be given."""
    if type(verb) is FunctionType and not hasattr(verb, "__wrapped__"):  # as nearly all are: told at once
        code, defaults = verb.__code__, verb.__kwdefaults__ or {}
        names = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
        return names, tuple(name for name in names if name not in defaults)
    found = [one for one in signature(verb).parameters.values() if one.kind is Parameter.KEYWORD_ONLY]
    return tuple(one.name for one in found), tuple(
        one.name for one in found if one.default is Parameter.empty
    )
