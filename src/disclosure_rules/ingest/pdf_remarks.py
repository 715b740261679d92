"""What the PDF reader says about its work, in words: notes on what was read, and why a file was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from disclosure_rules.errors import ReadError
from disclosure_rules.model.location import Location
from disclosure_rules.model.note import Note
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["lost", "notes_of", "refusal", "scan_advice"]

_MOST_PLACES = 20

_WORDS = {
    "file-damaged": (
        "文件结构已损坏，内容可能不全，请与原文核对",
        "the file's structure is damaged and parts may be missing; compare with the original",
    ),
    "form-fields": (
        "文件带有表单域，填写在表单域里的内容没有读取",
        "the file has form fields; what is filled into them was not read",
    ),
    "page-not-read": ("有页面无法读取", "pages could not be read"),
    "text-lost": (
        "有页面的字体已损坏，大部分文字无法显示，整页没有采用",
        "pages whose fonts are damaged, so that most of their text is lost, were left out whole",
    ),
    "font-missing": (
        "文件没有嵌入字体，本机又没有中文字体：有的字（或空格）没有读到，以 � 代替；请安装中文字体，或导出时嵌入字体",
        "the file lacks its fonts and this machine a Chinese one: characters (or spaces) shown as � were not read",
    ),
    "page-without-text": (
        "有页面只有图片、没有文字，图片中的内容没有读取",
        "pages hold only a picture and no text; what the picture shows was not read",
    ),
    "picture": (
        "页面中有大幅图片，图片中的内容没有读取",
        "pages hold large pictures; what they show was not read",
    ),
    "hidden-text": (
        "有不显示的文字（如扫描件的识别层），没有采用",
        "there is text that does not show (such as the layer of a scan); it was not used",
    ),
    "slanted-text": (
        "有斜排文字（如水印），没有采用",
        "there is slanted text (such as a watermark); it was not used",
    ),
    "struck-text": (
        "有文字被删除线划去（如修订稿），没有采用；数字被划去的单元格不能读数，请用定稿",
        "text is struck out (as in a draft with changes) and was not used; cells with such digits have no number",
    ),
    "text-off-page": (
        "有文字落在页面之外，没有采用",
        "there is text beyond the page's edge; it was not used",
    ),
    "table-off-page": (
        "表格超出页面边缘，超出部分的单元格无法读取",
        "a table runs over the page's edge; its cells there cannot be read",
    ),
    "unreadable-characters": (
        "有字符无法对应到文字，以 � 代替",
        "there are characters that stand for no known text; each is shown as �",
    ),
    "doubtful-characters": (
        "有文字看不清，识别没有把握，各以一个 � 代替",
        "there are words that were seen without certainty; one � stands for each",
    ),
    "overlapping-text": (
        "有文字叠印在一起，无法判断以哪个为准，以 � 代替",
        "there are characters printed over each other; which one counts cannot be told, so � stands for them",
    ),
    "number-over-border": (
        "有数字越过单元格边线，无法判断属于哪个单元格，相关单元格不作为数据采用",
        "numbers run over a cell's border, so that their cell cannot be told; these cells are not used as numbers",
    ),
    "stacked-numbers": (
        "有单元格里上下排着几个数字，可能缺少表格线，不作为一个数采用",
        "cells hold numbers one above the other, perhaps for want of a line between them; they are no one number",
    ),
    "irregular-cell": (
        "有表格线缺失，单元格的范围由相邻边线推断",
        "lines of a table are missing; the extent of cells follows from the lines around them",
    ),
    "table-too-large": (
        "有表格线条过多，没有按表格读取",
        "a table has too many lines and was not read as a table",
    ),
    "too-many-lines": (
        "页面线条过多，没有按表格读取",
        "a page has too many lines; no tables were read on it",
    ),
    "table-joined": ("表格跨页，已按同一张表连接", "tables go on over a page break and were joined"),
    "row-joined": (
        "表格的一行被分页截断，已连接为一行，请与原文核对",
        "a row of a table was cut in two by a page break and was joined; compare with the original",
    ),
    "object-not-read": (
        "有文字或线条的坐标无法解析，没有读取",
        "there are texts or lines whose place cannot be told; they were not read",
    ),
    "composite-not-read": (
        "有复合图形对象，其中的内容没有读取",
        "there are composite objects; what they hold was not read",
    ),
    "annotations-not-read": (
        "文件带有批注、水印等附加内容，没有采用",
        "the file has annotations, such as remarks or a watermark; they were not used",
    ),
    "attachments-not-read": ("文件带有附件，没有读取", "the file has attachments, which were not read"),
    "other-documents-not-read": (
        "文件里有几份文档，只读取了第一份",
        "the file holds several documents; only the first was read",
    ),
    "page-furniture": (
        "页码、页眉、页脚没有作为正文",
        "page numbers and running heads were left out of the text",
    ),
}

_WHAT = {
    "pages": "页",
    "characters": "个字符",
    "objects": "个图形对象",
    "lines": "条线",
    "memory": "字节内存",
}


def notes_of(remarks: Mapping[str, Sequence[Any]]) -> Iterator[Note]:
    """A note for each remark of the reading: by code, (count, pages, words)."""
    for code, (count, pages, words) in remarks.items():
        zh, en = _WORDS[code]
        yield Note(
            code=code,
            message=Text(zh=zh, en=en),
            count=count,
            places=tuple(Location(page=page) for page in pages[:_MOST_PLACES]),
            words=tuple(words),
        )


def refusal(answer: Mapping[str, Any], name: str) -> ReadError:
    """The error for an answer without blocks."""
    code = answer["error"]
    if code == "encrypted":
        return ReadError(
            "这个 PDF 有打开密码，请去掉密码后再检查",
            "this PDF is protected by a password; remove it and hand the file in again",
            place=name,
            code="encrypted",
        )
    if code == "scan":
        return _scan(answer, name)
    if code == "font-missing":
        return ReadError(
            f"这个 PDF 没有嵌入字体，本机又没有中文字体，{answer['texts']} 处文字读不到；请在本机安装中文字体后再检查，"
            "或导出时选择嵌入字体，或提供 Word 文档",
            f"this PDF lacks its fonts and this machine a Chinese one: {answer['texts']} texts cannot be read; "
            "install a Chinese font, embed the fonts on export, or hand in the Word document",
            place=name,
            code="font-missing",
        )
    if code == "unusable-text":
        return ReadError(
            "这个 PDF 的文字层不可用（字符无法对应到汉字），请用 WPS 或 Word 重新导出，或提供 Word 文档",
            "the text layer of this PDF cannot be used: its characters stand for no Han text; export it again from WPS "
            "or Word, or hand in the Word document",
            place=name,
            code="unusable-text",
        )
    if code == "too-large":
        what, limit, page = answer["what"], answer["limit"], answer["page"]
        zh = f"第 {page} 页" if page else "文件"
        en = f"page {page}" if page else "the file"
        return ReadError(
            f"{zh}超过 {limit} {_WHAT[what]}，不像是一份年度报告，请确认是否选错了文件",
            f"{en} exceeds {limit} {what}, which no annual report does; make sure it is the right file",
            place=name,
            code="too-large",
        )
    return ReadError(
        "这个 PDF 已损坏，无法打开，请用 WPS 或 Word 重新导出后再检查",
        "this PDF is damaged and cannot be opened; export it again from WPS or Word",
        place=name,
        code="broken-file",
    )


def _scan(answer: Mapping[str, Any], name: str) -> ReadError:
    pages = answer["pages"]
    hidden_zh = "，其中不显示的识别文字不可靠，没有采用" if answer["hidden"] else ""
    hidden_en = (
        "; the hidden text of its scanner is not reliable and was not used" if answer["hidden"] else ""
    )
    zh, en = scan_advice()
    return ReadError(
        f"这是扫描件（{pages} 页，没有可用的文字层{hidden_zh}），{zh}",
        f"this is a scan: {pages} pages without a usable text layer{hidden_en}; {en}",
        place=name,
        code="scan",
    )


def scan_advice() -> tuple[str, str]:
    """What to do about a scan, in both languages, where recognition was not asked for."""
    zh = (
        "请提供 Word 文档或由 Word、WPS 导出的 PDF；也可以加 --ocr 识别图中文字"
        "（先安装 pip install 'disclosure-rules[ocr]'），识别结果仅供参考"
    )
    en = (
        "hand in the Word document or a PDF exported from Word or WPS; or add --ocr to recognise the characters "
        "(after pip install 'disclosure-rules[ocr]'), which gives hints and no evidence"
    )
    return zh, en


def lost(name: str, *, late: bool) -> ReadError:
    """The error for a process that ended without an answer."""
    if late:
        return ReadError(
            "读取这个 PDF 的时间过长，已停止。文件可能已损坏，请用 WPS 或 Word 重新导出后再检查",
            "reading this PDF took too long and was stopped; the file may be damaged: export it again from WPS or Word",
            place=name,
            code="too-slow",
        )
    return ReadError(
        "读取这个 PDF 时解析程序异常退出（超出资源上限或文件已损坏），请用 WPS 或 Word 重新导出后再检查",
        "the program that reads PDF stopped on this file (a limit exceeded, or the file is damaged); export it again "
        "from WPS or Word",
        place=name,
        code="reader-lost",
    )
