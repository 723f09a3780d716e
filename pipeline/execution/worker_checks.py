"""Check that a worker can take part in a run: it has the driver's code, and sees the driver's files.

The workers of a cluster are set up before a run, on machines of their own. One that has another version of
the code, or does not find the inputs that the driver found, would not fail by itself: it would make another
data set.
"""

from __future__ import annotations

import hashlib
import os
import socket
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from tuneloom.corpus.source import SourceFile
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.registry import load_plugins
from tuneloom.pipeline.storage.paths import AnyPath, is_remote, set_file_options

__all__ = ["WorkerCheck", "hash_plugins", "require_input"]

_FOLDERS = ("grammar", "corpus", "pipeline")
_LIBRARIES = ("apache-beam", "lark", "rensa")


@cache
def _versions() -> Mapping[str, str]:
    """What must be the same in all processes of a run, our own code first."""
    own = {"tuneloom": f"{version('tuneloom')} (code {_code_hash()})"}
    python = {"Python": "{}.{}".format(*sys.version_info)}
    return own | python | {name: version(name) for name in _LIBRARIES}


def _code_hash() -> str:
    """A hash that differs between two states of the code with the same version."""
    root = Path(__file__).parents[2]
    digest = hashlib.sha256()
    for folder in _FOLDERS:
        for file in sorted(root.joinpath(folder).rglob("*")):
            if file.suffix in (".py", ".lark"):
                digest.update(file.relative_to(root).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def hash_plugins(names: Iterable[str]) -> dict[str, str]:
    """A hash of the file of each plugin, which must be the same in all processes of a run."""
    return {name: _hash_module(name) for name in names}


def _hash_module(name: str) -> str:
    spec = find_spec(name)
    file = Path(spec.origin) if spec and spec.origin else None
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file else ""


@dataclass(frozen=True, slots=True)
class WorkerCheck:
    """What the driver requires of every worker.

    `folder` is where the run works, and `options` are Beam's options for its file systems: Beam does not
    pass them to the workers of a worker pool. `plugins` are the modules to import before any tune is judged,
    with the hashes of their files.
    """

    folder: AnyPath
    options: Sequence[str] = ()
    plugins: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=_versions)

    def require(self) -> None:
        """Prepare this process for the run.

        Raises:
            UsageError: it has other versions than the driver, lacks a plugin, or does not see the folder.
        """
        _require_same(_versions(), self.versions)
        load_plugins(tuple(self.plugins))
        _require_same(hash_plugins(self.plugins), self.plugins)
        set_file_options(self.options)
        # The folder's name is random, so no other machine has one of that name.
        if (reason := _unseen(self.folder)) is not None:
            raise UsageError(
                f"{_worker()} does not see {self.folder.parent}, where the data set is made{reason}; "
                "choose an --output on a disk or in a bucket that the driver and all workers share"
            )


def _require_same(here: Mapping[str, str], driver: Mapping[str, str]) -> None:
    for name, found in here.items():
        if found != driver[name]:
            raise UsageError(
                f"{_worker()} has {name} {found}, and the driver {driver[name]}; "
                "install the same on both"
            )


def require_input(file: SourceFile) -> None:
    """Raise `UsageError` if this worker does not see a file that the driver found."""
    if not (file.fault or is_remote(file.location) or os.path.lexists(file.location)):
        raise UsageError(
            f"{_worker()} does not see the input {file.location}; put inputs on a disk or in a "
            "bucket that the driver and all workers share"
        )


def _unseen(folder: AnyPath) -> str | None:
    """None if the folder is there, otherwise the reason, if one is known."""
    try:
        return None if folder.is_dir() else ""
    except OSError as error:
        return f" ({error.strerror})"


def _worker() -> str:
    return f"a worker on {socket.gethostname()} ({sys.executable})"
