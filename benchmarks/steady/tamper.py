"""Damages data sets, runs and caches, by field and by byte, and reads them: one line must say what is wrong.

A damaged copy is either refused by a `TuneloomError` of one line, or read to the end; nothing else may be
raised, no file outside of the copy may be opened, no code may be run, and no more memory be needed. The
manifest's own checksum, and those of archives, are renewed after each damage, as whoever wants to do harm
would.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.steady.damage import damage_file
from benchmarks.steady.tampered import Original, originals
from tuneloom.grammar.errors import TuneloomError
from tuneloom.pipeline.dataset.files import COMPLETED, MANIFEST
from tuneloom.pipeline.publish.target import mark_complete

__all__ = ["Tampering"]

QUICK = ["--count", "100", "--no-networks"]

_MORE_MEMORY = 500_000  # KiB


def main(arguments: list[str]) -> bool:
    """Damage `--count` copies; list what was raised besides refusals, and False if anything was."""
    parser = argparse.ArgumentParser(prog="benchmarks tamper")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--no-networks", action="store_true", help="leave out what needs TensorFlow"
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        tampering = Tampering(Path(folder), random.Random(options.seed), not options.no_networks)
        failures = 0
        for failure in tampering.failures(options.count):
            failures += 1
            print(failure, flush=True)
    print(
        f"{options.count} damaged copies, seed {options.seed}: {tampering.refused} refused in one line, "
        f"{tampering.read} read to the end, {failures} failed"
    )
    return not failures


class Tampering:
    """Damages copies of a data set, of runs and of a cache, and counts what becomes of them."""

    def __init__(self, folder: Path, randomly: random.Random, networks: bool = False) -> None:
        self._originals = originals(folder, networks)
        self._copy = folder / "copy"
        self._randomly = randomly
        self.refused = self.read = 0

    def failures(self, count: int) -> Iterator[str]:
        """What went wrong besides refusals of one line, with the damage that it was done by."""
        memory = 0
        for number in range(-len(self._originals), count):
            # Each is read as it is first, which loads what is loaded once.
            original = (
                self._randomly.choice(self._originals) if number >= 0 else self._originals[number]
            )
            shutil.rmtree(self._copy, ignore_errors=True)
            shutil.copytree(original.folder, self._copy)
            if number < 0:
                original.read(self._copy)
                memory = _peak_memory()
                continue
            yield from self._failures_of(original)
            if (now := _peak_memory()) > memory + _MORE_MEMORY:
                yield f"{now - memory:,} KiB more memory were needed"
                memory = now

    def _failures_of(self, original: Original) -> Iterator[str]:
        damage = self._damage()
        try:
            with _watched(self._copy, *original.besides):
                original.read(self._copy)
            self.read += 1
        except TuneloomError as error:
            self.refused += 1
            if "\n" in str(error) or len(str(error)) > 2000:
                yield f"{damage}: more than a line: {str(error)[:200]!r}"
        except Exception as error:
            yield f"{damage}: {error!r:.300}"

    def _damage(self) -> str:
        """Damage one file of the copy, and say how."""
        files = (path for path in self._copy.rglob("*") if path.is_file())
        path = self._randomly.choice(sorted(path for path in files if path.name != COMPLETED))
        damage = damage_file(path, self._randomly)
        if (self._copy / COMPLETED).exists() and not path.is_fifo():
            self._renew_sums()
        return f"{path.name}: {damage}"

    def _renew_sums(self) -> None:
        """Make the checksums those of the damaged files."""
        path = self._copy / MANIFEST
        try:
            manifest = json.loads(path.read_bytes())
            for shard in manifest["shards"]:
                file = self._copy / shard["file"]
                if file.is_file():  # the name may be damaged, too: /dev/zero has no end
                    data = file.read_bytes()
                    shard |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            path.write_text(json.dumps(manifest))
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            pass  # the manifest itself is what was damaged
        with suppress(OSError):  # a directory in place of a file
            mark_complete(self._copy)


def _peak_memory() -> int:
    """The most memory that this process has had so far, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


class _Watch:
    """Notes what is opened outside of some folders, and what is run, while it is on."""

    def __init__(self) -> None:
        self.folders: Sequence[str] = ()
        self.found: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.folders:
            return
        if event in ("subprocess.Popen", "os.system", "os.exec", "exec", "socket.connect"):
            code = arguments[0]
            if event != "exec" or not getattr(code, "co_filename", "").startswith(
                tuple(self.folders)
            ):
                self.found.append(f"{event} {code!r:.80}")
        elif event == "open" and isinstance(arguments[0], str | bytes):
            path = str(Path(os.fsdecode(arguments[0])).absolute())
            if not path.startswith(tuple(self.folders)):
                self.found.append(f"opened {path}")


_WATCH: list[_Watch] = []


@contextmanager
def _watched(*folders: Path) -> Iterator[None]:
    """Fail if a file is opened that is neither in the folders nor of Python or ours, or a program is run."""
    if not _WATCH:  # a hook cannot be taken away again
        _WATCH.append(_Watch())
    [watch] = _WATCH
    watch.found.clear()
    ours = Path(__file__).parents[2]
    watch.folders = [str(each) for each in (*folders, sys.base_prefix, sys.prefix, ours, "<")]
    try:
        yield
    finally:
        watch.folders = ()
    assert not watch.found, watch.found[:3]
