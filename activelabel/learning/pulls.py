"""The words of a text that pull to one of two classes, as a model sees them."""

from __future__ import annotations

import re
from collections import Counter
from math import log
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

__all__ = ["Pull", "WordPulls"]

LETTERS = 5_000
"""Letters of each text that are counted, so that hundred-page texts take no minutes."""

WEAK = log(1.5)
"""Pull below which a word is hardly more at home in one class: half as much again."""

# two letters or digits and more: the words that the features of texts know, single ones left out
WORD = re.compile(r"\w\w+")


class Pull(NamedTuple):
    """A word that pulls.

    Attributes
    ----------
    word
        As it stands in the text, where it comes first.
    side
        1 to the first of the two classes, -1 to the second.
    strength
        Above 0: the logarithm of how many times as common the word is there as in the other class.
    """

    word: str
    side: int
    strength: float


class WordPulls:
    """Which words are more at home in one class than in another, by what a model thinks of all texts.

    Words are cut as for the features of texts, in small letters. Each counts for every class with the probability that
    the model gives to its text. How common it is in one of two classes is then (t + 1) / (e + 1), with t its count
    there and e the count there would be if the two classes used it alike; so words that are rare pull weakly, and two
    classes of different size pull alike. Of words of less than two letters or digits, of words without any letter, and
    of words in one text only nothing is said.

    References
    ----------
    DuMouchel (1999), Bayesian Data Mining in Large Frequency Tables (observed by expected counts, shrunk); Monroe,
    Colaresi, Quinn (2008), Fightin' Words (comparing two groups by smoothed rates).

    Examples
    --------
    >>> texts = ["Win a prize", "win cash now", "See you at home", "see you now"]
    >>> proba = np.array([[0.9, 0.1], [0.9, 0.1], [0.1, 0.9], [0.1, 0.9]])
    >>> pulls = WordPulls().count(texts).weigh(proba)
    >>> [(pull.word, pull.side) for pull in pulls.of("Win now, see me?", 0, 1)]
    [('Win', 1), ('see', -1)]
    """

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._counts = csr_array((0, 0))
        self._totals = np.empty((0, 0))

    def count(self, texts: Sequence[str]) -> Self:
        """Count the words of n texts, all of them; what they say of classes follows with `weigh`."""
        counted = [Counter(word.lower() for word in _words(text[:LETTERS])) for text in texts]
        spread = Counter(word for words in counted for word in words)
        self._places = {word: place for place, word in enumerate(sorted(w for w, n in spread.items() if n > 1))}
        known = [
            (row, self._places[word], number)
            for row, words in enumerate(counted)
            for word, number in words.items()
            if word in self._places
        ]
        rows, places, numbers = np.array(known, dtype=np.intp).reshape(-1, 3).T
        self._counts = csr_array((numbers.astype(np.float64), (places, rows)), shape=(len(self._places), len(texts)))
        return self

    def weigh(self, proba: NDArray[np.float64]) -> Self:
        """Take what a model thinks of the texts that were counted, shape (n, k): as often as the model changes.

        Raises
        ------
        ValueError
            If there are not as many rows as texts.
        """
        if len(proba) != self._counts.shape[1]:
            raise ValueError(f"each text needs its probabilities, got {self._counts.shape[1]} texts, {len(proba)} rows")
        self._totals = np.asarray(self._counts @ proba)
        return self

    def of(self, text: str, first: int, second: int, most: int = 6) -> tuple[Pull, ...]:
        """Return the words of a text that pull most to either of two classes, the strongest first.

        Equals come in the order of the text; words that are hardly more common in one class are left out.

        Parameters
        ----------
        text
            Any, one of those counted or not.
        first, second
            Two classes, 0 to k - 1.
        most
            Words to return at most.

        Raises
        ------
        ValueError
            Before `count` and `weigh`.
        """
        if not self._totals.shape[1]:
            raise ValueError("pulls of words need texts and what a model thinks of them: call count and weigh first")
        found: dict[str, Pull] = {}
        sums = self._totals[:, [first, second]].sum(axis=0)
        for word in _words(text):
            place = self._places.get(word.lower())
            if place is None or word.lower() in found:
                continue
            pull = _pull(self._totals[place, [first, second]], sums)
            found[word.lower()] = Pull(word, 1 if pull > 0 else -1, abs(pull))
        strong = [pull for pull in found.values() if pull.strength >= WEAK]
        return tuple(sorted(strong, key=lambda pull: -pull.strength)[:most])


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text that are no numbers."""
    return (word for word in WORD.findall(text) if any(letter.isalpha() for letter in word))


def _pull(counts: NDArray[np.float64], sums: NDArray[np.float64]) -> float:
    """Return the logarithm of how many times as common a word is in the first of two classes, below 0 in the second."""
    alike = sums * (counts.sum() / max(float(sums.sum()), 1e-12))
    there, elsewhere = (counts + 1.0) / (alike + 1.0)
    return float(np.log(there / elsewhere))
