"""Texts as weighted words and letters, on a hundred axes or so."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Self

import numpy as np
from scipy.sparse import csr_array, hstack, vstack
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, CountVectorizer, TfidfVectorizer
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd

from activelabel.learning.features.tabular import TabularFeaturizer
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from activelabel.records.contents import ColumnTable

__all__ = ["TextFeaturizer", "spoken"]

SHORT = 25
"""Median words below which every word counts, stop words too, and letters help."""

VOCABULARY_ROWS = 100_000
AXES_ROWS = 20_000
"""Rows the vocabulary and the axes are learnt from: the first ones, a sample, rows being in the order of their hash."""

BLOCK = 10_000
LETTERS = "char_wb"

MOST_WORDS = 200_000
"""Different words remembered: some 50 MB of runs of letters."""

ENGLISH = 0.2
"""Share of English stop words among all words from which a language is taken for English."""


class TextFeaturizer:
    """Words and letters weighted by TF-IDF, projected onto 150 (short texts) or 100 axes; every text equally long.

    Short texts: words, pairs of words, and runs of 3 to 5 letters. Long ones: words in no more than half of the
    texts, without stop words where the language is English. A text with no known word is zero. Several text columns
    are read as one; other columns of the table stand beside, each as wide as one axis.

    References
    ----------
    Deerwester, Dumais, Furnas, Landauer, Harshman (1990), Indexing by Latent Semantic Analysis.

    Examples
    --------
    >>> from activelabel.records.contents import ColumnTable
    >>> from activelabel.records.kinds import Modality
    >>> texts = np.array(["red wine", "white wine", "blue sky", "blue sea"], dtype=object)
    >>> table = ColumnTable(Modality.TEXT, 4, (), np.empty((4, 0), np.float32), texts={"text": texts})
    >>> features = TextFeaturizer().fit_transform(table, np.random.default_rng(0))
    >>> bool(features[0] @ features[1] > features[0] @ features[2])
    True
    """

    version = "text-2"

    def __init__(self) -> None:
        self._readers: list[Callable[[Sequence[str]], csr_array]] = []
        self._axes = np.empty((0, 0), dtype=np.float32)
        self._beside: TabularFeaturizer | None = None

    def fit(self, table: ColumnTable, rng: np.random.Generator) -> Self:
        """Learn vocabulary and axes from n >= 1 texts."""
        texts = _joined(table, 0, VOCABULARY_ROWS)
        short = float(np.median([len(text.split()) for text in texts])) < SHORT
        wanted = _for_short_texts(len(texts)) if short else _for_long_texts(texts)
        learnt = [vectorizer for vectorizer in wanted if _learns(vectorizer, texts)]
        self._readers = [_Letters(each) if each.analyzer == LETTERS else each.transform for each in learnt]
        self._axes = np.empty((0, 0), dtype=np.float32)
        if self._readers:
            words = self.words(texts[:AXES_ROWS])
            axes = min(150 if short else 100, *words.shape)
            with one_thread():
                found = randomized_svd(words, axes, n_iter=4, random_state=int(rng.integers(2**31)))
            self._axes = np.asarray(found[2].T, dtype=np.float32)
        self._beside = None
        if table.number_names or table.categories or table.dates:
            self._beside = TabularFeaturizer().fit(table, rng)
        return self

    def transform(self, table: ColumnTable) -> NDArray[np.float32]:
        """Return shape (n, d), d >= 1; the text's part of each row has length sqrt(axes), or 0."""
        axes = max(self._axes.shape[1], 1)
        beside = None if self._beside is None else self._beside.transform(table)
        out = np.zeros((table.n, axes + (0 if beside is None else beside.shape[1])), dtype=np.float32)
        if self._readers:
            for start in range(0, table.n, BLOCK):
                texts = _joined(table, start, start + BLOCK)
                out[start : start + BLOCK, :axes] = _equally_long(self.words(texts) @ self._axes)
        if beside is not None:
            out[:, axes:] = beside
        return out

    def fit_transform(self, table: ColumnTable, rng: np.random.Generator) -> NDArray[np.float32]:
        """Fit, and return the features of the same texts."""
        return self.fit(table, rng).transform(table)

    def hints(self, names: Sequence[str]) -> NDArray[np.float32]:
        """Return what the names of classes would be as texts: shape (k, t), t being the text's part of the features.

        A name is read as its words (`spoken`). One of which no word and no run of letters is known gives NaN.
        """
        hints = np.full((len(names), max(self._axes.shape[1], 1)), np.nan, dtype=np.float32)
        if self._readers and names:
            found = _equally_long(self.words([spoken(name) for name in names]) @ self._axes)
            known = found.any(axis=1)
            hints[known] = found[known]
        return hints

    def words(self, texts: Sequence[str]) -> csr_array:
        """Return the words, and runs of letters where there are such, of r texts by TF-IDF, before they are projected.

        Shape (r, w), float32; w is the size of the vocabulary.
        """
        read = [reader(texts) for reader in self._readers]
        return csr_array(hstack(read, format="csr"))


def spoken(name: str) -> str:
    """Return the words of a name that was written for machines, in small letters.

    Examples
    --------
    >>> spoken("sci.space"), spoken("card_arrival"), spoken("giftCertificate"), spoken("HTTPError 404")
    ('sci space', 'card arrival', 'gift certificate', 'http error 404')
    """
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    return " ".join(re.findall(r"[^\W_]+", parted)).lower()


def _joined(table: ColumnTable, start: int, stop: int) -> list[str]:
    """Return the texts of some rows, the columns of each joined by a space."""
    columns = [column[start:stop].tolist() for column in table.texts.values()]
    if not columns:
        return [""] * len(range(table.n)[start:stop])
    return [" ".join(cells) for cells in zip(*columns, strict=True)]


def _for_short_texts(n: int) -> list[TfidfVectorizer]:
    # words seen once say nothing about other rows, but of a handful of rows there are no others
    few = n < 50
    return [
        TfidfVectorizer(
            ngram_range=(1, 2),
            token_pattern=r"(?u)\b\w+\b",  # noqa: S106 (no password: single letters and digits are words too)
            sublinear_tf=True,
            min_df=1 if few else 2,
            max_features=40_000,
            dtype=np.float32,
        ),
        TfidfVectorizer(
            analyzer=LETTERS,
            ngram_range=(3, 5),
            sublinear_tf=True,
            min_df=1 if few else 3,
            max_features=40_000,
            dtype=np.float32,
        ),
    ]


def _for_long_texts(texts: Sequence[str]) -> list[TfidfVectorizer]:
    few = len(texts) < 50
    return [
        TfidfVectorizer(
            stop_words="english" if _is_english(texts) else None,
            sublinear_tf=True,
            min_df=1 if few else 2,
            max_df=1.0 if few else 0.5,
            max_features=30_000,
            dtype=np.float32,
        )
    ]


def _learns(vectorizer: TfidfVectorizer, texts: Sequence[str]) -> bool:
    """Fit the vectorizer; return whether it found any words to know."""
    try:
        vectorizer.fit(texts)
    except ValueError:  # an empty vocabulary: punctuation, or nothing that two texts share
        return False
    return True


class _Letters:
    """What a vectorizer of runs of letters inside words makes of texts, many times as fast as it does.

    Runs do not leave their word, so they are counted once in each different word, and those of a text are the sum.
    Words that were met are remembered from text to text.
    """

    def __init__(self, vectorizer: TfidfVectorizer) -> None:
        self._vectorizer = vectorizer
        self._places: dict[str, int] = {}
        self._counts = csr_array(np.empty((0, 0), dtype=np.float32))
        self._forget()

    def __call__(self, texts: Sequence[str]) -> csr_array:
        """Return shape (r, w), float32."""
        if len(self._places) > MOST_WORDS:
            self._forget()
        met, places = len(self._places), self._places
        words = [text.lower().split() for text in texts]
        found = [places.setdefault(word, len(places)) for each in words for word in each]
        if new := list(islice(places, met, None)):
            self._counts = csr_array(vstack([self._counts, CountVectorizer.transform(self._vectorizer, new)]))
        starts = np.cumsum([0, *map(len, words)])
        of_texts = csr_array((np.ones(len(found), dtype=np.float32), found, starts), shape=(len(texts), len(places)))
        counts = csr_array(of_texts @ self._counts)
        counts.data = (np.log(counts.data) + 1) * self._vectorizer.idf_[counts.indices].astype(np.float32)
        return csr_array(normalize(counts, copy=False))

    def __reduce__(self) -> tuple[type[_Letters], tuple[TfidfVectorizer]]:
        """Return what it is made of: whoever it is sent to meets words of their own."""
        return _Letters, (self._vectorizer,)

    def _forget(self) -> None:
        self._places = {"": 0}
        self._counts = csr_array(CountVectorizer.transform(self._vectorizer, [""]))


def _is_english(texts: Sequence[str]) -> bool:
    words = " ".join(texts[:1000]).lower().split()
    return sum(word in ENGLISH_STOP_WORDS for word in words) > ENGLISH * len(words)


def _equally_long(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale every row to length sqrt(d), as long as a row of d standardised numbers; zero stays zero."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True) / np.sqrt(rows.shape[1])
    return np.asarray(np.divide(rows, lengths, out=np.zeros(rows.shape, dtype=np.float32), where=lengths > 1e-6))
