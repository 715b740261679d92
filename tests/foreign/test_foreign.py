"""No sentence of a system or a library stands in a Chinese message: what is common has words of its own."""

from __future__ import annotations

import errno
import json
import os
import re
import sqlite3
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from disclosure_rules.batch.roster import read_roster
from disclosure_rules.batch.store import FILE, Store
from disclosure_rules.cli.configuration import configuration
from disclosure_rules.cli.outputs import write_file
from disclosure_rules.errors import DisclosureRulesError
from disclosure_rules.foreign import system_words
from disclosure_rules.hook.answer import Desk
from disclosure_rules.ingest.sniff import file_bytes
from disclosure_rules.packs.waivers import read_waivers

if TYPE_CHECKING:
    from collections.abc import Callable

# Two words of English with a space between them: names of fields, files and formats stand alone.
ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
REPORT = {"year": 2024, "layout": "2021", "title": "年报"}


@pytest.mark.parametrize(
    ("request_", "says"),
    [
        ({}, "path、content、report 三者取一"),
        ({"path": "a", "content": "YQ=="}, "path、content、report 三者取一"),
        ({"report": REPORT, "yeer": 1}, "yeer：没有这个字段，可用 path、"),
        (
            {"report": REPORT, "previous": {"path": "a", "year": 1}},
            "previous.year：没有这个字段，可用 path、content",
        ),
        ({"report": REPORT, "year": "2024"}, "year：应为整数，不加引号"),
        ({"report": REPORT, "year": 1999}, "year：不能小于 2008"),
        ({"report": REPORT, "year": 3000}, "year：不能大于 2100"),
        ({"report": REPORT, "region": "14"}, "region：写法不对"),
        ({"report": REPORT, "body": "town"}, "body：应为 government、department"),
        ({"report": REPORT, "as_of": "20261127"}, "as_of：日期写作 2026-11-27"),
        ({"report": REPORT, "as_of": 5}, "as_of：应为文字，加引号"),
        ({"report": REPORT, "profile": "x" * 101}, "profile：最多 100 个字符"),
        ({"report": []}, "report：应为对象 {…}"),
        ({"report": REPORT, "previous": "去年"}, "previous：应为对象 {…}"),
        ({"report": {**REPORT, "body": {"name": "甲", "kind": "town"}}}, "以下之一：government、department"),
        ({"report": {**REPORT, "tables": {"requests": {"received": {"total": "3"}}}}}, "数字不要加引号"),
        ({"report": {**REPORT, "body": {}}}, "缺少「name」"),
    ],
)
def test_a_request_is_refused_in_chinese(request_: dict[str, Any], says: str) -> None:
    error = Desk(None).answer(json.dumps(request_).encode()).error
    assert error is not None
    assert says in error.message.zh
    assert ENGLISH.search(error.message.zh) is None
    assert re.search("[一-鿿]", error.message.en) is None


def _folder_closed(place: Path) -> Path:
    (place / "closed").mkdir()
    (place / "closed").chmod(0)
    return place / "closed" / "a.txt"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX")
@pytest.mark.parametrize("read", [file_bytes, read_roster, read_waivers])
@pytest.mark.parametrize(
    ("file", "says"),
    [
        (lambda place: place / "没有.txt", "没有这个文件或文件夹"),
        (lambda place: place / ("长" * 300), "文件名或路径太长"),
        (lambda place: place / "a.txt" / "b.csv", "路径中有一段不是文件夹"),
        (lambda place: place / "loop", "链接一个指向一个"),
        pytest.param(
            _folder_closed, "没有权限", marks=pytest.mark.skipif(os.geteuid() == 0, reason="root may do all")
        ),
    ],
)
def test_a_file_that_cannot_be_opened_says_why_in_chinese(
    tmp_path: Path, read: Callable[[Path], object], file: Callable[[Path], Path], says: str
) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(DisclosureRulesError) as refused:
        read(file(tmp_path))
    assert says in refused.value.zh
    assert ENGLISH.search(refused.value.zh) is None
    assert ENGLISH.search(refused.value.en)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_is_told_in_chinese() -> None:
    with pytest.raises(DisclosureRulesError) as refused:
        write_file(Path("/dev/full"), "x")
    assert "磁盘已满" in refused.value.zh


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX")
def test_too_many_open_files_are_told_in_chinese(tmp_path: Path) -> None:
    import resource  # noqa: PLC0415  not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    (tmp_path / "a").touch()
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        with pytest.raises(OSError, match="open") as refused:
            os.open(tmp_path / "a", os.O_RDONLY)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert refused.value.errno == errno.EMFILE
    assert system_words(refused.value)[0] == "同时打开的文件太多"


def test_a_store_that_is_none_says_so_in_chinese(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all" * 100)
    with pytest.raises(DisclosureRulesError) as refused:
        Store(tmp_path)
    assert "不是数据库文件" in refused.value.zh
    assert ENGLISH.search(refused.value.zh) is None


def test_what_is_in_no_table_is_quoted() -> None:
    assert system_words(sqlite3.OperationalError("something new")) == (
        "系统提示 something new",
        "something new",
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('profile = "a\n', "第 1 行不是正确的 TOML"),
        ("[profiles.a]\nfail_on = 5\n", "fail_on：应为 error、warning、explain、note 之一"),
        ("[profiles.a]\nignore = [{rule = 'cn/x'}]\n", "ignore.0.reason：缺少，请补上"),
        ("[profiles.a]\nopen_blocks = 'x'\n", "open_blocks：应为 true 或 false"),
    ],
)
def test_a_configuration_is_refused_in_chinese(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "disclosure-rules.toml").write_text(text, "utf-8")
    with pytest.raises(DisclosureRulesError) as refused:
        configuration(tmp_path)
    assert says in refused.value.zh
    assert ENGLISH.search(refused.value.zh) is None
