"""The words around a figure that tell what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.checks.mentions.lexicon import Lexicon, Token

__all__ = ["Label", "read_label"]

_BREAKS = ",;。:!?(\n"
# A label goes no further back than this many tokens: enough for the longest list of applicants.
_REACH = 40
# A named unit right before the verb: 市自然资源和规划局收到.
_UNIT_NAME = re.compile(
    r"(?:局|委|厅|院|镇|乡|街道|县|区|处|站|所|部门|单位|公司|中心|学校|集团|分局|园区)(?:共|累计|全年|今年|本年度?)*$"
)
_OWN = re.compile(r"我(?:局|委|厅|院|镇|乡|街道|处|站|所|单位|中心)|本(?:局|委|厅|院|单位|机关)")
_SINCE = re.compile(r"累计|历年|以来|近[一二三四五]年")
_WHOLE_YEAR = re.compile(r"全年|今年|本年|年度|年,|年(?=累计)")
_OTHER_MONTH = re.compile(r"(?:截至|截止|至|1月?)[^,;。]{0,6}?(?<!\d)(?:[1-9]|1[01])月")


@dataclass(frozen=True, slots=True)
class Label:
    """What the words around a figure say.

    Attributes:
        quantity: The quantity; None where they leave doubt.
        column: The column, where they name an applicant.
        tokens: The known words before the figure, in the order of the text.
        follows: The words that tell stand behind the figure (4件政府信息公开申请).
        beside: The word that tells stands right before the figure.
        partial: A channel, a part of the year or the like is named.
        of_which: The figure is one of a list of parts (其中).
        cumulative: The figure goes back over years.
        year_only: Nothing but a year stands before the figure (2023年为3607件).
        subject: Where the text before the first telling word ends; None where there is none.
        start: Where the clause begins.
    """

    quantity: str | None = None
    column: str | None = None
    tokens: tuple[Token, ...] = ()
    follows: bool = False
    beside: bool = False
    partial: bool = False
    of_which: bool = False
    cumulative: bool = False
    year_only: bool = False
    subject: int | None = None
    start: int = 0

    def subject_is_unit(self, text: str) -> bool:
        """Whether a unit is named before the word that tells, so that the figure is that unit's."""
        if self.subject is None:
            return False
        before = text[self.start : self.subject]
        return bool(_UNIT_NAME.search(before)) and not _OWN.search(before)


def read_label(lexicon: Lexicon, text: str, tokens: Sequence[Token], at: int, topic: str | None) -> Label:
    """The label of the figure `tokens[at]`.

    Args:
        lexicon: The words.
        text: The squeezed paragraph.
        tokens: Its tokens.
        at: Which of them the figure is.
        topic: What the paragraph is about so far.
    """
    before, bridges = _before(tokens, at)
    after, beside_after = _after(text, tokens, at)
    start = before[0].start if before else tokens[at].start
    clause = max(text.rfind(mark, max(0, start - 200), start) for mark in _BREAKS + "、") + 1
    said = text[clause : tokens[at].start]
    head = _adjacent(text, tokens[at].start, before, bridges)
    quantity, column, follows = None, None, False
    if any(_denied(token) for token in before):
        pass
    elif head is None and beside_after and not _telling(before):
        quantity, follows = _from_after(lexicon, before, after, topic), True
    elif head is not None:
        quantity, column = _from_before(lexicon, text, before, after, head, topic, tokens[at])
    elif beside_after:
        quantity, follows = _from_after(lexicon, before, after, topic), True
    first = next((token for token in before if _is_key(token)), None)
    since = bool(_SINCE.search(said)) and not _WHOLE_YEAR.search(
        text[max(0, tokens[at].start - 60) : tokens[at].start]
    )
    return Label(
        quantity=quantity,
        column=column,
        tokens=tuple(before),
        follows=follows,
        beside=head is not None and head.end == tokens[at].start,
        partial=any(token.meaning is not None and token.meaning.partial for token in before)
        or bool(_OTHER_MONTH.search(said)),
        of_which="其中" in said,
        cumulative=since,
        year_only=not any(_is_key(token) for token in before)
        and _adjacent_year(tokens[at].start, before, bridges),
        subject=first.start if first else None,
        start=clause,
    )


def _before(tokens: Sequence[Token], at: int) -> tuple[list[Token], dict[int, int]]:
    """The tokens of the clause before the figure, back to a mark or to the figure before.

    Brackets are passed over; the second answer tells where each ends and begins.
    """
    bridges: dict[int, int] = {}
    found: list[Token] = []
    position = at - 1
    while position >= 0 and len(found) < _REACH:
        token = tokens[position]
        if token.kind == "mark" and token.match["mark"] == ")":
            opened = _opening(tokens, position)
            if opened is None:
                break
            bridges[token.end] = tokens[opened].start
            position = opened - 1
            continue
        if token.kind == "figure" and (token.match["unit"] or token.match["scale"]):
            break
        if token.kind == "mark" and token.match["mark"] in _BREAKS:
            break
        found.append(token)
        position -= 1
    return found[::-1], bridges


def _opening(tokens: Sequence[Token], at: int) -> int | None:
    for position in range(at - 1, max(-1, at - _REACH), -1):
        if tokens[position].kind == "mark" and tokens[position].match["mark"] == "(":
            return position
    return None


def _after(text: str, tokens: Sequence[Token], at: int) -> tuple[list[Token], bool]:
    """The tokens behind the figure to the next mark or figure, and whether the first telling one stands beside it."""
    found: list[Token] = []
    beside, end, seen = False, tokens[at].end, False
    for token in tokens[at + 1 : at + 1 + _REACH]:
        if token.kind == "mark" or (token.kind == "figure" and token.match["unit"]):
            break
        if not seen and token.start != end:
            seen = True
        if not seen and _is_key(token) and not _man(text, token):
            beside, seen = True, True
        found.append(token)
        end = token.end
    return found, beside


def _adjacent(text: str, end: int, before: Sequence[Token], bridges: Mapping[int, int]) -> Token | None:
    """The telling word before the figure from which only fillers part it.

    A word that is a filler as well (答复) gives way to one that it only rounds off (同意公开答复9件).
    """
    weak: Token | None = None
    last: Token | None = None
    for token in _touching(end, before, bridges):
        if _is_key(token):
            if _is_filler(token):
                weak = weak or token
            elif weak is None or _acts(token):
                return token
            else:
                return weak
        last = token
    # 其它公开答复2件: what is said before a word as weak as 答复 is not known.
    alone = last is None or last.start == 0 or text[last.start - 1] in _BREAKS + "、"
    return weak if alone else None


def _touching(end: int, before: Sequence[Token], bridges: Mapping[int, int]) -> Iterator[Token]:
    """The tokens back from the figure as long as each touches the next and no unknown word is passed."""
    for token in reversed(before):
        if bridges.get(end, end) != token.end:
            return
        yield token
        if (_is_key(token) and not _is_filler(token)) or not (
            token.kind == "year"
            or (token.meaning is not None and (token.meaning.filler or token.meaning.last_year))
        ):
            return
        end = token.start


def _adjacent_year(end: int, before: Sequence[Token], bridges: Mapping[int, int]) -> bool:
    return any(
        token.kind == "year" or (token.meaning is not None and token.meaning.last_year)
        for token in _touching(end, before, bridges)
    )


def _from_before(  # noqa: PLR0913  the words on both sides, and what they are about
    lexicon: Lexicon,
    text: str,
    before: Sequence[Token],
    after: Sequence[Token],
    head: Token,
    topic: str | None,
    figure: Token,
) -> tuple[str | None, str | None]:
    """The quantity and the column that the words before the figure tell."""
    things = [token for token in before if token.meaning and token.meaning.thing and not _man(text, token)]
    meaning = head.meaning
    assert meaning is not None  # noqa: S101  a telling word has a meaning
    if meaning.column is not None:
        return _with_column(before), meaning.column
    if meaning.thing is not None:
        return _of_thing(lexicon, text, before, after, head), None
    follower = next((token for token in after if _is_key(token)), None)
    thing = things[-1].meaning.thing if things and things[-1].meaning else None
    if thing is None and follower is not None and follower.meaning and follower.meaning.thing:
        thing = follower.meaning.thing
    elif thing is None and not _ends(text, figure.end, after):
        return None, None  # 收到12件来函: what was counted is not known
    if meaning.itself:
        return next(iter(meaning.words.values())), None
    return meaning.words.get(thing or topic or ""), None


def _ends(text: str, end: int, after: Sequence[Token]) -> bool:
    """Whether nothing unknown follows the figure directly."""
    rest = text[end : end + 1]
    return not rest or rest in ",;。、)!?(%" or (bool(after) and after[0].start == end)


def _with_column(before: Sequence[Token]) -> str | None:
    """收到自然人申请30件 names quantity and applicant at once."""
    words = [
        token.meaning.words["requests"]
        for token in before
        if token.meaning and "requests" in token.meaning.words
    ]
    return words[-1] if words else None


def _of_thing(
    lexicon: Lexicon, text: str, before: Sequence[Token], after: Sequence[Token], head: Token
) -> str | None:
    """The quantity of things named right before the figure: 制发行政规范性文件6个, 行政复议93件."""
    topic = head.meaning.thing if head.meaning else None
    if topic is None or _joined(text, before, head):
        return None
    at = before.index(head)
    acts = [token for token in before[:at] if token.meaning and _acts(token)]
    # Of what stands before other things of the clause only the act next to these things counts.
    quantities = {
        token.meaning.words[topic] for token in acts if token.meaning and topic in token.meaning.words
    }
    foreign = [
        token
        for token in acts
        if token.meaning and topic not in token.meaning.words and topic not in token.meaning.neutral
    ]
    if len(quantities) == 1 and not foreign:
        return quantities.pop()
    if quantities or foreign:
        return None
    told = next((token for token in after if token.meaning and topic in token.meaning.words), None)
    if told is not None and told.meaning is not None and lexicon.default.get(topic) is None:
        return told.meaning.words[topic]
    default = lexicon.default.get(topic)
    if default is None or (head.start and _unknown_act(text, before, head)):
        return None
    return default


def _unknown_act(text: str, before: Sequence[Token], head: Token) -> bool:
    """Whether the letters right before the things are none that are known: 公示行政许可, 立案查处行政处罚."""
    if head.meaning is None or head.meaning.thing not in {"licensing", "penalties", "compulsion"}:
        return False
    at = before.index(head)
    touching = bool(at) and before[at - 1].end == head.start
    return not touching and text[head.start - 1] not in ",;。:、("


def _from_after(
    lexicon: Lexicon, before: Sequence[Token], after: Sequence[Token], topic: str | None
) -> str | None:
    """The quantity that words behind the figure tell: 4件政府信息公开申请, 72件申请顺延到下年度答复."""
    keys = [token.meaning for token in after if token.meaning and _is_key(token)]
    things = [meaning.thing for meaning in keys if meaning.thing]
    if len(set(things)) > 1 and not {"reviews", "litigation"} & {things[-1]}:
        return None
    about = things[-1] if things else topic
    if about is None:
        return None
    words = [meaning.words[about] for meaning in keys if about in meaning.words]
    acts = [
        token.meaning.words[about]
        for token in before
        if token.meaning and about in token.meaning.words and _acts(token)
    ]
    if acts:
        return acts[-1] if len(set(acts)) == 1 else None
    if words:
        return words[-1] if things or len(set(words)) == 1 else words[0]
    return lexicon.default.get(about)


def _joined(text: str, before: Sequence[Token], head: Token) -> bool:
    """Whether the figure counts two kinds of things together: 行政复议、行政诉讼5件."""
    at = before.index(head)
    earlier = next((token for token in reversed(before[:at]) if token.meaning and token.meaning.thing), None)
    return (
        earlier is not None
        and earlier.meaning is not None
        and head.meaning is not None
        and earlier.meaning.thing != head.meaning.thing
        and text[earlier.end : head.start] in {"、", "和", "及", "与", "或", "以及", "案件和", "/", "案件、"}
    )


def _is_filler(token: Token) -> bool:
    return token.meaning is not None and token.meaning.filler


def _is_key(token: Token) -> bool:
    return token.meaning is not None and token.meaning.key


def _acts(token: Token) -> bool:
    meaning = token.meaning
    return meaning is not None and bool(meaning.words) and meaning.thing is None


def _telling(before: Sequence[Token]) -> bool:
    return any(_is_key(token) for token in before)


def _denied(token: Token) -> bool:
    return token.meaning is not None and token.meaning.negator


def _man(text: str, token: Token) -> bool:
    """Whether the word goes on to mean a person: 政府信息公开申请人."""
    return text[token.end : token.end + 1] == "人"
