from pathlib import Path

import pytest

from activelabel.errors import ProjectError
from activelabel.project.layout import Layout
from activelabel.project.settings import settings_of


def test_a_project_without_settings_is_named_with_what_to_do():
    with pytest.raises(ProjectError, match=r"no settings recorded: birds/labels\.db") as refused:
        settings_of(Layout(Path("birds")), None)
    assert "activelabel init" in refused.value.hint


def test_the_settings_of_a_project_are_those_recorded(blobs):
    assert settings_of(blobs.layout, blobs.ledger.settings) == blobs.ledger.settings
