"""
ONNX Runtime sessions, all with the same number of threads; and whether there is a GPU.

Threads of the runtime spin while they wait for work, which takes the cores from whoever else
wants them: another session, the store, the bot. That is switched off.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Any

_threads = 0


def use_threads(count: int) -> None:
    """Set the CPU threads of the sessions opened from now on; 0 leaves the choice to them."""
    global _threads
    _threads = count


def open_session(model: bytes) -> Any:
    """Load a graph as `graph.Graph.serialized` writes it."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = _threads
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return InferenceSession(model, options, providers=["CPUExecutionProvider"])


@cache
def has_gpu() -> bool:
    """Tell whether torch can use a GPU; without the library of its driver torch is not loaded."""
    try:
        ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return False
    import torch

    return torch.cuda.is_available()
