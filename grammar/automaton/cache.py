"""Compiling takes seconds, so its result is kept on disk, under a name made of all it depends on."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import numpy as np

from grammar.automaton.automaton import Automaton
from grammar.automaton.patterns import Alphabet

__all__ = ["cache_folder", "load_automaton"]


@cache
def load_automaton() -> Automaton:
    """The automaton of `abc.lark`, from the cache if it is there."""
    path = cache_folder() / f"automaton-{_fingerprint()}.npz"
    with suppress(OSError, ValueError, KeyError):
        return _read(path)
    automaton = _compile()
    with suppress(OSError):  # a cache that cannot be written only costs time
        _write(automaton, path)
    return automaton


def cache_folder() -> Path:
    """The user's cache folder for Tuneloom, whether it exists or not."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "tuneloom"


def _compile() -> Automaton:
    from grammar.automaton.build import compile_grammar, distances

    compiled = compile_grammar(_grammar())
    dfa = compiled.dfa
    return Automaton(compiled.alphabet, dfa.transitions, dfa.accepting, distances(dfa))


def _grammar() -> str:
    return files("grammar").joinpath("abc.lark").read_text(encoding="utf-8")


def _fingerprint() -> str:
    """A hash of the grammar and of the code that compiles it."""
    digest = hashlib.sha256(_grammar().encode())
    digest.update(version("lark").encode())
    folder = files("grammar.automaton")
    for name in ("nfa.py", "patterns.py", "rules.py", "build.py"):
        digest.update(folder.joinpath(name).read_bytes())
    return digest.hexdigest()[:16]


def _read(path: Path) -> Automaton:
    with np.load(path) as table:
        alphabet = Alphabet(tuple(table["cuts"].tolist()), tuple(table["classes"].tolist()))
        return Automaton(alphabet, table["transitions"], table["accepting"], table["distance"])


def _write(automaton: Automaton, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".npz")
    with os.fdopen(handle, "wb") as file:
        np.savez(
            file,
            cuts=np.array(automaton.alphabet.cuts),
            classes=np.array(automaton.alphabet.classes),
            transitions=automaton.transitions,
            accepting=automaton.accepting,
            distance=automaton.distance,
        )
    Path(name).replace(path)
