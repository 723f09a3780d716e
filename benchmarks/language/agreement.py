"""Whether both engines agree on real tunes, mutants of them, and walks that use every transition.

`--share 0.01` takes a hundredth of each. A mutant has a character inserted, deleted or swapped with
another, or its end cut off. A walk is a random text of up to 2,000 characters (as many of 1 to 10 as of
100 to 1,000) that the automaton accepts; it seeks out transitions that were not used yet.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Sequence
from multiprocessing import Pool

from benchmarks.support.real_tunes import all_real_tunes
from tests.support.engines import engines_differ
from tests.support.random_texts import Walker, mutant
from tuneloom.grammar.automaton.load import load_automaton
from tuneloom.grammar.automaton.nfa import DEAD
from tuneloom.grammar.source.resolver import resolve_tune

QUICK = ["--share", "0.01"]
MUTANTS = 20_000
WALKS = 100_000
MAX_WALK_LENGTH = 2_000
WALKS_PER_TASK = 10_000
SHOWN = 5  # texts on which the engines differ


def main(arguments: Sequence[str]) -> bool:
    """Print a line for each kind of text; True if the engines never differ."""
    options = argparse.ArgumentParser(prog="benchmarks agreement", description=__doc__)
    options.add_argument("--share", type=float, default=1.0)
    share = options.parse_args(arguments).share
    texts = [resolve_tune(tune.text).text for tune in all_real_tunes()]
    randomly = random.Random(1)
    some = randomly.sample(texts, round(len(texts) * share))
    mutants = [mutant(text, randomly) for text in randomly.choices(texts, k=round(MUTANTS * share))]
    differing = [*_compare_texts("real tunes", some), *_compare_texts("mutants", mutants)]
    differing += _compare_walks(round(WALKS * share))
    for text in differing[:SHOWN]:
        print(f"  the engines differ on {text!r}")
    return not differing


def _compare_texts(kind: str, texts: Sequence[str]) -> list[str]:
    accepted = sum(load_automaton().accepts(text) for text in texts)
    differing = [text for text in texts if engines_differ(text)]
    print(
        f"{kind:<12} {len(texts):>7,}  accepted {accepted / max(1, len(texts)):7.2%}"
        f"  disagreements {len(differing)}",
        flush=True,
    )
    return differing


def _compare_walks(count: int) -> list[str]:
    automaton = load_automaton()
    lengths = [min(WALKS_PER_TASK, count - n) for n in range(0, count, WALKS_PER_TASK)]
    used: set[int] = set()
    differing: list[str] = []
    characters = 0
    with Pool(os.cpu_count()) as pool:
        for texts, ways, length in pool.imap(_walks_of_one, enumerate(lengths)):
            differing += texts
            used |= ways
            characters += length
    total = sum(target != DEAD for row in automaton.transitions for target in row)
    print(
        f"{'walks':<12} {count:>7,}  {characters:,} characters, {len(used) / total:.2%} of "
        f"{total:,} transitions used  disagreements {len(differing)}"
    )
    return differing


def _walks_of_one(task: tuple[int, int]) -> tuple[list[str], set[int], int]:
    """Of this many walks: those on which the engines differ, the transitions used, the characters."""
    seed, count = task
    walker = Walker(load_automaton(), random.Random(seed))
    texts = [walker.walk(MAX_WALK_LENGTH) for _ in range(count)]
    return [text for text in texts if engines_differ(text)], walker.used, sum(map(len, texts))
