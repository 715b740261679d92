"""Sentences are one where both languages agree: reasons and findings are counted and told once by that."""

from __future__ import annotations

from itertools import product

from disclosure_rules.model.text import Text


def test_sentences_are_equal_where_both_languages_are() -> None:
    every = [Text(zh=zh, en=en) for zh, en in product("甲乙", "ab")]
    again = [Text(zh=one.zh, en=one.en) for one in every]
    assert [[one == other for other in again] for one in every] == [
        [at == to for to in range(4)] for at in range(4)
    ]
    assert [hash(one) for one in every] == [hash(one) for one in again]
    assert len({*every, *again}) == 4
    assert every[0] != ("甲", "a")
