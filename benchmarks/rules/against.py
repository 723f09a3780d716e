"""What croma and abcjs find in a book and `tuneloom check` does not, drawn by kind for a person to read.

python -m benchmarks against [--tunes N] [--cases N] [--seed N] [SOURCE...]

A finding of another program counts as told if `check`, with its defaults, reports something in the same
line. Of the others one is drawn of each kind, then another of each, until there are enough. Each is shown
with its line and with what `check` says of the tune elsewhere: a tune that is not parseable has one finding
until that is mended. A program that is not installed is left out.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.language.peers import is_installed, run_abcjs
from benchmarks.support.real_tunes import all_real_tunes
from tuneloom.cli.text.settings import CheckSettings, select_codes
from tuneloom.cli.text.tune_names import printable, tune_name
from tuneloom.corpus.record import RawTune
from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic

QUICK = ["--tunes", "20", "--cases", "2"]
TIMEOUT = 20  # seconds that croma gets for one tune

_TAG = re.compile(r"<[^>]*>")
_ABCJS_PLACE = re.compile(r"Music Line:(\d+):(-?\d+): *([^:]*)")


@dataclass(frozen=True, slots=True)
class PeerFinding:
    """What another program says of a tune: its kind, and the line and column, from 1, or 0 for none."""

    tune: int
    kind: str
    line: int
    column: int


def main(arguments: Sequence[str]) -> None:
    """Print how many findings of each kind `check` does not tell, and the cases that were drawn."""
    parser = argparse.ArgumentParser(prog="benchmarks against", description=__doc__)
    parser.add_argument("--tunes", type=int, default=1200, help="how many tunes to draw")
    parser.add_argument("--cases", type=int, default=50, help="how many findings to print")
    parser.add_argument("--seed", type=int, default=1, help="of both draws")
    parser.add_argument("sources", nargs="*", default=["taberna"], help="collections")
    options = parser.parse_args(arguments)
    draw = random.Random(options.seed)
    tunes = [tune for tune in all_real_tunes() if tune.source in options.sources]
    tunes = draw.sample(tunes, min(options.tunes, len(tunes)))
    codes = select_codes(CheckSettings(), None, (), ()).codes
    ours = [_our_findings(tune, codes) for tune in tunes]
    found = [
        finding for peer, judge in _PEERS.items() if is_installed(peer) for finding in judge(tunes)
    ]
    untold = [each for each in found if each.line not in {own.line for own in ours[each.tune]}]
    _print_untold(found, untold, ours)
    for number, case in enumerate(_drawn_by_kind(untold, options.cases, draw), start=1):
        _print_peer_finding(number, case, tunes[case.tune], ours[case.tune])


def _our_findings(tune: RawTune, codes: frozenset[str]) -> tuple[Diagnostic, ...]:
    """What `check` finds in a tune by itself, with lines from 1."""
    rejoined = "split-tune" in tune.repairs
    return check_tune(tune.text, 1, tune.file_header, codes, rejoined=rejoined)


# ------------------------------------------------------------ the others


def _croma_findings(tunes: Sequence[RawTune]) -> Iterator[PeerFinding]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tune.abc"
        command = ["croma", "check", "--loose", "--diagnostics", "json", str(path)]
        for index, tune in enumerate(tunes):
            path.write_text(tune.text, encoding="utf-8")
            done = subprocess.run(command, capture_output=True, timeout=TIMEOUT, check=False)
            for found in json.loads(done.stderr or done.stdout or b"[]"):
                place = (found.get("line_span") or {}).get("start", {"line": 0, "column": 0})
                kind = f"croma {found['code'].removeprefix('abc.')}"
                yield PeerFinding(index, kind, place["line"], place["column"])


def _abcjs_findings(tunes: Sequence[RawTune]) -> Iterator[PeerFinding]:
    for index, warnings in enumerate(run_abcjs([tune.text for tune in tunes]).warnings):
        for warning in warnings:
            plain = html.unescape(_TAG.sub("", warning))
            if match := _ABCJS_PLACE.match(plain):
                kind = f"abcjs {match[3].strip()}"
                yield PeerFinding(index, kind, int(match[1]), int(match[2]))
            else:
                yield PeerFinding(index, f"abcjs {plain[:40]}", 0, 0)


_PEERS: dict[str, Callable[[Sequence[RawTune]], Iterator[PeerFinding]]] = {
    "croma": _croma_findings,
    "abcjs": _abcjs_findings,
}


# ------------------------------------------------------------ the report


def _drawn_by_kind(
    findings: Sequence[PeerFinding], count: int, draw: random.Random
) -> list[PeerFinding]:
    """One of each kind, then another of each, so that rare kinds are read as well; no line twice."""
    by_kind: dict[str, list[PeerFinding]] = defaultdict(list)
    for each in draw.sample(findings, len(findings)):
        if not any(each.tune == known.tune for known in by_kind[each.kind][:count]):
            by_kind[each.kind].append(each)
    rounds = zip_longest(*(by_kind[kind] for kind in sorted(by_kind)))
    return [each for one_round in rounds for each in one_round if each][:count]


def _print_untold(
    found: Sequence[PeerFinding],
    untold: Sequence[PeerFinding],
    ours: Sequence[tuple[Diagnostic, ...]],
) -> None:
    total = Counter(each.kind for each in found)
    left = Counter(each.kind for each in untold)
    silent = Counter(each.kind for each in untold if not ours[each.tune])
    print(f"{len(ours):,} tunes: {len(found):,} findings, {len(untold):,} of them not told")
    print(f"{'found':>6} {'untold':>6} {'in tunes without any of ours':>29}")
    for kind, count in sorted(left.items(), key=lambda item: -item[1]):
        print(f"{total[kind]:>6,} {count:>6,} {silent[kind]:>29,}  {kind}")


def _print_peer_finding(
    number: int, case: PeerFinding, tune: RawTune, ours: Sequence[Diagnostic]
) -> None:
    place = f"{tune.source}/{tune.path}:{tune.line + max(case.line, 1) - 1}:{case.column}"
    print(f"\n[{number}] {place} ({tune_name(tune.text)})\n{case.kind}")
    lines = tune.text.split("\n")
    if 0 < case.line <= len(lines):
        print(f"{case.line:>5} | {printable(lines[case.line - 1])}")
    for own in ours:
        print(f"ours: {own.line}:{own.column} {own.code} {own.message}")
