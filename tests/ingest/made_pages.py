"""The other half of `made_reports`: a report written as a page, a Word document or a text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docx_made import docx, p

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from made_reports import Choices, Part, Printed

    Choose = Callable[..., str]

__all__ = ["docx_of", "page_of", "text_of"]

_MENU = "".join(
    f"<li><a href='#'>{name}</a></li>" for name in ("首页", "政务公开", "政府信息公开年报", "互动交流")
)
_FOOT = "<div>主办：人民政府办公室　网站标识码：3213220001　苏ICP备05004171号</div><div>扫一扫在手机打开当前页</div>"


def page_of(choose: Choices, title: str, body: str, year: int, parts: Sequence[Part]) -> bytes:
    """A saved page of a government's site."""
    of = choose.of
    soup = _soup(of)
    cell = _cell(of, soup)
    where = of("title at", "h1", "div", "two lines", "meta", "window", "field", "p strong")
    blocks = _printed_title(where, title, soup)
    mark = of("heading mark", "p", "strong", "h2", "br", "run", "span")
    for _, heading, paragraphs, tables in parts:
        blocks += _section(mark, heading, paragraphs, [_table(table, cell, of) for table in tables], soup)
    if of("closing", "no", "yes") == "yes":
        blocks += [f'<p align="right">{body}</p>', f'<p align="right">{year + 1}年1月20日</p>']
    head = _head(of, where, title, body, year)
    inside = _template(choose, (title, body, year), "\n".join(blocks))
    charset = of("charset", "utf-8", "gbk", "gb2312 said, utf-8 sent")
    said = {"utf-8": "utf-8", "gbk": "gbk", "gb2312 said, utf-8 sent": "gb2312"}[charset]
    page = f'<!DOCTYPE html><html><head><meta charset="{said}">{head}</head><body>{inside}</body></html>'
    return page.encode("gbk" if charset == "gbk" else "utf-8", "xmlcharrefreplace")


def _head(of: Choose, where: str, title: str, body: str, year: int) -> str:
    site = of("window title", "{t}", "{t}-{b}", "{t}_{b}门户网站", "政府信息公开")
    head = f"<title>{title if where == 'window' else site.format(t=title, b=body)}</title>"
    if where == "meta" or of("meta", "no", "yes") == "yes":
        head += (
            f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{year + 1}-01-20 10:00">'
            f'<meta name="ContentSource" content="{body}"><meta name="ColumnName" content="政府信息公开年报">'
        )
    return head


def _printed_title(where: str, title: str, soup: Callable[[str], str]) -> list[str]:
    cut = max(title.find("20"), title.find("政府信息公开"), 2)
    return {
        "h1": [f"<h1>{title}</h1>"],
        "div": [f'<div class="title">{title}</div>'],
        "two lines": [f'<p align="center">{title[:cut]}</p><p align="center">{title[cut:]}</p>'],
        "meta": [],
        "window": [],
        "field": [],
        "p strong": [f'<p style="text-align:center"><strong>{soup(title)}</strong></p>'],
    }[where]


def _template(choose: Choices, facts: tuple[str, str, int], content: str) -> str:
    title, body, year = facts
    of = choose.of
    frame = of("template", "div", "tables", "bare", "fields", "crumbs")
    fields = (
        f"<table><tr><td>索 引 号：</td><td>014416330/{year + 1}-00007</td><td>主题分类：</td><td>政府信息公开年报</td></tr>"
        f"<tr><td>发布机构：</td><td>{body}</td><td>公开日期：</td><td>{year + 1}-01-20</td></tr>"
        f"<tr><td>标　　题：</td><td colspan=3>{title}</td></tr><tr><td>文　　号：</td><td></td><td>时　　效：</td><td></td></tr></table>"
    )
    if "title at=field" in choose.made:
        frame = "fields"
    line = f"<div>发布时间：{year + 1}-01-20 10:00　来源：{body}　字体：[ 大 中 小 ]</div>"
    return {
        "div": f"<div class=nav><ul>{_MENU}</ul></div>{line if of('line', 'no', 'yes') == 'yes' else ''}"
        f"<div class=TRS_Editor>{content}</div>{_FOOT}",
        "tables": f"<table width=1000><tr><td colspan=2><ul>{_MENU}</ul></td></tr><tr><td width=200>栏目导航</td><td>"
        f"<table><tr><td>{line}</td></tr><tr><td>{content}</td></tr></table></td></tr><tr><td>{_FOOT}</td></tr></table>",
        "bare": content,
        "fields": f"{fields}<div id=zoom>{content}</div>{_FOOT}",
        "crumbs": f"<div>当前位置：首页 &gt; 政务公开 &gt; {body} &gt; 政府信息公开年报</div>{line}<div>{content}</div>{_FOOT}",
    }[frame]


def _section(
    mark: str, heading: str, paragraphs: Sequence[str], tables: Sequence[str], soup: Callable[[str], str]
) -> list[str]:
    body = [f"<p>　　{soup(text)}</p>" for text in paragraphs]
    if not heading:
        return [*body, *tables]
    if mark == "br":
        joined = "<br>".join(["　　" + heading, *("　　" + soup(text) for text in paragraphs)])
        return [f"<p>{joined}</p>", *tables]
    if mark == "run" and paragraphs:
        return [f"<p>　　<b>{heading}</b>　{soup(paragraphs[0])}</p>", *body[1:], *tables]
    printed = {
        "strong": f"<p><strong>　　{heading}</strong></p>",
        "h2": f"<h2>{heading}</h2>",
        "span": f"<p>{soup(heading)}</p>",
    }.get(mark, f"<p>　　{heading}</p>")
    return [printed, *body, *tables]


def _soup(of: Choose) -> Callable[[str], str]:
    how = of("soup", "plain", "span", "font", "word")
    if how == "plain":
        return escape
    tag = {"span": '<span style="font-family:仿宋;">{}</span>', "font": "<font size=3>{}</font>",
           "word": '<span lang="EN-US"><font face=仿宋_GB2312>{}</font></span><o:p></o:p>'}[how]  # fmt: skip

    def soup(text: str) -> str:
        return "".join(tag.format(escape(text[at : at + 3])) for at in range(0, len(text), 3))

    return soup


def _cell(of: Choose, soup: Callable[[str], str]) -> Callable[[str], str]:
    blank = of("blank cells", "", "&nbsp;", "<p>&nbsp;</p>", "<p><o:p>&nbsp;</o:p></p>", "<br>", "　")
    how = of("cells", "{}", "<p>{}</p>", "<p align=center><span>{}</span></p>", "\n  {}\n", "<div>{}</div>")
    return lambda text: how.format(soup(text)) if text else blank


def _table(rows: Printed, cell: Callable[[str], str], of: Choose) -> str:
    tag = of("tags", "td", "th", "open")
    out = ['<table border="1" cellspacing="0">', "<tbody>" if tag != "open" else ""]
    for at, row in enumerate(rows):
        name = "th" if tag == "th" and at < 3 else "td"
        cells = "".join(
            f"<{name}{f' rowspan={down}' if down > 1 else ''}{f' colspan={right}' if right > 1 else ''}>{cell(text)}"
            + ("" if tag == "open" else f"</{name}>")
            for down, right, text in row
        )
        out.append(f"<tr>{cells}" + ("" if tag == "open" else "</tr>"))
    return "\n".join([*out, "</tbody></table>" if tag != "open" else "</table>"])


_WIDTH = 9_000  # twentieths of a point between the margins of A4
_BORDERS = "<w:tblPr><w:tblBorders>{}</w:tblBorders></w:tblPr>".format(
    "".join(
        f'<w:{side} w:val="single" w:sz="4"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
)


def docx_of(choose: Choices, title: str, body: str, year: int, parts: Sequence[Part]) -> bytes:
    """A Word document; some with automatic numbers, with changes that are tracked, or in content controls."""
    of = choose.of
    how = of("word", "plain", "tracked", "control", "runs")
    blocks = [p(title)]
    for _, heading, paragraphs, tables in parts:
        blocks += [_word_paragraph(text, how) for text in ((heading,) if heading else ()) + tuple(paragraphs)]
        for table in tables:
            drawn = word_table(table, how)
            blocks.append(
                f"<w:sdt><w:sdtContent>{drawn}</w:sdtContent></w:sdt>" if how == "control" else drawn
            )
    blocks += [p(body), p(f"{year + 1}年1月20日")] if of("closing", "no", "yes") == "yes" else []
    return docx("".join(blocks))


def _word_paragraph(text: str, how: str) -> str:
    if how == "tracked":
        return (
            f'<w:p><w:r><w:t>{escape(text[:4])}</w:t></w:r><w:ins w:id="1"><w:r><w:t>{escape(text[4:])}</w:t></w:r></w:ins>'
            '<w:del w:id="2"><w:r><w:delText>原来的话</w:delText></w:r></w:del></w:p>'
        )
    if how == "runs":
        return "<w:p>" + "".join(f"<w:r><w:t>{escape(letter)}</w:t></w:r>" for letter in text) + "</w:p>"
    return p(escape(text))


def word_table(rows: Printed, how: str) -> str:
    """The markup of a table: what a row span covers is a cell of its own that continues the one above."""
    hanging: dict[int, tuple[int, int]] = {}  # column: rows left, columns wide
    out = []
    for row in rows:
        cells, column, waiting = [], 0, list(row)
        while waiting or column in hanging:
            if column in hanging:
                left, wide = hanging.pop(column)
                if left > 1:
                    hanging[column] = (left - 1, wide)
                    # ends this row only: put back after it
                cells.append(_word_cell("", wide, "<w:vMerge/>", how))
                column += wide
                if left > 1:
                    hanging[column - wide] = (left - 1, wide)
                continue
            down, right, text = waiting.pop(0)
            merge = '<w:vMerge w:val="restart"/>' if down > 1 else ""
            cells.append(_word_cell(text, right, merge, how))
            if down > 1:
                hanging[column] = (down - 1, right)
            column += right
        out.append("<w:tr>" + "".join(cells) + "</w:tr>")
    columns = sum(right for _, right, _ in rows[0])
    grid = "".join(f'<w:gridCol w:w="{_WIDTH // columns}"/>' for _ in range(columns))
    return f"<w:tbl>{_BORDERS}<w:tblGrid>{grid}</w:tblGrid>" + "".join(out) + "</w:tbl>"


def _word_cell(text: str, wide: int, merge: str, how: str) -> str:
    span = f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ""
    inside = _word_paragraph(text, how if how == "runs" else "plain") if text else "<w:p/>"
    if how == "tracked" and text:
        inside = f'<w:p><w:del w:id="3"><w:r><w:delText>9</w:delText></w:r></w:del><w:ins w:id="4"><w:r><w:t>{escape(text)}</w:t></w:r></w:ins></w:p>'
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{inside}</w:tc>"


def text_of(choose: Choices, title: str, body: str, year: int, parts: Sequence[Part]) -> bytes:
    """The text copied from a page: cells behind bars, or one a line, as programs that keep only text leave them."""
    of = choose.of
    how = of("rows", "markdown", "bars", "tabs", "lines")
    out = [title]
    for _, heading, paragraphs, tables in parts:
        out += [heading, *paragraphs] if heading else list(paragraphs)
        for table in tables:
            out += [_text_row([text for _, _, text in row], how) for row in table]
    if of("closing", "no", "yes") == "yes":
        out += [body, f"{year + 1}年1月20日"]
    return "\n".join(out).encode()


def _text_row(cells: Sequence[str], how: str) -> str:
    return {
        "markdown": "| " + " | ".join(cells) + " |",
        "bars": " | ".join(cells) + " |",
        "tabs": "\t".join(cells),
        "lines": "\n|\n".join(cells) + "\n|",
    }[how]
