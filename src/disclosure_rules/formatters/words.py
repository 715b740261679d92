"""Words about findings that every text for people has: how severe, and by which law."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.model.rule import Severity
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from disclosure_rules.model.collection import CollectionFinding, CollectionOpen
    from disclosure_rules.model.result import CitedBasis, Finding
    from disclosure_rules.model.text import Lang

__all__ = ["SEVERITY_WORDS", "law", "laws"]

SEVERITY_WORDS = {
    Severity.ERROR: Text(zh="错误", en="error"),
    Severity.WARNING: Text(zh="警告", en="warning"),
    Severity.EXPLAIN: Text(zh="说明", en="explain"),
    Severity.NOTE: Text(zh="提示", en="note"),
}


def laws(findings: Iterable[Finding | CollectionFinding | CollectionOpen], lang: Lang) -> Iterator[str]:
    """Each instrument that the findings cite once, with all articles cited."""
    cited: dict[tuple[str, str | None], list[CitedBasis]] = {}
    for basis in (basis for finding in findings for basis in finding.basis):
        same = cited.setdefault((basis.title, basis.number), [])
        if basis not in same:
            same.append(basis)
    for first, *others in cited.values():
        articles = [basis.article for basis in (first, *others) if basis.article is not None]
        joined = {"article": ("、" if lang == "zh" else ", ").join(articles), "quote": None}
        yield law(first.model_copy(update=joined) if others else first, lang)


def law(basis: CitedBasis, lang: Lang) -> str:
    """A citation: title, number, article and the words that are cited."""
    number = f"（{basis.number}）" if basis.number else ""
    quote = f"：“{basis.quote}”" if basis.quote else ""
    title = basis.title if basis.title.startswith("《") else f"《{basis.title}》"
    article = basis.article or ""
    return f"{title}{number}{article}{quote}" if lang == "zh" else f"{title}{number} {article}{quote}".strip()
