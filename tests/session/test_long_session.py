"""Two thousand answers in one sitting: what was acknowledged, what is recorded and what is exported are the same."""

import json
import random
import re

import pytest

from activelabel.project.layout import Layout
from activelabel.project.store import Store
from activelabel.records.kinds import EventKind

pytestmark = pytest.mark.slow

ANSWERS = 2_000
ROWS = 2_400
WORDS = {
    "(skip)": EventKind.SKIP,
    "(not sure)": EventKind.NOT_SURE,
    "(bad item)": EventKind.BAD_ITEM,
    "(note kept)": EventKind.NOTE,
    "(undone)": EventKind.UNDO,
}


def script(rng):
    """Return two thousand lines as a restless expert would give them."""
    others = [":skip", ":unsure", ":bad", ":undo", ":note seen before"]
    lines = ["red", "blue"]
    while len(lines) < ANSWERS:
        if lines[-1] != ":undo" and rng.random() < 0.2:
            lines.append(rng.choice(others))
        elif len(lines) % 500 == 0:
            lines.append(f":new shade {len(lines)}")
        else:
            lines.append(rng.choice(["red", "blue"]))
    return lines


def replayed(events, names):
    """Return item -> class in force after these events, worked out without the ledger."""
    holds, withdrawn = {}, {event.data["parent"] for event in events if event.kind is EventKind.UNDO}
    for event in events:
        if event.kind.is_answer and not (event.is_repeat or event.puts_off) and event.uuid not in withdrawn:
            holds[event.item] = names[event.data["classes"][0]] if event.kind is EventKind.LABEL else None
    return {item: name for item, name in holds.items() if name}


def test_two_thousand_answers_are_acknowledged_recorded_and_exported_alike(activelabel, tmp_path):
    rng = random.Random(7)
    data, root, lines, out = (tmp_path / name for name in ("numbers.csv", "project", "lines", "labels.jsonl"))
    data.write_text("x,y\n" + "".join(f"{rng.gauss(0, 1):.6f},{rng.gauss(0, 1):.6f}\n" for _ in range(ROWS)))
    lines.write_text("\n".join(script(rng)))
    activelabel("init", data, "--project", root, "--classes", "red,blue")

    said = activelabel("label", "--project", root, "--answers", lines, "--plain")
    activelabel("export", out, "--project", root, "--what", "human")

    acknowledged = re.findall(r"^saved (\S+) = (.+)$", said, flags=re.MULTILINE)
    with Store(Layout(root).labels, readonly=True) as store:
        events = store.events()
    names = {event.data["class"]: event.data["name"] for event in events if event.kind is EventKind.CLASS_ADDED}
    of_cards = [event for event in events if event.kind.is_answer or event.kind in {EventKind.NOTE, EventKind.UNDO}]
    assert len(acknowledged) == len(of_cards) == ANSWERS
    for (item, word), event in zip(acknowledged, of_cards, strict=True):
        assert WORDS.get(word, EventKind.LABEL) is event.kind
        if event.kind is EventKind.LABEL:
            assert (item, word) == (event.item, names[event.data["classes"][0]])
    rows = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert {row["item"]: row["label"] for row in rows} == replayed(events, names)
