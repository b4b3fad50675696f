"""Every algorithm that can be named, one dict a kind, and how to find one.

Entries are strings: naming the algorithms, as `--help` and the `algorithms` command do, loads none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, overload

from activelabel.errors import WrongUse

if TYPE_CHECKING:
    from activelabel.learning.protocols import Clusterer, Learner, Propagator, Strategy

__all__ = ["CLUSTERERS", "KINDS", "LEARNERS", "PROPAGATORS", "STRATEGIES", "Entry", "Kind", "find", "load", "names"]

Kind = Literal["clusterer", "strategy", "propagator", "learner"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One algorithm: where it is, and what a person needs to choose it.

    Attributes
    ----------
    target
        ``module:object`` below `activelabel.learning`.
    summary, when
        What it does; when to use it, and when not.
    cost
        Growth with n rows, m labels, d features, k classes or clusters.
    source
        The paper or the documentation it follows.
    reads_proba
        Whether it needs a model that knows two classes or more.
    """

    target: str
    summary: str
    when: str
    cost: str
    source: str
    reads_proba: bool = False


CLUSTERERS: dict[str, Entry] = {
    "default": Entry(
        "clusterers.kmeans:by_size",
        "k-means, from 20,001 rows on in mini-batches",
        "no reason to choose",
        "O(n k d) a pass",
        "as k-means and mini-batch-k-means",
    ),
    "k-means": Entry(
        "clusterers.kmeans:k_means",
        "groups around centres, every row in every pass",
        "up to some 20,000 rows",
        "O(n k d) a pass, up to 300 passes",
        "Lloyd 1982; Arthur, Vassilvitskii 2007 (k-means++)",
    ),
    "mini-batch-k-means": Entry(
        "clusterers.kmeans:mini_batch_k_means",
        "groups around centres, 10,000 rows at a time",
        "big pools; a little rougher than k-means",
        "O(n k d) once, and batches of 10,000",
        "Sculley 2010",
    ),
    "dbscan": Entry(
        "clusterers.density:dbscan",
        "rows joined by chains of rows that have three others near; what lies alone is noise",
        "odd rows are to stand out; groups of like density",
        "O(n^2 d) five times, up to 20,000 rows",
        "Ester, Kriegel, Sander, Xu 1996",
    ),
    "hdbscan": Entry(
        "clusterers.density:hdbscan",
        "the groups that last longest while what counts as near grows; what lies alone is noise",
        "odd rows are to stand out; groups of any density",
        "O(n^2 d), up to 20,000 rows",
        "Campello, Moulavi, Sander 2013",
    ),
    "agglomerative": Entry(
        "clusterers.hierarchy:agglomerative",
        "neighbouring groups joined, those first that become least wide",
        "groups of unlike size; purer than k-means on digits",
        "the graph, then O(n log n) where it holds together; up to 20,000 rows",
        "Ward 1963",
    ),
    "birch": Entry(
        "clusterers.hierarchy:birch",
        "rows gathered into small crowds in one pass, and the crowds joined",
        "big pools; a little rougher than k-means",
        "O(n d) a pass, then O(2,000^2)",
        "Zhang, Ramakrishnan, Livny 1996",
    ),
    "mean-shift": Entry(
        "clusterers.exemplars:mean_shift",
        "groups around the peaks of density that 300 rows climb to",
        "few groups in few features; in many features it misses groups",
        "O(300 n d) a step, on 20,000 rows, then a pass over all",
        "Comaniciu, Meer 2002",
    ),
    "affinity-propagation": Entry(
        "clusterers.exemplars:affinity_propagation",
        "groups around rows that the others agree on by messages",
        "small pools of which typical rows are wanted",
        "O(n^2) two hundred times, up to 4,000 rows",
        "Frey, Dueck 2007",
    ),
    "spectral": Entry(
        "clusterers.spectral:spectral",
        "the parts into which the neighbour graph falls when least of it is cut",
        "groups that are bent but joined within; purer than k-means on digits",
        "the graph, then its k smoothest functions; up to 20,000 rows",
        "Shi, Malik 2000; Damle, Minden, Ying 2019",
    ),
    "gaussian-mixture": Entry(
        "clusterers.gaussian:gaussian_mixture",
        "clouds that rows belong to by degrees; number and shape by the Bayesian information criterion",
        "groups that overlap; memberships for mixture-responsibilities",
        "O(n k d^2) a pass, on 10,000 rows, for each number and shape",
        "Dempster, Laird, Rubin 1977; Fraley, Raftery 2002",
    ),
}

STRATEGIES: dict[str, Entry] = {
    "default": Entry(
        "strategies.adaptive:adaptive",
        "sigma-optimality or representative until the classes are known, then margin-diversity",
        "no reason to choose",
        "as its parts",
        "Ma, Garnett, Schneider 2013; Good 1953; Zhdanov 2019",
    ),
    "random": Entry(
        "strategies.uniform:uniform",
        "rows drawn alike",
        "the line every other strategy must beat",
        "O(n)",
        "simple random sampling",
    ),
    "least-confidence": Entry(
        "strategies.uncertainty:least_confidence",
        "rows whose likeliest class is least likely",
        "late, few classes; loses to random when classes are many and labels few",
        "O(n k)",
        "Lewis, Gale 1994",
        reads_proba=True,
    ),
    "margin": Entry(
        "strategies.uncertainty:margin",
        "rows whose two likeliest classes are closest",
        "once every class has been seen",
        "O(n k)",
        "Scheffer, Decomain, Wrobel 2001",
        reads_proba=True,
    ),
    "entropy": Entry(
        "strategies.uncertainty:entropy",
        "rows whose probabilities are most even",
        "late, few classes; loses to random when classes are many and labels few",
        "O(n k)",
        "Shannon 1948; Settles 2012, section 2.3",
        reads_proba=True,
    ),
    "representative": Entry(
        "strategies.representative:representative",
        "the middle row of each group that has no label yet, biggest groups first",
        "the first labels, and many classes",
        "a k-means with m + 10, m + 20, m + 40 ... centres",
        "Nguyen, Smeulders 2004; Geron 2022, chapter 9",
    ),
    "margin-diversity": Entry(
        "strategies.margin_diversity:margin_diversity",
        "middles of groups among the rows whose two likeliest classes are closest",
        "once every class has been seen; ten questions at a time",
        "O(n k), then k-means on ten rows a question",
        "Zhdanov 2019",
        reads_proba=True,
    ),
    "graph-herding": Entry(
        "strategies.graph_herding:graph_herding",
        "rows that stand for the doubts around them on the neighbour graph",
        "up to 4,000 rows whose neighbours are alike",
        "O(n^3) once, then O(n^2)",
        "Bae et al. 2025",
        reads_proba=True,
    ),
    "density-weighted": Entry(
        "strategies.spread_out:density_weighted",
        "rows whose two likeliest classes are close and that point where many rows do",
        "to compare with; where odd rows are mistakes rather than news",
        "O(n (k + d))",
        "Settles, Craven 2008",
        reads_proba=True,
    ),
    "sigma-optimality": Entry(
        "strategies.optimal_design:sigma_optimality",
        "rows whose labels would tell most about the sum over the pool",
        "the first labels, where neighbours are alike",
        "O(n^3) once up to 4,000 rows, on 2,000 rows above; then O(n m) a question",
        "Ma, Garnett, Schneider 2013",
    ),
    "variance-optimality": Entry(
        "strategies.optimal_design:variance_optimality",
        "rows whose labels would most reduce the variances of all",
        "the first labels; it goes to the rim before sigma-optimality does",
        "O(n^3) once up to 4,000 rows, on 2,000 rows above; then O(n^2) a question",
        "Ji, Han 2012",
    ),
    "typiclust": Entry(
        "strategies.spread_out:typiclust",
        "the row of each group without a label that is nearest to its neighbours, biggest groups first",
        "the first labels",
        "as representative, and the neighbours once",
        "Hacohen, Dekel, Weinshall 2022",
    ),
    "k-centre": Entry(
        "strategies.spread_out:k_centre",
        "rows farthest from all that were asked",
        "rare classes; it meets outliers first",
        "O(n d) a label",
        "Gonzalez 1985; Sener, Savarese 2018",
    ),
    "probcover": Entry(
        "strategies.covering:prob_cover",
        "rows in whose ball most rows lie that are in no ball yet",
        "to compare with; how wide a ball should be is a guess, and ten labels are no better than random ones",
        "O(n^2 d) once, then O(n) a look; up to 5,000 rows",
        "Yehuda, Dekel, Hacohen, Weinshall 2022",
    ),
    "maxherding": Entry(
        "strategies.covering:max_herding",
        "rows that leave no row far from all labels, near being a bell that narrows with them",
        "the first fifty labels, with any learner",
        "O(n^2 d) once, then O(n) a look; up to 5,000 rows",
        "Bae, Noh, Sutherland 2024",
    ),
    "query-by-committee": Entry(
        "strategies.committee:query_by_committee",
        "rows whose class logistic regression, svm, forest and graph disagree about most",
        "classes that do not overlap; where they do it asks what nobody can know, and loses to random",
        "a fit of each of the four, O(n k)",
        "Seung, Opper, Sompolinsky 1992; Dagan, Engelson 1995",
        reads_proba=True,
    ),
    "expected-model-change": Entry(
        "strategies.model_change:expected_model_change",
        "rows whose label would pull hardest at a logistic regression",
        "to compare with; it likes odd rows, and loses to random where classes overlap",
        "a logistic regression, O(n (d + k))",
        "Settles, Craven, Ray 2008",
        reads_proba=True,
    ),
    "expected-error-reduction": Entry(
        "strategies.error_reduction:expected_error_reduction",
        "rows after whose answer the graph would be surest of all rows",
        "rows whose neighbours are alike; about as good as margin",
        "O(n^3) once, then O(180 n k); up to 4,000 rows",
        "Roy, McCallum 2001; Zhu, Lafferty, Ghahramani 2003",
        reads_proba=True,
    ),
    "badge": Entry(
        "strategies.gradients:badge",
        "rows drawn so that they would pull at the model hard and each in another direction",
        "once every class has been seen, classes that overlap too; big batches",
        "O(n (d + k)) a question",
        "Ash et al. 2020",
        reads_proba=True,
    ),
    "cluster-margin": Entry(
        "strategies.cluster_margin:cluster_margin",
        "rows whose two likeliest classes are closest, one of each small group in turn",
        "big batches; asked by tens, margin-diversity is better",
        "agglomerative once, then O(n k); up to 20,000 rows",
        "Citovsky et al. 2021",
        reads_proba=True,
    ),
}

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
        "gp, svm, logistic-regression and trees, weighed by labels they had not seen, and a student of them all",
        "a few dozen labels on any data",
        "the sum of its members, five times; a student on 2,000 rows",
        "Dempster, Laird, Rubin 1977; Guo et al. 2017; Hinton, Vinyals, Dean 2015",
    ),
    "best-single": Entry(
        "models.mixture:best_single",
        "whichever member of the mixture foretells left-out labels best",
        "to know who that is; mixing is better as long as labels are few",
        "the sum of its members, five times",
        "Stone 1974",
    ),
    "gp": Entry(
        "models.graph_learner:gp",
        "regression on the neighbour graph, which sees the whole pool",
        "few labels, rows whose neighbours are alike",
        "the graph once, O(n^2 d) up to 20,000 rows and O(n d) above; then O(n) a label",
        "Zhu, Lafferty, Ghahramani 2003",
    ),
    "trees": Entry(
        "models.trees:trees",
        "a vote of 30 extra trees and a random forest of 30",
        "tables of mixed columns, noise",
        "O(60 m log m sqrt(d))",
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

KINDS: dict[Kind, dict[str, Entry]] = {
    "clusterer": CLUSTERERS,
    "strategy": STRATEGIES,
    "propagator": PROPAGATORS,
    "learner": LEARNERS,
}


def names(kind: Kind) -> tuple[str, ...]:
    """Return the names of a kind, `default` first.

    Examples
    --------
    >>> names("clusterer")[:3]
    ('default', 'k-means', 'mini-batch-k-means')
    """
    return tuple(KINDS[kind])


@overload
def find(kind: Literal["clusterer"], name: str) -> Clusterer: ...
@overload
def find(kind: Literal["strategy"], name: str) -> Strategy: ...
@overload
def find(kind: Literal["propagator"], name: str) -> Propagator: ...
@overload
def find(kind: Literal["learner"], name: str) -> Learner: ...
def find(kind: Kind, name: str) -> Any:
    """Load the algorithm of that name.

    A learner may also be any scikit-learn classifier with probabilities, as ``module:object``.

    Raises
    ------
    WrongUse
        If there is none; the hint gives the nearest name.

    Examples
    --------
    >>> find("strategy", "margin").__name__
    'margin'
    >>> find("learner", "sklearn.naive_bayes:GaussianNB").name
    'sklearn.naive_bayes:GaussianNB'
    """
    entry = KINDS[kind].get(name)
    if entry is not None:
        return load(entry.target)
    if kind == "learner" and ":" in name:
        return load("models.outside:OutsideLearner").named(name)
    near = get_close_matches(name, KINDS[kind], n=1, cutoff=0.5)
    hint = f"try {near[0]!r}" if near else "one of " + ", ".join(KINDS[kind])
    raise WrongUse(f"no {kind} named {name!r}", hint=hint)


def load(target: str) -> Any:
    """Import ``module:object`` below `activelabel.learning` and return the object."""
    module, _, attribute = target.partition(":")
    return getattr(import_module(f"activelabel.learning.{module}"), attribute)
