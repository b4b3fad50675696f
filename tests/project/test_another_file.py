import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from PIL import Image

from activelabel.errors import BadData
from activelabel.project.another_file import AnotherFile, read_labelled, rows_about
from activelabel.project.dataset import Dataset
from activelabel.project.inspection import Wishes, inspect


def built(path, folder, **wishes):
    return Dataset.build(inspect(path, Wishes(**wishes)).settings, folder / "cache")


def test_hashes_are_those_of_the_project_whatever_order_the_columns_are_in(tmp_path):
    data, other = tmp_path / "data.csv", tmp_path / "other.csv"
    data.write_text("note,size\nfirst,1\nsecond,2\n")
    other.write_text("size,note,more\n2,second,x\n3,third,y\n")
    dataset = built(data, tmp_path, texts=("note",))

    (rows,) = AnotherFile(dataset, other).batches()
    places = dataset.rows_of(rows.units)

    assert dataset.column("note")[places[0]] == "second"
    assert places[1] == -1
    assert rows.cells[1] == (("size", "3"), ("note", "third"), ("more", "y"))


def test_of_equal_contents_each_says_which_one_it_is_in_the_file(tmp_path):
    data, other = tmp_path / "data.csv", tmp_path / "other.csv"
    data.write_text("size,note\n1,a\n2,b\n")
    # more rows than a batch, so that counting has to go on over batches
    other.write_text("size,note\n" + "1,a\n2,b\n" * 3_000)

    items = [item for rows in AnotherFile(built(data, tmp_path), other).batches() for item in rows.items]

    assert len(set(items)) == 6_000
    assert [item.rpartition("-")[2] for item in items[-2:]] == ["3000", "3000"]


def test_vectors_of_another_length_are_refused(tmp_path):
    np.save(tmp_path / "data.npy", np.eye(6, dtype=np.float32))
    np.save(tmp_path / "other.npy", np.eye(5, dtype=np.float32))
    dataset = built(tmp_path / "data.npy", tmp_path)

    with pytest.raises(BadData, match="5 numbers a row, the project has 6"):
        next(AnotherFile(dataset, tmp_path / "other.npy").batches())


def test_vectors_in_the_place_of_words_are_refused(tmp_path):
    data = tmp_path / "data.csv"
    data.write_text("vector,size\na,1\nb,2\na,3\nb,4\n")
    dataset = built(data, tmp_path, id="size")
    np.save(tmp_path / "other.npy", np.eye(5, dtype=np.float32))

    with pytest.raises(BadData, match="column 'vector' holds vectors"):
        next(AnotherFile(dataset, tmp_path / "other.npy").batches())


def test_pictures_are_read_from_another_folder_and_broken_ones_counted(tmp_path):
    for folder in ("data", "other"):
        (tmp_path / folder).mkdir()
        for number in range(3):
            pixels = np.full((4, 4), 40 * number + len(folder), dtype=np.uint8)
            Image.fromarray(pixels).save(tmp_path / folder / f"{number}.png")
    (tmp_path / "other" / "2.png").write_bytes(b"no picture")
    dataset = built(tmp_path / "data", tmp_path)

    (rows,) = AnotherFile(dataset, tmp_path / "other").batches()

    assert (rows.table.images.shape, rows.blanks) == ((3, 4, 4), 1)
    assert [dict(cells)["path"] for cells in rows.cells] == ["0.png", "1.png", "2.png"]


@pytest.fixture
def mixed(tmp_path):
    """A data set with a number, a category, a date and a text, built in commas."""
    data = tmp_path / "data.csv"
    data.write_text("id,note,size,kind,when\n7,first,1.5,a,31.12.2024\n8,second,,b,\n9,third,-2,a,1.1.2025\n")
    return built(data, tmp_path, id="id", texts=("note",))


def test_a_file_to_judge_by_is_read_in_its_own_order(mixed, tmp_path):
    other = tmp_path / "test.csv"
    other.write_text("truth,size,note,when,kind\n ham,3,x,5.6.2024,c\nspam,,y,,d\n")

    table, labels = read_labelled(mixed, other, "truth")

    assert (labels, table.texts["note"].tolist()) == (["ham", "spam"], ["x", "y"])
    assert (table.numbers[0, 0], table.dates["when"][0]) == (3, "2024-06-05T00:00:00")


def test_a_file_to_judge_by_may_be_of_another_format(mixed, tmp_path):
    other = tmp_path / "test.tsv"
    other.write_text("truth\tsize\tnote\twhen\tkind\nham\t3\tx, y\t\tc\n")

    table, labels = read_labelled(mixed, other, "truth")

    assert (labels, table.texts["note"].tolist()) == (["ham"], ["x, y"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("size,note,when,kind\n3,x,,c\n", "no column named 'truth'"),
        ("truth,note,when,kind\nham,x,,c\n", "no column named 'size'"),
        ("truth,size,note,when,kind\nham,1,x,,c\nham,big,x,,c\n", "row 2: 'big' in column 'size' is no number"),
        ("truth,size,note,when,kind\n", "no rows"),
    ],
)
def test_a_file_to_judge_by_that_does_not_fit_is_refused(mixed, tmp_path, content, said):
    other = tmp_path / "test.csv"
    other.write_text(content)

    with pytest.raises(BadData, match=said):
        read_labelled(mixed, other, "truth")


def test_a_model_is_not_judged_by_vectors_of_another_length_or_in_the_place_of_words(tmp_path):
    np.savez(tmp_path / "data.npz", X=np.eye(6, dtype=np.float32), y=list("aabbab"))
    np.savez(tmp_path / "other.npz", X=np.eye(5, dtype=np.float32), y=list("aabba"))
    words = tmp_path / "words.csv"
    words.write_text("vector,size\na,1\nb,2\na,3\nb,4\n")

    with pytest.raises(BadData, match="5 numbers a row, the project has 6"):
        read_labelled(built(tmp_path / "data.npz", tmp_path / "vectors"), tmp_path / "other.npz", "label")
    with pytest.raises(BadData, match="column 'vector' holds vectors"):
        read_labelled(built(words, tmp_path / "words", id="size"), tmp_path / "other.npz", "label")


def test_rows_are_counted_without_reading_them_where_that_can_be(tmp_path):
    (tmp_path / "a.csv").write_text("x\n1\n2\n")
    (tmp_path / "a.jsonl").write_text('{"x": 1}\n{"x": 2}\n')
    np.save(tmp_path / "a.npy", np.zeros((2, 3)))
    np.savez(tmp_path / "a.npz", X=np.zeros((2, 3)))
    pq.write_table(pa.table({"x": [1, 2]}), tmp_path / "a.parquet")

    found = {form: rows_about(tmp_path / f"a.{form}") for form in ("csv", "jsonl", "npy", "parquet", "npz")}

    assert found == {"csv": 2, "jsonl": 2, "npy": 2, "parquet": 2, "npz": None}
