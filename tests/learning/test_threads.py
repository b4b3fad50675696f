from __future__ import annotations

import threading

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from activelabel.learning.threads import one_thread, side_by_side, usable_threads


def widest() -> int:
    return max(library["num_threads"] for library in threadpool_info())


def test_arithmetic_has_one_thread_and_then_as_many_as_before():
    before = widest()

    with one_thread(), one_thread():
        inside = widest()

    assert inside == 1
    assert widest() == before


@pytest.mark.parametrize(("asked", "expected"), [("3", 3), ("1", 1)])
def test_as_many_threads_are_usable_as_were_asked_for(asked, expected, monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", asked)

    with one_thread():
        assert usable_threads() == expected


def test_what_is_done_side_by_side_meets(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "2")
    both, arithmetic = threading.Barrier(2), []

    def work(item: int) -> None:
        # neither gets past this before the other is there
        both.wait(timeout=30)
        with one_thread():
            arithmetic.append(widest())

    assert list(side_by_side(work, range(4))) == [None] * 4

    assert arithmetic == [1, 1, 1, 1]


def test_a_failure_side_by_side_is_raised_and_what_has_not_begun_is_left(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    begun, all_are_waiting = [], threading.Event()

    def items():
        yield from range(1_000)
        all_are_waiting.set()

    def work(item: int) -> None:
        begun.append(item)
        all_are_waiting.wait(timeout=30)
        # the first cannot be inverted; the others take long enough together to be called off
        np.linalg.inv(np.eye(300) * min(item, 1))

    with pytest.raises(np.linalg.LinAlgError):
        list(side_by_side(work, items()))

    assert len(begun) < 1_000
