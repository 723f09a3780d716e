"""Damages data sets and runs, by field and by byte, and reads them: one line must say what is wrong.

A damaged copy is either refused by a `TuneloomError` of one line, or read to the end; nothing else may be
raised, no file outside of the copy may be opened, and no code may be run. The manifest's own checksum is
renewed after each damage, as whoever wants to do harm would.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.support.random_texts import mutant
from tuneloom.grammar.errors import TuneloomError
from tuneloom.pipeline.dataset.files import COMPLETED, MANIFEST
from tuneloom.pipeline.dataset.reader import read_records, read_rejects
from tuneloom.pipeline.dataset.tfrecord import frame
from tuneloom.pipeline.publish.target import mark_complete

__all__ = ["Tampering", "small_data_set"]

QUICK = ["--count", "100"]

_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 5, 10**12, 1 << 63, 1e308, float("nan"), "", "x", "/dev/zero", "../../etc/passwd",
    "\x00", "\ud800", "a" * 10_000, [], {}, [[]], {"a": 1}, [None], [[["x"]]],
)  # fmt: skip
_METRICS = """\
step,epoch,characters,seconds,learning_rate,train_bits,validation_bits,parseable,metrical
10,0.1,5000,0.5,0.001,3.2,,,
20,0.2,10000,1.0,0.001,2.9,2.8,50.0,25.0
"""
_TUNES = """\
X:1
T:One
R:jig
M:6/8
L:1/8
K:D
|:dff cee|def gfe|dff cee|dfe dBA:|

X:2
T:Two
M:4/4
L:1/8
K:G
GABc dedB|dedB dedB|c2ec B2dB|A2FD G4|]

X:3
T:Broken
K:C
CDEF GABc|[CEG
"""


def main(arguments: list[str]) -> bool:
    """Damage `--count` copies; list what was raised besides refusals, and False if anything was."""
    parser = argparse.ArgumentParser(prog="benchmarks tamper")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        tampering = Tampering(Path(folder), random.Random(options.seed))
        failures = list(tampering.failures(options.count))
    for failure in failures:
        print(failure)
    print(
        f"{options.count} damaged copies, seed {options.seed}: {tampering.refused} refused in one line, "
        f"{tampering.read} read to the end, {len(failures)} failed"
    )
    return not failures


def small_data_set(folder: Path) -> Path:
    """A data set of three tunes, one of them a reject."""
    from tuneloom.pipeline.run import main as ingest

    book = folder / "book.abc"
    book.write_text(_TUNES)
    assert not ingest(["--input", str(book), "--output", str(folder / "set"), "--shards", "1"])
    return folder / "set"


def _small_run(folder: Path) -> Path:
    """The settings of the run that comes with the package, without its network, and metrics."""
    from tuneloom.model.runs.run_files import CONFIG_FILE, PRETRAINED, run_path

    run = folder / "run"
    run.mkdir()
    shutil.copy(run_path(Path(PRETRAINED)) / CONFIG_FILE, run)
    (run / "metrics.csv").write_text(_METRICS)
    return run


class Tampering:
    """Damages copies of a data set and a run below a folder, and counts what becomes of them."""

    def __init__(self, folder: Path, randomly: random.Random) -> None:
        self._originals = {small_data_set(folder): _read_data_set, _small_run(folder): _read_run}
        self._copy = folder / "copy"
        self._randomly = randomly
        self.refused = self.read = 0

    def failures(self, count: int) -> Iterator[str]:
        """What went wrong besides refusals of one line, with the damage that it was done by."""
        for _ in range(count):
            original, read = self._randomly.choice(list(self._originals.items()))
            shutil.rmtree(self._copy, ignore_errors=True)
            shutil.copytree(original, self._copy)
            damage = self._damage()
            try:
                with _watched(self._copy):
                    read(self._copy)
                self.read += 1
            except TuneloomError as error:
                self.refused += 1
                if "\n" in str(error) or len(str(error)) > 2000:
                    yield f"{damage}: more than a line: {str(error)[:200]!r}"
            except Exception as error:
                yield f"{damage}: {error!r:.300}"

    def _damage(self) -> str:
        """Damage one file of the copy, and say how."""
        path = self._randomly.choice(sorted(p for p in self._copy.iterdir() if p.name != COMPLETED))
        ways = [self._bytes, self._emptied, self._replaced]
        if path.suffix == ".json":
            ways += [self._field] * 6 + [self._nested]
        if path.suffix in (".jsonl", ".csv", ".json", ".pbtxt"):
            ways.append(self._text)
        if path.suffix == ".tfrecord":
            ways += [self._framed] * 3
        damage = self._randomly.choice(ways)(path)
        if (self._copy / COMPLETED).exists():
            self._renew_sums()
        return f"{path.name}: {damage}"

    def _renew_sums(self) -> None:
        """Make the checksums those of the damaged files."""
        path = self._copy / MANIFEST
        try:
            manifest = json.loads(path.read_bytes())
            for shard in manifest["shards"]:
                data = (self._copy / shard["file"]).read_bytes()
                shard |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            path.write_text(json.dumps(manifest))
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            pass  # the manifest itself is what was damaged
        with suppress(OSError):  # a directory in place of a file
            mark_complete(self._copy)

    def _bytes(self, path: Path) -> str:
        data = bytearray(path.read_bytes())
        places = [self._randomly.randrange(len(data)) for _ in range(3 if data else 0)]
        for place in places:
            data[place] = self._randomly.randrange(256)
        path.write_bytes(data)
        return f"bytes at {places}"

    def _emptied(self, path: Path) -> str:
        data = path.read_bytes()
        cut = self._randomly.randrange(len(data) + 1)
        path.write_bytes(data[:cut])
        return f"cut at {cut}"

    def _replaced(self, path: Path) -> str:
        kind = self._randomly.choice(["directory", "missing", "binary", "link"])
        path.unlink()
        if kind == "directory":
            path.mkdir()
        elif kind == "binary":
            path.write_bytes(self._randomly.randbytes(300))
        elif kind == "link":
            path.symlink_to("nowhere")
        return kind

    def _text(self, path: Path) -> str:
        text = path.read_text(errors="surrogateescape")
        for _ in range(3):
            text = mutant(text, self._randomly) if len(text) > 2 else text
        path.write_text(text, errors="surrogateescape")
        return "text"

    def _nested(self, path: Path) -> str:
        path.write_text("[" * 200_000)
        return "nested"

    def _framed(self, path: Path) -> str:
        """Garbage that has the right checksum, or a length that has."""
        if self._randomly.random() < 0.3:
            length = self._randomly.choice([1 << 63, 10**12, (1 << 64) - 1]).to_bytes(8, "little")
            path.write_bytes(length + frame(length)[12:][8:12] + b"x" * 100)
            return "a length"
        data = bytearray(path.read_bytes()[12:-4] or b"x")
        for _ in range(self._randomly.randrange(1, 5)):
            data[self._randomly.randrange(len(data))] = self._randomly.randrange(256)
        path.write_bytes(frame(bytes(data)))
        return "a record"

    def _field(self, path: Path) -> str:
        """Another value, none, or another name for a field at any depth."""
        content = json.loads(path.read_bytes())
        places = list(_json_places(content))
        if not places:
            return self._bytes(path)
        holder, key = self._randomly.choice(places)
        value = copy.deepcopy(self._randomly.choice(_VALUES))
        if isinstance(holder, dict) and self._randomly.random() < 0.2:
            holder.pop(key)
            value = "(taken out)"
        else:
            holder[key] = value
        path.write_text(json.dumps(content))
        return f"{key} is {value!r:.60}"


def _json_places(content: Any) -> Iterator[tuple[Any, Any]]:
    """Every field and item of a JSON value, with what holds it."""
    inside: Sequence[tuple[Any, Any]] = ()
    if isinstance(content, dict):
        inside = list(content.items())
    elif isinstance(content, list):
        inside = list(enumerate(content[:5]))
    for key, value in inside:
        yield content, key
        yield from _json_places(value)


def _read_data_set(folder: Path) -> None:
    from tuneloom.pipeline.dataset.manifest import Manifest
    from tuneloom.pipeline.publish.verify import verify_dataset

    for fault in verify_dataset(folder):
        assert "\n" not in str(fault), "a fault of more than a line"
    for split in Manifest.load(folder).splits:
        for record in read_records(folder, split):
            assert isinstance(record.abc, str)
    list(read_rejects(folder))


def _read_run(folder: Path) -> None:
    from tuneloom.model.runs.directory import RunDirectory
    from tuneloom.model.runs.metrics import Metrics

    run = RunDirectory.open(folder)
    Metrics.read(run.metrics, 10)


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
def _watched(folder: Path) -> Iterator[None]:
    """Fail if a file is opened that is neither in the folder nor of Python or ours, or a program is run."""
    if not _WATCH:  # a hook cannot be taken away again
        _WATCH.append(_Watch())
    [watch] = _WATCH
    watch.found.clear()
    ours = Path(__file__).parents[2]
    watch.folders = [str(each) for each in (folder, sys.base_prefix, sys.prefix, ours, "<")]
    try:
        yield
    finally:
        watch.folders = ()
    assert not watch.found, watch.found[:3]
