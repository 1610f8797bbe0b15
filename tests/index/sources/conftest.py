from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.sources.web.fetch import Fetcher
from tests.index.sources.sites import OWN, PAGE, Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({"/": PAGE, "/a": PAGE}) as made:
        yield made


@pytest.fixture
def own() -> Fetcher:
    """A fetcher that may ask the servers of these tests."""
    return Fetcher(allowed=OWN)
