"""What the networks are run with: ONNX Runtime on the CPU, torch where there is a GPU."""

from __future__ import annotations

from index.backends.runtime import has_gpu, use_threads
from index.embedding import Embedder
from index.settings import IndexSettings

__all__ = ["open_embedder"]


def open_embedder(settings: IndexSettings) -> Embedder:
    """
    Make the embedder that *settings* name; it loads its model when it is first needed.

    Raises:
        EmbeddingError: for a model that is not packaged.
    """
    use_threads(settings.threads)
    if settings.backend == "onnx" or (settings.backend == "auto" and not has_gpu()):
        from index.backends.onnx_embedder import OnnxEmbedder

        return OnnxEmbedder(settings.embedding_model)
    from index.embedding import SentenceTransformerEmbedder

    device = "cuda" if has_gpu() else "cpu"
    return SentenceTransformerEmbedder(settings.embedding_model, settings.threads, device)
