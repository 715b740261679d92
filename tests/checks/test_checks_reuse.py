"""Masking, shingles, and what is said to be taken over from last year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from disclosure_rules.checks.context import CheckContext
from disclosure_rules.checks.passages import passages, place_words
from disclosure_rules.checks.reuse import (
    numbers_left_from_last_year,
    sentences_repeated,
    text_reused,
    year_left_from_last_year,
)
from disclosure_rules.checks.similarity import (
    MOST_CHARACTERS,
    SHINGLE,
    Comparison,
    Sentence,
    mask,
    sentences,
    shingles,
)
from disclosure_rules.model.location import Location
from disclosure_rules.model.report import Paragraph, Report, Section, Table
from disclosure_rules.model.result import Evidence, Satisfied, Undecided
from disclosure_rules.model.text import Text
from disclosure_rules.pipeline import Checker
from disclosure_rules.plugins import Plugins

if TYPE_CHECKING:
    from collections.abc import Iterator

_LAYOUTS = Checker(plugins=Plugins(installed=False)).layouts
_PROBLEM = "受人员编制限制，各单位信息公开工作均由办公室人员兼职经办，工作规范程度参差不齐"
_OTHER = "重大行政决策预公开程度需进一步加强，意见征集形式较为单一，缺少座谈和听证"


def report(
    text: str, year: int, section: str = "problems_and_improvements", received: int | None = None
) -> Report:
    """A report with one section of one paragraph, and the number of requests received."""
    paragraph = Paragraph(text=text, location=Location(line=5))
    tables = {}
    if received is not None:
        spec = _LAYOUTS["2021"].table("requests")
        assert spec is not None
        values = tuple(received if cell == ("received", "total") else 0 for cell in spec.cells)
        tables["requests"] = Table(key="requests", form="2021", values=values)
    return Report(
        year=year,
        layout="2021",
        sections=(Section(key=section, heading=section, paragraphs=(paragraph,)),),
        tables=tables,
    )


def pair(text: str, last: str, **fields: object) -> CheckContext:
    """A report of 2024 with last year's."""
    received, before = fields.pop("received", None), fields.pop("before", None)
    section = fields.pop("section", "problems_and_improvements")
    return CheckContext(
        report=report(text, 2024, section, received),  # type: ignore[arg-type]
        layout=_LAYOUTS["2021"],
        layouts=_LAYOUTS,
        instruments={},
        previous=report(last, 2023, section, before),  # type: ignore[arg-type]
    )


def evidence(found: Iterator[Evidence | Satisfied | Undecided]) -> list[Evidence]:
    return [one for one in found if isinstance(one, Evidence)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2023年，全市收到申请3,607件，同比增长70.3%", "２０２４年全市收到申请12件，同比增长1.05%"),
        ("举办第六期培训班", "举办第七期培训班"),
        ("印发《2023年政务公开要点》", "印发《2024年工作安排的通知》"),
        ("强化“标准化”建设", "强化标准化建设"),
        ("二〇二三年", "二〇二四年"),
    ],
)
def test_what_changes_from_year_to_year_is_masked(one: str, other: str) -> None:
    assert mask(one) == mask(other)


@pytest.mark.parametrize(
    ("one", "other"), [("收到申请3件", "收到申请"), ("增长3%", "下降3%"), ("一是加强培训", "一是加强监督")]
)
def test_what_says_something_else_stays_different(one: str, other: str) -> None:
    assert mask(one) != mask(other)


def test_names_of_bodies_are_masked_for_those_who_compare_bodies() -> None:
    assert mask("宿城区积极推动", ["宿城区"]) == mask("沭阳县积极推动", ["沭阳县"])


def told_in(one: Report) -> list[Sentence]:
    """The sentences of a report."""
    text = tuple(passages(one))
    return list(sentences(text, [mask(passage.read) for passage in text]))


def test_an_ordinal_is_no_part_of_a_sentence() -> None:
    told = report("一是加强培训工作。（二）加强培训工作；3.加强培训工作", 2024)
    assert {sentence.masked for sentence in told_in(told)} == {"加强培训工作"}
    assert {sentence.printed for sentence in told_in(told)} == {"加强培训工作"}


def test_a_sentence_knows_where_it_stands_in_the_printed_text() -> None:
    second = told_in(report("开头一句话。二是制定２份方案；结尾。", 2024))[1]
    assert (second.printed, second.start) == ("制定２份方案", 8)


@given(st.text(alphabet="政务公开《》（）１2三，。；？！?!\n 　一是", max_size=120))
@example("2，2《?１")
def test_masked_sentences_are_those_of_the_text(text: str) -> None:
    """Masking takes no end of a sentence away and adds none, so that each masked one is found in the text again."""
    for sentence in told_in(report(text, 2024)):
        whole = mask(sentence.printed)
        assert sentence.masked in {whole, whole.removeprefix("#是"), whole.removeprefix("#")}


@given(st.text(alphabet="政务公开工作《》0123一二，。；、 \n（）", max_size=200))
def test_a_text_is_all_its_own_and_never_more(text: str) -> None:
    own = tuple(passages(report(text, 2024)))
    same = Comparison(own, own)
    assert len(same.same) == len(same.later)
    assert same.share in {0.0, 1.0}
    assert all(0 < one.share <= 1 for one in same.reused)


@given(
    st.lists(st.sampled_from([_PROBLEM, _OTHER, "政策解读形式单一，缺少多个角度多种形式的解读"]), unique=True)
)
def test_the_order_of_sentences_does_not_matter(said: list[str]) -> None:
    now, last = ("；".join(order) for order in (said, said[::-1]))
    assert Comparison(tuple(passages(report(now, 2024))), tuple(passages(report(last, 2023)))).share in {
        0.0,
        1.0,
    }


def test_shingles_are_runs_of_one_length_within_a_sentence() -> None:
    text = f"{_PROBLEM}。{_OTHER}"
    found = shingles(mask(text))
    assert found
    assert all(len(one) == SHINGLE and "。" not in one for one in found)
    assert set(found) == set(shingles(mask(_PROBLEM))) | set(shingles(mask(_OTHER)))


def test_the_sample_tells_what_is_not_worth_a_look() -> None:
    now, last = f"{_PROBLEM}。{_OTHER}", "规范性文件清理后的集中公开还不够及时，部分栏目的更新和查找都不方便"
    compared, copied = (pair(now, text).compared("problems_and_improvements") for text in (last, now))
    assert compared is not None
    assert copied is not None
    assert compared.far_below(50)
    assert not copied.far_below(100)


def test_what_all_reports_say_is_not_taken_over() -> None:
    said = (
        "坚持以公开为常态、不公开为例外的原则。本报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。"
    )
    compared = pair(said, said).compared("problems_and_improvements")
    assert compared is not None
    assert compared.counted == 0


def test_a_set_phrase_within_a_sentence_is_not_taken_over_either() -> None:
    phrase = "坚持以公开为常态、不公开为例外的原则，"
    compared = pair(f"{phrase}{_OTHER}", f"{phrase}{_PROBLEM}").compared("problems_and_improvements")
    assert compared is not None
    assert compared.counted == len(mask(_OTHER))
    assert compared.share == 0


def test_text_taken_over_is_shown_with_its_places() -> None:
    context = pair(f"一是{_OTHER}。二是{_PROBLEM}。", f"一是{_PROBLEM}。二是{_OTHER}。")
    (found,) = evidence(text_reused(context, section="problems_and_improvements", percent=50, least=20))
    assert found.values["share"] == 100
    assert found.values["count"] == 2
    assert f"「{_OTHER}」（上一年报告第 5 行）" in str(found.values["passages_zh"])
    assert "line 5 of last year's report" in str(found.values["passages_en"])


def test_new_text_is_looked_at_and_met() -> None:
    context = pair(_OTHER, _PROBLEM)
    assert [
        type(one) for one in text_reused(context, section="problems_and_improvements", percent=50, least=20)
    ] == [Satisfied]
    # Too little to compare, and a section that one of the two has not: nothing is said.
    same = pair(_OTHER, _OTHER)
    assert list(text_reused(same, section="problems_and_improvements", percent=50, least=2000)) == []
    assert list(text_reused(context, section="overview", percent=50, least=1)) == []


def test_a_section_that_is_too_long_is_undecided() -> None:
    context = pair("甲乙。" * (MOST_CHARACTERS // 3 + 1), _PROBLEM)
    for verb in (
        text_reused(context, section="problems_and_improvements", percent=50, least=20),
        sentences_repeated(context, section="problems_and_improvements", least=10, below=50),
        year_left_from_last_year(context, sections=["problems_and_improvements"], history=[]),
    ):
        assert [type(one) for one in verb] == [Undecided]


def test_repeated_sentences_are_told_below_the_share_that_another_rule_tells() -> None:
    other = "公共企事业单位信息公开还不够规范；基层专区建设进展不一；部分栏目更新不够及时，查找不便"
    context = pair(f"{_PROBLEM}；{other}；{_OTHER}", f"{_PROBLEM}。")
    (found,) = evidence(sentences_repeated(context, section="problems_and_improvements", least=14, below=50))
    assert found.values["count"] == 1
    assert (
        evidence(sentences_repeated(context, section="problems_and_improvements", least=14, below=10)) == []
    )


@pytest.mark.parametrize(
    ("now", "stale"),
    [
        ("2023年，全区组织培训4次", True),
        ("2024年，全区组织培训4次", False),
        ("自2023年起，全区组织培训4次", False),
        ("根据《2023年工作要点》，全区组织培训4次", False),
    ],
)
def test_a_year_left(now: str, stale: bool) -> None:  # noqa: FBT001  a column of the table above
    last = now.replace("2024", "2023")
    found = evidence(
        year_left_from_last_year(
            pair(now, last), sections=["problems_and_improvements"], history=["自", "起"]
        )
    )
    assert bool(found) is stale


@pytest.mark.parametrize(
    ("now", "before", "received", "stale"),
    [
        (70, 70, 74, True),  # the table has moved on, the sentence has not
        (74, 70, 74, False),
        (70, 70, 70, False),  # nothing has changed
        (70, 69, 74, False),  # not a figure of last year's table
        (7, 7, 8, False),  # small numbers are the same by chance
    ],
)
def test_a_number_left(now: int, before: int, received: int, stale: bool) -> None:  # noqa: FBT001  as above
    context = pair(
        f"全年共收到政府信息公开申请{now}件，均按时答复",
        f"全年共收到政府信息公开申请{70 if stale else now}件，均按时答复",
        section="overview",
        before=before,
        received=received,
    )
    found = evidence(
        numbers_left_from_last_year(
            context,
            sections=["overview"],
            cells={"requests.received.total": ["申请"]},
            units=["件"],
            least=10,
        )
    )
    assert bool(found) is stale
    if stale:
        assert found[0].values["number"] == received
        assert found[0].location.line == 5


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        (Location(page=2, line=3), "第 2 页", "page 2"),
        (Location(line=3), "第 3 行", "line 3"),
        (Location(paragraph=4), "第 4 段", "paragraph 4"),
        (Location(file="财政局/附件.docx", paragraph=4), "“附件.docx”第 4 段", "“附件.docx” paragraph 4"),
        (Location(file="附件.docx"), "“附件.docx”", "“附件.docx”"),
    ],
)
def test_a_place_in_another_file_names_it(place: Location, zh: str, en: str) -> None:
    assert place_words(place) == Text(zh=zh, en=en)
    assert place_words(Location(section="overview")) is None
