"""One name, one meaning: no two modules define a class or a function of the same name."""

import ast
from collections import defaultdict

from tests.house.source_tree import modules

# Names that mean the same in every module, and what they mean.
SAME_MEANING = {
    "main": "runs a command or a benchmark",
    "__getattr__": "loads a public name of a package on first use (PEP 562)",
    "__dir__": "lists the public names of a package (PEP 562)",
}


def test_a_class_or_function_has_a_name_of_its_own() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for module in modules().values():
        for node in module.source.body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                homes[node.name].append(str(module.path))
    shared = {name: paths for name, paths in homes.items() if len(set(paths)) > 1}
    assert {name: paths for name, paths in shared.items() if name not in SAME_MEANING} == {}
    assert shared.keys() >= SAME_MEANING.keys()
