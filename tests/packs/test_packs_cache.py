"""What was parsed is kept by content, and a cache that is broken, full or forbidden changes nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from disclosure_rules.errors import PackError
from disclosure_rules.packs import load
from disclosure_rules.packs.cache import digest_of
from disclosure_rules.packs.load import load_pack

Write = Callable[..., Path]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "disclosure-rules"


def test_a_second_load_gives_the_same_pack_without_parsing_its_rules(
    pack: Write, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_pack(pack())
    assert len(list(cache.iterdir())) == 1
    parsed: list[str] = []
    parse = load._parse
    monkeypatch.setattr(load, "_parse", lambda text, file: parsed.append(file) or parse(text, file))
    assert load_pack(pack()) == first
    assert parsed == []


def test_a_changed_file_is_parsed_again(pack: Write, cache: Path) -> None:
    first = load_pack(pack())
    changed = load_pack(pack(instruments="guide: {title: 新指南, tier: A, evidence: x}\n"))
    assert changed.instruments["guide"].title == "新指南"
    assert changed.sha256 != first.sha256
    assert len(list(cache.iterdir())) == 2


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe"])
def test_a_broken_cache_is_ignored(pack: Write, cache: Path, content: bytes) -> None:
    first = load_pack(pack())
    for file in cache.iterdir():
        file.write_bytes(content)
    assert load_pack(pack()) == first


def test_a_cache_that_cannot_be_written_is_no_error(
    pack: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert load_pack(pack()).rules


def test_nothing_is_written_where_the_cache_is_off(
    pack: Write, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCLOSURE_RULES_NO_CACHE", "1")
    load_pack(pack())
    assert not cache.exists()


def test_a_broken_pack_is_not_kept_and_keeps_its_place(pack: Write, cache: Path) -> None:
    folder = pack(instruments="other: {title: 指南, tier: A, evidence: x}\n")
    for _ in range(2):
        with pytest.raises(PackError) as caught:
            load_pack(folder)
        assert caught.value.place == "rules/cn-zz/requests/unbalanced.yaml:5:6"
    assert not cache.exists()


def test_content_cannot_be_moved_between_files() -> None:
    assert digest_of({"a": "xy", "b": ""}) != digest_of({"a": "x", "b": "y"})
