"""What a check was and what it came to, in a few lines that can be kept and held against a second run."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from disclosure_rules.version import VERSION

if TYPE_CHECKING:
    from disclosure_rules.model.profile import Profile
    from disclosure_rules.model.result import CheckResult

__all__ = ["SCHEMA", "attestation", "differences"]

SCHEMA = "disclosure-rules/attestation/1"


def attestation(result: CheckResult, profile: Profile) -> dict[str, Any]:
    """The record of one check: input, packs, versions, profile, decision, and the hash of the whole result.

    Neither a path nor a time is in it: the same input, packs and choices give the same record anywhere.
    """
    told = result.model_copy(update={"source": result.source.model_copy(update={"path": None})})
    if told.previous is not None:
        told = told.model_copy(update={"previous": told.previous.model_copy(update={"path": None})})
    text = json.dumps(told.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {
        "schema": SCHEMA,
        "tool": {"name": "disclosure-rules", "version": VERSION},
        "input": {"sha256": result.source.sha256, "format": result.source.format},
        "previous": {"sha256": result.previous.sha256} if result.previous else None,
        "rules": result.rules.model_dump(mode="json"),
        "profile": {
            "name": profile.name,
            "sha256": hashlib.sha256(profile.model_dump_json().encode()).hexdigest(),
        },
        "verdict": result.verdict,
        "counts": {severity.value: count for severity, count in result.counts.items()},
        "waived": sorted(finding.fingerprint for finding in result.findings if finding.waived),
        "result_sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def differences(recorded: dict[str, Any], again: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Where two records differ: key, value in the record, value now; empty where the check can be repeated."""
    keys = dict.fromkeys((*recorded, *again))
    return [
        (key, _told(recorded.get(key)), _told(again.get(key)))
        for key in keys
        if recorded.get(key) != again.get(key)
    ]


def _told(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
