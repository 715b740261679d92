"""Which inputs a path stands for: files, folders, and zips of reports as offices send them."""

from __future__ import annotations

import os
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest import archives
from disclosure_rules.ingest.inputs import inputs, inputs_of_bytes

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT / "tests" / "data" / "reports"
BLANK_DOCX = (REPORTS / "template-blank-2021.docx").read_bytes()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return stream.getvalue()


def in_gbk(names: dict[str, bytes]) -> bytes:
    """A zip as Windows in Chinese makes it: names in GBK, and no mark for UTF-8."""
    placeholders = {f"{position:040d}": content for position, content in enumerate(names.values())}
    data = zipped(placeholders, zipfile.ZIP_STORED)
    for placeholder, name in zip(placeholders, names, strict=True):
        padded = name.encode("gbk").rjust(40, b"a")
        assert len(padded) == 40
        data = data.replace(placeholder.encode(), padded)
    return data


def refusal(data: bytes, name: str = "年报.zip") -> str:
    (one,) = inputs_of_bytes(data, name)
    with pytest.raises(ReadError) as refused:
        one.source()
    assert refused.value.zh
    assert refused.value.en
    assert refused.value.place.startswith(name)
    return refused.value.code


def test_a_file_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "长子县").mkdir()
    (tmp_path / "长子县" / "b.txt").write_text("b", "utf-8")
    (tmp_path / "a.txt").write_text("a", "utf-8")
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (tmp_path / "~$年报.docx").write_bytes(b"x")
    found = list(inputs(tmp_path))
    assert [one.relative for one in found] == ["a.txt", "长子县/b.txt"]
    assert [one.source() for one in found] == [tmp_path / "a.txt", tmp_path / "长子县" / "b.txt"]
    missing = tmp_path / "missing.txt"
    assert [one.source() for one in inputs(missing)] == [missing]


def test_a_folder_that_was_not_entered_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("shut", "open"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("a", "utf-8")
    (tmp_path / "linked").symlink_to(tmp_path)
    scandir = os.scandir

    def refusing(path: str | Path) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = {one.relative: one.origin for one in inputs(tmp_path)}
    assert list(found) == ["linked", "open/a.txt", "shut"]
    codes = [origin.code for origin in found.values() if isinstance(origin, ReadError)]
    assert codes == ["link", "cannot-open"]


def test_a_zip_made_on_chinese_windows(tmp_path: Path) -> None:
    path = tmp_path / "年报.zip"
    path.write_bytes(in_gbk({"长子县/2024年报告.txt": b"one", "沁源县/报告.docx": BLANK_DOCX}))
    found = list(inputs(path))
    names = [one.name.removeprefix(f"{path}!/").lstrip("a") for one in found]
    assert sorted(names) == ["沁源县/报告.docx", "长子县/2024年报告.txt"]
    assert {one.source() for one in found} == {b"one", BLANK_DOCX}


@pytest.mark.parametrize("marked", ["marked", "unmarked"])
def test_names_in_utf_8_with_and_without_the_mark(marked: str) -> None:
    data = zipped({"长子县/年报.txt": b"one"})
    if marked == "unmarked":  # as the archiver of macOS does
        data = data.replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00").replace(
            b"\x14\x00\x00\x08\x08\x00", b"\x14\x00\x00\x00\x08\x00"
        )
        assert not any(info.flag_bits & 0x800 for info in zipfile.ZipFile(BytesIO(data)).infolist())
    (one,) = inputs_of_bytes(data, "年报.zip")
    assert one.name == "年报.zip!/长子县/年报.txt"
    assert one.relative == "年报.zip/长子县/年报.txt"


def test_what_systems_leave_behind_is_no_input() -> None:
    data = zipped(
        {"__MACOSX/._a.docx": b"x", "a.txt": b"a", "b/.DS_Store": b"x", "b/Thumbs.db": b"x", "c/": b""}
    )
    assert [one.relative for one in inputs_of_bytes(data, "z")] == ["z/a.txt"]


def test_a_name_never_leads_out_nor_moves_the_cursor() -> None:
    data = zipped({"../../etc/passwd": b"1", "/abs": b"2", "C:\\x\\..\\y": b"3", "a\x1b[2Jb": b"4"})
    assert [one.relative for one in inputs_of_bytes(data, "z")] == [
        "z/C：/x/y",
        "z/abs",
        "z/a\ufffd[2Jb",
        "z/etc/passwd",
    ]


def test_a_document_that_is_a_zip_is_one_input() -> None:
    for document in (
        BLANK_DOCX,
        (ROOT / "tests/data/variants/sheet.xlsx").read_bytes(),
        (ROOT / "tests/data/variants/sheet.ods").read_bytes(),
        zipped({"OFD.xml": b"<OFD/>", "Doc_0/Document.xml": b"<x/>"}),
        b"PK\x03\x04" + bytes(600),
    ):
        (one,) = inputs_of_bytes(document, "x")
        assert one.source() == document


def test_one_bad_member_leaves_the_others() -> None:
    data = zipped(
        {"a.txt": b"a" * 100, "b.txt": b"other", "c.rar": zipped({"d.txt": b"d"})}, zipfile.ZIP_STORED
    )
    data = data.replace(b"a" * 100, b"a" * 99 + b"b", 1)  # its checksum is wrong now
    answers = []
    for one in inputs_of_bytes(data, "年报.zip"):
        try:
            answers.append(one.source())
        except ReadError as problem:
            answers.append((problem.place, problem.code))
    assert answers == [
        ("年报.zip!/a.txt", "damaged-archive"),
        b"other",
        ("年报.zip!/c.rar", "nested-archive"),
    ]


def _codes(data: bytes) -> dict[str, bytes | str]:
    """What each input of an archive `z` is: its bytes, or the code of its refusal."""
    told: dict[str, bytes | str] = {}
    for one in list(inputs_of_bytes(data, "z")):
        try:
            source = one.source()
            told[one.relative] = source if isinstance(source, bytes) else "file"
        except ReadError as problem:
            told[one.relative] = problem.code
    return told


def test_a_zip_of_a_county_with_a_zip_for_each_body() -> None:
    bodies = {
        f"{name}.zip": in_gbk({"2024年报告.txt": name.encode(), "附件/表.docx": BLANK_DOCX})
        for name in ("财政局", "审计局")
    }
    county = zipped(
        {"长子县.zip": zipped(bodies), "说明.txt": b"x", "没改名.zip": BLANK_DOCX, "坏.zip": b"PK\x03\x04"}
    )
    told = {name.replace("a", ""): what for name, what in _codes(county).items()}
    assert told == {
        "z/长子县.zip/财政局.zip/2024年报告.txt": "财政局".encode(),
        "z/长子县.zip/财政局.zip/附件/表.docx": BLANK_DOCX,
        "z/长子县.zip/审计局.zip/2024年报告.txt": "审计局".encode(),
        "z/长子县.zip/审计局.zip/附件/表.docx": BLANK_DOCX,
        "z/说明.txt": b"x",
        "z/没改名.zip": BLANK_DOCX,  # a document; what it is called says nothing
        "z/坏.zip": b"PK\x03\x04",  # whoever reads it tells
    }


def test_archives_too_deep_and_bad_ones_are_told_and_the_others_read() -> None:
    deepest = zipped({"四.txt": b"4"})
    secret = bytearray(zipped({"a.txt": b"secret"}))
    secret[6] |= 1
    secret[secret.index(b"PK\x01\x02") + 8] |= 1
    third = zipped({"3.txt": b"3", "四.zip": deepest, "密.zip": bytes(secret), "空.zip": zipped({})})
    assert _codes(zipped({"二.zip": zipped({"三.zip": third, "2.txt": b"2"}), "1.txt": b"1"})) == {
        "z/1.txt": b"1",
        "z/二.zip/2.txt": b"2",
        "z/二.zip/三.zip/3.txt": b"3",
        "z/二.zip/三.zip/四.zip": "nested-archive",
        "z/二.zip/三.zip/密.zip": "nested-archive",
        "z/二.zip/三.zip/空.zip": "nested-archive",
    }
    assert _codes(zipped({"密.zip": bytes(secret), "空.zip": zipped({}), "b.txt": b"b"})) == {
        "z/密.zip/a.txt": "encrypted",
        "z/空.zip": "no-files",
        "z/b.txt": b"b",
    }


def test_the_bounds_are_on_all_that_lies_in_the_first_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {f"{n}.zip": zipped({f"{m}.txt": b"x" for m in range(4)}, zipfile.ZIP_STORED) for n in range(3)}
    monkeypatch.setattr(archives, "MOST_MEMBERS", 11)  # 3, and 4 in each
    told = _codes(zipped(parts))
    assert told["z/2.zip"] == "too-many-members"
    assert len(told) == 9
    monkeypatch.setattr(archives, "MOST_MEMBERS", 5_000)
    monkeypatch.setattr(archives, "MOST_BYTES", sum(map(len, parts.values())) + 5)
    told = _codes(zipped(parts))
    assert list(told.values()) == [*[b"x"] * 5, *["expands-too-far"] * 7]


def test_nothing_unpacked_is_kept_when_all_was_read(tmp_path: Path) -> None:
    """An archive of thousands of archives takes the memory of one of them, in whatever order they are read."""
    inner = {
        f"{n}.zip": zipped({"a.txt": b"a" * 9_000, "b.zip": zipped({"c.txt": b"c" * 9_000})})
        for n in range(5)
    }
    (tmp_path / "z.zip").write_bytes(zipped(inner))
    found = list(inputs(tmp_path))
    streams = [one.origin.archive._stream for one in found if isinstance(one.origin, tuple)]  # type: ignore[union-attr]
    assert len(set(map(id, streams))) == 10
    assert [stream._file for stream in streams] == [None] * 10
    for at, one in enumerate(found):
        assert one.source() == (b"a" if at % 2 == 0 else b"c") * 9_000
        assert sum(stream._file is not None for stream in streams) <= 1
    assert [stream._file for stream in streams] == [None] * 10
    assert [one.source() for one in reversed(found)] == [one.source() for one in found][::-1]


def test_a_password_is_told() -> None:
    data = bytearray(zipped({"a.txt": b"secret"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)) == "encrypted"


def test_bombs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped({"a.txt": bytes(70_000_000)})
    assert refusal(bomb) == "expands-too-far"
    assert refusal(zipped({f"{n}.txt": b"" for n in range(archives.MOST_MEMBERS + 1)})) == "too-many-members"
    # So long a list that it is not even read.
    long = zipped({f"{n:05}{'x' * 900}": b"" for n in range(4800)})
    assert refusal(long) == "too-many-members"
    # The total over all members is bounded, and each that is left out is told.
    monkeypatch.setattr(archives, "MOST_BYTES", 2_000)
    codes = []
    for one in inputs_of_bytes(zipped({f"{n}.txt": b"%d" % n * 900 for n in range(4)}), "z"):
        try:
            one.source()
            codes.append("read")
        except ReadError as problem:
            codes.append(problem.code)
    assert codes == ["read", "read", "expands-too-far", "expands-too-far"]


def test_an_archive_without_files_is_told() -> None:
    assert refusal(zipped({})) == "no-files"
    assert refusal(zipped({"__MACOSX/x": b""})) == "no-files"


def test_a_cut_archive_is_one_input_that_its_reader_tells_of() -> None:
    data = zipped({"a.txt": b"a" * 5000})
    (one,) = inputs_of_bytes(data[: len(data) // 2], "z")
    assert one.source() == data[: len(data) // 2]
    assert zlib.crc32(data)  # the whole one is an archive
    assert [x.relative for x in inputs_of_bytes(data, "z")] == ["z/a.txt"]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the system does not list what is open")
def test_a_thousand_archives_are_no_thousand_open_files(tmp_path: Path) -> None:
    for number in range(20):
        with zipfile.ZipFile(tmp_path / f"{number:02}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("年报.txt", f"{number}" * 100_000)
            archive.writestr("附件.txt", "x")
    before = len(list(Path("/proc/self/fd").iterdir()))
    found = list(inputs(tmp_path))
    read = [one.source() for one in (*found, *reversed(found))]
    assert len(list(Path("/proc/self/fd").iterdir())) == before
    assert read == [*(one.source() for one in found), *(one.source() for one in reversed(found))]
    assert {len(one) for one in read if isinstance(one, bytes)} == {1, 100_000, 200_000}


@pytest.mark.parametrize("part", ["word/document.xml", "xl/workbook.xml"])
def test_an_office_document_that_has_lost_the_list_of_its_parts_is_no_zip_of_reports(
    tmp_path: Path, part: str
) -> None:
    path = tmp_path / "年报"
    path.write_bytes(zipped({part: b"<x/>", "docProps/app.xml": b"<x/>"}))
    assert [one.source() for one in inputs(path)] == [path]
