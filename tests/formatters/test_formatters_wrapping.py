"""Lines for a terminal: never wider than asked, nothing lost, closing marks not at the front."""

from hypothesis import given
from hypothesis import strategies as st

from disclosure_rules.formatters.wrapping import width, wrap

TEXT = st.text(alphabet="政府信息公开「」（），。：a1 2.", max_size=120)


@given(TEXT, st.integers(min_value=12, max_value=90))
def test_no_line_is_wider_than_asked_and_nothing_is_lost(text: str, columns: int) -> None:
    lines = list(wrap(text, columns))
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_numbers_stay_whole_and_lines_do_not_begin_with_a_closing_mark() -> None:
    text = "现为「长子县住建局2019年度政务信息公开工作报告」，应为「长子县住房和城乡建设局2019年政府信息公开工作年度报告」。"
    lines = list(wrap(text, 40))
    assert all(line[0] not in "」，。）" for line in lines)
    assert sum("2019" in line for line in lines) == 2


def test_a_command_to_copy_is_broken_only_at_its_spaces() -> None:
    text = "可以加 --ocr 识别（先安装 pip install 'disclosure-rules[ocr]'），识别结果仅供参考"
    for columns in range(30, 80):
        assert any("'disclosure-rules[ocr]'" in line for line in wrap(text, columns))


def test_width_counts_a_han_character_as_two() -> None:
    assert width("表三 ab") == 7
