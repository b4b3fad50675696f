"""Every refusal says what to do: a message without a hint leaves the person alone with it."""

import ast
from pathlib import Path

import pytest

import activelabel
from activelabel import errors

SOURCES = sorted(Path(activelabel.__file__).parent.rglob("*.py"))
EXPECTED = {name for name in errors.__all__ if name[0].isupper() and not name.isupper()}


def without_a_hint(tree):
    for node in ast.walk(tree):
        is_made = isinstance(node, ast.Call) and getattr(node.func, "id", "") in EXPECTED
        if is_made and len(node.args) + len(node.keywords) < 2:
            yield node.lineno


def test_there_are_expected_failures_to_look_for():
    assert {"WrongUse", "BadData", "ProjectError", "NotSaved"} <= EXPECTED


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_expected_failure_is_raised_with_a_hint(path):
    assert list(without_a_hint(ast.parse(path.read_text(encoding="utf-8")))) == []
