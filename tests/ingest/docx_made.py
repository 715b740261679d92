"""Word documents made for the tests, from the markup of their body."""

from __future__ import annotations

import zipfile
from io import BytesIO

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MORE = (
    f"{W} "
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def relationships(**targets: str) -> str:
    """The markup of a part of relationships."""
    inside = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{inside}</Relationships>'


def archive(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


def docx(body: str, method: int = zipfile.ZIP_DEFLATED, **parts: str) -> bytes:
    """A document with this body; further parts (`numbering`, `styles`, `footnotes`) as the markup of their inside."""
    roots = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes"}
    return archive(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": relationships(officeDocument="word/document.xml"),
            "word/_rels/document.xml.rels": relationships(**{name: f"{name}.xml" for name in parts}),
            "word/document.xml": f"<w:document {MORE}><w:body>{body}</w:body></w:document>",
            **{
                f"word/{name}.xml": f"<w:{roots[name]} {W}>{text}</w:{roots[name]}>"
                for name, text in parts.items()
            },
        },
        method,
    )


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def tc(text: str, properties: str = "") -> str:
    """A cell of one paragraph."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def table(*rows: list[str]) -> str:
    """A table of rows of cells."""
    inside = "".join("<w:tr>" + "".join(row) + "</w:tr>" for row in rows)
    return f"<w:tbl>{inside}</w:tbl>"
