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
    "tuneloom": {"click", "rich"},
}


def imported(source: str) -> Iterator[tuple[int, str]]:
    """Every package that a module imports anywhere, with the line; of our own, the room."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, room_of(alias.name)) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import hides its room"
            yield node.lineno, room_of(node.module or "")


def room_of(module: str) -> str:
    """`grammar` for `tuneloom.grammar.tune`, `tuneloom` for the front door, else the package."""
    package, _, rest = module.partition(".")
    room = rest.partition(".")[0]
    return f"our {room if room in ROOMS else package}" if package == "tuneloom" else package


def allowed(room: str) -> set[str]:
    rooms = {f"our {name}" for name in ROOMS[: ROOMS.index(room) + 1]}
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
    source = "def f():\n    import tensorflow.data\n    from tuneloom.model.score import judge\n"
    assert list(imported(source)) == [(2, "tensorflow"), (3, "our model")]
