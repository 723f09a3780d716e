"""Characters read per second for the aids of a network: whole tunes, and 64 tunes a character at a time.

Arguments: a data set directory (default: data/mixed, made if it does not exist). Both must agree at every
character of 2,000 tunes. The targets are in CPU time, for one core.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from benchmarks.support.data_sets import mixed_data_set
from tuneloom.model.aids.catalogue import DEFAULT_AIDS
from tuneloom.model.aids.columns import aid_columns
from tuneloom.model.aids.reader import AidReader
from tuneloom.model.data.batching import TokenizedTunes
from tuneloom.model.data.vocabulary import BOUNDARY, Vocabulary
from tuneloom.pipeline.dataset.reader import read_records

ROWS, COMPARED = 64, 2000
LONG = range(380, 420)  # characters of a text at which a step is timed
MIN_RATE, MAX_STEP = 640_000, 250e-6  # characters in a CPU second; CPU seconds


def main(arguments: list[str]) -> bool:
    directory = Path(arguments[0]) if arguments else mixed_data_set()
    texts = [record.abc for record in read_records(directory, "train")]
    vocabulary = Vocabulary("".join(sorted(set("".join(texts)))))
    tokens = vocabulary.encode("".join(texts))
    tunes = TokenizedTunes.of(tokens, np.array([len(text) for text in texts]))
    began = time.process_time()
    columns = aid_columns(DEFAULT_AIDS, vocabulary, tunes)
    rate = len(columns) / (time.process_time() - began)
    step = _step_time(tunes, vocabulary)
    print(f"whole tunes    {rate:10,.0f} chars/CPU second   target {MIN_RATE:,}")
    print(f"step by step   {ROWS / step:10,.0f} chars/CPU second, {ROWS} at once")
    print(f"one step       {step * 1e6:10,.0f} us                 target {MAX_STEP * 1e6:,.0f}")
    differ = _differences(tunes, vocabulary, columns)
    print(f"characters at which they differ, in {COMPARED:,} tunes: {differ:,}")
    return rate >= MIN_RATE and step <= MAX_STEP and differ == 0


def _step_time(tunes: TokenizedTunes, vocabulary: Vocabulary) -> float:
    """CPU seconds for a step of long texts, the best of ten."""
    enough = np.flatnonzero(tunes.lengths > LONG.stop)[:ROWS]
    texts = np.stack([tunes[index][: LONG.stop] for index in enough])
    times = np.empty((10, LONG.stop))
    for best_of in times:
        reader = AidReader(DEFAULT_AIDS, vocabulary, len(texts))
        for place in range(LONG.stop):
            began = time.process_time()
            reader.advance(texts[:, place])
            best_of[place] = time.process_time() - began
    return float(times[:, LONG.start :].min(axis=0).mean())


def _differences(tunes: TokenizedTunes, vocabulary: Vocabulary, columns: np.ndarray) -> int:
    """The characters at which they differ from a reader whose rows read tune after tune, as in sampling."""
    chosen = np.random.default_rng(1).permutation(len(tunes))[:COMPARED]
    places = [np.arange(tunes.ends[i] - tunes.lengths[i], tunes.ends[i]) for i in chosen]
    rows = [np.concatenate(places[row::ROWS]) for row in range(ROWS)]
    reader = AidReader(DEFAULT_AIDS, vocabulary, ROWS)
    differ = 0
    for step in range(max(map(len, rows))):
        going_on = np.array([step < len(row) for row in rows])
        read = np.array([row[step] for row in rows if step < len(row)])
        tokens = np.full(ROWS, BOUNDARY, np.int32)
        tokens[going_on] = tunes.tokens[read]
        differ += int((reader.advance(tokens)[going_on] != columns[read]).any(axis=1).sum())
    return differ
