"""Hints: one at a time, each once, over no other news, on the narrowest screen too."""

from dataclasses import replace

import pytest
from support.play import cards_of

from activelabel.cli.first_hints import HINTS, FirstHints
from activelabel.cli.keys import BINDINGS, DEFAULT_KEYS
from activelabel.cli.rebinding import key_table
from activelabel.cli.tour import Tour
from activelabel.records.kinds import CardKind
from activelabel.records.progress import Estimate, Progress

CARD = next(cards_of("text", 1, hidden=False))
PROGRESS = Progress(0, 9, {}, ())


def said(guide, counts):
    return [words for given in counts if (words := guide(CARD, PROGRESS, given))]


def test_each_hint_is_given_once_and_names_the_key_in_force(tmp_path):
    keys = key_table({"undo": ["Ctrl-U"]}, tmp_path)
    hints = said(FirstHints(keys), [number for number in range(60) for _ in range(2)])

    assert len(hints) == len({*hints}) == len(HINTS)
    assert "Ctrl-U takes the last answer back" in hints


def test_those_of_an_earlier_session_are_not_given_again():
    assert said(FirstHints(DEFAULT_KEYS), range(6, 60)) == said(FirstHints(DEFAULT_KEYS), range(60))[3:]
    assert said(FirstHints(DEFAULT_KEYS), range(60, 90)) == []


def test_a_hint_that_was_kept_waiting_does_not_come_with_the_next():
    hints = FirstHints(DEFAULT_KEYS)
    hints(CARD, PROGRESS, 0)

    assert [bool(hints(CARD, PROGRESS, given)) for given in (8, 8, 9, 10)] == [True, False, False, True]


def test_what_no_key_does_is_not_hinted_at(tmp_path):
    hints = said(FirstHints(key_table({"note": []}, tmp_path)), range(60))

    assert not [words for words in hints if "note" in words]
    tour = Tour(key_table({"undo": []}, tmp_path))
    assert not [words for words in said(tour, range(60)) if "takes the last answer back" in words]


def test_every_hint_fits_forty_columns():
    keys = {row.action: row.shown for row in BINDINGS}

    assert [hint.words for hint in HINTS if len(hint.words.format(key=keys[hint.action])) > 38] == []


@pytest.mark.parametrize("plain", [False, True])
def test_a_hint_stands_where_there_is_no_other_news(play, plain):
    terminal = play("text", "--hints", "--cards=6", *["--plain"] * plain)
    terminal.shows("its class's key answers; Space skips")
    # what is typed before the card can be read is dropped, and plainly it comes after the hint
    terminal.shows("item00-1")
    terminal.press("1")
    terminal.shows("item01-1")
    terminal.press("1")
    terminal.shows("Backspace takes the last answer back")
    terminal.shows("item02-1")
    terminal.press("\x7f")
    terminal.shows("(Undo)")
    terminal.press("\x04")

    assert [reply[1] for reply in terminal.replies()] == ["Chosen", "Chosen", "Undo", "Stop"]
    assert terminal.written.count("its class's key") == 1


def test_a_refusal_is_not_hidden_by_a_hint(play):
    terminal = play("text", "--hints", "--full-disk", "--cards=1")
    terminal.shows("its class's key answers")
    terminal.press("1")
    terminal.shows("could not save: disk full")
    terminal.press("1")

    assert terminal.replies()[-1] == [0, "Chosen", "c0"]


@pytest.mark.slow
@pytest.mark.parametrize("hints", [True, False])
def test_the_file_decides_whether_there_are_hints(in_terminal, blobs, hints):
    blobs.layout.config.write_text(f"[label]\nhints = {str(hints).lower()}", encoding="utf-8")
    terminal = in_terminal("label", "--project", blobs.layout.root)

    assert ("its class's key answers; Space skips" in terminal.shows("Ctrl-D leave")) is hints


# --- the tour of the demonstration ---


def test_the_tour_says_each_thing_when_it_first_happens_and_fits_forty_columns():
    tour = Tour(DEFAULT_KEYS)
    kinds = [CardKind.REPRESENTATIVE] * 6 + [CardKind.AUDIT, *[CardKind.UNCERTAIN] * 4] * 7
    cards = [next(cards_of("digit", 1, hidden=number < 6)) for number in range(len(kinds))]
    known = Estimate(0.9, 0.8, 1.0, 100)
    told = [
        tour(replace_kind(card, kind), Progress(given, 9, {}, (), known=known if given > 8 else None), given)
        for given, (card, kind) in enumerate(zip(cards, kinds, strict=True))
    ]

    assert [words.split(":")[0] for words in told if words] == [
        "the middle of a group",
        "one answer speaks for the whole group",
        "Backspace takes the last answer back",
        "a guess comes with it",
        "one card in five is drawn to measure",
        "it has learnt; see how much is right",
        "a few more answers, then the report",
    ]
    assert max(map(len, told)) <= 38


def test_no_audit_card_is_told_from_others_by_the_tour():
    for kind in (CardKind.AUDIT, CardKind.UNCERTAIN):
        tour = Tour(DEFAULT_KEYS)
        told = {tour(replace_kind(CARD, kind, hidden=True), PROGRESS, given) for given in range(4)}

        assert told == {"one answer speaks for the whole group", "Backspace takes the last answer back", ""}


def replace_kind(card, kind, *, hidden=None):
    return replace(card, kind=kind, suggestion_hidden=card.suggestion_hidden if hidden is None else hidden)
