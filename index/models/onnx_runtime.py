"""
ONNX Runtime sessions, and the threads that run them side by side; and whether there is a GPU.

One run of a session uses one thread: several runs beside each other keep more of two cores busy
than one run that is split over both, which waits for the slower half after every operation.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, TypeVar

_Job = TypeVar("_Job")
_Result = TypeVar("_Result")

_threads = 0


def use_threads(count: int) -> None:
    """Set how many threads run models from now on; 0 takes one for each processor."""
    global _threads
    _threads = count


def side_by_side(work: Callable[[_Job], _Result], jobs: Sequence[_Job]) -> list[_Result]:
    """
    Do *jobs*, several at a time; a single one in the thread of the caller.

    Args:
        work: spends its time where the interpreter is free, and calls nothing like this itself.

    Returns:
        The results in the order of *jobs*; the first of them that raises ends it.
    """
    count = _threads or _processors()
    if count == 1 or len(jobs) < 2:
        return [work(job) for job in jobs]
    return list(_pool(count).map(work, jobs))


@cache
def _pool(count: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(count, thread_name_prefix="model")


def _processors() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def open_session(model: bytes) -> Any:
    """
    Load a graph as `graph.Graph.serialized` writes it; several threads may run it.

    Nothing is reported: from 1.32 on the runtime else keeps a number of this machine and a list
    of events in the user's cache, and sends them to its makers.
    """
    # Read once, when the library is loaded; the call that switches it off comes too late.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])


@cache
def has_gpu() -> bool:
    """Return whether torch can use a GPU; without the library of its driver torch is not loaded."""
    try:
        ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return False
    import torch

    return torch.cuda.is_available()
