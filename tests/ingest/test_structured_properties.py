"""What holds for any input: only ReadError is raised, and two ways to one answer agree."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_rules import yaml_strict
from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.structured import build_from_mapping, build_report
from disclosure_rules.ingest.structured_checked import build_checked
from disclosure_rules.ingest.structured_json import JSON_READER, read_json
from disclosure_rules.ingest.structured_mistake import Mistake
from disclosure_rules.ingest.structured_places import scan
from disclosure_rules.ingest.structured_usual import build_usual
from disclosure_rules.ingest.structured_yaml import YAML_READER, read_yaml
from disclosure_rules.model.report import Source
from disclosure_rules.packs.load import load_layouts
from disclosure_rules.resources import rules_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from disclosure_rules.model.layout import Layout

REPORTS = Path(__file__).parent.parent / "data" / "reports"


@cache
def layouts() -> Mapping[str, Layout]:
    return load_layouts(rules_folder() / "cn")


@cache
def real(name: str) -> dict[str, Any]:
    known = json.loads((REPORTS / f"{name}.truth.json").read_text("utf-8"), parse_float=Decimal)
    return {key: known[key] for key in ("title", "body", "year", "layout", "tables")}


def refusal(work: Callable[[], object]) -> ReadError | None:
    """The error that `work` ends in; any other exception is a failure of the test."""
    try:
        work()
    except ReadError as error:
        return error
    return None


def both_ways(data: bytes) -> None:
    for reader in (read_json, read_yaml):
        error = refusal(lambda reader=reader: build_report(reader(data, "a"), layouts(), path="a"))
        assert error is None or (error.code and error.zh and error.en)
    JSON_READER.recognises(data)
    YAML_READER.recognises(data)


KEYS = st.sampled_from(
    [
        *("title", "body", "year", "layout", "layout_from", "period", "published", "introduction", "sections", "closing"),
        *("tables", "printed", "facts", "notes", "candidates", "name", "kind", "region", "from", "to", "text", "number"),
        *("status", "line", "lines", "parts", "key", "heading", "paragraphs", "overview", "requests", "received"),
        *("total", "titles", "value", "source", "code", "message", "count", "places", "words", "form", "labels"),
    ]
)  # fmt: skip
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["2021", "read", "blank", "government", "2024-01-01", "010", "\ud800"])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    both_ways(data)


@given(st.text(max_size=200, alphabet=st.sampled_from(list("title: []{}&*!|>'\"#-,\n\t\\01.年报\x00\ud7ff"))))
def test_any_text_near_yaml_and_json_is_read_or_refused(text: str) -> None:
    both_ways(text.encode())


@given(st.dictionaries(KEYS, VALUES, max_size=6))
@settings(max_examples=300)
def test_any_values_are_read_or_refused(data: dict[str, Any]) -> None:
    error = refusal(lambda: build_from_mapping(data, layouts()))
    assert error is None or error.code
    both_ways(json.dumps(data, ensure_ascii=False).encode(errors="replace"))


@pytest.mark.parametrize("name", ["suqian-shizhengfu-2024", "shanghai-zhengfubangongting-2019"])
def test_mutated_real_reports_are_read_or_refused(name: str) -> None:
    chance = random.Random(name)  # noqa: S311  a test, no secret
    whole = json.dumps(real(name), ensure_ascii=False, default=float).encode()
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 3)] = chance.choice(
                [b"", b'"', b"{", b"]", b"\xff", b"0", b"null", b","]
            )
        both_ways(bytes(data))


SMALL = st.integers(-5, 99) | st.none() | st.decimals(0, 99, places=2)
ODD = st.sampled_from(
    [True, "12", 10**16, Decimal("1e-20"), {"text": "—"}, [], Decimal("NaN"), Decimal("1E+2")]
)
TEXTS = st.sampled_from(["总体情况", "x", "", None, 5, ["a"]])
PARAGRAPHS = st.lists(st.sampled_from(["甲", "", {"text": "乙"}, 5]) | st.just("丙"), max_size=3)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXTS,
        "body": TEXTS
        | st.fixed_dictionaries(
            {"name": TEXTS},
            optional={
                "kind": st.sampled_from(["government", "x", None]),
                "region": st.sampled_from(["140428", 140428, "1"]),
            },
        ),
        "year": st.sampled_from([2012, 2018, 2019, 2024, "2024", None, True, 99]),
        "layout": st.sampled_from(["2008", "2019", "2021", 2021, None, "2020"]),
        "period": st.fixed_dictionaries(
            {}, optional={"from": st.sampled_from(["2024-01-01", None, "x"]), "to": st.none()}
        ),
        "published": st.sampled_from(["2025-01-20", "2025", None]),
        "introduction": PARAGRAPHS,
        "closing": PARAGRAPHS | st.just("a\nb"),
        "facts": st.dictionaries(
            st.sampled_from(["disclosed", "reviews", "other_figure", "disclosd"]), SMALL | ODD, max_size=2
        ),
        "sections": st.lists(
            st.fixed_dictionaries(
                {},
                optional={
                    "key": st.sampled_from(["overview", "consultations", "other_matters", "fees", "x"]),
                    "heading": TEXTS,
                    "number": st.sampled_from(["一", None, 1]),
                    "paragraphs": PARAGRAPHS,
                    "line": st.integers(0, 3),
                },
            ),
            max_size=2,
        ),
    },
)  # fmt: skip


@given(
    st.sampled_from(["suqian-shizhengfu-2024", "shanghai-zhengfubangongting-2019", "hongze-quzhengfu-2024"]),
    CHANGES,
    st.lists(st.tuples(st.integers(0, 200), SMALL | ODD), max_size=3),
    st.sets(st.integers(0, 2), max_size=2),
    st.sampled_from(["stated", "shown"]),
)
@settings(max_examples=500)
def test_the_short_way_gives_what_the_thorough_way_gives(
    name: str, changes: dict[str, Any], cells: list[tuple[int, Any]], without: set[int], layout: str
) -> None:
    data = {**real(name), **changes}
    if layout == "shown":
        data.pop("layout")
    tables = {
        key: {row: dict(columns) for row, columns in rows.items()} for key, rows in data["tables"].items()
    }
    every = [(columns, column) for rows in tables.values() for columns in rows.values() for column in columns]
    for place, value in cells:
        columns, column = every[place % len(every)]
        columns[column] = value
    data["tables"] = {key: rows for place, (key, rows) in enumerate(tables.items()) if place not in without}
    short = build_usual(data, layouts(), Source())
    try:
        thorough = build_checked(data, layouts(), Source())
    except Mistake:
        assert short is None
    else:
        assert short is None or short == thorough


def test_the_short_way_is_taken_for_real_reports() -> None:
    for name in ("suqian-shizhengfu-2024", "shanghai-zhengfubangongting-2019", "shuyang-fagaiju-2023"):
        assert build_usual(real(name), layouts(), Source()) == build_checked(real(name), layouts(), Source())


@given(VALUES)
def test_the_scan_agrees_with_the_decoder(value: Any) -> None:  # noqa: ANN401  plain data
    text = json.dumps(value)
    for written in (text, json.dumps(value, indent=1)):
        error = refusal(lambda written=written: scan(written, "a"))
        assert error is None or error.code in {"not-a-number", "lone-surrogate", "number-too-large"}


@given(st.text(alphabet=st.sampled_from(list('{}[]",:0123456789.eE+- \n\\untrfalsa')), max_size=20))
def test_the_scan_refuses_what_the_decoder_refuses(text: str) -> None:
    try:
        json.loads(text, object_pairs_hook=_no_twice, parse_constant=_no_constant)
    except ValueError:
        with pytest.raises(ReadError):
            scan(text, "a")


def _no_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(dict(pairs)) != len(pairs):
        raise ValueError
    return dict(pairs)


def _no_constant(_: str) -> None:
    raise ValueError


@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_both_parsers_of_yaml_give_the_same(data: dict[str, Any]) -> None:
    # JSON is YAML too; PyYAML may have been installed without libyaml.
    text = json.dumps(data, ensure_ascii=False, indent=1).encode(errors="replace")
    results = []
    for loader in (yaml.BaseLoader, getattr(yaml, "CBaseLoader", yaml.BaseLoader)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yaml_strict, "_LOADER", loader)
            try:
                found = read_yaml(text, "a")
                results.append((found.data, found.marks))
            except ReadError as error:
                results.append((error.code, error.place))
    assert results[0] == results[1]
