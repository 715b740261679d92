"""The notes of recognition: what was damaged, assumed or could not be placed, with its places."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from disclosure_rules.fold import fold, squeeze, traditional_letters
from disclosure_rules.glyphs import Damage, certain_damage, suspected_damage
from disclosure_rules.model.note import Note
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_rules.ingest.headings import Heading
    from disclosure_rules.model.document import Block
    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.location import Location
    from disclosure_rules.model.report import Candidate, Section

__all__ = [
    "body_is_place",
    "differing",
    "layout_by_year",
    "layout_unknown",
    "nothing_found",
    "read_as",
    "running_headings",
    "text_before_title",
    "text_damage",
    "unplaced_headings",
    "unread_tables",
    "year_from",
]

_MAX_PLACES = 20
_ROW_LABELS = 3
# Of a converted text a fifth of all signs and more; a simplified one has a single name, if any.
_CONVERTED = 0.05
_SURE = 0.95
_OWN_TABLE = ("指标名称", "计量单位")


def text_damage(blocks: Sequence[Block]) -> list[Note]:
    """What happened to the text on its way: characters exchanged by a font, or converted by a page."""
    return [*_font_damage(blocks), *_converted_script(blocks)]


def _font_damage(blocks: Sequence[Block]) -> list[Note]:
    """Characters that a broken font mapping exchanged; common ones in impossible words are a second note."""
    certain = _damage(blocks, certain=True)
    if not certain:
        return []
    count, words, places = _summary(certain)
    notes = [
        Note(
            code="font-damage",
            message=Text(
                zh=f"{count} 处字符因字体映射损坏（{'、'.join(words)}），按原文保留，识别时已还原比对。",
                en=f"{count} characters are damaged by a broken font mapping ({', '.join(words)}); "
                "they are kept as printed and read through for comparison.",
            ),
            count=count,
            places=places,
            words=words,
        )
    ]
    suspected = _damage(blocks, certain=False)
    if suspected:
        count, words, places = _summary(suspected)
        notes.append(
            Note(
                code="font-damage-suspected",
                message=Text(
                    zh=f"另有 {count} 处常用字疑似同类损坏（{'、'.join(words)}），因其本身也是常用字，未作替换。",
                    en=f"{count} common characters look damaged in the same way ({', '.join(words)}); "
                    "they are never exchanged.",
                ),
                count=count,
                places=places,
                words=words,
            )
        )
    return notes


def _damage(blocks: Sequence[Block], *, certain: bool) -> list[tuple[Damage, Location]]:
    find = certain_damage if certain else suspected_damage
    return [
        (damage, block.location.model_copy(update={"line": block.line_at(damage.offset)}))
        for block in blocks
        for damage in find(block.text)
    ]


def _summary(found: Sequence[tuple[Damage, Location]]) -> tuple[int, tuple[str, ...], tuple[Location, ...]]:
    words = Counter(damage.word for damage, _ in found)
    places = tuple(dict.fromkeys(place for _, place in found))
    return len(found), tuple(word for word, _ in words.most_common()), places[:_MAX_PLACES]


def _converted_script(blocks: Sequence[Block]) -> list[Note]:
    """A text in traditional characters: no office writes so, a mirror or a gateway has converted it."""
    count = sum(traditional_letters(block.text) for block in blocks)
    if not count or count < _CONVERTED * sum(len(block.text) for block in blocks):
        return []
    return [
        Note(
            code="converted-script",
            message=Text(
                zh=f"正文是繁体字（{count} 字），像是网页转换所致；按词语查找的检查可能查不到，请以原件为准。",
                en=f"The text is in traditional characters ({count}), as if a web page had been converted; "
                "checks that look for words may miss them. Check the original.",
            ),
            count=count,
        )
    ]


def unplaced_headings(sections: Sequence[Section]) -> list[Note]:
    """First-level headings that are no section of the layout."""
    loose = [section for section in sections if section.key is None]
    if not loose:
        return []
    words = tuple(section.heading for section in loose[:_MAX_PLACES])
    return [
        Note(
            code="unplaced-heading",
            message=Text(
                zh=f"{len(loose)} 个一级标题不对应该版式的任何部分：{'；'.join(words)}。",
                en=f"{len(loose)} headings fit no section of the layout: {'; '.join(words)}.",
            ),
            count=len(loose),
            places=tuple(section.location for section in loose[:_MAX_PLACES]),
            words=words,
        )
    ]


def read_as(
    chain: Sequence[tuple[Heading, str]], sections: Sequence[Section], layout: Layout | None
) -> list[Note]:
    """Headings that are no known name of their section, only much like one."""
    if layout is None:
        return []
    likely = {key for heading, key in chain if heading.meanings[layout.id].score < _SURE}
    printed = [section for section in sections if section.key in likely]
    if not printed:
        return []
    pairs = [(section.heading, layout.section(section.key or "")) for section in printed]
    words = tuple(f"{heading}→{known.title.zh}" for heading, known in pairs if known)
    return [
        Note(
            code="heading-read-as",
            message=Text(
                zh=f"{len(words)} 个标题不是通用写法，按相近的名称归入：{'；'.join(words)}。",
                en=f"{len(words)} headings are no usual names and were placed by likeness: {'; '.join(words)}.",
            ),
            count=len(words),
            places=tuple(section.location for section in printed),
            words=words,
        )
    ]


def running_headings(count: int) -> list[Note]:
    """Headings found in text without line breaks."""
    if not count:
        return []
    return [
        Note(
            code="headings-in-running-text",
            message=Text(
                zh=f"文本没有分段，{count} 个标题是从连续文字中辨认的。",
                en=f"The text has no line breaks; {count} headings were made out in running text.",
            ),
            count=count,
        )
    ]


def unread_tables(sections: Sequence[Section], layout: Layout | None, noted: Sequence[Note]) -> list[Note]:
    """Sections that hold a statistical table whose cells run together in the text."""
    if any(note.code == "table-not-read" for note in noted):
        return []
    labels: Mapping[str, tuple[str, ...]] = {
        table.section: tuple(_plain(row.label.zh) for row in table.rows)
        for table in (layout.tables if layout else ())
    }
    held = [section for section in sections if _holds_table(section, labels.get(section.key or "", ()))]
    if not held:
        return []
    return [
        Note(
            code="table-not-read",
            message=Text(
                zh=f"{len(held)} 个部分含有表格（{'；'.join(section.heading for section in held)}），"
                "单元格连在一起，没有读成表，未作为数据使用。",
                en=f"{len(held)} sections hold a table whose cells run together; "
                "it was not read and is not used as data.",
            ),
            count=len(held),
            places=tuple(section.location for section in held),
            words=tuple(section.heading for section in held),
        )
    ]


@cache
def _plain(label: str) -> str:
    return squeeze(fold(label))


def _holds_table(section: Section, labels: Sequence[str]) -> bool:
    text = squeeze(fold("".join(paragraph.text for paragraph in section.paragraphs)))
    return all(word in text for word in _OWN_TABLE) or sum(label in text for label in labels) >= _ROW_LABELS


def text_before_title(blocks: Sequence[Block], end: tuple[int, int], title: Candidate | None) -> list[Note]:
    """Text above the title: navigation of a page, cover lines. It is no part of the report."""
    block, offset = end
    before = [*blocks[:block], *([blocks[block]] if offset else [])]
    if not before or title is None:
        return []
    texts = [part.text for part in before]
    if offset:
        texts[-1] = texts[-1][:offset]
    text = "".join(squeeze(part) for part in texts).removesuffix(squeeze(title.text))
    if not text:
        return []
    return [
        Note(
            code="text-before-title",
            message=Text(
                zh=f"标题之前有 {len(text)} 个字符（如网页导航），不作为报告内容：{_short(text)}",
                en=f"{len(text)} characters above the title (page navigation, for example) are no part of the report: "
                f"{_short(text)}",
            ),
            count=len(text),
            places=(before[0].location,),
        )
    ]


def year_from(chosen: Candidate) -> Note:
    """The year was not in a title."""
    return Note(
        code="year-not-in-title",
        message=Text(
            zh=f"标题中没有年份，{chosen.value} 年取自正文「{chosen.text}」。",
            en=f"No title names the year; {chosen.value} was taken from the text '{chosen.text}'.",
        ),
        places=(chosen.location,),
        words=(chosen.text,),
    )


def differing(code: str, what_zh: str, what_en: str, candidates: Sequence[Candidate]) -> list[Note]:
    """Several values for what should be one; the first was taken."""
    values = tuple(dict.fromkeys(candidate.value for candidate in candidates))
    if len(values) < 2:  # noqa: PLR2004  one value, or none, does not differ
        return []
    return [
        Note(
            code=code,
            message=Text(
                zh=f"报告各处的{what_zh}不一致：{'、'.join(values)}；采用「{values[0]}」。",
                en=f"The report names different {what_en}: {', '.join(values)}; '{values[0]}' was taken.",
            ),
            count=len(values),
            places=tuple(candidate.location for candidate in candidates[:_MAX_PLACES]),
            words=values,
        )
    ]


def body_is_place(place: str, name: str | None) -> Note:
    """The title names a place only; `name` is the body that was taken for it, None where none was."""
    if name is None:
        return Note(
            code="body-is-place",
            message=Text(
                zh=f"标题只写了地名「{place}」，没有写明报告主体。",
                en=f"The title names only the place '{place}', not the body that reports.",
            ),
            words=(place,),
        )
    return Note(
        code="body-completed",
        message=Text(
            zh=f"标题只写了地名「{place}」，报告主体按「{name}」处理。",
            en=f"The title names only the place '{place}'; '{name}' was taken for the body that reports.",
        ),
        words=(place, name),
    )


def body_from(chosen: Candidate) -> Note:
    """The body was not in a title."""
    return Note(
        code="body-not-in-title",
        message=Text(
            zh=f"标题中没有报告主体，「{chosen.value}」取自「{_short(chosen.text)}」。",
            en=f"No title names the body that reports; '{chosen.value}' was taken from '{_short(chosen.text)}'.",
        ),
        places=(chosen.location,),
        words=(chosen.value,),
    )


def layout_by_year(layout: str, year: int | None) -> Note:
    """The layout follows from the year."""
    return Note(
        code="layout-by-year",
        message=Text(
            zh=f"从标题和表格不能断定版式，按 {year} 年采用 {layout} 版式。",
            en=f"Headings and tables do not decide the layout; {layout} follows from the year {year}.",
        ),
    )


def layout_unknown() -> Note:
    """No layout could be told."""
    return Note(
        code="layout-unknown",
        message=Text(
            zh="无法断定报告采用哪一种版式，请用 --year 指明报告年度。",
            en="The layout of the report could not be told; state the report year with --year.",
        ),
    )


def nothing_found(code: str, what_zh: str, what_en: str) -> Note:
    """Something that every report has was not found."""
    return Note(
        code=code,
        message=Text(zh=f"没有找到{what_zh}。", en=f"No {what_en} was found."),
    )


def _short(text: str) -> str:
    limit = 60
    return text if len(text) <= limit else f"{text[:limit]}…"
