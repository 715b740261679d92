"""Make the PDF variants of reports in tests/data/variants: `python tools/make_variants.py`.

Needs LibreOffice and Chromium with a Han font (Debian: libreoffice-writer, chromium, fonts-noto-cjk), which the tests
do not have; so the files are committed. Chromium runs without a sandbox only because its pages are our own.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "tests" / "data"
sys.path.append(str(DATA.parent / "ingest"))

from made_reports import made
from table_grids import LAYOUTS

# The forms of the seeds: docs/accuracy.md; rows cut in two, a number broken over lines, both forms of the report.
BY_LIBREOFFICE = (0, 4, 8, 11)
BY_CHROMIUM = (1,)
TIMEOUT = 180


def run(*words: str | Path) -> None:
    """Run a program, quietly."""
    subprocess.run([str(word) for word in words], check=True, capture_output=True, timeout=TIMEOUT)  # noqa: S603


def by_libreoffice(source: Path, target: str, folder: Path) -> Path:
    """A document as LibreOffice converts it."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    run("soffice", profile, "--headless", "--convert-to", target, "--outdir", folder, source)
    return folder / f"{source.stem}.{target.partition(':')[0]}"


def by_chromium(source: Path, folder: Path) -> Path:
    """A page as it is printed from a browser."""
    target = folder / f"{source.stem}.pdf"
    run(
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/chromium",
        "--no-pdf-header-footer", f"--print-to-pdf={target}", source.as_uri(),
    )  # fmt: skip
    return target


def main() -> None:
    """Make them all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for seed in BY_LIBREOFFICE:
            source = folder / f"made-{seed}-libreoffice.docx"
            source.write_bytes(made(seed, LAYOUTS, kind="docx").data)
            shutil.copy(by_libreoffice(source, "pdf", folder), DATA / "variants")
        for seed in BY_CHROMIUM:
            source = folder / f"made-{seed}-chromium.html"
            source.write_bytes(made(seed, LAYOUTS, kind="html").data)
            shutil.copy(by_chromium(source, folder), DATA / "variants")
        # By way of a text document: straight to a PDF a page is one long sheet.
        # LibreOffice writes the folder of a page into the links of its PDF.
        page = Path(shutil.copy(DATA / "reports" / "pingtan-guanweihui-2022.html", folder))
        text = by_libreoffice(page, "odt:writer8", folder)
        made_pdf = by_libreoffice(text, "pdf", folder)
        shutil.copy(made_pdf, DATA / "variants" / "pingtan-guanweihui-2022-libreoffice.pdf")


if __name__ == "__main__":
    main()
