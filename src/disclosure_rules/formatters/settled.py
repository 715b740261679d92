"""How every format tells that a finding is accepted, or known from an earlier result."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from disclosure_rules.model.result import Finding
    from disclosure_rules.model.text import Lang
    from disclosure_rules.model.waiver import Waived

__all__ = ["mark", "settled"]


def mark(finding: Finding, lang: Lang) -> str:
    """What stands behind the severity of a finding that is accepted, or known from an earlier result."""
    if finding.waived is not None:
        return "（已豁免）" if lang == "zh" else " (waived)"
    if finding.baseline == "unchanged":
        return "（已知）" if lang == "zh" else " (known)"
    return ""


def settled(waived: Waived | None, baseline: str | None, lang: Lang) -> str:
    """Why a finding does not block though its severity would: who accepted it, until when; nothing for any other.

    Args:
        waived: As the finding has it.
        baseline: The same.
        lang: Language of the words.
    """
    zh = lang == "zh"
    if waived is not None:
        return (
            f"已豁免：{waived.reason}（{waived.approved_by}，有效至 {waived.expires}）"
            if zh
            else f"waived: {waived.reason} ({waived.approved_by}, until {waived.expires})"
        )
    if baseline == "unchanged":
        return "以前已有" if zh else "known from before"
    return ""
