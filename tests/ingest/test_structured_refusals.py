"""Every refusal of a structured report: its code, its place, and that it says what to do in both languages."""

from __future__ import annotations

import codecs
import re
import time
from functools import cache
from typing import TYPE_CHECKING

import pytest

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.structured import build_from_mapping, build_report
from disclosure_rules.ingest.structured_json import JSON_READER, read_json
from disclosure_rules.ingest.structured_yaml import YAML_READER, read_yaml
from disclosure_rules.packs.load import load_layouts
from disclosure_rules.resources import rules_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.model.layout import Layout
    from disclosure_rules.model.report import Report


@cache
def layouts() -> Mapping[str, Layout]:
    return load_layouts(rules_folder() / "cn")


def from_yaml(text: str | bytes) -> Report:
    data = text if isinstance(text, bytes) else text.encode()
    return build_report(read_yaml(data, "a.yaml"), layouts(), path="a.yaml")


def from_json(text: str | bytes) -> Report:
    data = text if isinstance(text, bytes) else text.encode()
    return build_report(read_json(data, "a.json"), layouts(), path="a.json")


def assert_said(error: ReadError, code: str, place: str) -> None:
    assert (error.code, error.place) == (code, place)
    assert re.search("[\u4e00-\u9fff]", error.zh)
    assert not re.search("[\u4e00-\u9fff]{4}", error.en), "the English sentence is English"
    assert error.zh.endswith(("。", "？"))
    assert error.en.endswith((".", "?"))


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (b"", "empty-file", ""),
        (b"  \n", "empty-file", ""),
        ("title: 年报".encode("gbk"), "bad-encoding", ":1:8"),
        (codecs.BOM_UTF16_LE + "title: x".encode("utf-16-le"), "bad-encoding", ""),
        ("title: &a x", "yaml-anchor", ":1:8"),
        ("title: x\nbody: *a", "yaml-alias", ":2:7"),
        ("title: !!str x", "yaml-tag", ":1:8"),
        ("title: x\n<<: {}", "yaml-merge", ":2:1"),
        ("title: x\n---\ntitle: y", "yaml-documents", ":2:1"),
        ("title: x\ntitle: y", "duplicate-key", ":2:1"),
        ("title: x\ntables: {requests: {}, requests: {}}", "duplicate-key", ":2:24"),
        ("title: x\n?\n: y", "empty-key", ":2:2"),
        ("title: x\nyear: -", "yaml-syntax", ":2:7"),
        ("title: x\n[a]: y", "key-not-text", ":2:1"),
        ("title: x\n\tbody: y", "yaml-tab", ":2:1"),
        ("title: x\nyear: y: z", "yaml-syntax", ":2:8"),
        ("title: x\nbody", "yaml-syntax", ":3:1"),
        ("title: 'x", "yaml-syntax", ":1:8"),
        ("title: x\n  - y\n z: 1", "yaml-syntax", ":3:3"),
        ("title: x\x07", "control-character", ":1:9"),
        ("- title", "not-a-mapping", ""),
        ("just words", "not-a-mapping", ""),
        ("title: " + "[" * 200 + "]" * 200, "too-deep", ":1:107"),
        ("title: x\nclosing: [" + "a, " * 60_000 + "]", "too-many-values", ":2:150002"),
        ("title: x\nyear: no", "not-a-number", ":2:1"),
        ("title: x\ntables:\n  requests:\n    received: {total: 010}", "not-a-number", ":4:16"),
    ],
)
def test_yaml_that_is_refused(text: str | bytes, code: str, place: str) -> None:
    with pytest.raises(ReadError) as caught:
        from_yaml(text)
    assert_said(caught.value, code, f"a.yaml{place}")


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "on",
        "1_000",
        "1:30",
        "2024-01-31",
        "1e3",
        "0x1F",
        ".inf",
        "1,234",
        "１２",
        "约30",
        "/",
        "+5",
        "1.",
        "09",
        "2.5万",
    ],
)
def test_what_yaml_would_change_is_told_in_the_place_of_a_number(written: str) -> None:
    with pytest.raises(ReadError) as caught:
        from_yaml(f"title: x\ntables:\n  requests:\n    received:\n      total: {written}")
    assert_said(caught.value, "not-a-number", "a.yaml:5:7")
    assert written in caught.value.zh


@pytest.mark.parametrize(
    "written", ["no", "010", "1_000", "1:30", "2024-01-31", "1e3", "0x1F", ".inf", "true", "12"]
)
def test_what_yaml_would_change_stays_text_in_the_place_of_text(written: str) -> None:
    assert from_yaml(f"title: {written}").title == written


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (b"", "empty-file", ""),
        (b'{"title": "\xff"}', "bad-encoding", ":1:12"),
        ('{"title": "x", "title": "y"}', "duplicate-key", ":1:16"),
        ('{"title": "x",\n "tables": {"a": 1, "a": 1}}', "duplicate-key", ":2:21"),
        ('{"ti\\u0074le": "x", "title": "y"}', "duplicate-key", ":1:21"),
        ('{"title": "x", "year": NaN}', "not-a-number", ":1:24"),
        ('{"title": "x", "year": -Infinity}', "not-a-number", ":1:24"),
        ('{"title": "x"} x', "trailing", ":1:16"),
        ('{"title": "x"}{}', "trailing", ":1:15"),
        ('{"title": "x",}', "json-syntax", ":1:15"),
        ('{"title" "x"}', "json-syntax", ":1:10"),
        ('{"title": "x" "y"}', "json-syntax", ":1:15"),
        ('{"title": "x\n"}', "json-syntax", ":1:11"),
        ('{"title": "x\\q"}', "json-syntax", ":1:11"),
        ('{"title": "x', "json-syntax", ":1:11"),
        ("{'title': 1}", "json-syntax", ":1:2"),
        ('{"year": 010}', "json-syntax", ":1:10"),
        ('{"year": +1}', "json-syntax", ":1:10"),
        ('{"year": }', "json-syntax", ":1:10"),
        ('{"title": ', "json-syntax", ":1:11"),
        ('{"title": "\\ud800"}', "lone-surrogate", ":1:11"),
        ('{"\\udc00": 1}', "lone-surrogate", ":1:2"),
        ("[]", "not-a-mapping", ":1:1"),
        ("[" * 100_000, "too-deep", ":1:101"),
        ('{"title": ' + "[" * 101 + "]" * 101 + "}", "too-deep", ":1:110"),
        ('{"title": ' + '{"a":' * 500 + "1" + "}" * 501, "too-deep", ":1:506"),
        ('{"year": ' + "9" * 5000 + "}", "number-too-large", ":1:10"),
        ('{"title": "x", "facts": {"disclosed": 1000000000000001}}', "number-too-large", ":1:26"),
        ('{"title": "x", "facts": {"disclosed": 1e999999999}}', "number-too-large", ":1:39"),
        ('{"title": "x", "facts": {"disclosed": 1e99999999999999999999}}', "number-too-large", ":1:39"),
        ('{"title": "x", "facts": {"disclosed": 0.0000000000001}}', "number-too-large", ":1:26"),
    ],
)
def test_json_that_is_refused(text: str | bytes, code: str, place: str) -> None:
    with pytest.raises(ReadError) as caught:
        from_json(text)
    assert_said(caught.value, code, f"a.json{place}")


ROW = "title: x\ntables:\n  requests:\n    received: "


@pytest.mark.parametrize(
    ("text", "code", "place", "advice"),
    [
        ("foo: 1\nbar: 2", "no-report-content", "", "title"),
        ("year: 2024", "no-report-content", "", "title"),
        ("titel: x", "unknown-key", ":1:1", "title"),
        ("title: x\nsection: []", "unknown-key", ":2:1", "sections"),
        ("title: [x]", "wrong-shape", ":1:1", "text"),
        ("title: x\nyear: 20244", "wrong-shape", ":2:1", "four digits"),
        ("title: x\nlayout: 2020", "unknown-layout", ":2:1", "2021"),
        ("title: x\npublished: 2025年1月20日", "wrong-shape", ":2:1", "2025-01-20"),
        ("title: x\nperiod: {from: 2024-1-1}", "wrong-shape", ":2:10", "2024-01-01"),
        ("title: x\nbody: {nam: y}", "unknown-key", ":2:8", "name"),
        ("title: x\nbody: {kind: government}", "missing-key", ":2:1", "name"),
        ("title: x\nbody: {name: y, kind: goverment}", "wrong-shape", ":2:17", "government"),
        ("title: x\nbody: {name: y, region: 14}", "wrong-shape", ":2:17", "six digits"),
        ("title: x\nsections: {overveiw: y}", "unknown-section", ":2:12", "overview"),
        ("title: x\nsections: [{key: overveiw}]", "unknown-section", ":2:12", "overview"),
        ("title: x\nsections: [{paragraphs: [y]}]", "missing-key", ":2:12", "key"),
        ("title: x\nsections: [{key: overview, paragraph: y}]", "not-a-number", ":2:28", "bare number"),
        ("title: x\nsections: [{key: overview, pargraphs: y}]", "unknown-key", ":2:28", "paragraphs"),
        ("title: x\nsections: {overview: {key: requests}}", "wrong-shape", ":2:23", "remove"),
        ("title: x\nsections: {overview: [{txt: y}]}", "unknown-key", ":2:24", "text"),
        ("title: x\ntables: {request: {}}", "unknown-table", ":2:10", "requests"),
        ("title: x\ntables: {requests: {recieved: {}}}", "unknown-row", ":2:21", "received"),
        (ROW + "{natural: 1}", "unknown-column", ":4:16", "natural_person"),
        (ROW + "5", "wrong-shape", ":4:5", "row"),
        (ROW + "{total: '12'}", "wrong-shape", ":4:16", "without quotes"),
        (ROW + "{total: {txt: '12'}}", "unknown-key", ":4:24", "text"),
        (ROW + "{total: {text: x, status: reed}}", "wrong-shape", ":4:33", "unreadable"),
        (ROW + "{total: {text: x, status: read}}", "cell-contradicts", ":4:16", "number"),
        (ROW + "{total: {text: x, status: blank, number: 1}}", "cell-contradicts", ":4:16", "remove"),
        (ROW + "{total: 1}\n    other_rest: {total: 1}\n    other_handling: {total: 1}", "mixed-forms", ":5:5", "2021"),
        (
            "title: x\ntables: {proactive_disclosure: {government_rules: {issued: 1, newly_made: 1}}}",
            *("mixed-forms", ":2:52", "2021"),
        ),
        ("title: x\ntables: {requests: {}}\nprinted: {request: {}}", "unknown-table", ":3:11", "requests"),
        (
            "title: x\ntables: {requests: {other_rest: {}}}\nprinted: {requests: {form: '2019'}}",
            *("mixed-forms", ":2:21", "2021"),
        ),
        ("title: x\nfacts: {disclosd: 5}", "unknown-fact", ":2:9", "disclosed"),
        ("title: x\nfacts: {disclosed: {text: y, part: []}}", "unknown-key", ":2:30", "parts"),
        ("title: x\nnotes: [{message: y}]", "missing-key", ":2:9", "code"),
    ],
)  # fmt: skip
def test_what_is_no_part_of_a_report(text: str, code: str, place: str, advice: str) -> None:
    with pytest.raises(ReadError) as caught:
        from_yaml(text)
    assert_said(caught.value, code, f"a.yaml{place}")
    assert advice in caught.value.en


def test_json_mistakes_have_their_place_too() -> None:
    with pytest.raises(ReadError) as caught:
        from_json('{"title": "x",\n "tables": {\n  "requests": {"recieved": {}}}}')
    assert_said(caught.value, "unknown-row", "a.json:3:16")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({1: 2}, "key-not-text"),
        ({"title": float("nan")}, "not-a-number"),
        ({"title": "\ud800"}, "lone-surrogate"),
        ({"title": object()}, "wrong-shape"),
        ({"year": True}, "wrong-shape"),
        ({"facts": {"disclosed": 10**5000}}, "number-too-large"),
        ({"facts": {"disclosed": -(10**16)}}, "number-too-large"),
    ],
)
def test_plain_values_that_are_refused(data: dict[str, object], code: str) -> None:
    with pytest.raises(ReadError) as caught:
        build_from_mapping(data, layouts())
    assert_said(caught.value, code, "<dict>")


def test_a_mapping_that_holds_itself_ends_in_an_error() -> None:
    data: dict[str, object] = {}
    data["title"] = data
    with pytest.raises(ReadError) as caught:
        build_from_mapping(data, layouts())
    assert caught.value.code == "too-deep"


@pytest.mark.parametrize(
    ("reader", "data"),
    [
        (read_json, b'{"title": "' + b"a" * 17 * 2**20),
        (read_yaml, b'title: x\nsections: {overview: "' + b"a\\n" * 5_000_000 + b'"}'),
        (read_json, b'{"title": "x", "sections": [' + b'{"kex": 1},' * 20_000 + b"1]}"),
        (read_json, b'{"title": "x", "facts": {' + b",".join(b'"f%d": {}' % n for n in range(40_000)) + b', "x": []}}'),
        (read_yaml, b"title: " + b"a" * 17 * 2**20),
        (read_json, b"[" + b"[]," * 5_000_000 + b"[]]"),
        (read_yaml, b"title: [" + b"1," * 5_000_000),
        (read_yaml, b"title: " + b"[" * 5_000_000),
        (read_yaml, b"title: " + b"{a: " * 1_000_000),
        (read_json, b'{"title":' * 1_000_000),
        (read_yaml, b"- " * 1_000_000),
    ],
    ids=["long-json", "many-lines", "many-mistakes", "many-facts", "long-yaml", "many-lists", "many-numbers", "deep-flow", "deep-maps", "deep-json", "deep-block"],
)  # fmt: skip
def test_hostile_sizes_end_soon(reader: object, data: bytes) -> None:
    start = time.process_time()
    with pytest.raises(ReadError):
        build_report(reader(data, "bomb"), layouts(), path="bomb")  # type: ignore[operator]
    # Far above what any of them takes (all below 1 s here): this is a bound, not a timing.
    assert time.process_time() - start < 20


def test_a_byte_order_mark_is_taken_as_what_it_is() -> None:
    for read in (read_json, read_yaml):
        found = read(codecs.BOM_UTF8 + b'{"title": "x"}', "a")
        assert (found.data, found.encoding) == ({"title": "x"}, "utf-8-sig")


def test_readers_recognise_their_own() -> None:
    assert JSON_READER.recognises(b'\xef\xbb\xbf \n{"title": 1}')
    assert not JSON_READER.recognises(b"title: x")
    for text in (
        "title: x",
        "# 注释\n\n---\n# c\ntables:\n",
        '"year": 2024',
        "body:",
        "\ufeffsections: []\n",
    ):
        assert YAML_READER.recognises(text.encode())
    for text in (
        "长子县住建局2019年度报告\n一、概述",
        "标题: x",
        "titles: x",
        "---\ntitle: x\n---\n# 年报\n",
        "title",
        "",
    ):
        assert not YAML_READER.recognises(text.encode())
