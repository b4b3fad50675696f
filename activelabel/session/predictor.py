"""The project's model, fitted again from the labels, for rows that it has never seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from activelabel.errors import LearningError
from activelabel.learning.models.prediction import predict
from activelabel.project.identity import rows_in
from activelabel.records.progress import HEADLINE_FROM
from activelabel.session.answers import audited, drawn_from, gathered
from activelabel.session.judging.cross_judging import judge_at_once
from activelabel.session.lessons import Spread
from activelabel.session.pipeline import WHOLE, learn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activelabel.learning.features.choose import Featurizer
    from activelabel.learning.protocols import Classifier
    from activelabel.project.another_file import OtherRows
    from activelabel.project.ledger import Ledger
    from activelabel.records.progress import Estimate
    from activelabel.session.lessons import Answers, Ground, Lesson
    from activelabel.session.workshop import Workshop

__all__ = ["Forecaster", "Predictor", "fitted"]


@dataclass(frozen=True, slots=True)
class Forecaster:
    """What gives probabilities to any rows: all that this takes, and none of the project's files.

    Attributes
    ----------
    featurizer, model
        Fitted.
    n_classes
        k, seen or not.
    units, of_pool
        Shapes (n,) and (n, k): the contents of the project, ascending, and what is said of those.
    """

    featurizer: Featurizer
    model: Classifier
    n_classes: int
    units: NDArray[np.bytes_]
    of_pool: NDArray[np.float64]

    def proba(self, units: NDArray[np.bytes_], features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the probability of every class for rows with these hashes and features, shape (r, k).

        A row whose content is in the project has what is predicted there, so that an export says the same of it.
        """
        found = predict(self.model, features, self.n_classes)
        places = rows_in(self.units, units)
        found[places >= 0] = self.of_pool[places[places >= 0]]
        return found


@dataclass(frozen=True, slots=True)
class Predictor:
    """A model and what it was fitted on.

    Attributes
    ----------
    workshop
        The project's data.
    ground, answers
        What it learnt from.
    lesson
        What followed.
    """

    workshop: Workshop
    ground: Ground
    answers: Answers
    lesson: Lesson

    def proba(self, rows: OtherRows) -> NDArray[np.float64]:
        """Return the probability of every class for some rows, shape (r, k), classes in order of creation."""
        forecaster = self.forecaster
        return forecaster.proba(rows.units, forecaster.featurizer.transform(rows.table))

    @property
    def forecaster(self) -> Forecaster:
        """What gives the probabilities."""
        model, of_pool = self.lesson.model, self.lesson.proba
        if model is None or of_pool is None:
            raise ValueError("a predictor needs a model: make it by `fitted`")
        featurizer = self.workshop.features.featurizer
        return Forecaster(featurizer, model, self.answers.n_classes, self.workshop.dataset.unit_ids, of_pool)

    def accuracy(self, ledger: Ledger) -> Estimate | None:
        """Return how often it is right on items drawn like those of the project, None under ten audit answers.

        Every audit answer is judged by models that have not seen it. There is no end to the items meant, so having
        audited much of the project makes the interval no narrower than that many answers do.
        """
        audit = audited(self.workshop, ledger, self.answers)
        if len(audit.rows) < HEADLINE_FROM:
            return None
        judged = judge_at_once(self.ground, self.answers, audit.rows, self.lesson)
        return judged.accuracy(audit, drawn_from(self.workshop, ledger), None)


def fitted(workshop: Workshop, ledger: Ledger, *, human_only: bool) -> Predictor:
    """Return the model as the learner would fit it now.

    Parameters
    ----------
    workshop, ledger
        The data, and what was said about it.
    human_only
        Learn from labels that people gave to single items, here or before the project, and neither from those given
        to whole clusters nor from propagated ones.

    Raises
    ------
    LearningError
        If there is no such label.
    """
    ground, answers = workshop.ground, gathered(workshop, ledger)
    if human_only:
        ground = replace(ground, algorithms=replace(ground.algorithms, propagator="default", nearest=WHOLE))
        answers = replace(answers, spread=Spread())
    lesson = learn(ground, answers, 0)
    if lesson.model is None:
        raise LearningError("no item has a label yet, so there is no model", "label some first: activelabel label")
    return Predictor(workshop, ground, answers, lesson)
