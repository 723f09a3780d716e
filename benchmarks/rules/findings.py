"""Findings of `tuneloom check`, drawn at random with their lines, for a person to read.

python -m benchmarks findings [--tunes N] [--first N] [--findings N] [--seed N] [--whole] [SOURCE...]

The tunes are spread evenly over the collections, from tune `--first` on, and the codes are those that
`check` reports by default. Also printed are how many findings have each code, and the tunes that have the
most.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.support.real_tunes import all_real_tunes
from tuneloom.cli.text.settings import CheckSettings, select_codes
from tuneloom.cli.text.tune_names import printable, tune_name
from tuneloom.corpus.record import RawTune
from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic, snippet
from tuneloom.grammar.source.written_music import written_music

QUICK = ["--findings", "2"]
MOST = 5  # tunes named for their many findings


@dataclass(frozen=True, slots=True)
class TuneFinding:
    """A finding and the tune that it is about."""

    tune: RawTune
    found: Diagnostic


@dataclass(slots=True)
class TunesBefore:
    """The numbers and the music of the tunes of a file so far, each with its line."""

    references: dict[str, int] = field(default_factory=dict)
    music: dict[str, int] = field(default_factory=dict)

    def add(self, tune: RawTune) -> None:
        if reference := tune_name(tune.text).reference:
            self.references.setdefault(reference, tune.line)
        if music := written_music(tune.text):
            self.music.setdefault(music, tune.line)


def main(arguments: Sequence[str]) -> None:
    """Print the sample, the counts, and the tunes with the most findings."""
    parser = argparse.ArgumentParser(prog="benchmarks findings", description=__doc__)
    parser.add_argument("--tunes", type=int, default=200, help="how many tunes to check")
    parser.add_argument("--first", type=int, default=0, help="the first of them, from 0")
    parser.add_argument("--findings", type=int, default=60, help="how many findings to print")
    parser.add_argument("--seed", type=int, default=1, help="of the draw of findings")
    parser.add_argument("--whole", action="store_true", help="print the tune of each finding")
    parser.add_argument("sources", nargs="*", default=["taberna"], help="collections")
    options = parser.parse_args(arguments)
    tunes = [tune for tune in all_real_tunes() if tune.source in options.sources]
    every = max(1, len(tunes) // options.tunes)
    chosen = range(options.first, len(tunes), every)
    findings = list(_findings_of(tunes, chosen))
    count = min(options.findings, len(findings))
    drawn = sorted(random.Random(options.seed).sample(range(len(findings)), count))
    for number, index in enumerate(drawn, start=1):
        _print_finding(number, findings[index], options.whole)
    _print_counts(findings, len(chosen))


def _findings_of(tunes: Sequence[RawTune], chosen: range) -> Iterator[TuneFinding]:
    """What is wrong with the chosen tunes; the numbers of all count, as in a check of their file."""
    codes = select_codes(CheckSettings(), None, (), ()).codes
    before: dict[tuple[str, str], TunesBefore] = defaultdict(TunesBefore)
    for index, tune in enumerate(tunes):
        in_file = before[tune.source, tune.path]
        if index in chosen:
            yield from _findings_of_tune(tune, codes, in_file)
        in_file.add(tune)


def _findings_of_tune(
    tune: RawTune, codes: frozenset[str], before: TunesBefore
) -> Iterator[TuneFinding]:
    for found in check_tune(
        tune.text,
        tune.line,
        tune.file_header,
        codes,
        before.references,
        rejoined="split-tune" in tune.repairs,
        music_before=before.music,
    ):
        yield TuneFinding(tune, found)


def _print_finding(number: int, finding: TuneFinding, whole: bool) -> None:
    tune, found = finding.tune, finding.found
    print(
        f"\n[{number}] {_shown_place(tune, found.line)}:{found.column}: {found.code} {found.message}"
    )
    lines = tune.text.split("\n")
    for line, source in enumerate(lines, start=tune.line):
        if line == found.line:
            print(printable(snippet(source, found).split("\n")[0]))
            print(snippet(source, found).split("\n")[1])
        elif whole and source:
            print(f"{line:>5} | {printable(source)}")
    print(f"help: {found.help}")


def _print_counts(findings: Sequence[TuneFinding], tunes: int) -> None:
    print(f"\n{len(findings):,} findings in {tunes:,} tunes")
    for code, count in Counter(finding.found.code for finding in findings).most_common():
        print(f"{count:>6,}  {code}")
    most = Counter(finding.tune for finding in findings).most_common(MOST)
    print("tunes with the most findings")
    for tune, count in most:
        print(f"{count:>6,}  {_shown_place(tune, tune.line)}")


def _shown_place(tune: RawTune, line: int) -> str:
    return f"{tune.source}/{tune.path}:{line} ({tune_name(tune.text)})"
