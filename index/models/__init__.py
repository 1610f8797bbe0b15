"""What the networks are run with: ONNX Runtime on the CPU, torch where there is a GPU."""

from __future__ import annotations

from index.models.embedder import INT8_MODEL, MODEL, Embedder
from index.models.onnx_runtime import has_gpu, use_threads
from index.settings import IndexSettings

__all__ = ["open_embedder"]


def open_embedder(settings: IndexSettings, stored_model: str | None = None) -> Embedder:
    """
    Make the embedder that *settings* name; it loads its model when it is first needed.

    Args:
        settings: name a model, or leave the choice to the index and this machine ("auto").
        stored_model: the model whose vectors the index holds; None if there is no index yet.

    Returns:
        For "auto" the stored model if it is packaged, else the fastest one here.

    Raises:
        EmbeddingError: for a model that is not packaged.
    """
    use_threads(settings.threads)
    # A GPU multiplies whatever it is given in full precision.
    torch = settings.backend == "torch" or (settings.backend == "auto" and has_gpu())
    name: str = settings.embedding_model
    if name == "auto":
        # An index of any other model is refused by the store, which tells the way out.
        fastest = MODEL if torch else INT8_MODEL
        name = stored_model if stored_model in (MODEL, INT8_MODEL) else fastest
    if not torch or (settings.backend == "auto" and name == INT8_MODEL):
        from index.models.onnx_embedder import OnnxEmbedder

        return OnnxEmbedder(name)
    from index.models.embedder import SentenceTransformerEmbedder

    return SentenceTransformerEmbedder(name, settings.threads, "cuda" if has_gpu() else "cpu")
