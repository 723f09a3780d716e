"""What the rules on repeats, ties, slurs and tuplets find in real tunes, and in tunes with one mark spoiled.

The first table has, for each collection, the tunes in which each rule finds something, and how many are
sound and metrical as found. The second is about 1,000 tunes for each kind of mark, evenly from all
collections, in which the rules find nothing and one mark is then spoiled (spoil_repeats.py and
spoil_groups.py say how, and what is left out because no rule could see it). Such a tune is flagged if
there is any finding, warnings included: a tie to another pitch is one. The finding is in place if the
first one lies in the bar of the edit (for a bar line, in the bars on both sides) or at the partner of
the spoiled mark: the other repeat sign or ending, the other end of the slur, the first note of the tie.
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
TARGET = 0.95
CODES = own_codes("sound") | own_codes("metrical")


def main(arguments: Sequence[str]) -> bool:
    """Print both tables; True if every kind of mark reaches the target, flagged and in place."""
    options = argparse.ArgumentParser(prog="benchmarks balance")
    options.add_argument("--tunes", type=int, default=1_000, help="spoiled for each kind of mark")
    options.add_argument(
        "--every", type=int, default=1, help="use every n-th tune for the first table"
    )
    chosen = options.parse_args(arguments)
    tunes = all_real_tunes()
    _print_found(tunes[:: chosen.every])
    order = taking_turns(tunes, random.Random(1))
    print(f"\n{'one mark spoiled':<30} {'tunes':>6} {'flagged':>8} {'in place':>9}")
    reached = [_reaches(kind, order, chosen.tunes) for kind in SPOILINGS]
    return all(reached)


def _print_found(tunes: Sequence[RawTune]) -> None:
    """Print, for each collection, the tunes with each code and the percentage of each level."""
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
    """Spoil one mark in each of `wanted` tunes; print what was found, True if it is enough."""
    # A spoiled tuplet shows in the length of its bar, which is a rule of the metrical level.
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
    return min(whole["flagged"], whole["in place"]) >= TARGET * whole["tunes"]


def _spoilings_of(tune: RawTune, kind: str, codes: frozenset[str]) -> dict[str, list[SpoiledTune]]:
    """The possible edits for each fault; none if the tune has findings or several voices."""
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
    """The findings in the spoiled tune, in order of their places."""
    text = apply_edit(tune.text, spoiled.edit)
    found = run_rules(parse(text, file_header=tune.file_header), text, codes=codes)
    return sorted(found, key=lambda d: (d.line, d.column))


def _is_in_place(first: Diagnostic, spoiled: SpoiledTune) -> bool:
    """Whether a finding, moved to its place before the edit, lies in one of the right stretches."""
    edit = spoiled.edit
    column = first.column
    if first.line == edit.line and column > edit.column:
        column = max(edit.column, column - len(edit.inserted) + edit.removed)
    return any(start <= (first.line, column) <= end for start, end in spoiled.places)
