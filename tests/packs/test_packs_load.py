"""A pack that does not obey the format is refused in one sentence: file, line, column, the likely intention."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disclosure_rules.errors import PackError
from disclosure_rules.packs import yaml_pack
from disclosure_rules.packs.content import PackContent
from disclosure_rules.packs.load import load_examples, load_pack
from disclosure_rules.packs.read import read_pack

Write = Callable[..., Path]
RULE, LATE, LAYOUT = "requests/unbalanced.yaml", "publication/late.yaml", "layouts/2021.yaml"


def test_a_right_pack_loads(pack: Write) -> None:
    loaded = load_pack(pack())
    assert list(loaded.rules) == ["cn-zz/publication/late", "cn-zz/requests/unbalanced"]
    assert loaded.rules["cn-zz/publication/late"].params == {"month": 3, "day": 31}
    assert set(loaded.layouts) == {"2021"}
    assert Path(loaded.files["cn-zz/requests/unbalanced"]).name == "unbalanced.yaml"


REFUSALS = [
    # the shape of a file
    (RULE, ("severity: error", "severty: error"), f"{RULE}:3:1", "unknown-key", "did you mean 'severity'?"),
    (RULE, ("severity: error", "severity: eror"), f"{RULE}:3:11", "unknown-value", "did you mean 'error'?"),
    (RULE, ("severity: error", "severity: [error]"), f"{RULE}:3:11", "unknown-value", "error, warning"),
    (RULE, ('["2021"]', "[2021]"), f"{RULE}:6:21", "not-text", 'write "2021"'),
    (RULE, ('["2021"]', '"2021"'), f"{RULE}:6:20", "wrong-kind", "a list such as"),
    (RULE, ('layouts: ["2021"]', 'years: {from: "2021"}'), f"{RULE}:6:25", "wrong-kind", "an integer without quotes"),
    (RULE, ('layouts: ["2021"]', "years: {form: 2021}"), f"{RULE}:6:19", "unknown-key", "did you mean 'from'?"),
    (RULE, ('layouts: ["2021"]', "bodies: [goverment]"), f"{RULE}:6:20", "unknown-value", "did you mean 'government'?"),
    (RULE, ("zh: 不平衡, ", ""), f"{RULE}:2:8", "missing-key", "'zh' is missing"),
    (RULE, ("severity: error\n", ""), f"{RULE}:1:1", "missing-key", "'severity' is missing"),
    (RULE, ("assert: incoming", "check: late\nassert: incoming"), f"{RULE}:1:1", "contradiction", "either"),
    (RULE, ("severity: error", "severity: error\nseverity: note"), f"{RULE}:4:1", "duplicate-key", "line 3"),
    (RULE, ("severity: error", "severity: &a error"), f"{RULE}:3:11", "yaml-anchor", "anchors"),
    (RULE, ("severity: error", "severity: *a"), f"{RULE}:3:11", "yaml-alias", "aliases"),
    (RULE, ("severity: error", "severity: !!str error"), f"{RULE}:3:11", "yaml-tag", "tags"),
    (RULE, ("severity: error", "<<: {severity: error}"), f"{RULE}:3:1", "yaml-merge", "write it out"),
    (RULE, ("severity: error", "? [severity]\n: error"), f"{RULE}:3:3", "key-not-text", "must be text"),
    (RULE, ("severity: error", "?\n: error"), f"{RULE}:3:2", "empty-key", "no key"),
    (RULE, ("severity: error", "severity: error\n---\n"), f"{RULE}:4:1", "yaml-documents", "one document"),
    (RULE, ("severity: error", "severity: [error"), f"{RULE}:3:11", "yaml-syntax", "comma or the closing"),
    (RULE, ("zh: 不平衡, en", "zh: 不平衡，en"), f"{RULE}:2:8", "yaml-syntax", "begins here a comma"),
    (RULE, ('{incoming}"}', "{incoming}”}"), f"{RULE}:12:48", "yaml-syntax", "the quote that begins here"),
    (RULE, ("severity: error", "severity: {error}s"), f"{RULE}:3:18", "yaml-syntax", "begins with { or [ in quotes"),
    (RULE, ("severity: error", "severity: error: yes"), f"{RULE}:3:16", "yaml-syntax", "in quotes"),
    (RULE, ("severity: error", "severity: err\x07or"), f"{RULE}:3:14", "control-character", "U+0007"),
    (RULE, ("severity: error", "severity: " + "[" * 30), f"{RULE}:3:34", "too-deep", "24 levels"),
    (RULE, "- a\n", f"{RULE}:1:1", "not-a-mapping", "mapping"),
    (RULE, "", f"{RULE}:1:1", "not-a-mapping", "mapping"),
    (RULE, b"id: \xb2\xbb", f"{RULE}:1:5", "not-utf-8", "save it as UTF-8"),
    (RULE, b"#" * 1_000_001, RULE, "too-big", "1 MB"),
    (RULE, ("  fail:\n", "severity: note\n  fail:\n"), f"{RULE}:17:1", "examples-not-last", "end"),
    (RULE, ("examples:", '"examples":'), f"{RULE}:14:1", "examples-not-last", "start of a line"),
    # names, citations, references
    (RULE, ("id: cn-zz/requests", "id: cn-zz/request"), f"{RULE}:1:5", "id-not-path", "write 'cn-zz/requests/unbalanced'"),
    (RULE, ("guide, article", "giude, article"), f"{RULE}:5:18", "unknown-instrument", "did you mean 'guide'?"),
    (RULE, ("\n  - {instrument: guide, article: 第一条}", " []"), f"{RULE}:4:8", "no-basis", "cites nothing"),
    (RULE, ("{instrument: guide,", "{instrument: rumour,"), f"{RULE}:3:11", "error-without-evidence", "rumour: C"),
    (RULE, ("severity: error", "severity: error\ntier: D"), f"{RULE}:3:11", "error-without-evidence", "tier: D"),
    (RULE, ('["2021"]', '["2022"]'), f"{RULE}:6:21", "unknown-layout", "did you mean '2021'?"),
    (RULE, ('["2021"]', "[]"), f"{RULE}:6:20", "empty-list", "never applies"),
    (RULE, ('layouts: ["2021"]', "years: {from: 2022, to: 2021}"), f"{RULE}:6:18", "years-reversed", "later"),
    (RULE, ('layouts: ["2021"]', 'regions: ["一"]'), f"{RULE}:6:21", "bad-region", "GB/T 2260"),
    (RULE, ("{incoming} 件", "{incomming} 件"), f"{RULE}:12:15", "unknown-placeholder", "did you mean 'incoming'?"),
    (RULE, ("{incoming} 件", "{0.real} 件"), f"{RULE}:12:15", "unknown-placeholder", "name of a value"),
    (RULE, ("{incoming} 件", "{incoming 件"), f"{RULE}:12:15", "unknown-placeholder", "name of a value"),
    (RULE, ("at: req", "supersedes: cn-zz/publication/lat\nat: req"), f"{RULE}:11:13", "unknown-rule", "publication/late'?"),
    (RULE, ("at: req", "supersedes: cn-zz/requests/unbalanced\nat: req"), f"{RULE}:11:13", "unknown-rule", "no rule"),
    # the manifest and the registry
    ("instruments.yaml", ("rumour:\n", "rumour:\n  repealed_by: giude\n"), "instruments.yaml:6:16", "unknown-instrument", "did you mean 'guide'?"),
    ("instruments.yaml", ("rumour:\n", "rumour:\n  replaced_by: rumor\n"), "instruments.yaml:6:16", "unknown-instrument", "did you mean 'rumour'?"),
    ("pack.yaml", ("id: cn-zz", "id: cn-xx"), "pack.yaml:1:5", "id-not-path", "write 'cn-zz'"),
    ("pack.yaml", ('version: "1.0"', "version: 1.0"), "pack.yaml:3:10", "not-text", 'write "1.0"'),
    ("pack.yaml", ('version: "1.0"', 'version: "1.0"\nregions: ["山西"]'), "pack.yaml:4:11", "bad-region", "GB/T 2260"),
    ("pack.yaml", ('version: "1.0"', 'version: "1.0"\nextends: cn'), "pack.yaml:4:10", "unknown-pack", "'cn'"),
    ("instruments.yaml", ("tier: A", "tier: E"), "instruments.yaml:3:9", "unknown-value", "A, B, C, D"),
    ("instruments.yaml", ("tier: A", "tier: A\n  id: guide"), "instruments.yaml:4:3", "unknown-key", "remove `id`"),
    ("instruments.yaml", "guide: 指南\n", "instruments.yaml:1:8", "wrong-kind", "a mapping"),
    # layouts
    (LAYOUT, ('id: "2021"', 'id: "2022"'), f"{LAYOUT}:1:5", "id-not-path", "write '2021'"),
    (LAYOUT, ("to_year: 2030", "to_year: 2020"), f"{LAYOUT}:4:10", "years-reversed", "later"),
    (LAYOUT, ("basis: [guide]", "basis: [gide]"), f"{LAYOUT}:5:9", "unknown-instrument", "did you mean 'guide'?"),
    (LAYOUT, ("section: requests", "section: request"), f"{LAYOUT}:12:14", "unknown-section", "did you mean 'requests'?"),
    (LAYOUT, ("columns: [natural", "columns: [naturel"), f"{LAYOUT}:17:68", "unknown-column", "did you mean 'natural_person'?"),
    (LAYOUT, ("key: carried_in", "key: received"), f"{LAYOUT}:18:15", "duplicate-key", "twice"),
    (LAYOUT, ("[applicants]", "[total]"), f"{LAYOUT}:14:78", "group-is-key", "rename"),
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: f"{refusal[2]} {refusal[3]}")
def test_each_mistake_is_refused_with_its_place(pack: Write, refusal: tuple[str, ...]) -> None:
    file, change, place, code, words = refusal
    with pytest.raises(PackError) as caught:
        load_pack(pack({file: change}))
    assert (caught.value.place, caught.value.code) == (f"rules/cn-zz/{place}", code)
    assert words in caught.value.en
    assert any("\u4e00" <= character <= "\u9fff" for character in caught.value.zh)


@pytest.mark.parametrize(
    ("change", "place", "code", "words"),
    [
        ({"request/fault.yaml": "id: a\n"}, "request", "unknown-room", "did you mean 'requests'?"),
        (
            {"override.yaml": "overrides: []\n"},
            "override.yaml",
            "stray-file",
            "did you mean 'overrides.yaml'?",
        ),
        ({"requests/late.yml": "id: a\n"}, "requests/late.yml", "stray-file", "end in .yaml"),
        ({"requests/sub/late.yaml": "id: a\n"}, "requests/sub", "stray-file", "not deeper"),
    ],
)
def test_a_file_that_would_not_be_read_is_refused(
    pack: Write, change: dict[str, str], place: str, code: str, words: str
) -> None:
    problems = read_pack(PackContent(pack(change))).problems
    found = [problem for problem in problems if problem.code == code]
    assert found[0].place.split(":")[0] == f"rules/cn-zz/{place}"
    assert words in found[0].en


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("section-missing", True),
        ("reply-rate-over-100", True),
        ("unbalanced", True),
        ("notice-superseded", True),
        ("check-totals", False),
        ("must-balance", False),
        ("no-sections", False),
        ("not-balanced", False),
        ("overview-required", False),
        ("Unbalanced", False),
        ("un_balanced", False),
        ("un--balanced", False),
        ("x" * 61, False),
    ],
)
def test_the_name_of_a_rule_names_the_fault(pack: Write, name: str, *, right: bool) -> None:
    text = (pack() / RULE).read_text("utf-8").replace("requests/unbalanced", f"requests/{name}")
    problems = read_pack(PackContent(pack({f"requests/{name}.yaml": text}))).problems
    assert [problem.code for problem in problems] == ([] if right else ["misnamed"])


def _later_than(_context: object, *, month: int, day: int, level: str | None = None) -> Iterator[object]:
    yield month, day, level


@pytest.mark.parametrize(
    ("change", "place", "code", "words"),
    [
        (("later-than", "later-then"), f"{LATE}:5:8", "unknown-check", "did you mean 'later-than'?"),
        (("month: 3", "mont: 3"), f"{LATE}:6:10", "unknown-param", "did you mean 'month'?"),
        (("month: 3, ", ""), f"{LATE}:5:8", "missing-param", "month"),
    ],
)
def test_a_check_takes_the_params_by_name(
    pack: Write, change: tuple[str, str], place: str, code: str, words: str
) -> None:
    checks = {"later-than": _later_than}
    load_pack(pack(), checks=checks)
    with pytest.raises(PackError) as caught:
        load_pack(pack({LATE: change}), checks=checks)
    assert (caught.value.place, caught.value.code) == (f"rules/cn-zz/{place}", code)
    assert words in caught.value.en


def test_the_first_mistake_is_told_with_the_number_of_the_others(pack: Write) -> None:
    folder = pack(
        {RULE: ("severity: error", "severity: eror"), LATE: ("severity: warning", "severity: warn")}
    )
    with pytest.raises(PackError, match=r"publication/late.yaml:3:11.*\(and 1 more in this pack\)"):
        load_pack(folder)


def test_the_pack_without_a_manifest_or_folder_is_refused(pack: Write, tmp_path: Path) -> None:
    folder = pack()
    (folder / "pack.yaml").unlink()
    for missing in (folder, tmp_path / "nowhere"):
        with pytest.raises(PackError) as caught:
            load_pack(missing)
        assert caught.value.code == "unreadable-file"


def test_a_file_of_mistakes_is_looked_through_once_and_told_in_part(
    pack: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    real = yaml_pack.spots
    monkeypatch.setattr(yaml_pack, "spots", lambda text: calls.append(1) or real(text))
    entries = "".join(f"law-{number}: {{titel: 令, tier: A, evidence: x}}\n" for number in range(5_000))
    keys = "".join(f"severity{number}: error\n" for number in range(5_000))
    folder = pack({"instruments.yaml": entries, RULE: ("severity: error\n", keys)})
    problems = read_pack(PackContent(folder)).problems
    assert 20 < len(problems) < 100
    assert len(calls) == 4  # once a file: the others cite what the registry no longer has


def test_a_name_with_a_colon_is_refused_like_any_other(pack: Write) -> None:
    text = (pack() / LATE).read_text("utf-8")
    problems = read_pack(PackContent(pack({"publication/a:b.yaml": text}))).problems
    assert {problem.code for problem in problems} == {"misnamed", "id-not-path"}


def test_examples_are_parsed_on_demand_and_keep_their_lines(pack: Write) -> None:
    folder = pack({RULE: ("name: 不等", "nam: 不等")})
    load_pack(folder)
    with pytest.raises(PackError) as caught:
        load_examples(folder / RULE)
    assert caught.value.place == "rules/cn-zz/requests/unbalanced.yaml:18:8"
    assert [example.name for example in load_examples(folder / LATE).passing] == ["按时"]


def test_a_mark_at_the_start_and_windows_lines_are_taken(pack: Write) -> None:
    folder = pack()
    text = (folder / RULE).read_text("utf-8")
    (folder / RULE).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert load_pack(folder).rules["cn-zz/requests/unbalanced"].title.zh == "不平衡"


def test_hundreds_of_rules_are_each_read_once(pack: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = pack()
    text = (folder / LATE).read_text("utf-8")
    for number in range(500):
        name = f"late-{number}"
        (folder / "publication" / f"{name}.yaml").write_text(
            text.replace("cation/late", f"cation/{name}"), "utf-8"
        )
    opened: list[Path] = []
    real = Path.open

    def counting(path: Path, *args: object) -> object:
        opened.append(path)
        return real(path, *args)  # type: ignore[call-overload]  handed on as it came

    monkeypatch.setattr(Path, "open", counting)
    assert len(load_pack(folder).rules) == 502
    assert len(opened) == len(set(opened)) == 505


@pytest.mark.parametrize("file", ["pack.yaml", "instruments.yaml", LAYOUT, RULE, LATE, "overrides.yaml"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_a_file_holds_only_pack_errors_are_raised(
    pack: Write, file: str, data: st.DataObject
) -> None:
    folder = pack()
    original = (
        (folder / file).read_bytes()
        if file != "overrides.yaml"
        else b"overrides:\n  - {rule: a, reason: b}\n"
    )
    start = data.draw(st.integers(0, len(original)))
    length = data.draw(st.integers(0, 40))
    middle = data.draw(
        st.one_of(st.binary(max_size=20), st.text("&*!{}[]:-?|>%@`\"'#, \n\tayn0", max_size=20))
    )
    text = middle if isinstance(middle, bytes) else middle.encode()
    (folder / file).write_bytes(original[:start] + text + original[start + length :])
    try:
        load_pack(folder)
        load_examples(folder / RULE)
    except PackError as problem:
        assert problem.place.startswith("rules/cn-zz")  # noqa: PT017  the allowed error is looked at
