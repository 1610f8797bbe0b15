"""
The systems that `peers` compares, behind one protocol: onrecord, and what one would take instead.

All embed with the packaged all-MiniLM-L6-v2 and are given the same sentences, which onrecord has
cut; onrecord itself is given the articles and does the rest of its work too. Each peer is set up
as its documentation advises, keeps what an answer must show (text, outlet, date), normalises its
vectors, and embeds 32 texts at once (LlamaIndex's own 10 is slower). Libraries are
imported when a system is first used, so that a cold start pays for its own only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from index.models.embedder import DIM, encoder_folder
from index.text.sentences import split_sentences
from index.types import Article

BATCH = 32
ROWS = "rows.json"
VECTORS = "vectors.faiss"


class Place(NamedTuple):
    """Where a sentence stands: its article's id, and characters of that article's text."""

    doc: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence as a peer keeps it; *key* is its place, written in one word."""

    key: str
    text: str
    outlet: str
    date: str


class System(Protocol):
    """Indexes articles into a folder, opens such a folder, and answers from it."""

    def build(self, folder: Path, articles: Sequence[Article]) -> int:
        """Index *articles* into *folder*, to the disk; gives the number of sentences."""

    def open(self, folder: Path) -> None:
        """Open what was built, to ask and to add."""

    def ask(self, question: str, limit: int) -> list[Place]:
        """Find the sentences that answer, best first; none for an abstention."""

    def add(self, article: Article) -> None:
        """Add an article to the index that is open."""


def rows_of(articles: Sequence[Article]) -> list[Row]:
    """Cut articles into the rows that peers are given."""
    return [
        Row(f"{a.id}|{s.start}|{s.end}", a.text[s.start : s.end], a.outlet or "", _day(a))
        for a in articles
        for s in split_sentences(a.text)
    ]


def place_of(key: str) -> Place:
    """Read the key of a row."""
    doc, start, end = key.rsplit("|", 2)
    return Place(doc, int(start), int(end))


def _day(article: Article) -> str:
    return article.published_at.date().isoformat() if article.published_at else ""


class Plain:
    """sentence-transformers' `encode` into a flat FAISS index, the rows in a list beside it."""

    def __init__(self, threads: int) -> None:
        import faiss
        from sentence_transformers import SentenceTransformer

        faiss.omp_set_num_threads(threads)
        self._faiss = faiss
        self._model = SentenceTransformer(str(encoder_folder()), device="cpu")
        self._flat: Any = None
        self._rows: list[Row] = []

    def build(self, folder: Path, articles: Sequence[Article]) -> int:
        self._flat, self._rows = self._faiss.IndexFlatIP(DIM), []
        self._extend(rows_of(articles))
        self._faiss.write_index(self._flat, str(folder / VECTORS))
        kept = json.dumps([asdict(row) for row in self._rows], ensure_ascii=False)
        (folder / ROWS).write_text(kept, encoding="utf-8")
        return len(self._rows)

    def open(self, folder: Path) -> None:
        self._flat = self._faiss.read_index(str(folder / VECTORS))
        self._rows = [Row(**row) for row in json.loads((folder / ROWS).read_text("utf-8"))]

    def ask(self, question: str, limit: int) -> list[Place]:
        _, found = self._flat.search(self._embed([question]), limit)
        return [place_of(self._rows[number].key) for number in found[0] if number >= 0]

    def add(self, article: Article) -> None:
        self._extend(rows_of([article]))

    def _extend(self, rows: list[Row]) -> None:
        self._flat.add(self._embed([row.text for row in rows]))
        self._rows += rows

    def _embed(self, texts: list[str]) -> Any:
        return self._model.encode(texts, batch_size=BATCH, normalize_embeddings=True)


class Txtai:
    """txtai, hybrid: vectors and BM25, with the content stored."""

    # By SQL, as an answer must show more than the text.
    _QUERY = "select id, text, outlet, date, score from txtai where similar(:question)"

    def __init__(self, threads: int) -> None:
        # One model for all that this process opens.
        self._models: dict[str, Any] = {}
        self._embeddings: Any = None

    def build(self, folder: Path, articles: Sequence[Article]) -> int:
        from txtai import Embeddings

        rows = rows_of(articles)
        self._embeddings = Embeddings(
            path=str(encoder_folder()), hybrid=True, content=True, gpu=False,
            encodebatch=BATCH, models=self._models,
        )  # fmt: skip
        self._embeddings.index(_documents(rows))
        self._embeddings.save(str(folder))
        return len(rows)

    def open(self, folder: Path) -> None:
        from txtai import Embeddings

        self._embeddings = Embeddings(models=self._models)
        self._embeddings.load(str(folder))

    def ask(self, question: str, limit: int) -> list[Place]:
        found = self._embeddings.search(self._QUERY, limit, parameters={"question": question})
        return [place_of(each["id"]) for each in found]

    def add(self, article: Article) -> None:
        self._embeddings.upsert(_documents(rows_of([article])))


def _documents(rows: Sequence[Row]) -> list[tuple[str, dict[str, str], None]]:
    return [
        (row.key, {"text": row.text, "outlet": row.outlet, "date": row.date}, None) for row in rows
    ]


class LlamaIndex:
    """LlamaIndex: a `VectorStoreIndex` over FAISS, with its own embedding class and docstore."""

    def __init__(self, threads: int) -> None:
        import faiss
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        faiss.omp_set_num_threads(threads)
        self._model = HuggingFaceEmbedding(
            model_name=str(encoder_folder()), device="cpu", embed_batch_size=BATCH
        )
        self._index: Any = None

    def build(self, folder: Path, articles: Sequence[Article]) -> int:
        import faiss
        from llama_index.core import StorageContext, VectorStoreIndex
        from llama_index.vector_stores.faiss import FaissVectorStore

        nodes = _nodes(rows_of(articles))
        flat = FaissVectorStore(faiss_index=faiss.IndexFlatIP(DIM))
        storage = StorageContext.from_defaults(vector_store=flat)
        self._index = VectorStoreIndex(nodes, storage_context=storage, embed_model=self._model)
        storage.persist(str(folder))
        return len(nodes)

    def open(self, folder: Path) -> None:
        from llama_index.core import StorageContext, load_index_from_storage
        from llama_index.vector_stores.faiss import FaissVectorStore

        flat = FaissVectorStore.from_persist_dir(str(folder))
        storage = StorageContext.from_defaults(vector_store=flat, persist_dir=str(folder))
        self._index = load_index_from_storage(storage, embed_model=self._model)

    def ask(self, question: str, limit: int) -> list[Place]:
        found = self._index.as_retriever(similarity_top_k=limit).retrieve(question)
        return [place_of(each.node.node_id) for each in found]

    def add(self, article: Article) -> None:
        self._index.insert_nodes(_nodes(rows_of([article])))


def _nodes(rows: Sequence[Row]) -> list[Any]:
    """Make nodes of rows; what is stored beside the text is not embedded with it."""
    from llama_index.core.schema import TextNode

    return [
        TextNode(
            id_=row.key, text=row.text, metadata={"outlet": row.outlet, "date": row.date},
            excluded_embed_metadata_keys=["outlet", "date"],
        )
        for row in rows
    ]  # fmt: skip


class OnRecord:
    """This project: sentences, attribution, speakers, vectors and store, durably."""

    def __init__(self, threads: int) -> None:
        from index.models import open_embedder
        from index.settings import load_index_settings

        self._settings = load_index_settings(threads=threads)
        # That of a new index, whatever lies in this account's own folder.
        self._embedder = open_embedder(self._settings.model_copy(update={"store": "memory"}))
        self._index: Any = None

    def build(self, folder: Path, articles: Sequence[Article]) -> int:
        self.open(folder)
        count = sum(outcome.sentences for outcome in self._index.add(articles))
        self._index.close()
        return count

    def open(self, folder: Path) -> None:
        from index.core import Index
        from index.store.factory import open_store

        settings = self._settings.model_copy(update={"data_dir": folder})
        store = open_store(settings, self._embedder.name, self._embedder.dim)
        self._index = Index(store, self._embedder, settings)

    def ask(self, question: str, limit: int) -> list[Place]:
        from index.errors import QuestionError

        try:
            found = self._index.answer(question, limit=limit)
        except QuestionError:
            return []
        return [Place(quote.article_id, quote.start, quote.end) for quote in found.quotes]

    def add(self, article: Article) -> None:
        list(self._index.add([article]))


SYSTEMS: dict[str, Callable[[int], System]] = {
    "plain": Plain,
    "txtai": Txtai,
    "LlamaIndex": LlamaIndex,
    "onrecord": OnRecord,
}
