"""The figures of real sentences: what each counts, and which must not be used.

The sentences are those of published annual reports; each was read by eye. A figure that is not listed must stay
unplaced.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_rules import Checker
from disclosure_rules.checks.mentions import When
from disclosure_rules.plugins import Plugins

if TYPE_CHECKING:
    from disclosure_rules.checks.context import CheckContext

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "mentions" / "sentences.json").read_text("utf-8")
)
CHECKER = Checker(plugins=Plugins(installed=False))


def _context(text: str, *, year: int, body: str) -> CheckContext:
    name = "宿迁市人民政府" if body == "government" else "某某局"
    report = CHECKER.load_report(
        {"layout": "2021", "year": year, "body": {"name": name, "kind": body}, "sections": {"overview": text}}
    )
    return CHECKER.context(report)


def _placed(case: dict[str, Any]) -> list[list[str | None]]:
    context = _context(case["text"], year=case["year"], body=case["body"])
    found = []
    for mention in context.mentions:
        if mention.quantity is None:
            continue
        name = f"{mention.quantity}.{mention.column}" if mention.column else mention.quantity
        number = None if mention.number is None else f"{mention.number}{mention.unit}"
        marks = [mention.when.value, mention.scope.value, "denied" if mention.denied else ""]
        found.append([name, number, *(mark for mark in marks if mark not in {"this", "report", ""})])
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_every_figure_of_a_real_sentence_counts_what_a_reader_sees(case: dict[str, Any]) -> None:
    assert _placed(case) == case["placed"]


def test_the_table_of_sentences_is_as_long_as_it_says() -> None:
    assert len(CASES) > 100
    assert sum(len(case["placed"]) for case in CASES) > 250


@pytest.mark.parametrize(
    ("text", "number", "margin"),
    [
        ("收到政府信息公开申请１，２３４件。", "1234", "0"),
        ("收到政府信息公开申请 1 234 件。", "1234", "0"),
        ("收到政府信息公开申请一百二十件。", "120", "0"),
        ("收到政府信息公开申请两千〇五件。", "2005", "0"),
        ("收到政府信息公开申请1.2万件。", "12000", "500"),
        ("收到政府信息公开申请12宗。", "12", "0"),
        ("收到政府信息公开申请12份。", "12", "0"),
        ("收到政府信息公开申请约120件。", "None", "0"),
        ("收到政府信息公开申请近120件。", "None", "0"),
        ("收到政府信息公开申请120余件。", "None", "0"),
    ],
)
def test_numbers_are_read_exactly_or_not_at_all(text: str, number: str, margin: str) -> None:
    mention = _context(text, year=2024, body="department").mentions[0]
    assert mention.quantity == "requests_received"
    assert (str(mention.number), f"{mention.margin:f}".rstrip("0").rstrip(".") or "0") == (number, margin)


def test_a_mention_knows_its_place_in_the_printed_paragraph() -> None:
    text = "主动公开方面。　全年收到政府信息公开申请 ３４ 件，上年结转2件。"
    mention = _context(text, year=2024, body="department").mentions[0]
    assert text[mention.start : mention.end] == "３４ 件"
    assert mention.location.section == "overview"
    assert mention.words == "全年收到政府信息公开申请 ３４ 件"


def test_what_is_said_of_others_is_never_the_reports_own() -> None:
    for text in (
        "办理12345热线47件，已全部办结47件。",
        "回复网民留言12条，办结12条。",
        "办理人大建议和政协提案15件，答复15件。",
        "《关于办结政府信息公开申请30件的通知》印发。",
        "“办结政府信息公开申请30件”成为美谈。",
    ):
        context = _context("依申请公开方面。" + text, year=2024, body="department")
        assert [mention.words for mention in context.mentions if mention.quantity] == []


def test_a_text_beyond_the_bounds_is_read_so_far_and_the_rules_say_so() -> None:
    context = _context("收到政府信息公开申请3件，" * 2_500, year=2024, body="department")
    assert len(context.mentions) == 2_000
    assert not context.mentions_whole


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2023年，我局收到政府信息公开申请12件。", When.LAST),
        ("2023年对政府信息公开申请，予以公开12件。", When.LAST),
        ("2024年，我局收到政府信息公开申请12件。", When.THIS),
        ("较2023年，收到政府信息公开申请12件。", When.THIS),
    ],
)
def test_a_year_at_the_very_beginning_counts_for_its_sentence(text: str, when: When) -> None:
    mention = _context(text, year=2024, body="department").mentions[0]
    assert (mention.number, mention.when) == (12, when)
