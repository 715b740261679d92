"""Strategies for reports in which everything agrees: sums, text and tables, parts, dates.

Written from the forms and the law, not from the rules: what is drawn here is a report at which a careful reader finds no fault.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

__all__ = ["broken_relations", "consistent_reports"]

Plain = dict[str, Any]
APPLICANTS = (
    "natural_person",
    "commercial_enterprise",
    "research_institution",
    "public_interest_organization",
    "legal_service_agency",
    "other_organization",
)
_REFUSED = (
    *("state_secret", "other_law", "security_stability", "third_party", "internal_affairs"),
    *("process_information", "enforcement_file", "administrative_query"),
)
_RESULTS = (
    *("granted", "partially_granted"),
    *(f"refused_{reason}" for reason in _REFUSED),
    *("unavailable_not_held", "unavailable_must_be_created", "unavailable_still_unclear"),
    *("not_processed_petition", "not_processed_repeated", "not_processed_publication"),
    *("not_processed_excessive", "not_processed_confirmation"),
)
RESULTS = {
    "2019": (*_RESULTS, "other_handling"),
    "2021": (*_RESULTS, "other_no_correction", "other_fee_unpaid", "other_rest"),
}
OUTCOMES = ("upheld", "corrected", "other", "pending")
GROUPS = ("review", "litigation_direct", "litigation_after_review")
_SECTIONS = {
    "proactive_disclosure": "主动公开政府信息情况",
    "requests": "收到和处理政府信息公开申请情况",
    "reviews_and_litigation": "政府信息公开行政复议、行政诉讼情况",
}
_count = st.integers(min_value=0, max_value=40)


@st.composite
def _requests(draw: st.DrawFn, layout: str) -> Plain:
    rows: Plain = {}
    for row in RESULTS[layout]:
        # A fee that stays unpaid must be told of in the text; there is none here.
        rows[row] = {
            who: 0 if row == "other_fee_unpaid" else draw(st.sampled_from((0, 0, 1, 3, 12)))
            for who in APPLICANTS
        }
    rows["results_total"] = {who: sum(rows[row][who] for row in RESULTS[layout]) for who in APPLICANTS}
    rows["carried_out"] = {who: draw(_count) for who in APPLICANTS}
    due = {who: rows["results_total"][who] + rows["carried_out"][who] for who in APPLICANTS}
    rows["carried_in"] = {who: draw(st.integers(0, due[who])) for who in APPLICANTS}
    rows["received"] = {who: due[who] - rows["carried_in"][who] for who in APPLICANTS}
    for cells in rows.values():
        cells["total"] = sum(cells[who] for who in APPLICANTS)
    return rows


@st.composite
def _reviews(draw: st.DrawFn) -> Plain:
    rows: Plain = {group: {outcome: draw(_count) for outcome in OUTCOMES} for group in GROUPS}
    for cells in rows.values():
        cells["total"] = sum(cells[outcome] for outcome in OUTCOMES)
    return rows


@st.composite
def _proactive(draw: st.DrawFn, layout: str) -> Plain:
    issued, more = draw(_count), draw(_count)
    if layout == "2021":
        return {
            "government_rules": {"issued": 0, "repealed": 0, "in_force": 0},
            "normative_documents": {"issued": issued, "repealed": draw(_count), "in_force": issued + more},
            "administrative_licensing": {"decisions": draw(_count)},
            "administrative_penalty": {"decisions": draw(_count)},
            "administrative_compulsion": {"decisions": draw(_count)},
            "administrative_charges": {"amount": draw(_count)},
        }
    itemised = (
        "administrative_licensing",
        "other_public_services",
        "administrative_penalty",
        "administrative_compulsion",
    )
    return {
        "government_rules": {"newly_made": 0, "newly_disclosed": 0, "total_disclosed": 0},
        "normative_documents": {
            "newly_made": issued,
            "newly_disclosed": issued,
            "total_disclosed": issued + more,
        },
        **{
            row: {"items_last_year": draw(_count), "items_change": 0, "decisions": draw(_count)}
            for row in itemised
        },
        "administrative_charges": {"items_last_year": draw(_count), "items_change": 0},
        "government_procurement": {"items": 3, "amount_yuan": 1200000},
    }


def _overview(year: int, tables: Plain) -> list[str]:
    rows, cases = tables["requests"], tables["reviews_and_litigation"]
    made = tables["proactive_disclosure"]["normative_documents"]
    issued = made.get("issued", made.get("newly_made"))
    suits = cases["litigation_direct"]["total"] + cases["litigation_after_review"]["total"]
    return [
        f"{year}年，我局认真贯彻落实《中华人民共和国政府信息公开条例》，坚持以公开为常态、不公开为例外，各项工作有序开展。",
        f"（一）主动公开方面。围绕群众关心的事项，及时更新政府网站栏目，全年制发行政规范性文件{issued}件，并同步发布解读材料。",
        (
            f"（二）依申请公开方面。全年新收政府信息公开申请{rows['received']['total']}件，上年结转{rows['carried_in']['total']}件，"
            f"办结{rows['results_total']['total']}件，结转下年度继续办理{rows['carried_out']['total']}件。"
            f"因政府信息公开被申请行政复议{cases['review']['total']}件，被提起行政诉讼{suits}件。"
        ),
        "（三）政府信息管理方面。严格执行保密审查和发布审核制度，对已发布的内容定期检查，及时更正和清理。",
        "（四）政府信息公开平台建设方面。优化政府网站公开栏目，规范政务新媒体运行，方便群众查询。",
        "（五）监督保障方面。将政府信息公开工作纳入年度考核，开展社会评议和业务培训，全年没有发生责任追究情形。",
    ]


@st.composite
def consistent_reports(draw: st.DrawFn, layout: str) -> Plain:
    """A report of a county's bureau in the form of 2019 or 2021, by `schemas/report.schema.json`."""
    year = draw(st.sampled_from((2019, 2020) if layout == "2019" else (2021, 2022, 2023, 2024)))
    tables = {
        "proactive_disclosure": draw(_proactive(layout)),
        "requests": draw(_requests(layout)),
        "reviews_and_litigation": draw(_reviews()),
    }
    body = "长子县住房和城乡建设局"
    ends = [
        (
            "存在的主要问题：一是政策解读的形式较为单一，图文解读偏少。二是答复文书的规范程度还有差距。"
            "改进措施：一是丰富解读形式，增加图文和视频解读。二是组织业务培训，统一答复文书格式。"
        ),
        "本年度没有发出信息处理费收费通知，未收取信息处理费。没有其他需要报告的事项。",
    ]
    return {
        "title": f"{body}{year}年政府信息公开工作年度报告",
        "body": {"name": body, "kind": "department", "region": "140428"},
        "year": year,
        "layout": layout,
        "period": {"from": f"{year}-01-01", "to": f"{year}-12-31"},
        "published": f"{year + 1}-01-17",
        "introduction": [
            (
                "根据《中华人民共和国政府信息公开条例》（国务院令第711号）的要求，编制本报告。"
                f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
            )
        ],
        "sections": [
            {"key": "overview", "number": "一", "heading": "总体情况", "paragraphs": _overview(year, tables)},
            *(
                {"key": key, "number": number, "heading": heading}
                for number, (key, heading) in zip("二三四", _SECTIONS.items(), strict=True)
            ),
            {
                "key": "problems_and_improvements",
                "number": "五",
                "heading": "存在的主要问题及改进情况",
                "paragraphs": ends[:1],
            },
            {"key": "other_matters", "number": "六", "heading": "其他需要报告的事项", "paragraphs": ends[1:]},
        ],
        "closing": [body, f"{year + 1}年1月17日"],
        "tables": tables,
    }


def broken_relations(report: Plain) -> set[tuple[str, str]]:
    """Which printed relations do not hold, and the place of each, reckoned from the values alone."""
    broken = set()
    rows, results = report["tables"]["requests"], RESULTS[report["layout"]]
    for row, cells in rows.items():
        if sum(cells[who] for who in APPLICANTS) != cells["total"]:
            broken.add(("cn/requests/applicants-unequal-total", f"requests.{row}.total"))
    for column in (*APPLICANTS, "total"):
        total = rows["results_total"][column]
        if sum(rows[row][column] for row in results) != total:
            broken.add(("cn/requests/results-unequal-total", f"requests.results_total.{column}"))
        if rows["received"][column] + rows["carried_in"][column] != total + rows["carried_out"][column]:
            broken.add(("cn/requests/unbalanced", f"requests.results_total.{column}"))
    for group, cells in report["tables"]["reviews_and_litigation"].items():
        if sum(cells[outcome] for outcome in OUTCOMES) != cells["total"]:
            broken.add(
                ("cn/reviews_and_litigation/outcomes-unequal-total", f"reviews_and_litigation.{group}.total")
            )
    return broken
