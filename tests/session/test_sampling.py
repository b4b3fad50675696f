import numpy as np
import pytest

from activelabel.errors import WrongUse
from activelabel.project.settings import settings_from_json, settings_to_json
from activelabel.records.kinds import Modality
from activelabel.records.settings import Algorithms, Roles, Settings
from activelabel.session.lessons import Ground
from activelabel.session.pipeline import check_algorithms
from activelabel.session.simulate import contenders_of

SAMPLED = Algorithms(clusterer="agglomerative", clusters=5, sample=60)


def test_the_groups_of_a_project_come_from_the_sample_that_was_asked_for():
    features = np.random.default_rng(0).normal(size=(300, 4)).astype(np.float32)

    whole, some = (
        Ground(features, np.ones(300), None, named, 0).clustering
        for named in (Algorithms(clusterer="agglomerative", clusters=5), SAMPLED)
    )

    assert len(whole.labels) == len(some.labels) == 300
    assert len(some.medoids) == 5
    assert (whole.labels != some.labels).any()


def test_a_sample_of_fewer_rows_than_groups_is_refused():
    with pytest.raises(WrongUse, match="--sample 10 is fewer rows than --clusters 50"):
        check_algorithms(Algorithms(clusters=50, sample=10))


def test_settings_of_before_have_no_sample_and_those_of_now_keep_it():
    settings = Settings("a.csv", "csv", Modality.TABLE, Roles(("x",), numbers=("x",)), algorithms=SAMPLED)
    found = settings_to_json(settings)
    assert settings_from_json(found) == settings

    del found["algorithms"]["sample"]
    assert settings_from_json(found).algorithms.sample is None


def test_all_contenders_of_a_simulation_have_the_sample():
    found = contenders_of(["default"], ["default", "k-means"], ["cluster"], ["gp"], like=Algorithms(sample=500))

    assert {contender.algorithms.sample for contender in found} == {500}
