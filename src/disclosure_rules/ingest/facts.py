"""The figures of the narrative, with their places.

A figure is taken only from a sentence whose wording leaves no doubt what it counts; a mention that fits no pattern
is not used. `没有` and `未收到` are the figure 0: the author says so. Nothing is added up here.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.figures import (
    FIGURE,
    Clause,
    bracketed,
    figure_of,
    itemised,
    percentage,
    read_clauses,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from disclosure_rules.model.report import Fact, Section

__all__ = ["find_facts"]

_NEVER = r"(?:没有|尚?未|从未)(?:收到|接到|受理|发生|出现|引发|产生|涉及)"
_INFORMATION = r"(?:各类|各级)?(?:政府|政务)信息(?:公开)?(?:数量?|总数)?(?:共计?|总计|合计|达到?|为)?"

_DISCLOSED = re.compile(
    rf"(?:主动公开(?:的|各类|我[^\d。,;]{{1,8}})?|公布|(?<!申请)公开(?:了|各类)?){_INFORMATION}{FIGURE}"
)
_DISCLOSED_BY = re.compile(rf"(?<=[。,;:])(?P<label>[^\d。,;:]{{2,30}}?)主动公开(?:政府|政务)信息{FIGURE}")
_CATEGORIES = re.compile(rf"(?:主动公开的{FIGURE}(?:政府|政务)信息中,|主要类别有?:)")
_RECEIVED = re.compile(
    r"(?:收到|收办|接到|受理|新收)(?:和受理|并受理|或受理)?"
    rf"(?P<what>[^\d。,;、“”]{{0,24}}?申请[^\d。,;、“”]{{0,10}}?){FIGURE}"
)
# 共收到25件政府信息公开申请
_RECEIVED_BEFORE = re.compile(rf"(?:收到|接到|受理)了?{FIGURE}(?P<what>[^\d。,;、“”]{{0,16}}?申请)(?!人)")
_NOT_RECEIVED = re.compile(
    rf"(?:{_NEVER}|没有|无(?=政府|信息|依申请|公民))(?:任何)?(?:公民、法人)?(?P<what>[^\d。,;、]{{0,30}}?申请)"
)
_ANSWERED = re.compile(rf"答复(?:总数|数)(?:共|为)?{FIGURE},其中")
_CONSULTED = re.compile(rf"咨询[^\d。,;]{{0,30}}?{FIGURE}")
_NOT_CONSULTED = re.compile(rf"(?:{_NEVER}|没有|无)[^。,;]{{0,16}}?咨询")
_REPLY_RATE = re.compile(r"(?:回复|答复)率(?:均?达到?|为|是)?(?P<number>\d{1,3}(?:\.\d{1,4})?)%")
_REVIEWS = re.compile(rf"行政复议(?:申请|案件|数)?(?:共|为|有)?{FIGURE}")
_REVIEWS_BEFORE = re.compile(rf"{FIGURE}[^\d。,;]{{0,16}}?的?行政复议(?![^。,;]{{0,4}}诉讼)")
_NO_REVIEWS = re.compile(rf"(?:{_NEVER}[^。,;]{{0,24}}?|(?:没有|无)(?:任何|因)?[^。,;]{{0,12}}?)行政复议")
_LITIGATION = re.compile(rf"行政诉讼(?:案件|数)?(?:共|为|有)?{FIGURE}")
_NO_LITIGATION = re.compile(rf"(?:{_NEVER}[^。,;]{{0,40}}?|(?:没有|无)(?:任何|因)?[^。,;]{{0,24}}?)诉讼")
_ABOUT_DISCLOSURE = re.compile(r"信息|依法?申请|公开")
_OTHER_REMEDY = re.compile(r"复议|诉讼|申诉|举报")
_DONE = re.compile(
    r"(?:[已均共都]|全部|依法|按时|按期|及时|目前|现已|另有?|尚有?){0,3}"
    r"(?:办结|办毕|办理|答复|回复|结转|处理|受理|撤回|撤销|转办|上年|上一年)"
)
# 因具体行政行为被提起行政诉讼2起: what was done otherwise than about information.
_OTHER_ACTS = re.compile(r"具体行政行为[^。,;]{0,20}$")
_OF_WHICH = re.compile(r"其中|包括|分别|\(")
_CLAUSE_END = re.compile(r"[。,;]")
_SO_FAR = re.compile(r"(?:累计|历年|自\d{4}年以来)[^。,;]{0,12}$")
# 共发布信息542条,其中:门户网站主动公开政府信息496条: what one channel published is not the whole.
_AS_PART = re.compile(
    r"(?:发布|公布|公开)[^\d。,;]{0,12}\d[^。,;]{0,4}[,;:]?其中[^\d。;]*(?:网站|平台|微信|公众号|专栏)[^\d。;]*$"
)
_LOOK_BACK = 20
_PART_BACK = 60


class _Search(NamedTuple):
    """Where a figure is looked for, section by section, and how."""

    key: str
    sections: tuple[str, ...]
    find: Callable[[Clause], Fact | None]


def find_facts(sections: Sequence[Section]) -> dict[str, Fact]:
    """The figures that the sections state.

    Args:
        sections: The sections of a report of any layout.

    Returns:
        The facts by key: those of the layouts, and `disclosed_by_category` and `answers`, whose parts are lists that
        a rule may add up. The number is None where the text says about how many (18万余条). A part's key is its
        printed label.
    """
    found: dict[str, Fact] = {}
    clauses = {
        key: [
            clause
            for section in sections
            if section.key == key
            for clause in read_clauses(section.paragraphs)
        ]
        for key in {section.key for section in sections}
    }
    for search in _SEARCHES:
        places = (clause for section in (*search.sections, None) for clause in clauses.get(section, ()))
        fact = next((fact for fact in map(search.find, places) if fact), None)
        if fact:
            found[search.key] = fact
    categories = found.get("disclosed_by_category")
    disclosed = found.get("disclosed")
    if categories and categories.number is None and disclosed:
        # 主要类别有： breaks the figure of the same section down without repeating it.
        found["disclosed_by_category"] = categories.model_copy(
            update={"number": disclosed.number, "unit": disclosed.unit}
        )
    return found


def _disclosed(clause: Clause) -> Fact | None:
    for match in _DISCLOSED.finditer(clause.text):
        if _SO_FAR.search(clause.text, max(0, match.start() - _LOOK_BACK), match.start()):
            continue
        if _AS_PART.search(clause.text, max(0, match.start() - _PART_BACK), match.start()):
            return None
        if _has_sibling(clause, _DISCLOSED, match):
            return None
        number, unit = figure_of(match)
        parts = [_part(clause, part) for part in _DISCLOSED_BY.finditer(clause.text, match.end())]
        fact = clause.fact("disclosed", number, unit, match.span())
        return fact.model_copy(update={"parts": tuple(parts) if len(parts) > 1 else ()})
    return None


def _part(clause: Clause, match: re.Match[str]) -> Fact:
    number, unit = figure_of(match)
    label = clause.paragraph.text[clause.squeezed.printed(*match.span("label"))]
    return clause.fact(label, number, unit, (match.start("label"), match.end()))


def _categories(clause: Clause) -> Fact | None:
    match = _CATEGORIES.search(clause.text)
    if not match:
        return None
    number, unit = figure_of(match) if match["number"] else (None, None)
    parts = itemised(clause, match.end(), ",;")
    if not parts:
        return None
    fact = clause.fact("disclosed_by_category", number, unit, match.span())
    return fact.model_copy(update={"parts": tuple(parts)})


def _received(clause: Clause) -> Fact | None:
    for pattern in (_RECEIVED, _RECEIVED_BEFORE):
        match = next((match for match in pattern.finditer(clause.text) if _is_request(match["what"])), None)
        if match is None:
            continue
        if _has_sibling(clause, pattern, match):
            return None
        number, unit = figure_of(match)
        parts = bracketed(clause, match.end()) or _of_which(clause, match.end())
        fact = clause.fact("requests_received", number, unit, match.span())
        return fact.model_copy(update={"parts": tuple(parts)})
    for match in _NOT_RECEIVED.finditer(clause.text):
        rest = clause.text[match.end() : _clause_end(clause.text, match.end())]
        if _is_request(match["what"]) and not _OTHER_REMEDY.search(rest):
            return clause.fact("requests_received", 0, None, match.span())
    return None


def _is_request(what: str) -> bool:
    """Whether something is a request for information and not one for a licence or a review."""
    return bool(_ABOUT_DISCLOSURE.search(what)) and not _OTHER_REMEDY.search(what)


def _has_sibling(clause: Clause, pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    """Whether the sentence counts on with another figure of the same kind: then neither is the whole.

    After 其中 the second figure is a part of the first, and the same figure once more is no other.
    """
    end = clause.text.find("。", match.end())
    after = pattern.search(clause.text, match.end(), end if end >= 0 else len(clause.text))
    if after is None or figure_of(after) == figure_of(match):
        return False
    return not _OF_WHICH.search(clause.text, match.end(), after.end())


def _clause_end(text: str, start: int) -> int:
    end = _CLAUSE_END.search(text, start)
    return end.start() if end else len(text)


def _of_which(clause: Clause, start: int) -> list[Fact]:
    """The parts behind 其中; what was done with them next is none of them (网络9件，信函8件，办结16件)."""
    if not clause.text.startswith((",其中", ";其中"), start):
        return []
    parts = list(takewhile(lambda part: not _DONE.match(part.key), itemised(clause, start + 1)))
    return parts if len(parts) > 1 else []


def _answered(clause: Clause) -> Fact | None:
    match = _ANSWERED.search(clause.text)
    if not match:
        return None
    number, unit = figure_of(match)
    fact = clause.fact("answers", number, unit, match.span())
    return fact.model_copy(update={"parts": tuple(itemised(clause, match.end() - len("其中")))})


def _consulted(clause: Clause) -> Fact | None:
    match = _CONSULTED.search(clause.text)
    if match:
        if _has_sibling(clause, _CONSULTED, match):
            return None
        number, unit = figure_of(match)
        parts = itemised(clause, match.end() + 1)
        fact = clause.fact("consultations", number, unit, match.span())
        return fact.model_copy(update={"parts": tuple(parts)})
    return _zero(clause, "consultations", _NOT_CONSULTED)


def _reply_rate(clause: Clause) -> Fact | None:
    match = _REPLY_RATE.search(clause.text)
    return clause.fact("reply_rate", percentage(match["number"]), "%", match.span()) if match else None


def _reviews(clause: Clause) -> Fact | None:
    return _counted(clause, "reviews", _REVIEWS, _REVIEWS_BEFORE) or _zero(clause, "reviews", _NO_REVIEWS)


def _litigation(clause: Clause) -> Fact | None:
    return _counted(clause, "litigation", _LITIGATION) or _zero(clause, "litigation", _NO_LITIGATION)


def _counted(clause: Clause, key: str, *patterns: re.Pattern[str]) -> Fact | None:
    for pattern in patterns:
        match = pattern.search(clause.text)
        if match and not _OTHER_ACTS.search(clause.text, 0, match.start()):
            number, unit = figure_of(match)
            return clause.fact(key, number, unit, match.span())
    return None


def _zero(clause: Clause, key: str, pattern: re.Pattern[str]) -> Fact | None:
    match = pattern.search(clause.text)
    return clause.fact(key, 0, None, match.span()) if match else None


_SEARCHES = (
    _Search("disclosed", ("proactive_disclosure", "overview"), _disclosed),
    _Search("disclosed_by_category", ("proactive_disclosure",), _categories),
    _Search("requests_received", ("requests", "overview"), _received),
    _Search("answers", ("requests", "overview"), _answered),
    _Search("consultations", ("consultations",), _consulted),
    _Search("reply_rate", ("consultations", "proactive_disclosure", "overview", "requests"), _reply_rate),
    _Search("reviews", ("reviews_and_litigation", "requests", "overview"), _reviews),
    _Search("litigation", ("reviews_and_litigation", "requests", "overview"), _litigation),
)
