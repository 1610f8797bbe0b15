"""Counts for `/metrics`: how much was asked, with what outcome, how long it took."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest


class Metrics:
    """The numbers of one process; no words and no names in them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.questions = Counter(
            "onrecord_questions",
            "Questions accepted, by surface and outcome.",
            ["surface", "outcome"],
            registry=self.registry,
        )
        self.repeats = Counter(
            "onrecord_repeated_deliveries",
            "Deliveries that had been taken on before.",
            registry=self.registry,
        )
        self.refused = Counter(
            "onrecord_refused_requests",
            "HTTP requests refused before Bolt saw them, by status.",
            ["status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "onrecord_answer_seconds",
            "Seconds from starting on a question to its reply being laid out.",
            registry=self.registry,
        )

        self.taken = Counter(
            "onrecord_deliveries",
            "Deliveries by surface and what became of them: first, again, busy, full.",
            ["surface", "outcome"],
            registry=self.registry,
        )
        self.posts = Counter(
            "onrecord_replies",
            "Replies by surface and fate: sent, found (sent before a break), refused, unknown.",
            ["surface", "fate"],
            registry=self.registry,
        )
        self.retries = Counter(
            "onrecord_reply_retries",
            "Replies put off, by surface and reason: rate, connection, unknown, unread.",
            ["surface", "reason"],
            registry=self.registry,
        )
        self.acknowledged = Histogram(
            "onrecord_acknowledgement_seconds",
            "Seconds from a delivery's arrival to its acknowledgement.",
            registry=self.registry,
        )
        self.waiting = Gauge(
            "onrecord_queue_length", "Questions without a reply.", registry=self.registry
        )
        self.oldest = Gauge(
            "onrecord_queue_oldest_seconds",
            "Age of the oldest question without a reply.",
            registry=self.registry,
        )

    def follow(self, load: Callable[[], tuple[int, float]]) -> None:
        """Ask *load* for the queue's length and its oldest question's age whenever read."""
        self.waiting.set_function(lambda: load()[0])
        self.oldest.set_function(lambda: load()[1])

    def text(self) -> bytes:
        """Word all numbers in Prometheus' text format."""
        return generate_latest(self.registry)
