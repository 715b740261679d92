"""`disclosure-rules annotate 年报.docx -o 批注.docx`: a copy of the document with a comment at every finding."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from disclosure_rules.cli.checking import Asked, checker_of
from disclosure_rules.cli.judging import exit_code, judging_options
from disclosure_rules.cli.options import identity_options, lang_option, pack_options
from disclosure_rules.cli.outputs import write_new_file
from disclosure_rules.cli.telling import EXIT_CODES
from disclosure_rules.errors import UsageError
from disclosure_rules.ingest.docx import DOCX_READER
from disclosure_rules.ingest.sniff import file_bytes
from disclosure_rules.pipeline import Overrule
from disclosure_rules.word.annotate import annotated

if TYPE_CHECKING:
    from disclosure_rules.cli.judging import Judging
    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.text import Lang

__all__ = ["command"]


@click.command(
    "annotate", epilog=f"例 Example: disclosure-rules annotate 年报.docx -o 批注.docx\n\n{EXIT_CODES}"
)
@click.argument("file", metavar="FILE.docx")
@click.option("-o", "--output", required=True, metavar="FILE", help="写入这个文件 · Where the copy goes.")
@click.option("--force", is_flag=True, help="覆盖已有文件 · Overwrite.")
@click.option(
    "--previous",
    metavar="FILE|DIR",
    help="同一单位的上一年报告，或存放它的文件夹 · Last year's report, or a folder with it.",
)
@judging_options
@identity_options
@pack_options
@lang_option
def command(  # noqa: PLR0913  one parameter an option
    *,
    file: str,
    output: str,
    force: bool,
    previous: str | None,
    judging: Judging,
    year: int | None,
    region: str | None,
    body_kind: BodyKind | None,
    packs: tuple[str, ...],
    without: tuple[str, ...],
    lang: Lang,
) -> int:
    """在 Word 年报的副本上用批注标出每个问题，原文不动 · A copy of a Word report with a comment at every finding."""
    source, target = Path(file), Path(output)
    if target.exists() and source.exists() and target.samefile(source):
        raise UsageError(
            "批注写入副本，不改原文件；请用 -o 给出另一个文件名",
            "comments go into a copy, the original is not changed; give another name to -o",
            code="same-file",
        )
    data = file_bytes(source)
    if not DOCX_READER.recognises(data):
        raise _no_word(data, file)
    checker = checker_of(judging, Asked(packs=packs, without=without))
    overrule = Overrule(year=year, region=region, body_kind=body_kind)
    result = judging.told(checker.check(data, previous=previous, name=file, overrule=overrule))
    report = checker.load_report(data, name=file, overrule=overrule)
    write_new_file(target, annotated(data, file, report, result, lang), force=force)
    count = len(result.findings)
    click.echo(
        f"{target}：{count} 个问题都有批注，文档开头的批注是检查结论"
        if lang == "zh"
        else f"{target}: {count} findings, a comment at each; the one at the beginning is the verdict"
    )
    return exit_code([result], 0)


def _no_word(data: bytes, file: str) -> UsageError:
    if data.startswith(b"%PDF-"):
        return UsageError(
            "不能在 PDF 上加批注：读 PDF 时没有留下每处文字的坐标，标错地方不如不标；"
            f"请用制作 PDF 的 Word 文件，或用 check {file} --output html=结果.html 得到逐条列出的网页",
            "comments cannot be put into a PDF: where each word stands on the page is not kept, and a mark at the wrong "
            f"place is worse than none; take the Word file it was made from, or check {file} --output html=result.html",
            place=file,
            code="not-word",
        )
    return UsageError(
        f"只能在 .docx 文件上加批注；请先用 Word 或 WPS 另存为 .docx，或用 check {file} --output html=结果.html",
        f"comments can be put into .docx only; save it as .docx first, or check {file} --output html=result.html",
        place=file,
        code="not-word",
    )
