"""What is drawn from a pool of several files is the same whoever draws, and its audit order is that of the whole."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from support.pools import table_of, write_pool

from activelabel.errors import BadData
from activelabel.project.dataset import Dataset
from activelabel.project.inspection import Wishes, inspect
from activelabel.project.readers import partitions
from activelabel.project.visitors import join_visitors
from activelabel.project.working_set import draw_working_set


def settings_of(pool, most=None, **wishes):
    found = inspect(pool, Wishes(id="name", ignored=("kind",), **wishes)).settings
    return replace(found, data=str(pool), working_set=most)


def first_units(whole, most):
    return sorted(whole.unit(row) for row in whole.audit_order(0)[:most])


@pytest.fixture
def pool(tmp_path):
    return write_pool(tmp_path / "pool", table_of(1000), 4)


def test_it_is_the_beginning_of_the_audit_order_of_the_whole_pool(tmp_path, pool):
    whole = Dataset.build(settings_of(pool), tmp_path / "whole")

    drawn = Dataset.build(settings_of(pool, 100), tmp_path / "drawn")

    assert drawn.unit_ids.astype(str).tolist() == first_units(whole, 100)
    order = [drawn.unit(row) for row in drawn.audit_order(0)]
    assert order == [whole.unit(row) for row in whole.audit_order(0)[:100]]
    assert drawn.pool.items == 1000


def test_the_size_of_the_pool_is_estimated_without_bias_and_as_closely_as_theory_says(pool):
    settings, seeds, most = settings_of(pool, 100), 100, 100

    about = [draw_working_set(replace(settings, seed=seed)).pool.units for seed in range(seeds)]

    # of the k smallest of N random places: unbiased, with a relative deviation of (1 - k / N)^0.5 / (k - 2)^0.5
    deviation = 1000 * ((1 - most / 1000) / (most - 2)) ** 0.5
    assert np.mean(about) == pytest.approx(1000, abs=3 * deviation / seeds**0.5)
    assert np.std(about) == pytest.approx(deviation, rel=3 / (2 * seeds) ** 0.5)


def test_the_division_into_files_and_who_reads_which_part_first_do_not_matter(tmp_path, pool, monkeypatch):
    monkeypatch.setattr(partitions, "CHUNK_ROWS", 100)
    again = write_pool(tmp_path / "again", table_of(1000).take(np.random.default_rng(0).permutation(1000)), 7, 30)

    def backwards(work, common, chunks):
        return reversed([work(common, chunk) for chunk in chunks])

    one = Dataset.build(settings_of(pool, 100), tmp_path / "one")
    settings = settings_of(again, 100)
    other = Dataset.build(settings, tmp_path / "other", drawn=draw_working_set(settings, run=backwards))

    assert one.fingerprint == other.fingerprint


def test_a_pool_that_fits_is_copied_like_one_that_is_read_whole(tmp_path, pool):
    whole = Dataset.build(settings_of(pool), tmp_path / "whole")

    drawn = Dataset.build(settings_of(pool, 5000), tmp_path / "drawn")

    assert drawn.fingerprint == whole.fingerprint
    assert list(drawn.iter_items()) == list(whole.iter_items())
    assert replace(drawn.settings, working_set=None) == whole.settings
    assert drawn.pool is None
    counts = draw_working_set(settings_of(pool, 5000)).pool
    assert (counts.items, counts.units, counts.visitors) == (1000, 1000, ())


def test_all_copies_of_a_drawn_unit_come_along_however_many_duplicates_there_are(tmp_path):
    some = table_of(60)
    pool = write_pool(tmp_path / "pool", pa.concat_tables([some] * 20), 5)
    whole = Dataset.build(settings_of(pool), tmp_path / "whole")

    drawn = Dataset.build(settings_of(pool, 50), tmp_path / "drawn")

    assert drawn.unit_ids.astype(str).tolist() == first_units(whole, 50)
    assert set(drawn.weights.tolist()) == {20.0}


def test_units_that_are_wanted_come_too_and_are_known_for_visitors(tmp_path, pool):
    whole = Dataset.build(settings_of(pool), tmp_path / "whole")
    inside, outside = (whole.unit(whole.audit_order(0)[place]) for place in (3, 900))
    settings = settings_of(pool, 100)

    drawn = Dataset.build(settings, tmp_path / "drawn", drawn=draw_working_set(settings, (inside, outside, "f" * 20)))

    assert drawn.pool.visitors == (outside,)
    assert drawn.n_units == 101
    assert drawn.unit(drawn.audit_order(0)[-1]) == outside


def test_what_a_column_is_follows_from_all_rows_and_not_from_the_drawn_ones(tmp_path):
    table = table_of(900)
    odd = table.set_column(2, "x0", pa.array([str(value) for value in table["x0"].to_pylist()]))
    last = odd.slice(899).set_column(2, "x0", pa.array(["unknown"]))
    pool = write_pool(tmp_path / "pool", pa.concat_tables([odd.slice(0, 899), last]), 3)
    settings = replace(
        settings_of(pool, 10),
        roles=replace(settings_of(pool).roles, numbers=("x0", "x1", "x2"), categories=(), texts=()),
    )

    drawn = Dataset.build(settings, tmp_path / "drawn")

    assert "x0" in drawn.settings.roles.categories
    assert drawn.table().numbers.shape == (10, 2)


def test_a_pool_without_rows_is_refused(tmp_path):
    pool = write_pool(tmp_path / "pool", table_of(10), 1)
    settings = settings_of(pool, 5)
    pq.write_table(table_of(10).slice(0, 0), pool / "part-000.parquet")

    with pytest.raises(BadData, match="no rows"):
        draw_working_set(settings)


def test_a_pool_that_has_lost_a_column_is_refused(tmp_path, pool):
    settings = settings_of(pool, 5)
    for path in pool.iterdir():
        pq.write_table(pq.read_table(path).drop_columns(["x1"]), path)

    with pytest.raises(BadData, match="no column named 'x1'"):
        draw_working_set(settings)


@pytest.mark.parametrize("rows", [0, 100])
def test_a_file_that_shrinks_under_the_work_is_refused(pool, rows):
    path = pool / "part-002.parquet"

    def shrinking(work, common, chunks):
        pq.write_table(pq.read_table(path).slice(0, rows), path)
        return [work(common, chunk) for chunk in chunks]

    with pytest.raises(BadData, match=f"{path}: "):
        draw_working_set(settings_of(pool, 5), run=shrinking)


def test_rows_that_join_are_behind_all_others_in_the_audit_order(tmp_path, pool):
    whole = Dataset.build(settings_of(pool), tmp_path / "whole")
    drawn = Dataset.build(settings_of(pool, 100), tmp_path / "drawn")
    late = whole.unit(whole.audit_order(0)[700])
    place = next(place for place, (_, row, *_) in enumerate(whole.iter_items()) if whole.unit(row) == late)
    row = table_of(1000).slice(place, 1).to_batches()[0]

    joined = join_visitors(drawn, tmp_path / "drawn", [row], [late])

    assert joined.n_units == 101
    assert joined.unit(joined.audit_order(0)[-1]) == late
    assert joined.item(joined.row_of(late)).content == whole.item(whole.row_of(late)).content
    assert joined.pool.visitors == (late,)
    assert Dataset.open(tmp_path / "drawn", joined.settings).fingerprint == joined.fingerprint
