"""The promises, kept by the whole program in a real terminal: killed, stopped and starved, it loses no answer."""

import json
import os
import random
import re
import signal
import threading
import time
from collections import Counter

import pytest

from activelabel.project.layout import Layout
from activelabel.project.locks import holder
from activelabel.project.recorded import ledger_of

pytestmark = pytest.mark.slow

INSTANTS = 30
ROWS = 2_000
CARD = "item "  # begins every card, which is written whole


@pytest.fixture(scope="module")
def numbers(tmp_path_factory):
    """Write a table of two columns, every row another."""
    path = tmp_path_factory.mktemp("data") / "numbers.csv"
    rng = random.Random(0)
    rows = (f"{rng.gauss(0, 1):.6f},{rng.gauss(row % 2, 1):.6f}" for row in range(ROWS))
    path.write_text("x,y\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def project(activelabel, numbers, tmp_path):
    """Make a project of the numbers with two classes."""
    root = tmp_path / "project"
    activelabel("init", numbers, "--project", root, "--classes", "red,blue")
    return root


def said_on(terminal):
    """Return how often each (item id, class) was acknowledged on the terminal, line by line."""
    return Counter(re.findall(r"^saved (\S+) = (red|blue)\r?$", terminal.written, flags=re.MULTILINE))


def recorded_in(root):
    """Return how often each (item id, class) is in the database: first answers, and blind repeats of them."""
    ledger = ledger_of(Layout(root))
    first, repeats = Counter(), Counter()
    for event in ledger.said:
        kept = repeats if event.is_repeat else first
        kept[event.item, ledger.classes[event.data["classes"][0]].name] += 1
    return first, repeats


def exported_from(activelabel, root, folder):
    """Return item id -> class of all human labels in an export."""
    out = folder / "labels.jsonl"
    activelabel("export", out, "--project", root, "--what", "human", "--force")
    rows = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    return {row["item"]: row["label"] for row in rows}


def answer_until_it_ends(terminal, key="1"):
    """Press a key for each card until the terminal goes away."""
    cards = 0
    while terminal.reads():
        shown = terminal.written.count(CARD)
        if shown > cards:
            cards = shown
            terminal.press(key)


def test_what_was_acknowledged_is_exported_after_a_kill_at_any_of_thirty_instants(
    in_terminal, activelabel, project, tmp_path
):
    rng = random.Random(1)
    acknowledged = Counter()
    started = time.monotonic()
    terminal = in_terminal("label", "--project", project, "--plain")
    terminal.reads_until(CARD)
    first_card = time.monotonic() - started
    terminal.child.kill(signal.SIGKILL)
    # from the middle of the start to some thirty answers on: reads, commits and draws all lie within it
    span = (first_card / 2, 1.5 * first_card + 0.2)
    for number in range(INSTANTS):
        terminal = in_terminal("label", "--project", project, "--plain")
        killer = threading.Timer(rng.uniform(*span), os.kill, (terminal.child.pid, signal.SIGKILL))
        killer.start()
        answer_until_it_ends(terminal, rng.choice("12"))
        killer.join()
        acknowledged += said_on(terminal)
        # while the killed session's learner still reads, SQLite may not yet show what was written last
        wait_until(lambda: not alive(int(holder(Layout(project).locks / "learner").get("pid", "0"))))
        first, repeats = recorded_in(project)
        recorded = first + repeats
        assert acknowledged <= recorded, f"lost at instant {number}"
        assert len({item for item, _ in first}) == first.total(), f"recorded twice at instant {number}"
        assert recorded.total() - acknowledged.total() <= 1, f"more than the answer in flight at instant {number}"
        # what was on disk but not yet acknowledged is an answer like any other from now on
        acknowledged = recorded

    assert exported_from(activelabel, project, tmp_path).items() == first.keys()
    assert acknowledged.total() >= INSTANTS


def test_a_killed_session_comes_back_to_the_card_it_died_on(in_terminal, project):
    terminal = in_terminal("label", "--project", project, "--plain")
    terminal.reads_until(CARD)
    terminal.press("1")
    terminal.reads_until("saved ")
    terminal.reads_until(CARD)
    on_screen = re.findall(r"^item (\S+)", terminal.written, flags=re.MULTILINE)[-1]
    os.kill(terminal.child.pid, signal.SIGKILL)
    again = in_terminal("label", "--project", project, "--plain")
    again.reads_until(CARD)

    assert re.findall(r"^item (\S+)", again.written, flags=re.MULTILINE) == [on_screen]


def test_a_learner_that_is_stopped_for_a_minute_delays_and_loses_nothing(in_terminal, project):
    terminal = in_terminal("label", "--project", project, "--plain")
    terminal.reads_until(CARD)
    learner = learner_of(project)
    os.kill(learner, signal.SIGSTOP)
    try:
        waits = []
        for number in range(40):
            pressed = time.monotonic()
            terminal.press("1" if number % 2 else "2")
            terminal.reads_until(CARD)
            waits.append(time.monotonic() - pressed)
            terminal.listens(1.5 - waits[-1])
    finally:
        os.kill(learner, signal.SIGCONT)

    assert sorted(waits)[-2] < 0.1
    assert said_on(terminal) == sum(recorded_in(project), Counter())
    assert said_on(terminal).total() == 40


def test_a_learner_that_dies_is_named_once_and_started_again(in_terminal, project):
    terminal = in_terminal("label", "--project", project)
    terminal.shows("[1] red")
    for _ in range(2):
        first = learner_of(project)
        os.kill(first, signal.SIGKILL)
        wait_until(lambda first=first: not alive(first))
        terminal.press("1")
        terminal.shows("the learner had stopped and was started again")
        terminal.press("2")
        terminal.shows_no("the learner had stopped")
        wait_until(lambda first=first: learner_of(project) != first)

    assert recorded_in(project)[0].total() == 4


def test_the_learner_leaves_within_two_seconds_of_its_killed_asker(in_terminal, project):
    terminal = in_terminal("label", "--project", project, "--plain")
    terminal.reads_until(CARD)
    learner = learner_of(project)
    os.kill(terminal.child.pid, signal.SIGKILL)
    killed = time.monotonic()
    wait_until(lambda: not alive(learner))

    assert time.monotonic() - killed < 2


def learner_of(root):
    """Return the pid of the learner at work, waiting for it to start."""
    lock = Layout(root).locks / "learner"
    wait_until(lambda: alive(int(holder(lock).get("pid", "0"))))
    return int(holder(lock)["pid"])


def alive(pid):
    """Say whether a process runs; one that ended and was not yet collected does not."""
    if not pid:
        return False
    try:
        os.kill(pid, 0)
        with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
            # a first thread that ended before the others cannot be collected yet
            return stat.read().rpartition(")")[2].split()[0] != "Z" or len(os.listdir(f"/proc/{pid}/task")) > 1
    except FileNotFoundError:
        return True
    except OSError:
        return False


def wait_until(true, seconds=10.0):
    """Look again and again until something is true."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it never came true"
        os.sched_yield()
