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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path

from tuneloom.corpus.source import SourceFile
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.registry import load_plugins
from tuneloom.pipeline.storage.paths import AnyPath, is_remote, set_file_options

__all__ = ["WorkerCheck", "require_input"]

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


@dataclass(frozen=True, slots=True)
class WorkerCheck:
    """What the driver requires of every worker.

    `folder` is where the run works, and `options` are Beam's options for its file systems: Beam does not
    pass them to the workers of a worker pool. `plugins` are the modules to import before any tune is judged.
    """

    folder: AnyPath
    options: Sequence[str] = ()
    plugins: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=_versions)

    def require(self) -> None:
        """Prepare this process for the run.

        Raises:
            UsageError: it has other versions than the driver, lacks a plugin, or does not see the folder.
        """
        for name, here in _versions().items():
            if here != self.versions[name]:
                raise UsageError(
                    f"{_worker()} has {name} {here}, and the driver {self.versions[name]}; "
                    "install the same on both"
                )
        load_plugins(self.plugins)
        set_file_options(self.options)
        # The folder's name is random, so no other machine has one of that name.
        if (reason := _unseen(self.folder)) is not None:
            raise UsageError(
                f"{_worker()} does not see {self.folder.parent}, where the data set is made{reason}; "
                "choose an --output on a disk or in a bucket that the driver and all workers share"
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
