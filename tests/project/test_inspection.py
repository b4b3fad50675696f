from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from activelabel.errors import BadData, WrongUse
from activelabel.project.inspection import SAMPLE_ROWS, Wishes, inspect
from activelabel.records.kinds import Modality

SAMPLE_DATA = Path(__file__).parents[2] / "sample_data"


def looked_at(tmp_path, content, **wishes):
    path = tmp_path / "data.csv"
    path.write_text(content)
    return inspect(path, Wishes(**wishes))


def column(tmp_path, *cells):
    """Roles of a column `c` beside one of numbers."""
    rows = "\n".join(f"{cell},{number}.5" for number, cell in enumerate(cells))
    return looked_at(tmp_path, f"c,n\n{rows}\n").settings.roles


@pytest.mark.parametrize(
    ("name", "modality", "classes"),
    [
        ("penguins.csv", Modality.TABLE, 3),
        ("birdstrikes.csv", Modality.TABLE, 2),
        ("austen.csv", Modality.TEXT, 6),
        ("digits.csv", Modality.IMAGE, 10),
        ("digits/labels.csv", Modality.IMAGE, 10),
        ("digits", Modality.IMAGE, 0),
    ],
)
def test_the_sample_data_is_seen_for_what_it_is(name, modality, classes):
    found = inspect(SAMPLE_DATA / name, Wishes())

    assert (found.settings.modality, len(found.classes), found.whole) == (modality, classes, True)


def test_what_was_found_is_said_in_a_line_each():
    assert inspect(SAMPLE_DATA / "penguins.csv", Wishes()).findings == (
        "a table (csv), 344 rows",
        "numbers: bill_length_mm, bill_depth_mm, flipper_length_mm, body_mass_g, year",
        "categories: island, sex",
        "labels: label, 3 classes (Adelie, Chinstrap, Gentoo)",
        "missing: bill_length_mm 2, bill_depth_mm 2, flipper_length_mm 2, body_mass_g 2, sex 11 of 344",
    )


def test_pixel_columns_are_drawn_row_by_row_whatever_their_order():
    roles = inspect(SAMPLE_DATA / "digits.csv", Wishes()).settings.roles

    assert roles.pixels == (8, 8)
    assert roles.numbers[:9] == (*(f"pixel_0_{place}" for place in range(8)), "pixel_1_0")


def test_a_folder_says_that_it_holds_a_table():
    assert any("labels.csv" in line for line in inspect(SAMPLE_DATA / "digits", Wishes()).findings)


@pytest.mark.parametrize("mark", ["", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "?", "-", " "])
def test_numbers_may_be_missing_in_many_ways(tmp_path, mark):
    assert "c" in column(tmp_path, "1", mark, "2.5e3").numbers


@pytest.mark.parametrize(
    "cells",
    [("007", "010"), ("1", "two"), ("1,5", "2"), ("12345678901234567", "1"), ("0x1F", "1"), ("", ""), ("NA", "NA")],
)
def test_codes_and_words_are_no_numbers(tmp_path, cells):
    assert "c" in column(tmp_path, *(f'"{cell}"' for cell in cells)).categories


@pytest.mark.parametrize("cells", [("0", "0.5"), ("-1", "+2"), (".5", "5."), ("1e5", "-0")])
def test_a_lone_zero_and_signs_are_numbers(tmp_path, cells):
    assert "c" in column(tmp_path, *cells).numbers


@pytest.mark.parametrize(
    "cells",
    [
        ("2024-01-31", "2023-12-01"),
        ("2024-01-31T10:20:30Z", "2024-01-31 10:20:30.125+02:00"),
        ("31.1.2024", "01.12.2023"),
        ("31/01/2024 10:20", ""),
        ("01/31/2024", "12/01/2023"),
    ],
)
def test_dates_are_seen_in_the_usual_forms(tmp_path, cells):
    assert column(tmp_path, *cells).dates == ("c",)


@pytest.mark.parametrize("cells", [("2024-01-31", "soon"), ("31.01.2024", "2024-01-31"), ("2024-13-01", "2024-01-01")])
def test_cells_of_no_single_form_are_no_dates(tmp_path, cells):
    assert "c" in column(tmp_path, *cells).categories


def test_sentences_are_text_and_repeated_ones_are_categories(tmp_path):
    sentence = "this is a whole sentence, number"

    assert column(tmp_path, *(f'"{sentence} {number}"' for number in range(9))).texts == ("c",)
    assert column(tmp_path, *(f'"{sentence} {number % 2}"' for number in range(9))).categories == ("c",)


@pytest.mark.parametrize("name", ["id", "ID", "doc_id", "userId", "UUID", "key"])
def test_an_id_has_a_telling_name_and_no_value_twice(tmp_path, name):
    assert looked_at(tmp_path, f"{name},x\n1,5\n2,6\n").settings.roles.id == name
    assert looked_at(tmp_path, f"{name},x\n1,5\n1,6\n").settings.roles.id == ""


@pytest.mark.parametrize("name", ["paid", "humid", "n", "grid"])
def test_other_columns_are_no_ids_however_distinct(tmp_path, name):
    assert looked_at(tmp_path, f"{name},x\n1,5\n2,6\n").settings.roles.id == ""


def test_ids_and_labels_do_not_make_an_item_what_it_is(tmp_path):
    roles = looked_at(tmp_path, "id,text,label,extra\n1,a,x,p\n2,b,y,q\n", ignored=("extra",)).settings.roles

    assert (roles.identity, roles.ignored) == (("text", "extra"), ("extra",))


def test_a_column_of_many_values_is_no_label_whatever_its_name(tmp_path):
    rows = "\n".join(f"{number},{number / 7}" for number in range(100))

    assert looked_at(tmp_path, f"x,y\n{rows}\n").settings.roles.label == ""


def test_a_label_column_may_be_empty_in_part(tmp_path):
    found = looked_at(tmp_path, "x,Label\n1,ham\n2,\n3,spam\n")

    assert (found.settings.roles.label, found.classes) == ("Label", ("ham", "spam"))
    assert "labels: Label, 2 classes (ham, spam), 1 row without one" in found.findings


def test_every_guess_can_be_overruled(tmp_path):
    content = "id,label,note,visit,n\n1,a,short,7,2\n2,b,words,8,3\n"
    roles = looked_at(tmp_path, content, id="", label="n", texts=("note",), group="visit", known="label").settings.roles

    assert (roles.id, roles.label, roles.texts, roles.group, roles.known) == ("", "n", ("note",), "visit", "label")
    assert (roles.numbers, roles.identity) == (("id",), ("id", "note", "visit"))


def test_no_label_is_looked_for_where_none_is_wanted_or_answers_are_known(tmp_path):
    assert looked_at(tmp_path, "x,label\n1,a\n2,b\n", label="").settings.roles.categories == ("label",)
    assert looked_at(tmp_path, "x,y,label\n1,0,a\n2,1,b\n", known="label").settings.roles.label == ""


def test_a_column_that_does_not_exist_is_named_with_the_nearest(tmp_path):
    with pytest.raises(WrongUse, match="no column named 'lable'") as caught:
        looked_at(tmp_path, "x,label\n1,a\n", label="lable")
    assert caught.value.hint == "try 'label'"


def test_one_column_cannot_have_two_roles(tmp_path):
    with pytest.raises(WrongUse, match="column 'x' is given two roles"):
        looked_at(tmp_path, "x,label\n1,a\n", id="x", ignored=("x",))


def test_pixels_must_fit_the_columns_of_numbers(tmp_path):
    roles = looked_at(tmp_path, "a,b,c,d,label\n1,2,3,4,x\n", pixels=(2, 2)).settings.roles

    assert roles.pixels == (2, 2)
    with pytest.raises(WrongUse, match="--pixels 2x3 needs 6 columns of numbers, there are 4"):
        looked_at(tmp_path, "a,b,c,d,label\n1,2,3,4,x\n", pixels=(2, 3))


def test_rows_of_an_array_can_be_pixels(tmp_path):
    np.save(tmp_path / "x.npy", np.zeros((3, 6)))

    plain = inspect(tmp_path / "x.npy", Wishes())
    drawn = inspect(tmp_path / "x.npy", Wishes(pixels=(2, 3)))

    assert (plain.settings.modality, drawn.settings.modality) == (Modality.VECTORS, Modality.IMAGE)
    assert "vectors of 6 numbers" in plain.findings


def test_paths_are_pictures_only_where_they_lead_to_some(tmp_path):
    content = "path,n\na.png,1\nb.PNG,2\n"

    assert looked_at(tmp_path, content).settings.modality is Modality.TABLE
    Image.new("L", (2, 2)).save(tmp_path / "b.PNG")
    assert looked_at(tmp_path, content).settings.modality is Modality.IMAGE


def test_only_the_first_rows_are_looked_at(tmp_path):
    rows = "\n".join(map(str, range(SAMPLE_ROWS + 1)))
    found = looked_at(tmp_path, f"n\n{rows}\n")

    assert (found.rows, found.whole) == (SAMPLE_ROWS, False)
    assert found.findings[0] == "a table (csv), the first 10,000 rows were looked at"


def test_a_first_line_of_numbers_raises_a_doubt(tmp_path):
    assert "is the first line a row" in looked_at(tmp_path, "1.5,2.5\n3,4\n").findings[-1]


def test_what_was_found_in_the_file_is_kept_in_the_settings(tmp_path):
    path = tmp_path / "data.csv"
    path.write_bytes("text;n\nà;1\n".encode("utf-16"))

    settings = inspect(path, Wishes()).settings

    assert (settings.format, settings.encoding, settings.delimiter) == ("csv", "utf-16", ";")


@pytest.mark.parametrize(
    ("content", "wishes", "said"),
    [
        ("a,b\n", {}, "no rows"),
        ("id,label\n1,x\n2,y\n", {}, "no column is left to learn from"),
        ("a,b\n1,2\n", {"ignored": ("a", "b")}, "no column is left to learn from"),
    ],
)
def test_data_with_nothing_to_learn_from_is_refused(tmp_path, content, wishes, said):
    with pytest.raises(BadData, match=said):
        looked_at(tmp_path, content, **wishes)
