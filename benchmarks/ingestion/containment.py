"""Passages that held-out tunes have in common with training tunes, under three splits, by brute force.

Over the tunes of `folk`, `nottingham` and `irish` together, this counts the held-out tunes that have, in
common with any one training tune, 40 characters of the body in a row, 18 steps in a row, 12 steps in a row
twice over, or a whole section of 12 to 17 steps (longer ones are runs). It looks every window up in a dict
and uses none of the code that finds families. The target is none at all where the split is drawn by family.
`--thresholds` also prints how many tunes would be joined by runs of other lengths, and how large the largest
family would be. Arguments: N, to take every N-th tune.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from benchmarks.support.sketched_tunes import sketched_tunes
from tuneloom.corpus.kinship.components import Components
from tuneloom.corpus.kinship.families import family_of
from tuneloom.corpus.kinship.passages import join_runs
from tuneloom.corpus.kinship.similar import similar_groups
from tuneloom.corpus.kinship.windows import TuneRows
from tuneloom.corpus.sketch import TuneSketch
from tuneloom.pipeline.dataset.splits import FamilySplit

QUICK = ["40"]
CHARACTERS, RUN, SECTION = 40, 18, 12
_SPLITTING = FamilySplit()
_LENGTHS = (10, 12, 14, 15, 16, 17, 18, 20, 24, 32)
_LINE = "{:<40}{:>14}{:>14}{:>12}"


def main(arguments: list[str]) -> bool:
    every = next((int(each) for each in arguments if each.isdecimal()), 1)
    sketches = [sketch for _, sketch in sketched_tunes(every).values()]
    print(f"{len(sketches):,} tunes")
    if "--thresholds" in arguments:
        _print_thresholds(sketches)
    ids = [each.id for each in sketches]
    similar = _similarity_alone(sketches)
    splits = {
        "at random": _at_random(ids),
        "by similarity": {name: _SPLITTING.of(similar[name]) for name in ids},
        "by family": _by_family(sketches),
    }
    found = {name: _leaks(sketches, split) for name, split in splits.items()}
    print(_LINE.format("held-out tunes that share with training", *splits))
    for measure in found["by family"]:
        print(_LINE.format(measure, *(f"{len(leaks[measure]):,}" for leaks in found.values())))
    return not any(found["by family"].values())


def _by_family(sketches: Sequence[TuneSketch]) -> dict[str, str]:
    families = family_of(sketches)
    return {each.id: _SPLITTING.of(families.get(each.id, each.id)) for each in sketches}


def _at_random(ids: Sequence[str]) -> dict[str, str]:
    shuffled = random.Random(0).sample(ids, len(ids))
    return {
        name: "train" if place >= len(ids) // 10 else "held out"
        for place, name in enumerate(shuffled)
    }


def _similarity_alone(sketches: Sequence[TuneSketch]) -> dict[str, str]:
    """Families of similar tunes, without passages in common."""
    signatures = np.array([np.frombuffer(each.signature, np.uint16) for each in sketches])
    family = {each.id: each.id for each in sketches}
    for members in similar_groups(signatures):
        names = [sketches[index].id for index in members.tolist()]
        family |= dict.fromkeys(names, min(names))
    return family


def _print_thresholds(sketches: Sequence[TuneSketch]) -> None:
    steps, bodies = (
        TuneRows(
            np.frombuffer(b"".join(rows), np.uint8),
            np.array([len(row) for row in rows]),
            np.arange(len(rows)),
        )
        for rows in ([each.steps for each in sketches], [each.body for each in sketches])
    )
    signatures = np.array([np.frombuffer(each.signature, np.uint16) for each in sketches])
    similar = list(similar_groups(signatures))
    for what, rows, scale in (("steps", steps, 1), ("characters", bodies, 2)):
        for length in _LENGTHS:
            sets = Components(len(sketches))
            for group in similar:
                sets.join_all(group)
            join_runs(sets, rows, scale * length)
            sizes = sorted(map(len, sets.groups()))
            share = 100 * sum(sizes) / len(sketches)
            print(
                f"{scale * length:3} {what:<11} {share:5.1f}% of the tunes in families, "
                f"the largest of {sizes[-1]:,}"
            )


def _leaks(sketches: Sequence[TuneSketch], split: Mapping[str, str]) -> dict[str, set[str]]:
    """The held-out tunes that have something in common with a training tune, by what it is."""
    train = [each for each in sketches if split[each.id] == "train"]
    held = [each for each in sketches if split[each.id] != "train"]
    return {
        f"{CHARACTERS} characters in a row": _with_run(held, train, lambda t: t.body, CHARACTERS),
        f"{RUN} steps in a row": _with_run(held, train, lambda t: t.steps, RUN),
        f"{SECTION} steps in a row twice over": _with_two_runs(held, train),
        f"a section of {SECTION} to {RUN - 1} steps": _with_section(held, train),
    }


def _windows(row: bytes, length: int) -> Iterator[bytes]:
    return (row[at : at + length] for at in range(len(row) - length + 1))


def _with_run(
    held: Sequence[TuneSketch],
    train: Sequence[TuneSketch],
    row: Callable[[TuneSketch], bytes],
    length: int,
) -> set[str]:
    owners: defaultdict[bytes, set[str]] = defaultdict(set)
    for tune in held:
        for window in _windows(row(tune), length):
            owners[window].add(tune.id)
    seen = (owners.get(window) for tune in train for window in set(_windows(row(tune), length)))
    return set().union(*(each for each in seen if each))


def _with_two_runs(held: Sequence[TuneSketch], train: Sequence[TuneSketch]) -> set[str]:
    """Held-out tunes with two runs of a training tune that first occur apart in both."""
    places: defaultdict[bytes, dict[str, int]] = defaultdict(dict)
    for tune in held:
        for at, window in enumerate(_windows(tune.steps, SECTION)):
            places[window].setdefault(tune.id, at)
    found: set[str] = set()
    for tune in train:
        hits: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for at, window in enumerate(_windows(tune.steps, SECTION)):
            if tune.steps.index(window) == at:
                for name, there in places.get(window, {}).items():
                    hits[name].append((there, at))
        found |= {name for name, pairs in hits.items() if name not in found and _apart(pairs)}
    return found


def _apart(pairs: Sequence[tuple[int, int]]) -> bool:
    return any(
        abs(a - c) >= SECTION and abs(b - d) >= SECTION
        for index, (a, b) in enumerate(pairs)
        for c, d in pairs[:index]
    )


def _with_section(held: Sequence[TuneSketch], train: Sequence[TuneSketch]) -> set[str]:
    """Held-out tunes that have a whole section of a training tune, or one of theirs is in such a tune.

    Sections of RUN steps or more are runs, and counted as such.
    """
    there = _with_sections_of(held, train)
    return there | {
        tune.id
        for tune in held
        for section in tune.sections
        if any(section in other.steps for other in train)
    }


def _with_sections_of(held: Sequence[TuneSketch], train: Sequence[TuneSketch]) -> set[str]:
    sections = {section for tune in train for section in tune.sections}
    return {tune.id for tune in held if any(section in tune.steps for section in sections)}
