"""What a clause says there was none of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.checks.mentions.lexicon import BESIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.checks.mentions.lexicon import Lexicon, Token

__all__ = ["denied_things"]

# A denial reaches over no more words than this.
_REACH = 40


def denied_things(
    lexicon: Lexicon, text: str, tokens: Sequence[Token], at: int
) -> tuple[tuple[str, ...], int]:
    """The quantities that the negator `tokens[at]` denies, and where its clause ends.

    None where the clause holds a figure (未办结3件) or goes on with what is not known (未收到申请人补正材料). Where
    requests are only the cause (未发生因申请公开引起的行政复议), they are not denied.
    """
    span = _span(text, tokens, at)
    if span is None:
        return (), 0
    found: list[str] = []
    listed = False  # requests are one of the things denied, not the cause of the others
    for token in span:
        denied = _denied(lexicon, token)
        if denied is None:
            return (), 0  # 没有出现应公开而不予公开的办件
        found += [quantity for quantity in denied if quantity not in found]
        listed = listed or (token.meaning.thing == "requests" and text[token.end : token.end + 1] == "、")
    # 未发生因依申请公开引起的举报投诉: complaints are denied, of which no table tells.
    beside = any(token.meaning.thing == BESIDE for token in span)
    if (len(found) > 1 or beside) and not listed:
        found = [quantity for quantity in found if quantity != lexicon.cause]
    return tuple(found), span[-1].end if span else 0


def _denied(lexicon: Lexicon, token: Token) -> Sequence[str] | None:
    """What one word of a denial denies; None where with it nothing is certain."""
    meaning = token.meaning
    if meaning.thing is not None:
        return lexicon.topics[meaning.thing].denied[:1]
    if meaning.filler or not meaning.words or meaning.neutral:
        return ()
    said = [quantity for topic, quantity in meaning.words.items() if quantity in lexicon.topics[topic].denied]
    return said or None


def _span(text: str, tokens: Sequence[Token], at: int) -> list[Token] | None:
    """The known words of the clause behind the negator; None where it does not deny anything for certain."""
    span: list[Token] = []
    end, told = tokens[at].end, False
    strict = len(tokens[at].text) == 1  # 无 and 未 must stand right before what they deny
    for token in tokens[at + 1 : at + 1 + _REACH]:
        if token.kind == "mark" and token.text != "、":
            return span if told and token.start == end else None
        if token.kind == "figure" or token.meaning.partial or token.meaning.blocks or token.meaning.negator:
            return None
        if token.start != end and (strict or told):
            return None
        told = told or token.meaning.key
        span.append(token)
        end = token.end
    return span if told and end == len(text) else None
