from __future__ import annotations

import numpy as np
import pytest

from activelabel.learning.neighbours import neighbour_graph
from activelabel.learning.propagation import kernel as module
from activelabel.learning.propagation.graph_gp import fit_graph
from activelabel.learning.propagation.kernel import GraphKernel, kernels_of


@pytest.fixture
def graph():
    return neighbour_graph(np.random.default_rng(0).normal(size=(200, 3)).astype(np.float32))


@pytest.fixture
def solved(graph, monkeypatch):
    """The kernel as it is for a big pool: nothing at hand, columns solved for."""
    monkeypatch.setattr(module, "DENSE_ROWS", 100)
    return GraphKernel(graph, 0.99)


def test_the_kernel_is_symmetric_with_a_mean_diagonal_of_1(graph):
    dense = GraphKernel(graph, 0.99).dense

    assert np.allclose(dense, dense.T)
    assert np.diag(dense).mean() == pytest.approx(1, abs=1e-5)
    assert np.linalg.eigvalsh(dense).min() > 0


def test_a_big_pool_has_the_same_kernel_but_for_its_unit(graph, solved):
    rows, values = np.array([5, 150, 17]), np.random.default_rng(1).normal(size=(3, 2))
    dense = GraphKernel(graph, 0.99)

    unit = solved.among(rows)[0, 0] / dense.among(rows)[0, 0]

    assert 0.7 < unit < 1.4
    assert np.allclose(solved.among(rows), dense.among(rows) * unit, rtol=2e-2, atol=2e-3)
    assert np.allclose(solved.carry(rows, values), dense.carry(rows, values) * unit, rtol=2e-2, atol=2e-3)


def test_what_was_asked_before_does_not_change_the_answer(graph, solved):
    once = solved.among(np.array([3, 90, 44, 120]))
    again = GraphKernel(graph, 0.99)

    for rows in ([90], [44, 3], [120, 7]):
        again.among(np.array(rows))

    assert np.allclose(again.among(np.array([3, 90, 44, 120])), once, atol=2e-3)


def test_many_rows_are_solved_for_in_parts(solved, monkeypatch):
    whole = solved.among(np.arange(0, 200, 9))
    monkeypatch.setattr(module, "COLUMNS", 4)
    solved._known, solved._among = np.empty(0, dtype=np.intp), np.empty((0, 0))

    assert np.allclose(solved.among(np.arange(0, 200, 9)), whole, atol=2e-3)


def test_kernels_are_made_once_a_graph(graph):
    assert kernels_of(graph) is kernels_of(graph)


def test_a_label_left_out_is_foretold_as_a_fit_without_it_does(graph):
    labelled, labels = np.array([1, 40, 77, 130, 160]), np.array([0, 1, 0, 1, 1])
    whole = fit_graph(kernels_of(graph), labelled, labels, 2)

    for place, row in enumerate(labelled):
        others = np.arange(5) != place
        duals = []
        for kernel in kernels_of(graph):
            among = kernel.among(labelled[others]) + 0.02 * np.eye(4)
            said = kernel.carry(labelled[others], np.linalg.solve(among, np.eye(2)[labels[others]]))[row]
            lifted = np.maximum(said, 0) + 0.01
            duals.append(lifted / lifted.sum())
        assert min(np.abs(dual - whole.left_out[place]).max() for dual in duals) < 1e-3
