"""What a letter asks a body to mend: findings in short, those of one slip as one item."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.formatters.words import laws
from disclosure_rules.model.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from disclosure_rules.model.collection import CollectionFinding
    from disclosure_rules.model.result import CheckResult, Finding, RootCause

__all__ = ["Item", "items_between", "items_of"]

# A note is about style, or for information: no office writes a letter for it.
_TOLD = (Severity.ERROR, Severity.WARNING, Severity.EXPLAIN)
_BETWEEN = "本批报送核对"


class Item(NamedTuple):
    """One thing to mend, in words, and the rules that found it."""

    severity: Severity
    place: str
    problem: str
    law: str
    advice: str
    rules: tuple[str, ...]


def items_of(result: CheckResult) -> list[Item]:
    """What of one report is to be mended, the gravest first; what is waived is not."""
    findings = [one for one in result.findings if one.severity in _TOLD and one.waived is None]
    items: list[Item] = []
    told: set[str] = set()
    for cause in result.root_causes:
        explained = [
            one for one in findings if one.fingerprint in cause.explains and one.fingerprint not in told
        ]
        if explained:
            told |= {one.fingerprint for one in explained}
            items.append(_of_cause(cause, explained))
    items += [_of_finding(one) for one in findings if one.fingerprint not in told]
    return sorted(items, key=lambda item: _TOLD.index(item.severity))


def items_between(findings: Iterable[CollectionFinding]) -> Iterator[Item]:
    """What is to be mended between the reports of the batch: late, handed in twice, like another body's."""
    for one in findings:
        if one.severity in _TOLD:
            yield Item(
                one.severity,
                _BETWEEN,
                f"{one.title.zh}：{one.message.zh}",
                "\n".join(laws([one], "zh")),
                one.suggestion.zh if one.suggestion else "",
                (one.rule,),
            )


def _of_cause(cause: RootCause, explained: Sequence[Finding]) -> Item:
    """One slip with the sums that it breaks under it."""
    cells = [cell.location.words.zh for cell in cause.corrections[0].cells]
    others = [f"或者：{one.message.zh}" for one in cause.corrections[1:]]
    sums = [f"·{one.message.zh}" for one in explained]
    advice = dict.fromkeys(one.suggestion.zh for one in explained if one.suggestion)
    return Item(
        min((one.severity for one in explained), key=_TOLD.index),
        "\n".join(cells),
        "\n".join((cause.message.zh, *others, f"由此不符的有 {len(explained)} 处：", *sums)),
        "\n".join(laws(explained, "zh")),
        "\n".join(advice),
        tuple(one.rule for one in explained),
    )


def _of_finding(finding: Finding) -> Item:
    return Item(
        finding.severity,
        finding.location.words.zh,
        f"{finding.title.zh}：{finding.message.zh}",
        "\n".join(laws([finding], "zh")),
        finding.suggestion.zh if finding.suggestion else "",
        (finding.rule,),
    )
