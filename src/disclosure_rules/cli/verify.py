"""`disclosure-rules verify RECORD FILE`: the check that a record tells of, done again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from disclosure_rules.attest import SCHEMA, attestation, differences
from disclosure_rules.cli.judging import judging_options
from disclosure_rules.cli.options import identity_options, lang_option, pack_options, reading_options
from disclosure_rules.errors import UsageError
from disclosure_rules.pipeline import Checker, Overrule

if TYPE_CHECKING:
    from disclosure_rules.cli.judging import Judging
    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.text import Lang

__all__ = ["command"]

_MOST_BYTES = 1_000_000


@click.command("verify", epilog="例 Example: disclosure-rules verify 年报.attest.json 年报.docx")
@click.argument("record", type=click.Path())
@click.argument("file", type=click.Path())
@click.option("--previous", metavar="FILE", help="同一单位的上一年报告 · Last year's report.")
@judging_options
@reading_options
@identity_options
@pack_options
@lang_option
def command(  # noqa: PLR0913  one parameter an option
    *,
    record: str,
    file: str,
    previous: str | None,
    judging: Judging,
    convert: bool,
    ocr: bool,
    year: int | None,
    region: str | None,
    body_kind: BodyKind | None,
    packs: tuple[str, ...],
    without: tuple[str, ...],
    lang: Lang,
) -> int:
    """按检查记录重新检查并比较 · Check again and compare with the record that `check --attest` wrote."""
    recorded = _read(Path(record))
    checker = Checker(
        packs=packs,
        without=without,
        profile=judging.profile,
        convert=convert,
        ocr=ocr,
        as_of=judging.as_of,
        waivers=judging.waivers,
    )
    overrule = Overrule(year=year, region=region, body_kind=body_kind)
    result = judging.told(checker.check(Path(file), previous=previous, overrule=overrule))
    found = differences(recorded, attestation(result, judging.profile))
    if not found:
        click.echo("与记录一致" if lang == "zh" else "the same as recorded")
        return 0
    for key, before, now in found:
        click.echo(
            f"{key}：记录为 {before}，现在为 {now}" if lang == "zh" else f"{key}: was {before}, is {now}"
        )
    return 1


def _read(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as stream:
            recorded = json.loads(stream.read(_MOST_BYTES))
    except (OSError, ValueError, RecursionError) as problem:
        raise _no_record(path) from problem
    if not isinstance(recorded, dict) or recorded.get("schema") != SCHEMA:
        raise _no_record(path)
    return recorded


def _no_record(path: Path) -> UsageError:
    return UsageError(
        f"{path} 不是 check --attest 写出的检查记录",
        f"{path} is no record that check --attest wrote",
        code="no-record",
    )
