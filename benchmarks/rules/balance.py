"""Repeats, ties, slurs and tuplets: what is found in real tunes, and in sound ones with a mark spoiled.

First, for each collection, the tunes in which a rule finds something, and how many are sound and metrical
as found. Then 1,000 tunes for each kind of mark, the collections taking turns, in which the rules find
nothing; one mark of each is spoiled in the source (see spoiling.py, also for what cannot be seen and is
left out). A tune counts as flagged if there is a finding, warnings too: a tie to another pitch is one.
It counts as in place if the first finding lies in the bar of the change (for a bar line, in the bars on
both sides) or at the partner of the spoiled mark: the other sign or ending, the other end of the slur,
the first note of the tie.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence

from benchmarks.rules.marked_tune import MarkedTune, SpoiledTune
from benchmarks.rules.spoiling import SPOILINGS
from benchmarks.support.edits import CleanTune, apply_edit, taking_turns
from benchmarks.support.real_tunes import all_real_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.grammar import parse
from tuneloom.grammar.checking.check import run_rules
from tuneloom.grammar.checking.levels import levels_of, own_codes
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic

QUICK = ["--tunes", "50", "--every", "20"]
ASKED = 0.95
CODES = own_codes("sound") | own_codes("metrical")


def main(arguments: Sequence[str]) -> bool:
    """Print both tables; True if every kind of mark reaches what is asked, flagged and in place."""
    options = argparse.ArgumentParser(prog="benchmarks balance")
    options.add_argument("--tunes", type=int, default=1_000, help="spoiled for each kind of mark")
    options.add_argument("--every", type=int, default=1, help="look at each n-th tune as found")
    chosen = options.parse_args(arguments)
    tunes = all_real_tunes()
    _print_found(tunes[:: chosen.every])
    order = taking_turns(tunes, random.Random(1))
    print(f"\n{'one mark spoiled':<30} {'tunes':>6} {'flagged':>8} {'in place':>9}")
    reached = [_reaches(kind, order, chosen.tunes) for kind in SPOILINGS]
    return all(reached)


def _print_found(tunes: Sequence[RawTune]) -> None:
    """For each collection: the tunes with a finding of each code, and in percent those of each level."""
    all_of: Counter[str] = Counter()
    with_code: Counter[tuple[str, str]] = Counter()
    for tune in tunes:
        parsed = parse(tune.text, file_header=tune.file_header)
        found = run_rules(parsed, tune.text, codes=CODES)
        all_of[tune.source] += 1
        codes = {d.code for d in found} if parsed.parseable else set()
        with_code.update((tune.source, str(what)) for what in codes.union(levels_of(found)))
    sources = sorted(all_of)
    print(f"{'as found':<16}", *(f"{source[:10]:>10}" for source in sources))
    print(f"{'tunes':<16}", *(f"{all_of[source]:>10,}" for source in sources))
    for code in sorted(CODES):
        print(f"{code:<16}", *(f"{with_code[source, code]:>10,}" for source in sources))
    for level in ("parseable", "sound", "metrical"):
        shares = (with_code[source, level] / all_of[source] for source in sources)
        print(f"{level:<16}", *(f"{share:>10.1%}" for share in shares))


def _reaches(kind: str, tunes: Sequence[RawTune], wanted: int) -> bool:
    """Spoil one mark in each of so many tunes; print what was found, and say if it is enough."""
    # What becomes of a tuplet shows in its bar, whose length the metre decides.
    codes = CODES if kind == "tuplets" else own_codes("sound")
    randomly = random.Random(kind)
    counts: dict[str, Counter[str]] = {fault: Counter() for fault in SPOILINGS[kind]}
    tried = 0
    for tune in tunes:
        if tried == wanted:
            break
        ways = _spoilings_of(tune, kind, codes)
        if not ways:
            continue
        tried += 1
        fault = randomly.choice(sorted(ways))
        spoiled = randomly.choice(ways[fault])
        found = _findings_in(tune, spoiled, codes)
        counts[fault]["tunes"] += 1
        counts[fault]["flagged"] += bool(found)
        counts[fault]["in place"] += bool(found) and _is_in_place(found[0], spoiled)
    return _print_spoiled(kind, counts)


def _print_spoiled(kind: str, counts: dict[str, Counter[str]]) -> bool:
    whole = sum(counts.values(), Counter[str]())
    for name, count in (*counts.items(), (f"all {kind}", whole)):
        n = max(1, count["tunes"])
        print(
            f"{name:<30} {count['tunes']:>6,} {count['flagged'] / n:>8.1%} {count['in place'] / n:>9.1%}",
            flush=True,
        )
    return min(whole["flagged"], whole["in place"]) >= ASKED * whole["tunes"]


def _spoilings_of(tune: RawTune, kind: str, codes: frozenset[str]) -> dict[str, list[SpoiledTune]]:
    """What can be spoiled in a tune of one voice in which nothing is found: for each fault, where."""
    parsed = parse(tune.text, file_header=tune.file_header)
    if not parsed.parseable or len(parsed.tune.voices) > 1:
        return {}
    if run_rules(parsed, tune.text, codes=codes):
        return {}
    tokens = list(parsed.tree.tokens())
    music = MarkedTune(CleanTune(tune.text, parsed.resolved, tokens), parsed.tune)
    ways = {fault: list(spoil(music)) for fault, spoil in SPOILINGS[kind].items()}
    return {fault: spoiled for fault, spoiled in ways.items() if spoiled}


def _findings_in(tune: RawTune, spoiled: SpoiledTune, codes: frozenset[str]) -> list[Diagnostic]:
    """What is found in the spoiled tune, in order."""
    text = apply_edit(tune.text, spoiled.edit)
    found = run_rules(parse(text, file_header=tune.file_header), text, codes=codes)
    return sorted(found, key=lambda d: (d.line, d.column))


def _is_in_place(first: Diagnostic, spoiled: SpoiledTune) -> bool:
    """Whether a finding, moved to where it would stand without the change, lies in a right stretch."""
    edit = spoiled.edit
    column = first.column
    if first.line == edit.line and column > edit.column:
        column = max(edit.column, column - len(edit.inserted) + edit.removed)
    return any(start <= (first.line, column) <= end for start, end in spoiled.places)
