"""A PDF's bytes to plain paragraphs and grids. Runs in the worker process only."""

from __future__ import annotations

from typing import Any

from disclosure_rules.ingest.pdf_blocks import Remarks, read_pages
from disclosure_rules.ingest.pdf_chars import open_pdf
from disclosure_rules.ingest.pdf_page import TooLarge

__all__ = ["read"]


def read(data: bytes) -> dict[str, Any]:
    """Read a document.

    Returns:
        As `pdf_blocks.read_pages`; besides `error` may be `encrypted`, `broken` or `too-large`.
    """
    try:
        with open_pdf(data) as document:
            remarks = Remarks()
            for flaw in document.flaws:
                remarks.add(flaw.code, 0, flaw.times)
            return read_pages(document.pages, remarks)
    except PermissionError:
        return {"error": "encrypted"}
    except ValueError:
        return {"error": "broken"}
    except TooLarge as refusal:
        return {"error": "too-large", "what": refusal.what, "limit": refusal.limit, "page": refusal.page}
