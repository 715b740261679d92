"""A new pack or rule, filled in as far as can be; what is left to say is marked `【待填写】`, which lint tells."""

from __future__ import annotations

from inspect import Parameter, signature
from typing import TYPE_CHECKING

from disclosure_rules.errors import UsageError
from disclosure_rules.packs.naming import ROOMS, is_kebab, misnamed
from disclosure_rules.packs.source import suggestion

if TYPE_CHECKING:
    from collections.abc import Collection

    from disclosure_rules.hookspecs import Check

__all__ = ["SCHEMAS", "UNFILLED", "new_pack", "new_rule"]

UNFILLED = "【待填写】"
# The schemas that the files of a pack name for the editor, in its hidden folder `.schemas`.
SCHEMAS = ("pack", "instruments", "overrides", "rule")
_SCHEMA = (
    "# yaml-language-server: $schema={up}.schemas/{schema}.schema.json\n"
    "# 上一行供编辑器补全字段，请不要删去\n"
)


def new_pack(name: str, extends: str, region: str | None) -> dict[str, str]:
    """The files of a new pack, by their names in its folder.

    Raises:
        UsageError: `name` is no id of a pack.
    """
    if not is_kebab(name):
        raise UsageError(
            f"「{name[:60]}」不能作规则包编号：只用小写英文字母、数字和连字符，如 cn-gd-foshan",
            f"'{name[:60]}' is no id of a pack: lower-case words with hyphens, such as cn-gd-foshan",
            code="misnamed",
        )
    regions = f'["{region}"]' if region else "[]"
    return {
        "pack.yaml": _SCHEMA.format(up="", schema="pack")
        + f"id: {name}\n"
        + f"title: {{zh: {UNFILLED}, en: {UNFILLED}}}  # 例：{{zh: 佛山市规则, en: Rules of Foshan}}\n"
        + 'version: "1.0"\n'
        + f"extends: {extends}\n"
        + f"regions: {regions}  # 行政区划代码；[] 表示不限\n"
        + f"evidence: {UNFILLED}  # 见过哪些文件的原文\n"
        + f"unknowns:\n  - {UNFILLED}  # 没有见到原文、因此没有写成规则的要求\n",
        "instruments.yaml": _SCHEMA.format(up="", schema="instruments")
        + "\n"
        + f"{name}-notice:  # 编号，规则用它引用这份文件\n"
        + f"  title: {UNFILLED}\n"
        + f"  issuer: {UNFILLED}\n"
        + "  status: unknown  # in-force 现行 · superseded 被取代 · repealed 废止 · unknown 不详\n"
        + "  tier: C  # A 见过省级原文 · B 见过市县原文 · C 只见过标题 · D 只是做法；只有 A、B 可以作 error\n"
        + f"  evidence: {UNFILLED}\n",
    }


def new_rule(  # noqa: PLR0913  what a rule begins with
    pack: str,
    place: str,
    *,
    severity: str,
    instruments: Collection[str],
    check: Check | None,
    verb: str | None,
) -> dict[str, str]:
    """The file of a new rule, by its name in the pack's folder.

    Args:
        pack: The id of the pack.
        place: Room and name: `requests/many-carried-over`.
        severity: The severity it begins with.
        instruments: Ids that it may cite, those of the pack first.
        check: The verb that it calls; None for a rule with an expression.
        verb: The name of the verb.

    Raises:
        UsageError: `place` is no room and name of a rule.
    """
    _refuse_misplaced(place)
    cited = next(iter(instruments), UNFILLED)
    head = (
        _SCHEMA.format(up="../", schema="rule")
        + f"id: {pack}/{place}\n"
        + f"title: {{zh: {UNFILLED}, en: {UNFILLED}}}  # 说明错在哪里，例：结转申请过多\n"
        + f"severity: {severity}  # error 违法或算错 · warning 很可能有误 · explain 需要说明 · note 提示\n"
        + "tier: C\n"
        + f"basis:\n  - {{instrument: {cited}, article: {UNFILLED}}}  # 可引用：{'、'.join(instruments)}\n"
        + 'applies: {layouts: ["2021"], years: {from: 2021}}  # 还可写 bodies: [department]、regions: ["440600"]\n'
    )
    tail = f"""message:
  zh: {UNFILLED}  # 可用 {{名称}} 写出数值
  en: {UNFILLED}
suggestion:
  zh: {UNFILLED}
  en: {UNFILLED}
examples:
  pass:
    - name: {UNFILLED}
      report: {_EXAMPLE}
  fail:
    - name: {UNFILLED}
      report: {_EXAMPLE}
      finds: [requests.carried_out.total]
"""
    return {f"{place}.yaml": head + (_verb(check, verb) if check else _EXPRESSION) + tail}


def _refuse_misplaced(place: str) -> None:
    """Refuse a place that the loader would refuse."""
    room, _, name = place.partition("/")
    if room not in ROOMS:
        zh, en = suggestion(room, ROOMS)
        raise UsageError(
            f"没有「{room[:60]}」这个规则文件夹，可用的有 {'、'.join(ROOMS)}{zh}",
            f"there is no room '{room[:60]}'; rooms are {', '.join(ROOMS)}{en}",
            code="unknown-room",
        )
    wrong = misnamed(name)
    if wrong is not None:
        raise UsageError(*wrong, code="misnamed")


_EXPRESSION = (
    "assert: requests.carried_out.total <= requests.received.total  # 报告应当满足的条件，见 docs/expressions.md\n"
    "at: requests.carried_out.total  # 问题报在哪里\n"
)
_EXAMPLE = '{layout: "2021", year: 2024, tables: {requests: {received: {total: 3}, carried_out: {total: 1}}}}'


def _verb(check: Check, name: str | None) -> str:
    """The call of a verb with its parameters: those without a default to be filled in, the others shown."""
    lines = [f"check: {name}"]
    given = [one for one in signature(check).parameters.values() if one.kind is Parameter.KEYWORD_ONLY]
    if given:
        lines.append("params:")
    for one in given:
        if one.default is Parameter.empty:
            lines.append(f"  {one.name}: {UNFILLED}  # {one.annotation}")
        else:
            lines.append(f"  # {one.name}: {one.default!r}  {one.annotation}")
    return "\n".join(lines) + "\n"
