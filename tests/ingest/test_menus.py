"""Menus of a page that list the sections of its report as links: they are no sections."""

from __future__ import annotations

import pytest

from disclosure_rules import Checker
from disclosure_rules.plugins import Plugins

HEADINGS = (
    "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况", "六、其他需要报告的事项",
)  # fmt: skip
TITLE = "<h1>某县教育局2023年政府信息公开工作年度报告</h1>"
CHECKER = Checker(plugins=Plugins(installed=False))


def menu(*items: str) -> str:
    return "<ul>" + "".join(f'<li><a href="#{at}">{item}</a></li>' for at, item in enumerate(items)) + "</ul>"


def sections(page: str) -> list[tuple[str | None, str]]:
    """The key of each section, and its first words."""
    report = CHECKER.load_report(f"<html><body>{page}</body></html>".encode(), name="a.html")
    return [
        (section.key, section.paragraphs[0].text if section.paragraphs else "") for section in report.sections
    ]


def text(*headings: str, heading: str = "<p>{}</p>") -> str:
    return "".join(f"{heading.format(name)}<p>{name[2:]}的正文，全年做好各项工作。</p>" for name in headings)


PLAIN = TITLE + text(*HEADINGS)


@pytest.mark.parametrize(
    "page",
    [
        menu(*HEADINGS) + PLAIN,
        PLAIN + menu(*HEADINGS),
        PLAIN + menu(HEADINGS[0]),
        PLAIN + menu("网站地图", HEADINGS[0], "联系我们"),
        PLAIN.replace("</h1>", f"</h1>{menu(*HEADINGS)}"),
    ],
    ids=["above", "below", "one below", "among others", "below the title"],
)
def test_a_menu_changes_no_section(page: str) -> None:
    assert sections(page) == sections(PLAIN)
    assert len(sections(PLAIN)) == len(HEADINGS)


def test_a_section_that_only_a_menu_names_is_missing() -> None:
    page = TITLE + text(*HEADINGS[1:]) + menu(HEADINGS[0], "联系我们")
    assert [key for key, _ in sections(page)] == [key for key, _ in sections(PLAIN)][1:]


@pytest.mark.parametrize(
    "heading", ['<p><a name="_Toc1">{}</a></p>', '<p><a href="#top">{}</a></p>', '<p><a href="#top">{}</p>']
)
def test_a_heading_stays_one_that_is_a_link_or_a_place_to_lead_to(heading: str) -> None:
    assert sections(TITLE + text(*HEADINGS, heading=heading)) == sections(PLAIN)
