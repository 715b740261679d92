"""The description of the service, made from the published schemas: one source for the pipe and for HTTP."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from disclosure_rules.resources import schemas_folder
from disclosure_rules.version import VERSION

__all__ = ["openapi"]

_REFUSALS = ("400", "401", "403", "408", "413", "415", "422", "429", "500", "503")
_TEXT = {"type": "string"}


@cache
def openapi() -> dict[str, Any]:
    """OpenAPI 3.1 of the service."""
    answer = {"application/json": {"schema": {"$ref": "#/components/schemas/Answer"}}}
    form = {
        "type": "object",
        "required": ["file"],
        "properties": {
            "file": {"type": "string", "format": "binary"},
            "previous": {"type": "string", "format": "binary"},
            "year": _TEXT, "region": _TEXT, "body": _TEXT, "profile": _TEXT,
            "as_of": {"type": "string", "format": "date"},
        },
    }  # fmt: skip
    check = {
        "summary": "报送前检查 · Check one report",
        "operationId": "check",
        "security": [{}, {"token": []}],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": {"$ref": "#/components/schemas/Request"}},
                "multipart/form-data": {"schema": form},
            },
        },
        "responses": {
            "200": {"description": "The decision and every finding", "content": answer},
            **{
                code: {"description": "`error` says why nothing was checked", "content": answer}
                for code in _REFUSALS
            },
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "disclosure-rules", "version": VERSION},
        "paths": {
            "/v1/check": {"post": check},
            "/health": {"get": _plain("The process lives", "application/json")},
            "/ready": {"get": _plain("One more request would be taken", "application/json", "503")},
            "/metrics": {"get": _plain("Prometheus metrics", "text/plain", "401")},
        },
        "components": {
            "schemas": _components(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _components() -> dict[str, Any]:
    """Request and answer by their generated schemas, with what these refer to."""
    components: dict[str, Any] = {}
    for name, schema in (("Request", "hook-request"), ("Answer", "hook-answer")):
        text = (schemas_folder() / f"{schema}.schema.json").read_text(encoding="utf-8")
        whole = json.loads(text.replace('"#/$defs/', '"#/components/schemas/'))
        components.update(whole.pop("$defs", {}))
        whole.pop("$id", None)
        whole.pop("$schema", None)
        components[name] = whole
    return components


def _plain(description: str, media: str, *others: str) -> dict[str, Any]:
    kinds = {media: {"schema": {"type": "string" if media == "text/plain" else "object"}}}
    refused = {code: {"description": "Not now, or not without the token"} for code in others}
    return {
        "summary": description,
        "responses": {"200": {"description": description, "content": kinds}, **refused},
    }
