"""What is damaged: a data set, runs, and a cache, each with how it is read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.steady.books import book_to_train_on
from tuneloom.grammar.automaton.load import load_automaton
from tuneloom.grammar.parsing.tables import load_tables
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.metrics import Metrics
from tuneloom.model.runs.run_files import CONFIG_FILE, PRETRAINED, run_path
from tuneloom.model.runs.run_state import read_run_state
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import read_records, read_rejects
from tuneloom.pipeline.publish.verify import verify_dataset
from tuneloom.pipeline.run import main as ingest

__all__ = ["Original", "originals"]

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


@dataclass(frozen=True, slots=True)
class Original:
    """A folder that copies are made of, what reads a copy, and the folders that it may read besides."""

    folder: Path
    read: Callable[[Path], None]
    besides: tuple[Path, ...] = ()


def originals(folder: Path, networks: bool) -> list[Original]:
    """Make the folders; with `networks`, a run that was trained and that can be resumed, among them."""
    found = [
        Original(_small_data_set(folder), _read_data_set),
        Original(_small_run(folder), _read_run),
        Original(_cache(folder), _cache_reader()),
    ]
    if networks:
        found += [Original(_pretrained(folder), _read_network), *_trained(folder)]
    return found


def _ingested(folder: Path, tunes: str, shards: int) -> Path:
    book = folder / "book.abc"
    book.write_text(tunes)
    name = f"set-{shards}"
    assert not ingest(
        ["--input", str(book), "--output", str(folder / name), "--shards", str(shards)]
    )
    return folder / name


def _small_data_set(folder: Path) -> Path:
    """A data set of three tunes, one of them a reject."""
    return _ingested(folder, _TUNES, 1)


def _read_data_set(folder: Path) -> None:
    for fault in verify_dataset(folder):
        assert "\n" not in str(fault), "a fault of more than a line"
    for split in Manifest.load(folder).splits:
        for record in read_records(folder, split):
            assert isinstance(record.abc, str)
    list(read_rejects(folder))


def _small_run(folder: Path) -> Path:
    """The settings of the run that comes with the package, without its network, and metrics."""
    run = folder / "run"
    run.mkdir()
    shutil.copy(run_path(Path(PRETRAINED)) / CONFIG_FILE, run)
    (run / "metrics.csv").write_text(_METRICS)
    return run


def _read_run(folder: Path) -> None:
    run = RunDirectory.open(folder)
    Metrics.read(run.metrics, 10)
    read_run_state(run)
    run.count_parameters()


def _cache(folder: Path) -> Path:
    """What is kept of the grammar, as it was written."""
    cache = folder / "cache"
    with _cache_in(cache):
        load_automaton()
        load_tables()
    return cache


def _cache_reader() -> Callable[[Path], None]:
    """A function that reads a cache, which must be what it was; a damaged one is made anew."""
    automaton, tables = load_automaton(), load_tables()

    def read(folder: Path) -> None:
        with _cache_in(folder):
            assert load_automaton() == automaton
            assert load_tables().patterns == tables.patterns  # states may have other numbers

    return read


@contextmanager
def _cache_in(folder: Path) -> Iterator[None]:
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(folder)
    load_automaton.cache_clear()
    try:
        yield
    finally:
        del os.environ["XDG_CACHE_HOME"]
        if before is not None:
            os.environ["XDG_CACHE_HOME"] = before
        load_automaton.cache_clear()


def _pretrained(folder: Path) -> Path:
    return Path(shutil.copytree(run_path(Path(PRETRAINED)), folder / "pretrained"))


def _read_network(folder: Path) -> None:
    _read_run(folder)
    RunDirectory.open(folder).load_network()


def _trained(folder: Path) -> Iterator[Original]:
    """A run that has been trained for a moment, which is read as it is, and by whoever goes on with it."""
    from benchmarks.steady.training_kills import TINY_CONFIG
    from tuneloom.model.training.schedule import Budget
    from tuneloom.model.training.trainer import Trainer

    data, run = _ingested(folder, book_to_train_on(), 2), folder / "trained"
    Trainer.begin(data, run, TINY_CONFIG, Budget(steps=3)).fit(lambda _: None)
    for unread in ("samples", "tensorboard"):
        shutil.rmtree(run / unread)
    run.joinpath("progress.png").unlink()

    def resume(copy: Path) -> None:
        _read_network(copy)
        Trainer.resume(data, copy, Budget(steps=1000))

    yield Original(run, resume, (data,))
