from activelabel.cli.progress_bar import followed


def test_what_was_done_is_told_when_the_next_part_is_asked_for():
    told = []
    parts = followed(["ab", "", "cde"], told.append, len)

    assert next(parts) == "ab"
    assert told == []
    assert list(parts) == ["", "cde"]
    assert told == [2, 2, 5]


def test_parts_without_a_size_are_one_thing_each():
    told = []

    assert list(followed("abc", told.append)) == ["a", "b", "c"]
    assert told == [1, 2, 3]
