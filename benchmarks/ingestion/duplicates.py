"""Whether tunes that `tuneloom duplicates` finds equal or similar are the same tune: pairs to be read.

python -m benchmarks duplicates [--seed N] [--pairs N] [--below PERCENT]

Draws pairs from the tunes of Nottingham, the Irish tunes and O'Neill, and prints each bar by bar for a person
to judge. docs/duplicates.md has the verdicts.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence

import click

from benchmarks.support.real_tunes import all_real_tunes
from tuneloom.cli.text.duplicates import aligned_lines
from tuneloom.corpus.kinship.aligned_bars import align_melodies
from tuneloom.corpus.kinship.relatives import Relative, related_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.corpus.sketch import TuneSketch, melody_text, sketch_text

_SOURCES = frozenset({"nottingham", "irish", "oneill"})


def main(arguments: Sequence[str]) -> None:
    """Print the pairs that are drawn."""
    parser = argparse.ArgumentParser(prog="benchmarks duplicates", description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--pairs", type=int, default=50)
    parser.add_argument("--below", type=int, default=101, help="only pairs less similar than this")
    options = parser.parse_args(arguments)
    tunes, sketches = _sketched()
    pairs = [
        each
        for family in related_tunes(sketches)
        for each in family
        if each.kind in ("exact", "near") and 100 * each.similarity < options.below
    ]
    print(f"{len(tunes):,} tunes, {len(pairs):,} pairs that are equal or similar as a whole")
    drawn = random.Random(options.seed).sample(pairs, min(options.pairs, len(pairs)))
    for number, pair in enumerate(drawn, 1):
        _print_pair(number, pair, tunes)


def _sketched() -> tuple[list[RawTune], list[TuneSketch]]:
    tunes: list[RawTune] = []
    sketches: list[TuneSketch] = []
    for tune in all_real_tunes():
        if tune.source in _SOURCES:
            sketch = sketch_text(tune.text, tune.line, tune.file_header)
            if sketch:
                tunes.append(tune)
                sketches.append(sketch)
    return tunes, sketches


def _print_pair(number: int, pair: Relative, tunes: Sequence[RawTune]) -> None:
    assert pair.other is not None, "a pair has two tunes"
    print(
        f"\n--- {number}: {pair.kind}, {100 * pair.similarity:.0f}%, {pair.notes} notes in common"
    )
    for index in (pair.tune, pair.other):
        tune = tunes[index]
        titles = [line for line in tune.text.split("\n") if line.startswith("T:")]
        print(f"{tune.source}/{tune.path}:{tune.line} {' '.join(titles)}")
    both = (tunes[pair.tune], tunes[pair.other])
    one, other = (melody_text(tune.text, tune.line, tune.file_header) for tune in both)
    alignment = align_melodies(one, other)
    print("\n".join(map(click.unstyle, aligned_lines(alignment))))
