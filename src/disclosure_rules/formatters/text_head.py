"""The head of a report told at a terminal: what it is, what it was held against, and what was read of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.formatters.wrapping import wrap
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from disclosure_rules.model.result import CheckResult, FoundPrevious
    from disclosure_rules.model.text import Lang

__all__ = ["head"]

_SOURCE = {
    "title": Text(zh="标题", en="the title"),
    "publisher": Text(zh="发布机构", en="the publisher"),
    "introduction": Text(zh="引言", en="the introduction"),
    "closing": Text(zh="落款", en="the signature"),
    "stated": Text(zh="所填信息", en="what was stated"),
    "argument": Text(zh="命令行参数", en="the command line"),
    "body": Text(zh="公开主体名称", en="the name of the body"),
}
_CELLS = {
    "read": Text(zh="读到 {}", en="{} read"),
    "blank": Text(zh="空白 {}", en="{} blank"),
    "mark": Text(zh="符号 {}", en="{} marks"),
    "unreadable": Text(zh="无法读取 {}", en="{} unreadable"),
    "absent": Text(zh="缺 {}", en="{} missing"),
    "inferred": Text(zh="待核对 {}", en="{} to be confirmed"),
    "not_calculated": Text(zh="未计算公式 {}", en="{} formulas without value"),
}


def head(result: CheckResult, lang: Lang, columns: int, paint: Callable[[str, str], str]) -> Iterator[str]:
    """The lines above the findings; `paint` colours a text by a terminal code."""
    yield from (paint(line, "1") for line in wrap(_headline(result, lang), columns))
    yield from wrap(_identity(result, lang), columns)
    if result.previous is not None:
        yield from wrap(_previous(result.previous, lang), columns)
    yield from wrap(_reading(result, lang), columns)


def _headline(result: CheckResult, lang: Lang) -> str:
    nameless = "（没有读到标题）" if lang == "zh" else "(no title found)"
    return result.report.title or result.source.path or nameless


def _identity(result: CheckResult, lang: Lang) -> str:
    report, zh = result.report, lang == "zh"
    parts = []
    if report.year is not None:
        parts.append(f"{report.year} 年" if zh else f"Report year {report.year}")
    else:
        parts.append("年度未知" if zh else "report year unknown")
    if report.layout is not None:
        parts.append(f"{report.layout} 版式" if zh else f"layout {report.layout}")
    else:
        parts.append("版式未知" if zh else "layout unknown")
    parts.append(_region(result, lang))
    packs = [f"{pack.id} {pack.version}" for pack in result.rules.packs]
    parts.append(f"规则包 {'、'.join(packs)}" if zh else f"packs {', '.join(packs)}")
    if result.rules.as_of is not None:
        day = result.rules.as_of
        parts.append(f"依据截至 {day} 的规定" if zh else f"the law as of {day}")
    return " · ".join(part for part in parts if part)


def _region(result: CheckResult, lang: Lang) -> str:
    body = result.report.body
    if body is None or not body.region_names:
        return "地区未知" if lang == "zh" else "region unknown"
    names = "".join(body.region_names)
    source, _, words = (body.region_from or "").partition(":")
    if not source:
        return names
    if source in {"stated", "argument"}:
        words = ""  # the code itself, which says nothing beside the names
    told = _SOURCE.get(source, Text(zh=source, en=source))(lang)
    if lang == "zh":
        return f"{names}（由{told}中的「{words}」识别）" if words else f"{names}（由{told}给出）"
    return f"{names} (from “{words}” in {told})" if words else f"{names} (from {told})"


def _previous(previous: FoundPrevious, lang: Lang) -> str:
    title = previous.title or previous.body or ""
    path = previous.path or ""
    if lang == "zh":
        return (
            f"对照：{previous.year} 年报告"
            + (f"《{title}》" if title else "")
            + (f"（{path}）" if path else "")
        )
    told = f": {title}" if title else ""
    return f"Held against the report of {previous.year}{told}" + (f" ({path})" if path else "")


def _reading(result: CheckResult, lang: Lang) -> str:
    zh = lang == "zh"
    parts = []
    known = [section for section in result.report.sections if section.key is not None]
    parts.append(f"识别出 {len(known)} 个部分" if zh else f"{len(known)} sections recognised")
    for key, coverage in result.coverage.items():
        numbers = coverage.model_dump()
        told = ("，" if zh else ", ").join(
            text(lang).format(numbers[name])
            for name, text in _CELLS.items()
            if numbers[name] or name == "read"
        )
        name = {"proactive_disclosure": "表二", "requests": "表三", "reviews_and_litigation": "表四"}.get(
            key, key
        )
        parts.append(
            f"{name} {coverage.expected} 格：{told}" if zh else f"{key}, {coverage.expected} cells: {told}"
        )
    parts += [note.message(lang).rstrip("。.") for note in result.notes]
    return ("读取：" if zh else "Reading: ") + ("；" if zh else "; ").join(parts)
