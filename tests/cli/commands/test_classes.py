"""`classes`: listed and edited from outside a session."""

import json

import pytest

from activelabel.project.locks import hold
from activelabel.project.store import Store


@pytest.fixture
def classes(command, blobs):
    def start(*arguments):
        code, lines, said = command("classes", *arguments, "--project", blobs.layout.root)
        assert code == 0, said
        return lines

    return start


@pytest.fixture
def refused_classes(refused, blobs):
    return lambda *arguments: refused("classes", *arguments, "--project", blobs.layout.root)


def names(blobs):
    return [known.name for known in blobs.ledger.classes.values()]


def test_classes_are_listed_with_key_labels_definition_and_examples(classes, blobs):
    (event,) = blobs.answer([0], colour="red")
    classes("define", "red", "like blood")
    classes("example", "red", event.item)

    first, second, third, *rest = classes()
    assert (first, second.strip(), rest) == ("[1] red 1", "like blood", ["[2] green 0", "[3] blue 0"])
    assert third.strip().startswith(f"example: {blobs.dataset.item(0).user_id}, ")
    assert blobs.ledger.classes[event.data["classes"][0]].id not in "".join([first, second, third, *rest])


def test_the_list_as_json_has_the_same_facts(classes, blobs):
    blobs.answer([0], colour="green")
    green = json.loads("\n".join(classes("--json")))[1]

    assert green == {"key": "2", "name": "green", "labels": 1, "imported": 0, "definition": "", "examples": []}


def test_each_edit_prints_what_came_of_it(classes, blobs):
    blobs.answer([0, 1], colour="red")

    assert classes("rename", "red", "crimson") == ["red is called crimson from now on, with its key and 2 labels"]
    assert classes("merge", "green", "blue", "--into", "cool") == [
        "green and blue become cool, which then has 0 labels"
    ]
    assert classes("split", "crimson", "--into", "dark,light") == [
        "crimson is split into dark and light: 2 labels of crimson will be asked again"
    ]
    assert classes("key", "cool", "x") == ["the key of cool is x instead of 2"]
    assert classes("add", "yellow") == ["yellow is a class, with the key 6"]
    assert names(blobs) == ["cool", "dark", "light", "yellow"]
    assert len(blobs.ledger.doubted) == 2


def test_an_edit_is_undone_by_the_command_that_undoes_answers(classes, command, blobs):
    classes("merge", "green", "blue", "--into", "cool")
    classes("add", "yellow")
    _, lines, _ = command("undo", 2, "--project", blobs.layout.root)

    assert lines == ["undone classes = the class yellow", "undone classes = blue into cool"]
    assert names(blobs) == ["red", "green", "blue"]


def test_an_item_of_the_data_that_was_never_asked_can_be_an_example(classes, blobs):
    row = blobs.order[0]
    classes("example", "red", blobs.dataset.item(row).id)
    classes("example", "red", blobs.dataset.item(blobs.order[1]).user_id)

    red = next(iter(blobs.ledger.classes.values()))
    assert red.examples == tuple(blobs.dataset.item(row).id for row in blobs.order[:2])
    with Store(blobs.layout.labels, readonly=True) as store:
        assert store.item(red.examples[0]).unit == blobs.dataset.unit(row)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["rename", "rde", "x"], 2, "no class named 'rde'"),
        (["merge", "red", "--into", "red"], 2, "red alone cannot be merged into red"),
        (["split", "red", "--into", "red"], 2, "is no split"),
        (["key", "red", "2"], 2, "2 is the key of green"),
        (["example", "red", "none-1"], 2, "no item 'none-1'"),
        (["split", "red"], 2, "--into"),
        (["paint", "red"], 2, "paint"),
    ],
)
def test_what_cannot_be_is_refused_in_two_lines(refused_classes, blobs, arguments, code, words):
    before = blobs.ledger.counter
    found, what, _ = refused_classes(*arguments)

    assert found == code
    assert words in what
    assert blobs.ledger.counter == before


def test_a_project_named_before_the_edit_is_not_passed_over(refused, blobs):
    assert refused("classes", "--project", blobs.layout.root, "add", "yellow")[0] == 2


def test_an_open_session_of_the_same_annotator_keeps_it_out(refused_classes, blobs):
    with hold(blobs.layout.annotator_lock("ann"), "a session of ann", "now"):
        code, what, _ = refused_classes("add", "yellow", "--annotator", "ann")

    assert code == 1
    assert "ann" in what


@pytest.mark.parametrize("name", ["", "rename", "merge", "split", "define", "example", "key", "add"])
def test_each_help_ends_with_an_example(command, name):
    code, lines, _ = command(*filter(None, ["classes", name]), "--help")

    assert code == 0
    assert f"Example: activelabel classes {name}".strip() in " ".join(line.strip() for line in lines[-5:])
