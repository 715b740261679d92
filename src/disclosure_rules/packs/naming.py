"""The law of names: where a rule's file lies and what it may be called.

A name names the fault (`unbalanced`, `section-missing`), never the cure or the act of looking for it: it is
read in results, next to a report that has the fault.
"""

from __future__ import annotations

import re

__all__ = ["ROOMS", "is_kebab", "misnamed"]

ROOMS = (
    "document",
    "overview",
    "proactive_disclosure",
    "requests",
    "consultations",
    "reviews_and_litigation",
    "problems_and_improvements",
    "other_matters",
    "publication",
    "years",
    "collection",
)

_KEBAB = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST = 60
_ACTS = frozenset({"assert", "check", "checks", "detect", "ensure", "find", "test", "validate", "verify"})
_CURES = frozenset(
    {
        "allow",
        "allowed",
        "always",
        "avoid",
        "disallow",
        "forbid",
        "has",
        "is",
        "must",
        "need",
        "needs",
        "never",
        "no",
        "not",
        "only",
        "prefer",
        "require",
        "required",
        "requires",
        "shall",
        "should",
        "valid",
    }
)
_LAST = frozenset({"allowed", "check", "needed", "ok", "required", "rule"})


def is_kebab(name: str) -> bool:
    """Whether `name` is lower-case words joined by hyphens, of bounded length."""
    return len(name) <= _LONGEST and _KEBAB.fullmatch(name) is not None


def misnamed(name: str) -> tuple[str, str] | None:
    """Why `name` is no name of a rule, in Chinese and English; None where it is one."""
    if not is_kebab(name):
        return (
            f"规则名只用小写英文单词和连字符，最多 {_LONGEST} 个字符，如 section-missing",
            f"a rule's name is lower-case words with hyphens, at most {_LONGEST} characters: section-missing",
        )
    words = name.split("-")
    first, last = words[0], words[-1]
    if first in _ACTS | _CURES:
        wrong, what_zh, what_en = first, "开头", "begin with"
    elif last in _LAST:
        wrong, what_zh, what_en = last, "结尾", "end with"
    else:
        return None
    return (
        f"规则名说明错在哪里，不能以「{wrong}」{what_zh}，如 unbalanced、section-missing",
        f"a rule's name says what is wrong and cannot {what_en} '{wrong}': unbalanced, section-missing",
    )
