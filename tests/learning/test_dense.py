from __future__ import annotations

import copy

import numpy as np

from activelabel.learning.protocols import semi_supervised
from activelabel.learning.registry import find


def test_a_learner_found_by_name_is_in_everything_else_the_classifier_itself(blobs):
    features, groups = blobs
    y = np.where(np.arange(60) < 30, groups, -1)

    model = find("learner", "gp")(np.random.default_rng(0))
    fitted = model.fit(features, y)

    assert semi_supervised(model)
    assert fitted is model
    assert model.label_distributions_.shape == (60, 3)
    assert not hasattr(model, "no_such_thing")


def test_a_learner_found_by_name_can_be_copied(blobs):
    model = find("learner", "naive-bayes")(np.random.default_rng(0)).fit(*blobs)

    twin = copy.deepcopy(model)

    assert (twin.predict_proba(blobs[0]) == model.predict_proba(blobs[0])).all()
