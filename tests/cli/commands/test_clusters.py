"""`clusters`: every group in a row, one of them at length, the same as JSON."""

import json

import pytest


def test_every_cluster_has_a_row_with_its_labels_and_its_ends(command, clouds):
    clouds.answer(clouds.order[:30])
    code, out, _ = command("clusters", "--project", clouds.layout.root)

    assert code == 0
    assert out[0].split()[:4] == ["items", "labels", "so", "far"]
    assert [line.split()[:2] for line in out[1:]] == [["0", "90"], ["1", "60"], ["2", "30"]]
    assert "green (" in out[2]
    assert "100 % of" in out[2]


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_a_table_fits_its_width(command, clouds, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    clouds.answer(clouds.order[:30])
    _, out, _ = command("clusters", "--project", clouds.layout.root)

    assert all(len(line) <= width for line in out)


def test_one_cluster_is_shown_with_all_its_members(command, clouds):
    _, out, _ = command("clusters", "2", "--project", clouds.layout.root)
    _, plain, _ = command("clusters", "2", "--project", clouds.layout.root, "--json")
    found = json.loads("\n".join(plain))["clusters"]

    assert out[0] == "cluster 2: 30 items"
    assert out[-30:] == found[0]["members"]
    assert len(found[0]["typical"]) == 5
    assert found[0]["members"][0] == found[0]["typical"][0]["item"]


def test_json_says_how_pure_the_labels_of_each_are(command, clouds):
    rows = [row for row in clouds.order if clouds.true[row] == "green"][:4]
    clouds.answer(rows)
    _, out, _ = command("clusters", "--project", clouds.layout.root, "--json")
    found = json.loads("\n".join(out))["clusters"]

    assert [cluster["size"] for cluster in found] == [90, 60, 30]
    assert found[1]["labels"] == {"green": 4}
    assert found[1]["purity"] == 1.0
    assert found[0]["purity"] is None


def test_a_number_that_is_no_cluster_is_refused(refused, clouds):
    code, what, hint = refused("clusters", "3", "--project", clouds.layout.root)

    assert (code, what, hint) == (2, "no cluster 3", "they are numbered from 0 to 2")
