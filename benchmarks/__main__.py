"""`python -m benchmarks` runs the quick ones, `NAME` one in full, `--list` lists them all.

A benchmark is a module in a folder of this package that has a `main`. It may take arguments, and returns
False if a figure misses its target. QUICK holds the arguments with which it takes well under a minute.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from inspect import signature
from pathlib import Path

from tuneloom.grammar.errors import TuneloomError


def main(arguments: list[str]) -> int:
    """Run what the arguments ask for; the exit status is 1 if a figure missed its target."""
    benchmarks = {benchmark.name: benchmark for benchmark in _benchmarks()}
    if not arguments:
        quick = [b for b in benchmarks.values() if b.quick is not None]
        return max(run(benchmark, benchmark.quick or []) for benchmark in quick)
    name, *options = arguments
    if name in benchmarks:
        return run(benchmarks[name], options)
    for known, benchmark in benchmarks.items():
        print(f"{known:<12} {benchmark.summary}")
    return 0 if name == "--list" else 2


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Its name, its module, what it measures, and its quick arguments if it has any."""

    name: str
    module: str
    summary: str
    quick: list[str] | None


def run(benchmark: Benchmark, options: list[str]) -> int:
    print(f"== {benchmark.name} {' '.join(options)}".rstrip(), flush=True)
    module = import_module(benchmark.module)
    try:
        takes_options = bool(signature(module.main).parameters)
        reached = module.main(options) if takes_options else module.main()
    except TuneloomError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 1 if reached is False else 0


def _benchmarks() -> Iterator[Benchmark]:
    """Every benchmark, found without importing any, which would load TensorFlow and Beam."""
    for path in sorted(Path(__file__).parent.glob("*/*.py"), key=lambda path: path.stem):
        source = ast.parse(path.read_text(encoding="utf-8"))
        if path.stem.startswith("_") or not any(_defines_main(node) for node in source.body):
            continue
        summary = (ast.get_docstring(source) or "").split("\n\n")[0].replace("\n", " ")
        quick = [_quick_arguments(node) for node in source.body if _assigns_quick(node)]
        module = f"benchmarks.{path.parent.name}.{path.stem}"
        yield Benchmark(path.stem, module, summary, quick[0] if quick else None)


def _defines_main(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name == "main"


def _assigns_quick(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "QUICK"


def _quick_arguments(node: ast.stmt) -> list[str]:
    assert isinstance(node, ast.Assign)
    return list(ast.literal_eval(node.value))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
