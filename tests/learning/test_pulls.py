from __future__ import annotations

from math import exp

import numpy as np
import pytest

from activelabel.learning.pulls import WordPulls

TEXTS = ["Free prize inside", "free prize now", "free cash prize", "lunch at noon", "lunch now", "lunch with Anna"]
PROBA = np.array([[0.9, 0.1]] * 3 + [[0.1, 0.9]] * 3)


def fitted(texts: list[str] = TEXTS, proba: np.ndarray = PROBA) -> WordPulls:
    return WordPulls().count(texts).weigh(proba)


def test_words_of_either_class_pull_to_their_side_as_they_stand_in_the_text():
    found = fitted().of("PRIZE at lunch, or Lunch at a prize?", 0, 1)

    assert {(pull.word, pull.side) for pull in found} == {("PRIZE", 1), ("lunch", -1)}


def test_the_other_class_first_turns_the_sides_round():
    there, back = fitted().of("prize lunch", 0, 1), fitted().of("prize lunch", 1, 0)

    assert [pull._replace(side=-pull.side) for pull in there] == list(back)


def test_the_strongest_come_first_and_no_more_than_wanted():
    found = fitted().of("now free prize lunch", 0, 1)

    assert [pull.strength for pull in found] == sorted((pull.strength for pull in found), reverse=True)
    assert len(fitted().of("now free prize lunch", 0, 1, most=1)) == 1
    assert fitted().of("now free prize lunch", 0, 1, most=0) == ()


def test_single_letters_numbers_and_words_of_one_text_say_nothing():
    texts = ["a 7 2024 __ alpha unique", "a 7 2024 __ alpha", "b 8 beta", "b 8 beta"]

    found = fitted(texts, np.array([[1.0, 0.0]] * 2 + [[0.0, 1.0]] * 2)).of("a 7 2024 __ unique alpha b2", 0, 1)

    assert [pull.word for pull in found] == ["alpha"]


def test_a_word_said_often_in_one_text_is_still_in_one_text_only():
    assert fitted(["alpha alpha alpha", "beta"], np.eye(2)).of("alpha beta", 0, 1) == ()


def test_a_text_in_doubt_counts_for_both_classes():
    assert fitted(TEXTS, np.full((6, 2), 0.5)).of("free prize lunch", 0, 1) == ()


def test_a_bigger_class_does_not_pull_by_its_size():
    texts = ["the cat", *["the dog"] * 40]

    found = fitted(texts, np.array([[1.0, 0.0]] + [[0.0, 1.0]] * 40)).of("the", 0, 1)

    assert found == ()


def test_words_that_only_a_third_class_uses_do_not_pull():
    texts = [*["ab cd"] * 9, "ef gh", *["unheard of"] * 30]
    classes = np.eye(3)[[0] * 9 + [1] + [2] * 30]

    assert fitted(texts, classes).of("unheard of", 0, 1) == ()
    assert [pull.side for pull in fitted(texts, classes).of("unheard", 0, 2)] == [-1]


def test_the_strength_is_the_logarithm_of_how_many_times_as_common():
    # 4 of class 0 where 2 were expected, none of class 1 where 2 were
    texts = ["word other", "word other", "word other", "word other", *["more other"] * 4]
    found = fitted(texts, np.array([[1.0, 0.0]] * 4 + [[0.0, 1.0]] * 4)).of("word", 0, 1)

    assert found[0].side == 1
    assert exp(found[0].strength) == pytest.approx((4 + 1) / (2 + 1) / ((0 + 1) / (2 + 1)))


@pytest.mark.parametrize(("good", "bad"), [("хорошо", "плохо"), ("καλός", "κακός"), ("جيد", "سيئ")])
def test_any_script_that_parts_words_by_spaces_will_do(good, bad):
    texts = [f"ok {good}", f"so {good}", f"ok {bad}", f"so {bad}"]

    found = fitted(texts, np.array([[1.0, 0.0]] * 2 + [[0.0, 1.0]] * 2)).of(f"{good.upper()} ok {bad}", 0, 1)

    assert [(pull.word, pull.side) for pull in found] == [(good.upper(), 1), (bad, -1)]


def test_the_order_of_the_texts_does_not_matter():
    order = np.random.default_rng(1).permutation(6)
    mixed = fitted([TEXTS[row] for row in order], PROBA[order])

    for pull, same in zip(mixed.of(" ".join(TEXTS), 0, 1), fitted().of(" ".join(TEXTS), 0, 1), strict=True):
        assert (pull.word, pull.side) == (same.word, same.side)
        assert pull.strength == pytest.approx(same.strength)


@pytest.mark.parametrize("texts", [[], [""], ["?!", "--"]])
def test_texts_without_words_pull_nowhere(texts):
    assert fitted(texts, np.full((len(texts), 2), 0.5)).of("any words", 0, 1) == ()


def test_before_it_has_counted_nothing_can_be_said():
    with pytest.raises(ValueError, match="call count and weigh first"):
        WordPulls().of("prize", 0, 1)


def test_a_text_without_probabilities_is_our_mistake():
    with pytest.raises(ValueError, match="6 texts, 2 rows"):
        fitted(TEXTS, PROBA[:2])
