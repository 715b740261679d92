"""`disclosure-rules verify RECORD FILE`: the check that a record tells of, done again."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pydantic import ValidationError

from disclosure_rules.attest import choices_changed, report_changed
from disclosure_rules.cli.checking import Asked, check_each, checker_of
from disclosure_rules.cli.judging import Judging, judging_options, left_out, profile_named
from disclosure_rules.cli.options import identity_options, lang_option, pack_options, reading_options
from disclosure_rules.cli.telling import tell
from disclosure_rules.errors import UsageError
from disclosure_rules.model.attestation import Attestation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.model.attestation import AttestedReport
    from disclosure_rules.model.body import BodyKind
    from disclosure_rules.model.text import Lang

__all__ = ["command"]

_MOST_BYTES = 50_000_000


@click.command(
    "verify",
    epilog="\b\n例 Examples:\n"
    "  disclosure-rules verify 记录.json 年报.docx\n"
    "  disclosure-rules verify 记录.json 待报送/ --waivers waivers.yaml\n\n"
    "退出码 Exit: 0 一致 same · 1 不同 not the same · 2 没有核对完 incomplete",
)
@click.argument("record", type=click.Path())
@click.argument("files", nargs=-1, required=True, metavar="FILE|DIR|ZIP...")
@click.option(
    "--previous",
    metavar="FILE|DIR",
    help="同一单位的上一年报告，或存放它的文件夹 · Last year's report, or a folder with it.",
)
@judging_options
@reading_options
@identity_options
@pack_options
@lang_option
def command(  # noqa: PLR0913  one parameter an option
    *,
    record: str,
    files: tuple[str, ...],
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
    """按检查记录重新检查并比较 · Check again and compare with the record that `check --attest` wrote.

    记录中的方案、日期、年度等选项自动照用；用过的文件（--previous、--waivers、--baseline、规则包文件夹）要再给出。
    The options in the record are used again; files that were used are to be given again.
    """
    recorded = _read(Path(record))
    judging = _as_recorded(judging, recorded)
    stated = recorded.choices
    asked = Asked(
        year=year or stated.year,
        region=region or stated.region,
        body_kind=body_kind or stated.body_kind,
        convert=convert or stated.convert,
        ocr=ocr or stated.ocr,
        packs=tuple(dict.fromkeys((*stated.packs, *packs))),
        without=tuple(dict.fromkeys((*stated.without, *without))),
    )
    checker = checker_of(judging, asked)
    checked = list(check_each(checker, judging, asked, files, previous))
    for one in checked:
        if one.problem is not None:
            tell(one.problem, lang)
    read = [one for one in checked if one.problem is None]
    again = judging.record((one.result for one in read), asked)
    same = _tell_conditions(recorded, again, lang)
    for name, before, now in _matched(recorded.reports, again.reports, [one.input.name for one in read]):
        same &= _tell_report(name, before, now, lang)
    return 2 if len(read) < len(checked) else int(not same)


def _as_recorded(judging: Judging, recorded: Attestation) -> Judging:
    """How the recorded check was judged, but for what the command line says otherwise."""
    profile = judging.profile
    if left_out("profile"):
        fail_on = recorded.profile.fail_on if left_out("fail_on") else profile.fail_on
        profile = profile_named(recorded.profile.name).model_copy(update={"fail_on": fail_on})
    as_of, accepted = judging.as_of, judging.accepted
    if left_out("as_of"):
        days = recorded.choices.as_of, recorded.choices.waived_on
        as_of, held = (date.fromisoformat(day) if day else None for day in days)
        accepted = accepted._replace(today=(lambda: held) if held else accepted.today)
    return Judging(profile, as_of, accepted)


def _matched(
    recorded: Sequence[AttestedReport], again: Sequence[AttestedReport], names: Sequence[str]
) -> Iterator[tuple[str, AttestedReport | None, AttestedReport | None]]:
    """The reports of now, each with its name and what was recorded of it; then those of the record that nobody gave."""
    if len(recorded) == len(again) == 1:  # the file may be another one, and that is to be told
        yield names[0], recorded[0], again[0]
        return
    left = list(recorded)
    pairs: list[AttestedReport | None] = [None] * len(again)
    for key in (_content, _who):
        for index, now in enumerate(again):
            if pairs[index] is None:
                pairs[index] = next((one for one in left if key(one) == key(now)), None)
                left = [one for one in left if one is not pairs[index]]
    for index, now in enumerate(again):
        yield names[index], pairs[index], now
    for one in left:
        yield f"「{one.title or one.body or one.sha256}」", one, None


def _content(report: AttestedReport) -> object:
    return report.sha256


def _who(report: AttestedReport) -> object:
    return report.body, report.year


def _tell_conditions(recorded: Attestation, again: Attestation, lang: Lang) -> bool:
    """Tell what the second check was asked otherwise; whether it was asked the same."""
    changed = list(choices_changed(recorded, again))
    if changed:
        click.echo("与记录的条件不同" if lang == "zh" else "other conditions than recorded")
    for text in changed:
        click.echo(f"  {text(lang)}")
    return not changed


def _tell_report(name: str, before: AttestedReport | None, now: AttestedReport | None, lang: Lang) -> bool:
    """Tell how a report ended; whether it ended as it is recorded."""
    zh = lang == "zh"
    if before is None or now is None:
        where = (
            ("记录中没有这份报告", "not in the record")
            if before is None
            else ("没有给出", "recorded and not given")
        )
        click.echo(f"{name}：{where[0]}" if zh else f"{name}: {where[1]}")
        return False
    changed = list(report_changed(before, now))
    if not changed:
        click.echo(f"{name}：与记录一致" if zh else f"{name}: the same as recorded")
        return True
    click.echo(f"{name}：与记录不同" if zh else f"{name}: not as recorded")
    for text in changed:
        click.echo(f"  {text(lang)}")
    return False


def _read(path: Path) -> Attestation:
    try:
        with path.open("rb") as stream:
            return Attestation.model_validate_json(stream.read(_MOST_BYTES))
    except (OSError, ValidationError) as problem:
        raise UsageError(
            f"{path} 不是 check --attest 写出的检查记录",
            f"{path} is no record that check --attest wrote",
            code="no-record",
        ) from problem
