"""The readers of web pages, Word documents and text beside the libraries that a user would pick instead; recognition.

Run by `make bench`. CPU time of one document, the smallest of several rounds: every figure of one table comes from one
run on one machine. The others only parse and give text and cells; ours also makes blocks with places and notes.
"""

from __future__ import annotations

import importlib
import platform
import sys
import time
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from disclosure_rules.ingest.docx import read_docx
from disclosure_rules.ingest.html import read_html
from disclosure_rules.ingest.recognise import recognise
from disclosure_rules.ingest.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable

REPORTS = Path(__file__).resolve().parent.parent / "tests" / "data" / "reports"
PAGES = ("shuyang-fagaiju-2023.html", "pingtan-guanweihui-2022.html", "shanghai-zhengfubangongting-2019.html")
TEXTS = ("suqian-shizhengfu-2024.txt", "pingtan-guanweihui-2021.txt")
MADE = 60
ROUNDS = 15
REPEAT = 5


def milliseconds(work: Callable[[], object]) -> float:
    """CPU time of one call."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(REPEAT):
            work()
        times.append((time.process_time() - start) / REPEAT * 1e3)
    return min(times)


def optional(name: str) -> Any:  # noqa: ANN401  a module that may be missing
    """A module, or None."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def standard(data: bytes) -> None:
    """The standard library's parser with empty handlers: what any reader on it costs at least."""
    parser = HTMLParser()
    parser.feed(data.decode())
    parser.close()


def soup(data: bytes, parser: str) -> list[list[str]]:
    """Paragraphs and cells by BeautifulSoup."""
    tree = optional("bs4").BeautifulSoup(data, parser)
    paragraphs = [element.get_text() for element in tree.find_all("p")]
    rows = [[cell.get_text() for cell in row.find_all(["td", "th"])] for row in tree.find_all("tr")]
    return [paragraphs, *rows]


def lexbor(data: bytes) -> list[list[str]]:
    """Paragraphs and cells by selectolax."""
    tree = optional("selectolax.lexbor").LexborHTMLParser(data)
    paragraphs = [element.text() for element in tree.css("p")]
    rows = [[cell.text() for cell in row.css("td, th")] for row in tree.css("tr")]
    return [paragraphs, *rows]


def python_docx(data: bytes) -> list[list[str]]:
    """Paragraphs and cells by python-docx."""
    document = optional("docx").Document(BytesIO(data))
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return [paragraphs, *rows]


def main() -> None:
    """Print the tables."""
    print(f"Python {platform.python_version()}\n\n| page | reader | ms |\n| --- | --- | --- |")
    for name in PAGES:
        data = (REPORTS / name).read_bytes()
        rows: list[tuple[str, Callable[[], object]]] = [
            ("ours", lambda data=data: read_html(data, "page")),
            ("html.parser, handlers empty", lambda data=data: standard(data)),
        ]
        if optional("bs4"):
            rows.append(("BeautifulSoup, html.parser", lambda data=data: soup(data, "html.parser")))
        if optional("bs4") and optional("lxml"):
            rows.append(("BeautifulSoup, lxml", lambda data=data: soup(data, "lxml")))
        if optional("selectolax"):
            rows.append(("selectolax", lambda data=data: lexbor(data)))
        for reader, work in rows:
            print(f"| {name} ({len(data) // 1024} KB) | {reader} | {milliseconds(work):.1f} |")
    print("\n| document | reader | ms |\n| --- | --- | --- |")
    data = (REPORTS / "template-blank-2021.docx").read_bytes()
    print(f"| template-blank-2021.docx | ours | {milliseconds(lambda: read_docx(data, 'template')):.1f} |")
    if optional("docx"):
        print(f"| template-blank-2021.docx | python-docx | {milliseconds(lambda: python_docx(data)):.1f} |")
    print("\n| text | ms |\n| --- | --- |")
    for name in TEXTS:
        data = (REPORTS / name).read_bytes()
        print(
            f"| {name} ({len(data) // 1024} KB) | {milliseconds(lambda data=data: read_text(data, 'x')):.2f} |"
        )
    recognition()


def recognition() -> None:
    """Recognition of reports that differ: of one report over and over it would find everything kept from before."""
    sys.path.append(str(REPORTS.parents[1] / "ingest"))
    made, layouts = optional("made_reports").made, optional("table_grids").LAYOUTS
    print(f"\n| recognition, {MADE} made reports | ms each |\n| --- | --- |")
    readers = {"html": read_html, "docx": read_docx, "txt": read_text}
    for kind, read in readers.items():
        documents = [read(made(seed, layouts, kind=kind).data, "x") for seed in range(MADE)]
        times = []
        for _ in range(5):
            start = time.process_time()
            for document in documents:
                recognise(document, layouts, None)
            times.append((time.process_time() - start) / MADE * 1e3)
        print(f"| {kind} | {min(times):.1f} |")


if __name__ == "__main__":
    main()
