"""Whether the metre constraint accepts metrical tunes only, and lets random walks write nothing else.

    python -m benchmarks metrewalks [DATA SET] [--walks N] [--seed N] [--cap N]

It must accept at least nine in ten metrical tunes and none of the others; the characters at which it
refuses a metrical one are counted. A walk picks at random among the characters that are allowed, must
end within the cap, and is judged by the rules of the score.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tuneloom.corpus.admit import admit
from tuneloom.corpus.record import Record
from tuneloom.model.constraints.metre.metre_automaton import MetreAutomaton
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary
from tuneloom.model.score.tunes.tune_set import DrawnText
from tuneloom.model.score.tunes.verdict import judge_tune
from tuneloom.pipeline.dataset.reader import read_records

QUICK = ["--walks", "64"]
# Not all of them: some have short bars that the machine does not allow (docs/metre.md).
TARGET = 0.9
STEP = 40  # without a data set, every 40th of the real tunes is used
BATCH_SIZE = 64
HEADERS = (
    "", "M:4/4\nL:1/8\nK:D\n", "R:jig\nM:6/8\nL:1/8\nK:G\n", "M:2/4\nL:1/16\nK:Am\n",
    "M:3/4\nL:1/8\nK:Bb\n", "M:2/2\nL:1/8\nK:Edor\n", "M:9/8\nL:1/8\nK:D\n", "M:none\nL:1/4\nK:F\n",
)  # fmt: skip


def main(arguments: Sequence[str]) -> bool:
    """Print what was measured; False if a figure misses its target."""
    parser = argparse.ArgumentParser(prog="metrewalks")
    parser.add_argument("data_set", nargs="?", type=Path)
    parser.add_argument("--walks", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cap", type=int, default=160)
    options = parser.parse_args(arguments)
    records = _records_to_try(options.data_set)
    machine = MetreAutomaton(Vocabulary("".join(sorted(set().union(*(r.abc for r in records))))))
    accepted = _accepts_real_tunes(machine, records)
    return _walks_are_metrical(machine, options.walks, options.seed, options.cap) and accepted


def _records_to_try(data_set: Path | None) -> list[Record]:
    if data_set:
        return [r for split in ("validation", "train") for r in read_records(data_set, split)]
    from benchmarks.support.real_tunes import all_real_tunes

    found = (admit(tune, "melody").result for tune in all_real_tunes()[::STEP])
    return [record for record in found if isinstance(record, Record)]


def _accepts_real_tunes(machine: MetreAutomaton, records: Sequence[Record]) -> bool:
    counts: Counter[tuple[bool, bool]] = Counter()
    refused: Counter[str] = Counter()
    for record in records:
        metrical = "metrical" in record.levels
        offset = machine.refused_at(record.abc)
        counts[metrical, offset is None] += 1
        if metrical and offset is not None:
            before = record.abc[max(0, offset - 1) : offset]
            refused[f"{before}·{record.abc[offset : offset + 1]}"] += 1
    shares: list[float] = []
    for metrical, name in ((True, "metrical"), (False, "not metrical")):
        taken, total = counts[metrical, True], counts[metrical, True] + counts[metrical, False]
        shares.append(taken / max(total, 1))
        print(f"real tunes, {name:<13}{taken:>7,} of {total:>7,} accepted  {shares[-1]:7.2%}")
    print("refused at", ", ".join(f"{place!r} {n}" for place, n in refused.most_common(12)))
    return shares[0] >= TARGET and shares[1] == 0


def _walks_are_metrical(machine: MetreAutomaton, count: int, seed: int, cap: int) -> bool:
    random = np.random.default_rng(seed)
    texts: list[str] = []
    seconds, steps = 0.0, 0
    while len(texts) < count:
        found, took, stepped = _walk_in_batch(machine, random, cap)
        texts.extend(found)
        seconds, steps = seconds + took, steps + stepped
    judged = sum(
        "metrical" in judge_tune(DrawnText(text.removesuffix("\n"))).levels and len(text) <= cap
        for text in texts
    )
    print(f"random walks, metrical and ended by {cap}: {judged:,} of {len(texts):,}")
    print(
        f"states reached {machine.reached:,}; {seconds / steps * 1e6:,.0f} µs per step of {BATCH_SIZE}"
    )
    return judged == len(texts)


def _walk_in_batch(
    machine: MetreAutomaton, random: np.random.Generator, cap: int
) -> tuple[list[str], float, int]:
    """A batch of walks, each with random preferences; CPU seconds in the machine; the steps."""
    characters = machine.vocabulary.characters
    preferences = np.exp(1.5 * random.standard_normal((BATCH_SIZE, machine.vocabulary.size)))
    headers = [machine.vocabulary.encode(h) for h in random.choice(HEADERS, BATCH_SIZE)]
    states, written = machine.begin(BATCH_SIZE), np.full((BATCH_SIZE, cap + 1), BOUNDARY)
    done, seconds = np.zeros(BATCH_SIZE, np.bool_), 0.0
    for step in range(cap + 1):
        begun = time.process_time()
        masks = machine.masks(states, np.full(BATCH_SIZE, cap - step))
        seconds += time.process_time() - begun
        weights = np.cumsum(preferences * masks, axis=1)
        tokens = (weights > weights[:, -1:] * random.random((BATCH_SIZE, 1))).argmax(axis=1)
        for row, header in enumerate(headers):
            tokens[row] = header[step] if step < len(header) else tokens[row]
        written[:, step] = np.where(done, BOUNDARY, tokens)
        done |= tokens == BOUNDARY
        if done.all():
            break
        begun = time.process_time()
        advanced = machine.advance(states[~done], tokens[~done])
        seconds += time.process_time() - begun
        states = machine.begin(BATCH_SIZE)  # walks that have ended idle at the start
        states[~done] = advanced
    texts = ["".join(characters[t - 1] for t in row if t != BOUNDARY) for row in written]
    # A walk that never ended is returned as a text that counts as wrong.
    return [t if d else "" for t, d in zip(texts, done, strict=True)], seconds, step + 1
