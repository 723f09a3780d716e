"""Commands load only what they need: no TensorFlow, no Beam and the like where nothing asks for them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tuneloom.grammar.automaton.load import load_automaton
from tuneloom.grammar.parsing.tables import load_tables

HEAVY = ("apache_beam", "keras", "matplotlib", "music21", "pandas", "tensorflow")
TUNES = "X:1\nT:One\nK:D\nA|\n"

SCRIPT = """
import json, sys
from tuneloom.cli.app import main
status = main(sys.argv[1:])
print(json.dumps([status, sorted(sys.modules)]), file=sys.stderr)
"""


def modules_after(*arguments: str) -> set[str]:
    """The modules that a command has imported at its end, in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments], capture_output=True, text=True, check=True
    )
    status, modules = json.loads(done.stderr.splitlines()[-1])
    assert status == 0, done.stderr
    return set(modules)


@pytest.mark.parametrize("arguments", [["--help"], ["train", "--help"], ["sources"], ["explain"]])
def test_help_and_lists_load_nothing_heavy(arguments: list[str]) -> None:
    assert modules_after(*arguments).isdisjoint(HEAVY)


def test_scoring_tunes_loads_nothing_heavy(tmp_path: Path) -> None:
    tunes = tmp_path / "tunes.abc"
    tunes.write_text(TUNES)
    assert modules_after("score", str(tunes)).isdisjoint(HEAVY)


@pytest.mark.slow
def test_a_command_with_a_network_loads_no_packages_that_it_does_not_use(tmp_path: Path) -> None:
    loaded = modules_after("generate", "-n", "1", "--output", str(tmp_path / "tunes.abc"))
    assert loaded.isdisjoint({"IPython", "matplotlib", "pandas", "scipy"})
    assert "keras" in loaded


@pytest.mark.parametrize("output", ["table", "html"])
def test_an_index_loads_nothing_heavy(output: str, tmp_path: Path) -> None:
    tunes = tmp_path / "tunes.abc"
    tunes.write_text(TUNES)
    loaded = modules_after("index", str(tunes), "--output-format", output)
    assert loaded.isdisjoint({*HEAVY, "numpy"})


@pytest.mark.parametrize(
    "command",
    [
        ["check"],
        ["format", "--check"],
        ["sort"],
        ["renumber"],
        ["extract", "--number", "1"],
        ["transpose", "--to", "D"],
        ["layout", "--halve"],
    ],
    ids=" ".join,
)
def test_checking_and_editing_tunes_loads_little(command: list[str], tmp_path: Path) -> None:
    tunes = tmp_path / "tunes.abc"
    tunes.write_text(TUNES)
    load_tables()  # which need Lark only where the cache does not have them yet
    load_automaton()
    others = (
        "csv",
        "importlib.metadata",
        "lark",
        "numpy",
        "pathspec",
        "rich",
        "subprocess",
        "zipfile",
    )
    assert modules_after(*command, str(tunes)).isdisjoint({*HEAVY, *others})


def test_importing_the_package_loads_nothing_until_a_name_is_used() -> None:
    script = (
        "import sys, tuneloom; "
        "print([m for m in ('tuneloom.grammar', 'lark', 'rich') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
