"""The clause of a figure: the known words on both sides, and which quantity they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.checks.mentions.lexicon import Lexicon, Token

__all__ = ["Clause", "is_key"]

_BREAKS = ",;。:!?(\n"
_ENDS = ",;。、)!?(%."
# A label reaches over no more tokens than this, the longest list of applicants.
_REACH = 40
# What stands between two kinds of things that one figure counts together: 行政复议、行政诉讼5件.
_JOINTS = frozenset({"、", "和", "及", "与", "或", "以及", "案件和", "/", "案件、"})


class Clause(NamedTuple):
    """The words around a figure.

    Attributes:
        lexicon: The words.
        text: The squeezed paragraph.
        figure: The figure.
        before: The known words before it, back to a mark or to the figure before, brackets passed over.
        after: The known words behind it, to the next mark or figure.
        head: The telling word from which only fillers part the figure.
        beside: The first telling word behind it is parted from it by fillers only.
        year_beside: A year is parted from it by fillers only.
        topic: What the paragraph is about.
        start: Where the clause begins.
    """

    lexicon: Lexicon
    text: str
    figure: Token
    before: tuple[Token, ...]
    after: tuple[Token, ...]
    head: Token | None
    beside: bool
    year_beside: bool
    topic: str | None
    start: int

    @classmethod
    def around(
        cls, lexicon: Lexicon, text: str, tokens: Sequence[Token], at: int, topic: str | None
    ) -> Clause:
        """The clause of the figure `tokens[at]`."""
        figure = tokens[at]
        before, bridges, start = _before(tokens, at)
        after, beside = _after(text, tokens, at)
        near = list(_touching(figure.start, before, bridges))
        return cls(
            lexicon=lexicon,
            text=text,
            figure=figure,
            before=tuple(before),
            after=tuple(after),
            head=_head(text, near),
            beside=beside,
            year_beside=any(token.kind == "year" or token.meaning.last_year for token in near),
            topic=topic,
            start=start,
        )

    def counted(self) -> tuple[str | None, str | None]:
        """The quantity and the column that the words tell; None where they leave doubt."""
        if any(token.meaning.negator or token.meaning.blocks for token in self.before):
            return None, None
        if self.head is not None:
            return self._from_before(self.head)
        return (self._from_after() if self.beside else None), None

    def _from_before(self, head: Token) -> tuple[str | None, str | None]:
        meaning = head.meaning
        if meaning.column is not None:  # 收到自然人申请30件 names quantity and applicant at once
            acts = [token.meaning.words for token in self.before if "requests" in token.meaning.words]
            return (acts[-1]["requests"] if acts else None), meaning.column
        if meaning.thing is not None:
            return self._of_things(head, meaning.thing), None
        if meaning.itself:
            return next(iter(meaning.words.values())), None
        things = [
            token.meaning.thing for token in self.before if token.meaning.thing and not self._man(token)
        ]
        thing = things[-1] if things else None
        if thing is None:
            follower = next((token for token in self.after if is_key(token)), None)
            thing = follower.meaning.thing if follower is not None else None
        if thing is None and not self._ends():
            return None, None  # 收到12件来函: what was counted is not known
        return meaning.words.get(thing or self.topic or ""), None

    def _of_things(self, head: Token, topic: str) -> str | None:
        """The quantity of things named right before the figure: 制发行政规范性文件6个, 行政复议93件."""
        earlier = self.before[: self.before.index(head)]
        if self._joined(earlier, head):
            return None
        same = [at for at, token in enumerate(earlier) if token.meaning.thing == topic]
        earlier = earlier[same[-1] + 1 :] if same else earlier  # 办理依申请公开…受理政府信息公开申请21件
        acts = [token.meaning for token in earlier if token.meaning.words and token.meaning.thing is None]
        if any(act.words.get(topic) and not self.lexicon.quantities[act.words[topic]].whole for act in acts):
            acts = [act for act in acts if not act.filler] or acts  # 结转下年度继续办理的…申请2件
        told = {act.words[topic] for act in acts if topic in act.words}
        foreign = any(topic not in act.words and topic not in act.neutral for act in acts)
        if told or foreign:
            return told.pop() if len(told) == 1 and not foreign else None
        default = self.lexicon.default.get(topic)
        if default is None:
            later = [token.meaning for token in self.after if topic in token.meaning.words]
            later = [meaning for meaning in later if not meaning.filler] or later
            return later[0].words[topic] if later else None
        touching = bool(earlier) and earlier[-1].end == head.start
        known = touching or not head.start or self.text[head.start - 1] in ",;。:、()和与及"
        return default if known else None  # 公示行政许可15件: not what was done with them

    def _from_after(self) -> str | None:
        """The quantity that words behind the figure tell: 4件政府信息公开申请, 72件申请顺延到下年度答复."""
        keys = [token.meaning for token in self.after if is_key(token)]
        if any(meaning.blocks for meaning in keys):
            return None
        things = [meaning.thing for meaning in keys if meaning.thing]
        if len(set(things)) > 1 and things[-1] not in {"reviews", "litigation"}:
            return None
        about = things[-1] if things else self.topic
        if about is None:
            return None
        acts = {token.meaning.words[about] for token in self.before if about in token.meaning.words}
        if acts:
            return acts.pop() if len(acts) == 1 else None
        said = [meaning for meaning in keys if about in meaning.words]
        words = [meaning.words[about] for meaning in said if not meaning.filler]
        words = words or [meaning.words[about] for meaning in said]
        if words:
            return words[-1] if things else words[0]
        return self.lexicon.default.get(about)

    def _joined(self, earlier: Sequence[Token], head: Token) -> bool:
        """Whether the figure counts two kinds of things together: 行政复议、行政诉讼5件."""
        other = next((token for token in reversed(earlier) if token.meaning.thing), None)
        return (
            other is not None
            and other.meaning.thing != head.meaning.thing
            and self.text[other.end : head.start] in _JOINTS
        )

    def _ends(self) -> bool:
        """Whether nothing unknown follows the figure directly."""
        end = self.figure.end
        rest = self.text[end : end + 1]
        return not rest or rest in _ENDS or (bool(self.after) and self.after[0].start == end)

    def _man(self, token: Token) -> bool:
        return _man(self.text, token)


def is_key(token: Token) -> bool:
    """Whether the word helps to tell what a figure counts."""
    return token.meaning.key


def _before(tokens: Sequence[Token], at: int) -> tuple[list[Token], dict[int, int], int]:
    """The tokens back from the figure, where each bracket passed over ends and begins, and where the clause begins."""
    found: list[Token] = []
    bridges: dict[int, int] = {}
    position, start = at - 1, 0
    while position >= 0 and len(found) < _REACH:
        token = tokens[position]
        if token.kind == "mark" and token.text == ")":
            opened = _opening(tokens, position)
            if opened is None:
                start = token.end
                break
            bridges[token.end] = tokens[opened].start
            position = opened - 1
            continue
        if (token.kind == "figure" and (token.unit or token.match["scale"])) or (
            token.kind == "mark" and token.text in _BREAKS
        ):
            start = token.end
            break
        found.append(token)
        position -= 1
    else:
        start = tokens[position + 1].start if position >= 0 else 0
    return found[::-1], bridges, start


def _opening(tokens: Sequence[Token], at: int) -> int | None:
    for position in range(at - 1, max(-1, at - _REACH), -1):
        if tokens[position].kind == "mark" and tokens[position].text == "(":
            return position
    return None


def _after(text: str, tokens: Sequence[Token], at: int) -> tuple[list[Token], bool]:
    """The tokens behind the figure to the next mark or figure, and whether the first telling one stands beside it."""
    found: list[Token] = []
    beside, parted, end, titled = False, False, tokens[at].end, False
    for token in tokens[at + 1 : at + 1 + _REACH]:
        if token.text in "《》" or titled:
            titled = token.text != "》"  # what a title says is not said of the figure
            continue
        if token.kind == "mark" or (token.kind == "figure" and token.unit):
            break
        parted = parted or token.start != end
        # 另有72件申请按照《条例》顺延到下年度答复: bare 申请 is whatever the text is about.
        if not parted and (is_key(token) or token.text == "申请") and not _man(text, token):
            beside = parted = True
        found.append(token)
        end = token.end
    return found, beside


def _touching(end: int, before: Sequence[Token], bridges: Mapping[int, int]) -> Iterator[Token]:
    """The tokens back from the figure as long as each touches the next and no unknown word is passed."""
    for token in reversed(before):
        if bridges.get(end, end) != token.end:
            return
        yield token
        weak = token.kind == "year" or token.meaning.filler or (token.meaning.last_year and not is_key(token))
        if not weak:
            return
        end = token.start


def _head(text: str, near: Sequence[Token]) -> Token | None:
    """The telling word next to the figure.

    One that is a filler as well (答复) gives way to one that it only rounds off (同意公开答复9件), and tells nothing
    behind words that are not known (其它公开答复2件).
    """
    weak: Token | None = None
    for token in near:
        if not is_key(token):
            continue
        if not token.meaning.filler:
            return token if weak is None or token.meaning.thing is None else weak
        weak = weak or token
    if weak is None:
        return None
    last = near[-1]
    known = not last.start or text[last.start - 1] in _BREAKS + "、"
    return weak if known else None


def _man(text: str, token: Token) -> bool:
    """Whether the word goes on to mean a person: 政府信息公开申请人."""
    return text[token.end : token.end + 1] == "人"
