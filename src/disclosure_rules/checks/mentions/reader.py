"""Tokens of one paragraph → its figures, each with what it counts, or with nothing where the wording leaves doubt."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from disclosure_rules.checks.mentions.label import Label, read_label
from disclosure_rules.checks.mentions.mention import Mention, Scope, When
from disclosure_rules.fold import squeezed
from disclosure_rules.numbers import chinese_number, read_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.checks.mentions.lexicon import Lexicon, Token
    from disclosure_rules.checks.passages import Passage
    from disclosure_rules.fold import Squeezed
    from disclosure_rules.model.report import Number

__all__ = ["read_paragraph"]

_STOPS = "。!?\n"
_OPEN, _CLOSE = "“「『《", "”」』》"
# Marks after which a figure without a measure word may end: 部分公开67，
_ENDS = ",;。、)"
# The topic of everything that is counted besides.
_BESIDE = "other"
_COMPARED = "较比同与从由自"


@dataclass(slots=True)
class _State:
    """What the sentence and the paragraph have said so far."""

    topic: str | None
    settled: str | None  # the topic without what a sentence says of other matters
    area: bool  # the report is that of a government for its area
    whole: Mention | None = None
    last: Mention | None = None
    sentence: list[Token] = field(default_factory=list)

    def turn_to(self, topic: str) -> None:
        """The text now speaks of `topic`; of matters beside the subject it does so for one sentence."""
        self.topic = topic
        if topic != _BESIDE:
            self.settled = topic


def read_paragraph(passage: Passage, lexicon: Lexicon, *, topic: str | None, area: bool) -> Iterator[Mention]:
    """The figures and denials of a paragraph, in order.

    Args:
        passage: The paragraph.
        lexicon: The words.
        topic: What the paragraph is about unless it says otherwise: the section's topic, or a heading's before it.
        area: Whether the report is that of a government for its area, so that its office counts less than its tables.
    """
    squeeze = squeezed(passage.printed)
    tokens = list(lexicon.tokens(squeeze.text))
    state = _State(topic, topic, area)
    quoted = 0
    for at, token in enumerate(tokens):
        if not quoted:
            state.sentence.append(token)
        if token.kind == "mark":
            mark = token.match["mark"]
            quoted = max(0, quoted + (mark in _OPEN) - (mark in _CLOSE))
            if mark in _STOPS:
                state.sentence.clear()
                state.topic = state.settled
                quoted = 0
        elif token.kind == "word" and token.meaning is not None:
            if token.meaning.thing is not None and not quoted:
                state.turn_to(token.meaning.thing)
            if token.meaning.negator and not quoted:
                yield from _denials(passage, squeeze, lexicon, tokens, at, state)
        elif token.kind == "figure":
            mention = _figure(passage, squeeze, lexicon, tokens, at, state, quoted=bool(quoted))
            if mention is not None:
                yield mention


def _figure(  # noqa: PLR0913  the paragraph, and where in it
    passage: Passage,
    squeeze: Squeezed,
    lexicon: Lexicon,
    tokens: Sequence[Token],
    at: int,
    state: _State,
    *,
    quoted: bool,
) -> Mention | None:
    token = tokens[at]
    unit = token.match["unit"] or ""
    if not unit and squeeze.text[token.end : token.end + 1] not in _ENDS:
        return None  # part of a name, a date, a number of a document
    label = read_label(lexicon, squeeze.text, tokens, at, state.topic)
    number = _number(token)
    if number == 1 and not token.match["number"][0].isdigit() and label.follows:
        label = Label()  # 办结一件申请、解决一个问题: a manner of speaking
    place = squeeze.printed(token.start, token.end)
    mention = Mention(passage, place.start, place.stop, number, unit, None)
    when = _when(state.sentence, label, squeeze.text, lexicon)
    quantity, column = label.quantity, label.column
    if quoted:
        quantity = None
    elif label.column is not None and quantity is None:
        quantity = state.whole.quantity if state.whole is not None else None
    elif quantity is None and label.year_only and when is When.LAST and state.last is not None:
        quantity, column = state.last.quantity, state.last.column
    if quantity is None or not _fits(lexicon, quantity, unit, label):
        return mention
    breakdown = not lexicon.quantities[quantity].whole or column is not None
    scope = _scope(state, label, squeeze.text, area=state.area)
    if breakdown and state.whole is not None and lexicon.topic_of[quantity] == "requests":
        scope = state.whole.scope
    if label.partial or (label.of_which and not breakdown):
        scope = Scope.PART
    found = Mention(passage, place.start, place.stop, number, unit, quantity, column, when, scope)
    if when is When.THIS:
        state.last = found
        if lexicon.quantities[quantity].whole and column is None and scope is not Scope.PART:
            state.whole = found
    return found


def _number(token: Token) -> Number | None:
    match = token.match
    if match["about"] or match["more"]:
        return None
    printed = match["number"] + (match["scale"] or "")
    return read_number(printed).number if printed[0].isdigit() else chinese_number(printed)


def _fits(lexicon: Lexicon, quantity: str, unit: str, label: Label) -> bool:
    """Whether things of this kind are counted with the measure word; without one the word must stand beside it."""
    return unit in lexicon.units[lexicon.topic_of[quantity]] if unit else label.beside


def _when(sentence: Sequence[Token], label: Label, text: str, lexicon: Lexicon) -> When:
    """The year named last before the figure in its sentence; the report's where none is.

    Another year that this one is held against (较2023年增长5%) holds for its own clause only.
    """
    if label.cumulative:
        return When.OTHER
    for token in reversed(sentence[:-1]):
        year = None
        inside = token.start >= label.start
        if token.kind == "year" and (inside or text[token.start - 1 : token.start] not in _COMPARED):
            if lexicon.year is None:
                return When.OTHER
            year = int(token.match["year"]) - lexicon.year
        elif inside and token.meaning is not None and token.meaning.last_year and not token.meaning.words:
            year = -1
        if year is not None:
            return {0: When.THIS, -1: When.LAST}.get(year, When.OTHER)
    return When.THIS


def _scope(state: _State, label: Label, text: str, *, area: bool) -> Scope:
    """Whose figure it is: by the clause first, then by the sentence; a named unit in front makes it a part."""
    said = [token.meaning.scope for token in label.tokens if token.meaning and token.meaning.scope]
    before = [token.meaning.scope for token in state.sentence if token.meaning and token.meaning.scope]
    if "filed" in before:
        return Scope.FILED
    if "whole" in said or not area:
        return Scope.REPORT
    if "office" in said:
        return Scope.OFFICE
    if label.subject_is_unit(text):
        return Scope.PART
    places = [scope for scope in before if scope in {"whole", "office"}]
    return Scope.OFFICE if places and places[-1] == "office" else Scope.REPORT


def _denials(  # noqa: PLR0913  the paragraph, and where in it
    passage: Passage,
    squeeze: Squeezed,
    lexicon: Lexicon,
    tokens: Sequence[Token],
    at: int,
    state: _State,
) -> Iterator[Mention]:
    """What a clause says there was none of: 未收到政府信息公开申请, 未发生行政复议、行政诉讼."""
    negator = tokens[at]
    found: list[tuple[str, Token]] = []
    end = negator.end
    strict = len(negator.match["word"]) == 1
    for token in tokens[at + 1 :]:
        meaning = token.meaning
        if token.kind == "mark" and token.match["mark"] != "、":
            tail = token.start
            break
        if token.kind == "figure" or (meaning is not None and meaning.partial):
            return
        if strict and not found and token.start != end:
            return  # 无正当理由
        if (
            meaning is not None
            and meaning.thing is not None
            and squeeze.text[token.end : token.end + 1] != "人"
        ):
            found.append((meaning.thing, token))
        elif meaning is not None and "requests" in meaning.words and strict and not found:
            found.append((meaning.words["requests"], token))
        elif found and token.start != end:
            return  # 未收到申请人补正材料
        end = token.end
    else:
        tail = len(squeeze.text)
    if not found or end != tail:
        return
    topics = {topic for topic, _ in found}
    if topics & {"reviews", "litigation"}:
        topics -= {"requests"}
    when = _when([*state.sentence, negator], Label(start=negator.start), squeeze.text, lexicon)
    scope = _scope(state, Label(), squeeze.text, area=state.area)
    place = squeeze.printed(negator.start, end)
    for topic, _ in found:
        quantity = lexicon.default.get(topic) or (topic if topic in lexicon.quantities else None)
        if topic == "requests":
            quantity = "requests_received"
        if quantity is None or topic not in topics:
            continue
        topics.discard(topic)
        yield Mention(passage, place.start, place.stop, 0, "", quantity, None, when, scope, denied=True)
