"""
The one process that indexes what arrives: sources in threads, the work in the main one.

It may be stopped at any moment: what was received is in the queue, what was not is still where
it came from.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path
from threading import Event

from index.alerts.watchman import Watchman
from index.arrivals import Source
from index.arrivals.feeds.poller import Feeds
from index.arrivals.feeds.subscriptions import followed
from index.arrivals.folders import Folders
from index.arrivals.lock import only_indexer
from index.arrivals.push import Push
from index.arrivals.schedule import Schedule
from index.arrivals.worker import work
from index.core import open_index
from index.errors import SettingsError
from index.ingest.analysis import analyse
from index.queue import ARRIVALS, Queue
from index.settings import IndexSettings
from index.text.language import load_identifier
from index.types import Article

log = logging.getLogger(__name__)


def sources_of(settings: IndexSettings, folders: Sequence[Path], *, poll: bool) -> list[Source]:
    """
    Make the sources that settings and arguments name.

    Feeds can be added at any time, so they are always among them. An index with a queue may have
    articles that wait in it, or other programs that fill it.

    Args:
        settings: name folders, feeds and the token for pushing.
        folders: to be watched besides those of the settings.
        poll: look at the files of folders instead of waiting for events.

    Raises:
        SettingsError: if nothing would ever arrive.
    """
    named = [Path(name) for name in settings.watch.split(os.pathsep) if name]
    sources: list[Source] = []
    if folders or named:
        sources.append(Folders([*folders, *named], poll=poll))
    if settings.push_token is not None:
        sources.append(Push(settings))
    if not (sources or followed(settings) or (settings.data_dir / ARRIVALS).exists()):
        raise SettingsError(
            "nothing to watch; name a folder, add a feed (`onrecord feeds add URL`), or set "
            "INDEX_WATCH or INDEX_PUSH_TOKEN"
        )
    return [*sources, Feeds(settings)]


def run_indexer(settings: IndexSettings, sources: Sequence[Source], stop: Event) -> None:
    """
    Index what *sources* bring until *stop* is set.

    Args:
        settings: name the data folder.
        sources: as from `sources_of`; started and stopped here.
        stop: set by another thread or a signal.

    Raises:
        StoreError: if another indexer works on the folder, or it cannot be written.
        MachineError: if the machine lacks what the models need to be loaded.
    """
    with ExitStack() as stack:
        stack.enter_context(only_indexer(settings.data_dir))
        index = stack.enter_context(closing(open_index(settings, create=True)))
        queue = stack.enter_context(closing(Queue(settings.data_dir)))
        index.store.origins.adopt(queue.origins())
        index.warm()
        load_identifier()
        analyse([Article("warm up", "", "“We stay,” she said.")], index.tables)
        schedule = Schedule()
        schedule.start()
        stack.callback(schedule.stop)
        for source in sources:
            source.start(queue, schedule)
            stack.callback(source.stop)
        log.info("indexing what arrives into %s", settings.data_dir)
        age = timedelta(hours=settings.alert_age)
        watchman = Watchman(index, settings.data_dir, age=age)
        stack.enter_context(closing(watchman))
        work(index, queue, stop, watchman.look, watchman.idle)


def stop_on_signals(stop: Event) -> None:
    """Set *stop* when the process is asked to end."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
