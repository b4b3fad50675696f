import pytest
from hypothesis import given
from hypothesis import strategies as st

from activelabel.cli.find import Fit, fit, folded_name, searched

RED_BIRD = "Red Bird of Paradise"


@pytest.mark.parametrize(
    ("typed", "how"),
    [
        ("red bird of paradise", Fit.WHOLE),
        ("  RED BIRD of paradise ", Fit.WHOLE),
        ("red b", Fit.START),
        ("rb", Fit.WORDS),
        ("rebi", Fit.WORDS),
        ("re bi", Fit.WORDS),
        ("rbop", Fit.WORDS),
        ("bird", Fit.WORDS),
        ("adis", Fit.INSIDE),
        ("rdp", Fit.SCATTERED),
        ("rwd", Fit.TYPO),
        ("rred", Fit.TYPO),
        ("birb", Fit.TYPO),
        ("pardaise", Fit.TYPO),
        ("qqq", Fit.NONE),
    ],
)
def test_every_way_of_fitting_has_its_place(typed, how):
    assert fit(typed, RED_BIRD) is how


def test_a_letter_that_was_left_out_is_no_hindrance():
    assert fit("parow", "house sparrow") is Fit.SCATTERED


def test_two_letters_are_too_few_for_one_to_be_wrong():
    assert fit("qe", "red") is Fit.NONE
    assert fit("rwd", "red") is Fit.TYPO


@pytest.mark.parametrize(
    ("typed", "name"),
    [("creme brulee", "Crème brûlée"), ("strasse", "Straße"), ("smorrebrod", "Smørrebrød"), ("lodz", "Łódź")],
)
def test_accents_and_case_make_no_difference(typed, name):
    assert fit(typed, name) <= Fit.LAST
    assert fit(typed[:3], name) is Fit.START


def test_a_name_that_is_written_so_comes_before_one_that_differs_by_an_accent():
    assert fit("résumé", "Résumé") < fit("résumé", "resume")


def test_the_last_part_of_a_path_is_as_good_as_a_name():
    assert fit("apple", "fruit/apple") is Fit.LAST
    assert fit("app", "fruit/apple") is Fit.START
    assert fit("fruit/app", "fruit/apple") is Fit.PATH
    assert fit("fa", "fruit/apple") is Fit.WORDS


@given(st.text(), st.text())
def test_any_text_can_be_compared_with_any_name(typed, name):
    assert fit(typed, name) in Fit
    assert (fit(typed, name) is Fit.WHOLE) == (folded_name(typed) == folded_name(name))


@given(st.text(min_size=1), st.data())
def test_beginnings_parts_and_scattered_letters_of_a_name_always_fit(name, data):
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(name)), st.integers(0, len(name)))))
    kept = data.draw(st.lists(st.booleans(), min_size=len(name), max_size=len(name)))
    scattered = "".join(letter for letter, keeps in zip(name, kept, strict=True) if keeps)

    assert fit(name[:end], name) <= Fit.SCATTERED or not searched(name).startswith(searched(name[:end]))
    assert fit(name[start:end], name) <= Fit.SCATTERED or searched(name[start:end]) not in searched(name)
    assert fit(scattered, name) <= Fit.SCATTERED or not scattered.isascii()


@given(st.from_regex("[a-z]{4,9}( [a-z]{2,5})?", fullmatch=True), st.data())
def test_one_wrong_letter_in_a_beginning_is_forgiven(name, data):
    place = data.draw(st.integers(0, 3))
    wrong = data.draw(st.sampled_from("qxz7"))
    swapped = name[:place] + name[place + 1 : place + 2] + name[place : place + 1] + name[place + 2 :]

    assert fit(name[:place] + wrong + name[place + 1 : 4], name) is not Fit.NONE
    assert fit(name[:place] + wrong + name[place:4], name) is not Fit.NONE
    assert fit(swapped, name) is not Fit.NONE
