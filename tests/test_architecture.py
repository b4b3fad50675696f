"""ARCHITECTURE.md and CONTRIBUTING.md say how the code is: where modules are loaded late, how long things are."""

import ast
import re
from functools import cache

from support.readme import ROOT

PACKAGE = ROOT / "activelabel"
SOURCES = [*PACKAGE.rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
LISTED = re.search(
    r"Imports inside functions(.*?)By name, from strings(.*?)\n\n",
    (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"),
    flags=re.DOTALL,
)


def listed(text):
    return set(re.findall(r"`(\S+\.py)`", text))


@cache
def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(is_late):
    outside = [path for path in PACKAGE.rglob("*.py") if PACKAGE / "cli" not in path.parents]
    return {path.relative_to(PACKAGE).as_posix() for path in outside if is_late(tree_of(path))}


def functions_of(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def imports_in_a_function(tree):
    inside = (node for function in functions_of(tree) for node in ast.walk(function))
    return any(isinstance(node, ast.Import | ast.ImportFrom) for node in inside)


def length_of(function):
    """Return how many lines a function has without its docstring."""
    first = function.body[0]
    described = first.end_lineno - first.lineno + 1 if ast.get_docstring(function) else 0
    return function.end_lineno - function.lineno + 1 - described


def calls_import_module(tree):
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(isinstance(call.func, ast.Name) and call.func.id == "import_module" for call in calls)


def test_outside_the_commands_functions_import_only_where_the_page_says():
    assert modules(imports_in_a_function) == listed(LISTED[1])


def test_modules_are_loaded_by_name_only_where_the_page_says():
    assert modules(calls_import_module) == listed(LISTED[2])


def test_no_file_has_more_than_three_hundred_lines():
    lengths = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}

    assert {path: length for path, length in lengths.items() if length > 300} == {}


def test_no_function_has_more_than_forty_lines_but_where_an_option_is_an_argument():
    long = {
        (path.relative_to(ROOT).as_posix(), function.name)
        for path in SOURCES
        for function in functions_of(tree_of(path))
        if length_of(function) > 40
    }

    assert {(path, name) for path, name in long if "cli/signatures/" not in path} == set()
