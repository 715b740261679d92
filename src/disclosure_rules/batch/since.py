"""What became of the findings of an earlier run: new, mended, still there, or not to be said.

A finding is mended only where its rule passes now. Where the report is not at hand, or the rule no longer judges it,
nobody knows, and it is told as that. Where the report is the same byte for byte, what is new of it or found no more is no
work of its body: the rules, the choices of the run or last year's report are others, and that is told apart.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from disclosure_rules.batch.entries import unpacked
from disclosure_rules.batch.judge import collection_context, judge
from disclosure_rules.batch.store import FILE, JUDGED_BY, Store
from disclosure_rules.errors import UsageError
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from disclosure_rules.batch.judge import Judged
    from disclosure_rules.model.collection import CollectionContext
    from disclosure_rules.model.roster import Roster
    from disclosure_rules.pipeline import Checker

__all__ = ["CHANGED", "Change", "Earlier", "State", "changes", "counts", "earlier_run", "other_rules"]

State = Literal["new", "mended", "open", "unknown", "by-rules", "withdrawn"]
CHANGED: Mapping[State, Text] = {
    "new": Text(zh="新增", en="new"),
    "by-rules": Text(zh="报告未改，新查出", en="report unchanged, newly found"),
    "mended": Text(zh="已改", en="mended"),
    "withdrawn": Text(zh="报告未改，不再提出", en="report unchanged, found no more"),
    "open": Text(zh="仍有", en="still there"),
    "unknown": Text(zh="不能比较", en="not comparable"),
}
_Finding = dict[str, Any]
_Key = tuple[object, ...]


class Earlier(NamedTuple):
    """An earlier run: its store, its batch as the roster of this run sees it, and what the rules of today say of it."""

    store: Store
    context: CollectionContext
    judged: Judged


class Change(NamedTuple):
    """What became of one finding; `file` is the report's now, or the earlier one where there is none now."""

    state: State
    body: str | None
    file: str
    finding: Mapping[str, Any]


def earlier_run(folder: Path, roster: Roster | None, checker: Checker) -> Earlier:
    """Open the result folder of an earlier run.

    Raises:
        UsageError: It is no result folder, or one of another version.
    """
    if not (folder / FILE).is_file():
        raise UsageError(
            f"{folder} 不是批量检查的结果文件夹（里面没有 {FILE}）",
            f"{folder} is no result folder of a batch (there is no {FILE} in it)",
            code="no-run",
        )
    store = Store(folder, read_only=True)
    context = collection_context(store, roster, checker)
    return Earlier(store, context, judge(context, checker))


def changes(store: Store, context: CollectionContext, judged: Judged, earlier: Earlier) -> Iterator[Change]:
    """Every finding of both runs with what became of it, body by body; only the findings of one body are held.

    Args:
        store: The store of this run.
        context: Its batch.
        judged: What is wrong between its reports; that comes last.
        earlier: The earlier run.
    """
    yield from _of_reports(store, context, earlier)
    yield from _between(judged, earlier.judged)


def other_rules(store: Store, earlier: Store) -> Text | None:
    """What is to be said where an earlier run was judged by another version of the program or by other rules."""
    now, then = (json.loads(one.meta(JUDGED_BY) or "{}") for one in (store, earlier))
    if now == then:
        return None
    if now.get("version") == then.get("version"):
        zh, en = "规则与现在的不同", "by other rules than now"
    else:
        version = then.get("version")
        zh = f"版本 {version or '不明'}，现在是 {now.get('version')}"
        en = f"by version {version or 'unknown'}, this one by {now.get('version')}"
    return Text(
        zh=f"上次的结果不是用同一套程序和规则检查的（{zh}）：报告没有改动而新查出、不再提出的问题另列，不算单位新增或已改",
        en=f"the earlier run was judged {en}: what is new or gone of unchanged reports is told apart",
    )


def counts(found: Iterable[Change]) -> Counter[State]:
    """How many findings became what."""
    return Counter(change.state for change in found)


def _of_reports(store: Store, context: CollectionContext, earlier: Earlier) -> Iterator[Change]:
    now, before = _files(context), _files(earlier.context)
    for key in dict.fromkeys((*now, *before)):
        files = now.get(key, ())
        old = _findings(earlier.store, before.get(key, ()))
        if files:
            same = {earlier.store.contents(file) for file in before.get(key, ())} & {
                store.contents(file) for file in files
            }
            yield from _of_body((store, earlier.store), files, old, same)
        else:
            yield from (Change("unknown", body, file, finding) for body, file, finding in old)


def _files(context: CollectionContext) -> dict[_Key, list[str]]:
    """The files of each body: by its row of the roster and the year, else by its name, else by the file's own."""
    found: dict[_Key, list[str]] = defaultdict(list)
    for one in context.submitted:
        key: _Key = ("file", one.name)
        if one.row is not None:
            key = ("row", one.row, one.year)
        elif one.body:
            key = ("body", one.body, one.year)
        found[key].append(one.name)
    return found


def _results(store: Store, files: Iterable[str]) -> Iterator[tuple[str | None, str, Mapping[str, Any]]]:
    for file in files:
        entry = store.entry("now", file)
        if entry is not None and entry.result is not None and entry.status == "checked":
            yield entry.body, file, json.loads(unpacked(entry.result))


def _findings(store: Store, files: Iterable[str]) -> list[tuple[str | None, str, _Finding]]:
    return _distinct(_results(store, files))


def _distinct(
    results: Iterable[tuple[str | None, str, Mapping[str, Any]]],
) -> list[tuple[str | None, str, _Finding]]:
    """The findings of a body's files. What copies and versions have in common is one fault, not one for each file."""
    found = []
    known: Counter[str] = Counter()
    for body, file, result in results:
        here: Counter[str] = Counter()
        for finding in result["findings"]:
            here[finding["fingerprint"]] += 1
            if here[finding["fingerprint"]] > known[finding["fingerprint"]]:
                found.append((body, file, finding))
        known |= here
    return found


def _of_body(
    stores: tuple[Store, Store],
    files: Iterable[str],
    old: list[tuple[str | None, str, _Finding]],
    unchanged: set[tuple[str, ...]],
) -> Iterator[Change]:
    """What became of the findings of a body whose report is at hand in both runs, or in this one only.

    `stores` are those of this run and of the earlier one; `unchanged` are the contents of reports that both have.
    """
    store, earlier = stores
    results = list(_results(store, files))
    same = Counter(finding["fingerprint"] for _, _, finding in old)
    # With other values it is the same fault where the rule and the place are the same: what was half mended.
    alike = Counter(_place(finding) for _, _, finding in old)
    found = _distinct(results)
    left = []
    for body, file, finding in found:
        if same[finding["fingerprint"]] > 0:
            same[finding["fingerprint"]] -= 1
            alike[_place(finding)] -= 1
            yield Change("open", body, file, finding)
        else:
            left.append((body, file, finding))
    for body, file, finding in left:
        again = alike[_place(finding)] > 0
        alike[_place(finding)] -= again
        new: State = "by-rules" if store.contents(file) in unchanged else "new"
        yield Change("open" if again else new, body, file, finding)
    passed = {rule for _, _, result in results for rule in result["passed"]}
    speaking = {finding["rule"] for _, _, finding in found}
    body, file = (results[0][0], results[0][1]) if results else (None, "")
    for _, was, finding in old:
        if alike[_place(finding)] > 0 and same[finding["fingerprint"]] > 0:
            same[finding["fingerprint"]] -= 1
            alike[_place(finding)] -= 1
            mended = finding["rule"] in passed or finding["rule"] in speaking
            gone: State = (
                "withdrawn" if earlier.contents(was) in unchanged else "mended" if mended else "unknown"
            )
            yield Change(gone, body, file, finding)


def _between(judged: Judged, before: Judged) -> Iterator[Change]:
    """What became of what was wrong between reports. What cannot be decided now is not mended."""
    known = {one.fingerprint for one in before.findings}
    there = {one.fingerprint for one in judged.findings}
    undecided = {(one.rule, one.row) for one in judged.open}
    for one in judged.findings:
        state: State = "open" if one.fingerprint in known else "new"
        yield Change(state, one.body, "\n".join(one.files), one.model_dump(mode="json"))
    for one in before.findings:
        if one.fingerprint not in there:
            state = "unknown" if (one.rule, one.row) in undecided else "mended"
            yield Change(state, one.body, "\n".join(one.files), one.model_dump(mode="json"))


def _place(finding: Mapping[str, Any]) -> _Key:
    place = finding["location"]
    return (finding["rule"], *(place[key] for key in ("section", "table", "row", "column")))
