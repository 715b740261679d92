"""What is no expression of the language is refused with a sentence, and never with another exception."""

from __future__ import annotations

import pytest
from expr_reports import bound, make_rule, names_of
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure_rules.errors import ExpressionError
from disclosure_rules.expr import Names, bind
from disclosure_rules.expr.bind import MAX_NODES
from disclosure_rules.expr.syntax import Source, parse

HOSTILE = {
    "import": "__import__('os').system('true')",
    "dunder": "requests.__class__",
    "dunder chain": "().__class__.__bases__[0].__subclasses__()",
    "underscore": "_secret > 1",
    "underscore segment": "requests._rows.total > 1",
    "exec": "exec(requests.received.total)",
    "eval": "eval(1) == 1",
    "open": "open(1) == 1",
    "getattr": "getattr(requests, received)",
    "format": "'{0.__class__}'.format(1) == 1",
    "f-string": "f'{1}' == 1",
    "bytes": "b'a' == 1",
    "power": "9**9**9 == 1",
    "shift": "1 << 1000000 == 1",
    "huge integer": "9" * 3000 + " == 1",
    "integer beyond the bound": "1000000000000001 == 1",
    "long decimal": "0." + "1" * 40 + " == 1",
    "exponent": "1e999999999 == 1",
    "hexadecimal": "0xFFFF == 1",
    "imaginary": "1j == 1",
    "underscored digits": "1_000 == 1",
    "leading zero": "010 == 8",
    "bare point": "1. == 1",
    "number glued to a word": "1or 2 == 2",
    "20,000 terms": "+".join(["1"] * 20_000) + " == 1",
    "1,000 terms": "+".join(["1"] * 1_000) + " == 1",
    "20,000 not": "not " * 20_000 + "1 == 1",
    "300 not": "not " * 300 + "1 == 1",
    "3,000 minus": "-" * 3_000 + "1 == 1",
    "alternating signs": "-+" * 1_500 + "1 == 1",
    "2,000 brackets": "(" * 1_500 + "1" + ")" * 1_500 + " == 1",
    "100 brackets": "(" * 100 + "1" + ")" * 100 + " == 1",
    "unclosed brackets": "(" * 1_000,
    "nested calls": "abs(" * 300 + "1" + ")" * 300 + " == 1",
    "1,300 calls in a row": "abs" + "()" * 1_300,
    "1,900 points": "requests" + ".total" * 600,
    "800 subscripts": "requests" + "[a]" * 1_000,
    "long product": "*".join(["requests.received.total"] * 60) + " == 1",
    "100 factors": "*".join(["9"] * 100) + " == 1",
    "loop": "[x for x in requests] == 1",
    "generator": "sum(x for x in requests) == 1",
    "set": "{1, 2} == 1",
    "dictionary": "{1: 2} == 1",
    "list": "[1, 2] == 1",
    "tuple": "1, 2",
    "slice": "requests[0:1] == 1",
    "number as index": "requests[0] == 1",
    "computed index": "requests.received[1 + 1] == 1",
    "lambda": "(lambda: 1)() == 1",
    "walrus": "(a := 1) == 1",
    "assignment": "requests.received.total = 1",
    "two statements": "1 == 1; 2 == 2",
    "comment": "1 == 1 # true",
    "if else": "1 if 1 == 1 else 2",
    "in": "1 in requests",
    "is": "1 is 1",
    "None": "requests.received.total == None",
    "True": "True",
    "await": "await requests",
    "yield": "(yield)",
    "starred": "sum(*requests) == 1",
    "keyword argument": "round_to(1, places=2) == 1",
    "ellipsis": "... == 1",
    "division": "requests.received.total / 2 == 1",
    "remainder": "7 % 2 == 1",
    "whole division": "7 // 2 == 3",
    "matrix product": "1 @ 2 == 1",
    "bits": "1 & 2 == 1",
    "NUL": "1 == 1\0",
    "lone surrogate": "1 == \ud800",
    "zero-width space": "requests\u200b.received.total == 1",
    "right-to-left override": "1 == 1 \u202e",
    "full-width digits": "１ == 1",
    "full-width brackets": "abs（1） == 1",
    "full-width letters": "ｒequests.received.total == 1",
    "superscript": "requests² == 1",
    "Arabic digits": "\u0661 == 1",
    "Cyrillic look-alike": "rеquests.received.total == 1",
    "ligature": "re\ufb01 == 1",
    "form feed": "1 ==\f1",
    "backslash": "1 == \\\n1",
    "dollar": "$requests == 1",
    "unbalanced": "1 == 1)",
    "closed and opened": "1 == 1) or (2 == 2",
    "two numbers": "1 2",
    "nothing": "",
    "blanks": " \n\t ",
    "4,001 characters": "1 == 1" + " " * 3_995,
    "a number": "requests.received.total",
    "a condition as a number": "(1 == 1) + 1 == 2",
    "a condition against a number": "(1 == 1) == 1",
    "conditions in order": "(1 == 1) < (2 == 2)",
    "abs of a condition": "abs(1 == 1) == 1",
    "not of a number": "not 1",
    "plus": "+1 == 1",
    "a group outside sum": "requests.results.total == 1",
    "a row as a number": "requests.received == 1",
    "a table as a number": "requests == 1",
    "a section as a number": "sections.overview == 1",
    "a function as a name": "sum == 1",
    "a call of a path": "requests.received.total() == 1",
    "unknown function": "summe(1) == 1",
    "no argument": "sum() == 1",
    "too many arguments": "abs(1, 2) == 1",
    "computed places": "round_to(1, 1 + 1) == 1",
    "too many places": "round_to(1, 11) == 1",
    "blank of a section": "blank(sections.overview)",
    "blank of a group": "blank(requests.results.total)",
    "present of a number": "present(1)",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_refused(text: str) -> None:
    with pytest.raises(ExpressionError) as refusal:
        bound(text)
    assert refusal.value.place == "assert"
    assert refusal.value.zh
    assert refusal.value.en
    refusal.value.text("zh").encode()  # no lone surrogate gets into a message


DEEP = [
    "20,000 terms", "1,000 terms", "20,000 not", "300 not", "3,000 minus", "2,000 brackets", "100 brackets",
    "nested calls", "1,300 calls in a row", "1,900 points", "800 subscripts", "huge integer", "4,001 characters",
]  # fmt: skip


@pytest.mark.parametrize("shape", DEEP)
def test_deep_and_large_texts_never_reach_the_parser(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def parser(*_: object, **__: object) -> None:
        pytest.fail("the text reached Python's parser")

    monkeypatch.setattr("disclosure_rules.expr.syntax.ast.parse", parser)
    with pytest.raises(ExpressionError):
        parse(Source(HOSTILE[shape], "assert"))


@pytest.mark.parametrize(
    ("text", "character", "instead"),
    [
        ("requests.reveived.total == 1", 10, "did you mean received?"),
        ("requests.received.totl == 1", 19, "did you mean total?"),
        ("facts.consultation == 1", 7, "did you mean consultations?"),
        ("present(section.overview)", 9, "did you mean sections?"),
        ("sun(1) == 1", 1, "did you mean sum?"),
        ("1 == 1 and\n  requests.received.totl > 1", 32, "did you mean total?"),
        ("  1 == 本年", 8, "there is no 本年"),
        ("1 == 本年.a", 6, "there is no 本年"),
        ("proactive_disclosure.government_rules.decisions == 1", 39, "there is no decisions"),
        ("requests.received == 1", 1, "name a column"),
        ("requests == 1", 1, "go on with received"),
        ("1 = 2", 3, "write =="),
        ("1 / 2 == 1", 3, "write ratio(a, b)"),
        ("1 == 1 && 2 == 2", 8, "write and"),
        ("1 ≤ 2", 3, "write <="),
        ("1 == 2，3", 7, "write ASCII ,"),
        ("5 ％ 2 == 1", 3, "there is no % operator"),
        ("“甲” == 1", 1, "there are no strings"),
        ("1 == (2", 6, "check brackets"),
    ],
)
def test_a_refusal_names_the_place_and_what_to_write(text: str, character: int, instead: str) -> None:
    with pytest.raises(ExpressionError) as refusal:
        bound(text)
    assert refusal.value.en.startswith(f"character {character}: ")
    assert refusal.value.zh.startswith(f"第 {character} 个字符处：")
    assert instead in refusal.value.en


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"each": {"column": "requests.colums"}}, "each.column"),
        ({"each": {"column": "requests.columns + 1"}}, "each.column"),
        ({"each": {"column": "[x"}}, "each.column"),
        ({"each": {"sum": "requests.columns"}}, "each.sum"),
        ({"each": {"requests": "requests.columns"}}, "each.requests"),
        ({"each": {"a b": "requests.columns"}}, "each.a b"),
        ({"each": {"not": "requests.columns"}}, "each.not"),
        ({"each": {"a": "requests.cells", "b": "requests.cells"}}, "each"),
        ({"let": {"a": "1 +"}}, "let.a"),
        ({"let": {"a": "1 == 1"}}, "let.a"),
        ({"let": {"a": "a + 1"}}, "let.a"),
        ({"let": {"a": "b + 1", "b": "1"}}, "let.a"),
        ({"let": {"_a": "1"}}, "let._a"),
        ({"let": {"facts": "1"}}, "let.facts"),
        ({"let": {"a": "1"}, "each": {"a": "requests.columns"}}, "let.a"),
        ({"when": "report.yaer > 2020"}, "when"),
        ({"when": "report.year"}, "when"),
        ({"at": "requests.results.total"}, "at"),
        ({"at": "1"}, "at"),
        ({"at": "requests.received.totl"}, "at"),
        ({"let": {"cell": "requests[row][column]"},
          "each": {"row": "proactive_disclosure.rows", "column": "proactive_disclosure.columns"}}, "let.cell"),
    ],
)  # fmt: skip
def test_every_field_is_checked_and_named(fields: dict[str, object], place: str) -> None:
    with pytest.raises(ExpressionError) as refusal:
        bound("1 == 1", **fields)
    assert refusal.value.place == place


def test_a_pair_of_row_and_column_that_the_form_has_not_is_refused() -> None:
    axes = {"row": "proactive_disclosure.rows", "column": "proactive_disclosure.columns"}
    with pytest.raises(ExpressionError, match=r"no decisions in proactive_disclosure\.government_rules"):
        bound("proactive_disclosure[row][column] >= 0", each=axes)


def test_a_variable_is_no_number() -> None:
    with pytest.raises(ExpressionError, match="write it as an index"):
        bound("column > 1", each={"column": "requests.columns"})


def test_a_name_that_one_form_lacks_names_the_form() -> None:
    assert bound("requests.other_rest.total >= 0", "2021")
    with pytest.raises(ExpressionError, match="form 2019"):
        bound("requests.other_rest.total >= 0", "2019")
    with pytest.raises(ExpressionError, match="form 2008"):
        bound("requests.received.total >= 0", "2008")


def test_an_expansion_that_is_too_big_is_refused() -> None:
    row = "sum(requests.results.applicants)"  # 22 rows × 6 columns
    demand = " + ".join([row] * (MAX_NODES // 132 + 1)) + " > 0"
    with pytest.raises(ExpressionError) as refusal:
        bound(demand)
    assert refusal.value.code == "too-big"
    demand = " + ".join([row] * 10) + " > requests[one].total + requests[other].total"
    with pytest.raises(ExpressionError) as refusal:
        bound(demand, each={"one": "requests.rows", "other": "requests.rows"})
    assert refusal.value.code == "too-big"
    assert refusal.value.place == "each"


def test_products_through_lets_are_bounded_too() -> None:
    lets = {"a0": "requests.received.total"} | {f"a{i}": f"a{i - 1} * a{i - 1}" for i in range(1, 30)}
    with pytest.raises(ExpressionError) as refusal:
        bound("a29 > 0", let=lets)
    assert refusal.value.place == "let.a5"  # 2^4 figures are the most


def test_a_rule_with_a_check_has_nothing_to_bind() -> None:
    rule = make_rule("1 == 1").model_copy(update={"demand": None, "check": "some-verb"})
    with pytest.raises(ValueError, match="no assert"):
        bind(rule, names_of("2021"))


def only_refusals(text: str, names: Names) -> None:
    """Any other exception fails the test."""
    try:
        bind(make_rule(text), names)
    except ExpressionError as refusal:
        for lang in ("zh", "en"):
            refusal.text(lang).encode()


@settings(deadline=None)
@given(st.text(max_size=60))
def test_arbitrary_text_is_bound_or_refused(text: str) -> None:
    only_refusals(text, names_of("2021"))


WORDS = [
    "requests", "received", "total", "facts", "sections", "overview", "column", ".", "(", ")", "[", "]", ",", "+",
    "-", "*", "/", "==", "<", "!=", "and", "or", "not", "sum", "abs", "min", "ratio", "round_to", "present", "blank",
    "implies", "count", "1", "0.5", "if", "else", "lambda", "x", " ", "\n", "requests.received.total", "年", "'", "=",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_words_of_the_language_in_any_order_are_bound_or_refused(words: list[str]) -> None:
    only_refusals(" ".join(words), names_of("2021"))
    only_refusals("".join(words), names_of("2021"))
