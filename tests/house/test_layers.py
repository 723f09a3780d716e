"""Imports go one way: grammar <- corpus <- pipeline <- model <- tuneloom."""

import ast
import sys

import pytest

from tests.house.source_tree import ROOMS, imports_of, modules

# What each room may import besides the rooms before it and the standard library.
GUESTS = {
    # IPython shows progress in a notebook, where it is installed.
    "grammar": {"IPython", "lark", "msgspec"},
    "corpus": {
        *("matplotlib", "msgspec", "music21", "numpy", "pandas", "pooch", "pyarrow", "rensa"),
        *("resvg_py", "symusic", "verovio"),
    },
    # grpc is what Beam's worker handlers speak; rich shows the progress of `beam run`.
    "pipeline": {
        *("apache_beam", "filelock", "google", "google_crc32c", "grpc", "pyarrow", "rich"),
        *("tensorflow_metadata", "yaml"),
    },
    "model": {
        *("h5py", "keras", "msgspec", "numpy", "onnx", "pandas", "safetensors", "symusic"),
        "tensorflow",
    },
    "tuneloom": {"click", "lsprotocol", "msgspec", "numpy", "pathspec", "pygls", "rich"},
}


def room_of(name: str) -> str:
    """`our grammar` for `tuneloom.grammar.tune`, `our tuneloom` for the front door, else the package."""
    package, _, rest = name.partition(".")
    room = rest.partition(".")[0]
    return f"our {room if room in ROOMS else package}" if package == "tuneloom" else package


def allowed(room: str) -> set[str]:
    rooms = {f"our {name}" for name in ROOMS[: ROOMS.index(room) + 1]}
    return {*rooms, *GUESTS[room], *sys.stdlib_module_names}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_the_rooms_before_it_and_its_own_guests(room: str) -> None:
    strangers = [
        f"{module.path}:{line} imports {name}"
        for module in modules().values()
        if module.path.parts[0] == room
        for line, name in imports_of(module.source)
        if room_of(name) not in allowed(room)
    ]
    assert strangers == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_guest_of_a_room_is_used_there(room: str) -> None:
    own = [module for module in modules().values() if module.path.parts[0] == room]
    used = {room_of(name) for module in own for _, name in imports_of(module.source)}
    assert used >= GUESTS[room]


def test_no_room_is_imported_by_its_bare_name() -> None:
    """`import grammar` works in this folder only: an installation has `tuneloom.grammar`."""
    bare = [
        f"{module.path}:{line} imports {name}"
        for module in modules().values()
        for line, name in imports_of(module.source)
        if name.partition(".")[0] in ROOMS[:-1]
    ]
    assert bare == []


def test_imports_inside_functions_are_seen() -> None:
    source = "def f():\n    import tensorflow.data\n    from tuneloom.model.score import judge\n"
    names = [(line, room_of(name)) for line, name in imports_of(ast.parse(source))]
    assert names == [(2, "tensorflow"), (3, "our model")]
