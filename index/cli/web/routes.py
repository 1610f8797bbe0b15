"""What `serve` offers besides Slack where a token for it is set."""

from __future__ import annotations

from starlette.routing import Route

from index.admission import Allowance, Guarded, Terms
from index.core import Index
from index.settings import IndexSettings

SETTING = "INDEX_API_TOKEN"
LARGEST = 2_000_000  # bytes of a body


def door_routes(index: Index, settings: IndexSettings) -> list[Route]:
    """
    Make the routes; none without a token.

    Args:
        index: is asked from several threads.
        settings: have the token, the names of this host, and the most requests a minute.
    """
    if settings.api_token is None:
        return []
    terms = Terms(
        token=settings.api_token.get_secret_value().encode(),
        setting=SETTING,
        hosts=settings.api_hosts,
        allowance=Allowance(settings.api_rate),
        largest=LARGEST,
    )
    return _assistant(index, terms)


def _assistant(index: Index, terms: Terms) -> list[Route]:
    """Make the route of assistants; none where the package that speaks with them is missing."""
    try:
        from index.cli.assistant.over_http import PATH, assistant_app
    except ModuleNotFoundError:
        return []
    return [Route(PATH, Guarded(assistant_app(index), terms))]
