"""Results as JSON, by `schemas/result.schema.json`; the same input and packs give the same bytes."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from disclosure_rules.model.rule import Severity
from disclosure_rules.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from disclosure_rules.model.result import CheckResult
    from disclosure_rules.model.text import Lang

__all__ = ["envelope", "to_json"]

SCHEMA = "disclosure-rules/result/1"


def envelope(results: Iterable[CheckResult]) -> dict[str, Any]:
    """All results of a run with what judged them and a summary.

    The rules stand at the top where one rule set judged all reports, and with each result in any case.
    """
    every = tuple(results)
    counts: Counter[Severity] = Counter()
    for result in every:
        counts.update(result.counts)
    verdicts = Counter(result.verdict for result in every)
    same_rules = len({result.rules.fingerprint for result in every}) == 1
    return {
        "schema": SCHEMA,
        "tool": {"name": "disclosure-rules", "version": VERSION},
        "rules": every[0].rules.model_dump(mode="json") if same_rules else None,
        "profile": every[0].profile if every else "default",
        "results": [result.to_json() for result in every],
        "summary": {
            "reports": len(every),
            **{verdict: verdicts[verdict] for verdict in ("pass", "fail", "incomplete")},
            "counts": {severity.value: counts[severity] for severity in Severity},
        },
    }


def to_json(results: Iterable[CheckResult], _lang: Lang = "zh") -> str:
    """The envelope as JSON text. Both languages are always in it."""
    return json.dumps(envelope(results), ensure_ascii=False, indent=2) + "\n"
