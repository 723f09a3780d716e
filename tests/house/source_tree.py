"""The modules of this repository and what they import, read without running them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("grammar", "corpus", "pipeline", "model", "tuneloom")


@dataclass(frozen=True, slots=True)
class Module:
    """A module of ours; the name is the one it is imported by, the path relative to the root."""

    name: str
    path: Path
    source: ast.Module

    @property
    def folder(self) -> str:
        return self.path.parent.as_posix()

    @property
    def is_lazy_package(self) -> bool:
        """Whether this is an `__init__` whose names load on first use (PEP 562)."""
        return self.path.name == "__init__.py" and any(
            isinstance(node, ast.FunctionDef) and node.name == "__getattr__"
            for node in self.source.body
        )


@cache
def modules() -> dict[str, Module]:
    """Every module of the rooms and of the benchmarks, by name."""
    found = [
        _module(path.relative_to(ROOT))
        for folder in (*ROOMS, "benchmarks")
        for path in sorted(ROOT.joinpath(folder).rglob("*.py"))
        if not any(parent.is_symlink() for parent in path.parents)
    ]
    return {module.name: module for module in found}


def _module(path: Path) -> Module:
    name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
    inside = path.parts[0] in ROOMS and path.parts[0] != "tuneloom"
    source = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return Module(f"tuneloom.{name}" if inside else name, path, source)


def imports_of(source: ast.AST) -> Iterator[tuple[int, str]]:
    """The line and the dotted name of every import: anywhere, in functions and for types too.

    `from a import b` yields `a.b`, whether `b` is a module or a name in one.
    """
    for node in ast.walk(source):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import hides its room"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
