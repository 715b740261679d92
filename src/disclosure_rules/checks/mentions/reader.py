"""Tokens of one paragraph → its figures, each with what it counts, or with nothing where the wording leaves doubt."""

from __future__ import annotations

import re
from bisect import bisect_left
from decimal import Decimal
from typing import TYPE_CHECKING

from disclosure_rules.checks.mentions.denials import denied_things
from disclosure_rules.checks.mentions.label import Label, read_label
from disclosure_rules.checks.mentions.lexicon import BESIDE
from disclosure_rules.checks.mentions.mention import Mention, Scope, When
from disclosure_rules.fold import Squeezed, squeezed
from disclosure_rules.numbers import chinese_number, read_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_rules.checks.mentions.lexicon import Lexicon, Token
    from disclosure_rules.checks.passages import Passage
    from disclosure_rules.model.report import Number

__all__ = ["Reading"]

_STOPS = "。!?\n"
_OPEN, _CLOSE = "“「『《", "”」』》"
# Marks before which a figure may stand without a measure word: 部分公开67，
_ENDS = ",;。、)"
# After these another year is only held against this one: 较2023年增长5%.
_COMPARED = "较比同与从由自"
# A clause that names what the next one breaks down ends so.
_AMONG = "申请中,"
# 主动公开80件、依申请公开10件、不予公开30件: how documents are marked when they are made, and no answers to requests.
_MARKED = re.compile(
    r"(?:^|(?<=[,、;:。中为含]))依申请公开[^,、;:。\d]{0,8}\d{1,9}[件条份个项][,、;和及]{0,2}(?:和|及|以及)?$"
)
_LOOK_BACK = 40
_LABEL = re.compile(r"[“「](?!\d)[^“”「」,;:。]{2,12}[”」](?=\d{1,9}[件条宗份])")
# So many years, scopes and brackets of a sentence are remembered.
_SENTENCE = 64


class Reading:
    """One paragraph while it is read; what its sentences have said so far.

    Args:
        passage: The paragraph.
        lexicon: The words.
        topic: What it is about unless it says otherwise: the section's topic, or that of a heading before it.
        area: Whether the report is that of a government for its area, so that its office counts less than its tables.
    """

    def __init__(self, passage: Passage, lexicon: Lexicon, *, topic: str | None, area: bool) -> None:
        self._passage = passage
        self._lexicon = lexicon
        self._squeezed = _without_marks_of_labels(squeezed(passage.printed))
        self._tokens = lexicon.tokens(self._squeezed.text)
        self._topic = topic
        self._settled = topic  # the topic without what one sentence says of other matters
        self._area = area
        # Of its sentence what tells year, scope and brackets; the last of them are enough.
        self._sentence: list[Token] = []
        self._period = False
        self._of_which = False
        self._quoted = 0
        self._whole: Mention | None = None
        self._last: Mention | None = None

    def mentions(self) -> Iterator[Mention]:
        """The figures and denials, in order."""
        for at, token in enumerate(self._tokens):
            if not self._quoted and (token.kind != "figure"):
                self._note(token)
            if token.kind == "mark":
                self._pass_mark(token.text)
            elif token.kind == "figure":
                mention = self._figure(at)
                if mention is not None:
                    yield mention
            elif token.kind == "word" and not self._quoted:
                if token.meaning.thing is not None:
                    self._turn_to(token.meaning.thing)
                if token.meaning.negator:
                    yield from self._denials(at)

    def _pass_mark(self, mark: str) -> None:
        self._quoted = max(0, self._quoted + (mark in _OPEN) - (mark in _CLOSE))
        if mark == ")":
            self._leave_bracket()
        elif mark in _STOPS:
            self._sentence.clear()
            self._period = self._of_which = False
            self._topic = self._settled
            self._quoted = 0

    def _note(self, token: Token) -> None:
        if token.kind == "word":
            meaning = token.meaning
            self._period = self._period or meaning.period
            self._of_which = self._of_which or token.text == "其中"
            if meaning.scope is None and not meaning.last_year:
                return
        elif token.kind == "mark" and token.text != "(":
            return
        self._sentence.append(token)
        if len(self._sentence) > _SENTENCE:
            del self._sentence[0]

    def _leave_bracket(self) -> None:
        """Forget what stood in the bracket: it says nothing of what follows."""
        for at in range(len(self._sentence) - 1, -1, -1):
            if self._sentence[at].text == "(":
                del self._sentence[at:]
                return

    def _turn_to(self, topic: str) -> None:
        self._topic = topic
        if topic != BESIDE:
            self._settled = topic

    def _figure(self, at: int) -> Mention | None:
        token, text = self._tokens[at], self._squeezed.text
        if not token.unit and text[token.end : token.end + 1] not in _ENDS:
            return None  # part of a name, a date, a number of a document
        number = _number(token)
        if self._quoted or token.unit == "%":
            return self._mention(token, number)
        label = read_label(self._lexicon, text, self._tokens, at, self._topic)
        if number == 1 and not token.match["number"][0].isdigit() and label.follows:
            return self._mention(token, number)  # 办结一件申请、解决一个问题: a manner of speaking
        when = self._when(label)
        quantity, column = self._counted(label, when)
        if quantity is None or not self._fits(quantity, token.unit, label) or self._is_marking(label):
            return self._mention(token, number, when=when, topic=label.topic)
        found = self._mention(
            token,
            number,
            quantity=quantity,
            column=column,
            when=self._when_of(when, quantity, column),
            scope=self._scope_of(label, quantity, column),
            topic=label.topic,
        )
        self._keep(found)
        return found

    def _mention(  # noqa: PLR0913  what is known of a figure
        self,
        token: Token,
        number: Number | None,
        *,
        quantity: str | None = None,
        column: str | None = None,
        when: When = When.THIS,
        scope: Scope = Scope.REPORT,
        topic: str | None = None,
    ) -> Mention:
        place = self._squeezed.printed(token.start, token.end)
        return Mention(
            passage=self._passage,
            start=place.start,
            end=place.stop,
            number=number,
            unit=token.unit,
            quantity=quantity,
            column=column,
            when=when,
            scope=scope,
            margin=_margin(token),
            topic=topic,
        )

    def _counted(self, label: Label, when: When) -> tuple[str | None, str | None]:
        """The quantity and the column; a bare applicant or a bare year goes with the figure before."""
        if label.quantity is None and label.column is not None:
            among = self._among(label)
            if among is not None:
                return among or None, label.column
            if self._whole is not None:
                return self._whole.quantity, label.column
        if label.quantity is None and label.year_only and when is When.LAST and self._last is not None:
            return self._last.quantity, self._last.column
        return label.quantity, label.column

    def _among(self, label: Label) -> str | None:
        """The quantity that the clause before names as a whole: 新收的政府信息公开申请中，自然人申请30件.

        Empty where that clause leaves doubt or speaks of last year; None where there is none or it names nothing.
        """
        if not self._squeezed.text.endswith(_AMONG, 0, label.start):
            return None
        told: set[str] = set()
        things = doubt = False
        for at in range(self._first_from(label.start - 1) - 1, -1, -1):
            token = self._tokens[at]
            if token.kind in {"mark", "figure"}:
                break
            doubt = doubt or token.meaning.last_year
            things = things or token.meaning.thing == "requests"
            if "requests" in token.meaning.words:
                told.add(token.meaning.words["requests"])
        if not told and not doubt:
            return None
        quantity = told.pop() if things and not doubt and len(told) == 1 else ""
        return quantity if quantity and self._lexicon.quantities[quantity].whole else ""

    def _is_marking(self, label: Label) -> bool:
        """Whether the figure before is that of the documents marked 依申请公开: then this is one of such a list."""
        return _MARKED.search(self._squeezed.text[max(0, label.start - _LOOK_BACK) : label.start]) is not None

    def _first_from(self, place: int) -> int:
        """Which token is the first at or behind a place."""
        return bisect_left(self._tokens, place, key=lambda token: token.start)

    def _fits(self, quantity: str, unit: str, label: Label) -> bool:
        """Whether such things are counted with the measure word; without one the word must stand beside it."""
        return unit in self._lexicon.units[self._lexicon.topic_of[quantity]] if unit else label.beside

    def _keep(self, found: Mention) -> None:
        if found.when is When.LAST or found.quantity is None:
            return
        self._last = found
        whole = self._lexicon.quantities[found.quantity].whole and found.column is None
        if whole and found.scope is not Scope.PART:
            self._whole = found

    def _when(self, label: Label) -> When:
        """The year named last before the figure in its sentence; the report's where none is."""
        if label.cumulative or self._period:
            return When.OTHER
        text, lexicon = self._squeezed.text, self._lexicon
        for token in reversed(self._sentence):
            year = None
            inside = token.start >= label.start
            if token.kind == "year":
                if inside or not token.start or text[token.start - 1] not in _COMPARED:
                    year = int(token.match["year"]) - lexicon.year if lexicon.year is not None else 1
            elif inside and token.meaning.last_year and not token.meaning.words:
                year = -1
            if year is not None:
                return {0: When.THIS, -1: When.LAST}.get(year, When.OTHER)
        return When.THIS

    def _breaks_down(self, quantity: str, column: str | None) -> bool:
        """Whether the figure breaks down one before it, so that it is of the same year and the same bodies."""
        spec = self._lexicon.quantities[quantity]
        return (not spec.whole or column is not None) and self._lexicon.topic_of[quantity] == "requests"

    def _when_of(self, when: When, quantity: str, column: str | None) -> When:
        whole = self._whole
        if when is When.THIS and whole is not None and self._breaks_down(quantity, column):
            return whole.when
        return when

    def _scope_of(self, label: Label, quantity: str, column: str | None) -> Scope:
        spec = self._lexicon.quantities[quantity]
        again = self._whole is None or self._whole.quantity == quantity
        if label.partial or (self._of_which and spec.whole and column is None and again):
            return Scope.PART
        if self._whole is not None and self._breaks_down(quantity, column):
            return self._whole.scope
        return self._scope(label)

    def _scope(self, label: Label) -> Scope:
        """Whose figure it is: by the clause first, then by the sentence; a named unit in front makes it a part."""
        said = [token.meaning.scope for token in label.tokens if token.meaning.scope]
        before = [token.meaning.scope for token in self._sentence if token.meaning.scope]
        if "filed" in before:
            return Scope.FILED
        if "whole" in said or not self._area:
            return Scope.REPORT
        if "office" in said:
            return Scope.OFFICE
        if label.subject_is_unit(self._squeezed.text):
            return Scope.PART
        places = [scope for scope in before if scope in {"whole", "office"}]
        return Scope.OFFICE if places and places[-1] == "office" else Scope.REPORT

    def _denials(self, at: int) -> Iterator[Mention]:
        """What the clause says there was none of: 未收到政府信息公开申请, 未发生行政复议、行政诉讼."""
        negator = self._tokens[at]
        quantities, end = denied_things(self._lexicon, self._squeezed.text, self._tokens, at)
        label = Label(start=negator.start)
        place = self._squeezed.printed(negator.start, end)
        for quantity in quantities:
            yield Mention(
                self._passage,
                place.start,
                place.stop,
                0,
                "",
                quantity,
                None,
                self._when(label),
                self._scope(label),
                denied=True,
            )


def _without_marks_of_labels(text: Squeezed) -> Squeezed:
    """The text without the marks around the name of what is counted, which stands before its figure: “予以公开”7件."""
    marks = {place for match in _LABEL.finditer(text.text) for place in (match.start(), match.end() - 1)}
    if not marks:
        return text
    kept = [place for place in range(len(text.text)) if place not in marks]
    return Squeezed("".join(text.text[place] for place in kept), tuple(text.offsets[place] for place in kept))


def _number(token: Token) -> Number | None:
    """The exact number; None for an approximate one."""
    match = token.match
    if match["about"] or match["more"]:
        return None
    printed = match["number"] + (match["scale"] or "")
    if printed.isdecimal() and printed[0] != "0":
        return int(printed)
    return read_number(printed).number if printed[0].isdigit() else chinese_number(printed)


def _margin(token: Token) -> Number:
    """Half of the last printed place of a figure in ten thousands or of money; other figures are exact."""
    scale = {"万": 10**4, "亿": 10**8}.get(token.match["scale"] or "", 1)
    if scale == 1 and not token.unit.endswith("元"):
        return 0
    places = len(token.match["number"].partition(".")[2])
    return Decimal(scale).scaleb(-places) / 2
