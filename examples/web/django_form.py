"""报送表单：有阻止报送的问题就不收 · A Django form that takes an annual report only where nothing blocks it.

The validator is an ordinary one: put it on any FileField, of a form or of a model.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError

from disclosure_rules import Checker, DisclosureRulesError

if TYPE_CHECKING:
    from django.core.files.base import File

_MOST_BYTES = 50_000_000


@cache
def checker() -> Checker:
    """One for the whole process: packs are loaded once, and threads may share it."""
    return Checker()


def validate_report(upload: File[bytes]) -> None:
    """Refuse what blocks, and what could not be checked to the end; the form shows each reason.

    Raises:
        ValidationError: With a message for every finding that blocks, or why the report was not checked.
    """
    if upload.size > _MOST_BYTES:
        raise ValidationError("文件超过 50 MB", code="too-large")
    upload.seek(0)
    try:
        result = checker().check(upload.read(), name=upload.name)
    except DisclosureRulesError as problem:
        raise ValidationError(problem.zh, code=problem.code) from problem
    finally:
        upload.seek(0)  # whoever saves the file reads it from the beginning
    blocking = [
        ValidationError(f"{finding.location.words('zh')}：{finding.message('zh')}", code=finding.rule)
        for finding in result.findings
        if finding.blocks
    ]
    if blocking:
        raise ValidationError(blocking)
    if result.verdict == "incomplete":  # never a pass
        raise ValidationError("检查不完整，请人工核对：" + "、".join(one.title("zh") for one in result.open))


class ReportForm(forms.Form):
    """The form of a portal: one file."""

    report = forms.FileField(validators=[validate_report])
