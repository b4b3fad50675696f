"""ARCHITECTURE.md says where modules are loaded late, and nowhere else are they."""

import ast
import re

from support.readme import ROOT

PACKAGE = ROOT / "activelabel"
LISTED = re.search(
    r"Imports inside functions(.*?)By name, from strings(.*?)\n\n",
    (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"),
    flags=re.DOTALL,
)


def listed(text):
    return set(re.findall(r"`(\S+\.py)`", text))


def modules(is_late):
    trees = {path.relative_to(PACKAGE): ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}
    return {path.as_posix() for path, tree in trees.items() if path.parts[0] != "cli" and is_late(tree)}


def imports_in_a_function(tree):
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return any(isinstance(node, ast.Import | ast.ImportFrom) for function in functions for node in ast.walk(function))


def calls_import_module(tree):
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    return any(isinstance(call.func, ast.Name) and call.func.id == "import_module" for call in calls)


def test_outside_the_commands_functions_import_only_where_the_page_says():
    assert modules(imports_in_a_function) == listed(LISTED[1])


def test_modules_are_loaded_by_name_only_where_the_page_says():
    assert modules(calls_import_module) == listed(LISTED[2])
