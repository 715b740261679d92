"""What a check was and what it came to, in a record that can be kept and held against a second run."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from disclosure_rules.formatters.html_words import VERDICT
from disclosure_rules.formatters.words import SEVERITY_WORDS
from disclosure_rules.model.attestation import Attestation, AttestedProfile, AttestedReport, Choices
from disclosure_rules.model.text import Text
from disclosure_rules.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from disclosure_rules.model.profile import Profile
    from disclosure_rules.model.result import CheckResult, RulesRef

__all__ = ["attestation", "choices_changed", "digest", "report_changed"]

_NAMES = {
    "as_of": "--as-of",
    "year": "--year",
    "region": "--region",
    "body_kind": "--body-kind",
    "convert": "--convert",
    "ocr": "--ocr",
    "packs": "--pack",
    "without": "--no-pack",
    "waivers": "--waivers",
    "baseline": "--baseline",
}


def attestation(results: Iterable[CheckResult], profile: Profile, choices: Choices) -> Attestation:
    """The record of a check of some reports."""
    return Attestation(
        tool={"name": "disclosure-rules", "version": VERSION},
        profile=AttestedProfile(
            name=profile.name, fail_on=profile.fail_on, sha256=digest(profile.model_dump(mode="json"))
        ),
        choices=choices,
        reports=tuple(_report(result) for result in results),
    )


def digest(values: Any) -> str:  # noqa: ANN401  plain JSON values
    """The SHA-256 of plain values, whatever the order of their keys."""
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def _report(result: CheckResult) -> AttestedReport:
    told = result.model_copy(update={"source": result.source.model_copy(update={"path": None})})
    if told.previous is not None:
        told = told.model_copy(update={"previous": told.previous.model_copy(update={"path": None})})
    body = result.report.body
    return AttestedReport(
        sha256=result.source.sha256,
        format=result.source.format,
        previous_sha256=result.previous.sha256 if result.previous else None,
        title=result.report.title,
        body=body.name if body else None,
        year=result.report.year,
        rules=result.rules,
        verdict=result.verdict,
        counts=result.counts,
        waived=tuple(sorted(finding.fingerprint for finding in result.findings if finding.waived)),
        result_sha256=digest(told.to_json()),
    )


def choices_changed(recorded: Attestation, again: Attestation) -> Iterator[Text]:
    """How the program and what it was asked differ from the record, each in a sentence."""
    before, now = recorded.tool.get("version"), again.tool.get("version")
    if before != now:
        yield _changed("程序版本", "version of the program", before, now)
    if recorded.profile.name != again.profile.name:
        yield _changed("检查方案", "profile", recorded.profile.name, again.profile.name)
    elif recorded.profile != again.profile:
        yield Text(
            zh=f"检查方案 {again.profile.name} 的内容与记录时不同",
            en=f"the profile {again.profile.name} is not what it was",
        )
    for key, name in _NAMES.items():
        earlier, later = getattr(recorded.choices, key), getattr(again.choices, key)
        if earlier == later:
            continue
        if key in {"waivers", "baseline"}:
            yield _file_changed(name, earlier, later)
        else:
            yield _changed(name, name, _listed(earlier), _listed(later))


def report_changed(recorded: AttestedReport, again: AttestedReport) -> Iterator[Text]:
    """How a report and its result differ from the record, each in a sentence; nothing where they do not."""
    if recorded.sha256 != again.sha256:
        yield Text(zh="文件内容与记录的不是同一份", en="the file is not the one that was recorded")
    if recorded.previous_sha256 != again.previous_sha256:
        yield _file_changed("--previous", recorded.previous_sha256, again.previous_sha256)
    yield from _rules_changed(recorded.rules, again.rules)
    if recorded.verdict != again.verdict:
        yield Text(
            zh=f"结论：记录为{VERDICT[recorded.verdict].zh}，现在为{VERDICT[again.verdict].zh}",
            en=f"verdict: was {VERDICT[recorded.verdict].en}, is {VERDICT[again.verdict].en}",
        )
    for severity, words in SEVERITY_WORDS.items():
        before, now = recorded.counts.get(severity, 0), again.counts.get(severity, 0)
        if before != now:
            yield _changed(words.zh, words.en, before, now)
    if recorded.waived != again.waived:
        yield _changed("豁免的问题", "waived findings", len(recorded.waived), len(again.waived))
    if recorded.result_sha256 != again.result_sha256:
        yield Text(zh="整个结果的散列值不同", en="the hash of the whole result differs")


def _rules_changed(recorded: RulesRef, again: RulesRef) -> Iterator[Text]:
    before = {pack.id: pack.version for pack in recorded.packs}
    now = {pack.id: pack.version for pack in again.packs}
    for pack in dict.fromkeys((*before, *now)):
        if before.get(pack) != now.get(pack):
            yield _changed(f"规则包 {pack}", f"pack {pack}", before.get(pack), now.get(pack))
    if before == now and recorded.fingerprint != again.fingerprint:
        yield Text(zh="适用的规则与记录时不同", en="the rules in force are not those of the record")


def _changed(zh: str, en: str, before: object, now: object) -> Text:
    return Text(
        zh=f"{zh}：记录为 {'无' if before is None else before}，现在为 {'无' if now is None else now}",
        en=f"{en}: was {'none' if before is None else before}, is {'none' if now is None else now}",
    )


def _file_changed(option: str, before: str | None, now: str | None) -> Text:
    if now is None:
        return Text(zh=f"检查时用了 {option}，请给出同一份", en=f"the check had {option}; give the same file")
    if before is None:
        return Text(zh=f"检查时没有用 {option}", en=f"the check had no {option}")
    return Text(zh=f"{option} 与检查时不是同一份", en=f"{option} is not the file of the check")


def _listed(value: object) -> object:
    return "、".join(map(str, value)) or None if isinstance(value, tuple) else value
