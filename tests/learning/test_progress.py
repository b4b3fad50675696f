from __future__ import annotations

from activelabel.learning.progress import listening, tell


def test_nobody_need_listen():
    tell("rows", 1, 2)


def test_the_innermost_hears_and_then_the_one_before_again():
    outer, inner = [], []
    with listening(lambda *told: outer.append(told)):
        with listening(lambda *told: inner.append(told)):
            tell("rows", 1, 2)
        tell("rows", 2, 2)

    assert (inner, outer) == ([("rows", 1, 2)], [("rows", 2, 2)])
