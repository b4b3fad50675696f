import io
import zipfile

import numpy as np
import pytest

from activelabel.errors import BadData
from activelabel.project.readers import arrays
from activelabel.project.readers.source import open_source


def read(path):
    return [row for batch in open_source(path).batches() for row in batch.to_pylist()]


def saved(tmp_path, array, name="data.npy"):
    path = tmp_path / name
    np.save(path, array, allow_pickle=True)
    return path


def refusal(path):
    with pytest.raises(BadData) as caught:
        read(path)
    return str(caught.value)


@pytest.mark.parametrize("dtype", ["f4", "f8", "f2", "i2", "u1", "?", ">f8", ">i4"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_rows_of_numbers_are_vectors_whatever_their_type(tmp_path, dtype, order):
    values = np.array([[0, 1, 2], [3, 4, 5]]).astype(dtype)

    rows = read(saved(tmp_path, np.asarray(values, order=order)))

    assert [row["vector"] for row in rows] == values.astype(int).tolist()


def test_many_rows_come_in_pieces_and_in_order(tmp_path, monkeypatch):
    monkeypatch.setattr(arrays, "BATCH_BYTES", 100)
    values = np.arange(600, dtype="f4").reshape(200, 3)

    assert [row["vector"] for row in read(saved(tmp_path, values))] == values.tolist()


def test_a_stack_of_pictures_is_scaled_by_the_darkest_and_brightest_of_all(tmp_path):
    stack = np.zeros((2, 3, 4))
    stack[1, 2, 3] = 16

    dark, bright = (row["picture"] for row in read(saved(tmp_path, stack)))

    assert (dark["height"], dark["width"], dark["channels"]) == (3, 4, 1)
    assert (set(dark["pixels"]), bright["pixels"][-1]) == ({0}, 255)


def test_colour_pictures_have_three_channels(tmp_path):
    assert read(saved(tmp_path, np.zeros((1, 2, 2, 3), "u1")))[0]["picture"]["channels"] == 3


def test_labels_in_an_archive_are_a_column(tmp_path):
    np.savez(tmp_path / "data.npz", X=np.eye(2), y=np.array([7, 3]))

    assert [row["label"] for row in read(tmp_path / "data.npz")] == ["7", "3"]


def test_an_archive_of_many_arrays_must_say_which_holds_the_rows(tmp_path):
    np.savez(tmp_path / "data.npz", left=np.eye(2), right=np.eye(2))

    assert "which array holds the rows? it has left (2, 2), right (2, 2)" in refusal(tmp_path / "data.npz")


def test_labels_of_another_length_are_refused(tmp_path):
    np.savez(tmp_path / "data.npz", X=np.eye(2), y=np.zeros(3))

    assert refusal(tmp_path / "data.npz").endswith("'X' has 2 rows, 'y' has 3")


@pytest.mark.parametrize("name", ["data.npy", "data.npz"])
def test_pickles_are_refused_and_nothing_runs(tmp_path, name):
    class Trap:
        def __reduce__(self):
            return (open, (str(tmp_path / "ran"), "w"))

    path = tmp_path / name
    (np.save if name.endswith("y") else np.savez)(path, np.array([[Trap()]], dtype=object), allow_pickle=True)

    assert "an object array (pickle) is refused" in refusal(path)
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("array", "said"),
    [
        (np.zeros(3), "an array of shape (3,)"),
        (np.zeros((0, 3)), "no rows: the array has shape (0, 3)"),
        (np.zeros((2, 2, 2, 2)), "an array of shape (2, 2, 2, 2)"),
        (np.zeros((2, 2), complex), "an array of type complex128"),
        (np.array([["a", "b"]]), "an array of type <U1"),
    ],
)
def test_arrays_that_hold_no_rows_of_numbers_are_refused(tmp_path, array, said):
    assert said in refusal(saved(tmp_path, array))


@pytest.mark.parametrize("shape", [(2**40, 1000), (3, 2**62), (1, 1)])
def test_a_header_that_promises_another_size_is_refused_before_any_memory_is_taken(tmp_path, shape):
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<f8", "fortran_order": False, "shape": shape})
    path = tmp_path / "data.npy"
    path.write_bytes(header.getvalue() + bytes(96))

    assert "bytes, there are 96" in refusal(path)


@pytest.mark.parametrize("content", [b"no header", b"\x93NUMPY\x01\x00\x10\x00{'descr': [[[[", b"\x93NUMPY\x09\x09"])
def test_what_is_no_npy_is_refused(tmp_path, content):
    path = tmp_path / "data.npy"
    path.write_bytes(content)

    assert "not a .npy header" in refusal(path)


def test_an_archive_that_unpacks_to_too_much_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(arrays, "MOST_UNPACKED_BYTES", 1 << 20)
    np.savez_compressed(tmp_path / "data.npz", X=np.zeros((1 << 10, 1 << 8)))

    assert "too large: it unpacks to 2 MiB, the limit is 1" in refusal(tmp_path / "data.npz")


def test_a_damaged_archive_is_refused(tmp_path):
    path = tmp_path / "data.npz"
    np.savez(path, X=np.eye(20))
    content = bytearray(path.read_bytes())
    content[500:520] = bytes(range(20))
    path.write_bytes(content)

    assert "not a readable .npz file" in refusal(path)


def test_what_is_no_archive_is_refused(tmp_path):
    (tmp_path / "data.npz").write_bytes(b"hello")

    assert "not a readable .npz file" in refusal(tmp_path / "data.npz")


def test_members_are_never_unpacked_to_disk(tmp_path):
    content = io.BytesIO()
    np.save(content, np.eye(2))
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "data.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../out.npy", content.getvalue())

    assert len(read(path)) == 2
    assert [each.name for each in tmp_path.iterdir()] == ["in"]
