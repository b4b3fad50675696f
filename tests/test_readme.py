"""The README says what is so: its transcripts are played, its tables compared with the code they come from."""

import re

import pytest
from support.readme import README, ROOT, algorithms, keys, played, transcripts, with_part

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
