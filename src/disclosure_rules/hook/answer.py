"""A request → the answer. Nothing is written, nothing fetched; the same request and packs give the same bytes."""

from __future__ import annotations

import base64
import json
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from disclosure_rules.accepted import Accepted
from disclosure_rules.errors import DisclosureRulesError, ReadError, UsageError
from disclosure_rules.foreign import shape_words
from disclosure_rules.ingest.sniff import file_bytes
from disclosure_rules.ingest.structured_bytes import LARGEST
from disclosure_rules.ingest.structured_json import read_json
from disclosure_rules.kept import Kept
from disclosure_rules.model.hook import HookAnswer, HookError, HookInput, HookRequest
from disclosure_rules.model.profile import PROFILES
from disclosure_rules.model.text import Text
from disclosure_rules.pipeline import Checker, Overrule
from disclosure_rules.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from disclosure_rules.model.profile import Profile
    from disclosure_rules.model.report import Report
    from disclosure_rules.pipeline import Source

__all__ = ["MOST_BYTES", "Desk", "Reply", "as_json", "refusal", "reply_of"]

MOST_BYTES = 70_000_000  # of a request: a report of 50 MB in base64
_TOOL = {"name": "disclosure-rules", "version": VERSION}
_DECISIONS: Mapping[str, Any] = {"pass": "accept", "fail": "reject", "incomplete": "undecided"}
_MOST_TOLD = 3
_MOST_CHECKERS = 8  # of profiles and days; each has its own packs, some 5 MB
_NOTHING = Accepted()
_NO_REQUEST = ("empty-file", "not-a-mapping")  # what these say is about a report, which a request is not


class Reply(NamedTuple):
    """An answer as it goes over the wire, with what the service has to know of it.

    Attributes:
        outcome: The decision, or the code of the error.
        failed: Whether there was an error.
        body: The answer in JSON.
    """

    outcome: str
    failed: bool
    body: bytes


def reply_of(answer: HookAnswer) -> Reply:
    """The answer as it goes over the wire."""
    outcome = answer.error.code if answer.error is not None else answer.decision
    return Reply(outcome, answer.error is not None, as_json(answer).encode())


class Desk:
    """Answers requests; packs are loaded once, for each profile that is asked for.

    Args:
        root: The folder in which `path` may lie; None where no path may be given.
        profiles: Profiles beside the shipped ones.
        packs: Packs that judge besides those that a report's region selects.
        without: Ids of packs that do not judge.
        accepted: What the operator accepts; no request can.
    """

    def __init__(
        self,
        root: Path | None,
        *,
        profiles: Mapping[str, Profile] | None = None,
        packs: Sequence[str | Path] = (),
        without: Sequence[str] = (),
        accepted: Accepted = _NOTHING,
    ) -> None:
        self._root = root.resolve() if root is not None else None
        self._profiles = {**PROFILES, **(profiles or {})}
        self._packs = packs
        self._without = without
        self._accepted = accepted
        self._checkers: Kept[tuple[str, str | None], Checker] = Kept(_MOST_CHECKERS)

    def answer(self, request: bytes) -> HookAnswer:
        """The answer to a request in JSON; whatever is wrong with it is an answer too."""
        try:
            return self._answered(_request(request))
        except DisclosureRulesError as problem:
            return refusal(problem)
        except MemoryError:
            return refusal(
                ReadError(
                    "检查这份文件需要的内存太多，没有检查；请换一种格式（如 .docx）再试",
                    "to check this file takes too much memory; nothing was checked; try another format",
                    code="too-much-memory",
                )
            )
        except Exception as crash:  # noqa: BLE001  a portal gets an answer whatever happens, and no traceback
            return refusal(
                ReadError(
                    f"程序内部出错（{type(crash).__name__}），没有检查；这是程序的缺陷，请反馈",
                    f"internal error ({type(crash).__name__}); nothing was checked; please tell us",
                    code="internal-error",
                )
            )

    def ready(self) -> None:
        """Load what a first request would have to wait for.

        Raises:
            PackError, PluginError, UsageError: A pack or a plugin cannot be used.
        """
        self._answered(HookRequest(report={"year": 2024, "layout": "2021"}))

    def _answered(self, request: HookRequest) -> HookAnswer:
        checker = self._checker(request.profile, request.as_of)
        overrule = Overrule(year=request.year, region=request.region, body_kind=request.body)
        report = self._report(checker, request, overrule)
        previous = None
        if request.previous is not None:
            # What the caller knows of the body holds for both years.
            same = Overrule(region=request.region, body_kind=request.body)
            try:
                previous = self._report(checker, request.previous, same)
            except DisclosureRulesError as problem:
                zh, en = f"上一年报告（previous）：{problem.zh}", f"`previous`: {problem.en}"
                raise type(problem)(zh, en, code=problem.code) from problem
        profile = self._profiles[request.profile]
        result = self._accepted.told(checker.judge(report, previous), profile)
        return HookAnswer(decision=_DECISIONS[result.verdict], tool=_TOOL, result=result)

    def _report(self, checker: Checker, given: HookInput, overrule: Overrule) -> Report:
        source, name = self._source(given)
        try:
            return checker.load_report(source, name=name, overrule=overrule)
        except ReadError as problem:
            raise _placed(problem, name or "") from problem

    def _checker(self, profile: str, as_of: str | None) -> Checker:
        if profile not in self._profiles and "/" in profile:
            from disclosure_rules.packs.profiles import pack_profile  # noqa: PLC0415  few requests ask for one
            from disclosure_rules.plugins import Plugins  # noqa: PLC0415  the same

            self._profiles[profile] = pack_profile(Plugins().pack_folders, profile)
        if profile not in self._profiles:
            names = list(self._profiles)
            raise UsageError(
                f"没有名为「{profile[:60]}」的检查方案，可用的有：{'、'.join(names)}",
                f"there is no profile '{profile[:60]}'; known are: {', '.join(names)}",
                code="unknown-profile",
            )
        known = self._checkers.get((profile, as_of))
        if known is None:
            known = self._checkers[profile, as_of] = Checker(
                packs=self._packs,
                without=self._without,
                profile=self._profiles[profile],
                as_of=date.fromisoformat(as_of) if as_of else None,
                waivers=self._accepted.waivers,
                today=self._accepted.today,
            )
        return known

    def _source(self, given: HookInput) -> tuple[Source, str | None]:
        if given.report is not None:
            return given.report, None
        if given.content is not None:
            try:
                # Many programs break base64 into lines of 76 letters.
                content = "".join(given.content.split()) if "\n" in given.content else given.content
                return base64.b64decode(content, validate=True), given.name or "content"
            except ValueError as problem:  # of other letters than ASCII it is no binascii.Error
                raise UsageError(
                    "content 不是 base64：用标准字母表（+ 和 /），末尾的 = 不省，前面没有 data:",
                    "`content` is no base64: the standard alphabet (+ and /), the = at its end, no data: before it",
                    code="bad-base64",
                ) from problem
        return file_bytes(self._within(given.path or "")), given.path

    def _within(self, path: str) -> Path:
        """The file of a path, which may not lead out of the allowed folder, by no link either."""
        refused = UsageError(
            "path 不在允许的文件夹内，请改用 content 传送文件内容",
            "`path` lies outside the allowed folder; send the file as `content`",
            code="path-not-allowed",
        )
        if self._root is None or "\0" in path:
            raise refused
        try:
            file = (self._root / path).resolve()
        except (OSError, ValueError, RuntimeError) as problem:
            raise refused from problem
        if not file.is_relative_to(self._root):
            raise refused
        return file


def _request(data: bytes) -> HookRequest:
    if len(data) > MOST_BYTES:
        raise _too_large(MOST_BYTES)
    try:
        values = read_json(data, "request", MOST_BYTES).data
    except ReadError as problem:
        if problem.code not in _NO_REQUEST:
            raise _placed(problem, "request") from problem
        raise UsageError(
            "请求应是一个 JSON 对象，见 hook-request.schema.json",
            "the request is a JSON object, by hook-request.schema.json",
            code="bad-request",
        ) from problem
    try:
        request = HookRequest.model_validate(values)
    except ValidationError as problem:
        zh, en = [], []
        for error in problem.errors(include_url=False, include_input=False)[:_MOST_TOLD]:
            place = ".".join(map(str, error["loc"]))
            says = shape_words(error)
            known = HookInput if error["loc"][:1] == ("previous",) else HookRequest
            unknown = error["type"] == "extra_forbidden"
            more = f"，可用 {'、'.join(known.model_fields)}" if unknown else ""
            more_en = f"; known are {', '.join(known.model_fields)}" if unknown else ""
            zh.append(f"{place or '请求'}：{says[0]}{more}")
            en.append(f"{place or 'request'}: {says[1]}{more_en}")
        raise UsageError(
            f"请求不符合 hook-request.schema.json：{'；'.join(zh)}",
            f"the request does not follow hook-request.schema.json: {'; '.join(en)}",
            code="bad-request",
        ) from problem
    documents = sum(len(one.content or "") for one in (request, request.previous) if one is not None)
    if len(data) - documents > LARGEST:
        raise _too_large(LARGEST)
    return request


def _too_large(most: int) -> ReadError:
    """More than `most` bytes: of a request, or of what it holds beside documents."""
    megabytes = most // 1_000_000
    return ReadError(
        f"请求超过 {megabytes} MB，文件最大约 50 MB"
        if most == MOST_BYTES
        else f"请求中除 content 以外超过 {megabytes} MB",
        f"the request is larger than {megabytes} MB"
        + ("; a file may have some 50 MB" if most == MOST_BYTES else " beside `content`"),
        code="request-too-large",
    )


def _placed(problem: ReadError, name: str) -> ReadError:
    """A problem that tells its line itself, where it is one of `name`: a place that the caller knows."""
    if not name or not problem.place.startswith(f"{name}:"):
        return problem
    return ReadError(problem.text("zh"), problem.text("en"), code=problem.code)


def refusal(problem: DisclosureRulesError) -> HookAnswer:
    """The answer that tells a problem. No path of this machine and no content of the report is in it."""
    error = HookError(code=problem.code or "error", message=Text(zh=problem.zh, en=problem.en))
    return HookAnswer(decision="undecided", tool=_TOOL, error=error)


def as_json(answer: HookAnswer) -> str:
    """The answer as JSON, by `schemas/hook-answer.schema.json`; the same answer gives the same bytes."""
    values = answer.model_dump(mode="json", by_alias=True, exclude={"result"})
    values["result"] = answer.result.to_json() if answer.result is not None else None
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"
