"""What happens at intervals: sources register their jobs here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler


class Schedule:
    """
    Runs jobs at intervals in threads of its own.

    A job that still runs when its time comes is not started a second time; an exception is
    logged, and the job runs again at its next time.
    """

    def __init__(self) -> None:
        self._scheduler = BackgroundScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "misfire_grace_time": None}
        )

    def every(self, seconds: float, name: str, job: Callable[[], None]) -> None:
        """
        Run *job* now and then at intervals.

        Args:
            seconds: from one start to the next.
            name: a job of the same name is replaced.
            job: what it raises is logged.
        """
        self._scheduler.add_job(
            job,
            "interval",
            seconds=seconds,
            id=name,
            name=name,
            replace_existing=True,
            next_run_time=datetime.now(UTC),
        )

    def start(self) -> None:
        """Begin."""
        self._scheduler.start()

    def stop(self) -> None:
        """End; a job that runs is waited for."""
        self._scheduler.shutdown()
