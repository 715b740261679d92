"""The words around a figure that tell what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from disclosure_rules.checks.mentions.clause import Clause, is_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.checks.mentions.lexicon import Lexicon, Token

__all__ = ["Label", "read_label"]

# A named unit right before the verb: 市自然资源和规划局收到.
_UNIT_NAME = re.compile(
    r"(?:局|委|厅|院|镇|乡|街道|县|区|处|站|所|部门|单位|公司|中心|学校|集团)(?:共|累计|全年|今年|本年度?){0,2}$"
)
_OWN = re.compile(r"我(?:局|委|厅|院|镇|乡|街道|处|站|所|单位|中心)|本(?:局|委|厅|院|单位|机关)")
_SINCE = re.compile(r"累计|以来|近[一二三四五]年")
_WHOLE_YEAR = re.compile(r"全年|今年|本年|年度|年,|年(?=累计)")
_OTHER_MONTH = re.compile(r"(?:截至|截止|至)[^,;。]{0,6}?(?<!\d)(?:[1-9]|1[01])月")
# How far back a year may stand for 累计 to mean 全年累计.
_NEAR = 60


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
        cumulative: The figure goes back over years.
        year_only: Nothing but a year stands before the figure (2023年为3607件).
        subject: Where the text before the first telling word ends; None where there is none.
        start: Where the clause begins.
        topic: The topic whose things stand right before the figure.
    """

    quantity: str | None = None
    column: str | None = None
    tokens: tuple[Token, ...] = ()
    follows: bool = False
    beside: bool = False
    partial: bool = False
    cumulative: bool = False
    year_only: bool = False
    subject: int | None = None
    start: int = 0
    topic: str | None = None

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
    figure = tokens[at]
    clause = Clause.around(lexicon, text, tokens, at, topic)
    head = clause.head
    said = text[clause.start : figure.start]
    quantity, column = clause.counted()
    first = next((token for token in clause.before if is_key(token)), None)
    near = text[max(0, figure.start - _NEAR) : figure.start]
    return Label(
        quantity=quantity,
        column=column,
        tokens=clause.before,
        follows=head is None and clause.beside,
        beside=head is not None and head.end == figure.start,
        partial=any(token.meaning.partial for token in clause.before) or bool(_OTHER_MONTH.search(said)),
        cumulative=bool(_SINCE.search(said)) and not _WHOLE_YEAR.search(near),
        year_only=first is None and clause.year_beside,
        subject=first.start if first else None,
        start=clause.start,
        topic=head.meaning.thing if head is not None else None,
    )
