"""Who carries labels to the rows that share them."""

from __future__ import annotations

from activelabel.learning.catalogue.entry import Entry

__all__ = ["PROPAGATORS"]

PROPAGATORS: dict[str, Entry] = {
    "default": Entry(
        "propagation.graph_gp:graph_gp",
        "graph-gp",
        "no reason to choose",
        "as graph-gp",
        "as graph-gp",
    ),
    "graph-gp": Entry(
        "propagation.graph_gp:graph_gp",
        "regression on the neighbour graph, its reach chosen by leaving labels out",
        "few labels, rows whose neighbours are alike",
        "the graph once, O(n^2 d) up to 20,000 rows and O(n d) above; then O(n m) a step",
        "Zhu, Lafferty, Ghahramani 2003; Zhou et al. 2004",
    ),
    "label-spreading": Entry(
        "propagation.spreading:label_spreading",
        "labels flow over the neighbour graph until they settle, classes brought to their share",
        "to compare with; uneven labels mislead it more than graph-gp",
        "the graph once, O(n^2 d) up to 20,000 rows and O(n d) above; then O(n k) a step",
        "Zhou et al. 2004; class mass from Zhu, Ghahramani, Lafferty 2003",
    ),
    "cluster": Entry(
        "propagation.cluster:cluster",
        "every row takes the label that its cluster's labelled rows vote for",
        "one label a cluster; with nearest=20 only the fifth nearest to the centre takes it",
        "O(n)",
        "Geron 2022, chapter 9",
    ),
    "label-propagation": Entry(
        "propagation.clamped:label_propagation",
        "every row takes the mean of its neighbours until nothing moves; labels given stay",
        "to compare with; labels that are never wrong",
        "the graph once, then O(n k) up to 1,000 times a step",
        "Zhu, Ghahramani 2002; scikit-learn LabelPropagation",
    ),
    "harmonic": Entry(
        "propagation.clamped:harmonic",
        "every row is the exact mean of its neighbours, classes brought to their share",
        "to compare with; below 20 labels it is flat, with spikes at the labels",
        "the graph once, then O(n k) up to 200 times a step",
        "Zhu, Ghahramani, Lafferty 2003",
    ),
    "poisson": Entry(
        "propagation.poisson:poisson",
        "labels as sources of their class on the graph, and sinks of the others",
        "a label or two a class; with many labels graph-gp is better",
        "the graph once, then O(n k) up to 200 times a step",
        "Calder, Cook, Thorpe, Slepcev 2020",
    ),
    "mixture-responsibilities": Entry(
        "propagation.memberships:mixture_responsibilities",
        "votes of the clouds a row belongs to, by the degree to which it does",
        "groups that overlap; it leaves out what no labelled cloud explains",
        "as gaussian-mixture, with a cloud for each label up to 50",
        "Miller, Uyar 1997",
    ),
    "self-training": Entry(
        "propagation.self_training:self_training",
        "logistic regression learns from what it is 90 % sure of, ten rounds",
        "classes that a straight border tells apart; below some 50 labels it is worse than its classifier alone",
        "ten fits on up to n rows, O(n d k) a pass",
        "Scudder 1965; Yarowsky 1995",
    ),
}
