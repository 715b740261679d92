"""Reading through damaged fonts: what is certain, what is only suspected, what stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from disclosure_rules.glyphs import certain_damage, glyph_table, read_through, suspected_damage

_LETTERS = "".join(glyph.wrong + glyph.right for glyph in glyph_table()) + "徕时藏释者（兼）职其他工作"


def test_what_cannot_be_right_is_read_through() -> None:
    assert read_through("丌断推迚主劢公开，幵挄办事挃南") == "不断推进主动公开，并按办事指南"


def test_common_characters_are_never_exchanged() -> None:
    text = "坚持不其他工作同布置，与（兼）职联络员，规范公开径流发量"
    assert read_through(text) == text


def test_a_rare_character_in_its_own_word_is_no_damage() -> None:
    assert certain_damage("汨罗市弼时镇、泰安市徂徕镇和积石山县癿藏镇的政策诠释") == []
    assert [damage.word for damage in certain_damage("弼前弼时镇")] == ["弼→当"]


def test_common_characters_are_suspected_only_in_words_that_do_not_exist() -> None:
    found = suspected_damage("参不回复，坚持不其他工作，与（兼）职，不公开，参与")
    assert [(damage.offset, damage.word) for damage in found] == [(1, "不→与"), (7, "不→与"), (13, "与→专")]


@given(st.text(st.sampled_from(_LETTERS), max_size=60))
def test_reading_through_keeps_offsets_and_is_done_after_once(text: str) -> None:
    read = read_through(text)
    assert len(read) == len(text)
    changed = {offset for offset, (old, new) in enumerate(zip(text, read, strict=True)) if old != new}
    assert changed == {damage.offset for damage in certain_damage(text)}
    assert all(not glyph.certain or glyph.right != glyph.wrong for glyph in glyph_table())


def test_every_row_is_a_pair_and_its_words_hold_the_wrong_character() -> None:
    assert len(glyph_table()) > 70
    for glyph in glyph_table():
        assert (len(glyph.wrong), len(glyph.right)) == (1, 1)
        assert all(glyph.wrong in word for word in glyph.right_in + glyph.wrong_in)
        assert not (glyph.certain and glyph.wrong_in)
