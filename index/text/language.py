"""
Refuse articles that are not in English.

The tagger has read English only: an article in another language would not fail, it would be
indexed badly. But an English report may quote at length in another language, and a list of
names looks like anything; so pieces from all over the text are classified, and a quarter of
English among them lets an article in. The model (py3langid, 139 languages) comes with its
package; nothing is downloaded. Loading takes about half a second, once.
"""

from __future__ import annotations

import math
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

from index.errors import ArticleError, MachineError
from index.text.short_language import foreign_in_short
from index.types import Article

# Fewer letters tell too little.
_MIN_LETTERS = 100
_PIECE = 400
_MAX_PIECES = 12
_ENGLISH_SHARE = 0.25
# Below this the model is guessing: lists of names and links come out as anything.
_SURE = 0.5
# English-based; tweets and headlines full of names are often taken for Nigerian Pidgin.
_LIKE_ENGLISH = frozenset({"en", "pcm", "jam", "sco"})
_NAMES = {
    "ar": "Arabic",
    "be": "Belarusian",
    "bg": "Bulgarian",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sr": "Serbian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}


def load_identifier() -> None:
    """
    Load the model now rather than with the first article.

    Raises:
        MachineError: if the machine lacks what that takes: space in its folder for temporary
            files, or memory.
    """
    _identifier()


def refuse_foreign(article: Article) -> ArticleError | None:
    """
    Return why *article* is refused for its language.

    Returns:
        An error that names the article and its language; None for English. A text of fewer than
        100 letters is refused by its script, or by small words of one language and none of
        English.

    Raises:
        MachineError: as `load_identifier`; it says nothing about the article.
    """
    pieces = _pieces(article.text)
    letters = sum(sign.isalpha() for piece in pieces for sign in piece)
    if letters < _MIN_LETTERS:
        name = foreign_in_short(" ".join(pieces))
        return _refused(article, name) if name else None
    language = _main_language(pieces)
    if language == "en":
        return None
    return _refused(article, _NAMES.get(language, f"the language {language!r}"))


def _refused(article: Article, name: str) -> ArticleError:
    return ArticleError(
        f"{article.id}: reads as {name}, and only English articles can be indexed; "
        "leave it out, or add an English version"
    )


def _main_language(pieces: list[str]) -> str:
    """Give the code of the commonest language; "en" if a quarter of the pieces are English."""
    votes: dict[str, int] = {}
    for piece in pieces:
        code, sureness = _identifier().classify(piece)
        if code in _LIKE_ENGLISH or sureness < _SURE:
            code = "en"
        votes[code] = votes.get(code, 0) + 1
    if votes.get("en", 0) >= _ENGLISH_SHARE * len(pieces):
        return "en"
    return max(votes, key=lambda code: votes[code])


def _pieces(text: str) -> list[str]:
    """Take at most 12 pieces of 400 characters, spread evenly over *text*, blanks squeezed."""
    count = max(1, min(_MAX_PIECES, math.ceil(len(text) / _PIECE)))
    step = len(text) / count
    starts = [int(step * i) for i in range(count)]
    pieces = [" ".join(text[a : a + _PIECE].split()) for a in starts]
    return [piece for piece in pieces if piece]


@cache
def _identifier() -> LanguageIdentifier:
    """Load the model that comes with py3langid."""
    try:
        # It is unpacked into a temporary file.
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    except (OSError, MemoryError) as exc:
        raise MachineError(
            f"the model that knows languages cannot be loaded ({exc or 'no memory'}); free space "
            "in the folder for temporary files, or memory"
        ) from exc
