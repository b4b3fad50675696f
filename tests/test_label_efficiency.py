"""What the benchmark of accuracy against labels does with its figures, and which data it finds."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from comparison import ahead_of, set_tables, summary
from contenders import contenders
from problems import in_places

ROOT = Path(__file__).parents[1]


def curves(ours, margin, representatives):
    each = {"activelabel": ours, "margin": margin, "representatives": representatives}
    return {
        "labels": [10, 20],
        "contenders": {
            name: {"mean": np.mean(runs, axis=0).tolist(), "sd": np.std(runs, axis=0).tolist(), "each": runs}
            for name, runs in each.items()
        },
        "all labels": 0.9,
    }


BEHIND = curves([[0.5, 0.8], [0.5, 0.8]], [[0.4, 0.8], [0.4, 0.8]], [[0.54, 0.81], [0.56, 0.81]])


def test_the_difference_to_a_rival_is_paired_split_by_split():
    result = curves([[0.5, 0.6], [0.7, 0.8]], [[0.4, 0.6], [0.5, 0.8]], [[0.0, 0.0], [0.0, 0.0]])

    assert ahead_of(result, "margin") == {10: (0.15, 0.05), 20: (0.0, 0.0)}


def test_a_set_that_is_too_far_behind_is_named_with_the_rival():
    assert summary({"hard": BEHIND}).splitlines()[-1] == "- hard at 10: -0.050 ±0.010 to representatives"


def test_a_difference_within_two_standard_errors_of_two_points_is_none_to_name():
    near = curves([[0.5, 0.8], [0.5, 0.8]], [[0.4, 0.8], [0.4, 0.8]], [[0.52, 0.82], [0.56, 0.82]])

    assert summary({"even": near}).splitlines()[-1].endswith("paired difference: nowhere")


def test_a_set_counts_in_the_means_at_the_numbers_of_labels_it_was_looked_at():
    short = {**BEHIND, "labels": [10]}
    short["contenders"] = {
        name: {key: np.array(value)[..., :1].tolist() for key, value in curve.items()}
        for name, curve in BEHIND["contenders"].items()
    }

    rows = {line.split(" | ")[0]: line for line in summary({"whole": BEHIND, "short": short}).splitlines()}

    assert rows["| sets"] == "| sets | 2 | 1 |"
    assert rows["| short"] == "| short | -0.050 ±0.010 |  |"


def test_every_contender_has_a_row_in_the_table_of_a_set():
    assert [line.split(" | ")[0] for line in set_tables({"hard": BEHIND}).splitlines()[2:] if line] == [
        "| activelabel",
        "| margin",
        "| representatives",
        "| all labels",
    ]


def test_files_and_folders_of_pictures_are_found_by_name_and_what_has_no_labels_is_left_out(tmp_path):
    (tmp_path / "list.csv").write_text("name,rows\na,1\n", encoding="utf-8")
    pictures = tmp_path / "shapes"
    pictures.mkdir()
    for number, source in enumerate(sorted((ROOT / "sample_data" / "digits").glob("*.png"))[:4]):
        (pictures / f"{number}.png").write_bytes(source.read_bytes())
    (pictures / "labels.csv").write_text("path,label\n0.png,a\n1.png,b\n2.png,a\n3.png,b\n", encoding="utf-8")

    found = dict(in_places([tmp_path, ROOT / "sample_data" / "penguins.csv"], 100))

    assert {name: (problem.table.modality, len(problem.labels)) for name, problem in found.items()} == {
        "shapes": ("image", 4),
        "penguins": ("table", 100),
    }


def test_ours_and_its_two_rivals_are_always_compared():
    assert list(contenders())[:4] == ["activelabel", "margin", "representatives", "textbook"]


@pytest.mark.slow
def test_the_figures_do_not_depend_on_the_number_of_processes(tmp_path):
    found = []
    for processes in ("1", "2"):
        place = tmp_path / f"{processes}.json"
        command = ["label_efficiency.py", "../sample_data/penguins.csv", "--budget", "20", "--seeds", "2"]
        subprocess.run(
            [sys.executable, *command, "--processes", processes, "--json", str(place)],
            cwd=ROOT / "benchmarks",
            capture_output=True,
            check=True,
        )
        found.append(json.loads(place.read_text(encoding="utf-8")))

    assert found[0] == found[1]
    assert found[0]["penguins"]["labels"] == [10, 20]
