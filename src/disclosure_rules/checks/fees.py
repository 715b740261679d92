"""Verbs about the processing fee (信息处理费) that a report states among other matters."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.checks.passages import either, occurrences, sentence_around, spoken
from disclosure_rules.model.location import Location
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.checks.passages import Passage
    from disclosure_rules.model.report import Number

__all__ = ["fee_amount_impossible", "fee_parts_unequal", "fee_unpaid_unreported", "fee_unquantified"]

_COUNT = re.compile(r"(\d[\d,]{0,8})\s?(?:件|宗|份)")
_MONEY = re.compile(r"(\d[\d,]{0,12}(?:\.\d{1,6})?)\s?(万)?元")
_PART = re.compile(r"(\d[\d,]{0,8})\s?件[^。；;\d]{0,12}?(\d[\d,]{0,12}(?:\.\d{1,2})?)\s?(万)?元")
_CHARGED = ("收费", "收取")
_PARTS_BEGIN = re.compile(r"其中|分别是|分别为")
# By item 100 yuan and its multiples, by page 10, 20 or 40 yuan: every fee is a multiple of 10 yuan.
_STEP = 10
_TEN_THOUSAND = 10_000


class _Statement(NamedTuple):
    """What a report says of the fee: the sentences, whether they say that there was none, counts and amounts."""

    passage: Passage
    start: int
    end: int
    nil: bool
    counts: tuple[int, ...]
    amounts: tuple[Decimal, ...]
    parts: tuple[tuple[int, Decimal], ...]

    @property
    def location(self) -> Location:
        return self.passage.place(self.start)

    @property
    def text(self) -> str:
        return spoken(self.passage.printed, self.start, self.end)


def _statement(
    context: CheckContext, section: str, words: Sequence[str], none: Sequence[str]
) -> _Statement | None:
    """What a section says of the fee: the first sentence that settles it, else the first that names it.

    The name may stand in a heading only, and what there is to say in the paragraph below it.
    """
    named: _Statement | None = None
    for passage in context.passages((section,)):
        for match in re.finditer(either((*words, *_CHARGED)), passage.read):
            if named is None and match[0] not in words:
                continue
            said = _read(passage, match.start(), none)
            if said.nil or said.amounts:
                return said
            named = named or said
    return named


def _read(passage: Passage, offset: int, none: Sequence[str]) -> _Statement:
    """The sentence around `offset`, with the list of parts that follows it."""
    start, end = sentence_around(passage.read, offset, offset + 1)
    own = passage.plain[start:end]
    inner = _PARTS_BEGIN.search(own)
    listed = _list_after(passage, end, begun=inner is not None)
    head, tail = (own[: inner.start()], own[inner.end() :] + listed) if inner else (own, listed)
    return _Statement(
        passage,
        start,
        end,
        _says_any(own, none),
        tuple(int(match[1].replace(",", "")) for match in _COUNT.finditer(head)),
        tuple(_yuan(match[1], match[2]) for match in _MONEY.finditer(head)),
        tuple((int(match[1].replace(",", "")), _yuan(match[2], match[3])) for match in _PART.finditer(tail)),
    )


def _says_any(text: str, words: Sequence[str]) -> bool:
    """Whether one of the words stands in a text: 0元 does in 共0元, not in 1500元."""
    return any(
        not (word[0].isdecimal() and text[at - 1 : at].isdecimal())
        for word in words
        for at in occurrences(text, word)
    )


def _list_after(passage: Passage, end: int, *, begun: bool) -> str:
    """What lists the parts of a statement behind it: after a semicolon where the list has begun, or from 其中 on."""
    rest = passage.plain[end : end + 2000]
    goes_on = rest[:1] in (";", "；") if begun else _PARTS_BEGIN.match(rest[1:].lstrip()) is not None
    return rest[:1] + rest[1:].split("。", 1)[0] if goes_on else ""


def _yuan(digits: str, scale: str | None) -> Decimal:
    return Decimal(digits.replace(",", "")) * (_TEN_THOUSAND if scale else 1)


def fee_unquantified(
    context: CheckContext, *, section: str, words: Sequence[str], none: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """A statement on the fee that says neither that there was none nor how much there was.

    Args:
        context: The report.
        section: Key of the section that holds the statement.
        words: Words that name the fee.
        none: Words that say that none was charged.
    """
    said = _statement(context, section, words, none)
    if said is None:
        return
    if said.nil or said.amounts:
        yield SATISFIED
    else:
        yield Evidence(location=said.location, values={"text": said.text})


def fee_amount_impossible(
    context: CheckContext, *, section: str, words: Sequence[str], none: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """An amount that no tariff gives (no multiple of 10 yuan, or less than 10 a request), or that contradicts another.

    Args:
        context: The report.
        section: Key of the section that holds the statement.
        words: Words that name the fee.
        none: Words that say that none was charged.
    """
    said = _statement(context, section, words, none)
    if said is None or not said.amounts:
        return
    why = _impossible(said)
    if why is None:
        yield SATISFIED
    else:
        values = {"text": said.text, "why_zh": why.zh, "why_en": why.en}
        yield Evidence(location=said.location, values=values)


def _impossible(said: _Statement) -> Text | None:
    """Why the figures of a statement cannot be; None where they can."""
    amounts = (*said.amounts, *(amount for _, amount in said.parts))
    odd = next((amount for amount in amounts if amount % _STEP), None)
    if odd is not None:
        yuan = f"{odd.normalize():f}"
        return Text(zh=f"{yuan} 元不是 10 元的整数倍", en=f"{yuan} yuan is no multiple of 10")
    first = said.amounts[0]
    if said.counts and not any(said.counts) and first:
        return Text(zh="0 件却有金额", en="an amount for no request")
    if "实际" in said.text and len(said.amounts) == 2 and said.amounts[1] > first:  # noqa: PLR2004  noticed, paid
        return Text(zh="实际收取的多于收费通知的总金额", en="more was paid than the notices demanded")
    alone = len(said.counts) == len(said.amounts) == 1 and "通知" not in said.text
    if alone and 0 < first < _STEP * said.counts[0]:
        return Text(zh="平均每件不足 10 元", en="less than 10 yuan a request")
    return None


def fee_parts_unequal(
    context: CheckContext, *, section: str, words: Sequence[str], none: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """A total of requests or of yuan that the listed parts (其中 …) do not add up to.

    Args:
        context: The report.
        section: Key of the section that holds the statement.
        words: Words that name the fee.
        none: Words that say that none was charged.
    """
    said = _statement(context, section, words, none)
    if said is None or len(said.parts) < 2:  # noqa: PLR2004  one part is no list
        return
    pairs: list[tuple[str, str, Number, Number]] = []
    if len(said.counts) == 1:
        pairs.append(("件数", "requests", said.counts[0], sum(count for count, _ in said.parts)))
    if len(said.amounts) == 1:
        pairs.append(("金额", "yuan", said.amounts[0], sum(amount for _, amount in said.parts)))
    for what_zh, what_en, whole, total in pairs:
        if whole == total:
            yield SATISFIED
        else:
            values = {"what_zh": what_zh, "what_en": what_en, "whole": whole, "total": total}
            yield Evidence(location=said.location, values=values)


def fee_unpaid_unreported(
    context: CheckContext, *, section: str, words: Sequence[str], none: Sequence[str], row: str
) -> Iterator[Evidence | Satisfied]:
    """Requests closed because a fee was not paid, in a report that tells of fewer fee notices, or of none.

    Args:
        context: The report.
        section: Key of the section that holds the statement.
        words: Words that name the fee.
        none: Words that say that no notice was issued at all.
        row: Key of the row of table 3.
    """
    table = context.report.tables.get("requests")
    layout = context.layouts.get(table.form) if table else None
    spec = layout.table("requests") if layout else None
    if table is None or spec is None or (row, "total") not in spec.index:
        return
    unpaid = table.values[spec.index[row, "total"]]
    if unpaid is None:
        return
    said = _statement(context, section, words, none)
    if unpaid == 0 or (said is not None and max(said.counts, default=0) >= unpaid):
        yield SATISFIED
        return
    told = max(said.counts, default=None) if said is not None else None
    values: dict[str, Number | str | None] = {
        "unpaid": unpaid,
        "said_zh": "没有写发出收费通知的件数" if told is None else f"只写到 {told} 件",
        "said_en": "no number of fee notices is given"
        if told is None
        else f"no more than {told} are told of",
    }
    yield Evidence(location=Location(table="requests", row=row, column="total"), values=values)
