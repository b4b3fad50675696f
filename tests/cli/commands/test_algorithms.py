import json

from activelabel.learning.registry import KINDS


def test_every_algorithm_is_listed_with_what_it_was_measured_to_be_worth(command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")

    code, lines, _ = command("algorithms")

    assert code == 0
    first = [line.strip() for line in lines if line.startswith("      measured: ")]
    assert len(first) == sum(map(len, KINDS.values()))
    assert all(line.startswith("measured: digits .") for line in first)
    assert len([line for line in lines if line.strip().startswith("austen .")]) == len(first)
    assert "accuracy of logistic regression after 50 answers" in " ".join(lines)


def test_figures_and_verdicts_are_in_the_json(command):
    code, lines, _ = command("algorithms", "--json")
    found = json.loads("\n".join(lines))["strategy"]["entropy"]

    assert code == 0
    assert found["source"]
    assert found["measured"]["digits"]["verdict"] == "loses to random"
    assert set(found["measured"]["austen"]) >= {"mean", "error", "beside", "ahead", "ahead_error", "verdict"}
