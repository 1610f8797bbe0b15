"""What the networks are run with: ONNX Runtime on the CPU, torch where there is a GPU."""

from __future__ import annotations

from index.backends.runtime import has_gpu, use_threads
from index.embedding import INT8_MODEL, Embedder
from index.settings import IndexSettings

__all__ = ["open_embedder"]


def open_embedder(settings: IndexSettings) -> Embedder:
    """
    Make the embedder that *settings* name; it loads its model when it is first needed.

    Raises:
        EmbeddingError: for a model that is not packaged.
    """
    use_threads(settings.threads)
    # A GPU multiplies whatever it is given in full precision.
    torch_helps = has_gpu() and settings.embedding_model != INT8_MODEL
    if settings.backend == "onnx" or (settings.backend == "auto" and not torch_helps):
        from index.backends.onnx_embedder import OnnxEmbedder

        return OnnxEmbedder(settings.embedding_model)
    from index.embedding import SentenceTransformerEmbedder

    device = "cuda" if has_gpu() else "cpu"
    return SentenceTransformerEmbedder(settings.embedding_model, settings.threads, device)
