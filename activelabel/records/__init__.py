"""The nouns that travel between the halls: frozen, plain, and quick to import.

Words, one per idea: an *item* is a thing to label; a *unit* is a set of exact duplicates, asked once; a *row* is a
number into arrays; a *class* is a possible answer; a *label* is an answer given; a *suggestion* is what the machine
guesses; an *event* is what is recorded.
"""
