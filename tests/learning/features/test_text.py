from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activelabel.learning.features.choose import hints_of
from activelabel.learning.features.tabular import TabularFeaturizer
from activelabel.learning.features.text import TextFeaturizer, _for_short_texts, _Letters
from activelabel.records.contents import ColumnTable
from activelabel.records.kinds import Modality


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def table(*cells: str) -> ColumnTable:
    column = np.array(cells, dtype=object)
    return ColumnTable(Modality.TEXT, len(cells), (), np.empty((len(cells), 0), np.float32), texts={"text": column})


@pytest.mark.parametrize("cells", [["!!!", "?", "..."], ["", "", ""], ["a"], ["the"] * 60, ["\x00", "\ud7ff", "🙂"]])
def test_texts_without_words_survive(cells):
    features = TextFeaturizer().fit_transform(table(*cells), rng())

    assert np.isfinite(features).all()
    assert len(features) == len(cells)


def test_every_text_is_equally_long_and_an_empty_one_is_zero():
    cells = [f"word{row % 7} word{row % 5} other" for row in range(80)] + ["", "¿?"]

    features = TextFeaturizer().fit_transform(table(*cells), rng())

    lengths = np.linalg.norm(features, axis=1)
    assert np.allclose(lengths[:80], np.sqrt(features.shape[1]), rtol=1e-4)
    assert (lengths[80:] == 0).all()


def test_short_texts_keep_the_words_that_long_ones_leave_out():
    questions = ["who is it", "where is it", "who was it", "where was it"] * 20

    features = TextFeaturizer().fit_transform(table(*questions), rng())

    assert features[0] @ features[2] > features[0] @ features[1]


def test_long_texts_are_told_apart_by_what_they_are_about():
    filler = "and then the of a to in it was that he for on as with his they at be this from i have or by one " * 2
    about = ["wine grapes barrel cellar", "engine wheel brake gear"]
    cells = [filler + about[row % 2] + f" number{row % 9}" for row in range(120)]

    features = TextFeaturizer().fit_transform(table(*cells), rng())

    assert features[0] @ features[2] > features[0] @ features[1] + 0.5 * features[0] @ features[0]


def test_words_never_seen_count_as_nothing():
    fitted = TextFeaturizer().fit(table(*["red wine", "white wine"] * 30), rng())

    assert (fitted.transform(table("xyzzy qqq"))[0] == 0).all()


def test_several_columns_are_read_as_one():
    split = ColumnTable(
        Modality.TEXT,
        40,
        (),
        np.empty((40, 0), np.float32),
        texts={
            "title": np.array(["red", "blue"] * 20, dtype=object),
            "body": np.array(["wine", "sky"] * 20, dtype=object),
        },
    )

    together = TextFeaturizer().fit_transform(table(*["red wine", "blue sky"] * 20), rng())

    assert np.allclose(TextFeaturizer().fit_transform(split, rng()), together)


def test_other_columns_stand_beside_the_text():
    words = table(*["red wine", "blue sky"] * 20)
    beside = ColumnTable(Modality.TEXT, 40, ("length",), np.arange(40, dtype=np.float32)[:, None], texts=words.texts)

    made = TextFeaturizer().fit_transform(beside, rng())

    assert made.shape[1] == TextFeaturizer().fit_transform(words, rng()).shape[1] + 1
    assert (np.diff(made[:, -1]) > 0).all()


# --- what names of classes say ---


def test_a_name_is_a_hint_at_the_texts_that_use_its_words():
    cells = ["my card has not arrived yet", "where is my card", "the rocket went to space", "space is cold"] * 10
    featurizer = TextFeaturizer()
    features = featurizer.fit_transform(table(*cells), rng())

    hints = featurizer.hints(["card_arrival", "sci.space", "TheRocket"])

    nearest = (hints @ features.T).argmax(axis=1)
    assert [cells[row] for row in nearest[1:]] == ["space is cold", "the rocket went to space"]
    assert "card" in cells[nearest[0]]


def test_a_name_of_unknown_words_says_nothing():
    featurizer = TextFeaturizer()
    featurizer.fit(table(*["red wine", "white wine"] * 30), rng())

    hints = featurizer.hints(["wine", "Zubrowka", "...", "7"])

    assert np.isnan(hints).all(axis=1).tolist() == [False, True, True, True]
    assert np.isfinite(hints[0]).all()


def test_texts_without_words_give_no_hints_and_numbers_beside_texts_are_no_part_of_them():
    silent = TextFeaturizer().fit(table("!!!", "?"), rng())
    texts = table(*["red wine", "white wine"] * 30)
    beside = TextFeaturizer().fit(replace(texts, numbers=np.arange(60.0)[:, None], number_names=("year",)), rng())

    assert np.isnan(silent.hints(["wine"])).all()
    assert beside.hints(["wine"]).shape[1] == TextFeaturizer().fit_transform(texts, rng()).shape[1]


def test_names_are_no_content_of_anything_but_texts():
    numbers = ColumnTable(Modality.TABLE, 3, ("length",), np.arange(3.0, dtype=np.float32)[:, None])

    assert hints_of(TabularFeaturizer().fit(numbers, rng()), ["wine"]) is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("ab\u03a3\u03c3 \u0130x'\t\x85\u00a0.", max_size=30), min_size=1, max_size=8))
def test_letters_counted_word_by_word_are_those_of_the_whole_text(texts):
    vectorizer = _for_short_texts(1)[1].fit(["abba xab", "\u03a3\u03c3 xx ax", "\u0130\u0130.. x'"])

    read = _Letters(vectorizer)

    for some in (texts, texts[::-1]):
        assert abs(read(some) - vectorizer.transform(some)).max() < 1e-6


def test_words_are_forgotten_before_they_fill_the_memory(monkeypatch):
    monkeypatch.setattr("activelabel.learning.features.text.MOST_WORDS", 2)
    texts = ["abba xab", "ax bxx abab", "abba"]
    vectorizer = _for_short_texts(1)[1].fit(texts)
    read = _Letters(vectorizer)

    for some in (texts, texts[:1], texts):
        assert abs(read(some) - vectorizer.transform(some)).max() < 1e-6


def test_a_reader_of_letters_is_sent_without_the_words_it_has_met():
    texts = ["abba xab", "ax bxx abab", "abba"]
    read = _Letters(_for_short_texts(1)[1].fit(texts))
    before = len(pickle.dumps(read))
    read([f"word{number}" for number in range(1_000)])

    assert len(pickle.dumps(read)) == before
    assert abs(pickle.loads(pickle.dumps(read))(texts) - read(texts)).max() == 0
