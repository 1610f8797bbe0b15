"""Quotes that no article needs to hold."""

from __future__ import annotations

from datetime import UTC, datetime

from index.types import Quote

DAY = datetime(2018, 2, 13, tzinfo=UTC)


def quote(text: str, **more) -> Quote:
    fields = {
        "article_id": "a1",
        "start": 0,
        "end": len(text),
        "text": text,
        "speaker": "Ana Horvat",
        "role": "mayor",
        "party": None,
        "kind": "direct",
        "labels": (),
        "source": None,
        "cue": None,
        "content": (),
        "outlet": "Daily Tern",
        "published_at": DAY,
        "url": None,
        "score": 1.0,
    }
    return Quote(**{**fields, **more})
