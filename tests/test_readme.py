"""The README says what is so: its transcripts are played, its tables compared with the code they come from."""

import re

import pytest
from support.readme import README, ROOT, algorithms, keys, played, transcripts, with_part
from support.screens import SCENES, SCREENS

TEXT = README.read_text(encoding="utf-8")


def without_numbers(text):
    # times and shares move with the machine; everything else is to the letter
    return re.sub(r"\d[\d,.]*", "#", text)


@pytest.mark.slow
@pytest.mark.parametrize(("commands", "block"), transcripts(TEXT))
def test_a_transcript_is_what_the_commands_print(commands, block):
    assert without_numbers(played(commands)) == without_numbers(block)


def test_there_are_transcripts_and_one_is_in_sight():
    assert len(transcripts(TEXT)) == 2
    assert "$ activelabel" in "\n".join(TEXT.splitlines()[:12])


def test_the_table_of_keys_is_that_of_the_prompt():
    assert with_part(TEXT, "keys", keys()) == TEXT


def test_the_table_of_algorithms_is_the_registry():
    assert with_part(TEXT, "algorithms", algorithms()) == TEXT


def test_links_lead_to_files():
    links = re.findall(r"\]\((?!http)([^)#]+)", TEXT)

    assert links
    assert all((ROOT / link).exists() for link in links)


def test_the_gate_runs_the_commands_of_the_readme():
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert "README.md" in gate


def test_every_picture_of_a_screen_is_drawn_by_the_script_and_shown_in_the_docs():
    drawn = {f"{scene.name}.svg" for scene in SCENES}
    shown = set(re.findall(r"screens/([a-z-]+\.svg)", (ROOT / "docs" / "screens.md").read_text(encoding="utf-8")))

    assert drawn == shown == {path.name for path in SCREENS.iterdir()}
    assert not [path.name for path in SCREENS.iterdir() if "http" in path.read_text().replace("http://www.w3.org", "")]
