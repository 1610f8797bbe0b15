"""Counts for `/metrics`: how much was asked, with what outcome, how long it took."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

# When a counter was made, as a number beside each: nobody reads those.
disable_created_metrics()  # type: ignore[no-untyped-call]


class Metrics:
    """The numbers of one process; no words and no names in them."""

    def __init__(self) -> None:
        """Begin at nothing, in a registry of their own."""
        self.registry = CollectorRegistry()
        self._count_questions()
        self._count_replies()
        self.acknowledged = self._histogram(
            "onrecord_acknowledgement_seconds",
            "Seconds from a delivery's arrival to its acknowledgement.",
        )
        self.waiting = self._gauge("onrecord_queue_length", "Questions without a reply.")
        self.oldest = self._gauge(
            "onrecord_queue_oldest_seconds", "Age of the oldest question without a reply."
        )

    def _count_questions(self) -> None:
        self.questions = self._counter(
            "onrecord_questions",
            "Questions accepted, by surface and outcome.",
            "surface",
            "outcome",
        )
        self.repeats = self._counter(
            "onrecord_repeated_deliveries", "Deliveries that had been taken on before."
        )
        self.refused = self._counter(
            "onrecord_refused_requests",
            "HTTP requests refused before Bolt saw them, by status.",
            "status",
        )
        self.seconds = self._histogram(
            "onrecord_answer_seconds",
            "Seconds from starting on a question to its reply being laid out.",
        )

    def _count_replies(self) -> None:
        self.taken = self._counter(
            "onrecord_deliveries",
            "Deliveries by surface and what became of them: first, again, busy, full.",
            "surface",
            "outcome",
        )
        self.posts = self._counter(
            "onrecord_replies",
            "Replies by surface and fate: sent, found (sent before a break), refused, unknown.",
            "surface",
            "fate",
        )
        self.retries = self._counter(
            "onrecord_reply_retries",
            "Replies put off, by surface and reason: rate, connection, unknown, unread.",
            "surface",
            "reason",
        )

    def _counter(self, name: str, about: str, *labels: str) -> Counter:
        return Counter(name, about, labels, registry=self.registry)

    def _histogram(self, name: str, about: str) -> Histogram:
        return Histogram(name, about, registry=self.registry)

    def _gauge(self, name: str, about: str) -> Gauge:
        return Gauge(name, about, registry=self.registry)

    def follow(self, load: Callable[[], tuple[int, float]]) -> None:
        """Ask *load* for the queue's length and its oldest question's age whenever read."""
        self.waiting.set_function(lambda: load()[0])
        self.oldest.set_function(lambda: load()[1])

    def text(self) -> bytes:
        """Word all numbers in Prometheus' text format."""
        return generate_latest(self.registry)
