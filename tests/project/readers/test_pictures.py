import os
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from activelabel.errors import BadData
from activelabel.project.readers.source import open_source


def read(path, column="path"):
    return [row for batch in open_source(path, image_column=column).batches() for row in batch.to_pylist()]


def drawn(path, pixels=None, mode="L", **options):
    path.parent.mkdir(exist_ok=True, parents=True)
    image = Image.fromarray(np.zeros((4, 6), np.uint8) if pixels is None else pixels)
    image.convert(mode).save(path, **options)
    return path


def faults(path):
    return {row["path"]["path"]: row["path"]["fault"] for row in read(path)}


def bomb(side):
    def chunk(kind, content):
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


def test_a_folder_gives_its_pictures_sorted_by_path(tmp_path):
    drawn(tmp_path / "b.png")
    drawn(tmp_path / "a.GIF")
    drawn(tmp_path / ".hidden.png")
    (tmp_path / "notes.txt").write_text("no picture")

    assert [row["path"]["path"] for row in read(tmp_path)] == ["a.GIF", "b.png"]


def test_a_sub_folder_for_each_class_makes_labels(tmp_path):
    drawn(tmp_path / "cat" / "1.png")
    drawn(tmp_path / "dog" / "1.png")

    assert [(row["path"]["path"], row["label"]) for row in read(tmp_path)] == [
        ("cat/1.png", "cat"),
        ("dog/1.png", "dog"),
    ]


@pytest.mark.parametrize("names", [["cat/1.png"], ["cat/1.png", "1.png"]])
def test_sub_folders_that_tell_no_classes_apart_make_no_labels(tmp_path, names):
    for name in names:
        drawn(tmp_path / name)

    assert open_source(tmp_path).names == ("path",)


def test_a_folder_without_pictures_is_refused(tmp_path):
    with pytest.raises(BadData, match="no pictures in this folder"):
        read(tmp_path)


@pytest.mark.parametrize("suffix", ["png", "jpg", "gif", "bmp", "webp"])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_every_format_is_read(tmp_path, suffix, mode):
    drawn(tmp_path / f"a.{suffix}", mode=mode)

    picture = read(tmp_path)[0]["path"]

    assert (picture["height"], picture["width"], picture["fault"]) == (4, 6, "")
    assert len(picture["pixels"]) == 24 * picture["channels"]


def test_small_pictures_keep_every_pixel(tmp_path):
    pixels = np.arange(64, dtype=np.uint8).reshape(8, 8)
    drawn(tmp_path / "a.png", pixels)

    assert read(tmp_path)[0]["path"]["pixels"] == pixels.tobytes()


def test_big_pictures_are_brought_to_96_pixels(tmp_path):
    drawn(tmp_path / "a.jpg", np.zeros((300, 600), np.uint8))

    assert (read(tmp_path)[0]["path"]["height"], read(tmp_path)[0]["path"]["width"]) == (48, 96)


def test_sixteen_bits_of_grey_keep_their_upper_eight(tmp_path):
    Image.fromarray(np.array([[0, 65535]], np.uint16)).save(tmp_path / "a.png")

    assert list(read(tmp_path)[0]["path"]["pixels"]) == [0, 255]


def test_what_is_transparent_is_white(tmp_path):
    Image.new("RGBA", (1, 1), (0, 0, 0, 0)).save(tmp_path / "a.png")

    assert list(read(tmp_path)[0]["path"]["pixels"]) == [255, 255, 255]


def test_a_photograph_is_turned_upright(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    drawn(tmp_path / "a.jpg", exif=exif)

    assert (read(tmp_path)[0]["path"]["height"], read(tmp_path)[0]["path"]["width"]) == (6, 4)


def test_the_bytes_of_the_file_identify_a_picture_not_its_name(tmp_path):
    drawn(tmp_path / "a.png")
    drawn(tmp_path / "b.png")
    drawn(tmp_path / "c.png", np.ones((4, 6), np.uint8))

    first, twin, other = (row["path"]["digest"] for row in read(tmp_path))

    assert first == twin != other


def test_broken_pictures_are_named_with_their_fault_and_the_others_are_read(tmp_path):
    whole = drawn(tmp_path / "whole.png").read_bytes()
    (tmp_path / "cut.png").write_bytes(whole[:40])
    (tmp_path / "empty.png").touch()
    (tmp_path / "page.png").write_text("<html>")
    (tmp_path / "bomb.png").write_bytes(bomb(60_000))
    (tmp_path / "wide.png").write_bytes(bomb(9_000))
    Image.new("L", (2, 2)).save(tmp_path / "tiff.png", format="TIFF")

    found = faults(tmp_path)

    assert found.pop("whole.png") == ""
    assert "pixels" in found["wide.png"]
    assert len(found) == 6
    assert all(found.values())


def test_each_fault_says_what_is_wrong(tmp_path):
    photo = drawn(tmp_path / "cut.jpg", np.random.default_rng(0).integers(0, 256, (200, 200), np.uint8))
    photo.write_bytes(photo.read_bytes()[:5000])
    (tmp_path / "empty.png").touch()
    (tmp_path / "text.png").write_text("not a picture at all")
    (tmp_path / "bomb.png").write_bytes(bomb(60_000))
    drawn(tmp_path / "whole.png")

    found = faults(tmp_path)

    assert "truncated" in found["cut.jpg"]
    assert found["empty.png"] == found["text.png"] == "none of PNG, JPEG, GIF, BMP, WEBP"
    assert found["bomb.png"] == "more than 50 million pixels"


def test_ink_is_read_as_light(tmp_path):
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(tmp_path / "red.jpg", quality=95)

    red, green, blue = np.frombuffer(read(tmp_path)[0]["path"]["pixels"], np.uint8).reshape(-1, 3).mean(axis=0)

    assert red > 240
    assert max(green, blue) < 15


def test_of_an_animation_the_first_frame_is_read(tmp_path):
    frames = [Image.new("L", (2, 2), shade) for shade in (0, 255, 100)]
    frames[0].save(tmp_path / "a.gif", save_all=True, append_images=frames[1:])

    assert set(read(tmp_path)[0]["path"]["pixels"]) == {0}


def test_a_palette_is_looked_up_and_its_transparent_colour_is_white(tmp_path):
    image = Image.new("P", (2, 1))
    image.putpalette([0, 0, 0, 10, 20, 30])
    image.putdata([0, 1])
    image.save(tmp_path / "a.png", transparency=0)

    assert list(read(tmp_path)[0]["path"]["pixels"]) == [255, 255, 255, 10, 20, 30]


def test_a_broken_picture_is_drawn_as_a_grey_blank(tmp_path):
    (tmp_path / "empty.png").touch()

    picture = read(tmp_path)[0]["path"]

    assert (picture["height"], picture["width"], set(picture["pixels"])) == (16, 16, {128})


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("../secret.png", "leads out of the folder"),
        ("/etc/passwd", "leads out of the folder"),
        ("in/../../secret.png", "leads out of the folder"),
        ("link.png", "leads out of the folder"),
        ("file:///etc/passwd", "an address, not a path"),
        ("http://localhost/a.png", "an address, not a path"),
        ("~/a.png", "not found"),
        ("circle.png", "not a path that leads anywhere"),
        ("x" * 5000, "not a path that leads anywhere"),
        ("pipe.png", "not a file"),
        ("in", "not a file"),
        ("none.png", "not found"),
        ("", "no path"),
    ],
)
def test_a_path_leads_into_the_folder_of_the_table_or_nowhere(tmp_path, text, fault):
    drawn(tmp_path / "secret.png")
    root = tmp_path / "data"
    (root / "in").mkdir(parents=True)
    (root / "link.png").symlink_to(tmp_path / "secret.png")
    (root / "circle.png").symlink_to(root / "circle.png")
    os.mkfifo(root / "pipe.png")
    (root / "table.csv").write_text(f"path,n\n{text},1\n")

    assert faults(root / "table.csv") == {text: fault}


def test_links_inside_the_folder_are_followed(tmp_path):
    drawn(tmp_path / "a.png")
    (tmp_path / "b.png").symlink_to(tmp_path / "a.png")

    assert faults(tmp_path) == {"a.png": "", "b.png": ""}
