import csv
import io
import json
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from activelabel.errors import BadData
from activelabel.project.dataset import Dataset
from activelabel.project.inspection import Wishes, inspect
from activelabel.records.kinds import Modality

MIXED = """id,note,size,kind,when,label
7,"first, of all",1.5,a,31.12.2024,ham
8,second,,b,,spam
9,third,-2,a,1.1.2025,
"""


def built(tmp_path, content, cache="cache", **wishes):
    path = tmp_path / "data.csv"
    path.write_text(content)
    return Dataset.build(inspect(path, Wishes(**wishes)).settings, tmp_path / cache)


def rows_by_id(dataset):
    return {dataset.twins(row)[0][1]: row for row in range(dataset.n_units)}


def by_unit(dataset):
    table = dataset.table()
    return {
        dataset.unit(row): (table.numbers[row].tolist(), [cells[row] for cells in table.categories.values()])
        for row in range(dataset.n_units)
    }


# --- the typed columns ---


def test_every_kind_of_column_arrives_typed(tmp_path):
    dataset = built(tmp_path, MIXED, texts=("note",))
    row = rows_by_id(dataset)
    table = dataset.table()

    assert (table.modality, table.n, table.number_names) == (Modality.TEXT, 3, ("size",))
    assert table.numbers[[row["7"], row["9"]], 0].tolist() == [1.5, -2.0]
    assert np.isnan(table.numbers[row["8"], 0])
    assert table.texts["note"][row["7"]] == "first, of all"
    assert table.categories["kind"][row["8"]] == "b"
    assert [table.dates["when"][row[name]] for name in "789"] == ["2024-12-31T00:00:00", "", "2025-01-01T00:00:00"]


def test_some_rows_are_the_same_as_in_the_whole(tmp_path):
    dataset = built(tmp_path, MIXED, texts=("note",))
    whole, some = dataset.table(), dataset.table(np.array([2, 0]))

    assert some.texts["note"].tolist() == whole.texts["note"][[2, 0]].tolist()
    assert np.array_equal(some.numbers, whole.numbers[[2, 0]], equal_nan=True)


def test_a_column_that_turns_out_not_to_be_numbers_becomes_categories(tmp_path, monkeypatch):
    monkeypatch.setattr("activelabel.project.inspection.SAMPLE_ROWS", 2)
    dataset = built(tmp_path, "a,b,c\n1,1,1\n2,2,2\n3,three,3\n4,4,4\n")

    assert (dataset.settings.roles.numbers, dataset.settings.roles.categories) == (("a", "c"), ("b",))
    assert dataset.table().number_names == ("a", "c")
    assert sorted(dataset.table().numbers.sum(axis=1)) == [2, 4, 6, 8]
    assert sorted(dataset.table().categories["b"]) == ["1", "2", "4", "three"]


def test_a_pixel_that_turns_out_not_to_be_a_number_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("activelabel.project.inspection.SAMPLE_ROWS", 1)

    with pytest.raises(BadData, match="column 'd' is a pixel, but not every cell in it is a number"):
        built(tmp_path, "a,b,c,d\n1,2,3,4\n1,2,3,x\n", pixels=(2, 2))


def test_numbers_beyond_all_bounds_are_missing(tmp_path):
    numbers = built(tmp_path, "a\n1\ninf\n-Infinity\n1e300\n").table().numbers

    assert (np.isfinite(numbers).sum(), np.isnan(numbers).sum()) == (1, 3)


def test_vectors_arrive_as_they_are(tmp_path):
    values = np.random.default_rng(0).normal(size=(50, 3)).astype("f4")
    np.save(tmp_path / "x.npy", values)

    dataset = Dataset.build(inspect(tmp_path / "x.npy", Wishes()).settings, tmp_path / "cache")

    assert dataset.table().number_names == ("vector_0", "vector_1", "vector_2")
    assert sorted(dataset.table().numbers.tolist()) == sorted(values.tolist())
    assert dataset.item(0).content.fields[0][0] == "vector"


# --- identity ---


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["a", "b", '"', "x,y"])), min_size=1, max_size=12),
    seed=st.integers(0, 9),
)
def test_nothing_depends_on_the_order_of_rows_and_columns(tmp_path, rows, seed):
    def text(header, lines):
        out = io.StringIO(newline="")
        csv.writer(out).writerows([header, *lines])
        return out.getvalue()

    shuffled = random.Random(seed).sample(rows, len(rows))
    one = built(tmp_path, text(["n", "word"], rows), id="")
    other = built(tmp_path, text(["word", "n"], [(word, n) for n, word in shuffled]), id="")

    assert one.fingerprint == other.fingerprint
    assert one.unit_ids.tolist() == other.unit_ids.tolist()
    assert one.weights.tolist() == other.weights.tolist()
    assert by_unit(one) == by_unit(other)
    assert one.audit_order(5).tolist() == other.audit_order(5).tolist()


def test_another_cell_is_another_fingerprint(tmp_path):
    assert built(tmp_path, "a,b\n1,x\n2,y\n").fingerprint != built(tmp_path, "a,b\n1,x\n2,z\n").fingerprint


def test_copies_are_one_row_with_their_number_as_weight(tmp_path):
    dataset = built(tmp_path, "a,b\n1,x\n2,y\n1,x\n1,x\n")

    assert (dataset.n_items, dataset.n_units, sorted(dataset.weights)) == (4, 2, [1, 3])
    row = int(dataset.weights.argmax())
    assert [item for item, _ in dataset.twins(row)] == [f"{dataset.unit(row)}-{place}" for place in (1, 2, 3)]
    assert dataset.item(row).id == f"{dataset.unit(row)}-1"


def test_copies_are_in_the_order_of_their_id_and_of_the_file_where_there_is_none(tmp_path):
    dataset = built(tmp_path, "doc_id,a\nc,x\na,x\nb,x\nd,y\n")
    row = int(dataset.weights.argmax())

    assert [user_id for _, user_id in dataset.twins(row)] == ["a", "b", "c"]
    assert [(item, user_id) for item, found, user_id, _ in dataset.iter_items() if found == row] == [
        (f"{dataset.unit(row)}-3", "c"),
        (f"{dataset.unit(row)}-1", "a"),
        (f"{dataset.unit(row)}-2", "b"),
    ]


def test_a_row_is_found_by_its_hash_alone(tmp_path):
    dataset = built(tmp_path, "a\n1\n2\n3\n")

    assert [dataset.row_of(dataset.unit(row)) for row in range(3)] == [0, 1, 2]
    assert dataset.row_of("0" * 20) is dataset.row_of("f" * 20) is dataset.row_of("") is None


def test_the_audit_order_holds_every_row_once_and_follows_the_seed(tmp_path):
    dataset = built(tmp_path, "a\n" + "\n".join(map(str, range(50))) + "\n")

    assert sorted(dataset.audit_order(1).tolist()) == list(range(50))
    assert dataset.audit_order(1).tolist() != dataset.audit_order(2).tolist()


def test_the_audit_order_of_old_rows_stays_when_rows_are_added(tmp_path):
    few, many = ("a\n" + "\n".join(map(str, range(size))) + "\n" for size in (50, 80))
    old = built(tmp_path, few)
    before = [old.unit(row) for row in old.audit_order(0)]
    new = built(tmp_path, many, cache="other")

    assert [unit for row in new.audit_order(0) if (unit := new.unit(row)) in set(before)] == before


# --- what a card shows ---


def test_texts_come_first_and_ids_labels_and_ignored_cells_stay_hidden(tmp_path):
    dataset = built(tmp_path, MIXED, texts=("note",), ignored=("kind",))
    item = dataset.item(rows_by_id(dataset)["8"])

    assert item.content.fields == (("note", "second"), ("size", ""), ("when", ""))
    assert (item.user_id, item.unit) == ("8", item.id.removesuffix("-1"))


def test_pixels_are_drawn_between_the_darkest_and_brightest_of_all(tmp_path):
    dataset = built(tmp_path, "a,b,c,d,word\n0,16,8,4,x\n2,2,,2,y\n", pixels=(2, 2), id="")
    pictures = {dataset.item(row).content.fields[0][1]: dataset.item(row).content.picture for row in range(2)}

    assert (pictures["x"].height, pictures["x"].width, pictures["x"].channels) == (2, 2, 1)
    assert list(pictures["x"].pixels) == [0, 255, 128, 64]
    assert list(pictures["y"].pixels) == [32, 32, 0, 32]


def test_pictures_of_one_size_keep_it_and_broken_ones_are_grey(tmp_path):
    for name, shade in (("a", 10), ("b", 200)):
        Image.new("L", (5, 4), shade).save(tmp_path / f"{name}.png")
    (tmp_path / "c.png").write_text("no picture")

    dataset = Dataset.build(inspect(tmp_path, Wishes()).settings, tmp_path / "cache")

    assert dataset.table().images.shape == (3, 4, 5)
    assert sorted(dataset.table().images[:, 0, 0].tolist()) == [10, 128, 200]
    assert (dataset.faults, [path for path, _ in dataset.faulty]) == (1, ["c.png"])
    broken = next(item for row in range(3) if (item := dataset.item(row)).content.path == "c.png")
    assert broken.content.fields[0][0] == "broken picture"


def test_pictures_of_several_sizes_and_colours_are_brought_to_one(tmp_path):
    Image.new("L", (5, 4), 10).save(tmp_path / "a.png")
    Image.new("RGB", (9, 9), (0, 0, 255)).save(tmp_path / "b.png")

    dataset = Dataset.build(inspect(tmp_path, Wishes()).settings, tmp_path / "cache")

    assert dataset.table().images.shape == (2, 64, 64, 3)
    assert sorted(dataset.table().images[:, 5, 5].tolist()) == [[0, 0, 255], [10, 10, 10]]


# --- labels, groups, all items ---


def test_existing_labels_are_by_class_and_copies_that_disagree_have_none(tmp_path):
    dataset = built(tmp_path, "a,label\n1,10\n2,9\n3, 9 \n4,\n5,9\n5,10\n6,9\n6,\n")
    unlabelled = {row for rows in dataset.labels().values() for row in rows} ^ set(range(dataset.n_units))

    assert list(dataset.labels()) == ["9", "10"]
    assert {name: len(rows) for name, rows in dataset.labels().items()} == {"9": 3, "10": 1}
    assert (len(unlabelled), dataset.conflicts) == (2, 1)


def test_without_a_label_column_there_are_no_labels(tmp_path):
    dataset = built(tmp_path, "a\n1\n2\n")

    assert (dataset.labels(), dataset.conflicts, dataset.groups()) == ({}, 0, None)


def test_rows_of_one_group_have_one_number_and_the_group_is_nothing_to_learn_from(tmp_path):
    dataset = built(tmp_path, "id,patient,x\n1,ann,5\n2,bob,6\n3,ann,7\n", group="patient")
    row, groups = rows_by_id(dataset), dataset.groups()

    assert groups[row["1"]] == groups[row["3"]] != groups[row["2"]]
    assert dataset.table().number_names == ("x",)


def test_right_answers_are_a_column_and_no_part_of_the_content(tmp_path):
    dataset = built(tmp_path, "x,label\n1,a\n2,b\n", known="label")

    assert sorted(dataset.column("label")) == ["a", "b"]
    assert (dataset.labels(), dataset.settings.roles.identity) == ({}, ("x",))


def test_all_items_come_in_file_order_with_all_their_cells(tmp_path):
    dataset = built(tmp_path, MIXED, texts=("note",))
    items = list(dataset.iter_items())

    assert [user_id for _, _, user_id, _ in items] == ["7", "8", "9"]
    assert [dict(cells)["note"] for *_, cells in items] == ["first, of all", "second", "third"]
    assert [row for _, row, _, _ in items] == [dataset.row_of(item.split("-")[0]) for item, *_ in items]
    assert [name for name, _ in items[0][3]] == ["id", "note", "size", "kind", "when", "label"]


# --- the cache ---


def test_the_copy_is_opened_again_and_gives_the_same(tmp_path):
    dataset = built(tmp_path, MIXED, texts=("note",))
    again = Dataset.open(tmp_path / "cache", dataset.settings)

    assert again.fingerprint == dataset.fingerprint
    assert by_unit(again).keys() == by_unit(dataset).keys()
    assert again.item(1) == dataset.item(1)
    assert again.source_stamp == ((tmp_path / "data.csv").stat().st_size, (tmp_path / "data.csv").stat().st_mtime_ns)


def test_the_copy_serves_when_the_data_file_has_moved(tmp_path):
    dataset = built(tmp_path, MIXED)
    (tmp_path / "data.csv").unlink()

    assert Dataset.open(tmp_path / "cache", replace(dataset.settings, data="elsewhere.csv", seed=3)) is not None


def test_settings_as_they_were_asked_for_open_the_copy_that_corrected_them(tmp_path, monkeypatch):
    monkeypatch.setattr("activelabel.project.inspection.SAMPLE_ROWS", 1)
    (tmp_path / "data.csv").write_text("a,b\n1,1\n2,two\n")
    asked = inspect(tmp_path / "data.csv", Wishes()).settings
    corrected = Dataset.build(asked, tmp_path / "cache").settings

    assert corrected != asked
    assert Dataset.open(tmp_path / "cache", asked).settings == corrected
    assert Dataset.open(tmp_path / "cache", corrected).settings == corrected


def test_there_is_nothing_to_open_for_other_settings_or_without_a_copy(tmp_path):
    dataset = built(tmp_path, MIXED)
    others = replace(dataset.settings, roles=replace(dataset.settings.roles, label=""))

    assert Dataset.open(tmp_path / "cache", others) is None
    assert Dataset.open(tmp_path / "none", dataset.settings) is None


@pytest.mark.parametrize("name", ["items.arrow", "numbers.npy", "index.npz", "meta.json"])
@pytest.mark.parametrize("harm", ["empty", "half", "missing", "folder", "noise"])
def test_a_damaged_copy_is_not_opened(tmp_path, name, harm):
    dataset = built(tmp_path, MIXED)
    path = tmp_path / "cache" / "dataset" / name
    content = path.read_bytes()
    path.unlink()
    if harm == "folder":
        path.mkdir()
    elif harm != "missing":
        noise = random.Random(0).randbytes(len(content))
        path.write_bytes({"empty": b"", "half": content[: len(content) // 2], "noise": noise}[harm])

    assert Dataset.open(tmp_path / "cache", dataset.settings) is None


def test_another_version_of_the_copy_is_not_opened(tmp_path):
    dataset = built(tmp_path, MIXED)
    path = tmp_path / "cache" / "dataset" / "meta.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": 0}))

    assert Dataset.open(tmp_path / "cache", dataset.settings) is None


def test_a_file_that_cannot_be_read_leaves_nothing_behind_and_the_old_copy_as_it_was(tmp_path):
    dataset = built(tmp_path, MIXED)
    (tmp_path / "data.csv").write_text(MIXED + "ragged\n")

    with pytest.raises(BadData, match="line 5: expected 6 cells, found 1"):
        Dataset.build(dataset.settings, tmp_path / "cache")
    assert [each.name for each in (tmp_path / "cache").iterdir()] == ["dataset"]
    assert Dataset.open(tmp_path / "cache", dataset.settings).fingerprint == dataset.fingerprint


def test_a_column_that_is_gone_is_named(tmp_path):
    dataset = built(tmp_path, MIXED)
    (tmp_path / "data.csv").write_text("id,note\n1,x\n")

    with pytest.raises(BadData, match="no column named 'size'"):
        Dataset.build(dataset.settings, tmp_path / "cache")


def test_progress_is_told_in_rows(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("a\n" + "\n".join(map(str, range(10_000))) + "\n")
    told = []

    Dataset.build(inspect(path, Wishes()).settings, tmp_path / "cache", told.append)

    assert (told[-1], told) == (10_000, sorted(told))


# --- changes and other files ---


def changed(tmp_path, content, **wishes):
    dataset = built(tmp_path, MIXED, **wishes)
    (tmp_path / "data.csv").write_text(content)
    return dataset.check_source(tmp_path / "data.csv")


def test_the_same_rows_in_any_order_and_quoting_are_no_change(tmp_path):
    header, first, *rest = MIXED.splitlines()

    assert changed(tmp_path, "\r\n".join([header, *reversed(rest), first.replace("7,", '"7",', 1)])) is None


def test_rows_that_are_new_gone_and_edited_are_counted(tmp_path):
    found = changed(tmp_path, MIXED.replace("second", "edited").replace("9,third", "10,fourth") + "11,fifth,,,,\n")

    assert (found.new, found.gone, found.changed, found.swapped) == (2, 1, 1, ())


def test_an_edited_row_without_an_id_is_one_gone_and_one_new(tmp_path):
    found = changed(tmp_path, MIXED.replace("second", "edited"), id="", ignored=("id",))

    assert (found.new, found.gone, found.changed) == (1, 1, 0)


def test_contents_that_changed_their_ids_are_named(tmp_path):
    found = changed(tmp_path, MIXED.replace("8,", "0,", 1).replace("9,", "8,", 1).replace("0,", "9,", 1))

    assert (found.new, found.gone, found.changed, found.swapped) == (0, 0, 0, ("9", "8"))
