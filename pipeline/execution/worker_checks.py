"""Whether a worker is fit for a run: it has the driver's code, and sees the driver's files.

Workers of a cluster are set up ahead of a run, on machines of their own. One that has another state of
the code, or does not find the inputs that the driver found, would not fail by itself: it would make
another data set.
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
from tuneloom.pipeline.storage.paths import AnyPath, is_remote, set_file_options

__all__ = ["Fitness", "require_input"]

_PACKAGES = ("grammar", "corpus", "pipeline")
_LIBRARIES = ("apache-beam", "lark", "rensa")


@cache
def _versions() -> Mapping[str, str]:
    """What must be the same in all processes of a run, our own code first."""
    own = {"tuneloom": f"{version('tuneloom')} (code {_code_hash()})"}
    python = {"Python": "{}.{}".format(*sys.version_info)}
    return own | python | {name: version(name) for name in _LIBRARIES}


def _code_hash() -> str:
    """Tells two states of the code apart that bear the same version."""
    root = Path(__file__).parents[2]
    digest = hashlib.sha256()
    for package in _PACKAGES:
        for file in sorted(root.joinpath(package).rglob("*")):
            if file.suffix in (".py", ".lark"):
                digest.update(file.relative_to(root).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Fitness:
    """What the driver asks of every worker: its own versions, and the folder in which it works.

    `options` are those of Beam that say how its file systems are reached. Not every worker is told of
    them by Beam: those of a worker pool are not.
    """

    folder: AnyPath
    options: Sequence[str] = ()
    versions: Mapping[str, str] = field(default_factory=_versions)

    def require(self) -> None:
        """Raise `UsageError` unless this process has the same versions and sees the folder."""
        for name, here in _versions().items():
            if here != self.versions[name]:
                raise UsageError(
                    f"{_worker()} has {name} {here}, and the driver {self.versions[name]}; "
                    "install the same on both"
                )
        set_file_options(self.options)
        # Its name is drawn by chance, so that no other machine has one like it.
        if (reason := _unseen(self.folder)) is not None:
            raise UsageError(
                f"{_worker()} does not see {self.folder.parent}, where the data set is made{reason}; "
                "give an --output on a disk or in a bucket that the driver and all workers share"
            )


def require_input(file: SourceFile) -> None:
    """Raise `UsageError` if a file that the driver found is not there for this worker."""
    if not (file.fault or is_remote(file.location) or os.path.lexists(file.location)):
        raise UsageError(
            f"{_worker()} does not see the input {file.location}; put inputs on a disk or in a "
            "bucket that the driver and all workers share"
        )


def _unseen(folder: AnyPath) -> str | None:
    """None for a folder that is there; else the reason, if more can be said."""
    try:
        return None if folder.is_dir() else ""
    except OSError as error:
        return f" ({error.strerror})"


def _worker() -> str:
    return f"a worker on {socket.gethostname()} ({sys.executable})"
