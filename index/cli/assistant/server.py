"""
Offer the tools over the Model Context Protocol.

Each tool only reads, and knows nothing but what is indexed. Nothing is asked of the client, and
nothing but the protocol goes to standard output.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError, ToolError
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field

from index.cli.assistant.readable import answer_text, checked_text, coverage_text
from index.cli.assistant.results import Answer, Coverage, Report
from index.cli.assistant.tools import MOST, Tools
from index.core import Index
from index.errors import OnRecordError, QuestionError

_ABOUT = """Who said what in the news, quoted word for word from indexed articles. Each quote is a
whole sentence with its speaker, role, party, outlet, date and address; nothing is generated. An
abstention means that nothing on record answers. Quote sentences unchanged and name their speaker;
check what you write with verify_quotation or check_draft."""

_Given = TypeVar("_Given", bound=BaseModel)

_READS = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_JSON = "application/json"

_Question = Annotated[str, Field(description="'what did Russia say about the tank?'")]
_Topic = Annotated[str, Field(description="a few words; empty for everything")]
_Since = Annotated[str | None, Field(description="'2018-02-13', 'monday'; that day included")]
_Until = Annotated[str | None, Field(description="'2018-02-13', 'yesterday'")]
_Outlets = Annotated[list[str] | None, Field(description="only of these outlets, or sets of them")]
_Filters = Annotated[
    str | None, Field(description='whose: "officials only", "not analysts", "direct quotes only"')
]
_Limit = Annotated[int, Field(description=f"the most quotes, 1 to {MOST}")]
_Quotation = Annotated[str, Field(description="the words, with or without their marks")]
_Speaker = Annotated[str | None, Field(description="who is said to have said them")]


def make_server(index: Index) -> MCPServer[Any]:
    """
    Make a server of the tools and resources over *index*.

    Returns:
        A server that is not yet running; `run("stdio")` serves standard input and output.
    """
    server: MCPServer[Any] = MCPServer("onrecord", title="onrecord", instructions=_ABOUT)
    tools = Tools(index)
    _offer_questions(server, tools)
    _offer_checks(server, tools)
    _offer_resources(server, tools)
    return server


def _offer_questions(server: MCPServer[Any], tools: Tools) -> None:
    @server.tool(title="Who said what", annotations=_READS)
    def who_said(
        question: _Question,
        since: _Since = None,
        until: _Until = None,
        outlets: _Outlets = None,
        filters: _Filters = None,
        limit: _Limit = 10,
    ) -> Annotated[CallToolResult, Answer]:
        """Answer who said what with sentences of articles, word for word, best first."""
        return _given(
            lambda: tools.who_said(question, since, until, outlets or [], filters, limit),
            answer_text,
        )

    @server.tool(title="A digest by party", annotations=_READS)
    def brief(
        topic: _Topic = "", since: _Since = None, limit: _Limit = 10
    ) -> Annotated[CallToolResult, Answer]:
        """Gather who said what on a topic, the quotes of one party together."""
        return _given(lambda: tools.brief(topic, since, limit), answer_text)

    @server.tool(title="Who is quoted in an article", annotations=_READS)
    def quoted_in(
        url: Annotated[str, Field(description="the article's address")],
    ) -> Annotated[CallToolResult, Answer]:
        """List who is quoted in the indexed article with that address."""
        return _given(lambda: tools.quoted_in(url), answer_text)

    @server.tool(title="What is on record", annotations=_READS)
    def coverage() -> Annotated[CallToolResult, Coverage]:
        """Say how many articles and sentences are indexed, and how fresh they are."""
        return _given(tools.coverage, coverage_text)


def _offer_checks(server: MCPServer[Any], tools: Tools) -> None:
    @server.tool(title="Was it said?", annotations=_READS)
    def verify_quotation(
        text: _Quotation, speaker: _Speaker = None
    ) -> Annotated[CallToolResult, Report]:
        """Say whether a quotation is on record word for word, altered, another's, or not at all."""
        return _given(lambda: tools.verify_quotation(text, speaker), checked_text)

    @server.tool(title="Check a draft", annotations=_READS)
    def check_draft(
        text: Annotated[str, Field(description="plain text or Markdown")],
    ) -> Annotated[CallToolResult, Report]:
        """Check every quotation of a draft against what is on record."""
        return _given(lambda: tools.check_draft(text), checked_text)


def _offer_resources(server: MCPServer[Any], tools: Tools) -> None:
    @server.resource("onrecord://coverage", title="What is on record", mime_type=_JSON)
    def coverage_resource() -> str:
        return tools.coverage().model_dump_json()

    @server.resource("onrecord://parties", title="The parties on record", mime_type=_JSON)
    def parties_resource() -> str:
        return json.dumps(tools.parties(), ensure_ascii=False)

    @server.resource("onrecord://article/{article_id}", title="An article", mime_type=_JSON)
    def article_resource(article_id: str) -> str:
        """Lay out an article's metadata and statements by their places, never its text."""
        found = tools.article(article_id)
        if found is None:
            raise ResourceNotFoundError(f"no article has the id {article_id!r}")
        return json.dumps(found, ensure_ascii=False)


def _given(ask: Callable[[], _Given], word: Callable[[_Given], str]) -> CallToolResult:
    """Give a result with its wording; what fails is one plain line."""
    try:
        found = ask()
    except QuestionError as exc:
        raise ToolError(str(exc)) from exc
    except OnRecordError as exc:
        raise ToolError(f"temporarily unavailable: {exc}") from exc
    return CallToolResult(
        content=[TextContent(type="text", text=word(found))],
        structured_content=found.model_dump(mode="json"),
    )
