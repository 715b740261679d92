"""The PDF and the workbook reader beside pdfplumber and openpyxl, on the same documents: CPU time a document.

Run by `make bench`. The time of the PDF reader is that of its worker process and of ours together.
"""

from __future__ import annotations

import io
import os
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure_rules.ingest.pdf import pdf_reader
from disclosure_rules.ingest.pdf_reading import read
from disclosure_rules.ingest.sheets import read_sheets

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).resolve().parent.parent / "tests" / "data"
ROUNDS = 15


def milliseconds(work: Callable[[], object], repeat: int) -> float:
    """CPU time of one call, in ms, in this process: the least of several rounds, for the machine may do other work."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(repeat):
            work()
        times.append((time.process_time() - start) / repeat * 1e3)
    return min(times)


def with_pdfplumber(data: bytes) -> None:
    import pdfplumber  # noqa: PLC0415  another library of its user's choice

    with pdfplumber.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()


def with_openpyxl(data: bytes) -> None:
    import openpyxl  # noqa: PLC0415  the same

    for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True):
        for row in sheet.iter_rows(values_only=True):
            list(row)


def main() -> None:
    import pypdfium2_raw  # noqa: PLC0415  the worker's part is timed in this process

    pypdfium2_raw.FPDF_InitLibrary()
    pdf = (DATA / "reports" / "hongze-quzhengfu-2024.pdf").read_bytes()
    sheet = (DATA / "variants" / "sheet.xlsx").read_bytes()
    reader = pdf_reader()
    print(f"\n{os.cpu_count()} cores\n\n| what | CPU ms a document |\n| --- | --- |")
    print(f"| PDF of 5 pages, the worker's part | {milliseconds(lambda: read(pdf), 5):.1f} |")
    print(f"| PDF of 5 pages, our part | {milliseconds(lambda: reader.read(pdf, 'x'), 5):.1f} |")
    if find_spec("pdfplumber"):
        print(f"| pdfplumber, text and tables | {milliseconds(lambda: with_pdfplumber(pdf), 1):.1f} |")
    print(f"| xlsx | {milliseconds(lambda: read_sheets(sheet, 'x'), 50):.2f} |")
    if find_spec("openpyxl"):
        print(f"| openpyxl, values | {milliseconds(lambda: with_openpyxl(sheet), 50):.2f} |")


if __name__ == "__main__":
    main()
