"""The copy of the rows in the cache, and files that changed or are others."""

import json
import random
from dataclasses import replace

import pytest
from support.datasets import MIXED, built, by_unit

from activelabel.errors import BadData
from activelabel.project.dataset import Dataset
from activelabel.project.inspection import Wishes, inspect

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
