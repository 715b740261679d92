"""上传接口：返回检查结果 · A FastAPI address that takes an annual report and answers with its findings.

    uvicorn fastapi_upload:app

For a service of its own, with processes that outlive a damaged file, there is `disclosure-rules serve`.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, HTTPException, UploadFile

from disclosure_rules import Checker, DisclosureRulesError

_MOST_BYTES = 50_000_000

app = FastAPI()
checker = Checker()  # packs are loaded once; threads may share it


@app.post("/reports")
def receive(report: UploadFile) -> dict[str, Any]:
    """Check an upload. A plain `def` runs in a thread, so that a check does not hold up other requests."""
    data = report.file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise HTTPException(413, {"code": "too-large", "message": "文件超过 50 MB"})
    try:
        result = checker.check(data, name=report.filename)
    except DisclosureRulesError as problem:
        raise HTTPException(422, {"code": problem.code, "message": problem.zh}) from problem
    return {
        "accepted": result.verdict == "pass",  # `incomplete` is no pass
        "verdict": result.verdict,
        "findings": [
            {
                "rule": finding.rule,
                "blocks": finding.blocks,
                "where": finding.location.words("zh"),
                "message": finding.message("zh"),
            }
            for finding in result.findings
        ],
    }
