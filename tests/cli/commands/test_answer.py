"""`answer`: on disk when it has printed; whatever else it is given ends in one line."""

import io
import json
from types import SimpleNamespace

import pytest

from activelabel.project.locks import hold


@pytest.fixture
def token(command, blobs):
    _, out, _ = command("next", "--json", "--project", blobs.layout.root, "--annotator", "ann")
    return json.loads(out[0])["card"]


@pytest.fixture
def answer(command, blobs):
    """Answer by a call; return its code and its message."""

    def call(message, *options):
        text = message if isinstance(message, str) else json.dumps(message)
        code, out, err = command("answer", text, "--project", blobs.layout.root, "--annotator", "ann", *options)
        return code, json.loads(out[0]) if out else err

    return call


def piped(monkeypatch, data, is_terminal=False):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data), isatty=lambda: is_terminal))


def test_an_answer_is_on_disk_when_it_is_printed(answer, blobs, token):
    code, message = answer({"card": token, "label": "red"})

    assert code == 0
    assert message["saved"]["said"] == "red"
    assert message["progress"] == {"answered": 1, "left": 59, "accuracy": None}
    assert [event.item for event in blobs.ledger.said] == [message["saved"]["item"]]


def test_an_answer_may_come_on_standard_input(answer, monkeypatch, token):
    piped(monkeypatch, json.dumps({"card": token, "skip": True}).encode() + b"\n")

    assert answer("")[1]["saved"]["said"] == "(skip)"


@pytest.mark.parametrize(
    ("text", "code", "kind"),
    [
        ("ham", 2, "wrong-use"),
        ('{"card": "TOKEN", "label": "gren"}', 2, "unknown-class"),
        ('{"card": "TOKEN", "accept": true}', 2, "wrong-use"),
        ('{"card": "nonsense", "label": "red"}', 1, "stale-card"),
        ('{"undo": true}', 2, "wrong-use"),
    ],
)
def test_what_is_refused_is_said_on_both_streams(answer, blobs, token, text, code, kind):
    found, message = answer(text.replace("TOKEN", token), "--json")
    silent, lines = answer(text.replace("TOKEN", token))

    assert (found, message["error"]["kind"]) == (code, kind)
    assert (silent, lines[0]) == (code, f"error: {message['error']['message']}")
    assert not blobs.ledger.said


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[" * 200_000])
def test_noise_on_standard_input_is_wrong_use(answer, monkeypatch, token, data):
    piped(monkeypatch, data)

    assert answer("", "--json")[1]["error"]["kind"] == "wrong-use"


def test_a_terminal_is_not_waited_for(answer, monkeypatch):
    piped(monkeypatch, b"", is_terminal=True)

    assert answer("")[0] == 2


def test_a_session_that_is_open_keeps_it_out(answer, blobs, token):
    with hold(blobs.layout.annotator_lock("ann"), "a session of ann", "now"):
        code, message = answer({"card": token, "label": "red"}, "--json")

    assert (code, message["error"]["kind"]) == (1, "project-locked")


def test_without_a_project_the_error_is_said_in_json_too(command, tmp_path):
    code, out, _ = command("answer", "{}", "--json", "--project", tmp_path)

    assert (code, json.loads(out[0])["error"]["kind"]) == (2, "wrong-use")
