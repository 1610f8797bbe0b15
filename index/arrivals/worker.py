"""
Index what waits in the queue.

An article that the models cannot read is tried again, alone and later. A machine that is out of
space, memory or open files says nothing about an article: that costs it no try, only time. What
a kill interrupts is taken again: an article already stored is then unchanged.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event

from index.core import Index
from index.errors import MachineError, StoreError, lack_of
from index.ingest.indexing import BATCH_SIZE, Outcome
from index.ingest.versions import EMBARGOED
from index.queue import Arrival, Queue
from index.types import Article

log = logging.getLogger(__name__)

# How soon another process's arrivals are seen, in seconds; a look at the queue takes 0.1 ms.
_PAUSE = 0.1
# Seconds before another try where the machine lacks space, memory or open files: twice as many
# each time.
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 300.0


def work(
    index: Index,
    queue: Queue,
    stop: Event,
    after: Callable[[], object] = lambda: None,
    idle: Callable[[], object] = lambda: None,
) -> None:
    """
    Index until *stop* is set.

    Args:
        index: where articles go.
        queue: what waits.
        stop: set by another thread or a signal.
        after: called at the start, and whenever a batch has been indexed.
        idle: called again and again while nothing waits; what comes meanwhile waits for it.

    Raises:
        StoreError: if index or queue fail; nothing is lost, a restart goes on.
    """
    wait = _FIRST_WAIT
    after()
    while not stop.is_set():
        try:
            taken = work_once(index, queue)
            if taken:
                after()
        except MachineError as exc:
            log.error("%s; what waits is tried again in %.0f s", exc, wait)
            stop.wait(wait)
            wait = min(2 * wait, _LONGEST_WAIT)
            continue
        if taken:
            wait = _FIRST_WAIT
        else:
            idle()
            stop.wait(_PAUSE)


def work_once(index: Index, queue: Queue) -> int:
    """
    Index one batch.

    Returns:
        How many arrivals were taken from the queue; 0 if none was due.

    Raises:
        StoreError: as `work`.
        MachineError: if the machine lacks something; what was not indexed waits untried.
    """
    taken = queue.take(BATCH_SIZE)
    if not taken:
        return 0
    open_ = {arrival.id: arrival for arrival in taken}
    until: dict[str, datetime] = {}

    def hold(article: Article) -> None:
        if article.embargoed_until is not None:
            until[article.id] = article.embargoed_until

    items = [arrival.item for arrival in taken]
    reason = None
    try:
        for outcome in index.add(items, manual=taken[0].manual, hold=hold):
            _settle(queue, open_.pop(outcome.given_id or outcome.id or ""), outcome, until)
    except StoreError:
        _give_back(queue, list(open_.values()), None, tried=False)
        raise
    except Exception as exc:
        if (lack := lack_of(exc)) is not None:
            _give_back(queue, list(open_.values()), str(lack), tried=False)
            raise lack from exc
        log.exception("indexing %s failed", ", ".join(open_))
        reason = f"{type(exc).__name__}: {exc}"
    _give_back(queue, list(open_.values()), reason, tried=True)
    return len(taken)


def _settle(queue: Queue, arrival: Arrival, outcome: Outcome, until: dict[str, datetime]) -> None:
    if outcome.status == EMBARGOED:
        queue.hold(arrival, until[arrival.id], outcome.note)
        return
    if outcome.status == "failed":
        _give_back(queue, [arrival], outcome.error, tried=True)
        return
    if outcome.error:
        log.warning("refused: %s", outcome.error)
    else:
        found = f", {outcome.statements} statements" if outcome.status == "indexed" else ""
        log.info("%s: %s%s", arrival.id, outcome.status, found)
    queue.settle(arrival, outcome.status, outcome.error or outcome.note)


def _give_back(
    queue: Queue, arrivals: Sequence[Arrival], reason: str | None, *, tried: bool
) -> None:
    for arrival in arrivals:
        queue.give_back(arrival, reason, tried=tried)
