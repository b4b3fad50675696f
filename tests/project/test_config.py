"""What may differ between people: which values are taken, and which stands above which."""

import pytest

from activelabel.errors import ProjectError
from activelabel.project.config import PICTURES, read_config


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.delenv("ACTIVELABEL_PICTURES", raising=False)
    return tmp_path / "activelabel.toml"


@pytest.mark.parametrize("way", PICTURES)
def test_every_way_to_draw_pictures_can_be_chosen(file, way):
    file.write_text(f'[label]\npictures = "{way}"\n')

    assert read_config(file).pictures == way


def test_the_environment_stands_above_the_file(file, monkeypatch):
    file.write_text('[label]\npictures = "kitty"\n')
    monkeypatch.setenv("ACTIVELABEL_PICTURES", "sixel")

    assert read_config(file).pictures == "sixel"


def test_a_way_that_does_not_exist_is_refused_where_it_was_written(file, monkeypatch):
    file.write_text('[label]\npictures = "ascii"\n')
    with pytest.raises(ProjectError, match=r"pictures is 'ascii': .*activelabel\.toml") as refused:
        read_config(file)
    assert refused.value.hint == "write one of auto, kitty, iterm2, sixel, blocks"

    monkeypatch.setenv("ACTIVELABEL_PICTURES", "png")
    with pytest.raises(ProjectError, match="pictures is 'png': ACTIVELABEL_PICTURES"):
        read_config(file)
