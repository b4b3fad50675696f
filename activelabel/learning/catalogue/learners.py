"""Who learns from labels."""

from __future__ import annotations

from activelabel.learning.catalogue.entry import Entry

__all__ = ["LEARNERS"]

LEARNERS: dict[str, Entry] = {
    "default": Entry(
        "models.mixture:mixture",
        "mixture",
        "no reason to choose",
        "as mixture",
        "as mixture",
    ),
    "mixture": Entry(
        "models.mixture:mixture",
        "gp, additive-gp, logistic-regression and 15+15 trees, weighed by labels they had not seen, and their student",
        "a few dozen labels on any data",
        "its members once, logistic regression six times; a student on 1,000 landmarks",
        "Dempster, Laird, Rubin 1977; Guo et al. 2017; Hinton, Vinyals, Dean 2015",
    ),
    "best-single": Entry(
        "models.mixture:best_single",
        "whichever member of the mixture foretells left-out labels best",
        "to know who that is; mixing is better as long as labels are few",
        "its members once, logistic regression six times",
        "Stone 1974",
    ),
    "gp": Entry(
        "models.graph_learner:gp",
        "regression on the neighbour graph, which sees the whole pool",
        "few labels, rows whose neighbours are alike",
        "the graph once, O(n^2 d) up to 20,000 rows, then O(n d); O(n) a label, on landmarks from 100,000 on",
        "Zhu, Lafferty, Ghahramani 2003",
    ),
    "additive-gp": Entry(
        "models.additive_gp:additive_gp",
        "regression on a sum of three likenesses: joined on the graph, near by, in the same direction",
        "few labels, any data, where the mixture takes too long",
        "as gp, and O(n m d); m up to a few thousand",
        "Duvenaud, Nickisch, Rasmussen 2011; Zhu, Lafferty, Ghahramani 2003",
    ),
    "trees": Entry(
        "models.trees:trees",
        "a vote of 50 extra trees and a random forest of 50",
        "tables of mixed columns, noise",
        "O(100 m log m sqrt(d))",
        "Geurts, Ernst, Wehenkel 2006; Breiman 2001",
    ),
    "cross-validation": Entry(
        "models.choice:best_by_cross_validation",
        "whichever of the three below cross-validation on the labels prefers, its confidence corrected",
        "labels alone are to be learnt from, not the rows without",
        "five fits of each, then one",
        "Stone 1974; Guo et al. 2017 (temperature)",
    ),
    "logistic-regression": Entry(
        "models.learners:logistic_regression",
        "a straight border between classes",
        "few labels, text, many classes",
        "O(m d k) a pass",
        "scikit-learn LogisticRegression",
    ),
    "random-forest": Entry(
        "models.learners:random_forest",
        "a vote of 100 trees",
        "tables of mixed columns, noise",
        "O(100 m log m sqrt(d))",
        "Breiman 2001",
    ),
    "svm": Entry(
        "models.learners:svm",
        "a curved border with the widest margin",
        "pictures and numbers, up to some 10,000 labels",
        "O(m^2 d)",
        "Cortes, Vapnik 1995",
    ),
    "naive-bayes": Entry(
        "models.classics:naive_bayes",
        "each class a normal distribution, feature by feature",
        "many numbers that mean different things; it is surer of itself than it should be",
        "O(m d)",
        "Hand, Yu 2001",
    ),
    "nearest-neighbours": Entry(
        "models.classics:nearest_neighbours",
        "a vote of the five nearest labels, nearer ones counting more",
        "to compare with; gp does the same with the whole pool",
        "O(m d) a row",
        "Cover, Hart 1967; Dudani 1976",
    ),
    "gradient-boosted-trees": Entry(
        "models.classics:gradient_boosted_trees",
        "trees that each correct those before them",
        "tables of mixed columns from a few hundred labels on; below, forests are better",
        "O(60 k m d)",
        "Friedman 2001; scikit-learn HistGradientBoostingClassifier",
    ),
}
