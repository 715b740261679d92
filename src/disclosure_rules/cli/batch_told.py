"""What `batch` prints: what the run came to, in some lines."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

import click

from disclosure_rules.batch.judge import frequent
from disclosure_rules.batch.since import counts
from disclosure_rules.batch.waived import STATES
from disclosure_rules.model.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_rules.batch.report_files import Batch
    from disclosure_rules.batch.workbook_before import Kept
    from disclosure_rules.model.text import Lang
    from disclosure_rules.pipeline import Checker

__all__ = ["tell"]

_OFTEN = 5
_NAMED = 3  # words of a note; the workbook and the pages have more


def tell(batch: Batch, checker: Checker, out: str, kept: Kept | None, lang: Lang) -> int:
    """Print what the run came to.

    Args:
        batch: The run.
        checker: Knows the titles of rules.
        out: The result folder.
        kept: The workbook of before, where somebody had changed it.
        lang: The language.

    Returns:
        The exit code.
    """
    zh = lang == "zh"
    ended = Counter((entry.status, entry.verdict) for entry in batch.store.heads())
    failing = ended["checked", "fail"]
    unread = sum(count for (status, _), count in ended.items() if status != "checked")
    roles = Counter(part.role for part in batch.parts())
    files = ended.total() + roles.total()
    incomplete = ended["checked", "incomplete"]
    click.echo(
        f"检查了 {files} 个文件：{failing} 份不通过，{incomplete} 份检查不完整，{unread} 个没有读出"
        if zh
        else f"{files} files: {failing} reports fail, {incomplete} are incomplete, {unread} could not be read"
    )
    if roles:
        click.echo(
            f"  其中 {roles.total()} 个是附件：{roles['joined']} 个与正文合在一起检查，{roles['same']} 个与正文相同，"
            f"{roles['attachment']} 个没有年报的内容"
            if zh
            else f"  {roles.total()} of them attachments: {roles['joined']} judged together with their report, "
            f"{roles['same']} repeat it, {roles['attachment']} hold nothing of a report"
        )
    for line in (
        *_unread(batch, unread, lang),
        *_between(batch, lang),
        *_waivers(batch, lang),
        *_often(batch, checker, lang),
        *_since(batch, lang),
        *_kept(kept, lang),
    ):
        click.echo(line)
    click.echo(f"结果在 {out}" if zh else f"results are in {out}")
    if unread or batch.judged.open:
        return 2
    return 1 if failing or any(one.severity is Severity.ERROR for one in batch.judged.findings) else 0


def _kept(kept: Kept | None, lang: Lang) -> Iterator[str]:
    """Where the workbook is kept that somebody had changed, and what of it stands in the new one."""
    if kept is not None:
        yield (
            f"上次的表格改动过，原样留作 {kept.file}；填写的“处理情况”{kept.filled} 处，问题还在的已抄入新表"
            if lang == "zh"
            else f"the workbook of before was changed and is kept as {kept.file}; of {kept.filled} states filled in, "
            "those of findings still there stand in the new one"
        )


def _unread(batch: Batch, count: int, lang: Lang) -> Iterator[str]:
    """The first files that could not be read and why: whoever waits at the terminal may mend them at once."""
    if not count:
        return
    zh = lang == "zh"
    failed = (entry for entry in batch.store.heads() if entry.status != "checked")
    for entry in islice(failed, _NAMED):
        why = str(entry.facts.get("problem" if zh else "code", entry.status))
        yield f"  {entry.name}：{why}" if zh else f"  {entry.name}: {why}"
    if count > _NAMED:
        yield f"  另有 {count - _NAMED} 个，见结果" if zh else f"  {count - _NAMED} more, see the results"


def _between(batch: Batch, lang: Lang) -> Iterator[str]:
    """Who came in, what of roster and list is to be minded, and what is wrong between reports."""
    zh = lang == "zh"
    if batch.context.roster:
        asked, came = len(batch.context.roster), len(batch.context.by_row)
        unread = len(batch.context.came_unread)
        more = (
            (f"，另有 {unread} 个的文件没有读出" if zh else f"; of {unread} only what could not be read")
            if unread
            else ""
        )
        yield (
            f"名册 {asked} 个单位，收到 {came} 个{more}"
            if zh
            else f"roster: {asked} bodies, {came} came in{more}"
        )
    for note in batch.notes:
        named = "、".join(note.words[:_NAMED])
        head = note.message(lang)
        yield f"  {head}（{note.count}）：{named}" if zh else f"  {head} ({note.count}): {named}"
    for title, count in Counter(one.title(lang) for one in batch.judged.findings).most_common():
        yield f"  {title}：{count}" if zh else f"  {title}: {count}"


def _waivers(batch: Batch, lang: Lang) -> Iterator[str]:
    """How many waivers hold, and the first of those that do not, each with why."""
    if not batch.waivers:
        return
    zh = lang == "zh"
    failing = [one for one in batch.waivers if one.state != "holds"]
    holding = len(batch.waivers) - len(failing)
    yield (
        f"豁免：{holding} 条生效，{len(failing)} 条不生效"
        if zh
        else f"waivers: {holding} hold, {len(failing)} do not"
    )
    for one in failing[:_NAMED]:
        told = f"{one.waiver.body} {one.waiver.year} {one.waiver.rule}"
        why = STATES[one.state](lang)
        yield f"  {told}：{why}" if zh else f"  {told}: {why}"
    if len(failing) > _NAMED:
        rest = len(failing) - _NAMED
        yield f"  另有 {rest} 条，见结果" if zh else f"  {rest} more, see the results"


def _often(batch: Batch, checker: Checker, lang: Lang) -> Iterator[str]:
    """The rules that speak of more than a fifth of the reports, by their titles."""
    often = sorted(frequent(batch.store).items(), key=lambda item: (-item[1], item[0]))
    if not often:
        return
    titles = {rule.id: rule.title(lang) for pack in checker.packs() for rule in pack.rules.values()}
    yield (
        "超过五分之一的报告都有下面的问题：是普遍做法，或规则不适合，请先看几份"
        if lang == "zh"
        else "more than a fifth of the reports have these: a practice of all, or a bad rule; look at a few first"
    )
    for rule, share in often[:_OFTEN]:
        yield f"  {share:>4.0%} {titles.get(rule, rule)}"
    if len(often) > _OFTEN:
        rest = len(often) - _OFTEN
        yield f"  另有 {rest} 条规则，见结果" if lang == "zh" else f"  {rest} more rules, see the results"


def _since(batch: Batch, lang: Lang) -> Iterator[str]:
    """What has become of the findings of an earlier run."""
    if batch.earlier is None:
        return
    now = counts(batch.changes())
    zh = lang == "zh"
    yield (
        f"与上次相比：新增 {now['new']}，已改 {now['mended']}，仍有 {now['open']}，不能比较 {now['unknown']}"
        if zh
        else f"since then: {now['new']} new, {now['mended']} mended, {now['open']} still there, "
        f"{now['unknown']} not comparable"
    )
    if now["by-rules"] or now["withdrawn"]:
        yield (
            f"  报告没有改动而新查出 {now['by-rules']}，不再提出 {now['withdrawn']}"
            if zh
            else f"  of unchanged reports: {now['by-rules']} newly found, {now['withdrawn']} found no more"
        )
    told = batch.other_rules()
    if told is not None:
        yield f"  {told(lang)}"
