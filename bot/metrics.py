"""Counts for `/metrics`: how much was asked, with what outcome, how long it took."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest


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
            "Seconds from taking a question on to its reply.",
            registry=self.registry,
        )

    def text(self) -> bytes:
        """Word all numbers in Prometheus' text format."""
        return generate_latest(self.registry)
