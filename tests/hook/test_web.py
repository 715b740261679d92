"""The examples for Django and FastAPI, with the clients that these bring; and one Checker among threads."""

from __future__ import annotations

import asyncio
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING

import httpx
import pytest

from disclosure_rules.pipeline import Checker
from sample_report import unbalanced

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PASSES = EXAMPLES / "zhangzi-zhujianju-2019.txt"
BROKEN = json.dumps(unbalanced()).encode()

# The total of all results left out: the sums over it stay open.
UNDECIDED = (
    (EXAMPLES / "suqian-shizhengfu-2024.yaml")
    .read_bytes()
    .replace(b"other_organization: 2, total: 3521}", b"other_organization: 2}")
)


def _example(name: str) -> ModuleType:
    spec = spec_from_file_location(name, EXAMPLES / "web" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def form() -> ModuleType:
    import django  # noqa: PLC0415  slow, and for two tests
    from django.conf import settings  # noqa: PLC0415

    if not settings.configured:
        settings.configure(USE_I18N=False, USE_TZ=True)
        django.setup()
    return _example("django_form")


def test_a_django_form_takes_what_passes_and_keeps_the_file_whole(form: ModuleType) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    filled = form.ReportForm(files={"report": SimpleUploadedFile(PASSES.name, PASSES.read_bytes())})
    assert filled.is_valid(), filled.errors
    assert filled.cleaned_data["report"].read() == PASSES.read_bytes()


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("a.json", BROKEN, "cn/requests/unbalanced", "「总计」列收办不平衡"),
        ("a.json", b"{", "json-syntax", "JSON"),
        ("a.yaml", UNDECIDED, None, "检查不完整"),
    ],
)
def test_a_django_form_refuses_the_rest_with_its_reasons(
    form: ModuleType, name: str, data: bytes, code: str | None, words: str
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    filled = form.ReportForm(files={"report": SimpleUploadedFile(name, data)})
    assert not filled.is_valid()
    told = filled.errors.as_data()["report"]
    assert code is None or code in {error.code for error in told}
    assert words in str(filled.errors)


def _posted(app: object, name: str, data: bytes) -> httpx.Response:
    async def post() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://portal") as client:
            return await client.post("/reports", files={"report": (name, data)})

    return asyncio.run(post())


def test_a_fastapi_address_answers_with_the_findings() -> None:
    app = _example("fastapi_upload").app
    assert _posted(app, PASSES.name, PASSES.read_bytes()).json()["accepted"] is True
    failed = _posted(app, "a.json", BROKEN).json()
    assert (failed["accepted"], failed["verdict"]) == (False, "fail")
    assert "cn/requests/unbalanced" in {one["rule"] for one in failed["findings"] if one["blocks"]}
    refused = _posted(app, "a.json", b"{")
    assert (refused.status_code, refused.json()["detail"]["code"]) == (422, "json-syntax")
    assert _posted(app, "a.txt", b"").status_code == 422


def test_threads_that_share_a_checker_from_its_first_use_get_the_same_bytes() -> None:
    """Packs, rule sets and programs are made while others ask for them: reports of several regions, years and forms."""
    plain = {"year": 2024, "layout": "2021", "tables": {"requests": {"received": {"total": 3}}}}
    sources = [
        PASSES,
        EXAMPLES / "suqian-shizhengfu-2024.yaml",
        EXAMPLES / "shanghai-zhengfubangongting-2019.yaml",
        BROKEN,
        *(
            {**plain, "body": {"name": "某局", "region": region}}
            for region in ("110000", "350100", "440600", "500000")
        ),
        *({**plain, "year": year, "layout": layout} for year, layout in ((2012, "2008"), (2020, "2019"))),
    ]

    def told(checker: Checker, source: object) -> str:
        return json.dumps(checker.check(source).to_json(), ensure_ascii=False)  # type: ignore[arg-type]

    alone = Checker()
    wanted = [told(alone, source) for source in sources]
    shared, start, before = Checker(), Barrier(8), sys.getswitchinterval()

    def work(offset: int) -> list[tuple[int, str]]:
        start.wait()
        turns = [(offset + step) % len(sources) for step in range(2 * len(sources))]
        return [(turn, told(shared, sources[turn])) for turn in turns]

    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as threads:
            answers = [answer for part in threads.map(work, range(8)) for answer in part]
    finally:
        sys.setswitchinterval(before)
    assert len(answers) == 16 * len(sources)
    for turn, answer in answers:
        assert answer == wanted[turn]
