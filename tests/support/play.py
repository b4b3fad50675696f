"""A labelling session without a project: cards from a list, answered at a real terminal; prints what was replied."""

import argparse
import json
import signal
import sys
import termios
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from activelabel.cli.console import console_on
from activelabel.cli.first_hints import FirstHints
from activelabel.cli.manner import Manner, silent
from activelabel.cli.rebinding import key_table
from activelabel.cli.signals import Interrupted, ending_signals_raise
from activelabel.cli.terminal import TerminalAnnotator
from activelabel.errors import NotSaved, ProjectError, WrongUse
from activelabel.project.search import Hit, Hits
from activelabel.records.cards import Card, GivenAnswer, Precedent, Pull, Suggestion, Why
from activelabel.records.contents import Content, ItemRecord, Picture
from activelabel.records.events import LabelClass
from activelabel.records.kinds import CardKind, Modality
from activelabel.records.progress import Estimate, Progress
from activelabel.session.classes.keys import next_class_key
from activelabel.session.clusters.nouns import ClusterView, Scope
from activelabel.session.replies import Chosen, ClassEdit, Flagged, GoTo, NewClass, Noted, Stop, Undo

DIGIT = [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0, 0, 3, 15, 2, 0, 11, 8, 0, 0, 4, 12, 0, 0, 8, 8, 0]
DIGIT += [0, 5, 8, 0, 0, 9, 8, 0, 0, 4, 11, 0, 1, 12, 7, 0, 0, 2, 14, 5, 10, 12, 0, 0, 0, 0, 6, 13, 10, 0, 0, 0]

HOSTILE = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202egnp.exe\u202c[/bold][link=x]y[/link] :warning: \U000e0041\x00"
HOSTILE_LINES = "Saved. Label [1/2]?" + "\n" * 60 + "│ [1] fake\r\nlast"
PROSE = (
    "It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a "
)
PROSE += "wife. However little known the feelings or views of such a man may be on his first entering a neighbourhood."
CONTENTS = {
    "text": Content(Modality.TEXT, (("text", PROSE), ("author", "J. Austen"))),
    "long": Content(Modality.TEXT, (("text", "\n".join(f"line {number} of many" for number in range(200))),)),
    "table": Content(
        Modality.TABLE,
        (
            ("species", "Adelie"),
            ("island", "Torgersen"),
            ("bill_length_mm", "39.1"),
            ("bill_depth_mm", ""),
            ("remark", "日本語のテキスト and a longer remark that has to be folded in its own column " * 2),
        ),
    ),
    "digit": Content(Modality.IMAGE, picture=Picture(8, 8, 1, bytes(min(255, value * 16) for value in DIGIT))),
    "photo": Content(
        Modality.IMAGE,
        (("taken", "2024-05-01"),),
        Picture(64, 96, 3, bytes(v for y in range(64) for x in range(96) for v in (x * 2, y * 4, 255 - x * 2))),
        "pictures/sunset over the bay.png",
    ),
    "wide": Content(
        Modality.TABLE,
        tuple(
            (name, "here")
            for name in (
                "plain",
                "مرحبا بك",
                "שָׁלוֹם עולם",
                "می\N{ZERO WIDTH NON-JOINER}خواهم",
                "日本語",
                "한국어",
                "e\u0301e\u0301",
                "ก็ที่",
                "❤\ufe0f",
                "👨\u200d👧",
            )
        ),
    ),
    "vectors": Content(Modality.VECTORS),
    "hostile": Content(Modality.TEXT, (("te\x1b[31mxt", HOSTILE), ("[red]n[/red]", HOSTILE_LINES))),
}


class ListedAids:
    """What can be asked for beside a card, from a list."""

    def __init__(self, precedents, view=None):
        self._precedents = tuple(precedents)
        self._view = view

    def precedents(self, card):
        return self._precedents

    def search(self, typed):
        if typed == "broken":
            raise ProjectError("the copy of the data is not there", "try again soon")
        found = [hit for hit in HITS if typed in hit.name + hit.line]
        return Hits(tuple(found[:20]), len(found))

    def classes(self):
        return ()

    def answers_given(self):
        return 0

    def cluster(self, card):
        return self._view

    def welcome_clusters(self):
        pass

    def foreseen(self, card, edit):
        if "gone" in edit.to:
            raise WrongUse("no class named 'gone'", "try 'ham'")
        return f"{edit.verb} {', '.join(edit.names)} = {', '.join(edit.to)}, and 3 labels will be asked again"

    def example(self, item_id):
        return next((each.item for each in self._precedents if each.item.id == item_id), None)

    def was_away(self, seconds):
        self.away = seconds


HITS = [Hit(f"item{number:02}-1", f"item{number:02}", f"{HOSTILE} and line {number}") for number in range(30)]
NO_AIDS = ListedAids(())


def given(number, class_id, said, notes=(), annotator="ann"):
    return GivenAnswer(f"e{number}", class_id, said, annotator, "2026-01-01T00:00:00+00:00", tuple(notes))


def precedents_of(name):
    """Return what ann decided near an item: two of ham, one of spam."""
    answers = [("c0", "ham", ["it has a list"]), ("c0", "ham", []), ("c1", "spam", [])]
    return [
        Precedent(ItemRecord(f"before{number}-1", f"before{number}", CONTENTS[name]), given(number, *answer))
        for number, answer in enumerate(answers)
    ]


GIVEN = {
    "second-look": (given(1, "c0", "ham", ["reads like a letter"]),),
    "split": (given(1, "c9", "bird"),),
    "adjudication": (given(1, "c0", "ham", ["a list"]), given(2, "c1", "spam", ["free money"], "bob")),
}
PULLS = (Pull("truth", "c0"), Pull("man", "c0"), Pull("fortune", "c1"))
DEPARTS = {"table": ("bill_length_mm",)}


def looks_of(name, kind, count):
    """Yield cards that show answers given before."""
    for number in range(count):
        yield Card(
            ItemRecord(f"item{number:02}-1", f"unit{number}", CONTENTS[name]),
            CardKind.ADJUDICATION if kind == "adjudication" else CardKind.SECOND_LOOK,
            Why("suspect"),
            suggestion=Suggestion("c1", 0.9) if kind == "second-look" else None,
            answered=GIVEN[kind],
        )


def view_of(name):
    """Return a cluster of which three members were labelled."""
    items = tuple(ItemRecord(f"member{number}-1", f"member{number}", CONTENTS[name]) for number in range(9))
    labels, says = (("c0", 2), ("c1", 1)), (("c0", 0.9), ("c1", 0.1))
    return ClusterView(7, Scope.ALL, 312, 290, labels, says, ("c0", "c1"), items[:5], items[5:])


def cards_of(name, count, *, hidden):
    kinds = [CardKind.UNCERTAIN, CardKind.REPRESENTATIVE, CardKind.AUDIT]
    for number in range(count):
        kind = kinds[number % 3]
        item_id = f"{HOSTILE}-1" if name == "hostile" else f"item{number:02}-1"
        yield Card(
            ItemRecord(item_id, f"unit{number}", CONTENTS[name]),
            kind,
            Why("margin", ("c0", "c1"), 12, 7.4),
            suggestion=Suggestion("c0", 0.9 if number % 2 == 0 else 0.5),
            suggestion_hidden=hidden or kind is CardKind.AUDIT,
            pulls=PULLS if name == "text" else (),
            departs=DEPARTS.get(name, ()),
        )


def classes_of(names):
    classes = []
    for number, name in enumerate(names):
        classes.append(LabelClass(f"c{number}", name, next_class_key(name, [known.key for known in classes])))
    return classes


def play(annotator, cards, classes, full_disk):
    replies, counts, place, message = [], dict.fromkeys((known.id for known in classes), 12), 0, ""
    recent, typed = {}, {}
    while place < len(cards):
        accuracy = Estimate(0.91, 0.81, 0.96, 62) if classes else None
        known = tuple(classes)
        left, more = 1797 - place, {"recent": recent, "typed": typed, "annotator": "ann"}
        progress = Progress(place, left, counts, known, accuracy, 62, pace=5.5, message=message, **more)
        reply = annotator.answer(cards[place], progress)
        said = [str(getattr(reply, part)) for part in reply.__slots__ if part != "typed"]
        replies.append([place, type(reply).__name__, *said])
        if isinstance(reply, Stop):
            break
        if full_disk and len(replies) == 1:
            annotator.refuse(NotSaved("could not save: disk full", "free some space and press the key again"))
            continue
        if isinstance(reply, NewClass):
            key = next_class_key(reply.name, [known.key for known in classes])
            classes.append(LabelClass(f"c{len(classes)}", reply.name, key))
        if isinstance(reply, Chosen):
            recent[reply.class_id] = len(replies)
            typed[reply.typed] = reply.class_id
        if isinstance(reply, GoTo):
            place = next(number for number, card in enumerate(cards) if card.item.id == reply.item)
            continue
        said = getattr(reply, "class_id", "") or f"({type(reply).__name__})"
        annotator.acknowledge("" if isinstance(reply, ClassEdit) else cards[place].item.id, said)
        message = f"saved: {said}"
        if isinstance(reply, Flagged):
            cards[place] = replace(cards[place], flagged=not cards[place].flagged)
        stays = isinstance(reply, Noted | Flagged | ClassEdit)
        place = max(0, place - 1) if isinstance(reply, Undo) else place + (not stays)
    return replies


def options_given():
    parser = argparse.ArgumentParser()
    parser.add_argument("content", choices=CONTENTS)
    parser.add_argument("--classes", default="ham,spam")
    parser.add_argument("--cards", type=int, default=3)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--hidden", action="store_true")
    parser.add_argument("--look", choices=GIVEN)
    parser.add_argument("--first", action="store_true", help="nothing was decided before")
    parser.add_argument("--full-disk", action="store_true")
    parser.add_argument("--bind", action="append", default=[], metavar="ACTION=KEY")
    parser.add_argument("--hints", action="store_true")
    parser.add_argument("--fail", action="store_true")
    parser.add_argument("--wait", action="store_true")
    return parser.parse_args()


def main():
    options = options_given()
    names = [name for name in options.classes.split(",") if name]
    cards = list(cards_of(options.content, options.cards, hidden=options.hidden))
    if options.look:
        cards = list(looks_of(options.content, options.look, options.cards))
    ended, replies = "", []
    before = termios.tcgetattr(sys.stdin)
    with ExitStack() as stack:
        try:
            stack.enter_context(ending_signals_raise())
            keys = key_table(
                {name: [key] for name, _, key in (one.partition("=") for one in options.bind)}, Path("toml")
            )
            guide = FirstHints(keys) if options.hints else silent
            manner = Manner(options.plain, keys=keys, guide=guide)
            aids = ListedAids([] if options.first else precedents_of(options.content), view_of(options.content))
            with TerminalAnnotator(console_on(sys.stderr), sys.stdin, aids, manner) as annotator:
                if options.fail:
                    annotator.answer = lambda *_: 1 / 0
                if options.wait:
                    sys.stderr.write("waiting for a plan")
                    sys.stderr.flush()
                    signal.pause()
                replies = play(annotator, cards, classes_of(names), options.full_disk)
        except (KeyboardInterrupt, Interrupted, ZeroDivisionError) as error:
            ended = type(error).__name__
        after = "restored" if termios.tcgetattr(sys.stdin) == before else "changed"
        sys.stdout.write(f"\nreplied {json.dumps(replies)} {ended}, terminal {after}.\n")


if __name__ == "__main__":
    main()
