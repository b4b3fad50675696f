"""What may differ between people: which values are taken, and which stands above which."""

from dataclasses import replace

import pytest

from activelabel.errors import ProjectError
from activelabel.project.config import PICTURES, Config, read_config, write_scheduler


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


def test_the_scheduler_of_a_new_project_is_read_back_from_its_own_table(file):
    write_scheduler(file, "tcp://10.0.0.1:8786")

    assert read_config(file).scheduler == "tcp://10.0.0.1:8786"
    assert replace(read_config(file), scheduler="") == Config()


def test_a_setting_in_the_table_of_another_is_refused(file):
    file.write_text('[label]\nscheduler = "local"\n', encoding="utf-8")

    with pytest.raises(ProjectError, match="unknown setting 'scheduler'"):
        read_config(file)
