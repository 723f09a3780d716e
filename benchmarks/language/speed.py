"""How fast tunes are accepted and parsed on one core, compared with abc2midi, abc2abc and abcjs.

The programs of abcmidi get all tunes in one file. abcjs gets all of them in one process, and only its
parsing is timed. So neither pays for a start per tune. Ratios carry over to other machines; tunes per
second do not.
"""

from __future__ import annotations

import argparse
import gc
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from lark import Lark
from lark.exceptions import UnexpectedInput

from benchmarks.language.peers import is_installed, run_abcjs
from tuneloom.corpus.reading.tune_files import read_raw_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.corpus.sources.catalogue import SOURCES
from tuneloom.grammar import is_parseable, parse
from tuneloom.grammar.automaton.load import load_automaton
from tuneloom.grammar.parsing.parser import parse_resolved
from tuneloom.grammar.source.resolver import resolve_tune

__all__ = ["main"]

QUICK = ["--share", "0.1"]
COLLECTIONS = ("nottingham", "irish", "oneill")
ROUNDS = 5  # the best one counts, since the machine may be busy
LARK_SHARE = 10  # Lark's own parser gets every tenth tune
TARGET_AUTOMATON = 50_000  # tunes a second
TARGET_TREE = 1_500
MAX_START = 0.25  # seconds for import and first parse
PEERS_TO_BEAT = ("abc2abc", "abc2midi -c", "abcjs")

_FIRST_PARSE = """
import time
start = time.perf_counter()
from tuneloom.grammar import parse
assert parse("X:1\\nT:\\nK:D\\nABc|\\n").parseable
print(time.perf_counter() - start)
"""


@dataclass(frozen=True, slots=True)
class MeasuredSpeed:
    name: str
    tunes: int
    seconds: float

    @property
    def rate(self) -> float:
        return self.tunes / self.seconds


def main(arguments: Sequence[str]) -> bool:
    """Print tunes per second and ratios; True if every target is met."""
    options = argparse.ArgumentParser(prog="benchmarks speed", description=__doc__)
    options.add_argument("--share", type=float, default=1.0)
    texts = _thinned_texts(options.parse_args(arguments).share)
    speeds = {speed.name: speed for speed in (*_our_speeds(texts), *_peer_speeds(texts))}
    automaton, tree, from_source = speeds["automaton"], speeds["tree"], speeds["is_parseable"]
    print(f"{len(texts):,} tunes, {sum(map(len, texts)) / 1e6:.1f} MB")
    print(f"{'':<22}{'tunes/s':>10}{'of the automaton':>18}")
    for speed in speeds.values():
        print(f"{speed.name:<22}{speed.rate:>10,.0f}{speed.rate / automaton.rate:>18.4f}")
    print(f"tree, of Lark's own parser: {tree.rate / speeds['Lark'].rate:.1f}")
    start = _start_seconds()
    print(f"import and first parse: {start:.3f} s")
    targets = [
        automaton.rate >= TARGET_AUTOMATON,
        tree.rate >= TARGET_TREE,
        start <= MAX_START,
        *(from_source.rate > speeds[peer].rate for peer in PEERS_TO_BEAT if peer in speeds),
    ]
    return all(targets)


def _thinned_texts(share: float) -> list[str]:
    """A share of the tunes of the collections, evenly spaced; parseable or not."""
    sources = [file for name in COLLECTIONS for file in SOURCES[name].files()]
    tunes = [tune for file in sources for tune in read_raw_tunes(file) if isinstance(tune, RawTune)]
    return [tune.text for tune in tunes[:: round(1 / share)]]


# ---------------------------------------------------------------- ours


def _our_speeds(texts: Sequence[str]) -> list[MeasuredSpeed]:
    resolved = [resolve_tune(text).text for text in texts]
    accepts = load_automaton().accepts
    good = [text for text in resolved if accepts(text)]
    lark = Lark(
        files("tuneloom.grammar").joinpath("abc.lark").read_text(encoding="utf-8"), parser="lalr"
    )
    return [
        _best_speed("automaton", accepts, resolved),
        _best_speed("is_parseable", is_parseable, texts),
        _best_speed("tree", parse_resolved, good),
        _best_speed("Tune (parse)", parse, texts),
        _best_speed(
            "Lark", lark.parse, [t for t in good[::LARK_SHARE] if _lark_accepts(lark, t)], rounds=1
        ),
    ]


def _lark_accepts(lark: Lark, text: str) -> bool:
    """Lark's lexer does not prefer the longer match: it takes a body line `P:A` for a decoration."""
    try:
        lark.parse(text)
    except UnexpectedInput:
        return False
    return True


def _best_speed(
    name: str, call: Callable[[str], object], texts: Sequence[str], rounds: int = ROUNDS
) -> MeasuredSpeed:
    call(texts[0])
    gc.collect()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        for text in texts:
            call(text)
        times.append(time.process_time() - start)
    return MeasuredSpeed(name, len(texts), min(times))


def _start_seconds() -> float:
    """The median over fresh processes with a warm cache."""
    command = [sys.executable, "-c", _FIRST_PARSE]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(6)]
    return statistics.median(float(run.stdout) for run in runs[1:])


# ---------------------------------------------------------------- peers


def _peer_speeds(texts: Sequence[str]) -> list[MeasuredSpeed]:
    speeds = [
        _abcmidi_speed(name, texts)
        for name in ("abc2midi -c", "abc2abc")
        if is_installed(name.split()[0])
    ]
    if is_installed("abcjs"):
        seconds = min(run_abcjs(texts).seconds for _ in range(ROUNDS))
        speeds.append(MeasuredSpeed("abcjs", len(texts), seconds))
    return speeds


def _abcmidi_speed(name: str, texts: Sequence[str]) -> MeasuredSpeed:
    """Run in a temporary folder, since abc2midi leaves files where it runs."""
    program, *flags = name.split()
    with tempfile.TemporaryDirectory() as folder:
        book = "\n".join(texts)
        Path(folder, "book.abc").write_text(book, encoding="utf-8")
        times = []
        for _ in range(ROUNDS):
            start = _children_seconds()
            command = [program, "book.abc", *flags]
            subprocess.run(command, cwd=folder, capture_output=True, timeout=300, check=False)
            times.append(_children_seconds() - start)
    return MeasuredSpeed(name, len(texts), min(times))


def _children_seconds() -> float:
    """CPU seconds of finished child processes, which a busy machine does not increase."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
