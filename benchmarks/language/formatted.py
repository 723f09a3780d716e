"""Whether formatting keeps the music, according to the grammar, abc2midi and abcjs.

python -m benchmarks formatted [--quiet] [--every N] [SOURCE...]

abc2midi's tempos count, as well as the notes of both. abcjs is asked where Node finds it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from benchmarks.language.peers import is_installed
from benchmarks.support.players import Change, compare_players
from benchmarks.support.real_tunes import sampled_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.grammar import parse
from tuneloom.grammar.canonical.equality import musically_equal
from tuneloom.grammar.canonical.formatter import format_tune

QUICK = ["--quiet", "--every", "40"]


def main(arguments: Sequence[str] = ()) -> bool:
    """Print both tables; False if a tune reads or sounds different."""
    sample = sampled_tunes("formatted", __doc__, arguments)
    return _reads_the_same(sample.tunes) & _sounds_the_same(sample.tunes, sample.quiet)


def _reads_the_same(tunes: Sequence[RawTune]) -> bool:
    counts: Counter[str] = Counter()
    for tune in tunes:
        before = parse(tune.text, file_header=tune.file_header)
        if not before.parseable:
            continue
        counts["parseable"] += 1
        formatted = format_tune(tune.text, tune.file_header)
        after = parse(formatted, file_header=tune.file_header)
        counts["changed"] += formatted != tune.text
        counts["musically equal"] += after.parseable and musically_equal(before.tune, after.tune)
        counts["idempotent"] += format_tune(formatted, tune.file_header) == formatted
    for what, count in counts.items():
        print(f"{what:<16}{count:>8,}")
    return counts["musically equal"] == counts["idempotent"] == counts["parseable"]


def _sounds_the_same(tunes: Sequence[RawTune], quiet: bool) -> bool:
    """Play every tune that formatting changes, before and after."""
    changes = []
    for tune in tunes:
        header = tune.file_header
        formatted = format_tune(tune.text, header)
        if formatted != tune.text:
            name = f"{tune.source}/{tune.path}:{tune.line}"
            changes.append(Change(name, header + tune.text, header + formatted))
    verdicts = compare_players(changes, is_installed("abcjs"))
    print(f"{len(changes)} tunes changed")
    for player in ("abc2midi", "abcjs"):
        heard = [getattr(verdict, player) for verdict in verdicts]
        print(f"{player:<16}{heard.count(True):>8,} equal{heard.count(False):>8,} different")
    different = [
        change
        for change, verdict in zip(changes, verdicts, strict=True)
        if verdict.abc2midi is False or verdict.abcjs is False
    ]
    for change in different if not quiet else ():
        print(f"sounds different: {change.name}")
    return not different
