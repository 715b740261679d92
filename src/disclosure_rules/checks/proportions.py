"""Verbs that reckon again what the text has reckoned: shares, and changes against last year."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.checks.formulas import amount
from disclosure_rules.checks.mentions import Scope, When
from disclosure_rules.checks.telling import about_figures
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied, Undecided
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.checks.mentions import Mention
    from disclosure_rules.model.location import Location
    from disclosure_rules.model.report import Number

__all__ = ["changes_miscalculated", "quoted_figures_wrong", "shares_miscalculated", "trends_contradicted"]

_UP = "增长|增加|上升|提高|提升|扩大|上涨"
_DOWN = "下降|减少|降低|回落|下滑|减幅|降幅"
# What may stand between two figures is read no further than this.
_BETWEEN = 40
_SHARE = re.compile(r"[,，、(（]?(?:约|共)?占(?P<of>[^,，。;；、]{0,12}?)(?:的?比例?|的)?(?:为|达|约)?")
_OF_ALL = re.compile(r"(?:总数|总量|全部|总的?|申请|受理|收到|办结|答复|信息|件数|数量|全年|比重|公开|政府)*")
# Last year's figure between this year's and the change: 240件，上年为200件，同比增长20%.
_LAST = (
    r"[,，(（](?:上年度?|去年|上一年度?|20[0-9]{2}年度?)(?:同期)?(?:为|是|有)?"
    r"[0-9,.]{1,12}[万件条宗份个起次]{1,2}[)）]?[,，]?"
)
_CHANGE = re.compile(
    rf"(?:{_LAST}|[,，(（]?(?:(?!其中)[^,，。;；0-9]){{0,8}}?)"
    r"(?:同比|(?:较|比|与)(?:上年度?|去年|上一年度?|20[0-9]{2}年度?)(?:同期|相比)?的?[,，]?)"
    r"(?:[0-9,.]{1,12}[万件条宗份个起次]{1,2})?"
    rf"[^,，。;；0-9]{{0,6}}?(?P<trend>{_UP}|{_DOWN})(?:了|约|率?为|达)?(?P<sign>[-－−]?)"
)
_FROM_TO = re.compile(
    rf"[^,，。;；0-9]{{0,12}}[,，]?(?P<trend>{_UP}|{_DOWN})(?:了)?(?:到|至|为)"
    r"(?:20[0-9]{2}年度?)?[^,，。;；0-9]{0,8}"
)


# 基本持平 leaves room, and is not looked at.
_LEVEL = re.compile(r"[,，(（]?(?:[与和同比](?:上年度?|去年|上一年度?)(?:同期)?(?:相比)?[,，]?)持平")


@about_figures
def shares_miscalculated(context: CheckContext) -> Iterator[Evidence | Satisfied | Undecided]:
    """Shares (258件，占33.9%) that no figure before them makes, rounded as they are printed.

    The whole is not guessed: a share is wrong only where another share of the paragraph is right by the same whole,
    or where the part is told to be one of that whole (其中). Shares of all parts of a whole that were rounded so that
    they make 100 % are right as well: one of them then differs by less than its last printed place.
    """
    for paragraph in _paragraphs(context):
        shares = list(_shares(paragraph))
        sure = {base.start for share in shares for base in share.bases if share.is_of(base)}
        fitted = _fitted(shares)
        for share in shares:
            if share.part.start in fitted or any(share.is_of(base) for base in share.bases):
                yield SATISFIED
                continue
            bases = [base for base in share.bases if base.start in sure] or share.whole
            if bases and share.of_all:
                base = min(bases, key=share.distance)
                yield Evidence(location=share.place, values=share.told(base))
            else:
                yield Undecided(reason=_no_whole(share.percent), location=share.place)


@about_figures
def changes_miscalculated(context: CheckContext) -> Iterator[Evidence | Satisfied | Undecided]:
    """Changes against last year (3646件，同比增长1.05%) that last year's figure does not make.

    Last year's figure is the one that the paragraph quotes, or that of the report of the year before. Without either,
    a change of a known quantity is undecided. A change of the other sign is `trends-contradicted`.
    """
    for change in _changes(context):
        if change.signed_wrong:
            continue
        if not change.last:
            yield Undecided(reason=_no_last(change.printed), location=change.place)
        elif any(change.is_from(last) for last in change.last):
            yield SATISFIED
        elif any(change.agrees(last) for last in change.last):
            yield Evidence(location=change.place, values=change.told())


@about_figures
def trends_contradicted(context: CheckContext) -> Iterator[Evidence | Satisfied | Undecided]:
    """Growth in words and a fall in figures, or the other way round: 增长-5%, 由10件下降到15件; 持平 of other figures."""
    yield from _levels(context)
    for change in _changes(context):
        if change.signed_wrong or (change.last and not any(change.agrees(last) for last in change.last)):
            why = _below_zero() if change.signed_wrong else _against(change.last[0], change.number.number)
            yield Evidence(location=change.place, values={**change.told(), **why})
        elif change.last:
            yield SATISFIED
    for paragraph in _paragraphs(context):
        for first, second in pairwise(paragraph):
            match = _FROM_TO.fullmatch(_text_between(first, second))
            if match is None or first.number is None or second.number is None or first.unit != second.unit:
                continue
            grows = match["trend"] in _UP.split("|")
            values: dict[str, Number | str | None] = {
                "text": _quoted(first, second),
                "trend": match["trend"],
                **_against(first.number, second.number),
            }
            if (second.number > first.number) == grows and second.number != first.number:
                yield SATISFIED
            else:
                yield Evidence(location=second.location, values=values)


def _levels(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Figures said to be as last year's that last year's tables do not have."""
    for mention in context.mentions:
        if not mention.comparable or mention.denied:
            continue
        match = _LEVEL.match(mention.passage.printed, mention.end)
        last = _last_year(context, mention) if match is not None else []
        if match is None or not last:
            continue
        if mention.number in last:
            yield SATISFIED
        else:
            text = mention.words + mention.passage.printed[mention.end : match.end()]
            values = {"text": text, "trend": "持平", **_against(last[0], mention.number)}
            yield Evidence(location=mention.location, values=values)


@about_figures
def quoted_figures_wrong(context: CheckContext) -> Iterator[Evidence | Satisfied | Undecided]:
    """Last year's figures as this year's text quotes them that last year's tables do not have."""
    if context.previous is None:
        return
    for mention in context.mentions:
        if mention.when is not When.LAST or mention.denied or mention.scope is not Scope.REPORT:
            continue
        known = _last_year(context, mention)
        if mention.number is None or not known:
            continue
        number, margin = Decimal(mention.number), Decimal(mention.margin)
        if any(abs(Decimal(last) - number) <= margin for last in known):
            yield SATISFIED
        else:
            yield Evidence(
                location=mention.location,
                values={"text": mention.words, "number": mention.number, "last": known[0]},
            )


class _Share(NamedTuple):
    part: Mention
    percent: Mention
    bases: list[Mention]
    whole: list[Mention]
    of_all: bool

    @property
    def place(self) -> Location:
        return self.percent.location

    def of(self, base: Mention) -> Decimal:
        return Decimal(self.part.number or 0) * 100 / Decimal(base.number or 1)

    def distance(self, base: Mention) -> Decimal:
        return abs(self.of(base) - Decimal(self.percent.number or 0))

    def is_of(self, base: Mention) -> bool:
        return self.distance(base) <= _half(self.percent.number)

    def is_nearly_of(self, base: Mention) -> bool:
        """Whether it is the share but for less than its last printed place."""
        return self.distance(base) < 2 * _half(self.percent.number)

    def told(self, base: Mention) -> dict[str, Number | str | None]:
        return {
            "part": self.part.number,
            "text": self.part.words,
            "whole": base.number,
            "percent": self.percent.number,
            "due": _rounded(self.of(base), self.percent.number),
        }


def _fitted(shares: Sequence[_Share]) -> set[int]:
    """Where the parts stand whose shares were rounded so that all of a whole together make 100 %."""
    wholes = {base.start: base for share in shares for base in share.bases}
    for base in wholes.values():
        of_base = [share for share in shares if base in share.bases and share.is_nearly_of(base)]
        parts = sum((Decimal(share.part.number or 0) for share in of_base), Decimal(0))
        percents = sum((Decimal(share.percent.number or 0) for share in of_base), Decimal(0))
        if of_base and parts == base.number and percents == _WHOLE:
            return {share.part.start for share in of_base}
    return set()


class _Change(NamedTuple):
    number: Mention
    printed: Mention
    trend: str
    negative: bool
    last: list[Number]

    @property
    def place(self) -> Location:
        return self.printed.location

    @property
    def up(self) -> bool:
        return self.trend in _UP.split("|")

    @property
    def signed_wrong(self) -> bool:
        """增长-5%: a growth below 0, whatever the figures."""
        return self.negative and bool(self.printed.number)

    def by(self, last: Number) -> Decimal:
        """The change as it is printed: in percent, or in things counted."""
        difference = Decimal(self.number.number or 0) - Decimal(last)
        return difference * 100 / Decimal(last) if self.printed.unit == "%" and last else difference

    def agrees(self, last: Number) -> bool:
        """Whether the word fits the figures; no change at all fits no word, but +0.0% may be what was rounded."""
        change = self.by(last)
        return change > 0 if self.up else change < 0

    def is_from(self, last: Number) -> bool:
        change = self.by(last) if self.up else -self.by(last)
        return abs(change - Decimal(self.printed.number or 0)) <= _half(
            self.printed.number, self.printed.unit
        )

    def told(self) -> dict[str, Number | str | None]:
        last = self.last[0] if self.last else None
        due = _rounded(abs(self.by(last)), self.printed.number) if last is not None else None
        return {
            "text": _quoted(self.number, self.printed),
            "trend": self.trend,
            "number": self.number.number,
            "last": last,
            "printed": f"{self.printed.number}{self.printed.unit}",
            "due": None if due is None else f"{due}{self.printed.unit}",
        }


def _paragraphs(context: CheckContext) -> Iterator[list[Mention]]:
    """The figures of each paragraph, without denials."""
    found: list[Mention] = []
    for mention in context.mentions:
        if found and found[-1].passage is not mention.passage:
            yield found
            found = []
        if not mention.denied:
            found.append(mention)
    if found:
        yield found


def _shares(paragraph: Sequence[Mention]) -> Iterator[_Share]:
    """The shares of a paragraph, each with the figures before it that could be its whole."""
    before: list[Mention] = []
    for part, percent in pairwise(paragraph):
        before.append(part)
        if percent.unit != "%" or part.unit == "%" or part.number is None or percent.number is None:
            continue
        match = _SHARE.fullmatch(_text_between(part, percent))
        if match is None:
            continue
        bases = [
            one
            for one in before[-_MOST:-1]
            if one.unit == part.unit and one.number and one.number >= part.number and not one.margin
        ]
        whole = [one for one in bases if _of_which(one, part)][-1:]
        yield _Share(part, percent, bases, whole, bool(_OF_ALL.fullmatch(match["of"])))


_WHOLE = 100
# So many figures before a share are tried as its whole.
_MOST = 40


def _changes(context: CheckContext) -> Iterator[_Change]:
    for paragraph in _paragraphs(context):
        counted: Mention | None = None
        for at, mention in enumerate(paragraph):
            match = _CHANGE.fullmatch(_text_between(counted, mention)) if counted is not None else None
            if match is None or counted is None or mention.number is None or counted.number is None:
                # Another year's figure does not come between a figure and its change: 45件，较2022年的35件增长28.6%.
                counted = mention if mention.unit != "%" and mention.when is When.THIS else counted
                continue
            quoted = [
                one.number
                for one in paragraph[max(0, at - 2) : at + 2]
                if one.when is When.LAST and _same(one, counted, mention) and one.number
            ]
            last = quoted or _last_year(context, counted)
            if counted.quantity is not None or last:
                yield _Change(counted, mention, match["trend"], bool(match["sign"]), last)


def _same(last: Mention, counted: Mention, printed: Mention) -> bool:
    """Whether last year's figure is of the same things; where they are not known, it must stand in between."""
    if counted.quantity is not None or last.quantity is not None:
        return last.quantity == counted.quantity
    return last.unit == counted.unit and counted.end <= last.start < printed.start


def _last_year(context: CheckContext, mention: Mention) -> list[Number]:
    """What last year's tables have for the quantity of a figure, by each way to count it."""
    if context.previous is None or context.lexicon is None or mention.quantity is None:
        return []
    options = context.lexicon.quantities[mention.quantity].equals
    found = [amount(context.layouts, context.previous, terms, mention.column) for terms in options]
    return [one.exact for one in found if one is not None and one.exact is not None]


def _of_which(whole: Mention, part: Mention) -> bool:
    text = whole.passage.printed
    return whole.passage is part.passage and "其中" in text[whole.end : min(part.start, whole.end + _BETWEEN)]


def _text_between(first: Mention, second: Mention) -> str:
    """The text between two figures without blanks; something no pattern knows where it is long."""
    if second.start - first.end > _BETWEEN or first.passage is not second.passage:
        return "\n"
    return "".join(first.passage.printed[first.end : second.start].split())


def _quoted(first: Mention, second: Mention) -> str:
    return " ".join(first.words.split()) + first.passage.printed[first.end : second.end]


def _half(number: Number | None, unit: str = "%") -> Decimal:
    """Half of the last printed place; a count of things is exact."""
    if unit != "%":
        return Decimal(0)
    return Decimal(1).scaleb(_places(number)) / 2


def _places(number: Number | None) -> int:
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    return exponent if isinstance(exponent, int) else 0


def _rounded(value: Decimal, like: Number | None) -> Decimal:
    """The value with as many places as the printed number, and one more where it would round to a wrong one."""
    return value.quantize(Decimal(1).scaleb(_places(like)))


def _against(last: Number, number: Number | None) -> dict[str, Number | str | None]:
    """The figures that a word for a trend contradicts, in both languages."""
    return {
        "why_zh": f"数字却是上年 {last}、本年 {number}",
        "why_en": f"the figures are {last} last year and {number} this year",
    }


def _below_zero() -> dict[str, Number | str | None]:
    return {"why_zh": "百分数却带负号", "why_en": "the percentage has a minus"}


def _no_whole(percent: Mention) -> Text:
    return Text(
        zh=f"「{percent.words}」是占哪个总数的比例，不能确定",
        en=f"of which figure “{percent.words}” is a share is not certain",
    )


def _no_last(printed: Mention) -> Text:
    return Text(
        zh=f"「{printed.words}」：没有上一年的数可以核对，请同时提供上一年的报告",
        en=f"“{printed.words}”: there is no figure of last year; give last year's report as well",
    )
