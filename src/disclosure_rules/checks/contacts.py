"""Verbs about the contacts that a report gives: only what is given is looked at, for nothing has to be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from disclosure_rules.checks.passages import spoken
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_rules.checks.context import CheckContext

__all__ = ["contacts_blank", "contacts_malformed"]

_POSTCODE = re.compile(r"(?:邮\s?编|邮政编码)\s?[：:]\s?(\d{1,12})(?!\d)")
_PHONE = re.compile(r"(?:电\s?话|传\s?真)(?:/传\s?真)?\s?[：:]\s?(〔?\d[\d〔〕—–-]{2,24}\d)(?!\d)")
_MAIL = re.compile(r"[A-Za-z0-9._-]{2,40}＠[A-Za-z0-9.-]{3,40}")
# 邮箱：lpssmzj.qq.com: a domain where an address was due.
_NO_MAIL = re.compile(
    r"(?:邮\s?箱|邮\s?件|[Ee]-?mail)(?:地址)?\s?[：:]\s?([A-Za-z0-9_-]{1,40}(?:\.[A-Za-z0-9_-]{2,40}){1,4})(?![A-Za-z0-9_.@＠#/-])"
)
_POSTCODE_LENGTH = 6
_BLANK = re.compile(
    r"(?:联系电话|咨询电话|电话号码|电\s?话|传\s?真|电子邮箱|电子邮件|邮\s?箱|联系地址|地\s?址|邮\s?编|邮政编码)\s?[：:]\s*(?=[，,。；;）)])"
)
# A local number has 7 or 8 digits, 3 to 6 are short and service numbers; an area code adds 3 or 4, an extension more.
_FEWEST, _MOST = 3, 18


def contacts_malformed(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Postcodes without six digits, telephone numbers of an impossible length, mail with a full-width ＠ or no @."""
    for passage in context.passages():
        for start, end, fault in _faults(passage.plain):
            if fault is None:
                yield SATISFIED
            else:
                values = {
                    "text": spoken(passage.printed, start, end),
                    "why_zh": fault[0],
                    "why_en": fault[1],
                }
                yield Evidence(location=passage.place(start), values=values)


def _faults(text: str) -> Iterator[tuple[int, int, tuple[str, str] | None]]:
    """What the text gives as a contact: its bounds, and what is wrong with it."""
    if not any(sign in text for sign in ("邮", "电", "传", "＠")):
        return
    for match in _POSTCODE.finditer(text):
        wrong = len(match[1]) != _POSTCODE_LENGTH
        yield *match.span(), ("邮政编码应为6位数字", "a postcode has six digits") if wrong else None
    for match in _PHONE.finditer(text):
        digits = sum(sign.isdigit() for sign in match[1])
        wrong = not _FEWEST <= digits <= _MOST
        yield *match.span(), ("电话号码的位数不对", "the number of digits is wrong") if wrong else None
    for match in _MAIL.finditer(text):
        yield *match.span(), ("邮箱地址用了全角的＠", "the @ is full-width")
    for match in _NO_MAIL.finditer(text):
        yield *match.span(), ("邮箱地址没有@", "an address of mail has an @")


def contacts_blank(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Labels of a contact with a punctuation mark where the contact was due: 联系电话：，."""
    looked = found = False
    for passage in context.passages():
        if "：" not in passage.read and ":" not in passage.read:
            continue
        looked = looked or "电话" in passage.read or "邮" in passage.read
        for match in _BLANK.finditer(passage.read):
            found = True
            values = {"text": spoken(passage.printed, match.start(), match.end() + 1)}
            yield Evidence(location=passage.place(match.start()), values=values)
    if looked and not found:
        yield SATISFIED
