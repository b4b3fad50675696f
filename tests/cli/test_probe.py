import pytest

from activelabel.cli.probe import BLOCKS, ITERM2, KITTY, SIXEL, Ability, understood


@pytest.mark.parametrize(
    ("reports", "ability"),
    [
        (["\x1b_Gi=1;OK\x1b\\", "\x1bP>|kitty(0.42.1)\x1b\\", "\x1b[?62;52c"], Ability(KITTY)),
        (["\x1b_Gi=1;ENOSYS:no\x1b\\", "\x1b[?62;c"], Ability(BLOCKS)),
        (["\x1bP>|iTerm2 3.5.4\x1b\\", "\x1b[6;34;15t", "\x1b[?62;4c"], Ability(ITERM2, (15, 34))),
        (["\x1bP>|XTerm(390)\x1b\\", "\x1b[?64;1;2;4;6c"], Ability(SIXEL)),
        (["\x1bP>|tmux 3.3a\x1b\\", "\x1b[?1;2c"], Ability(BLOCKS)),
        (["\x1b[6;0;0t", "\x1b[?4;6c"], Ability(BLOCKS)),
        ([], Ability(BLOCKS)),
    ],
)
def test_what_terminals_say_they_can_do(reports, ability):
    assert understood(reports) == ability
