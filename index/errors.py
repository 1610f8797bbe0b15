"""
Everything that can go wrong, as one tree.

    OnRecordError
    ├── ArticleError      one article cannot be used: log it with its name, set it aside, go on
    │   ├── FetchError    its address could not be fetched: now, or ever
    │   └── OwnedError    another source's article has its id by now: place it anew
    ├── QuestionError     the question cannot be understood: answer with what would work
    ├── SettingsError     a setting is wrong or missing: stop, exit code 2
    ├── ModelError        weights or tokenizer are missing, changed or do not fit: stop
    │   ├── EmbeddingError
    │   └── AttributionError
    ├── MachineError      it lacks space, memory or open files for now: wait, and try again
    └── StoreError        the store cannot be read or written, or holds something else: stop

Every message says what is wrong, with the values, and the way out, in one line.
"""

from __future__ import annotations

import errno

_LACKS = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO}
)


class OnRecordError(Exception):
    """The root: catch it to catch everything that this project raises on purpose."""


class ArticleError(OnRecordError):
    """One article cannot be indexed; the others can. Fix the file it names, or leave it out."""


class FetchError(ArticleError):
    """
    An address cannot be fetched, or must not be.

    ``retry_after`` is None where trying again is no use, else the seconds to wait before.
    """

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class OwnedError(ArticleError):
    """Another source's article was stored under this id a moment ago; try again: it goes beside."""


class QuestionError(OnRecordError):
    """The question cannot be understood; the message holds examples that can."""


class SettingsError(OnRecordError):
    """A setting is unknown, wrong or missing; the message names it and a value that works."""


class ModelError(OnRecordError):
    """A model file is missing, changed or does not fit; reinstall the package that it names."""


class EmbeddingError(ModelError):
    """The embedding model cannot be loaded."""


class AttributionError(ModelError):
    """The attribution weights cannot be loaded."""


class MachineError(OnRecordError):
    """The machine lacks space, memory or open files for now; no article is to blame."""


class StoreError(OnRecordError):
    """The store cannot be read or written; the message names the file and the way out."""


def lack_of(error: BaseException) -> MachineError | None:
    """Return what the machine lacks if that is why *error* was raised; None if it is not."""
    if isinstance(error, MachineError):
        return error
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in _LACKS):
        return MachineError(f"the machine lacks what the work takes ({error or 'no memory'})")
    return None
