"""What repairs do about bars: missing bar lines and wrong metres, and how many tunes are metrical then.

    python -m benchmarks barlines [--every N] [--draw N] [--seed N] [SOURCE...]

`left` counts the tunes in which bar lines are missing and stay so, since a safe repair cannot write them.
`--draw` prints bar lines that were written, drawn at random from all collections alike, for a person to read.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.support.real_tunes import all_real_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.grammar.checking.check import run_rules
from tuneloom.grammar.checking.levels import levels_of
from tuneloom.grammar.diagnostics.diagnostic import snippet
from tuneloom.grammar.parsing.parser import parse
from tuneloom.grammar.repairs import repair

# Percent of the tunes of each collection that must be metrical after safe repairs.
TARGETS = {"essen": 87.0, "oneill": 89.0, "aird": 98.0, "nottingham": 97.0}
QUICK = ["--every", "100"]
BAR_LINE, METER = "missing-bar-line", "wrong-meter"
_NEIGHBOURS = 2  # lines of music printed before and after one that got a bar line


@dataclass(frozen=True, slots=True)
class WrittenBarLine:
    """A bar line that a repair wrote: the tune, its lines after the repair, and the finding before."""

    tune: RawTune
    lines: list[str]
    index: int
    shown: str


def main(arguments: Sequence[str]) -> bool:
    """Print the table, and the drawn bar lines; False if too few tunes of a collection are metrical."""
    parser = argparse.ArgumentParser(prog="benchmarks barlines", description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="take every N-th tune")
    parser.add_argument("--draw", type=int, default=0, help="how many bar lines to print")
    parser.add_argument("--seed", type=int, default=1, help="of the draw")
    parser.add_argument("sources", nargs="*", help="collections; without any, all")
    options = parser.parse_args(arguments)
    tunes = [t for t in all_real_tunes() if not options.sources or t.source in options.sources]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    written: dict[str, list[WrittenBarLine]] = defaultdict(list)
    for tune in tunes[:: options.every]:
        written[tune.source] += _count_repairs(tune, counts[tune.source])
    reached = _print_metrical(counts)
    _print_drawn(written, options.draw, random.Random(options.seed))
    return reached or options.every > 1


def _count_repairs(tune: RawTune, count: Counter[str]) -> list[WrittenBarLine]:
    found = parse(tune.text, tune.line, tune.file_header)
    before = run_rules(found, tune.text, tune.line)
    repaired = repair(tune.text, tune.line, tune.file_header)
    after = run_rules(repaired.parsed, repaired.text, tune.line)
    lacks = [each for each in before if each.code == BAR_LINE]
    is_written = BAR_LINE in repaired.codes
    count["tunes"] += 1
    count["found"] += "metrical" in levels_of(before)
    count["metrical"] += "metrical" in levels_of(after)
    count["lines"] += len(lacks) if is_written else 0
    count["written"] += is_written
    count["left"] += any(each.code == BAR_LINE for each in after)
    count["metres"] += METER in repaired.codes
    if not is_written:
        return []
    lines = tune.text.split("\n")
    return [
        WrittenBarLine(
            tune, lines, each.line - tune.line, snippet(lines[each.line - tune.line], each)
        )
        for each in lacks
    ]


def _print_metrical(counts: dict[str, Counter[str]]) -> bool:
    reached = True
    print(
        f"{'metrical':<20}{'tunes':>8}{'found':>9}{'repaired':>10}"
        f"{'bar lines':>11}{'in tunes':>10}{'left':>6}{'metres':>8}"
    )
    for source, count in counts.items():
        found, share = (100 * count[k] / count["tunes"] for k in ("found", "metrical"))
        print(
            f"{source:<20}{count['tunes']:>8,}{found:>8.2f}%{share:>9.2f}%"
            f"{count['lines']:>11,}{count['written']:>10,}{count['left']:>6,}{count['metres']:>8,}"
        )
        reached &= share >= TARGETS.get(source, 0)
    return reached


def _print_drawn(
    written: dict[str, list[WrittenBarLine]], number: int, randomly: random.Random
) -> None:
    """Print some bar lines of each collection, the collections taking turns as long as theirs last."""
    turns = sorted(
        (turn, source, index)
        for source, lines in sorted(written.items())
        for turn, index in enumerate(randomly.sample(range(len(lines)), len(lines)))
    )
    for count, (_, source, index) in enumerate(turns[:number], start=1):
        line = written[source][index]
        print(
            f"\n{count}. {source}/{line.tune.path}:{line.tune.line}, missing after the note marked:"
        )
        shown = range(line.index - _NEIGHBOURS, line.index + _NEIGHBOURS + 1)
        for at, text in enumerate(line.lines):
            if text.startswith(("M:", "L:")):
                print(f"        {text}")
            elif at == line.index:
                print(line.shown)
            elif at in shown and text[1:2] != ":":
                print(f"        {text}")
