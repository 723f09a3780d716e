"""How many tunes safe repairs make parseable, and whether abc2midi and abcjs play them the same.

python -m benchmarks repaired [--quiet] [--every N] [SOURCE...]

Every tune that safe repairs change is played before and after: by abc2midi, tempo included, and by abcjs
where Node finds it. A repair is safe only if no tune sounds different.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from benchmarks.language.peers import is_installed
from benchmarks.support.players import Change, PlayerVerdict, compare_players
from benchmarks.support.real_tunes import sampled_tunes
from tuneloom.grammar import is_parseable
from tuneloom.grammar.repairs import repair

# Percent of each collection that must be parseable after safe repairs.
TARGETS = {
    "nottingham": 99.0, "irish": 99.8, "oneill": 99.8, "essen": 99.8, "aird": 99.5, "ryan": 98.0,
    "taberna": 95.0,
}  # fmt: skip
QUICK = ["--quiet", "--every", "40"]


def main(arguments: Sequence[str] = ()) -> bool:
    """Print both tables; False if a tune sounds different or too few are parseable."""
    sample = sampled_tunes("repaired", __doc__, arguments)
    read: dict[str, Counter[str]] = defaultdict(Counter)
    changes: list[Change] = []
    codes: list[tuple[str, ...]] = []
    for tune in sample.tunes:
        result = repair(tune.text, tune.line, tune.file_header)
        count = read[tune.source]
        count["tunes"] += 1
        count["found"] += is_parseable(tune.text, tune.file_header)
        count["repaired"] += result.parsed.parseable
        if result.text != tune.text:
            name = f"{tune.source}/{tune.path}:{tune.line} {' '.join(result.codes)}"
            header = tune.file_header
            changes.append(Change(name, header + tune.text, header + result.text))
            codes.append((tune.source, *result.codes))
    reached = _print_parseable(read, complete=sample.every == 1)
    verdicts = compare_players(changes, is_installed("abcjs"))
    if not sample.quiet:
        _print_different(changes, verdicts)
    return _print_heard(codes, verdicts) & reached


def _print_different(changes: Sequence[Change], verdicts: Sequence[PlayerVerdict]) -> None:
    for change, verdict in zip(changes, verdicts, strict=True):
        players = [name for name in ("abc2midi", "abcjs") if getattr(verdict, name) is False]
        if players:
            print(f"sounds different: {change.name} ({', '.join(players)})")


def _print_parseable(read: dict[str, Counter[str]], complete: bool) -> bool:
    reached = True
    print(f"{'parseable':<22}{'tunes':>8}{'found':>9}{'repaired':>10}")
    for source, count in read.items():
        found, after = (100 * count[k] / count["tunes"] for k in ("found", "repaired"))
        print(f"{source:<22}{count['tunes']:>8,}{found:>8.2f}%{after:>9.2f}%")
        reached &= after >= TARGETS.get(source, 0)
    return reached or not complete


def _print_heard(names: Sequence[tuple[str, ...]], verdicts: Sequence[PlayerVerdict]) -> bool:
    """How many changed tunes each player plays, and how many of them otherwise than before."""
    played: dict[str, Counter[str]] = defaultdict(Counter)
    for own, verdict in zip(names, verdicts, strict=True):
        for name in ("all", *own):
            for player, same in (("abc2midi", verdict.abc2midi), ("abcjs", verdict.abcjs)):
                played[name][player] += same is not None
                played[name][f"{player} different"] += same is False
    print(f"\n{'repaired':<28}{'abc2midi':>10}{'different':>11}{'abcjs':>10}{'different':>11}")
    for name, count in played.items():
        print(
            f"{name:<28}{count['abc2midi']:>10,}{count['abc2midi different']:>11,}"
            f"{count['abcjs']:>10,}{count['abcjs different']:>11,}"
        )
    return not any(verdict.abc2midi is False or verdict.abcjs is False for verdict in verdicts)
