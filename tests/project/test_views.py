"""Views: which pictures get one, and that it is of the picture that was read."""

import io

import numpy as np
import pytest
from PIL import Image

from activelabel.project.dataset import Dataset
from activelabel.project.inspection import Wishes, inspect


def photo(width=1200, height=900):
    y, x = np.mgrid[:height, :width]
    return Image.fromarray(np.stack([x % 256, y % 256, (x + y) % 256], axis=-1).astype(np.uint8))


@pytest.fixture
def views_of(tmp_path):
    """Read pictures and write the views of all; return the size of each by the path of the picture."""

    def write(change=lambda: None):
        path = next(iter(tmp_path.glob("*.npy")), tmp_path / "photos")
        dataset = Dataset.build(inspect(path, Wishes()).settings, tmp_path / "cache")
        change()
        dataset.write_views(np.arange(dataset.n_units), tmp_path / "views")
        paths = {dataset.unit(row): dataset.item(row).content.path for row in range(dataset.n_units)}
        return {
            paths[file.stem]: Image.open(io.BytesIO(file.read_bytes())).size for file in (tmp_path / "views").iterdir()
        }

    (tmp_path / "photos").mkdir()
    return write


def test_a_picture_larger_than_its_thumbnail_has_a_view(tmp_path, views_of):
    photo().save(tmp_path / "photos" / "large.jpg")
    photo(300, 200).save(tmp_path / "photos" / "middle.png")
    photo(64, 64).save(tmp_path / "photos" / "small.png")

    assert views_of() == {"large.jpg": (640, 480), "middle.png": (300, 200)}


@pytest.mark.parametrize(
    ("mode", "suffix"), [("CMYK", "jpg"), ("RGBA", "png"), ("P", "gif"), ("I;16", "png"), ("1", "bmp")]
)
def test_a_view_is_made_of_every_kind_of_picture(tmp_path, views_of, mode, suffix):
    deep = Image.fromarray(np.full((900, 1200), 40_000, np.uint16))
    (deep if mode == "I;16" else photo().convert(mode)).save(tmp_path / "photos" / f"a.{suffix}")
    photo(700, 700).save(tmp_path / "photos" / "b.png")

    assert views_of()[f"a.{suffix}"] == (640, 480)


def test_a_view_is_upright_as_the_thumbnail_is(tmp_path, views_of):
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    photo().save(tmp_path / "photos" / "a.jpg", exif=exif)

    assert views_of() == {"a.jpg": (480, 640)}


@pytest.mark.parametrize("change", ["replaced", "deleted", "broken"])
def test_a_picture_that_has_changed_since_it_was_read_has_none(tmp_path, views_of, change):
    file = tmp_path / "photos" / "a.png"
    photo().save(file)
    changes = {
        "replaced": lambda: photo(900, 900).save(file),
        "deleted": file.unlink,
        "broken": lambda: file.write_bytes(file.read_bytes()[:2000]),
    }

    assert views_of(changes[change]) == {}


def test_pictures_inside_a_file_have_their_thumbnail_alone(tmp_path, views_of):
    np.save(tmp_path / "a.npy", np.zeros((3, 200, 200), np.uint8))

    assert views_of() == {}
