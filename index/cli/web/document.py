"""The OpenAPI document of what a server offers, and the page that shows it to people."""

from __future__ import annotations

import html
import json
from importlib.resources import files
from typing import Any

from pydantic.json_schema import models_json_schema

from index.cli.assistant.results import Coverage, Quote, Report
from index.cli.exports.gathering import MOST
from index.cli.exports.writing import FORMS
from index.cli.web.files import FARTHEST, NAMES
from index.cli.web.parameters import LONGEST
from index.cli.web.reading import LONGEST_DRAFT, MOST_NAMES

Node = dict[str, Any]

_ABOUT = """Who said what in the news, quoted word for word. Every quote is a whole sentence of an
article, with its speaker, outlet, date and address; nothing is generated. An abstention is an
answer. The records are those of the command line with --json."""
_FIELDS = {
    "party": "Russia and Turkey",
    "speaker": "Lavrov",
    "topic": "the tank",
    "since": "2018-02-13",
    "until": "monday",
    "outlet": "Daily Example or the wires",
    "stance": "denied",
    "filters": "officials only, not analysts",
}
_PAGE: Node = {
    "type": "object",
    "required": ["limit", "offset", "total", "shown", "next"],
    "properties": {
        "limit": {"type": "integer"},
        "offset": {"type": "integer"},
        "total": {"type": "integer", "description": "statements on record, shown or not"},
        "shown": {"enum": ["all", "cut"]},
        "next": {"type": ["string", "null"], "description": "where the answer goes on"},
    },
}
_LIMIT = f"the most quotes; 10 if not given, in a file {MOST:,}"
_FORM: Node = {
    "name": "format",
    "in": "query",
    "description": "other than json: a file with all quotes, or a note that says where it was cut",
    "schema": {"enum": list(NAMES), "default": NAMES[0]},
}
_FILES: Node = {form.mime: {"schema": {"type": "string"}} for form in FORMS.values()}
_TEXT: Node = {"type": ["string", "null"]}


def document(*, pushing: bool) -> Node:
    """
    Describe the server as OpenAPI 3.1.

    Args:
        pushing: whether articles can be pushed to it too.
    """
    made: Node = {
        "openapi": "3.1.0",
        "info": {"title": "onrecord", "version": "1", "description": _ABOUT},
        "security": [{"token": []}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }
    if pushing:
        text = files("index.arrivals").joinpath("push.openapi.json").read_text(encoding="utf-8")
        pushed = json.loads(text)
        made["paths"] |= pushed["paths"]
        for kind, named in pushed["components"].items():
            made["components"].setdefault(kind, {}).update(named)
    return made


def _paths() -> Node:
    fields = [_parameter(name, f'instead of what the question says: "{example}"; empty clears it')
              for name, example in _FIELDS.items()]  # fmt: skip
    ask = [
        _parameter("q", "what did Russia say about the tank?", required=True),
        _number(
            "limit", "the most quotes: 10 if not given, in a file all it may hold", None, 1, MOST
        ),
        _FORM,
        _number("offset", "quotes on the pages before, with this limit", 0, 0, FARTHEST),
        *fields,
    ]
    brief = [
        _parameter("topic", 'a topic, or names of parties: "exports"; empty for everything'),
        _parameter("since", '"2018-02-13", "monday"'),
        _number(
            "limit", "the most quotes: 10 if not given, in a file all it may hold", None, 1, MOST
        ),
        _FORM,
    ]
    people = [
        _parameter("q", "how the name begins"),
        _number("limit", "the most names", 50, 1, MOST_NAMES),
    ]
    text = {"type": "string", "minLength": 1, "maxLength": LONGEST}
    name = {"name": "name", "in": "path", "required": True, "schema": text}
    return {
        "/ask": {"get": _reading("Answer a question with quotes", "Answer", ask, files=True)},
        "/brief": {"get": _reading("Gather who said what, by party", "Answer", brief, files=True)},
        "/coverage": {"get": _reading("How much is indexed, and how fresh it is", "Coverage", [])},
        "/people": {"get": _reading("Who is on record, the most quoted first", "People", people)},
        "/people/{name}": {
            "get": _reading("What somebody said over time", "Timeline", [name], more=(404,))
        },
        "/check": {"post": _check()},
    }


def _reading(
    summary: str,
    schema: str,
    parameters: list[Node],
    more: tuple[int, ...] = (),
    *,
    files: bool = False,
) -> Node:
    tag = {
        "name": "If-None-Match",
        "in": "header",
        "description": "the ETag of an answer; 304 while the index is the same",
        "schema": {"type": "string"},
    }
    codes = (400, 401, 403, 413, 421, 429, 503, *more)
    answer = _response("the answer", schema)
    if files:
        answer["content"] |= _FILES
    return {
        "summary": summary,
        "parameters": [*parameters, tag],
        "responses": {
            "200": answer | {"headers": {"ETag": {"schema": {"type": "string"}}}},
            "304": {"description": "nothing has changed"},
            **{str(code): _response("refused, in one line", "Refusal") for code in codes},
        },
    }


def _check() -> Node:
    text: Node = {"type": "string", "maxLength": LONGEST_DRAFT}
    draft = {
        "type": "object",
        "required": ["text"],
        "properties": {"text": text},
        "additionalProperties": False,
    }
    return {
        "summary": "Check every quotation of a draft against what is on record",
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": draft},
                "text/plain": {},
                "text/markdown": {},
            },
        },
        "responses": {
            "200": _response("a verdict for each quotation", "Report"),
            **{
                str(code): _response("refused, in one line", "Refusal")
                for code in (400, 401, 403, 413, 415, 421, 429, 503)
            },
        },
    }


def _response(about: str, schema: str) -> Node:
    reference = {"$ref": f"#/components/schemas/{schema}"}
    return {"description": about, "content": {"application/json": {"schema": reference}}}


def _parameter(name: str, about: str, *, required: bool = False) -> Node:
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": about,
        "schema": {"type": "string", "maxLength": LONGEST},
    }


def _number(name: str, about: str, default: int | None, least: int, most: int) -> Node:
    schema: Node = {"type": "integer", "minimum": least, "maximum": most}
    if default is not None:
        schema["default"] = default
    return {"name": name, "in": "query", "description": about, "schema": schema}


def _schemas() -> Node:
    shapes = [(model, "serialization") for model in (Coverage, Quote, Report)]
    _, made = models_json_schema(shapes, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
    quotes = {"type": "array", "items": {"$ref": "#/components/schemas/Quote"}}
    query = dict.fromkeys(("party", "speaker", "topic", "since", "until", "stance"), _TEXT)
    schemas: Node = made["$defs"]
    return schemas | {
        "Answer": {
            "type": "object",
            "required": ["question", "query", "abstained", "quotes", "coverage", "page"],
            "properties": {
                "question": {"type": "string"},
                "query": _record(query),
                "abstained": {"type": "boolean"},
                "reason": {"type": "string"},
                "quotes": quotes,
                "coverage": {"$ref": "#/components/schemas/Coverage"},
                "page": _PAGE,
            },
        },
        "People": {
            "type": "object",
            "required": ["people", "page"],
            "properties": {
                "people": {"type": "array", "items": {"type": "string"}},
                "page": {
                    "type": "object",
                    "required": ["limit", "shown"],
                    "properties": {"limit": {"type": "integer"}, "shown": {"enum": ["all", "cut"]}},
                },
            },
        },
        "Timeline": _timeline(query),
        "Refusal": {
            "type": "object",
            "required": ["error"],
            "properties": {"error": {"type": "string"}},
        },
    }


def _timeline(query: Node) -> Node:
    one = {"$ref": "#/components/schemas/Quote"}
    quote = {"oneOf": [one, {"type": "null"}]}
    month = {"month": {"type": "string"}, "statements": {"type": "integer"}}
    evidence = {"text": {"type": "string"}, "article_id": {"type": "string"},
                "outlet": _TEXT, "url": _TEXT}  # fmt: skip
    held = {
        "name": {"type": "string"},
        "role": {"type": "string"},
        "party": _TEXT,
        "since": _TEXT,
        "until": _TEXT,
        "evidence": _record(evidence),
    }
    return _record(
        {
            "question": {"type": "string"},
            "query": _record(query),
            "abstained": {"const": False},
            "statements": {"type": "integer"},
            "undated": {"type": "integer"},
            "months": {"type": "array", "items": _record(month)},
            "first": quote,
            "last": quote,
            "held": {"type": "array", "items": _record(held)},
            "coverage": {"$ref": "#/components/schemas/Coverage"},
        }
    )


def _record(properties: Node) -> Node:
    return {"type": "object", "required": list(properties), "properties": properties}


def page(*, pushing: bool, assistant: bool) -> str:
    """
    Describe the server to people.

    Args:
        pushing: whether articles can be pushed to it too.
        assistant: whether it speaks with assistants.
    """
    lines = [
        f"<li><code>{method.upper()} {html.escape(path)}</code>: {html.escape(each['summary'])}."
        for path, item in document(pushing=pushing)["paths"].items()
        for method, each in item.items()
        if method != "parameters"
    ]
    if assistant:
        lines.append("<li><code>POST /mcp</code>: the Model Context Protocol, for assistants.")
    text = files("index.cli.web").joinpath("page.html").read_text(encoding="utf-8")
    return text.replace("ADDRESSES", "\n".join(lines))
