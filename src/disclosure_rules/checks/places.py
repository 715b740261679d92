"""Verbs about another body's or another place's words left in a report."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.checks.passages import (
    HAN,
    Passage,
    either,
    occurrences,
    sentence_around,
    spoken,
    title_place,
)
from disclosure_rules.glyphs import read_through
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.model.body import Region
    from disclosure_rules.regions import RegionIndex

__all__ = ["county_unknown", "other_places", "other_townships", "own_words_unlike", "regions_misnamed"]

_LONGEST_NAME = 16
_LEVELS = "省市县区旗州盟"

# 参内乡 of 安溪县参内乡人民政府: the last two letters before the level.
_TOWNSHIP = re.compile(rf"(?P<name>{HAN}{{2}})(?P<level>乡|镇|街道)(?:人民政府|政府|办事处)?$")
_AUTONOMOUS = re.compile(
    rf"(?P<before>{HAN}{{2,4}})(?P<level>[州县旗])(?P<rest>(?:{HAN}{{1,5}}族){{1,3}}自治(?P=level))"
)
_COUNTY = re.compile(rf"{HAN}{{2,5}}?(?:自治县|县|旗)(?=人民政府|政府|{HAN}{{1,16}}[局委办厅院会所队镇乡])")
# 乡镇街道 are all of them.
_NO_NAME = frozenset("我本全各该城县市区级个等及和与在为乡镇街")


class _Found(NamedTuple):
    """A place named in the text: where its words begin and end, and the divisions that they may mean."""

    start: int
    end: int
    candidates: tuple[Region, ...]


class _Home(NamedTuple):
    """Codes of the report's own place, and its name without its level: 兴仁 of 兴仁市, once 兴仁县 under another code."""

    codes: tuple[str, ...]
    root: str | None = None


def other_places(
    context: CheckContext,
    *,
    subject: Sequence[str],
    belongings: Sequence[str],
    titles: Sequence[str],
    excused: Sequence[str],
) -> Iterator[Evidence | Satisfied]:
    """Another place spoken of as if it were the report's own: 灵武市政府门户网站 in the report of 贺兰县.

    Only strong signs count: a place at the beginning of a sentence that does what a reporting body does, a government
    or site of a place, and another province's rules on disclosure. Own superiors and subordinates are left out.

    Args:
        context: The report.
        subject: What follows the name of a reporting place: 人民政府, 政府门户网站, 坚持.
        belongings: What a report speaks of as its own place's wherever it stands in a sentence: 群众, 经济社会发展.
        titles: Words of the titles of local rules on disclosure.
        excused: Words of sentences that may name other places: 学习, 考察.
    """
    regions = context.regions
    home = _home(context)
    if regions is None or home is None:
        return
    strong = _before_any(_LEVELS, tuple(subject))
    owned = _before_any("省市县旗州", tuple(belongings))
    ruled = re.compile(rf"《(?P<name>{HAN}{{2,8}}?(?:省|自治区|市))(?=[^《》]{{0,20}}(?:{'|'.join(titles)}))")
    found = False
    for passage in context.passages():
        spotted = [
            *_before(passage, strong, regions),
            *_before(passage, owned, regions, anywhere=True),
            *_titled(passage, ruled, regions),
        ]
        told: set[str] = set()
        for place in spotted:
            name = passage.read[place.start : place.end]
            begin, stop = sentence_around(passage.read, place.start, place.end)
            sentence = passage.read[begin:stop]
            if name in told or _is_own(place, home) or any(word in sentence for word in excused):
                continue
            told.add(name)
            found = True
            values = {"name": name, "text": spoken(passage.printed, max(begin, place.start - 20), stop)}
            yield Evidence(location=passage.place(place.start), values=values)
    if not found:
        yield SATISFIED


@lru_cache(maxsize=8)
def _before_any(levels: str, words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"[{levels}](?=(?P<after>{either(words)}))")


def _before(
    passage: Passage, strong: re.Pattern[str], regions: RegionIndex, *, anywhere: bool = False
) -> Iterator[_Found]:
    text = passage.read
    for match in strong.finditer(text):
        window = text[max(0, match.end() - _LONGEST_NAME) : match.end()]
        last = next((named for named in regions.find_all(window) if window.endswith(named.matched)), None)
        if last is None:
            continue
        at = match.end() - len(last.matched)
        # 坚持 and the like prove something only of the subject of a sentence.
        if anywhere or match["after"][0] in "人政" or at == 0 or text[at - 1] in "。；\n” ，":
            yield _Found(at, match.end(), last.candidates)


def _titled(passage: Passage, ruled: re.Pattern[str], regions: RegionIndex) -> Iterator[_Found]:
    for match in ruled.finditer(passage.read):
        named = regions.find_all(match["name"])
        if named and named[0].matched == match["name"]:
            yield _Found(match.start("name"), match.end("name"), named[0].candidates)


def _home(context: CheckContext) -> _Home | None:
    """The report's own place; a body without one is at home in the province that its introduction names."""
    body = context.report.body
    if body is not None and body.region is not None:
        return _Home((body.region.code,), body.region.name[:-1])
    if context.regions is None:
        return None
    text = "".join(read_through(paragraph.text) for paragraph in context.report.introduction)[:4000]
    provinces = {
        region.code
        for name in re.findall(rf"{HAN}{{2,8}}?(?:省|自治区)", text)
        for match in context.regions.find_all(name)
        for region in match.candidates
        if region.code.endswith("0000")
    }
    return _Home(tuple(provinces)) if len(provinces) == 1 else None


def _is_own(place: _Found, home: _Home) -> bool:
    """Whether a place may be the report's own, under this name or an older one, one above it or one below it."""
    return any(
        own.startswith(_stem(region.code))
        or region.code.startswith(_stem(own))
        or (region.name[:-1] == home.root and region.code[:2] == own[:2])
        for region in place.candidates
        for own in home.codes
    )


def _stem(code: str) -> str:
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") else code


def other_townships(
    context: CheckContext, *, doing: Sequence[str], belongings: Sequence[str], excused: Sequence[str]
) -> Iterator[Evidence | Satisfied]:
    """Another township's own things in a township's report: 完善黄村乡信息公开目录 in that of 参内乡.

    Args:
        context: The report.
        doing: What stands before the name, so that no other word is taken for one: 完善, 编制.
        belongings: What follows the name of a township that speaks of itself: 信息公开目录, 政府信息公开.
        excused: Words of sentences that may name other townships: 学习, 撤并.
    """
    body = context.report.body
    own = _TOWNSHIP.search(read_through(body.name)) if body is not None and body.name else None
    if own is None:
        return
    things = either(belongings)
    named = re.compile(
        rf"(?:{either(doing)})(?P<name>{HAN}{{2}})(?P<level>乡|镇|街道)"
        rf"(?=(?:人民政府|政府|办事处)?(?:{things}))"
    )
    found = looked = False
    for passage in context.passages():
        looked = True
        for match in named.finditer(passage.read):
            start, end = sentence_around(passage.read, *match.span())
            is_own = match["name"][-1] == own["name"][-1] or match["name"][-1] in _NO_NAME
            if is_own or any(word in passage.read[start:end] for word in excused):
                continue
            found = True
            values = {
                "name": match["name"] + match["level"],
                "body": body.name if body is not None else None,
                "text": spoken(passage.printed, max(start, match.start() - 20), end),
            }
            yield Evidence(location=passage.place(match.start("name")), values=values)
    if looked and not found:
        yield SATISFIED


def county_unknown(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """A body's name that begins with a county which the table of divisions does not have: 沐阳县人民政府.

    The table has every county under the names it had since 2008, when the first reports were made. A body whose county
    the caller states by its code is let be.
    """
    body, regions = context.report.body, context.regions
    if body is None or not body.name or regions is None:
        return
    unknown = _COUNTY.match(regions.find(read_through(body.name)).rest)
    stated = body.region is not None and not body.region.code.endswith("00")
    # 共青团沭阳县委员会 has words before a county that there is.
    if (
        unknown is None
        or stated
        or any(unknown[0].endswith(one.matched) for one in regions.find_all(unknown[0]))
    ):
        yield SATISFIED
    else:
        yield Evidence(location=title_place(context.report), values={"name": unknown[0], "body": body.name})


def regions_misnamed(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """An autonomous prefecture, county or banner with its level in the middle of its name: 甘孜州藏族自治州."""
    regions = context.regions
    if regions is None:
        return
    looked = found = False
    for passage in context.passages():
        if "族自治" not in passage.read:
            continue
        looked = True
        for match in _AUTONOMOUS.finditer(passage.read):
            before, rest = match["before"], match["rest"]
            names = [before[-length:] + rest for length in range(len(before), 1, -1)]
            name = next((name for name in names if regions.find(name).matched == name), None)
            if name is not None:
                found = True
                start = match.end() - len(name) - 1
                values = {"printed": passage.printed[start : match.end()], "correct": name}
                yield Evidence(location=passage.place(start), values=values)
    if looked and not found:
        yield SATISFIED


def _goes_on(passage: Passage, at: int, word: str) -> bool:
    return passage.read[at + len(word) : at + len(word) + 1] in ("托", "员", "派")


def own_words_unlike(
    context: CheckContext,
    *,
    unlike: Mapping[str, Sequence[str]],
    exempt: Sequence[str] = (),
    sections: Sequence[str] | None = None,
) -> Iterator[Evidence | Satisfied]:
    """Words by which a report speaks of itself that belong to another kind of body: 我局 in a committee's report.

    Args:
        context: The report.
        unlike: End of the body's name → words that a body so named does not use of itself.
        exempt: Beginnings of region codes where such words are in use: 全区 in an autonomous region.
        sections: Where the words are looked for; None for the whole text.
    """
    body = context.report.body
    if body is None or not body.name:
        return
    name = re.sub(r"(?:人民政府|政府)$", "", read_through(body.name))
    ending = next((end for end in unlike if name.endswith(end)), None)
    if ending is None or (body.region is not None and body.region.code.startswith(tuple(exempt))):
        return
    found = looked = False
    for passage in context.passages(sections):
        looked = True
        for word in unlike[ending]:
            # 我委 is a body, 我委托 is not.
            at = next((at for at in occurrences(passage.read, word) if not _goes_on(passage, at, word)), -1)
            if at >= 0:
                found = True
                start, end = sentence_around(passage.read, at, at + len(word))
                values = {
                    "word": word,
                    "body": body.name,
                    "text": spoken(passage.printed, max(start, at - 20), end),
                }
                yield Evidence(location=passage.place(at), values=values)
    if looked and not found:
        yield SATISFIED
