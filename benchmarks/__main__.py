"""`python -m benchmarks` runs what is quick, `NAME` one script in full, `--list` says what there is.

A benchmark is a module of this package with a `main`, which may take arguments and which says False if a
figure missed its mark; what it names in QUICK are the arguments with which it takes well under a minute.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from importlib import import_module
from inspect import signature
from pathlib import Path

from grammar.errors import TuneloomError


def main(arguments: list[str]) -> int:
    """Run what the arguments ask for; the exit status is 1 if a figure missed its mark."""
    benchmarks = dict(_benchmarks())
    if not arguments:
        return max(run(name, quick) for name, (_, quick) in benchmarks.items() if quick is not None)
    name, *options = arguments
    if name in benchmarks:
        return run(name, options)
    for known, (summary, _) in benchmarks.items():
        print(f"{known:<12} {summary}")
    return 0 if name == "--list" else 2


def run(name: str, options: list[str]) -> int:
    print(f"== {name} {' '.join(options)}".rstrip(), flush=True)
    module = import_module(f"benchmarks.{name}")
    try:
        takes_options = bool(signature(module.main).parameters)
        reached = module.main(options) if takes_options else module.main()
    except TuneloomError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 1 if reached is False else 0


def _benchmarks() -> Iterator[tuple[str, tuple[str, list[str] | None]]]:
    """Name, summary and quick arguments, read without importing what may load much."""
    for path in sorted(Path(__file__).parent.glob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        if path.stem.startswith("_") or not any(_defines_main(node) for node in module.body):
            continue
        summary = (ast.get_docstring(module) or "").split("\n\n")[0].replace("\n", " ")
        quick = [_quick_arguments(node) for node in module.body if _assigns_quick(node)]
        yield path.stem, (summary, quick[0] if quick else None)


def _defines_main(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == "main"


def _assigns_quick(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "QUICK"


def _quick_arguments(node: ast.stmt) -> list[str]:
    assert isinstance(node, ast.Assign)
    return list(ast.literal_eval(node.value))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
