"""Verbs about figures that the text breaks down: whether the parts make the whole."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.checks.mentions import Scope, When
from disclosure_rules.checks.passages import spoken
from disclosure_rules.checks.telling import about_figures
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied, Undecided
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.checks.mentions import Mention
    from disclosure_rules.model.report import Number

__all__ = ["breakdowns_unequal_figure", "lists_unequal_figure"]

# Words that open a list behind its figure; 其中 may stand a few words behind, the others follow it at once.
_OPENED = re.compile(
    r"(?P<bracket>[（(](?:其中|包括|包含|含)?)|[^。！？\n]{0,12}?其中|。\s?其中"
    r"|[，,。；;\s]{0,2}(?:主要)?(?:包括|包含|含|分别[为是])|\s?(?=[：:])"
)
# How often an item was looked at stands between the items: 公众号2464条,年度阅读量为29.4万次,网站480条.
_ASIDE = re.compile(r"[^，,、；;。]{0,12}(?:阅读|点击|浏览|访问|播放|关注|订阅|粉丝)[^，,、；;。]{0,8}$")
# Words that open the parts of an item within a list.
_NESTED = re.compile(r"[，,、（(]{0,2}(?:其中|包括|包含|含)")
_BRACKET = re.compile(r"[（(][^（）()。！？\n]{1,2000}[）)]")
_MOST_ITEMS = 60
_NEAR = 24
_REST = ("其他", "其它", "其余")
# No sentence with a list is longer.
_LONGEST = 4_000
# An item that is a class of information and nothing more; what a channel published, others published too.
_CHANNELS = "网站|网页|微信|微博|公众号|平台|媒体|抖音|系统|专栏|栏目|公开栏|线上|线下"
_NO_CLASS = f"(?!其中|包括|转发|转载|原创|点击|阅读|{_CHANNELS})"
_LABEL = rf"[,，、；;：:和及]{{0,2}}(?:{_NO_CLASS}[^,，、；;：:0-9（）()]){{1,16}}"
_CLASS = re.compile(rf"{_LABEL}(?:类(?:政府)?(?:信息)?|信息)")
# In a row of three and more, bare names are classes too: 机构信息23条、政府政策2条、人事信息1条.
_NAME = re.compile(_LABEL)
_FEWEST_NAMES = 3
# A way in which requests and questions come: each comes in one.
_WAY = re.compile(
    r"[,，、；;：:和及]{0,2}(?:其他|其它)?(?:通过|以|经)?"
    r"(?:当面|现场|窗口|电话|来电|信函|信件|邮寄|邮递|书面|网络|网上|在线|线上|互联网|网站|平台|传真|电子邮件|电子邮箱|邮件|邮箱)"
    r"(?:申请|咨询|提交|提出|方式|渠道|形式|的|收到|受理|平台|系统){0,4}"
)
_STOPS = "。！？\n"
_SEMICOLONS = (";", "；")
_LEADING = " ，、；,;和及以"


@about_figures
def breakdowns_unequal_figure(
    context: CheckContext,
    *,
    parts: Sequence[str],
    together: Mapping[str, Sequence[str]],
    wholes: Sequence[Sequence[str]],
) -> Iterator[Evidence | Satisfied | Undecided]:
    """Results of a paragraph that do not add up to the figure they break down.

    Only a list with every part counts, each given once. It is right where its sum is one of the wholes that the
    paragraph states.

    Args:
        context: The report.
        parts: Quantities that together are all results.
        together: A quantity → the parts that it counts at once (予以公开和部分公开).
        wholes: What the parts may add up to: a quantity, then those that are added to the parts, or with `-` taken
            away, before they are compared. It counts where the paragraph states all of them.
    """
    for found in _by_paragraph(context):
        values = _complete(found, parts, together)
        options = [terms for terms in wholes if all(term.removeprefix("-") in found for term in terms)]
        if values is None or not options:
            continue
        last = found[options[0][0]]
        used = [*values, *(found[term.removeprefix("-")] for terms in options for term in terms)]
        if any(one.number is None for one in used):
            yield Undecided(reason=_unread(last), location=last.location)
            continue
        sums = [_sum(found, values, terms) for terms in options]
        if any(one.gap == 0 for one in sums):
            yield SATISFIED
        else:
            nearest = min(sums, key=lambda one: one.gap)
            yield Evidence(location=nearest.whole.location, values=nearest.told())


@about_figures
def lists_unequal_figure(context: CheckContext) -> Iterator[Evidence | Satisfied | Undecided]:
    """A figure and the list behind 其中, of which the last item is the rest (其他) and which do not make it.

    A list that names its rest is complete; of any other nobody knows, and it is right where it happens to add up. No
    list of classes (动态类信息120条、财政类信息18条) makes more than its whole: a thing is of one class. Nor does a list
    of the ways in which requests came. Behind the full stop of a sentence with several figures only a part that is
    larger than all of these is wrong. Lists that other verbs look at, those of requests and their results, are left out.
    """
    every = context.mentions
    for at, whole in enumerate(every):
        if whole.denied or not whole.unit or whole.unit == "%" or whole.number is None or whole.margin:
            continue
        items = _items(whole, every[at + 1 : at + 1 + _MOST_ITEMS])
        if len(items) < 2:  # noqa: PLR2004  one figure lists nothing
            continue
        numbers = [item.number for item in items if item.number is not None]
        # Behind a full stop 其中 may speak of any figure of the sentence before, or of all of them together.
        if whole.passage.printed.startswith("。", whole.end) and (before := [*_before(every, at)]):
            together = sum(one.number or 0 for one in (*before, whole))
            if max(numbers) > together and all(one.number and not one.margin for one in before):
                text = whole.passage.printed[before[-1].start : whole.end]
                yield _unequal(whole, spoken(text, 0, len(text)), together, numbers)
            continue
        total = sum(numbers)
        if total == whole.number or any(total == one.number for one in _before(every, at)):
            yield SATISFIED
        elif _closed(items[-2], items[-1]) or (total > whole.number and _apart(whole, items)):
            yield _unequal(whole, whole.words, whole.number, numbers)


def _unequal(whole: Mention, text: str, number: Number, numbers: Sequence[Number]) -> Evidence:
    total = sum(numbers)
    return Evidence(
        location=whole.location,
        values={
            "text": text,
            "number": number,
            "parts": " + ".join(str(number) for number in numbers),
            "total": total,
            "difference": abs(total - number),
        },
    )


class _Sum(NamedTuple):
    whole: Mention
    words: str
    total: Decimal

    @property
    def gap(self) -> Decimal:
        return abs(self.total - Decimal(self.whole.number or 0))

    def told(self) -> dict[str, Number | str | None]:
        return {
            "text": self.whole.words,
            "number": self.whole.number,
            "parts": self.words,
            "total": self.total,
            "difference": self.gap,
        }


def _sum(found: Mapping[str, Mention], parts: Sequence[Mention], terms: Sequence[str]) -> _Sum:
    """The parts with what one whole asks to add to them or to take away."""
    words = " + ".join(str(part.number) for part in parts)
    total = sum((Decimal(part.number or 0) for part in parts), Decimal(0))
    for term in terms[1:]:
        number = Decimal(found[term.removeprefix("-")].number or 0)
        words += f" {'-' if term.startswith('-') else '+'} {number}"
        total += -number if term.startswith("-") else number
    return _Sum(found[terms[0]], words, total)


def _by_paragraph(context: CheckContext) -> Iterator[dict[str, Mention]]:
    """The figures of each paragraph by quantity; a quantity with two figures is left out, for neither is certain."""
    groups: dict[int, list[Mention]] = {}
    for mention in context.mentions:
        if (
            mention.quantity is not None
            and mention.column is None
            and not mention.denied
            and mention.when is When.THIS
            and mention.scope is not Scope.PART
        ):
            groups.setdefault(id(mention.passage), []).append(mention)
    for group in groups.values():
        times = Counter(mention.quantity for mention in group)
        yield {
            mention.quantity: mention
            for mention in group
            if mention.quantity is not None and times[mention.quantity] == 1
        }


def _complete(
    found: Mapping[str, Mention], parts: Sequence[str], together: Mapping[str, Sequence[str]]
) -> list[Mention] | None:
    """The figures of all parts, one for those counted at once; None where one is missing or counted twice."""
    joined = {part: key for key, several in together.items() if key in found for part in several}
    chosen: dict[str, Mention] = {}
    for part in parts:
        key = joined.get(part, part)
        if key not in found or (key != part and part in found):
            return None
        chosen[key] = found[key]
    return list(chosen.values())


def _items(whole: Mention, after: Sequence[Mention]) -> list[Mention]:
    """The figures that the sentence behind `whole` lists: exact, with its measure word; shares are passed over."""
    text = whole.passage.printed
    match = _OPENED.match(text, whole.end)
    if match is None:
        return []
    opened = match.end()
    stops = f"{_STOPS}）)" if match["bracket"] else _STOPS
    end = min(
        (place for stop in stops if (place := text.find(stop, opened, opened + _LONGEST)) >= 0),
        default=len(text),
    )
    items: list[Mention] = []
    for mention in after:
        if mention.passage is not whole.passage or mention.start >= end:
            break
        if mention.unit == "%" or _is_aside(whole, mention):
            continue
        if mention.denied or mention.number is None or mention.unit != whole.unit or _requests(mention):
            return []
        items.append(mention)
        if text.startswith(_SEMICOLONS, mention.end) and _ended(whole, items, text[opened : mention.start]):
            break
    return _without_parts(items, text)


def _is_aside(whole: Mention, mention: Mention) -> bool:
    """Whether a figure of another measure tells how often what the list counts was looked at."""
    before = mention.passage.printed[max(0, mention.start - _NEAR) : mention.start]
    return mention.unit != whole.unit and _ASIDE.search(before) is not None


def _ended(whole: Mention, items: Sequence[Mention], listed: str) -> bool:
    """Whether a list ends at the first semicolon in it: with its rest, or where its items make the whole.

    政策文件207条，包含事故调查11条、其他97条；工作动态145条, or 信息97条，其中政务公开10条，资讯类87条；回复留言10条.
    """
    if len(items) < 2 or any(mark in listed for mark in _SEMICOLONS):  # noqa: PLR2004  one figure lists nothing
        return False
    return _closed(*items[-2:]) or sum(item.number or 0 for item in items) == whole.number


def _before(every: Sequence[Mention], at: int) -> Iterator[Mention]:
    """The figures of the sentence before one that could as well be what is broken down: 16条,不予公开0条,其中…."""
    whole = every[at]
    text = whole.passage.printed
    farthest = max(0, whole.start - _LONGEST)
    begun = max(farthest, *(text.rfind(stop, farthest, whole.start) + 1 for stop in _STOPS))
    for one in reversed(every[max(0, at - _MOST_ITEMS) : at]):
        if one.passage is not whole.passage or one.end < begun:
            return
        if one.unit == whole.unit and not one.denied:
            yield one


def _without_parts(items: Sequence[Mention], text: str) -> list[Mention]:
    """The items without the parts of one of them: 1233条,含政策2条,其他1231条, or 289条(动态184条、其他105条).

    Returns:
        Nothing where it is not known where the parts end.
    """
    kept: list[Mention] = []
    at = 0
    while at < len(items):
        item, at = items[at], at + 1
        kept.append(item)
        if at == len(items):
            continue
        if not _NESTED.match(text, item.end):
            within = _BRACKET.match(text, item.end)
            while within and at < len(items) and items[at].start < within.end():
                at += 1
            continue
        total: Number = 0
        while at < len(items) and total < (item.number or 0):
            total, at = total + (items[at].number or 0), at + 1
        if total != item.number:
            return []
    return kept


def _requests(mention: Mention) -> bool:
    return mention.quantity is not None and not mention.quantity.startswith("items")


def _closed(before: Mention, item: Mention) -> bool:
    """Whether the item is the rest of its list: 其他信息72514条."""
    label = item.passage.printed[before.end : item.start]
    return label.lstrip(_LEADING).startswith(_REST)


def _apart(whole: Mention, items: Sequence[Mention]) -> bool:
    """Whether the items cannot overlap: each is a class and nothing more, or a way in which requests come.

    Channels of publication overlap, and a class may be broken down again.
    """
    text = whole.passage.printed
    opened = _OPENED.match(text, whole.end)
    ends = [opened.end() if opened else whole.end, *(item.end for item in items)]
    labels = ["".join(text[end : item.start].split()) for end, item in zip(ends, items, strict=False)]
    if whole.unit == "人次" or (whole.quantity is not None and whole.quantity.startswith("requests")):
        kind = _WAY
    else:
        kind = _NAME if len(labels) >= _FEWEST_NAMES else _CLASS
    return all(kind.fullmatch(label) for label in labels)


def _unread(whole: Mention) -> Text:
    return Text(
        zh=f"「{whole.words}」一段中有约数，各项不能相加",
        en=f"approximate figures stand near “{whole.words}”; they cannot be added up",
    )
