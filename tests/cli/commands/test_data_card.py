"""`report --card`: what is written, that programs can read it, and what is not overwritten."""

import json
import re

import pytest
import yaml

from activelabel.cli.commands.report import Wanted, report
from activelabel.project.store import Store
from activelabel.records.kinds import EventKind
from activelabel.session.classes.changes import change_of
from activelabel.session.classes.edits import parse_edit

NOW = "2026-01-01T12:00:00.000+00:00"


@pytest.fixture
def card(blobs, tmp_path, capsys):
    """Write a card and return what it says to programs, and its sections by title."""
    out = tmp_path / "README.md"

    def write(**how):
        report(blobs.layout.root, Wanted(card=out, **how))
        capsys.readouterr()
        _, head, text = out.read_text(encoding="utf-8").split("---\n", 2)
        sections = re.split(r"^##+ (.*)$", text, flags=re.MULTILINE)
        return yaml.safe_load(head), dict(zip(sections[1::2], sections[2::2], strict=True))

    return write


def edited(blobs, edit):
    with Store(blobs.layout.labels) as store:
        store.append("ann", NOW, change_of(parse_edit(edit), blobs.ledger).drafts)


def test_programs_read_task_size_features_and_classes(blobs, card):
    blobs.answer(blobs.order[:12])
    head, _ = card()
    features = {each["name"]: each["dtype"] for each in head["dataset_info"]["features"]}

    assert head["pretty_name"] == "points"
    assert head["task_categories"] == ["tabular-classification"]
    assert head["size_categories"] == ["n<1K"]
    assert head["annotations_creators"] == ["expert-generated", "machine-generated"]
    assert features["label"] == {"class_label": {"names": {"0": "red", "1": "green", "2": "blue"}}}
    assert list(features)[:5] == ["item", "name", "x", "y", "data_kind"]
    assert features["confidence"] == "float64"
    assert head["configs"][0]["data_files"] == [{"split": "train", "path": "labels.parquet"}]


def test_what_only_people_know_is_left_to_them_where_they_see_it(blobs, card):
    head, sections = card()

    assert "language" not in head
    assert head["license"] == "choose-a-license"
    assert sections["Dataset description"].count("[More Information Needed]") == 4


def test_items_are_counted_by_class_and_by_kind_of_label(blobs, card):
    blobs.answer(blobs.order[:12])
    blobs.answer([blobs.order[12]], EventKind.NOT_SURE)
    _, sections = card()
    lines = [line for line in sections["Dataset structure"].splitlines() if line.startswith("|")]
    rows = {cells[1].strip(): cells[2:-1] for cells in (line.split("|") for line in lines)}

    assert [cell.strip() for cell in rows["class"]] == ["human", "propagated", "items"]
    assert sum(int(rows[colour][-1]) for colour in ("red", "green", "blue")) + int(rows["*not sure*"][-1]) == 64


def test_errors_are_those_of_the_report_with_what_they_rest_on(blobs, card):
    blobs.answer(blobs.order[:20])
    _, sections = card()

    assert re.search(r"\| human \| \d+ \| not known \| - \| nothing \|", sections["Estimated label errors"])
    assert "20 audit answers that a label would have reached" in sections["Estimated label errors"]
    assert "fewer than 10 audit answers" not in sections["Bias, risks and limitations"]


def test_shares_and_provenance_are_told_as_the_report_tells_them(blobs, card, capsys):
    blobs.answer(blobs.order[:20])
    _, sections = card()
    report(blobs.layout.root, Wanted(as_json=True))
    made = json.loads(capsys.readouterr().out)["provenance"]

    assert re.search(
        r"\| propagated \| \d+ \| 0\.0 % \| 0\.0-\d+\.\d % \| 20 audit answers that", sections["Estimated label errors"]
    )
    assert ", ".join(f"{name} {version}" for name, version in made["libraries"].items()) in sections["Provenance"]
    assert f"fingerprint {made['fingerprint']}" in sections["Provenance"]


def test_before_an_answer_the_card_says_that_nothing_is_known(card):
    head, sections = card()

    assert head["annotations_creators"] == ["no-annotation"]
    assert "Nobody has answered yet." in sections["Who are the annotators?"]
    assert "fewer than 10 audit answers" in sections["Bias, risks and limitations"]


def test_people_are_named_or_numbered(blobs, card):
    blobs.answer(blobs.order[:3], annotator="Zoë *Ann*")

    assert r"- Zoë \*Ann\*: 3 answers" in card()[1]["Who are the annotators?"]
    assert "- annotator 1: 3 answers" in card(names=False, force=True)[1]["Who are the annotators?"]
    assert "Zo" not in "".join(card(names=False, force=True)[1].values())


def test_names_from_outside_are_shown_and_not_obeyed(blobs, card):
    edited(blobs, 'rename red = "- a: b | # <b>"')
    edited(blobs, "define green = | cell\n# head [x](y)")
    head, sections = card()
    features = {each["name"]: each["dtype"] for each in head["dataset_info"]["features"]}

    assert features["label"]["class_label"]["names"]["0"] == "- a: b | # <b>"
    assert r"| \- a\: b \| \# \<b\> |" in sections["Dataset structure"]
    assert r"- **green**: \| cell \# head \[x\](y)" in sections["Dataset structure"]


def test_a_card_is_never_replaced_unless_that_is_wished(refused, blobs, tmp_path):
    out = tmp_path / "README.md"
    out.write_text("mine", encoding="utf-8")
    code, what, hint = refused("report", "--project", blobs.layout.root, "--card", out)

    assert (code, what) == (1, f"there is a file already: {out}")
    assert "--force" in hint
    assert out.read_text(encoding="utf-8") == "mine"


def test_not_even_by_force_is_the_data_replaced_or_a_folder_made(refused, blobs, tmp_path):
    assert refused("report", "--project", blobs.layout.root, "--card", blobs.layout.labels, "--force")[0] == 1
    assert refused("report", "--project", blobs.layout.root, "--card", tmp_path / "no" / "README.md")[0] == 1
    assert not (tmp_path / "no").exists()
