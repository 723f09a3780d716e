"""Imports go one way: grammar <- corpus <- pipeline <- model <- tuneloom."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("grammar", "corpus", "pipeline", "model", "tuneloom")

# What each room may import besides the rooms before it, the standard library and numpy.
GUESTS = {
    "grammar": {"lark"},
    "corpus": {"matplotlib", "music21", "pandas", "pooch", "rensa"},
    # grpc is what Beam's worker handlers speak; rich shows the progress of `beam run`.
    "pipeline": {"apache_beam", "google", "google_crc32c", "grpc", "rich", "tensorflow_metadata"},
    "model": {"keras", "pandas", "symusic", "tensorflow"},
    "tuneloom": {"rich", "typer"},
}


def imported(source: str) -> Iterator[tuple[int, str]]:
    """Every top-level package that a module imports anywhere, with the line that does so."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import hides its room"
            yield node.lineno, (node.module or "").partition(".")[0]


def allowed(room: str) -> set[str]:
    rooms = ROOMS[: ROOMS.index(room) + 1]
    return {*rooms, *GUESTS[room], "numpy", *sys.stdlib_module_names}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_the_rooms_before_it_and_its_own_guests(room: str) -> None:
    strangers = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in sorted(ROOT.joinpath(room).rglob("*.py"))
        for line, name in imported(path.read_text(encoding="utf-8"))
        if name not in allowed(room)
    ]
    assert strangers == []


def test_the_check_sees_imports_inside_functions() -> None:
    source = "def f():\n    import tensorflow.data\n    from model.score import judge\n"
    assert list(imported(source)) == [(2, "tensorflow"), (3, "model")]


def test_every_room_declares_its_types() -> None:
    assert all(ROOT.joinpath(room, "py.typed").is_file() for room in ROOMS)
