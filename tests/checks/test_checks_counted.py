"""A message tells how many places there are where there are several, and nothing of a count where there is one."""

from __future__ import annotations

from typing import Any

import pytest

from disclosure_rules.pipeline import Checker

LONG = "坚持把政府信息公开摆在突出位置，健全主要领导亲自抓、分管领导具体抓、办公室牵头落实的工作机制"
MARK = {"text": "/", "status": "mark"}
NOW = "截至目前，公开文件90份。"


def _overview(text: str) -> dict[str, Any]:
    return {"sections": {"overview": text}}


def _row(issued: object, repealed: object) -> dict[str, Any]:
    row = {"issued": issued, "repealed": repealed, "in_force": 0}
    return {"tables": {"proactive_disclosure": {"normative_documents": row}}}


@pytest.mark.parametrize(
    ("report", "says"),
    [
        (_overview(NOW), "「截至目前，公开文件90份」，数据应当截至"),
        (_overview(NOW * 2), "「截至目前，公开文件90份」（全文共 2 处），数据应当截至"),
        (_overview(f"{LONG}。" * 2), "」在前面已经写过"),
        (_overview(f"{LONG}。" * 3), "」（全文共 2 处）在前面已经写过"),
        (_row(None, 0), "的本年制发件数空白。"),
        (_row(None, None), "的本年制发件数、本年废止件数，共 2 个单元格空白。"),
        (_row(MARK, 0), "的本年制发件数填的是「/」。"),
        (_row(MARK, MARK), "，共 2 个单元格填的是「/」。"),
    ],
)
def test_one_place_is_not_counted(report: dict[str, Any], says: str) -> None:
    findings = Checker().check({"layout": "2021", "year": 2024, **report}).findings
    assert [one for one in findings if says in one.message.zh]
    assert not [one for one in findings if "共 1 " in one.message.zh]
